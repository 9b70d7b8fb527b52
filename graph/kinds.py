"""The notation of the ontology: properties, entities, relations, and the registers whose columns fill them.

Everything is frozen data. A contradiction stops the import with a sentence that says what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

import polars as pl

from graph.errors import SchemaError
from graph.types import Text, ValueType

PROVENANCE: dict[str, Any] = {"load_id": pl.String, "sheet": pl.String, "row": pl.Int32}
VALIDITY: dict[str, Any] = {"valid_from": pl.Date, "valid_to": pl.Date}
Scope = Literal["full_list", "increment"]
FULL_LIST: Scope = "full_list"
INCREMENT: Scope = "increment"
Mention = Literal["resolve", "create", "party", "none"]


@dataclass(frozen=True)
class Property:
    """One property of an entity or relation."""

    name: str
    type: ValueType = field(default_factory=Text)
    zh: str = ""
    en: str = ""
    required: bool = False

    def columns(self) -> dict[str, Any]:
        """Return the stored columns and their polars types."""
        return self.type.columns(self.name)


@dataclass(frozen=True)
class Derived:
    """A property computed from the others of its entity, by polars expressions over the stored columns."""

    name: str
    dtype: Any
    expression: pl.Expr
    zh: str = ""
    en: str = ""


KEY_PART = re.compile(r"\{(?P<name>\w+)(?P<optional>\?)?(?::(?P<form>core|date|text))?\}")


@dataclass(frozen=True)
class Entity:
    """A kind of thing. Its key is the first of `keys` whose parts are all there.

    A part names a property or, in capitals, a relation whose other end's id it takes: `ven:{OWNS}:{name:core}`. `?` makes a part
    optional, `:core` takes the core of a name, `:date` an ISO date. `mention` says what a name in somebody else's row may do: be
    resolved to a loaded entity, create one, stand for the Party body of the unit it names, or nothing.
    """

    label: str
    zh: str
    en: str
    keys: tuple[str, ...]
    properties: tuple[Property, ...] = ()
    derived: tuple[Derived, ...] = ()
    mention: Mention = "none"
    is_unit: bool = False
    computed: bool = False  # derived at every publish, never loaded

    def __post_init__(self) -> None:
        names = [p.name for p in self.properties] + [d.name for d in self.derived]
        if len(set(names)) < len(names):
            raise SchemaError(f"{self.label}: two properties share a name; rename one of {sorted(names)}.")
        stored = {*names, *self.columns()}
        for key in self.keys:
            for part in KEY_PART.finditer(key):
                if part["name"] not in stored and not part["name"].isupper():
                    raise SchemaError(
                        f"{self.label}: the key {key!r} uses {part['name']!r}, which is no property; add it or mend the key."
                    )

    def columns(self) -> dict[str, Any]:
        """Return the stored content columns (id first) and their polars types."""
        stored: dict[str, Any] = {"id": pl.String}
        for prop in self.properties:
            stored |= prop.columns()
        return stored | {d.name: d.dtype for d in self.derived}

    def needs(self, name: str) -> bool:
        """Tell whether nothing of this kind has a key without the property or relation `name`."""
        parts = [[p["name"] for p in KEY_PART.finditer(key) if not p["optional"]] for key in self.keys]
        return all(name in needed for needed in parts)

    def property(self, name: str) -> Property:
        """Return the property called `name`."""
        for prop in self.properties:
            if prop.name == name:
                return prop
        raise SchemaError(f"{self.label} has no property {name!r}; it has {[p.name for p in self.properties]}.")


@dataclass(frozen=True)
class Relation:
    """A kind of link, read from source to target; `starts` names the property that tells two links of one pair apart."""

    type: str
    zh: str
    en: str
    source: tuple[Entity, ...]
    target: tuple[Entity, ...]
    properties: tuple[Property, ...] = ()
    starts: str | None = None
    computed: bool = False

    def __post_init__(self) -> None:
        if not self.type.isupper():
            raise SchemaError(f"Relation {self.type!r}: write the type in capitals (UPPER_SNAKE).")
        if self.starts and self.starts not in {p.name for p in self.properties}:
            raise SchemaError(f"{self.type}: starts={self.starts!r} is no property of it; add the property.")

    def columns(self) -> dict[str, Any]:
        """Return the stored content columns (source and target ids first) and their polars types."""
        stored: dict[str, Any] = {"source": pl.String, "target": pl.String}
        for prop in self.properties:
            stored |= prop.columns()
        return stored

    def pairs(self) -> list[tuple[str, str]]:
        """Return the (source label, target label) pairs that the relation may join."""
        return [(s.label, t.label) for s in self.source for t in self.target]

    def property(self, name: str) -> Property:
        """Return the property called `name`."""
        for prop in self.properties:
            if prop.name == name:
                return prop
        raise SchemaError(f"{self.type} has no property {name!r}; it has {[p.name for p in self.properties]}.")


Role = Literal["value", "link", "office", "personal", "identity", "ignored"]


@dataclass(frozen=True, init=False)
class Column:
    """A column whose cells are the values of a property of the row's entity; `headers` are the ways offices write it.

    A column that `rides` on another field has no header of its own: it reads the same cells a second way (a remark that also
    says whether a log is kept, a category that is also a class word).
    """

    field: str
    headers: tuple[str, ...]
    required: bool
    role: Role
    type: ValueType | None  # where the column's own notation differs from the property's
    rides: str

    def __init__(
        self,
        field: str,
        *headers: str,
        required: bool = False,
        type: ValueType | None = None,
        role: Role = "value",
        rides: str = "",
    ) -> None:
        object.__setattr__(self, "field", field)
        object.__setattr__(self, "headers", headers)
        object.__setattr__(self, "required", required)
        object.__setattr__(self, "type", type)
        object.__setattr__(self, "role", role)
        object.__setattr__(self, "rides", rides)


@dataclass(frozen=True, init=False)
class Link(Column):
    """A column that names the other end of a relation: a unit, a resource, a branch, a class word.

    `end` says which end of the relation the cell names. `other` narrows the kinds it may be. `split` allows several names in a
    cell. `scheme` is the classification of class words. `personal` marks a text (a home address) of which only the name of the
    community is taken, in memory, and the rest dropped. `properties` maps properties of the relation to fields of the row.
    """

    relation: Relation
    end: Literal["source", "target"]
    other: tuple[Entity, ...]
    split: bool
    scheme: str
    personal: bool
    properties: tuple[tuple[str, str], ...]
    constants: tuple[tuple[str, Any], ...]

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


@dataclass(frozen=True)
class Register:
    """A kind of spreadsheet: what it is called, what a row is, and what its columns mean.

    `scope` says what a missing row means: in a full list it is gone, in an increment it was merely not sent. `inputs` are
    properties of relations (since, side) or helper values that links take from the row but the entity does not keep.
    """

    name: str
    zh: str
    en: str
    row: Entity
    columns: tuple[Column, ...]
    titles: tuple[str, ...] = ()
    scope: Scope = FULL_LIST
    inputs: tuple[Property, ...] = ()

    def __post_init__(self) -> None:
        known = {p.name for p in self.row.properties} | {p.name for p in self.inputs}
        for column in self.columns:
            if column.role in {"value", "office"} and column.field not in known:
                raise SchemaError(
                    f"Register {self.name}: column {column.headers[:1]} fills {column.field!r}, which {self.row.label}"
                    " does not have; add the property."
                )

    @property
    def links(self) -> tuple[Link, ...]:
        """Return the columns that name the other end of a relation."""
        return tuple(c for c in self.columns if isinstance(c, Link))

    def column(self, field: str) -> Column:
        """Return the first column that fills `field`."""
        for column in self.columns:
            if column.field == field:
                return column
        raise SchemaError(f"Register {self.name} has no column for {field!r}.")

    def type_of(self, column: Column) -> ValueType:
        """Return the value type that cleans a column's cells."""
        if column.type is not None:
            return column.type
        for prop in (*self.row.properties, *self.inputs):
            if prop.name == column.field:
                return prop.type
        return Text()


