"""Where something lies that somebody names: a unit, a venue, a base; what has no position of its own lies where its owner does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from graph.errors import UnknownEntityError, UnknownUnitError
from graph.schema.resources import OWNS
from queries.reading.entities import open_entities, open_relations
from queries.reading.units import find_unit
from queries.reading.written_names import find_entity

if TYPE_CHECKING:
    from graph.graph import Graph


@dataclass(frozen=True)
class FoundPlace:
    """A thing that was found by its name, with its position where that is known."""

    id: str
    name: str
    lon: float | None
    lat: float | None


NOWHERE = FoundPlace("", "", None, None)


def find_place(graph: Graph, name: str) -> FoundPlace:
    """Return the unit, venue or other thing of a name with its position."""
    try:
        found = find_unit(graph, name)
    except UnknownUnitError as unknown:
        try:
            found = find_entity(graph, name)
        except UnknownEntityError:
            raise unknown from None
    own = _position(graph, found.label, found.id)
    if own is None and found.label in {kind.label for kind in OWNS.target}:
        owners = open_relations(graph, OWNS).filter(pl.col("target") == found.id).sort("source")
        found_at = (_position(graph, *owner) for owner in owners.select("source_label", "source").iter_rows())
        own = next((at for at in found_at if at), None)
    return FoundPlace(found.id, found.name, *(own or (None, None)))


def _position(graph: Graph, label: str, id: str) -> tuple[float, float] | None:
    kind = graph.schema.entity(label)
    if "lon" not in kind.columns():
        return None
    row = open_entities(graph, kind, "lon", "lat").filter(pl.col("id") == id).select("lon", "lat").drop_nulls()
    return None if row.is_empty() else (row[0, 0], row[0, 1])
