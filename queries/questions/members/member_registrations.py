"""企业的党员到哪些社区报到，又住在哪里？ To which communities do an enterprise's members report, and where do they live?

Asked of one enterprise, of all whose members live in or report to a community, or of the whole district. A row for each enterprise
and community where five or more of its members live or report. Numbers are the same for every role: rounded down to fives, withheld below
five and where subtraction would give them away; where both are withheld there is no row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.schema.cooperation import PARTNERED_WITH
from graph.schema.members import LIVES_IN, REPORTED_TO
from graph.schema.organizations import Community, Enterprise, Institution
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.contents import Drawing, DrawnEntity, DrawnRelation
from queries.answers.rows import MEMBERS_LIVE_IN, Record, column
from queries.reading.area import InArea, is_within
from queries.reading.entities import open_relations, read_units
from queries.reading.member_groups import list_member_files
from queries.reading.member_places import count_all_places, is_told, tell_homeless, tell_unattached, tell_ways
from queries.reading.scope import Scope
from queries.reading.units import UnitRef, find_unit

if TYPE_CHECKING:
    from graph.graph import Graph

Cover = Literal["none", "less", "more", "unknown"]
COVER_WORDS: dict[str, Said] = {
    "none": Said("有人居住，未见五人以上报到", "members live there; no five of them report"),
    "less": Said("报到少于居住", "fewer report than live there"),
    "more": Said("报到不少于居住", "as many report as live there, or more"),
    "unknown": Said("有报到，居住不足五人或不明", "members report there; fewer than five live there, or not known"),
}
RULE = Said(
    "人数按五人一档向下取整；不足五人的社区，以及会使其被推算出的社区，不列出",
    "numbers are rounded down to fives; communities with fewer than five, and those that would give them away, are left out",
)
_UNTOLD = Said("尚未载入报到登记表，报到人数不明", "no register of members reporting was loaded")


@dataclass(frozen=True)
class Registration:
    """How many members of an enterprise live in one community, and how many report there."""

    enterprise_id: str
    community_id: str
    enterprise: str = column("企业", "enterprise")
    community: str = column("社区", "community")
    living: int | None = column("居住党员（约）", "members living there (about)")
    reporting: int | None = column("报到党员（约）", "members reporting there (about)")
    cover: Cover = column("报到情况", "reporting", words=COVER_WORDS)
    partners: str | None = column("社区的结对企业", "the community's partner enterprises", "detail")
    records: list[Record] = column("出处", "records", "hidden")


@question(
    answers=(mechanisms.DOUBLE_REPORT,),
    phrases=Said(
        "企业 党员 报到；党员 报到 社区；党员 住 哪里；党员 去 哪些社区 报到；双报到；在职党员 报到；"
        "报到 党员 人数；党员 住 哪些社区；企业 党员 住；党员 住在 哪几个 社区；社区 报到 党员 多少",
        "members report communities; where members live; members of enterprise report",
    ),
)
def member_registrations(  # noqa: PLR0913 -- the arguments are what a user may ask for
    graph: Graph,
    scope: Scope,
    enterprise: Annotated[
        str | None,
        Said(
            "企业的名称、简称或编号；不填则看全部企业",
            "the enterprise's name, short name or id; without it, all enterprises",
        ),
    ] = None,
    *,
    community: Annotated[
        str | None, Said("只看在这个社区居住或报到的", "only who lives in or reports to this community")
    ] = None,
    cover: Annotated[
        Cover | None,
        Said(
            "只看报到情况如此的：无人报到、报到少于居住、报到不少于居住、居住不明",
            "only where so many report: none, fewer than live there, as many or more, or it is not known how many live there",
        ),
    ] = None,
    unpaired: Annotated[
        bool, Said("只看还没有结对企业的社区", "only communities that no enterprise is a partner of")
    ] = False,
    area: InArea = None,
    limit: Annotated[int, Between(1, 5000), Said("最多几行", "at most so many rows")] = 200,
) -> Answer[Registration]:
    """企业的党员到哪些社区报到，又住在哪里？ Where do an enterprise's members report, and where do they live? Most members come first."""
    employer = find_unit(graph, enterprise, (Enterprise, Institution)) if enterprise else None
    place = find_unit(graph, community, (Community,)) if community else None
    pairs = _read_pairs(graph).filter(
        pl.col("employer") == employer.id if employer else pl.lit(True),
        pl.col("community") == place.id if place else pl.lit(True),
        is_within(graph, area, "community"),
        pl.col("cover") == cover if cover else pl.lit(True),
        pl.col("partners").is_null() if unpaired else pl.lit(True),
    )
    order = pl.max_horizontal("living", "reporting")
    ranked = pairs.sort(-order, "community_name", "employer_name", "community", "employer")
    lists = list_member_files(graph)
    shown = ranked.head(limit)
    rows = [_row(row, lists) for row in shown.iter_rows(named=True)]
    remarks = [RULE, *_tell_rest(graph, scope.as_anybody, employer, place)]
    extra = {"remarks": [one for one in remarks if one]}
    return Answer(rows, truncated=ranked.height > limit, extra=extra, **_draw(shown, employer))