@dataclass(frozen=True)
class Schema:
    """Entities, relations and registers that belong together."""

    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]
    registers: tuple[Register, ...] = ()

    def __post_init__(self) -> None:
        labels = {e.label for e in self.entities}
        if len(labels) < len(self.entities):
            raise SchemaError("Two entities share a label; rename one.")
        for relation in self.relations:
            for end in (*relation.source, *relation.target):
                if end.label not in labels:
                    raise SchemaError(
                        f"{relation.type} joins {end.label}, which the schema does not have; add the entity."
                    )
        for register in self.registers:
            if register.row.label not in labels:
                raise SchemaError(
                    f"Register {register.name} fills {register.row.label}, which the schema does not have; add the entity."
                )

    def entity(self, label: str) -> Entity:
        """Return the entity with this label."""
        for entity in self.entities:
            if entity.label == label:
                return entity
        raise SchemaError(f"There is no entity {label!r}.")

    def relation(self, type: str) -> Relation:
        """Return the relation of this type."""
        for relation in self.relations:
            if relation.type == type:
                return relation
        raise SchemaError(f"There is no relation {type!r}.")

    def register(self, name: str) -> Register:
        """Return the register with this name."""
        for register in self.registers:
            if register.name == name:
                return register
        raise SchemaError(f"There is no register {name!r}.")

    @property
    def units(self) -> tuple[Entity, ...]:
        """Return the kinds that are units: organizations that own, offer, sign and take part."""
        return tuple(e for e in self.entities if e.is_unit)


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
