"""The shortest ways from one entity to another, and of equal ones those by way of what few others share."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from graph.schema.members import Concept
from graph.schema.organizations import Subdistrict
from queries.browsing.mesh import Mesh, Places, read_mesh
from queries.browsing.parts import Part, draw_part
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph

FURTHEST = 6  # relations of a way; longer ones say nothing
_LONGER = 2  # relations by which a way may be longer than the shortest
_LOOKED_AT = 200  # ways of which the best are shown
_EVERYBODYS = (Subdistrict.label, Concept.label)
_MOST_NEAR = 3000  # entities between two beyond which only shortest ways are looked for


def find_ways(graph: Graph, scope: Scope, start: str, end: str, *, k: int = 3, without: Collection[str] = ()) -> Part:
    """Return up to `k` ways between two entities that pass through none of the kinds `without`, each by other kinds of things first."""
    mesh = read_mesh(graph)
    ends = mesh.find(graph, start), mesh.find(graph, end)
    ways = choose(mesh, list(_walk(mesh, ends, without)), k)
    places = list(dict.fromkeys([*ends, *(place for way in ways for place in way)]))
    names = mesh.dots["name"]
    part = draw_part(mesh, f"{names[ends[0]]} — {names[ends[1]]}", places, focus=ends)
    return Part(part.title, part.nodes, part.edges, part.focus, [[mesh.ids[place] for place in way] for way in ways])


def choose(mesh: Mesh, ways: list[list[int]], k: int) -> list[list[int]]:
    """Return `k` of the ways: the shortest, less common ones first, but one of each sequence of kinds before another of the same.

    Ways by what is everybody's (the subdistrict, a class of service) come last: they link nearly all with all.
    """
    names, kind = mesh.kinds
    common = np.array([name in _EVERYBODYS for name in names])[kind]

    def rank(way: list[int]) -> tuple[bool, int, float, list[int]]:
        between = way[1:-1]
        return bool(common[between].any()), len(way), float(np.log1p(mesh.degrees[between]).sum()), way

    ways = sorted(ways, key=rank)
    seen: set[tuple[int, ...]] = set()
    first: list[list[int]] = []
    more: list[list[int]] = []
    for way in ways:
        sequence = tuple(int(kind[place]) for place in way)
        (more if sequence in seen else first).append(way)
        seen.add(sequence)
    return [*first, *more][:k]


def _walk(mesh: Mesh, ends: tuple[int, int], without: Collection[str]) -> Iterator[list[int]]:
    """Yield the shortest ways first; only what lies on one of them is looked at."""
    if ends[0] == ends[1]:
        return
    near = _on_the_way(mesh, ends, without)
    chosen = set(near.tolist())
    if not chosen:
        return
    network = nx.Graph([(a, b) for a, b in mesh.lines_between.tolist() if a in chosen and b in chosen])
    found = nx.all_shortest_paths if len(chosen) > _MOST_NEAR else nx.shortest_simple_paths
    for way in islice(found(network, *ends), _LOOKED_AT):
        if len(way) > FURTHEST + 1:
            return
        yield way


def _on_the_way(mesh: Mesh, ends: tuple[int, int], without: Collection[str]) -> Places:
    """Return the entities through which a way leads that is little longer than the shortest; none where there is no way."""
    names, kind = mesh.kinds
    shut = np.array([name in without for name in names])[kind]
    shut[list(ends)] = False
    pairs = mesh.lines_between
    pairs = pairs[~shut[pairs].any(1)]
    table = csr_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(shut), len(shut)))
    hops = dijkstra(table, directed=False, indices=list(ends), unweighted=True, limit=FURTHEST)
    total = hops.sum(0)
    shortest = hops[0, ends[1]]
    return np.flatnonzero(total <= shortest + _LONGER) if np.isfinite(shortest) else np.array([], dtype=np.int64)
