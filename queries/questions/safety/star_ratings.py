"""平安星级历年如何，分丢在哪里，邻近单位怎么做？ How were units rated for safety, where were points lost, and what do neighbours do?

A row for each enterprise or compound that was rated: the series of its ratings, the points lost in the last one by indicator and why, and
which rated neighbours (of the same kind, in the same community, else in the same subdistrict, else in the district) lost none there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.names import normalize
from graph.schema.governance import Assessment
from graph.texts import NOTHING, Said, join_said
from queries.answers.answer import Answer
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.reading.area import InArea, is_within, read_streets
from queries.reading.assessments import is_rating, read_assessments
from queries.reading.dated_words import show_period
from queries.reading.entities import folded, record_of
from queries.reading.period import Period
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph

MOST_NEIGHBOURS = 3
STARS_IN_ORDER = ("未达星级", "一星", "二星", "三星", "四星", "五星")


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
    phrases=Said("平安 星级；星级；星级 最低；星级 扣分；评星", "star ratings; safety rating; points lost"),
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
) -> Answer[StarRating]:
    """平安星级历年如何，分丢在哪里？ How were units rated for safety, and where were points lost? The lowest come first."""
    told = (
        read_assessments(graph)
        .filter(is_rating())
        .join(_streets(graph), on="assessment", how="left", maintain_order="left")
    )
    if period is not None:
        days = period.resolve(graph.as_of)
        told = told.filter(pl.col("period").is_between(days.start, days.end))
    last = told.filter(_is_last())
    chosen = told.filter(
        is_within(graph, area, "unit") | is_within(graph, area, "community_id") | is_within(graph, area, "street")
    )
    if unit is not None:
        chosen = chosen.filter(folded("name").str.contains(normalize(unit), literal=True))
    rows = [
        _row(graph, part, last) for _, part in chosen.group_by("scheme", "name", "community_id", maintain_order=True)
    ]
    rows.sort(
        key=lambda r: (
            STARS_IN_ORDER.index(r.stars) if r.stars in STARS_IN_ORDER else 9,
            r.score or 0,
            r.scheme,
            r.subject,
        )
    )
    return Answer(rows, extra={"by_stars": _count(rows)})


def _streets(graph: Graph) -> pl.DataFrame:
    """Return the subdistrict in which each assessed unit or compound lies: assessment, street."""
    at = read_assessments(graph).select("assessment", at=pl.coalesce("community_id", "unit"))
    return at.join(read_streets(graph).rename({"unit": "at", "area": "street"}), on="at").select("assessment", "street")


def _is_last() -> pl.Expr:
    return (pl.col("period") == pl.col("period").max().over("scheme", "name", "community_id")).fill_null(True)


def _row(graph: Graph, part: pl.DataFrame, others: pl.DataFrame) -> StarRating:
    whole = part.filter(pl.col("indicator").is_null()).sort("period", "assessment", nulls_last=False)
    own = part.filter(pl.col("indicator").is_not_null()).filter(_is_last())
    named = (whole if whole.height else part).tail(1).row(0, named=True)
    added = float(own["score"].sum()) if own["score"].null_count() == 0 else None
    score: float | None = named["score"] if whole.height else added
    return StarRating(
        unit_id=named["unit"], subject=named["name"], scheme=named["scheme"], community=named["community"],
        stars=named["stars"] if whole.height else None, period=show_period(named["period"], named["period_precision"]), score=score,
        history=join_said([_say_rating(row) for row in whole.iter_rows(named=True)]),
        lost=_lost(named, own), lost_points=_tell_lost(graph, named, own, others), incentive=named["incentive"], note=_note(named),
        records=[record_of(graph, row, Assessment.label) for row in part.iter_rows(named=True)],
    )  # fmt: skip


def _say_rating(row: FrameRow) -> Said:
    when = show_period(row["period"], row["period_precision"]) or NOTHING
    points = Said("{p:g} 分", "{p:g} points").fill(p=row["score"]) if row["score"] is not None else NOTHING
    stars = row["stars"] or ""
    return Said(" ".join(filter(None, (when, stars, points))), " ".join(filter(None, (when.en, stars, points.en))))


def _lost(named: FrameRow, own: pl.DataFrame) -> float | None:
    """Return the points lost: by indicator where these are told with their full points, else by the whole."""
    told = own.drop_nulls(["full_score", "score"])
    if told.height:
        return round(float((told["full_score"] - told["score"]).sum()), 2)
    return (
        round(named["full_score"] - named["score"], 2) if named["full_score"] and named["score"] is not None else None
    )


def _tell_lost(graph: Graph, named: FrameRow, own: pl.DataFrame, others: pl.DataFrame) -> list[LostPoints]:
    told = []
    lost = own.filter((pl.col("score") < pl.col("full_score")).fill_null(pl.col("deductions").is_not_null()))
    for row in lost.sort(pl.col("score") - pl.col("full_score"), "indicator", nulls_last=True).iter_rows(named=True):
        said = Said("{what}：失 {points} 分{why}{others}", "{what}: {points} points lost{why}{others}").fill(
            what=row["indicator"], points=_points(row), why=_why(row), others=_say_neighbours(row, others),
        )  # fmt: skip
        told.append(LostPoints(said, record_of(graph, row, Assessment.label)))
    if not told and named["deductions"]:
        said = Said("{why}{others}", "{why}{others}").fill(why=named["deductions"], others=_say_better(named, others))
        told.append(LostPoints(said, record_of(graph, named, Assessment.label)))
    return told


def _points(row: FrameRow) -> str:
    return (
        f"{row['full_score'] - row['score']:g}" if row["full_score"] is not None and row["score"] is not None else "—"
    )


def _why(row: FrameRow) -> Said:
    return Said("（{why}）", " ({why})").fill(why=row["deductions"]) if row["deductions"] else NOTHING


def _say_neighbours(row: FrameRow, others: pl.DataFrame) -> Said:
    """Name the nearest rated units of the same kind that lost no point under an indicator."""
    full = others.filter(pl.col("indicator") == row["indicator"], pl.col("score") >= pl.col("full_score"))
    names = _nearest(row, full)
    return Said("；{names}本项满分", "; {names} lost none here").fill(names="、".join(names)) if names else NOTHING


def _say_better(row: FrameRow, others: pl.DataFrame) -> Said:
    """Name the nearest units of the same kind that were rated best, where this one was not."""
    rank = pl.col("stars").replace_strict(
        {s: n for n, s in enumerate(STARS_IN_ORDER)}, default=None, return_dtype=pl.Int8
    )
    rated = others.filter(pl.col("indicator").is_null(), pl.col("scheme") == row["scheme"]).with_columns(rank=rank)
    best = rated.filter(pl.col("rank") == pl.col("rank").max(), pl.col("stars") != pl.lit(row["stars"], pl.String))
    names = _nearest(row, best)
    if not names:
        return NOTHING
    return Said("；邻近{stars}单位：{names}", "; nearby with {stars}: {names}").fill(
        names="、".join(names), stars=best["stars"][0]
    )


def _nearest(row: FrameRow, others: pl.DataFrame) -> list[str]:
    """Return the names of others rated under the same scheme, those of the same community first, then those of the same subdistrict."""
    near = (
        pl.when(pl.col("community_id") == pl.lit(row["community_id"], pl.String)).then(0)
        .when(pl.col("street") == pl.lit(row["street"], pl.String)).then(1)
        .otherwise(2)
    )  # fmt: skip
    same = others.filter(pl.col("scheme") == row["scheme"], pl.col("name") != row["name"])
    return (
        same.with_columns(near=near)
        .sort("near", "name")["name"]
        .unique(maintain_order=True)
        .head(MOST_NEIGHBOURS)
        .to_list()
    )


def _note(row: FrameRow) -> Said | None:
    """Say where the stars are not those that the score would give, or were only applied for."""
    if row["stars"] is None:
        if row["stars_claimed"]:
            return Said("申报{stars}，尚未评定", "applied for {stars}, not rated yet").fill(stars=row["stars_claimed"])
        return None
    if row["stars_by_score"] and row["stars_by_score"] != row["stars"]:
        return Said("按得分应为{stars}", "by its score it would be {stars}").fill(stars=row["stars_by_score"])
    return None


def _count(rows: list[StarRating]) -> Said:
    """Return how many units and compounds have how many stars, as one sentence."""
    counts = [(stars, sum(row.stars == stars for row in rows)) for stars in reversed(STARS_IN_ORDER)]
    return join_said([f"{stars} {number}" for stars, number in counts if number], "，", ", ")
