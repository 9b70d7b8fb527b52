"""两个单位之间有哪些联系？ What links two units?

Everything that two units of any kind have in common, by kind and dated: what they did, agreed, handed over, claimed, sit in; and of an
enterprise and a community how many members live or report there. Numbers of people are shown as `member-links` shows them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph.kinds import Relation
from graph.schema.members import LIVES_IN, REPORTED_TO
from graph.schema.organizations import Community
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import column
from queries.reading.drawn_links import (
    COMMON,
    DatedLink,
    draw_paths,
    draw_timeline,
    in_order,
    is_cut,
    network,
    say_members,
)
from queries.reading.entities import read_units
from queries.reading.link_ends import find_shared_by_many, read_ends
from queries.reading.link_paths import find_links
from queries.reading.link_words import LinkGroup, Step, UnitLink, group_links
from queries.reading.member_counts import tell_without_employer
from queries.reading.member_places import count_by_place, tell_homeless, tell_unattached
from queries.reading.scope import Scope
from queries.reading.unit_network import MOST_SHARING
from queries.reading.units import UnitRef, find_unit

if TYPE_CHECKING:
    from graph.graph import Graph

_SHARED_BY_MANY = Said(
    "超过 {n} 个单位共有的（如联席会、全体会议）只作为共同一项列出，经由它的其他联系不再重复列出",
    "what more than {n} units share (a conference, a general assembly) is listed once, without the ways that lead over it",
).fill(n=MOST_SHARING)
Counts = Sequence[tuple[Relation, Mapping[tuple[str, str], int]]]  # by what members do in a community: live, report


@dataclass(frozen=True)
class LinkedUnit:
    """A unit that the one asked about is linked with, and how."""

    unit: str = column("单位", "unit")
    other: str = column("有联系的单位", "linked with")
    number: int = column("联系数", "number of links")
    links: list[LinkGroup] = column("联系", "links", most=None)
    paths: list[list[Step]] = column("路径", "paths", "hidden")
    timeline: list[DatedLink] = column("时间线", "timeline", "detail")


@question(
    phrases=Said(
        "单位 联系；和 谁 有 联系；与 谁 往来 最多；两个 单位 关系；两个 单位 来往；联系 路径；最短 路径；"
        "几步 联系；有什么 关系；单位 之间 来往；签过 协议 没有；怎么 联系得上；关联 路径；哪些 单位 来往；"
        "跟谁 来往；通过谁 联系",
        "unit links; who linked with; ties between units; most connected with",
    )
)
def unit_links(
    graph: Graph,
    scope: Scope,
    unit: Annotated[str, Said("单位的名称、简称或编号", "the unit's name, short name or id")],
    other: Annotated[
        str | None,
        Said("另一个单位；不填则列出所有有联系的单位", "the other unit; without it, every unit that is linked"),
    ] = None,
    *,
    limit: Annotated[int, Between(1, 1000), Said("最多几个单位", "at most so many units")] = 100,
) -> Answer[LinkedUnit]:
    """两个单位之间有哪些联系？ What links two units? Those with most links come first."""
    start = find_unit(graph, unit)
    asked = find_unit(graph, other) if other else None
    units = read_units(graph).select("id", "label", "name")
    found: dict[str, list[UnitLink]] = {}
    for link in find_links(graph, start, units["id"]):
        found.setdefault(link.other, []).append(link)
    counts = [(place, count_by_place(graph, scope, place, start)) for place in (LIVES_IN, REPORTED_TO)]
    tied = {id for id, links in found.items() if any(link.kind not in COMMON for link in links)}
    tied |= {id for _, numbers in counts for ends in numbers for id in ends if id != start.id}
    named = [asked] if asked else [UnitRef(*row) for row in units.iter_rows() if row[0] in tied]
    rows = [_row(scope, start, one, in_order(found.get(one.id, [])), counts) for one in named]
    rows.sort(key=lambda row: (-row.number, row.other))
    return Answer(
        rows[:limit],
        extra=_tell_uncounted(graph, scope, start) | _tell_shared_by_many(graph, start),
        truncated=len(rows) > limit or any(is_cut(found.get(one.id, [])) for one in named),
        **network(step for row in rows[:limit] for step in row.paths),
    )


def _tell_shared_by_many(graph: Graph, unit: UnitRef) -> dict[str, Said]:
    """Return that what a dozen others share too, such as a conference, is told once and not again by way of all that belongs to it."""
    own = read_ends(graph).filter(pl.col("unit") == unit.id)["thing"]
    return {"shared_by_many": _SHARED_BY_MANY} if own.is_in(find_shared_by_many(graph).implode()).any() else {}


def _tell_uncounted(graph: Graph, scope: Scope, unit: UnitRef) -> dict[str, Said]:
    """Return the members who could be in no number: those without an employer that is known, or without a community."""
    if unit.label == Community.label:
        told = {
            "living_without_employer": tell_unattached(graph, scope, LIVES_IN, unit),
            "reporting_without_employer": tell_unattached(graph, scope, REPORTED_TO, unit),
        }
    else:
        told = {"without_employer": tell_without_employer(graph, scope)}
    told["without_community"] = tell_homeless(graph, scope, unit)
    return {name: said for name, said in told.items() if said}


def _row(scope: Scope, unit: UnitRef, other: UnitRef, links: Sequence[UnitLink], counts: Counts) -> LinkedUnit:
    groups, paths = [], []
    # Members of either may live in or report to the other; their paths run from the employer.
    for ends in ((unit, other), (other, unit)):
        people = [(place, numbers.get((ends[0].id, ends[1].id))) for place, numbers in counts]
        exact = scope.sees_members_of(ends[0].id)
        groups += [say_members(*ends, place, number, exact=exact) for place, number in people if number]
        paths += draw_paths(*ends, [], people)
    return LinkedUnit(
        unit=unit.name, other=other.name, number=len(links) + len(groups), links=groups + group_links(links),
        paths=paths + draw_paths(unit, other, links), timeline=draw_timeline(links),
    )  # fmt: skip
