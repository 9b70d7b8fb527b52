"""这个单位周围有什么？ What surrounds a unit? Its agreements, activities, resources, needs, offers and partners; never a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import polars as pl

from graph.people import find_people
from graph.schema.organizations import Community, Enterprise
from graph.schema.resources import USED_BY, USES, ResourceUse
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.contents import DrawnEntity, DrawnRelation
from queries.answers.rows import DERIVED_TIES, MEMBERS_LIVE_IN, USED, column
from queries.reading.entities import kind_names, read_names
from queries.reading.member_counts import count_members
from queries.reading.scope import Scope
from queries.reading.units import UnitRef, find_unit

if TYPE_CHECKING:
    from graph.graph import Graph


@dataclass(frozen=True)
class Neighbour:
    """An entity near the unit asked about: how many relations away, by which relation, and by way of which entity."""

    id: str
    label: str
    kind: str = column("类别", "kind")
    name: str = column("名称", "name")
    hops: int = column("距离", "hops")
    relation: str = column("关系", "relation")
    via: str = column("经由", "via")


@dataclass(frozen=True)
class Tie:
    """A relation on a path away from the unit asked about, from the nearer entity to the farther one; `outward` is its direction."""

    near: str
    type: str
    label: str
    far: str
    outward: bool = True
    count: int | None = None

    def as_relation(self) -> DrawnRelation:
        """Return the relation with its source and target in the direction that it has in the graph."""
        source, target = (self.near, self.far) if self.outward else (self.far, self.near)
        relation: DrawnRelation = {"source": source, "target": target, "type": self.type}
        return {**relation, "count": self.count} if self.count else relation


@question(
    phrases=Said(
        "周围；周边 单位；周围 什么；图谱；关系 图谱；周围 都有谁；关系图；一张图；身边 单位；周边 有什么",
        "around; what surrounds; nearby",
    )
)
def neighbourhood(
    graph: Graph,
    scope: Scope,
    unit: Annotated[str, Said("单位的名称、简称或编号", "the unit's name, short name or id")],
    *,
    hops: Annotated[int, Between(1, 3), Said("走几步", "over how many relations")] = 1,
    limit: Annotated[int, Between(1, 1000), Said("最多几项", "at most so many")] = 100,
) -> Answer[Neighbour]:
    """这个单位周围有什么？ What surrounds a unit?"""
    start = find_unit(graph, unit)
    found: dict[str, tuple[str, int, str, str]] = {}
    ties: list[Tie] = []
    frontier, seen, truncated = {start.label: [start.id]}, {start.id}, False
    for hop in range(1, hops + 1):
        reached: dict[str, list[str]] = {}
        for tie in _ties(graph, scope, start, frontier, limit):
            if tie.far not in seen and len(found) >= limit:
                truncated = True
                continue
            ties.append(tie)
            if tie.far not in seen:
                seen.add(tie.far)
                found[tie.far] = (tie.label, hop, tie.type, tie.near)
                reached.setdefault(tie.label, []).append(tie.far)
        frontier = reached
    return _answer(graph, start, found, ties, truncated)


def _answer(
    graph: Graph, start: UnitRef, found: dict[str, tuple[str, int, str, str]], ties: list[Tie], truncated: bool
) -> Answer[Neighbour]:
    ids: dict[str, list[str]] = {}
    for far, (label, *_) in found.items():
        ids.setdefault(label, []).append(far)
    names = {start.id: start.name} | read_names(graph, ids)
    kinds, types = (
        kind_names(graph),
        {r.type: Said(r.zh, r.en) for r in graph.schema.relations} | DERIVED_TIES,
    )
    rows = [
        Neighbour(far, label, kinds[label], names.get(far, far), hop, types[kind], names.get(near, near))
        for far, (label, hop, kind, near) in found.items()
    ]
    entities: list[DrawnEntity] = [
        {"id": start.id, "label": start.label, "name": start.name},
        *[DrawnEntity(id=r.id, label=r.label, name=r.name) for r in rows],
    ]
    relations = {(r["source"], r["type"], r["target"]): r for r in (tie.as_relation() for tie in ties)}
    return Answer(rows, truncated=truncated, entities=entities, relations=list(relations.values()))


def _ties(graph: Graph, scope: Scope, start: UnitRef, frontier: dict[str, list[str]], limit: int) -> Iterator[Tie]:
    """Yield every open relation of the entities in `frontier`, at most `limit` and one more of each kind."""
    for label, ids in frontier.items():
        if label in {unit.label for unit in graph.schema.units}:
            yield from _members(graph, scope, start, ids)
            yield from _uses(graph, label, ids)
        for kind, other, outward in _relations(graph, label):
            ends, near, far = ((label, other), "source", "target") if outward else ((other, label), "target", "source")
            tied = _between(graph, kind, *ends).filter(pl.col(near).is_in(ids)).select(near=near, far=far)
            there = graph.entities(other, "id").filter(pl.col("valid_to").is_null())["id"]
            found = tied.filter(pl.col("far").is_in(there.implode())).unique().sort("near", "far")
            for one, reached in found.head(limit + 1).iter_rows():
                yield Tie(one, kind, other, reached, outward)


def _between(graph: Graph, type: str, source: str, target: str) -> pl.DataFrame:
    """Return the ends of the open relations of a type between two kinds."""
    frame = graph.relations_between(type, source, target)
    return frame.filter(pl.col("valid_to").is_null()).select("source", "target")


def _relations(graph: Graph, label: str) -> Iterable[tuple[str, str, bool]]:
    """Return (type, other label, outward) for every relation that the kind may have and the graph holds any of."""
    counts = graph.counts["relations"]
    # People have no place in it, and single uses would hide everything else: they are added up by resource instead.
    left_out = find_people(graph.schema) | {ResourceUse.label}
    for relation in graph.schema.relations:
        if not counts.get(relation.type):
            continue
        for source, target in relation.pairs():
            if source == label and target not in left_out:
                yield relation.type, target, True
            if target == label and source not in left_out:
                yield relation.type, source, False


def _uses(graph: Graph, label: str, ids: list[str]) -> Iterator[Tie]:
    users = _between(graph, USED_BY.type, ResourceUse.label, label).filter(pl.col("target").is_in(ids))
    for resource in USES.target:
        used = _between(graph, USES.type, ResourceUse.label, resource.label)
        both = users.select("source", near="target").join(used.select("source", far="target"), on="source")
        counted = both.group_by("near", "far").agg(uses=pl.col("source").n_unique())
        for near, far, uses in counted.sort(-pl.col("uses").cast(pl.Int64), "near", "far").iter_rows():
            yield Tie(near, USED, resource.label, far, True, uses)


def _members(graph: Graph, scope: Scope, start: UnitRef, ids: Iterable[Any]) -> Iterator[Tie]:
    """Yield the communities where members of the unit itself live, as many as the asker may know of."""
    if start.label == Enterprise.label and start.id in ids:
        counts = count_members(graph, scope, start)
        for community, count in sorted(counts.items(), key=lambda item: (-(item[1].members or 0), item[0])):
            if count.members:
                yield Tie(start.id, MEMBERS_LIVE_IN, Community.label, community, True, count.members)
