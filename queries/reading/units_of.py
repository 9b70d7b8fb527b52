"""To which units a thing belongs or of which it speaks, and in which subdistricts it therefore counts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from graph.schema.members import LIVES_IN
from graph.schema.organizations import Subdistrict
from queries.reading.area import read_streets
from queries.reading.entities import held_relations
from queries.reading.facts import Recent, snapshot_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.graph import Graph
    from graph.kinds import Entity, Relation

UNITS_OF = {"id": pl.String, "unit": pl.String}
KEPT = 100  # kinds of things, of two or three snapshots
PLACED = {"id": pl.String, "label": pl.String, "street": pl.String}
_RECENT: Recent[pl.DataFrame] = Recent(KEPT)
_PLACED: Recent[pl.DataFrame] = Recent(KEPT)


def read_units_of(graph: Graph, kind: Entity) -> pl.DataFrame:
    """Return the units that the things of a kind are tied to by any relation: id, unit. A unit is its own.

    A person counts where he lives: what else ties him to units is nobody's business.
    """
    return _RECENT.get((snapshot_key(graph), kind.label), partial(_read_units_of, graph, kind))


def _read_units_of(graph: Graph, kind: Entity) -> pl.DataFrame:
    if kind.is_unit:
        return graph.entities(kind.label, "name").select("id", unit="id")
    parts = [pl.DataFrame(schema=UNITS_OF)]
    for relation in _tying(graph, kind):
        ties = held_relations(graph, relation)
        parts += [
            ties.filter(pl.col(f"{mine}_label") == kind.label).select(id=mine, unit=other)
            for mine, other in (("source", "target"), ("target", "source"))
        ]
    units = pl.concat([graph.entities(unit.label, "name").select("id") for unit in graph.schema.units])["id"]
    return pl.concat(parts).unique().filter(pl.col("unit").is_in(units.implode())).sort("id", "unit")


def _tying(graph: Graph, kind: Entity) -> Iterable[Relation]:
    """Return the relations that may tie things of a kind to units."""
    units = {unit.label for unit in graph.schema.units}
    tying = [r for r in graph.schema.relations if any(kind.label in pair and units & set(pair) for pair in r.pairs())]
    return [LIVES_IN] if LIVES_IN in tying else tying


def keep_within(graph: Graph, things: pl.DataFrame, units: pl.Series | None) -> pl.DataFrame:
    """Return those of the things (id, label) that are tied to one of some units; all of them where no units are given."""
    if units is None:
        return things
    tied = read_ties(graph, things).filter(pl.col("unit").is_in(units.implode()))
    return things.join(tied, on=["id", "label"], how="semi", maintain_order="left")


def read_ties(graph: Graph, things: pl.DataFrame) -> pl.DataFrame:
    """Return the units that things of several kinds (id, label) are tied to: id, label, unit."""
    labels = things["label"].unique().sort()
    parts = [read_units_of(graph, graph.schema.entity(label)).with_columns(label=pl.lit(label)) for label in labels]
    ties = pl.concat([pl.DataFrame(schema=UNITS_OF | {"label": pl.String}), *parts])
    return things.select("id", "label").join(ties, on=["id", "label"])


def count_by_street(graph: Graph, things: pl.DataFrame) -> dict[str, int]:
    """Return the number of things (id, label, number) by the name of the subdistrict; what several share counts in each of them."""
    counted = things.join(_place(graph, things), on=["id", "label"])
    return dict(counted.group_by("street").agg(pl.col("number").sum()).sort("street").iter_rows())


def name_streets(graph: Graph, things: pl.DataFrame) -> dict[str, list[str]]:
    """Return the names of the subdistricts in which each of the things (id, label) counts, by its id."""
    placed = things.select("id", "label").join(_place(graph, things), on=["id", "label"]).sort("street")
    return dict(placed.group_by("id", maintain_order=True).agg("street").iter_rows())


def _place(graph: Graph, things: pl.DataFrame) -> pl.DataFrame:
    """Return the subdistricts of all things of the kinds that occur: id, label, street; made once for each kind and snapshot."""
    key = snapshot_key(graph)
    labels = things["label"].unique().sort()
    placed = [_PLACED.get((key, label), partial(_place_kind, graph, graph.schema.entity(label))) for label in labels]
    return pl.concat([pl.DataFrame(schema=PLACED), *placed])


def _place_kind(graph: Graph, kind: Entity) -> pl.DataFrame:
    names = graph.entities(Subdistrict.label, "name").select(area="id", street="name")
    streets = read_streets(graph).join(names, on="area").select("unit", "street")
    return (
        read_units_of(graph, kind)
        .join(streets, on="unit")
        .select("id", pl.lit(kind.label).alias("label"), "street")
        .unique()
    )
