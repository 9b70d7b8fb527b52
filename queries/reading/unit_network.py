"""Which units have to do with each other, as a network: what they signed, held, used, claimed or answered for together.

Where a unit lies, and a body to which nearly all belong, tie nobody to anybody: only what few units share counts.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import polars as pl

from graph.people import find_people
from graph.schema.cooperation import PARTNERED_WITH
from graph.schema.members import Concept
from graph.schema.resources import OWNS, ResourceUse
from queries.reading.entities import open_entities, open_relations
from queries.reading.facts import Recent, snapshot_key
from queries.reading.units_of import read_units_of
from queries.reading.use import read_logged

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Entity

MOST_SHARING = 12  # units; what more of them share (a general assembly) is no tie between any two
KEPT = 2
TIES = {"left": pl.String, "right": pl.String, "number": pl.UInt32}
_RECENT: Recent[pl.DataFrame] = Recent(KEPT)


def read_unit_ties(graph: Graph) -> pl.DataFrame:
    """Return the pairs of units that share something and how many things: left, right (the greater id), number."""
    return _RECENT.get(snapshot_key(graph), partial(_read_unit_ties, graph))


def _read_unit_ties(graph: Graph) -> pl.DataFrame:
    shared = [_shared(graph, kind) for kind in _sharing(graph)]
    direct = open_relations(graph, PARTNERED_WITH).select(left="source", right="target")
    pairs = pl.concat([*shared, direct, _lent(graph)])
    ordered = pairs.select(left=pl.min_horizontal("left", "right"), right=pl.max_horizontal("left", "right"))
    known = pl.concat([open_entities(graph, kind, "name")["id"] for kind in graph.schema.units]).implode()
    ties = ordered.filter(pl.col("left") != pl.col("right"), pl.col("left").is_in(known), pl.col("right").is_in(known))
    return ties.group_by("left", "right").agg(number=pl.len()).sort("left", "right").cast(pl.Schema(TIES))


def _sharing(graph: Graph) -> list[Entity]:
    left_out = find_people(graph.schema) | {Concept.label, ResourceUse.label}
    counts = graph.counts["entities"]
    return [
        k for k in graph.schema.entities if counts.get(k.label) and not (k.is_unit or k.computed or k.label in left_out)
    ]


def _shared(graph: Graph, kind: Entity) -> pl.DataFrame:
    """Return each pair of units that are tied to one thing of a kind."""
    units = read_units_of(graph, kind)
    few = units.filter(pl.len().over("id").is_between(2, MOST_SHARING))
    return (
        few.join(few, on="id", suffix="_other")
        .filter(pl.col("unit") < pl.col("unit_other"))
        .select(left="unit", right="unit_other")
    )


def _lent(graph: Graph) -> pl.DataFrame:
    """Return owner and user for each use of a resource."""
    owners = open_relations(graph, OWNS).select(resource_id="target", left="source")
    uses = read_logged(graph).drop_nulls("user_id").select("resource_id", right="user_id")
    return owners.join(uses, on="resource_id").select("left", "right")


def make_network(graph: Graph) -> Any:
    """Return the units that share something as a networkx graph; `weight` is how many things two of them share."""
    import networkx as nx  # start-up: 0.2 s, which only questions about the network need

    network = nx.Graph()
    network.add_weighted_edges_from(read_unit_ties(graph).iter_rows())
    return network
