"""A part of a graph as it is drawn and sent: entities with their places in the picture, relations, groups, and what is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import networkx as nx
import polars as pl

from graph.layout import place
from queries.browsing.mesh import Mesh

MOST_DRAWN = 300  # entities that a view begins with at most: more cannot be read
HARD_CAP = 800  # entities that a canvas ever holds


@dataclass(frozen=True)
class DrawnDot:
    """An entity of a part: where it is drawn, when it was, where it lies, and how many neighbours of which kind it has in all.

    Of a group, `holds` says how many entities of which kind are in it.
    """

    id: str
    label: str
    name: str
    short: str = ""
    x: float = 0.0
    y: float = 0.0
    since: date | None = None
    until: date | None = None
    lon: float | None = None
    lat: float | None = None
    around: Mapping[str, int] = field(default_factory=dict)
    holds: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class DrawnLine:
    """A relation of a part; `count` is how many it stands for."""

    source: str
    target: str
    type: str
    count: int = 1
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Part:
    """A part of a graph: what to draw, what it is about (`focus`), the ways found in it, and how many of which kind are not in it."""

    title: str
    nodes: Sequence[DrawnDot]
    edges: Sequence[DrawnLine]
    focus: Sequence[str] = ()
    paths: Sequence[Sequence[str]] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)


def draw_lines(mesh: Mesh, lines: pl.DataFrame) -> list[DrawnLine]:
    """Return lines of a mesh as relations between ids."""
    ids = mesh.ids
    return [DrawnLine(ids[source], ids[target], *rest) for source, target, *rest in lines.iter_rows()]


def draw_part(
    mesh: Mesh, title: str, places: Sequence[int], *, focus: Sequence[int] = (), extra: Sequence[DrawnLine] = ()
) -> Part:
    """Return some entities with all relations among them, laid out; `extra` are relations that the mesh does not have."""
    lines = [*draw_lines(mesh, mesh.lines_among(places)), *extra]
    return Part(title, lay_out(make_dots(mesh, places), lines), lines, [mesh.ids[place] for place in focus])


def make_dots(mesh: Mesh, places: Sequence[int]) -> list[DrawnDot]:
    """Return entities of a mesh, not yet laid out."""
    rows = mesh.dots[list(places)].iter_rows(named=True)
    return [
        DrawnDot(
            id=row["id"], label=row["label"], name=row["name"], short=row["short"] or "", since=row["since"],
            until=row["until"], lon=row["lon"], lat=row["lat"], around=around,
        )
        for row, around in zip(rows, mesh.count_around(places), strict=True)
    ]  # fmt: skip


def lay_out(dots: Sequence[DrawnDot], lines: Iterable[DrawnLine]) -> list[DrawnDot]:
    """Return entities with positions at which related ones are near each other and names have room."""
    network = nx.MultiDiGraph()
    network.add_nodes_from(dot.id for dot in dots)
    network.add_edges_from((line.source, line.target) for line in lines)
    found = place(network, are_written=network.number_of_edges() <= MOST_WRITTEN)
    return [_at(dot, *found[dot.id]) for dot in dots]


MOST_WRITTEN = 60  # with more relations, room for their words would tear the picture apart


def _at(dot: DrawnDot, x: float, y: float) -> DrawnDot:
    return DrawnDot(**{**dot.__dict__, "x": x, "y": y})
