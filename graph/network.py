"""Part of a graph as a networkx graph: for algorithms, and for pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import networkx as nx
import polars as pl

Rows = pl.DataFrame | Iterable[Mapping[str, object]]


def to_networkx(entities: Rows, relations: Rows) -> nx.MultiDiGraph:
    """Return entities (id, label, name, …) and relations (source, target, type, …) as a directed graph; other columns become attributes.

    An end that is not among the entities is there under its id, without a label.
    """
    network = nx.MultiDiGraph()
    network.add_nodes_from((row["id"], _known(row, {"id"})) for row in _rows(entities))
    network.add_edges_from(
        (row["source"], row["target"], _known(row, {"source", "target"})) for row in _rows(relations)
    )
    for id, attributes in network.nodes(data=True):
        attributes.setdefault("label", "")
        attributes.setdefault("name", str(id))
    return network


def _rows(rows: Rows) -> Iterable[Mapping[str, object]]:
    return rows.iter_rows(named=True) if isinstance(rows, pl.DataFrame) else rows


def _known(row: Mapping[str, object], without: set[str]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in without and value is not None}