def _read_pairs(graph: Graph) -> pl.DataFrame:
    """Return the employers and communities of which a number may be shown, with their names, both numbers and how these compare."""
    living, reporting = (
        count_all_places(graph, tie).rename({"members": name})
        for tie, name in ((LIVES_IN, "living"), (REPORTED_TO, "reporting"))
    )
    both = living.join(reporting, on=["employer", "community"], how="full", coalesce=True)
    employers = read_units(graph, (Enterprise, Institution)).select("label", employer="id", employer_name="name")
    communities = read_units(graph, (Community,)).select(community="id", community_name="name")
    named = both.join(employers, on="employer").join(communities, on="community")
    lives, reports = pl.col("living"), pl.col("reporting")
    cover = (
        pl.when(lives.is_null()).then(pl.lit("unknown")).when(reports.is_null()).then(pl.lit("none"))
        .when(reports < lives).then(pl.lit("less")).otherwise(pl.lit("more"))
    )  # fmt: skip
    return named.with_columns(cover=cover).join(_name_partners(graph), on="community", how="left")


def _name_partners(graph: Graph) -> pl.DataFrame:
    """Return the enterprises with which each community has an agreement in force: community, partners."""
    ties = open_relations(graph, PARTNERED_WITH).select("source", "target")
    ends = pl.concat([ties, ties.select(source="target", target="source")]).rename({"source": "community"})
    names = read_units(graph, (Enterprise,)).select("name", target="id")
    told = ends.join(names, on="target").unique(["community", "name"]).sort("community", "name")
    return told.group_by("community", maintain_order=True).agg(partners=pl.col("name").str.join("、"))


def _row(row: FrameRow, lists: list[Record]) -> Registration:
    return Registration(
        enterprise_id=row["employer"], community_id=row["community"], enterprise=row["employer_name"], community=row["community_name"],
        living=row["living"], reporting=row["reporting"], cover=row["cover"], partners=row["partners"], records=lists,
    )  # fmt: skip


def _tell_rest(graph: Graph, anybody: Scope, employer: UnitRef | None, place: UnitRef | None) -> list[Said]:
    """Say how the members of the enterprise asked about report, who is in no row, and what no list tells."""
    told = [tell_ways(graph, employer), tell_homeless(graph, anybody, employer)] if employer else []
    if place and not employer:
        told += [tell_unattached(graph, anybody, tie, place) for tie in (LIVES_IN, REPORTED_TO)]
    return told if is_told(graph, REPORTED_TO) else [*told, _UNTOLD]


def _draw(rows: pl.DataFrame, employer: UnitRef | None) -> Drawing:
    asked = {employer.id: DrawnEntity(id=employer.id, label=employer.label, name=employer.name)} if employer else {}
    entities: dict[str, DrawnEntity] = asked
    relations: list[DrawnRelation] = []
    for row in rows.iter_rows(named=True):
        unit, place = row["employer"], row["community"]
        entities[unit] = {"id": unit, "label": row["label"], "name": row["employer_name"]}
        entities[place] = {"id": place, "label": Community.label, "name": row["community_name"]}
        for kind, number in ((MEMBERS_LIVE_IN, row["living"]), (REPORTED_TO.type, row["reporting"])):
            if number:
                relations.append({"source": unit, "target": place, "type": kind, "count": number})
    return {"entities": list(entities.values()), "relations": relations}
