"""Exports the graph as a CSV file for each kind of entity and relation, and one GraphML file for drawing programs."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import polars as pl

from graph.documents import FrameRow
from graph.graph import Graph
from graph.kinds import PROVENANCE
from graph.people import find_persons

GRAPHML = "graph.graphml"
_FORMULA = r"^([=+\-@\t\r＝＋－＠])"


def export_graph(graph: Graph, folder: Path, *, people: bool = False) -> dict[str, int]:
    """Write what is open in the graph into `folder`; return the rows of each file written."""
    network = nx.MultiDiGraph()
    written: dict[str, int] = {}
    left_out = frozenset() if people else find_persons(graph.schema)  # cohorts carry no row of a person
    for entity in graph.schema.entities:
        if entity.label not in left_out:
            frame = _open(graph.entities(entity.label))
            network.add_nodes_from(
                (row.pop("id"), {"label": entity.label} | _known(row)) for row in _plain(frame).iter_rows(named=True)
            )
            _write(frame, folder / "entities" / f"{entity.label}.csv", folder, written)
    for relation in graph.schema.relations:
        frame = _open(graph.relations(relation.type)).filter(
            ~pl.col("source_label").is_in(left_out), ~pl.col("target_label").is_in(left_out)
        )
        network.add_edges_from(
            (row.pop("source"), row.pop("target"), {"type": relation.type} | _known(row))
            for row in _plain(frame).iter_rows(named=True)
        )
        _write(frame, folder / "relations" / f"{relation.type}.csv", folder, written)
    folder.mkdir(parents=True, exist_ok=True)
    nx.write_graphml(network, folder / GRAPHML, encoding="utf-8")
    return written | {GRAPHML: network.number_of_nodes()}


def _open(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col("valid_to").is_null()).drop(*PROVENANCE)


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with lists and dates as text, which CSV and GraphML have no types for."""
    lists = [pl.col(name).list.join("、") for name, dtype in frame.schema.items() if isinstance(dtype, pl.List)]
    dates = [pl.col(name).dt.to_string() for name, dtype in frame.schema.items() if dtype.is_temporal()]
    return frame.with_columns(*lists, *dates)


def _known(row: FrameRow) -> dict[str, object]:
    return {name: value for name, value in row.items() if value is not None}


def _write(frame: pl.DataFrame, path: Path, folder: Path, written: dict[str, int]) -> None:
    """Write a CSV that spreadsheets read as UTF-8 and in which no text becomes a formula."""
    if frame.is_empty():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    harmless = _plain(frame).with_columns(pl.col(pl.String).str.replace(_FORMULA, "'${1}"))
    harmless.write_csv(path, include_bom=True)
    written[path.relative_to(folder).as_posix()] = frame.height
