"""What of a graph an asker sees: the one place in which a role and its limits become a graph with fewer people in it.

`see` is for questions: a number of people may come of it, a row never does. `see_rows` is for whoever reads rows: exports, Cypher,
notebooks. An analyst or steward of the whole district sees the graph as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from graph.confined import Sight, confine
from graph.people import find_people
from graph.schema.members import BELONGS_TO_BRANCH, OF_EMPLOYER, WORKS_AT
from queries.reading.area import list_inside
from queries.reading.entities import open_relations

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Relation
    from queries.reading.scope import Scope

_MEMBERSHIP = (WORKS_AT, BELONGS_TO_BRANCH, OF_EMPLOYER)  # by which a person is a unit's own


def see(graph: Graph, scope: Scope) -> tuple[Graph, Scope]:
    """Return the graph for the questions of an asker, and the scope with the units that are the asker's own.

    Whoever is limited to a unit or an area finds only people there who have to do with it: others are not in the graph at all.
    """
    if scope.sees_members:
        return graph, scope
    scope = replace(scope, own=find_own(graph, scope))
    if graph.seen_as:
        return graph, scope
    seen = _find_tied(graph, scope.own, graph.schema.relations) if scope.is_limited else {}
    return graph.kept(("questions", scope.key), lambda: confine(graph, _make_sight(scope, seen, trusts=True))), scope


def see_rows(graph: Graph, scope: Scope) -> Graph:
    """Return the graph whose rows an asker may read: of people only the own ones, and none for a viewer."""
    if scope.sees_members or graph.seen_as:
        return graph
    own = find_own(graph, scope) if scope.role != "viewer" else frozenset()
    scope = replace(scope, own=own)
    return graph.kept(("rows", scope.key), partial(_confine_rows, graph, scope))


def _confine_rows(graph: Graph, scope: Scope) -> Graph:
    return confine(graph, _make_sight(scope, _find_tied(graph, scope.own, _MEMBERSHIP)))


def find_own(graph: Graph, scope: Scope) -> frozenset[str]:
    """Return the ids of an asker's own units and their Party organizations; nothing for an asker without limits."""
    limit = scope.area_id or scope.unit_id
    return frozenset(list_inside(graph, limit)) if limit else frozenset()


def _make_sight(scope: Scope, seen: dict[str, frozenset[str]], *, trusts: bool = False) -> Sight:
    contacts = scope.own if scope.role != "viewer" else frozenset()
    return Sight(repr((scope.key, trusts)), seen, contacts, trusts)


def _find_tied(graph: Graph, own: frozenset[str], ties: Iterable[Relation]) -> dict[str, frozenset[str]]:
    """Return by label the ids of the people whom some relations tie to own units or Party organizations."""
    people = find_people(graph.schema)
    found: dict[str, set[str]] = {label: set() for label in people}
    for tie in ties:
        if not people & {kind.label for kind in (*tie.source, *tie.target)}:
            continue
        frame = open_relations(graph, tie)
        for end, other in (("source", "target"), ("target", "source")):
            part = frame.filter(pl.col(f"{end}_label").is_in(list(people)), pl.col(other).is_in(list(own)))
            for label, id in part.select(f"{end}_label", end).iter_rows():
                found[label].add(id)
    return {label: frozenset(ids) for label, ids in found.items()}
