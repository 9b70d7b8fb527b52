"""哪些需求长期无人对接？ Which needs have long been met by nobody, and what comes closest?

A need counts from the day on which it was raised; where no register tells that, from the day of the table that first listed it. Needs that
somebody has claimed, or that are met, are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.schema.resources import Need
from graph.texts import NOTHING, Said, join_said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.matching.from_place import km_between
from queries.pairing.alike_needs import name_alike, tell_alike
from queries.pairing.serving import FIT_ORDER, find_serving, read_claimed, read_served
from queries.questions.partners.offer_parts import FIT_WORDS, count_alike, tell_quantity
from queries.reading.area import InArea, OfUnit, is_of, is_within
from queries.reading.entities import record_of
from queries.reading.scope import Scope
from queries.reading.unloaded import tell_unloaded

if TYPE_CHECKING:
    from graph.graph import Graph

_TWICE = Said("与“{title}”可能是同一件事，请核对", "may be the same as “{title}”")


@dataclass(frozen=True)
class UnmatchedNeed:
    """An open need that nobody has taken up, how old it is, and the offer that comes closest."""

    need_id: str = column("需求标识", "need id", show="hidden")
    need: str = column("需求", "need")
    unit: str | None = column("需求单位", "who needs it")
    category: str | None = column("类别", "category")
    age: int | None = column("已等待（天）", "days waiting")
    since: Said = column("自何时", "since")
    deadline: date | None = column("截止日期", "deadline")
    best: Said = column("最接近的供给", "closest offer")
    twice: Said = column("可能重复", "may be listed twice")
    records: list[Record] = column("出处", "records", show="hidden")


@question(
    answers=(
        mechanisms.THREE_LISTS,
        mechanisms.CLAIMS,
    ),
    phrases=Said(
        "需求 没人；需求 无人；没对接 需求；需求 没人 认领；需求 没有 对接；挂着 需求；心愿 没人 认领；"
        "需求 等了 没人；微心愿 认领；需求 积压；没人能接 需求",
        "unmatched needs; needs met by nobody",
    ),
)
def unmatched_needs(  # noqa: PLR0913 -- the arguments are what a user may ask for
    graph: Graph,
    scope: Scope,
    *,
    days: Annotated[int, Between(0, 3650), Said("等待多少天以上", "waiting for at least so many days")] = 30,
    category: Annotated[
        str | None, Said("只看这一类或含这些字的需求", "only needs of this category, or with these words")
    ] = None,
    unit: OfUnit = None,
    area: InArea = None,
    as_of: Annotated[
        date | None, Said("以哪一天计算，默认为数据截至日", "counted from this day; the day of the data by default")
    ] = None,
    limit: Annotated[int, Between(1, 1000), Said("最多几项", "at most so many")] = 100,
) -> Answer[UnmatchedNeed]:
    """哪些需求长期无人对接？ Which needs have long been met by nobody, and what comes closest? The oldest come first."""
    today = as_of or graph.as_of or date.today()
    served = read_served(graph)
    needs, spoken = served.needs
    waiting = needs.rename({"id": "need"}).join(read_claimed(graph), on="need", how="anti").rename({"need": "id"})
    waiting = waiting.filter(is_within(graph, area, "owner_id"), is_of(graph, unit, "owner_id"), _speaks_of(category))
    waiting = waiting.with_columns(first=pl.coalesce("raised", "valid_from")).with_columns(
        age=(pl.lit(today) - pl.col("first")).dt.total_days()
    )
    chosen = waiting.filter((pl.col("age") >= days) | pl.col("age").is_null())
    ranked = chosen.sort("age", "id", descending=[True, False], nulls_last=True)
    listed = ranked.head(limit)
    listed = listed.join(name_alike(graph, needs), on="id", how="left", maintain_order="left")
    best = _find_best(served.offers[0], listed, find_serving((listed, spoken), served.offers, served.taxonomy))
    rows = [_row(graph, row, best.get(row["id"])) for row in listed.iter_rows(named=True)]
    return Answer(
        rows,
        truncated=ranked.height > limit,
        extra=_tell(listed, best, waiting.height - chosen.height, days)
        | tell_alike(graph, chosen["id"])
        | tell_unloaded(graph, Need),
    )


def _speaks_of(category: str | None) -> pl.Expr:
    if not category:
        return pl.lit(True)
    said = pl.concat_str("category", "title", separator=" ", ignore_nulls=True)
    return said.str.contains(category, literal=True)


def _find_best(offers: pl.DataFrame, needs: pl.DataFrame, met: pl.DataFrame) -> dict[str, FrameRow]:
    """Return for each need the offer that serves it best: by kind, then by how much there is of it, then the nearest."""
    given = offers.select("quantity", "measure", "title", "owner", lon_offer="lon", lat_offer="lat", offer="id")
    wanted = needs.select("lon", "lat", need="id", needed=pl.col("quantity").cast(pl.Float64), need_measure="measure")
    rows = met.join(given.with_columns(pl.col("quantity").cast(pl.Float64)), on="offer").join(wanted, on="need")
    rows = count_alike(rows).with_columns(km_between(rows["lon"], rows["lat"], rows["lon_offer"], rows["lat_offer"]))
    kind = pl.col("verdict").replace_strict(FIT_ORDER, return_dtype=pl.Int8)
    first = rows.sort(kind, -pl.col("share").fill_null(0.5), "km", "offer", nulls_last=True)
    return {row["need"]: row for row in first.unique("need", keep="first").iter_rows(named=True)}


def _row(graph: Graph, row: FrameRow, best: FrameRow | None) -> UnmatchedNeed:
    return UnmatchedNeed(
        need_id=row["id"], need=row["title"], unit=row["owner"], category=row["category"], age=row["age"],
        since=_tell_since(row), deadline=row["deadline"], best=_tell_best(best),
        twice=_TWICE.fill(title=row["twice"]) if row["twice"] else NOTHING, records=[record_of(graph, row, Need.label)],
    )  # fmt: skip


def _tell_since(row: FrameRow) -> Said:
    if row["raised"]:
        return Said(f"{row['raised']} 提出", f"raised on {row['raised']}")
    if row["first"]:
        return Said(f"未登记提出时间，{row['first']} 已在册", f"day not registered; listed by {row['first']}")
    return Said("未登记提出时间", "day not registered")


def _tell_best(best: FrameRow | None) -> Said:
    if best is None:
        return Said("没有单位登记对口的供给", "nobody has registered anything that serves it")
    parts = [FIT_WORDS[best["verdict"]]]
    if best["needed"] is not None:
        parts.append(tell_quantity(best))
    if best["km"] is not None:
        parts.append(Said(f"相距 {best['km']:g} 公里", f"{best['km']:g} km away"))
    said = Said("{owner}“{title}”：{parts}", "{owner} “{title}”: {parts}")
    return said.fill(owner=best["owner"] or "", title=best["title"], parts=join_said(parts, "，", ", "))


def _tell(ranked: pl.DataFrame, best: dict[str, FrameRow], younger: int, days: int) -> dict[str, Said]:
    without, told = sum(id not in best for id in ranked["id"]), {}
    if without:
        told["without_offer"] = Said(
            f"所列需求中 {without} 项没有任何单位登记对口的供给",
            f"for {without} of those listed nobody has registered anything that serves it",
        )
    if younger:
        told["younger"] = Said(
            f"另有 {younger} 项无人对接，尚不到 {days} 天",
            f"{younger} more are met by nobody, but for less than {days} days",
        )
    return told
