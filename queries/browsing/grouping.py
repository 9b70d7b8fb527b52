"""The whole district in few dots: a group for each subdistrict, or for each cluster of units that have much in common.

A thing belongs to the group of the units that it is tied to; where these are of several groups, it ties those groups together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import networkx as nx
import numpy as np
import polars as pl
from numpy.typing import NDArray

from graph.errors import UnknownEntityError
from graph.schema.members import Concept
from graph.schema.organizations import BELONGS_TO, LOCATED_IN, Subdistrict
from graph.texts import Said
from queries.browsing.mesh import Mesh, Places, read_mesh
from queries.browsing.parts import MOST_DRAWN, DrawnDot, DrawnLine, Part, draw_part, lay_out
from queries.browsing.walking import count_kinds, share_out
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph

By = Literal["subdistrict", "cluster"]
Flags = NDArray[np.bool_]
GROUP = "group"  # the label of a dot that stands for many, and what its id begins with
TOGETHER = "TOGETHER"  # the relation of two groups: what units of both have in common
_STREETLESS = Said("街道未登记的单位", "units whose subdistrict is not known")
_CLUSTER = Said("{name}等 {n} 家单位", "{name} and others, {n} units")
_TITLE = Said("全区总览", "The whole district")
_DRAWN_TIES = 2  # lines that a group of the overview has at least, its strongest
_WIDER = 2.0  # how much further apart groups lie than single entities
_ALONE, _BETWEEN = -1, -2  # in no group; in several


@dataclass(frozen=True)
class Groups:
    """The groups of a mesh: their keys and names, and for every entity the number of its group, or that it is in none or several."""

    keys: list[str]
    names: list[Said]
    of: Places


def overview(graph: Graph, scope: Scope, *, by: By = "subdistrict", lang: str = "zh") -> Part:
    """Return the whole district as one dot a group, and between two groups how many things units of both have in common."""
    mesh = read_mesh(graph)
    groups = find_groups(graph, mesh, by)
    dots = []
    for number, (key, name) in enumerate(zip(groups.keys, groups.names, strict=True)):
        holds = count_kinds(mesh, np.flatnonzero(groups.of == number))
        dots.append(DrawnDot(f"{GROUP}:{by}:{key}", GROUP, name.text(lang), holds=holds))
    found = _between(graph, mesh, groups)
    strong = _strongest(found)
    lines = [DrawnLine(dots[a].id, dots[b].id, TOGETHER, found[a, b]) for a, b in sorted(strong)]
    left = {TOGETHER: len(found) - len(strong)} if len(found) > len(strong) else {}
    return Part(_TITLE.text(lang), [_spread(dot) for dot in lay_out(dots, lines)], lines, left_out=left)


def _strongest(found: Mapping[tuple[int, int], int]) -> set[tuple[int, int]]:
    """Return of every group the pairs with the few others that it has most to do with: where all is tied to all, nothing is seen."""
    kept: set[tuple[int, int]] = set()
    ends: dict[int, list[tuple[int, int]]] = {}
    for pair in found:
        for end in pair:
            ends.setdefault(end, []).append(pair)
    for pairs in ends.values():
        kept.update(sorted(pairs, key=lambda pair: (-found[pair], pair))[:_DRAWN_TIES])
    return kept


def _spread(dot: DrawnDot) -> DrawnDot:
    """Return a group with the room that its size takes, twice that of a single entity."""
    return replace(dot, x=_WIDER * dot.x, y=_WIDER * dot.y)


def open_group(graph: Graph, scope: Scope, group: str, *, limit: int = MOST_DRAWN, lang: str = "zh") -> Part:
    """Return what is in a group of the overview, at most `limit` entities: units first, then of every kind its share."""
    mesh = read_mesh(graph)
    _, by, key = (*group.split(":", 2), "", "")[:3]
    groups = find_groups(graph, mesh, "cluster" if by == "cluster" else "subdistrict")
    if key not in groups.keys:
        raise UnknownEntityError(name=group)
    number = groups.keys.index(key)
    inside = [int(place) for place in np.flatnonzero(groups.of == number)]
    is_unit = _is_unit(graph, mesh)
    units = share_out(mesh, [place for place in inside if is_unit[place]], limit)
    things = share_out(mesh, [place for place in inside if not is_unit[place]], limit - len(units))
    part = draw_part(mesh, groups.names[number].text(lang), [*units, *things])
    left = count_kinds(mesh, set(inside) - {*units, *things})
    return Part(part.title, part.nodes, part.edges, part.focus, left_out=left)


def find_groups(graph: Graph, mesh: Mesh, by: By) -> Groups:
    """Return the groups of the units, and which of them everything else belongs to."""
    of = np.full(len(mesh.ids), _ALONE, dtype=np.int64)
    keys, names = (_by_street if by == "subdistrict" else _by_cluster)(graph, mesh, of)
    is_unit = _is_unit(graph, mesh)
    general = (mesh.dots["label"] == Concept.label).to_numpy()  # a word ties everybody to everybody
    owning = (
        mesh.lines["type"].is_in([relation.type for relation in graph.schema.relations if relation.owns]).to_numpy()
    )
    # A hall belongs to its owner's group, whoever borrows it; what hangs on a need belongs with the need.
    for counting in (owning, np.ones_like(owning), np.ones_like(owning)):
        told = _groups_around(mesh, of, counting)
        free = (of == _ALONE) & ~is_unit & ~general
        of[free] = told[free]
    return Groups(keys, names, of)


def _by_street(graph: Graph, mesh: Mesh, of: Places) -> tuple[list[str], list[Said]]:
    streets = mesh.dots.with_row_index("place").filter(pl.col("label") == Subdistrict.label).sort("name")
    number = {int(place): n for n, place in enumerate(streets["place"])}
    lies = mesh.lines.filter(pl.col("type").is_in([BELONGS_TO.type, LOCATED_IN.type]))
    for place, n in number.items():
        of[place] = n
    for unit, street in lies.select("source", "target").iter_rows():
        of[unit] = number.get(street, _ALONE)
    keys, names = streets["id"].to_list(), [Said(name, name) for name in streets["name"]]
    rest = _is_unit(graph, mesh) & (of == _ALONE)
    if rest.any():
        of[rest] = len(keys)
        keys, names = [*keys, "?"], [*names, _STREETLESS]
    return keys, names


def _by_cluster(graph: Graph, mesh: Mesh, of: Places) -> tuple[list[str], list[Said]]:
    """Find clusters by the modularity of what units have in common (Blondel and others 2008, “Fast unfolding of communities”)."""
    units = np.flatnonzero(_is_unit(graph, mesh) & (mesh.dots["label"] != Subdistrict.label).to_numpy())
    network = nx.Graph()
    network.add_nodes_from(int(unit) for unit in units)
    network.add_weighted_edges_from((a, b, n) for (a, b), n in _in_common(mesh, set(network)).items())
    found = nx.community.louvain_communities(network, seed=1)
    keys: list[str] = []
    names: list[Said] = []
    for members in sorted(found, key=lambda one: (-len(one), min(one))):
        first = min(members, key=lambda unit: (-network.degree(unit, weight="weight"), unit))
        of[list(members)] = len(keys)
        keys.append(mesh.ids[first])
        name = mesh.dots["name"][first]
        names.append(_CLUSTER.fill(name=name, n=len(members)) if len(members) > 1 else Said(name, name))
    return keys, names


_MOST_TOGETHER = 30  # units that share one thing beyond which it says little about any two of them


def _in_common(mesh: Mesh, units: set[int]) -> dict[tuple[int, int], float]:
    """Return how much every two units have in common: a relation of their own, or a thing that few others share."""
    common: dict[tuple[int, int], float] = {}
    tied: dict[int, list[int]] = {}
    for a, b in mesh.lines_between.tolist():
        if a in units and b in units:
            common[a, b] = common.get((a, b), 0.0) + 1.0
        elif (a in units) != (b in units):
            unit, thing = (a, b) if a in units else (b, a)
            tied.setdefault(thing, []).append(unit)
    for sharing in tied.values():
        if 2 <= len(sharing) <= _MOST_TOGETHER:
            for pair in combinations(sorted(sharing), 2):
                common[pair] = common.get(pair, 0.0) + 1 / (len(sharing) - 1)
    return common


def _groups_around(mesh: Mesh, of: Places, counting: Flags) -> Places:
    """Return for every entity the one group of its neighbours by some lines, or that they are in none or in several."""
    ends = mesh.ends[counting]
    near, far = np.concatenate([ends[:, 0], ends[:, 1]]), np.concatenate([ends[:, 1], ends[:, 0]])
    known = of[far] >= 0
    least, most = np.full(len(of), np.iinfo(np.int64).max), np.full(len(of), _ALONE)
    np.minimum.at(least, near[known], of[far[known]])
    np.maximum.at(most, near[known], of[far[known]])
    return np.where(most == _ALONE, _ALONE, np.where(least == most, most, _BETWEEN))


def _between(graph: Graph, mesh: Mesh, groups: Groups) -> dict[tuple[int, int], int]:
    """Return for every two groups how many relations of their units and things of both there are."""
    ends = mesh.lines_between
    of, counted = groups.of, {}
    sides = np.sort(of[ends], axis=1)
    direct = sides[(sides[:, 0] >= 0) & (sides[:, 0] != sides[:, 1])]
    pairs, numbers = np.unique(direct, axis=0, return_counts=True) if len(direct) else (direct, np.array([], np.int64))
    counted = {(int(a), int(b)): int(n) for (a, b), n in zip(pairs, numbers, strict=True)}
    for thing in np.flatnonzero(of == _BETWEEN):
        met = sorted({int(of[far]) for far in mesh.around(int(thing)) if of[far] >= 0})
        for pair in combinations(met, 2):
            counted[pair] = counted.get(pair, 0) + 1
    return counted


def _is_unit(graph: Graph, mesh: Mesh) -> Flags:
    return mesh.dots["label"].is_in([unit.label for unit in graph.schema.units]).to_numpy()
