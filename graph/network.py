"""A graph, or part of one, as a networkx graph: for algorithms, for pictures, and for files of other programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import networkx as nx
import polars as pl

from graph.kinds import PROVENANCE
from graph.people import find_people
from graph.types import OfficePhone

if TYPE_CHECKING:
    from graph.graph import Graph

Rows = pl.DataFrame | Iterable[Mapping[str, object]]


def to_networkx(entities: Rows, relations: Rows) -> nx.MultiDiGraph:
    """Return entities (id, label, name, …) and relations (source, target, type, …) as a directed graph; other columns become attributes.

    An end that is not among the entities is there under its id, without a label. Every attribute is a text, a number or a truth
    value, so that `write_graphml` and `write_gexf` take it; GEXF has another use for `type`, so that it stands in `relation`, too.
    """
    network = nx.MultiDiGraph()
    network.add_nodes_from((row["id"], _known(row, {"id"})) for row in _rows(entities))
    for row in _rows(relations):
        facts = _known(row, {"source", "target"})
        network.add_edge(row["source"], row["target"], **facts, relation=facts.get("type", ""))
    for id, attributes in network.nodes(data=True):
        attributes.setdefault("label", "")
        attributes.setdefault("name", str(id))
    return network


def whole_network(graph: Graph, *, phones: bool = True) -> nx.MultiDiGraph:
    """Return everything that is open in a graph, without the offices' telephones if `phones` says so.

    Persons and groups of them are in no such network.
    """
    hidden, counts = find_people(graph.schema), graph.counts
    network = nx.MultiDiGraph()
    for entity in graph.schema.entities:
        if entity.label not in hidden and counts["entities"].get(entity.label):
            closed = [p.name for p in entity.properties if isinstance(p.type, OfficePhone) and not phones]
            rows = _open(graph.entities(entity.label)).drop(closed).with_columns(label=pl.lit(entity.label))
            network.add_nodes_from(to_networkx(rows, []).nodes(data=True))
    for relation in graph.schema.relations:
        if counts["relations"].get(relation.type):
            ends = [~pl.col(end).is_in(hidden) for end in ("source_label", "target_label")]
            rows = _open(graph.relations(relation.type)).filter(*ends).drop("source_label", "target_label")
            rows = rows.with_columns(type=pl.lit(relation.type))
            network.add_edges_from(to_networkx([], rows).edges(data=True))
    return network


def _open(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col("valid_to").is_null()).drop(*PROVENANCE, "valid_to")


def _rows(rows: Rows) -> Iterable[Mapping[str, object]]:
    return rows.iter_rows(named=True) if isinstance(rows, pl.DataFrame) else rows


def _known(row: Mapping[str, object], without: set[str]) -> dict[str, object]:
    return {name: _plain(value) for name, value in row.items() if name not in without and value is not None}


def _plain(value: object) -> object:
    """Return a value as files of graphs have it."""
    if isinstance(value, bool | int | float):
        return value
    return "、".join(map(str, value)) if isinstance(value, list | tuple | set) else f"{value}"
