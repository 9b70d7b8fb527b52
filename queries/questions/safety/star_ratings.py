"""平安星级历年如何，分丢在哪里，邻近单位怎么做？ How were units rated for safety, where were points lost, and what do neighbours do?

A row for each enterprise or compound that was rated: the series of its ratings, the points lost in the last one by indicator and why, and
which rated neighbours (of the same kind, in the same community, else in the same subdistrict, else in the district) lost none there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.names import folded, normalize
from graph.schema.governance import Assessment
from graph.texts import NOTHING, Said, join_said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.reading.area import InArea, is_within, read_streets
from queries.reading.assessments import is_rating, read_assessments
from queries.reading.dated_words import show_period
from queries.reading.entities import group_rows, record_of
from queries.reading.period import Period, is_in
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph

MOST_NEIGHBOURS = 3
STARS_IN_ORDER = ("未达星级", "一星", "二星", "三星", "四星", "五星")
_UNRATED = 9  # behind all stars


@dataclass(frozen=True)
class LostPoints:
    """Points lost under one indicator, and what neighbours do that lost none."""

    text: Said
    record: Record


@dataclass(frozen=True)
class StarRating:
    """The safety ratings of an enterprise or a compound over the years."""

    unit_id: str | None
    subject: str = column("单位（小区）", "unit or compound")
    scheme: str = column("考核类别", "scheme")
    community: str | None = column("所属社区", "community")
    stars: str | None = column("最近星级", "last stars")
    period: Said | None = column("考核周期", "period")
    score: float | None = column("得分", "score")
    history: Said = column("历年", "history")
    lost: float | None = column("失分", "points lost")
    lost_points: list[LostPoints] = column("失分情况", "where points were lost", "detail", most=None)
    incentive: str | None = column("激励措施", "incentive", "detail")
    note: Said | None = column("说明", "note")
    records: list[Record] = column("出处", "records", "hidden")


@question(
    answers=(mechanisms.STARS, mechanisms.STAR_RULES, mechanisms.STAR_REWARDS),
    phrases=Said(
        "平安 星级；星级；星级 最低；星级 扣分；评星；星级 历年 扣分；平安 评星 扣在哪；星级 几星；评上 五星；"
        "平安 创建 等次；掉分",
        "star ratings; safety rating; points lost",
    ),
)
def star_ratings(
    graph: Graph,
    scope: Scope,
    *,
    unit: Annotated[
        str | None, Said("只看名称含这些字的单位或小区", "only units and compounds with this in their name")
    ] = None,
    area: InArea = None,
    period: Annotated[Period | None, Said("只看这段时间的，如 2025", "only ratings of this time, such as 2025")] = None,
    limit: Annotated[int, Between(1, 5000), Said("最多几个单位或小区", "at most so many units and compounds")] = 200,
) -> Answer[StarRating]:
    """平安星级历年如何，分丢在哪里？ How were units rated for safety, and where were points lost? The lowest come first."""
    told = _place(graph, read_assessments(graph).filter(is_rating()))
    told = told.filter(is_in(period, graph.as_of, "period"))
    latest = pl.col("period").max().over("scheme", "name", "community_id")
    told = told.with_columns(last=(pl.col("period") == latest).fill_null(True))
    near = _find_neighbours(told.filter("last"))
    chosen = told.filter(
        is_within(graph, area, "unit") | is_within(graph, area, "community_id") | is_within(graph, area, "street")
    )
    if unit is not None:
        chosen = chosen.filter(folded("name").str.contains(normalize(unit), literal=True))
    keyed = chosen.with_columns(key=pl.concat_str("scheme", "name", "community_id", separator="|", ignore_nulls=True))
    ranked = _rank(keyed)
    listed = ranked.head(limit).select("key").join(keyed, on="key", maintain_order="left_right")
    rows = [_row(graph, part, near) for part in group_rows(listed, "key").values()]
    return Answer(rows, truncated=ranked.height > limit, extra={"by_stars": _count(ranked["stars"])})


def _place(graph: Graph, assessed: pl.DataFrame) -> pl.DataFrame:
    """Return assessments with the subdistrict in which each unit or compound lies (`street`)."""
    streets = read_streets(graph).rename({"unit": "at", "area": "street"})
    placed = assessed.with_columns(at=pl.coalesce("community_id", "unit"))
    return placed.join(streets, on="at", how="left", maintain_order="left").drop("at")


def _rank(keyed: pl.DataFrame) -> pl.DataFrame:
    """Return the units and compounds, the lowest first: key, and the last stars of each."""
    is_whole, own = pl.col("indicator").is_null(), pl.col("indicator").is_not_null() & pl.col("last")
    told = keyed.group_by("key", maintain_order=True).agg(
        pl.col("scheme", "name").first(), whole=is_whole.any(), stars=pl.col("stars").filter(is_whole).last(),
        score=pl.col("score").filter(is_whole).last(), parts=pl.col("score").filter(own).sum(),
        unknown=pl.col("score").filter(own).is_null().any(),
    )  # fmt: skip
    parts = pl.when(~pl.col("unknown")).then("parts")
    score = pl.when("whole").then("score").otherwise(parts).fill_null(0)
    return told.sort(_height().fill_null(_UNRATED), score, "scheme", "name", maintain_order=True).select("key", "stars")


def _height() -> pl.Expr:
    """Return how high the stars are, from 0 on; null where there are none."""
    order = {stars: place for place, stars in enumerate(STARS_IN_ORDER)}
    return pl.col("stars").replace_strict(order, default=None, return_dtype=pl.Int8)


def _row(graph: Graph, told: list[FrameRow], near: Neighbours) -> StarRating:
    """Return the ratings of one unit or compound, whose rows come by period."""
    whole = [row for row in told if row["indicator"] is None]
    own = [row for row in told if row["indicator"] is not None and row["last"]]
    named = (whole or told)[-1]
    scores = [row["score"] for row in own]
    score: float | None = named["score"] if whole else (None if None in scores else sum(scores))
    return StarRating(
        unit_id=named["unit"], subject=named["name"], scheme=named["scheme"], community=named["community"],
        stars=named["stars"] if whole else None, period=show_period(named["period"], named["period_precision"]), score=score,
        history=join_said([_say_rating(row) for row in whole]), lost=_lost(named, own),
        lost_points=_tell_lost(graph, named, own, near), incentive=named["incentive"], note=_note(named),
        records=[record_of(graph, row, Assessment.label) for row in told],
    )  # fmt: skip


def _say_rating(row: FrameRow) -> Said:
    when = show_period(row["period"], row["period_precision"]) or NOTHING
    points = Said("{p:g} 分", "{p:g} points").fill(p=row["score"]) if row["score"] is not None else NOTHING
    stars = row["stars"] or ""
    return Said(" ".join(filter(None, (when, stars, points))), " ".join(filter(None, (when.en, stars, points.en))))


def _lost(named: FrameRow, own: list[FrameRow]) -> float | None:
    """Return the points lost: by indicator where these are told with their full points, else by the whole."""
    told = [row for row in own or [named] if row["full_score"] is not None and row["score"] is not None]
    return round(sum(row["full_score"] - row["score"] for row in told), 2) if told else None


def _tell_lost(graph: Graph, named: FrameRow, own: list[FrameRow], near: Neighbours) -> list[LostPoints]:
    told = []
    for row in sorted(own, key=lambda row: (-(_missing(row) or 0), row["indicator"])):
        missing = _missing(row)
        if missing or (missing is None and row["deductions"]):
            names = near.find(row)
            others = Said("；{names}本项满分", "; {names} lost none here").fill(names=names) if names else NOTHING
            said = Said("{what}：失 {points} 分{why}{others}", "{what}: {points} points lost{why}{others}").fill(
                what=row["indicator"], points="—" if missing is None else f"{missing:g}", why=_why(row), others=others,
            )  # fmt: skip
            told.append(LostPoints(said, record_of(graph, row, Assessment.label)))
    if not told and named["deductions"]:
        said = Said("{why}{others}", "{why}{others}").fill(why=named["deductions"], others=_say_better(named, near))
        told.append(LostPoints(said, record_of(graph, named, Assessment.label)))
    return told


def _missing(row: FrameRow) -> float | None:
    """Return how many points are missing to the full score; None where one of the two is not told."""
    known = row["full_score"] is not None and row["score"] is not None
    return row["full_score"] - row["score"] if known else None


def _why(row: FrameRow) -> Said:
    return Said("（{why}）", " ({why})").fill(why=row["deductions"]) if row["deductions"] else NOTHING


def _say_better(row: FrameRow, near: Neighbours) -> Said:
    """Name the nearest units of the same kind that were rated best, where this one was not."""
    best = near.best.get(row["scheme"])
    names = near.find(row) if best and best != row["stars"] else ""
    words = Said("；就近{stars}单位：{names}", "; the nearest with {stars}: {names}")
    return words.fill(names=names, stars=best) if names else NOTHING


@dataclass(frozen=True)
class Neighbours:
    """Who did best under each indicator, or on the whole, by place: the community, the subdistrict, the district."""

    names: Mapping[tuple[str, str | None, str], Sequence[str]]
    best: Mapping[str, str]  # the highest stars given, by scheme

    def find(self, row: FrameRow) -> str:
        """Return the names of the nearest who did best where a unit lost points."""
        places = [place for place in (row["community_id"], row["street"], "") if place is not None]
        found = [name for place in places for name in self.names.get((row["scheme"], row["indicator"], place), ())]
        return "、".join(list(dict.fromkeys(name for name in found if name != row["name"]))[:MOST_NEIGHBOURS])


def _find_neighbours(last: pl.DataFrame) -> Neighbours:
    """Return who lost no point under an indicator, and who has the highest stars of a scheme, among the last ratings."""
    height = _height()
    whole, parts = last.filter(pl.col("indicator").is_null()), last.filter(pl.col("indicator").is_not_null())
    first = whole.filter(height == height.max().over("scheme"))
    good = pl.concat([first, parts.filter(pl.col("score") >= pl.col("full_score"))])
    placed = pl.concat(
        [
            good.select("scheme", "indicator", "name", place=at)
            for at in (pl.col("community_id"), pl.col("street"), pl.lit(""))
        ]
    ).drop_nulls("place")
    named = placed.sort("name").group_by("scheme", "indicator", "place", maintain_order=True)
    lists = named.agg(pl.col("name").unique(maintain_order=True).head(MOST_NEIGHBOURS + 1))
    names = {(scheme, indicator, place): found for scheme, indicator, place, found in lists.iter_rows()}
    return Neighbours(names, dict(first.select("scheme", "stars").unique().iter_rows()))


def _note(row: FrameRow) -> Said | None:
    """Say where the stars are not those that the score would give, or were only applied for."""
    if row["stars"] is None:
        if row["stars_claimed"]:
            return Said("申报{stars}，尚未评定", "applied for {stars}, not rated yet").fill(stars=row["stars_claimed"])
        return None
    if row["stars_by_score"] and row["stars_by_score"] != row["stars"]:
        return Said("按得分应为{stars}", "by its score it would be {stars}").fill(stars=row["stars_by_score"])
    return None


def _count(stars: pl.Series) -> Said:
    """Return how many units and compounds have how many stars, as one sentence."""
    found = dict(stars.drop_nulls().value_counts().iter_rows())
    counts = [(stars, found.get(stars, 0)) for stars in reversed(STARS_IN_ORDER)]
    return join_said([f"{stars} {number}" for stars, number in counts if number], "，", ", ")
