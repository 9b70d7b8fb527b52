"""Walks from an entity to what is around it: all kinds in fair shares, or the next few of one kind; what is left out is counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from graph.schema.organizations import Community, Enterprise
from queries.answers.rows import MEMBERS_LIVE_IN
from queries.browsing.mesh import Mesh, read_mesh
from queries.browsing.parts import DrawnLine, Part, draw_lines, draw_part, make_dots
from queries.reading.member_counts import count_members
from queries.reading.scope import Scope
from queries.reading.units import UnitRef

if TYPE_CHECKING:
    from graph.graph import Graph


def walk_around(
    graph: Graph, scope: Scope, entity: str, *, hops: int = 1, kinds: Collection[str] = (), limit: int = 60
) -> Part:
    """Return an entity and what surrounds it, at most `limit` others: of every kind its share, the best tied ones first."""
    mesh = read_mesh(graph)
    start = mesh.find(graph, entity)
    taken, frontier, left = [start], [start], {}
    for _ in range(hops):
        room = limit + 1 - len(taken)
        found = _unseen(mesh, frontier, taken, kinds)
        frontier = share_out(mesh, found, room)
        taken += frontier
        left = count_kinds(mesh, set(found) - set(frontier))
    extra = draw_members(graph, scope, mesh, start, set(taken))
    part = draw_part(mesh, mesh.dots["name"][start], taken, focus=[start], extra=extra)
    return Part(part.title, part.nodes, part.edges, part.focus, left_out=left)


def expand(
    graph: Graph,
    scope: Scope,
    entity: str,
    *,
    kinds: Collection[str] = (),
    limit: int = 20,
    shown: Collection[str] = (),
) -> Part:
    """Return the next neighbours of an entity that are not among `shown`, with their relations to each other and to what is shown."""
    mesh = read_mesh(graph)
    start = mesh.find(graph, entity)
    there = [mesh.place_of[id] for id in shown if id in mesh.place_of]
    found = _unseen(mesh, [start], [start, *there], kinds)
    fresh = share_out(mesh, found, limit)
    lines = draw_lines(mesh, mesh.lines_among({start, *there, *fresh}))
    new = {mesh.ids[place] for place in fresh}
    lines = [line for line in lines if line.source in new or line.target in new]
    lines += draw_members(graph, scope, mesh, start, {start, *there, *fresh})
    left = count_kinds(mesh, set(found) - set(fresh))
    return Part(mesh.dots["name"][start], make_dots(mesh, fresh), lines, [mesh.ids[start]], left_out=left)


def select(graph: Graph, scope: Scope, ids: Sequence[str]) -> Part:
    """Return the entities of some ids, as far as there are any, with the relations among them, laid out anew."""
    mesh = read_mesh(graph)
    places = [mesh.place_of[id] for id in dict.fromkeys(ids) if id in mesh.place_of]
    members = [line for place in places for line in draw_members(graph, scope, mesh, place, set(places))]
    return draw_part(mesh, "", places, extra=members)


def share_out(mesh: Mesh, places: Sequence[int], room: int) -> list[int]:
    """Return at most `room` of some entities: small kinds whole, large ones in equal shares, of each the best tied ones."""
    names, kind = mesh.kinds
    by_kind = {n: _in_order(mesh, [p for p in places if kind[p] == n]) for n in {int(kind[p]) for p in places}}
    chosen: list[int] = []
    for done, n in enumerate(sorted(by_kind, key=lambda n: (len(by_kind[n]), names[n]))):
        share = (room - len(chosen)) // (len(by_kind) - done)
        chosen += by_kind[n][: max(0, share)]
    return chosen


def count_kinds(mesh: Mesh, places: Iterable[int]) -> dict[str, int]:
    """Return how many of some entities are of which kind."""
    names, kind = mesh.kinds
    numbers = np.bincount(kind[np.array(sorted(places), dtype=np.int64)], minlength=len(names))
    return {names[n]: int(numbers[n]) for n in np.flatnonzero(numbers)}


def draw_members(graph: Graph, scope: Scope, mesh: Mesh, start: int, among: Collection[int]) -> list[DrawnLine]:
    """Return in which of the communities drawn members of an enterprise live: how many, as the asker may know it; never who."""
    if mesh.dots["label"][start] != Enterprise.label:
        return []
    names, kind = mesh.kinds
    near = {mesh.ids[place] for place in among if names[kind[place]] == Community.label}
    if not near:
        return []
    unit = UnitRef(mesh.ids[start], Enterprise.label, mesh.dots["name"][start])
    counts = count_members(graph, scope, unit)
    return [
        DrawnLine(unit.id, id, MEMBERS_LIVE_IN, counts[id].members or 0)
        for id in sorted(near & set(counts))
        if counts[id].members
    ]


def _unseen(mesh: Mesh, frontier: Iterable[int], seen: Iterable[int], kinds: Collection[str]) -> list[int]:
    names, kind = mesh.kinds
    known = set(seen)
    reached = dict.fromkeys(int(far) for place in frontier for far in mesh.around(place))
    return [far for far in reached if far not in known and (not kinds or names[kind[far]] in kinds)]


def _in_order(mesh: Mesh, places: Sequence[int]) -> list[int]:
    """Return entities of one kind, those with most relations first, of equals the latest, then by name."""
    days, names, degrees = mesh.dots["since"], mesh.dots["name"], mesh.degrees
    latest = {place: days[place].toordinal() if days[place] else 0 for place in places}
    return sorted(places, key=lambda place: (-degrees[place], -latest[place], names[place]))
