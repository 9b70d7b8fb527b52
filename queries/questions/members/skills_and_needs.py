"""社区需要什么服务，社区里有多少党员会做？ What do communities need, and how many members there could do it?

For each community and kind of service: its open needs, how many members who live there or report there have a skill that serves, and where
they are few, the nearest communities with members to spare: enough of them, and no such need of their own. Numbers of members are
the same for every role: rounded down to fives, withheld below five and where subtraction would give them away.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.schema.organizations import Community
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.matching.classes import read_classes
from queries.reading.area import InArea, is_within
from queries.reading.cohorts import hide_small
from queries.reading.entities import read_units, record_of
from queries.reading.facts import Recent, read_facts, read_skills, snapshot_key
from queries.reading.member_groups import list_member_files, read_present
from queries.reading.scope import Scope
from queries.reading.topics import names_any
from queries.words.spoken import name_class

if TYPE_CHECKING:
    from graph.graph import Graph

SERVES = 1.0  # how well a skill must fit: what is only related is not counted
MOST_NEAR = 3
EARTH_KM = 6371.0088
Balance = Literal["short", "met", "spare"]
BALANCE_WORDS: dict[str, Said] = {
    "short": Said("有需求，会做的党员不足五人或不明", "needed; fewer than five could do it, or not known"),
    "met": Said("有需求，也有会做的党员", "needed, and members there could do it"),
    "spare": Said("有余力，本社区无此需求", "to spare: not needed there"),
}
RULE = Said(
    "党员人数含居住和报到的党员，按五人一档向下取整，不足五人的以及会使其被推算出的不显示",
    "members who live or report there, rounded down to fives; fewer than five, and what would give them away, is not shown",
)


@dataclass(frozen=True)
class SkillBalance:
    """What a community needs of one kind of service, and how many members there could do it."""

    community_id: str
    community: str = column("社区", "community")
    service: str = column("服务", "service")
    needs: int = column("待办需求", "open needs")
    members: int | None = column("会做的党员（约）", "members who could (about)")
    balance: Balance = column("供需", "balance", words=BALANCE_WORDS)
    nearby: str | None = column("附近有余力的社区", "communities nearby with members to spare")
    titles: list[str] = column("需求内容", "needs", "detail")
    records: list[Record] = column("出处", "records", "hidden")


@question(
    answers=(mechanisms.MEMBER_FILES,),
    phrases=Said(
        "社区 需要 党员 特长；党员 会做；党员 特长 供需；缺 会 党员；党员 会 手艺；会 党员 够不够；"
        "报到党员 会 手艺；特长 党员 几位；党员 会做；党员 手艺 用不上",
        "skills and needs; members could do; members skill communities need",
    ),
)
def skills_and_needs(
    graph: Graph,
    scope: Scope,
    *,
    area: InArea = None,
    service: Annotated[
        str | None,
        Said(
            "只看这类服务，可写几种，如 法律、理发",
            "only services with this word; several may be given, parted by commas",
        ),
    ] = None,
    spare: Annotated[
        bool, Said("有余力而无需求的也列出", "also where members have skills that are not needed there")
    ] = False,
    limit: Annotated[int, Between(1, 5000), Said("最多几行", "at most so many rows")] = 200,
) -> Answer[SkillBalance]:
    """社区需要什么服务，有多少党员会做？ What do communities need, and how many members there could do it? What is short comes first."""
    balances = _RECENT.get(snapshot_key(graph), partial(_balance, graph)).filter(is_within(graph, area, "community"))
    if service:
        balances = balances.filter(names_any(pl.col("named"), service))
    if not spare:
        balances = balances.filter(pl.col("balance") != "spare")
    order = pl.col("balance").replace_strict({"short": 0, "met": 1, "spare": 2}, return_dtype=pl.Int8)
    ordered = balances.sort(order, -pl.col("needs"), "name", "named", "service")
    counts = dict(balances.group_by("balance").len().iter_rows())
    lists = list_member_files(graph)
    return Answer(
        [_row(graph, row, lists) for row in ordered.head(limit).iter_rows(named=True)],
        truncated=ordered.height > limit,
        extra={"counts": {name: int(counts.get(name, 0)) for name in BALANCE_WORDS}, "rule": RULE},
    )


_RECENT: Recent[pl.DataFrame] = Recent(4)


def _balance(graph: Graph) -> pl.DataFrame:
    """Return for each community and kind of service that is needed anywhere what it needs and what members there could do."""
    facts = read_facts(graph)
    classes = read_classes(facts)
    places = read_units(graph, (Community,)).select("name", "lon", "lat", community="id")
    needed = (
        classes.needs.rename({"unit": "community"})
        .join(places, on="community", how="semi")
        .group_by("community", "service")
        .agg(
            needs=pl.len().cast(pl.Int64),
            titles=pl.coalesce("title", "category").drop_nulls().unique().sort(),
            cells=pl.struct("load_id", "sheet", "row").unique(maintain_order=True),
        )
    )
    able = classes.helps.filter(pl.col("fit") >= SERVES).select("service", skill="word")
    people = (
        read_skills(graph).rename({"member": "person"}).join(able, on="skill").join(read_present(graph), on="person")
    )
    counted = people.group_by("community", "service").agg(members=pl.col("person").n_unique().cast(pl.Int64))
    shown = hide_small(counted.sort("community", "service"), "members", [("community",), ("service",)])
    rows = needed.join(shown.drop_nulls("members"), on=["community", "service"], how="full", coalesce=True)
    needs, members = pl.col("needs"), pl.col("members")
    balance = (
        pl.when(needs == 0).then(pl.lit("spare")).when(members.is_null()).then(pl.lit("short")).otherwise(pl.lit("met"))
    )
    named = rows.with_columns(pl.col("needs").fill_null(0)).with_columns(balance=balance).join(places, on="community")
    keys = {key: name_class(key) for key in named["service"].unique()}
    named = named.with_columns(named=pl.col("service").replace_strict(keys, return_dtype=pl.String))
    return named.join(_find_nearby(named), on=["community", "service"], how="left")


def _find_nearby(named: pl.DataFrame) -> pl.DataFrame:
    """Return for each need that is short the nearest communities with members to spare: community, service, nearby."""
    spare = named.filter(pl.col("balance") == "spare").select("service", "lon", "lat", "members", other="name")
    short = named.filter(pl.col("balance") == "short").select("community", "service", "lon", "lat")
    pairs = short.join(spare.sort("other"), on="service", suffix="_other", maintain_order="left_right").with_columns(
        km=_km()
    )
    # Millions at a city: only the nearest are put in order and told.
    place = pl.col("km").fill_null(float("inf")).rank("ordinal").over("community", "service")
    near = pairs.with_columns(place=place).filter(pl.col("place") <= MOST_NEAR).sort("community", "service", "place")
    told = pl.when(pl.col("km").is_null()).then(pl.format("{}（约{}人）", "other", "members")).otherwise(
        pl.format("{}（约{}人，{}公里）", "other", "members", pl.col("km").round(1))
    )  # fmt: skip
    return near.group_by("community", "service", maintain_order=True).agg(nearby=told.str.join("、"))


def _km() -> pl.Expr:
    """Return the expression for the great-circle distance between `lon`, `lat` and those of the other side, in kilometres."""
    lon, lat, lon2, lat2 = (pl.col(c).radians() for c in ("lon", "lat", "lon_other", "lat_other"))
    half = ((lat2 - lat) / 2).sin() ** 2 + lat.cos() * lat2.cos() * ((lon2 - lon) / 2).sin() ** 2
    return 2 * EARTH_KM * half.sqrt().arcsin()


def _row(graph: Graph, row: FrameRow, lists: list[Record]) -> SkillBalance:
    return SkillBalance(
        community_id=row["community"], community=row["name"], service=row["named"], needs=row["needs"], members=row["members"],
        balance=row["balance"], nearby=row["nearby"], titles=list(row["titles"] or ()),
        records=[*(record_of(graph, cell, Community.label) for cell in row["cells"] or ()), *lists],
    )  # fmt: skip
