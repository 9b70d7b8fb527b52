"""各场地每周用了没有？ In which weeks was each resource used, idle, closed – and for which is it not known?

A week without an entry is idle only where a log was kept at that time; else it is unknown, never idle.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.reading.area import InArea, is_within
from queries.reading.entities import record_of
from queries.reading.period import LAST_YEAR, Days, Period
from queries.reading.scope import Scope
from queries.reading.use import STATUS_WORDS, Status, classify, measure, read_uses

if TYPE_CHECKING:
    from graph.graph import Graph

USED, BOOKED, NOT_USED, CLOSED, UNKNOWN = "used", "booked", "idle", "closed", "unknown"
WEEK_WORDS = {
    USED: Said("有使用", "used"), BOOKED: Said("已预订", "booked"), NOT_USED: Said("空闲", "idle"), CLOSED: Said("不开放", "closed"),
    UNKNOWN: Said("不明", "not known"),
}  # fmt: skip
AHEAD = 8  # weeks after the period, for what is booked
LONGEST = 53 * 3  # weeks


@dataclass(frozen=True)
class ResourceWeeks:
    """A resource and what became of it week by week: `states` and `uses` stand beside the Mondays that the answer names."""

    resource_id: str
    resource: str = column("资源", "resource")
    kind: str | None = column("类型", "kind")
    owner: str | None = column("产权单位", "owner")
    status: Status = column("状态", "status", words=STATUS_WORDS)
    weeks_used: int = column("有使用的周", "weeks used")
    weeks_idle: int = column("空闲的周", "weeks idle")
    weeks_unknown: int = column("不明的周", "weeks not known")
    states: list[str] = column("各周", "by week", "hidden", words=WEEK_WORDS)
    uses: list[int] = column("各周次数", "uses by week", "hidden")
    records: list[Record] = column("出处", "records", "hidden")


@question(
    answers=(mechanisms.VENUES, mechanisms.VENUE_LOG),
    phrases=Said(
        "每周 使用；逐周 使用；热力图；场地 用了 几次；场地 使用 频次；场地 用得 最多；场地 使用 情况 每周；使用率",
        "by week; weekly",
    ),
)
def resource_weeks(
    graph: Graph,
    scope: Scope,
    *,
    area: InArea = None,
    period: Annotated[
        Period, Said("看哪段时间，如 2026 或 2026-01..2026-06", "the time looked at, such as 2026")
    ] = LAST_YEAR,
    kind: Annotated[str | None, Said("只看这一类资源，如 会议室", "only resources of this kind")] = None,
    limit: Annotated[int, Between(1, 1000), Said("最多几处", "at most so many")] = 200,
) -> Answer[ResourceWeeks]:
    """各场地每周用了没有？ Week by week, which resources were used, idle, closed or unknown? The idlest come first."""
    days = period.resolve(graph.as_of)
    resources = measure(graph, days).pipe(classify, days).filter(is_within(graph, area, "owner_id"))
    if kind:
        resources = resources.filter(pl.col("kind").str.contains(kind, literal=True).fill_null(False))
    resources = resources.sort("order", -pl.col("hours_offered").fill_null(0), "id")
    chosen = resources.head(limit)
    mondays = _mondays(days)
    weeks = _weeks(graph, chosen, mondays, days)
    rows = [_row(graph, row) for row in chosen.join(weeks, on="id", maintain_order="left").iter_rows(named=True)]
    told = {"period": str(Period(days.start, days.end)), "weeks": [day.isoformat() for day in mondays]}
    return Answer(rows, truncated=resources.height > limit, extra=told)


def _mondays(days: Days) -> list[date]:
    first = days.start - timedelta(days=days.start.weekday())
    number = min((days.end - first).days // 7 + 1 + AHEAD, LONGEST)
    return [first + timedelta(weeks=n) for n in range(number)]


def _weeks(graph: Graph, resources: pl.DataFrame, mondays: list[date], days: Days) -> pl.DataFrame:
    """Return for each resource its states and uses in the order of the weeks: id, states, uses."""
    used = read_uses(graph).select("resource_id", week=pl.col("day").dt.truncate("1w")).drop_nulls()
    counted = used.group_by("resource_id", "week").len("uses")
    kept = pl.col("keeps_log").cast(pl.Boolean).fill_null(False) | (pl.col("ever") > 0)
    logged = kept & ~(pl.col("stale").fill_null(False) & (pl.col("week") > pl.col("last").fill_null(days.start)))
    state = (
        pl.when(pl.col("uses") > 0).then(pl.when(pl.col("week") > days.end).then(pl.lit(BOOKED)).otherwise(pl.lit(USED)))
        .when(pl.col("status") == "withdrawn").then(pl.lit(CLOSED))
        .when(logged | (pl.col("week") > days.end)).then(pl.when(pl.col("week") > days.end).then(pl.lit("")).otherwise(pl.lit(NOT_USED)))
        .otherwise(pl.lit(UNKNOWN))
    )  # fmt: skip
    grid = resources.select("id", "status", "keeps_log", "ever", "stale", "last").join(
        pl.DataFrame({"week": mondays}), how="cross", maintain_order="left_right"
    )
    joined = grid.join(
        counted, left_on=["id", "week"], right_on=["resource_id", "week"], how="left", maintain_order="left"
    )
    joined = joined.with_columns(pl.col("uses").fill_null(0).cast(pl.Int64))
    return joined.with_columns(state=state).group_by("id", maintain_order=True).agg(states="state", weekly="uses")


def _row(graph: Graph, row: dict[str, object]) -> ResourceWeeks:
    states: list[str] = row["states"]  # type: ignore[assignment]
    return ResourceWeeks(
        str(row["id"]), str(row["name"]), row["kind"], row["owner"], row["status"],  # type: ignore[arg-type]
        states.count(USED), states.count(NOT_USED), states.count(UNKNOWN), states, row["weekly"],  # type: ignore[arg-type]
        [record_of(graph, row)],
    )  # fmt: skip
