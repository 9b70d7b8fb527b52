"""Reads a list of things as its register has it: their columns, and beside them the names of the units that they are tied to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

import polars as pl

from queries.reading.area import AreaName, list_units
from queries.reading.entities import open_entities, open_relations, read_units
from queries.reading.units_of import keep_within

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Entity, Relation

Ties = Mapping[
    str, tuple["Relation", Literal["source", "target"]]
]  # a name for the column of units, by relation and their end of it


def read_listed(graph: Graph, kind: Entity, ties: Ties, area: AreaName | None = None) -> pl.DataFrame:
    """Return the open things of a kind, all columns, with the names of their units (joined by 、) in a column for each of `ties`.

    With an area, only those that are tied to a unit in it.
    """
    frame = open_entities(graph, kind, *(c for c in kind.columns() if c != "id")).with_columns(label=pl.lit(kind.label))
    names = read_units(graph).select("id", "name")
    for column, (relation, end) in ties.items():
        mine = "target" if end == "source" else "source"
        rows = (
            open_relations(graph, relation).filter(pl.col(f"{mine}_label") == kind.label).select(thing=mine, unit=end)
        )
        told = (
            rows.join(names, left_on="unit", right_on="id")
            .sort("thing", "name")
            .unique(["thing", "name"], maintain_order=True)
        )
        joined = told.group_by("thing", maintain_order=True).agg(pl.col("name").str.join("、").alias(column))
        frame = frame.join(joined, left_on="id", right_on="thing", how="left", maintain_order="left")
    return keep_within(graph, frame.sort("id"), list_units(graph, area) if area else None)
