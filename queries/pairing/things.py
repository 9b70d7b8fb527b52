"""Things as the units of a pairing: needs, offerings, posts and property, each with the unit that stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from queries.reading.entities import open_relations, read_units, where_else
from queries.reading.facts import read_entities

if TYPE_CHECKING:
    from graph.graph import Graph

TABLE = {
    "left": pl.String, "right": pl.String, "value": pl.Float64,
    "entity": pl.String, "load_id": pl.String, "sheet": pl.String, "row": pl.Int64, "note": pl.String,
}  # fmt: skip


def read_side(graph: Graph, kinds: tuple[str, ...], label: str) -> pl.DataFrame:
    """Return the open entities of some kinds as one side, called `label`; their own kind stays in `entity`."""
    rows = pl.concat([read_entities(graph, kind) for kind in kinds], how="diagonal_relaxed")
    return rows.with_columns(label=pl.lit(label))


def stand_behind(graph: Graph, things: pl.DataFrame, label: str) -> pl.DataFrame:
    """Return things (id, name, owner_id, …) as one side: with the name of the unit behind each, and where they are, else that unit."""
    units = read_units(graph).select(owner_id="id", owner="name", owner_lon="lon", owner_lat="lat")
    missing = [pl.lit(None, pl.Float64).alias(name) for name in ("lon", "lat") if name not in things.columns]
    joined = things.drop("owner", strict=False).with_columns(missing).join(units, on="owner_id", how="left").sort("id")
    known = joined.with_columns(where_else("owner_lon", "owner_lat")).drop("owner_lon", "owner_lat")
    named = pl.when(pl.col("owner").is_null()).then("name").otherwise(pl.format("{}（{}）", "name", "owner"))
    return known.with_columns(name=named, label=pl.lit(label))


def first_owner(graph: Graph, relation: str, unit: str, thing: str, kind: str) -> pl.DataFrame:
    """Return one unit for each thing of a kind that a relation ties to units (`unit`, `thing`: its ends): id, owner_id."""
    tied = open_relations(graph, relation).filter(pl.col(f"{thing}_label") == kind)
    owned = tied.select(pl.col(thing).alias("id"), pl.col(unit).alias("owner_id"))
    return owned.sort("id", "owner_id").unique("id", keep="first", maintain_order=True)


def make_table(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows as a table of Facts.tables: left, right, value, the cell behind each row, and a note for its sentence."""
    missing = [pl.lit(None, kind).alias(name) for name, kind in TABLE.items() if name not in rows.columns]
    return rows.with_columns(missing).select(pl.col(name).cast(kind) for name, kind in TABLE.items())
