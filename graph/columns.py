"""The kinds of spreadsheet columns: their headers, the property or relation that their cells fill, and whether they concern persons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from graph.ontology import Entity, Relation
from graph.texts import Said
from graph.types import ValueType

PersonalClass = Literal[0, 1, 2, 3]
# What a column may tell of persons, and what becomes of it (Chinese, English).
PERSONAL_CLASSES: dict[PersonalClass, Said] = {
    0: Said("不涉及个人", "tells of no person"),
    1: Said("办公联系方式，个人号码去除", "an office's contact; numbers of persons are dropped"),
    2: Said("个人信息，只留化名或汇总", "personal: kept under a pseudonym or as a count only"),
    3: Said("个人信息，读取时去除", "personal: dropped by the reader, never stored"),
}
Role = Literal["value", "link", "office", "personal", "identity", "ignored", "refused", "items"]
CLASS_OF_ROLE: dict[Role, PersonalClass] = {
    "value": 0, "link": 0, "ignored": 0, "items": 0, "office": 1, "identity": 2, "personal": 3, "refused": 3,
}  # fmt: skip


@dataclass(frozen=True, init=False)
class Column:
    """A column whose cells are the values of a property of the row's entity; `headers` are the ways offices write it.

    A column that `rides` on another field has no header of its own: it reads the same cells a second way (a remark that also
    says whether a log is kept, a category that is also a class word). `in_title` is a regular expression whose first group takes
    the value from the sheet's title, its name or the file's where the row's own cell says nothing (a year, a month).
    `personal_class` is what its cells may tell of persons, where that is not what its role says.
    """

    field: str
    headers: tuple[str, ...]
    required: bool
    role: Role
    type: ValueType | None  # where the column's own notation differs from the property's
    rides: str
    in_title: str
    personal_class: PersonalClass | None

    def __init__(  # noqa: PLR0913 -- a declaration: every option is named where it is used
        self,
        field: str,
        *headers: str,
        required: bool = False,
        type: ValueType | None = None,
        role: Role = "value",
        rides: str = "",
        in_title: str = "",
        personal_class: PersonalClass | None = None,
    ) -> None:
        object.__setattr__(self, "field", field)
        object.__setattr__(self, "headers", headers)
        object.__setattr__(self, "required", required)
        object.__setattr__(self, "type", type)
        object.__setattr__(self, "role", role)
        object.__setattr__(self, "rides", rides)
        object.__setattr__(self, "in_title", in_title)
        object.__setattr__(self, "personal_class", personal_class)

    @property
    def keeps_no_person(self) -> bool:
        """Whether the personal data in this column's cells is read for a pseudonym only and then discarded."""
        return self.role == "identity"


@dataclass(frozen=True, init=False)
class Link(Column):
    """A column that names the other end of a relation: a unit, a resource, a branch, a class word.

    `end` says which end of the relation the cell names. `other` narrows the kinds it may be. `split` allows several names in a
    cell. `scheme` is the classification of class words. `personal` marks a text (a home address) of which only the name of the
    community is taken, in memory, and the rest dropped. `properties` maps properties of the relation to fields of the row.
    `gathers` says that many rows and sheets add to one entity (the members of a conference): none replaces what another says.
    `pattern` is a regular expression: a cell in which it finds nothing names nothing (a source that is no meeting).
    `titled` marks an employer whose name a job may follow (东拖工程师): the job is dropped before anything is stored.
    `within` is the field with the name of a unit to whom what the cell names belongs, for names that several have (义诊).
    """

    relation: Relation
    end: Literal["source", "target"]
    other: tuple[Entity, ...]
    split: bool
    scheme: str
    personal: bool
    properties: tuple[tuple[str, str], ...]
    constants: tuple[tuple[str, Any], ...]
    gathers: bool
    pattern: str
    within: str
    titled: bool

    def __init__(  # noqa: PLR0913 -- a declaration: every option is named where it is used
        self,
        field: str,
        relation: Relation,
        *headers: str,
        end: Literal["source", "target"],
        other: Iterable[Entity] = (),
        required: bool = False,
        split: bool = False,
        scheme: str = "",
        personal: bool = False,
        properties: dict[str, str] | None = None,
        constants: dict[str, Any] | None = None,
        rides: str = "",
        gathers: bool = False,
        pattern: str = "",
        within: str = "",
        titled: bool = False,
    ) -> None:
        super().__init__(field, *headers, required=required, role="link", rides=rides)
        object.__setattr__(self, "relation", relation)
        object.__setattr__(self, "end", end)
        object.__setattr__(self, "other", tuple(other) or (relation.source if end == "source" else relation.target))
        object.__setattr__(self, "split", split)
        object.__setattr__(self, "scheme", scheme)
        object.__setattr__(self, "personal", personal)
        object.__setattr__(self, "properties", tuple((properties or {}).items()))
        object.__setattr__(self, "constants", tuple((constants or {}).items()))
        object.__setattr__(self, "gathers", gathers)
        object.__setattr__(self, "pattern", pattern)
        object.__setattr__(self, "within", within)
        object.__setattr__(self, "titled", titled)

    @property
    def keeps_no_person(self) -> bool:
        """Whether the personal data in this column's cells (a home address) is read for the name of a community only."""
        return self.personal


@dataclass(frozen=True, init=False)
class ItemsOf(Column):
    """A column of free text that lists several things (会议室1间、志愿者10名), each of which becomes a row of another register.

    `into` names that register.
    Of another register, the things belong to the row's unit. Riding on a field of its own register, the row gives way to them.
    """

    into: str
    said: str  # a pattern of what a header must say, lest what is offered be taken for what is wanted; "" for nothing

    def __init__(self, field: str, *headers: str, into: str, rides: str = "", said: str = "") -> None:
        super().__init__(field, *headers, role="items", rides=rides)
        object.__setattr__(self, "into", into)
        object.__setattr__(self, "said", said)


def Office(field: str, *headers: str) -> Column:
    """Return a column with a unit's own contact (a fixed line is kept; a mobile is a person's and is dropped)."""
    return Column(field, *headers, role="office")


def Personal(*headers: str) -> Column:
    """Return a column about persons: dropped at the reader, and reported."""
    return Column("", *headers, role="personal")


def Identity(part: Literal["number", "name", "birth"], *headers: str) -> Column:
    """Return a personal column of which only a pseudonym is made, in memory: a national number, a name or a birth date."""
    return Column(part, *headers, role="identity")


def Ignored(*headers: str) -> Column:
    """Return a column that carries nothing for the graph (a running number, a signature)."""
    return Column("", *headers, role="ignored")


def Refused(*headers: str) -> Column:
    """Return columns that make a sheet one about single persons (the age of who has a wish): it is refused as a whole."""
    return Column("", *headers, role="refused")
