"""The content of a graph as tables, which are what is published: one for each kind of entity, and of relation and its ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import polars as pl

from graph.kinds import PROVENANCE, VALIDITY, Entity, Relation, Schema
from graph.types.value_type import PolarsType

RelationKey = tuple[str, str, str]  # type, source label, target label
SOURCES: dict[str, PolarsType] = {
    "label": pl.String,
    "id": pl.String,
    "load_id": pl.String,
    "sheet": pl.String,
    "row": pl.Int32,
}


@dataclass(frozen=True)
class Tables:
    """Entities by label and relations by (type, source label, target label), each sorted by id or by (source, target).

    `sources` has a row for each statement: which row of which sheet of which load spoke of which entity.
    """

    entities: Mapping[str, pl.DataFrame]
    relations: Mapping[RelationKey, pl.DataFrame]
    sources: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=SOURCES))

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many entities of each label and relations of each type are open (not closed by `valid_to`)."""
        entities = {label: _open(frame) for label, frame in sorted(self.entities.items())}
        relations: dict[str, int] = {}
        for (kind, _, _), frame in sorted(self.relations.items()):
            relations[kind] = relations.get(kind, 0) + _open(frame)
        return {
            "entities": {k: n for k, n in entities.items() if n},
            "relations": {k: n for k, n in relations.items() if n},
        }


def _open(frame: pl.DataFrame) -> int:
    return frame["valid_to"].null_count()


def entity_columns(entity: Entity) -> dict[str, PolarsType]:
    """Return every column of an entity's table: content, validity, provenance."""
    return entity.columns() | VALIDITY | PROVENANCE


def relation_columns(relation: Relation) -> dict[str, PolarsType]:
    """Return every column of a relation's table: ends, content, validity, provenance."""
    return relation.columns() | VALIDITY | PROVENANCE


def empty_table(columns: Mapping[str, PolarsType]) -> pl.DataFrame:
    """Return a table of these columns without rows."""
    return _empty_table(tuple(columns.items()))


@cache  # every load and decision wants hundreds of them, which together take longer to make than its rows
def _empty_table(columns: tuple[tuple[str, PolarsType], ...]) -> pl.DataFrame:
    return pl.DataFrame(schema=dict(columns))


def empty_tables(schema: Schema) -> Tables:
    """Return tables without rows for everything that the schema knows."""
    return Tables(
        {e.label: empty_table(entity_columns(e)) for e in schema.entities},
        {(r.type, s, t): empty_table(relation_columns(r)) for r in schema.relations for s, t in r.pairs()},
    )
