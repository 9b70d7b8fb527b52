"""这处场地哪天有人用？ On which days is a resource used or booked, by whom and for what?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.documents import Document, FrameRow
from graph.errors import ArgumentError
from graph.schema.cooperation import Activity
from graph.schema.resources import USES, ResourceUse
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.reading.entities import open_entities, read_resources, read_units, record_of
from queries.reading.period import Period
from queries.reading.scope import Scope
from queries.reading.units import UnitRef
from queries.reading.use import read_uses
from queries.reading.written_names import find_entity

if TYPE_CHECKING:
    from graph.graph import Graph

MOST = 2000  # uses that are listed


@dataclass(frozen=True)
class ResourceDay:
    """A use of a resource: the day, from when to when, by whom, for what."""

    unit_id: str | None
    resource_id: str
    day: date = column("日期", "day")
    resource: str | None = column("资源", "resource")
    time: str | None = column("时间", "time")
    unit: str | None = column("使用单位", "used by")
    purpose: str | None = column("用途", "what for")
    records: list[Record] = column("出处", "records", "hidden")


@question(
    answers=(mechanisms.VENUE_LOG,),
    phrases=Said(
        "日历；预订 日历；场地 哪天 有空；哪几天 空着；场地 哪天 用；场地 安排；谁 在用 场地；场地 预订 情况；礼堂 什么时候 空；"
        "会议室 排期",
        "calendar",
    ),
)
def resource_calendar(
    graph: Graph,
    scope: Scope,
    resource: Annotated[
        str | None, Said("场地或基地的名称或编号；不填则列出全部", "the venue or base, by name or id; without it, all")
    ] = None,
    *,
    period: Annotated[
        Period | None, Said("看哪个月，如 2026-06；默认为数据截至的那个月", "which month, such as 2026-06")
    ] = None,
) -> Answer[ResourceDay]:
    """这处场地哪天有人用？ On which days is a resource used or booked, and by whom? In order of the days."""
    found = _find(graph, resource) if resource else None
    days = (period or Period.parse((graph.as_of or date.today()).strftime("%Y-%m"))).resolve(graph.as_of)
    wanted = days.hold("day")
    uses = read_uses(graph).filter(wanted & (pl.col("resource_id") == found.id) if found else wanted)
    names = read_units(graph).select(user_id="id", unit="name")
    told = pl.concat([_told(graph, ResourceUse.label, "purpose"), _told(graph, Activity.label, "title")])
    rows = (
        uses.join(read_resources(graph).select(resource_id="id", resource="name"), on="resource_id", how="left")
        .join(names, on="user_id", how="left")
        .join(told, on="id", how="left")
        .sort("day", "time", "id")
    )
    extra: Document = {"start": days.start, "end": days.end}
    if found:
        extra["resource"] = {"id": found.id, "name": found.name, "label": found.label}
    return Answer(
        [_row(graph, row) for row in rows.head(MOST).iter_rows(named=True)], truncated=rows.height > MOST, extra=extra
    )


def _find(graph: Graph, text: str) -> UnitRef:
    found = find_entity(graph, text)
    if found.label not in {kind.label for kind in USES.target}:
        raise ArgumentError(argument="resource", value=found.name, reason=Said("不是场地或基地", "is no venue or base"))
    return found


def _told(graph: Graph, label: str, purpose: str) -> pl.DataFrame:
    """Return of each use from when to when it was, as far as told, and what for: id, time, purpose."""
    kind = graph.schema.entity(label)
    times = [c for c in ("time_from", "time_to") if c in kind.columns()]
    frame = open_entities(graph, kind, purpose, *times)
    time = pl.concat_str(times, separator="-", ignore_nulls=True) if times else pl.lit(None, pl.String)
    return frame.select("id", time=time.replace("", None), purpose=pl.col(purpose))


def _row(graph: Graph, row: FrameRow) -> ResourceDay:
    return ResourceDay(
        row["user_id"], row["resource_id"], row["day"], row["resource"], row["time"], row["unit"], row["purpose"],
        [record_of(graph, row, row["entity"])],
    )  # fmt: skip
