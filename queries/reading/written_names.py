"""All names of the entities that users may search for, and the entity that a name or an id stands for; never a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from graph.errors import UnknownEntityError
from graph.names import normalize
from graph.people import find_people
from queries.reading.entities import folded, labels_of, open_entities, shown_name
from queries.reading.units import NothingCloseError, UnitRef, find_unit

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Entity, Schema


def read_searched(graph: Graph) -> pl.DataFrame:
    """Return a row for each way in which a searchable thing is written: id, label, shown, written, and its file row."""
    parts = []
    for kind in _searched_kinds(graph.schema):
        frame = open_entities(graph, kind, *kind.named_by)
        frame = frame.with_columns(label=pl.lit(kind.label), shown=shown_name(frame, kind))
        ways = frame.unpivot(
            kind.named_by,
            index=["id", "label", "shown", "load_id", "sheet", "row"],
            value_name="written",
        )
        parts.append(ways.drop("variable").drop_nulls("written"))
    return pl.concat(parts)


def find_entity(graph: Graph, text: str) -> UnitRef:
    """Return the unit, resource, agreement or other thing that an id or a name stands for; people are never found."""
    # What only other rows name has no row of its own, but an id like all of its kind.
    labels = {*graph.sources(text)["label"].to_list(), *labels_of(graph, text)} - find_people(graph.schema)
    for label in sorted(labels):
        frame = graph.entities(label).filter(pl.col("id") == text)
        if not frame.is_empty():
            return UnitRef(text, label, frame.select(shown_name(frame, graph.schema.entity(label))).item())
    exact = read_searched(graph).filter(folded("written") == normalize(text)).unique("id")
    if exact.height == 1:
        return UnitRef(*exact.select("id", "label", "shown").row(0))
    try:
        return find_unit(graph, text)
    except NothingCloseError as unknown:
        raise UnknownEntityError(name=text) from unknown


def _searched_kinds(schema: Schema) -> list[Entity]:
    """Return the kinds that have a name to be found by; people are never found."""
    people = find_people(schema)
    kinds = (kind for kind in schema.entities if kind.searched and not kind.computed and kind.label not in people)
    return [kind for kind in kinds if kind.named_by]
