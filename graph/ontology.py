"""The notation for kinds of entities and relations: their names, stored properties with types, and what identifies one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Literal

import polars as pl

from graph.errors import SchemaError
from graph.headings import Heading
from graph.texts import NOTHING, Said
from graph.types import Text, ValueType
from graph.types.value_type import PolarsType

PROVENANCE: dict[str, PolarsType] = {"load_id": pl.String, "sheet": pl.String, "row": pl.Int32}
VALIDITY: dict[str, PolarsType] = {"valid_from": pl.Date, "valid_to": pl.Date}
# Properties that name a thing; the first that it has is shown.
NAMES = ("name", "title", "number", "purpose", "short_name", "former_name")
Mention = Literal["resolve", "create", "party", "none"]


@dataclass(frozen=True)
class Property:
    """One property of an entity or relation; a day that must not come before another one names that in `after`.

    One that `changes` from report to report (a progress, a status) is no conflict when a newer report differs. One that `finds` is a
    number or code by which people look for the thing (文号), beside its names.
    """

    name: str
    type: ValueType = field(default_factory=Text)
    zh: str = ""
    en: str = ""
    required: bool = False
    after: str = ""
    changes: bool = False
    finds: bool = False

    def columns(self) -> dict[str, PolarsType]:
        """Return the stored columns and their polars types."""
        return self.type.columns(self.name)


@dataclass(frozen=True)
class Derived:
    """A property that is computed from other properties of its entity, by a polars expression over the stored columns."""

    name: str
    dtype: Any
    expression: pl.Expr
    zh: str = ""
    en: str = ""


KEY_PART = re.compile(
    r"\{(?P<name>\w+)(?P<optional>\?)?(?P<named>!)?(?::(?P<form>core|date|year|room|text|number|pair))?\}"
)
NTH = "nth"  # a part of a key: which row of its sheet it is, of those that are otherwise the same


@dataclass(frozen=True)
class Entity:
    """A kind of thing. Its key is the first of `keys` whose parts are all there.

    A part names a property or, in capitals, a relation whose other end's id it takes: `ven:{OWNS}:{name:core}`. `?` makes a part
    optional; `!` takes a name that stands for nothing known where the end has no id. Forms: `:core` the core of a name, `:room` with
    its numbers in figures too, `:text` comparable text, `:date` an ISO date, `:year` its year, `:number` what looks like the number of
    a document (no amount, no serial number), `:pair` two ends, not one. `nth` is the place among the rows of a sheet that nothing else
    tells apart. Of several keys the first is an identifier, which nothing overrules. `mention` says what a name in somebody else's
    row may do: be resolved to a loaded entity, create one, stand for the Party body of the unit it names, or nothing.

    `apart` are the properties and relations, in order of trust, by which things of one other key are told apart where the rows of
    one sheet differ in them (loaders/merging/apart.py); `?` behind one says that it is asked about.

    `is_person`: each is one person. What a register of persons fills is that without being told (graph/people.py knows of both).
    `is_cohort`: each is a number of persons. Neither is ever found by search, which finds whatever else has a
    name, what is `searched` before what one finds by way of the thing it belongs to.
    """

    label: str
    zh: str
    en: str
    keys: tuple[str, ...]
    apart: tuple[str, ...] = ()
    properties: tuple[Property, ...] = ()
    derived: tuple[Derived, ...] = ()
    mention: Mention = "none"
    is_unit: bool = False
    is_person: bool | None = None  # None: where a register of persons fills it
    is_cohort: bool = False
    example: str = ""  # a name of one, as templates show it
    searched: bool = True  # False: it is found by way of what it belongs to
    computed: bool = False  # derived at every publish, never loaded
    heading: Heading | None = None  # under which of the ten headings the overview counts it
    kept_for: Said = NOTHING  # of persons and numbers of them: what for they are kept,
    kept_until: Said = NOTHING  # and until when

    def __post_init__(self) -> None:
        if self.is_person and not self.may_be_person:
            raise SchemaError(
                f"{self.label}: a person is no unit, no cohort, and named by no other row; take one of them away."
            )
        names = [p.name for p in self.properties] + [d.name for d in self.derived]
        if len(set(names)) < len(names):
            raise SchemaError(f"{self.label}: two properties share a name; rename one of {sorted(names)}.")
        stored = {*names, *self.columns()}
        for key in self.keys:
            for part in KEY_PART.finditer(key):
                if part["name"] not in {*stored, NTH} and not part["name"].isupper():
                    raise SchemaError(
                        f"{self.label}: the key {key!r} uses {part['name']!r}, which is no property; add it or mend the key."
                    )

        for name in (a.removesuffix("?") for a in self.apart):
            if name not in stored and not name.isupper():
                raise SchemaError(
                    f"{self.label}: told apart by {name!r}, which is no property; add it or mend `apart`."
                )

    @property
    def may_be_person(self) -> bool:
        """Tell whether entities of this kind could be persons, as far as its definition says."""
        return self.is_person is not False and not (self.is_unit or self.is_cohort) and self.mention == "none"

    def columns(self) -> dict[str, PolarsType]:
        """Return the stored content columns (id first) and their polars types."""
        stored: dict[str, PolarsType] = {"id": pl.String}
        for prop in self.properties:
            stored |= prop.columns()
        return stored | {d.name: d.dtype for d in self.derived}

    @property
    def named_by(self) -> tuple[str, ...]:
        """Return the properties that hold the name of an entity of this kind, the main one first; without any, its key."""
        known = {p.name for p in self.properties}
        keys = [[part["name"] for part in KEY_PART.finditer(key)] for key in self.keys]
        return tuple(n for n in NAMES if n in known) or tuple(
            key[0] for key in keys if len(key) == 1 and key[0] in known
        )

    @property
    def found_by(self) -> tuple[str, ...]:
        """Return the properties by which search finds an entity of this kind: its names, then its numbers and codes."""
        return (*self.named_by, *(p.name for p in self.properties if p.finds and p.name not in self.named_by))

    def needs(self, name: str) -> bool:
        """Tell whether the property or relation `name` is a part of every possible key of this kind."""
        parts = [[p["name"] for p in KEY_PART.finditer(key) if not p["optional"]] for key in self.keys]
        return all(name in needed for needed in parts)

    def uses_in_keys(self, name: str) -> bool:
        """Tell whether the property or relation `name` is a part of any key of this kind, and the key needs it."""
        return any(p["name"] == name and not p["optional"] for key in self.keys for p in KEY_PART.finditer(key))

    def property(self, name: str) -> Property:
        """Return the property called `name`."""
        for prop in self.properties:
            if prop.name == name:
                return prop
        raise SchemaError(f"{self.label} has no property {name!r}; it has {[p.name for p in self.properties]}.")


@dataclass(frozen=True)
class Relation:
    """A kind of link from a source to a target entity.

    `starts` names the property that tells apart two links of one pair.
    Of a `hierarchy` no ring is possible: links that form one are left out and reported. One that `owns` ties a unit to what is
    its own: names that several things have are told apart by it.
    `unit_is` says what its unit is to the thing, where two units are told that have the thing in common (设岗单位); without it, the
    relation's own words do. `absent` is the property, and the word in it, which say that a tie was expected and did not come about (缺席).
    A register whose rows are links has it as `row`, in the place of an entity.
    """

    is_unit: ClassVar[bool] = False
    mention: ClassVar[Mention] = "none"  # nothing names a link
    is_person: ClassVar[None] = None
    may_be_person: ClassVar[bool] = False

    type: str
    zh: str
    en: str
    source: tuple[Entity, ...]
    target: tuple[Entity, ...]
    properties: tuple[Property, ...] = ()
    starts: str | None = None
    computed: bool = False
    hierarchy: bool = False
    owns: bool = False
    unit_is: Said = NOTHING
    absent: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        if not self.type.isupper():
            raise SchemaError(f"Relation {self.type!r}: write the type in capitals (UPPER_SNAKE).")
        if self.starts and self.starts not in {p.name for p in self.properties}:
            raise SchemaError(f"{self.type}: starts={self.starts!r} is no property of it; add the property.")

    def columns(self) -> dict[str, PolarsType]:
        """Return the stored content columns (source and target ids first) and their polars types."""
        stored: dict[str, PolarsType] = {"source": pl.String, "target": pl.String}
        for prop in self.properties:
            stored |= prop.columns()
        return stored

    @property
    def row_key(self) -> list[str]:
        """Return the columns that tell two rows apart: the ends, and the start where links of one pair have one."""
        return ["source", "target", *([self.starts] if self.starts else [])]

    @property
    def label(self) -> str:
        """The relation's type, under the attribute name that entities use for theirs."""
        return self.type

    def needs(self, name: str) -> bool:
        """Tell whether the property `name` is needed to tell apart several relations between the same two entities."""
        return name == self.starts

    def pairs(self) -> list[tuple[str, str]]:
        """Return the (source label, target label) pairs that the relation may join."""
        return [(s.label, t.label) for s in self.source for t in self.target]

    def property(self, name: str) -> Property:
        """Return the property called `name`."""
        for prop in self.properties:
            if prop.name == name:
                return prop
        raise SchemaError(f"{self.type} has no property {name!r}; it has {[p.name for p in self.properties]}.")


ENGINE_TYPES: dict[Any, str] = {
    pl.String: "STRING", pl.Int32: "INT32", pl.Int64: "INT64", pl.UInt32: "INT64", pl.Float64: "DOUBLE", pl.Boolean: "BOOL",
    pl.Date: "DATE", pl.Datetime("us"): "TIMESTAMP", pl.List(pl.String): "STRING[]",
}  # fmt: skip
PYTHON_TYPES: dict[str, type] = {
    "STRING": str,
    "INT64": int,
    "INT32": int,
    "DOUBLE": float,
    "BOOL": bool,
    "DATE": date,
    "TIMESTAMP": datetime,
    "STRING[]": list,
}


def engine_type(dtype: Any) -> str:
    """Return the Cypher type that stores a polars type."""
    for known, name in ENGINE_TYPES.items():
        if dtype == known:
            return name
    raise SchemaError(f"No engine type stores {dtype}; use one of {[str(k) for k in ENGINE_TYPES]}.")
