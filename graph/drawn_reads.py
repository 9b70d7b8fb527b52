"""Draws what a Cypher text returns: every entity in its rows, whole, on a path or by its id, and the relations among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import networkx as nx
import polars as pl

from graph.network import to_networkx
from graph.people import find_people

if TYPE_CHECKING:
    from graph.graph import Graph


def find_drawn(graph: Graph, rows: pl.DataFrame) -> nx.MultiDiGraph:
    """Return the entities that some rows name, with every open relation among them; persons are left out."""
    named = set(find_texts(rows.rows()))
    hidden, counts = find_people(graph.schema), graph.counts
    parts = []
    for kind in graph.schema.entities:
        if kind.label not in hidden and counts["entities"].get(kind.label):
            found = graph.entities(kind.label, *kind.named_by).filter(pl.col("id").is_in(named))
            name = pl.coalesce(*(pl.col(c).cast(pl.String) for c in kind.named_by), "id")
            parts.append(found.select("id", pl.lit(kind.label).alias("label"), name.alias("name")))
    entities = pl.concat(parts) if parts else pl.DataFrame(schema={"id": pl.String, "label": pl.String})
    return to_networkx(entities, list(_relations(graph, entities["id"])))


def _relations(graph: Graph, ids: pl.Series) -> Iterator[dict[str, object]]:
    for relation in graph.schema.relations:
        if graph.counts["relations"].get(relation.type):
            ends = [pl.col(end).is_in(ids.implode()) for end in ("source", "target")]
            rows = graph.relations(relation.type).filter(*ends, pl.col("valid_to").is_null())
            for source, target in rows.select("source", "target").iter_rows():
                yield {"source": source, "target": target, "type": relation.type}


def find_texts(value: Any) -> Iterator[str]:
    """Yield every text in a value: in maps (an entity, a path) and lists, too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from find_texts(list(value.values()))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from find_texts(item)
