"""The kinds of decisions that people take about the data (a name means this unit, a value is right, …), one class for each.

A decision is checked when it is made, stored in the ledger, and applied again whenever a snapshot is built.
Same(name="一拖", unit="第一拖拉机厂")      # as a person says it; the checks of `queries` put the unit's id in the place of its name
make_decision("same", {"name": …})        # from the fields of a command or a JSON body
read_standing(workspace.ledger, Same)     # those on the record that nobody took back
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from graph.decision_base import WRITTEN, Decision, Lasting, default_of, forms_of, is_optional
from graph.decision_forms import (
    SHOWN,
    TEXT,
    Form,
    Name,
    OneUnit,
    OtherUnit,
    ProfileText,
    RegisterText,
    SenderText,
    ServiceTarget,
    ServiceWord,
    UnitText,
    Version,
    WordRelation,
    read_name,
    read_text,
    read_value,
    read_word,
    refuse,
)
from graph.documents import Document
from graph.errors import ArgumentError
from graph.schema.affiliations import BRANCH_OF, SUBSIDIARY_OF
from graph.schema.cooperation import DECLINED
from graph.schema.pairing_decisions import ACCEPTED
from graph.texts import Said
from graph.work_decisions import BookVenue, Claim, Close, Distinct, Duplicate, Renew

if TYPE_CHECKING:
    from graph.ledger import Ledger

__all__ = [
    "IGNORED", "KINDS", "WRITTEN", "Accept", "BookVenue", "Branch", "ChosenWeights", "Claim", "Close", "Decision", "Different",
    "Distinct", "Duplicate", "Former", "HeaderMeaning", "Lasting", "New", "Parent", "PutOff", "Reject", "Renew", "Replaces",
    "Same", "SheetRegister", "Unreadable", "Value", "WordMeaning", "default_of", "forms_of", "is_optional", "list_known",
    "make_decision", "read_decision", "read_standing",
]  # fmt: skip

D = TypeVar("D", bound=Decision)
IGNORED = "ignored"  # the field of a header that means nothing


@dataclass(frozen=True, kw_only=True)
class HeaderMeaning(Decision):
    """The decision that a column header of a register stands for a certain field, in the sheets of all senders or of one."""

    kind = "header"
    words = Said("这个表头是那个字段", "this header means that field")
    changes_graph = False  # it takes effect when files are loaded

    register: RegisterText
    header: Annotated[str, Form(read_word, Said("表头", "the header"), TEXT, is_free=True)]
    field: Annotated[
        str,
        Form(
            read_word,
            Said(
                "字段，如 area_m2 或 建筑面积；不需要的列写 ignored",
                "the field, as area_m2; ignored for a column not needed",
            ),
            TEXT,
        ),
    ]
    sender: SenderText = ""


@dataclass(frozen=True, kw_only=True)
class SheetRegister(Decision):
    """The decision that sheets with certain headers are a certain register, or none (`ignored`), for all senders or for one."""

    kind = "sheet"
    words = Said("有这些表头的表是那种登记表", "a sheet with these headers is that register")
    changes_graph = False  # it takes effect when files are loaded

    register: RegisterText
    headers: Annotated[
        str, Form(read_word, Said("表头，用顿号隔开", "the headers, with 、 between them"), TEXT, is_free=True)
    ]
    sender: SenderText = ""


@dataclass(frozen=True, kw_only=True)
class Value(Decision):
    """The decision that a property of an entity has a certain value, which replaces the values in the sheets."""

    kind = "value"
    words = Said("以此值为准", "overrule a value of the sheets")

    entity: Annotated[str, Form(read_name, Said("图中的名称或编号", "a name or id in the graph"), TEXT)]
    field: Annotated[str, Form(read_text, Said("项目，如 address", "the property, as address"), TEXT)]
    value: Annotated[str, Form(read_value, Said("正确的值", "the value that is right"), TEXT)]


@dataclass(frozen=True, kw_only=True)
class Same(Lasting):
    """The decision that a name in the sheets stands for a certain unit."""

    kind = "same"
    words = Said("这个名称就是那个单位", "this name stands for that unit")

    name: Name
    unit: UnitText


@dataclass(frozen=True, kw_only=True)
class New(Decision):
    """The decision that a name is that of a unit or venue of which no list tells; once a list does, the list counts."""

    kind = "new"
    words = Said("这个名称是一个新的单位或场地", "this name is a new unit or venue")

    name: Name
    label: Annotated[str, Form(read_text, Said("种类，如 Enterprise、Venue", "its kind, as Enterprise, Venue"), TEXT)]


@dataclass(frozen=True, kw_only=True)
class Different(Decision):
    """The decision that a name in the sheets does not stand for a certain unit."""

    kind = "different"
    words = Said("这个名称不是那个单位", "this name is not that unit")

    name: Name
    unit: UnitText


@dataclass(frozen=True, kw_only=True)
class Former(Lasting):
    """The decision that a name is a former name of a unit.

    With a period, rows of that time are taken to mean the unit; in later rows the name is a question for review.
    """

    kind = "former"
    words = Said("这个名称是那个单位的曾用名", "this name was that unit's")

    name: Name
    unit: UnitText


@dataclass(frozen=True, kw_only=True)
class Parent(Lasting):
    """The decision that one unit is a subsidiary of another; they remain two units."""

    kind, relation = "parent", SUBSIDIARY_OF.type
    words = Said("这个单位是那个单位的子公司", "this unit is a subsidiary of that one")

    unit: UnitText
    parent: UnitText


@dataclass(frozen=True, kw_only=True)
class Branch(Lasting):
    """The decision that one unit is a branch of another; they remain two units."""

    kind, relation = "branch", BRANCH_OF.type
    words = Said("这个单位是那个单位的分支机构", "this unit is a branch of that one")

    branch: UnitText
    unit: UnitText


@dataclass(frozen=True, kw_only=True)
class Accept(Decision):
    """The decision to accept a proposed pair of units; it is then no longer proposed, though its agreement is yet to be signed."""

    kind, relation, least = "accept", ACCEPTED.type, "analyst"
    words = Said("采纳一个结对", "accept a pairing")

    left: UnitText
    right: UnitText


@dataclass(frozen=True, kw_only=True)
class Reject(Decision):
    """The decision that two units shall not be proposed as a pair."""

    kind, relation, least = "reject", DECLINED.type, "analyst"
    words = Said("驳回一个结对", "reject a pairing")

    left: UnitText
    right: UnitText


@dataclass(frozen=True, kw_only=True)
class WordMeaning(Decision):
    """The decision what a word of needs and offers means: the same as another word or kind of service, a kind of its own, or not that."""

    kind = "word"
    words = Said("这个用词是什么服务，不是什么服务", "what service this word means, or does not mean")

    word: ServiceWord
    relation_to: WordRelation
    target: ServiceTarget


@dataclass(frozen=True, kw_only=True)
class PutOff(Decision):
    """The decision to settle something later: a name, a word or a value that waits (`point`), or a proposed pair (`left`, `right`)."""

    kind, least = "later", "analyst"
    words = Said(
        "以后再定：一个待核对的说法，或一个建议的结对", "settle later: something that waits, or a proposed pair"
    )
    changes_graph = False  # it says only that somebody has seen the point and what became of it

    point: Annotated[
        str,
        Form(read_text, Said("待核对的名称、用词或说法", "the name, word or statement that waits"), TEXT, is_free=True),
    ] = ""
    left: OneUnit = ""
    right: OtherUnit = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if bool(self.point) == bool(self.left and self.right) or bool(self.left) != bool(self.right):
            raise refuse(
                "point",
                self.point,
                Said("写一个待核对的说法，或结对的两个单位", "name what waits, or both units of a pair"),
            )

    @property
    def units(self) -> dict[str, str]:
        """Return the units of the pair; none where something else is put off."""
        return {name: text for name, text in super().units.items() if text}


@dataclass(frozen=True, kw_only=True)
class Replaces(Decision):
    """This list is complete: what its older versions have and it lacks is gone. `older` makes a list its older version.

    Both are known by the beginning of the hash of their file, which stays when the file is read anew.
    """

    kind = "replaces"
    words = Said(
        "这份名单是完整的：上一份有而它没有的已不存在",
        "this list is complete: what it lacks of its older version is gone",
    )

    list: Annotated[str, Form(read_text, Said("名单：载入的编号", "the list: the id of its load"), TEXT)]
    older: Annotated[
        str, Form(read_text, Said("它取代的名单：载入的编号", "the list that it replaces: the id of its load"), TEXT)
    ] = ""


@dataclass(frozen=True, kw_only=True)
class ChosenWeights(Decision):
    """The decision to score one kind of pairing with a certain set of weights.

    `signals` and `acceptance` describe the data on which these were learned, so that later changes can be measured.
    """

    kind = "weights"
    words = Said("启用一组结对权重", "put weights of a pairing to use")

    pairing: Annotated[str, Form(read_text, Said("结对种类", "which pairing"), TEXT)]
    name: Annotated[str, Form(read_name, Said("权重的名称", "the name of the weights"), TEXT, is_free=True)]
    version: Version
    weights: Annotated[str, Form(read_text, Said("权重，如 near=0.16, …", "weights, as near=0.16, …"), TEXT)]
    proof: Annotated[str, Form(read_text, Said("依据", "how they were proven"), TEXT, is_free=True)]
    signals: ProfileText = ""
    acceptance: Annotated[str, Form(read_text, Said("学成时的采纳率，如 12/85", "acceptance then, as 12/85"), TEXT)] = (
        ""
    )


@dataclass(frozen=True, kw_only=True)
class Unreadable(Decision):
    """A decision that another version stored in the ledger and this version cannot interpret; it is kept and has no effect."""

    kind = "unreadable"
    words = Said("读不懂的决定", "a decision that cannot be read")
    changes_graph = False

    stored: Document

    def as_dict(self) -> Document:
        """Return the decision exactly as the ledger stores it."""
        return dict(self.stored)


KINDS: Mapping[str, type[Decision]] = {
    one.kind: one
    for one in (
        HeaderMeaning, SheetRegister, Value, Same, New, Different, Former, Parent, Branch, Accept, Reject, PutOff, WordMeaning,
        Replaces, ChosenWeights, BookVenue, Claim, Close, Renew, Duplicate, Distinct,
    )
}  # fmt: skip


def make_decision(kind: object, said: Mapping[str, object], **record: Any) -> Decision:
    """Return a decision of the given kind made from its written fields; ArgumentError names the first field that is wrong."""
    made = KINDS.get(kind) if isinstance(kind, str) else None
    if made is None:
        raise refuse("kind", kind, list_known(KINDS))
    names: dict[str, str] = {WRITTEN.get(name, name): name for name in forms_of(made)}
    for written, name in names.items():
        if written not in said and not is_optional(made, name):
            raise refuse(written, "", Said("必须填写", "is required"))
    for written in said:
        if written not in names:
            raise refuse(str(written)[:SHOWN], said[written], list_known(names))
    fields: dict[str, Any] = {names[written]: value for written, value in said.items()}
    return made(**fields, **record)


def read_decision(row: Document) -> Decision:
    """Return the decision that a row of the ledger holds; Unreadable where it says nothing that this version can use."""
    said = {name: value for name, value in row.items() if name not in {"id", "kind", "by", "at"}}
    record = {"number": int(row["id"]), "by": row["by"], "at": row["at"]}
    try:
        return make_decision(row["kind"], said, **record)
    except ArgumentError:
        return Unreadable(stored=row, **record)


def read_standing(ledger: Ledger, kind: type[D]) -> tuple[D, ...]:
    """Return the standing decisions of a kind (`Decision`: of all, with the unreadable ones), in the order they were taken."""
    rows = ledger.decisions(getattr(kind, "kind", None))
    return tuple(one for one in map(read_decision, rows) if isinstance(one, kind))


def list_known(names: Iterable[str]) -> Said:
    """Return the sentence that says which names could have been said."""
    return Said("可用：{known}", "known: {known}").fill(known=", ".join(names) or "—")
