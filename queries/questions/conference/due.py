"""这一周谁该办什么？ What is due for whom this week?

Action items (overdue ones, too), agreements that expire, claims without a result (by the need's deadline, else a month after the claim),
needs that nobody claimed, bookings of venues, assessments without a result. A booking concerns who uses the venue and whose it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Literal

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.schema.claims import CLAIMED
from graph.schema.resources import ResourceUse
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.reading.area import InArea, list_units
from queries.reading.due_things import first_day, read_due
from queries.reading.entities import record_of
from queries.reading.meeting_records import name_units
from queries.reading.period import Days
from queries.reading.scope import Scope
from queries.reading.units import find_unit

if TYPE_CHECKING:
    from graph.graph import Graph

WEEK = 7
State = Literal["overdue", "due", "expires", "unclaimed", "booked"]
STATE_WORDS: dict[str, Said] = {
    "overdue": Said("已逾期", "overdue"),
    "due": Said("到期", "due"),
    "expires": Said("协议到期", "expires"),
    "unclaimed": Said("需求将到期，无人认领", "due, and nobody claimed it"),
    "booked": Said("场地预订", "venue booked"),
}
_KIND_WORDS = {CLAIMED.type: Said("认领", "claim"), ResourceUse.label: Said("场地使用", "use of a venue")}


@dataclass(frozen=True)
class DueThing:
    """Something that units have to see to, and by which day."""

    entity_id: str
    day: date | None = column("日期", "day")
    days_left: int | None = column("还有几天", "days left")
    kind: Said = column("类型", "kind")
    what: str = column("事项", "what")
    units: str | None = column("单位", "units")
    state: State = column("情况", "state", words=STATE_WORDS)
    detail: str | None = column("说明", "detail")
    records: list[Record] = column("出处", "records", "hidden")


@question(
    answers=(mechanisms.LEDGER,),
    phrases=Said(
        "这一周 该办；本周 要办；本周 办结；谁 该办 什么；催办；本周 到期 事项；近期 要办；今后 几天 到期 事；"
        "待办 事项；提醒 到期",
        "due this week; what due for whom",
    ),
)
def due(
    graph: Graph,
    scope: Scope,
    *,
    unit: Annotated[str | None, Said("只看这个单位的", "only what concerns this unit")] = None,
    area: InArea = None,
    days: Annotated[int, Between(0, 366), Said("今后几天", "how many days from then on")] = WEEK,
    as_of: Annotated[
        date | None,
        Said("从哪一天算起；不填则为数据截至日", "from which day on; without it, the day of which the data speak"),
    ] = None,
) -> Answer[DueThing]:
    """这一周谁该办什么？ What is due for whom this week? The longest overdue come first."""
    start = first_day(graph, as_of)
    found = read_due(graph, Days(start, start + timedelta(days=days)))
    for wanted in ([find_unit(graph, unit).id] if unit else None, list_units(graph, area).to_list() if area else None):
        if wanted is not None:
            found = found.filter(pl.col("units").list.eval(pl.element().is_in(wanted)).list.any().fill_null(False))
    names = dict(name_units(graph).select("unit", "unit_name").iter_rows())
    return Answer(
        [_row(graph, row, names, start) for row in found.iter_rows(named=True)],
        extra={"as_of": start, "until": start + timedelta(days=days), "summary": _summarize(found, start, days)},
    )


def _row(graph: Graph, row: FrameRow, names: dict[str, str], start: date) -> DueThing:
    label = row["label"]
    kind = _KIND_WORDS.get(label) or Said(graph.schema.entity(label).zh, graph.schema.entity(label).en)
    units = "、".join(names[one] for one in row["units"] or () if one in names)
    return DueThing(
        entity_id=row["id"], day=row["day"], days_left=(row["day"] - start).days if row["day"] else None, kind=kind, what=row["name"],
        units=units or None, state=row["state"], detail=_detail(row), records=[record_of(graph, row, label)] if row["load_id"] else [],
    )  # fmt: skip


def _detail(row: FrameRow) -> str | None:
    if row["label"] == CLAIMED.type:
        return Said("{day} 认领，尚无结果", "claimed on {day}, no result yet").fill(day=row["detail"] or "—")
    return row["detail"] or None


def _summarize(found: pl.DataFrame, start: date, days: int) -> Said:
    late = found.filter(pl.col("state") == "overdue").height
    return Said(
        f"{start} 起 {days} 天内：{found.height - late} 项到期或已安排，另有 {late} 项已逾期",
        f"within {days} days from {start}: {found.height - late} due or arranged, {late} more are overdue",
    )
