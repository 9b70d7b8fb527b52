"""Makes things (needs, offerings, posts, property) the units of a pairing, each with the unit that owns it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from queries.reading.entities import open_relations, read_units, where_else
from queries.reading.facts import CELL, read_entities

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Entity, Relation

COLUMNS = ("id", "name", "owner_id", "quantity", "measure", *CELL)
# Needs and offerings of products and techniques: what enterprises trade, and members cannot help with.
PRODUCT = ((pl.col("scheme") == "product") | pl.col("category").str.contains("产品|技术")).fill_null(False)
TABLE = {
    "left": pl.String, "right": pl.String, "value": pl.Float64,
    "entity": pl.String, "load_id": pl.String, "sheet": pl.String, "row": pl.Int64, "note": pl.String,
}  # fmt: skip


def read_side(graph: Graph, kinds: tuple[Entity, ...], label: str) -> pl.DataFrame:
    """Return the open entities of several kinds as one side of a pairing under the common label `label`.

    The column `entity` keeps the kind of each.
    """
    rows = pl.concat([read_entities(graph, kind) for kind in kinds], how="diagonal_relaxed")
    return rows.with_columns(label=pl.lit(label))


def stand_behind(graph: Graph, things: pl.DataFrame, label: str) -> pl.DataFrame:
    """Return things as one side of a pairing, with their owner's name, and the owner's position where they have none."""
    units = read_units(graph).select(owner_id="id", owner="name", owner_lon="lon", owner_lat="lat")
    missing = [pl.lit(None, pl.Float64).alias(name) for name in ("lon", "lat") if name not in things.columns]
    joined = things.drop("owner", strict=False).with_columns(missing).join(units, on="owner_id", how="left").sort("id")
    known = joined.with_columns(where_else("owner_lon", "owner_lat")).drop("owner_lon", "owner_lat")
    named = pl.when(pl.col("owner").is_null()).then("name").otherwise(pl.format("{}（{}）", "name", "owner"))
    return known.with_columns(name=named, label=pl.lit(label))


def pick_things(rows: pl.DataFrame) -> pl.DataFrame:
    """Return each need or offering once, from a frame with a row per class word."""
    named = rows.with_columns(name="title").select(COLUMNS)
    return named.sort("id", "owner_id").unique("id", keep="first", maintain_order=True)


def first_owner(graph: Graph, relation: Relation, unit: str, thing: str, kind: Entity) -> pl.DataFrame:
    """Return one unit for each thing of a kind that a relation ties to units (`unit`, `thing`: its ends): id, owner_id."""
    tied = open_relations(graph, relation).filter(pl.col(f"{thing}_label") == kind.label)
    owned = tied.select(pl.col(thing).alias("id"), pl.col(unit).alias("owner_id"))
    return owned.sort("id", "owner_id").unique("id", keep="first", maintain_order=True)


def make_table(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows in the standard form of the tables of Facts: left, right, value, source cell, and a note for explanations."""
    missing = [pl.lit(None, kind).alias(name) for name, kind in TABLE.items() if name not in rows.columns]
    return rows.with_columns(missing).select(pl.col(name).cast(kind) for name, kind in TABLE.items())
