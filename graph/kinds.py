"""Defines registers (kinds of spreadsheets with their columns) and the schema that joins them with entities and relations.

Everything is frozen data. A contradiction stops the import with a sentence that says what to do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from graph.columns import (
    CLASS_OF_ROLE,
    PERSONAL_CLASSES,
    Column,
    Identity,
    Ignored,
    ItemsOf,
    Link,
    Office,
    Personal,
    PersonalClass,
    Refused,
    Role,
)
from graph.errors import SchemaError
from graph.mechanisms import Mechanism
from graph.ontology import (
    ENGINE_TYPES,
    KEY_PART,
    NTH,
    PROVENANCE,
    PYTHON_TYPES,
    VALIDITY,
    Derived,
    Entity,
    Mention,
    Property,
    Relation,
    engine_type,
)
from graph.proofs import PersonProof
from graph.texts import Said
from graph.types import Text, ValueType

__all__ = [
    "ENGINE_TYPES", "FULL_LIST", "INCREMENT", "KEY_PART", "NTH", "PERSONAL_CLASSES", "PROVENANCE", "PYTHON_TYPES", "VALIDITY",
    "Column", "Derived", "Entity", "Identity", "Ignored", "ItemsOf", "Link", "Mention", "Office", "PersonProof", "Personal",
    "PersonalClass", "Property", "Refused", "Register", "Relation", "Role", "Schema", "Scope", "engine_type",
]  # fmt: skip

Scope = Literal["full_list", "increment"]
FULL_LIST: Scope = "full_list"
INCREMENT: Scope = "increment"


@dataclass(frozen=True)
class Division:
    """Rows of a register that are of another kind: `belongs` tells which, from a frame of its fields, and `register` reads them."""

    register: Register
    belongs: Callable[[pl.DataFrame], pl.Series]


@dataclass(frozen=True)
class Register:
    """A kind of spreadsheet: what it is called, what a row is, and what its columns mean.

    `scope` says what a missing row means: in a full list it is gone, in an increment it was merely not sent. `inputs` are
    properties of relations (since, side) or helper values that links take from the row but the entity does not keep. `defaults`
    are what every row says of a field where neither its cell nor the title does (the kind of post that the register lists).

    A `row` that is a relation has a link column for each of its ends. `left_out` has a word by field: a row with that word is a
    person's, is not loaded, and is told. `beside` are registers that read the same rows once more: a row that says what is made and
    what is wanted is an offering and a need. `marks` are words one of which a sheet's title, headers or cells must
    have where the name of the register states something of its rows that their columns do not: a building is no idle one unless
    something says so. `proof` says by what a list shows that its persons are those of the register; where a register of persons has
    none, a title must name it. `divides` are the kinds that its rows may be instead: a school in a list of enterprises. `loads` are
    the mechanisms of the joint conference that it keeps; none where it keeps none (`OUTSIDE` in tests/test_mechanisms.py).
    """

    name: str
    zh: str
    en: str
    row: Entity | Relation
    columns: tuple[Column, ...]
    titles: tuple[str, ...] = ()
    scope: Scope = FULL_LIST
    inputs: tuple[Property, ...] = ()
    defaults: tuple[tuple[str, str], ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)
    beside: tuple[Register, ...] = ()
    marks: tuple[str, ...] = ()
    proof: PersonProof | None = None
    divides: tuple[Division, ...] = ()
    loads: tuple[Mechanism, ...] = ()

    def __post_init__(self) -> None:
        known = {p.name for p in self.row.properties} | {p.name for p in self.inputs}
        for name in self.left_out:
            if name not in known:
                raise SchemaError(
                    f"Register {self.name}: {name!r} is no property of {self.row.label}; add it or mend it."
                )
        for name, _ in self.defaults:
            if name not in known:
                raise SchemaError(
                    f"Register {self.name}: a default for {name!r}, which {self.row.label} does not have; add the property."
                )
        for column in self.columns:
            if column.role in {"value", "office"} and column.field not in known:
                raise SchemaError(
                    f"Register {self.name}: column {column.headers[:1]} fills {column.field!r}, which {self.row.label}"
                    " does not have; add the property."
                )
            self._check_class(column)
        self._check_person()
        if isinstance(self.row, Relation) and {k.end for k in self._ends()} != {"source", "target"}:
            raise SchemaError(f"Register {self.name}: rows of {self.row.type} need a link column for each of its ends.")

    def _check_person(self) -> None:
        """Refuse rows that are persons and not under a pseudonym, or under a pseudonym and no persons."""
        if self.is_of_persons and not self.row.may_be_person:
            raise SchemaError(
                f"Register {self.name}: a column with Identity() makes its rows persons, which {self.row.label} says they are not;"
                " declare the column with Personal(), or take away what makes the kind another (is_unit, mention, …)."
            )
        if self.row.is_person and not self.is_of_persons:
            raise SchemaError(
                f"Register {self.name}: {self.row.label} is a person, kept under a pseudonym only: declare the columns that say who"
                " it is with Identity()."
            )

    def _check_class(self, column: Column) -> None:
        """Refuse a class that the treatment of the column does not keep to."""
        told, dropped = self.personal_class(column), column.role in {"personal", "refused"}
        if (told == 3) != dropped:
            raise SchemaError(
                f"Register {self.name}: column {column.headers[:1]} is of class {told}; what is of class 3 is never stored:"
                " declare it with Personal(), and nothing else so."
            )
        if told == 2 and not (column.keeps_no_person or self.is_of_persons):
            raise SchemaError(
                f"Register {self.name}: column {column.headers[:1]} is of class 2, which is kept under a pseudonym or as a count"
                " only: declare it with Identity() or a personal Link()."
            )

    @property
    def is_of_persons(self) -> bool:
        """Whether its rows are persons, kept under a pseudonym."""
        return any(column.role == "identity" for column in self.columns)

    @property
    def shown_by(self) -> PersonProof | None:
        """Return what must show that the persons of a list are those of this register; None where its rows are no persons."""
        if not self.is_of_persons:
            return None
        return self.proof or PersonProof(
            Said(self.zh, self.en), titles="|".join(map(re.escape, (self.zh, *self.titles)))
        )

    def personal_class(self, column: Column) -> PersonalClass:
        """Return what a column's cells may tell of persons: 0 nothing, 1 an office's contact, 2 kept as pseudonym, 3 dropped."""
        if column.personal_class is not None:
            return column.personal_class
        is_kept = column.role in {"value", "link"}
        return 2 if column.keeps_no_person or (is_kept and self.is_of_persons) else CLASS_OF_ROLE[column.role]

    def _ends(self) -> tuple[Link, ...]:
        return tuple(k for k in self.links if k.relation is self.row)

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
        names = (r.name for r in self.registers)
        for kind, given in (
            ("entities", (e.label for e in self.entities)),
            ("relations", (r.type for r in self.relations)),
            ("registers", names),
        ):
            for name in (one for one, times in Counter(given).items() if times > 1):
                raise SchemaError(f"Two {kind} are called {name!r}; rename one, or import the one that is there.")
        for relation in self.relations:
            for end in (*relation.source, *relation.target):
                if end.label not in labels:
                    raise SchemaError(
                        f"{relation.type} joins {end.label}, which the schema does not have; add the entity."
                    )
                self._check_same(end, relation.type)
        known = labels | {relation.type for relation in self.relations}
        for register in self.registers:
            if register.row.label not in known:
                raise SchemaError(
                    f"Register {register.name} fills {register.row.label}, which the schema does not have; add the entity."
                )
            for row in (register.row, *(link.relation for link in register.links)):
                self._check_same(row, f"Register {register.name}")

    def _check_same(self, kind: Entity | Relation, user: str) -> None:
        """Refuse a kind that another of its name has replaced since `user` was declared."""
        others = self.entities if isinstance(kind, Entity) else self.relations
        if any(kind.label == other.label and kind is not other for other in others):
            raise SchemaError(
                f"{user} speaks of another {kind.label} than the schema has: it is declared twice; rename one."
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
    def persons(self) -> tuple[Entity, ...]:
        """Return the kinds of entity that are single persons: declared so, or filled by a register of persons."""
        filled = {register.row.label for register in self.registers if register.is_of_persons}
        return tuple(e for e in self.entities if e.is_person or e.label in filled)

    @property
    def units(self) -> tuple[Entity, ...]:
        """Return the kinds that are units: organizations that own, offer, sign and take part."""
        return tuple(e for e in self.entities if e.is_unit)
