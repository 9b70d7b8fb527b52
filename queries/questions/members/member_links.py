"""企业党员和社区怎样联系在一起？ How are an enterprise's members and a community linked?

For each community: how many members of the enterprise live there and how many report there, what they can do, and every path that
joins the two – agreements, activities, handovers, posts, meetings, claims, venues, whatever the schema knows – by kind, with what
happened when. Numbers of people are exact only for who may see them; for others they are rounded down to fives, and withheld below
five or where subtraction would give them away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.schema.members import LIVES_IN, REPORTED_TO
from graph.schema.organizations import Community, Enterprise, Institution
from graph.texts import Said
from queries.answers.answer import Answer
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
from queries.reading.link_paths import find_links
from queries.reading.link_words import LinkGroup, Step, UnitLink, group_links
from queries.reading.member_counts import MemberCount, count_members, tell_without_employer
from queries.reading.member_places import count_by_place, is_told, tell_homeless
from queries.reading.scope import Scope
from queries.reading.units import UnitRef, find_unit

if TYPE_CHECKING:
    from graph.graph import Graph


@dataclass(frozen=True)
class MemberLink:
    """How an enterprise and one community are linked."""

    enterprise: str = column("企业", "enterprise")
    community: str = column("社区", "community")
    members: int | None = column("居住党员", "members living there")
    reported: int | None = column("报到党员", "members reporting there")
    suppressed: bool = column("人数不显示", "number withheld")
    skills: dict[str, int] = column("特长", "skills")
    links: list[LinkGroup] = column("联系", "links", most=None)
    paths: list[list[Step]] = column("路径", "paths", "hidden")
    timeline: list[DatedLink] = column("时间线", "timeline", "detail")


@question(
    answers=(mechanisms.MEMBER_FILES,),
    phrases=Said(
        "企业 社区 联系；企业 社区 党员 联系；企业 和 社区 什么 渊源；企业 党员 社区 关系；党员 住 社区 企业；"
        "企业 社区 党员 人数；党员 怎么 连上；哪个 企业 党员 最多 住",
        "enterprise community links; members live community; members of enterprise in community",
    ),
)
def member_links(
    graph: Graph,
    scope: Scope,
    enterprise: Annotated[str, Said("企业的名称、简称或编号", "the enterprise's name, short name or id")],
    community: Annotated[
        str | None,
        Said("社区；不填则列出所有有联系的社区", "the community; without it, every community that is linked"),
    ] = None,
) -> Answer[MemberLink]:
    """企业党员和社区怎样联系在一起？ How are an enterprise's members and a community linked? Most members come first."""
    employer = find_unit(graph, enterprise, (Enterprise, Institution))
    counts = count_members(graph, scope, employer)
    counted = count_by_place(graph, scope, REPORTED_TO, employer)
    reported = {community: number for (unit, community), number in counted.items() if unit == employer.id}
    communities = read_units(graph, (Community,))
    links: dict[str, list[UnitLink]] = {}
    for link in find_links(graph, employer, communities["id"]):
        links.setdefault(link.other, []).append(link)
    chosen = (
        [find_unit(graph, community, (Community,))]
        if community
        else _named(communities, _linked(counts, reported, links))
    )
    sees_all = scope.sees_members_of(employer.id)
    # Nobody is seen by who may count them; to others, nobody and too few look alike.
    none = 0 if sees_all else None
    rows = [
        _row(
            (employer, place), sees_all, counts.get(place.id) or MemberCount(none),
            reported.get(place.id, none if is_told(graph, REPORTED_TO) else None), in_order(links.get(place.id, [])),
        )
        for place in chosen
    ]  # fmt: skip
    rows.sort(key=lambda row: (-(row.members or 0), -(row.reported or 0), -len(row.paths), row.community))
    uncounted = {
        "without_employer": tell_without_employer(graph, scope),
        "without_community": tell_homeless(graph, scope, employer),
    }
    return Answer(
        rows,
        extra={name: told for name, told in uncounted.items() if told},
        truncated=any(is_cut(links.get(place.id, [])) for place in chosen),
        **network(step for row in rows for step in row.paths),
    )


def _named(communities: pl.DataFrame, ids: Iterable[str]) -> list[UnitRef]:
    named = {row[0]: UnitRef(*row) for row in communities.select("id", "label", "name").iter_rows()}
    return [named[id] for id in ids if id in named]


def _linked(counts: dict[str, MemberCount], reported: dict[str, int], links: dict[str, list[UnitLink]]) -> list[str]:
    """Return the communities to list: common ties alone link too many, and a row for a withheld number would give it away."""
    tied = {community for community, found in links.items() if any(link.kind not in COMMON for link in found)}
    return sorted(
        tied | set(reported) | {community for community, count in counts.items() if count.members is not None}
    )


def _row(
    ends: tuple[UnitRef, UnitRef], sees_all: bool, count: MemberCount, reported: int | None, links: Sequence[UnitLink]
) -> MemberLink:
    people = ((LIVES_IN, count.members), (REPORTED_TO, reported))
    groups = [say_members(*ends, place, number, exact=sees_all) for place, number in people if number]
    return MemberLink(
        enterprise=ends[0].name, community=ends[1].name, members=count.members, reported=reported,
        suppressed=count.members is None, skills=count.skills, links=groups + group_links(links),
        paths=draw_paths(*ends, links, people), timeline=draw_timeline(links),
    )  # fmt: skip
