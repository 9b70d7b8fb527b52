"""哪些督办事项逾期或快到期？ Which action items are overdue, whose, since which meeting?

Blue: due within a week. Yellow: overdue. Red: overdue for more than a month. An item whose list says that its time is up is overdue,
whatever its day says; one that is closed never is. What the office itself warned of stands beside. Without a day of which the list
says nothing, nothing is judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.schema.governance import ActionItem, Meeting
from graph.schema.supervision import ASSIGNED_TO, RESULTED_IN
from graph.texts import NOTHING, Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.contents import Drawing, DrawnEntity, DrawnRelation
from queries.answers.rows import Record, column
from queries.reading.action_items import ALERT_WORDS, RED_DAYS, SOON_DAYS, read_action_items, read_assigned
from queries.reading.area import InArea, is_within
from queries.reading.entities import group_rows, record_of
from queries.reading.meeting_records import name_units
from queries.reading.period import Period, is_in
from queries.reading.scope import Scope
from queries.reading.units import find_unit

if TYPE_CHECKING:
    from graph.graph import Graph

Warning = Literal["red", "yellow", "blue"]
Standing = Literal["overdue", "open", "undated", "closed", "called_off"]
STANDING_WORDS: dict[str, Said] = {
    "overdue": Said("逾期", "overdue"), "open": Said("在办", "open"), "undated": Said("未定时限", "without a due day"),
    "closed": Said("已办结", "closed"), "called_off": Said("已取消", "called off"),
}  # fmt: skip


@dataclass(frozen=True)
class FollowUp:
    """An action item: what is to be done, by whom, until when, and how late it is."""

    item_id: str
    warning: Warning | None = column("预警", "warning", words=ALERT_WORDS)
    number: str | None = column("督办编号", "number")
    item: str = column("督办事项", "what is to be done")
    units: str | None = column("责任单位", "responsible")
    helping: str | None = column("配合单位", "helping")
    meeting: str | None = column("来源会议", "from which meeting")
    meeting_day: date | None = column("会议时间", "day of the meeting", "detail")
    agenda: str | None = column("来源议题", "from which issue", "detail")
    due: date | None = column("完成时限", "due")
    late: int | None = column("逾期天数", "days overdue")
    open_days: int | None = column("立项天数", "days since it was opened", "detail")
    status: str | None = column("办理状态", "status as reported")
    reported_alert: str | None = column("登记预警", "warning as reported", "detail")
    progress: str | None = column("进展情况", "progress", "detail")
    issues: str | None = column("存在问题", "issues", "detail")
    note: Said | None = column("说明", "note")
    standing: Standing = column("办理情况", "standing", "hidden", words=STANDING_WORDS)
    records: list[Record] = column("出处", "records", "hidden")


@question(
    answers=(mechanisms.WEEKLY_REPORT, mechanisms.LEDGER, mechanisms.MINUTES),
    phrases=Said(
        "督办 逾期；督办 快到期；督办 没有 办结；事项 逾期；没销号；督办 事项；督办 事项 完成 情况；"
        "会议 定 事项 落实；上次 会议 决定；亮红灯 事项；牵头 事项 过了时限；欠 没办完；会上 定的 事；"
        "交办 没有 落实；台账 红灯；督办 进展；会议 决议 落实",
        "overdue items; action items due; follow-ups",
    ),
)
def follow_ups(  # noqa: PLR0913 -- the arguments are what a user may ask for
    graph: Graph,
    scope: Scope,
    *,
    unit: Annotated[
        str | None, Said("只看这个单位牵头、负责或配合的", "only those this unit answers for or helps with")
    ] = None,
    area: InArea = None,
    as_of: Annotated[date | None, Said("按哪一天算，如 2026-06-30", "as of which day, such as 2026-06-30")] = None,
    soon: Annotated[int, Between(0, 365), Said("几天内到期发蓝单", "due within so many days: blue")] = SOON_DAYS,
    red_after: Annotated[
        int, Between(1, 3650), Said("逾期超过几天发红单", "overdue for more days than this: red")
    ] = RED_DAYS,
    period: Annotated[
        Period | None, Said("只看这段时间的会议定下的，如 2026Q2", "only what meetings of this time decided")
    ] = None,
    all: Annotated[bool, Said("未到期的和已办结的也列出", "also those not due, and those closed")] = False,
) -> Answer[FollowUp]:
    """哪些督办事项逾期或快到期？ Which action items are overdue, or due soon? The most urgent come first."""
    day = as_of or graph.as_of or date.today()
    items = read_action_items(graph, day, soon, red_after)
    assigned = read_assigned(graph)
    if area is not None:
        within = assigned.filter("leads", is_within(graph, area, "unit"))
        items = items.join(within, on="item", how="semi", maintain_order="left")
    if unit is not None:
        own = assigned.filter(pl.col("unit") == find_unit(graph, unit).id)
        items = items.join(own, on="item", how="semi", maintain_order="left")
    items = items.filter(is_in(period, graph.as_of, "meeting_day"))
    chosen = items if all else items.filter(pl.col("warning").is_not_null())
    order = pl.col("warning").replace_strict({"red": 0, "yellow": 1, "blue": 2}, default=3, return_dtype=pl.Int8)
    chosen = chosen.sort(order, "closed", -pl.col("late"), "number", "name", nulls_last=True)
    answering = group_rows(assigned.join(chosen, on="item", how="semi", maintain_order="left"), "item")
    return Answer(
        [_row(graph, row, answering.get(row["item"], []), day) for row in chosen.iter_rows(named=True)],
        extra={
            "as_of": day,
            "counts": _count(items),
            "rule": _say_rule(day, soon, red_after),
            "by_unit": _by_unit(items, assigned.filter("leads")),
        },
        **_draw(graph, chosen, assigned),
    )


def _row(graph: Graph, row: FrameRow, assigned: list[FrameRow], day: date) -> FollowUp:
    lead, helping = (
        "、".join(dict.fromkeys(one["unit_name"] for one in assigned if one["leads"] == leads and one["unit_name"]))
        or None
        for leads in (True, False)
    )
    begun = row["opened"] or row["meeting_day"]
    late = row["late"] if row["overdue"] and row["late"] and row["late"] > 0 else None
    return FollowUp(
        item_id=row["item"], warning=row["warning"], number=row["number"], item=row["name"], units=lead, helping=helping,
        meeting=row["meeting"] or row["origin"], meeting_day=row["meeting_day"], agenda=row["agenda"], due=row["due"], late=late,
        open_days=(day - begun).days if begun and begun <= day and not row["closed"] else None, status=row["status"],
        reported_alert=row["reported_alert"], progress=row["progress"], issues=row["issues"], note=_note(row, lead), standing=_stand(row),
        records=[record_of(graph, row, ActionItem.label), *_cells(graph, row, assigned)],
    )  # fmt: skip


def _stand(row: FrameRow) -> Standing:
    if row["closed"]:
        return "called_off" if row["called_off"] else "closed"
    if row["overdue"] is None:
        return "undated"
    return "overdue" if row["overdue"] else "open"


def _cells(graph: Graph, row: FrameRow, assigned: list[FrameRow]) -> list[Record]:
    """Return the rows that say who answers for an item, where it is not the item's own row."""
    cells = {(one["load_id"], one["sheet"], one["row"]): one for one in assigned}
    cells.pop((row["load_id"], row["sheet"], row["row"]), None)
    return [record_of(graph, one, ASSIGNED_TO.type) for one in cells.values()]


def _note(row: FrameRow, lead: str | None) -> Said | None:
    """Say what keeps an item from being judged, or that the list contradicts itself."""
    if row["called_off"]:
        return Said("已取消，不再办理", "called off")
    if row["closed"]:
        late = row["due"] and row["closed_at"] and row["closed_at"] > row["due"]
        if late:
            days = (row["closed_at"] - row["due"]).days
            return Said(
                f"{row['closed_at']} 办结，超过时限 {days} 天", f"closed on {row['closed_at']}, {days} days late"
            )
        return Said(f"{row['closed_at'] or ''} 已办结".strip(), f"closed {row['closed_at'] or ''}".strip())
    if row["due"] is None and not row["overdue"]:
        return Said("未写完成时限，无法判断是否逾期", "no day by which it is due: not known whether it is overdue")
    if row["overdue"] and (row["late"] is None or row["late"] <= 0):
        return Said("台账注明逾期", "the list says that it is overdue")
    return None if lead else Said("未写责任单位", "nobody is told to answer for it")


def _count(items: pl.DataFrame) -> dict[str, int]:
    counts = dict(items.drop_nulls("warning").group_by("warning").len().iter_rows())
    return {name: int(counts.get(name, 0)) for name in ALERT_WORDS} | {
        "closed": items.filter(~pl.col("called_off"), "closed").height, "called_off": int(items["called_off"].sum()),
        "undated": items.filter(~pl.col("closed"), pl.col("overdue").is_null()).height,
    }  # fmt: skip


def _say_rule(day: date, soon: int, red_after: int) -> Said:
    return Said(
        f"按 {day} 计算：{soon} 天内到期为蓝，逾期为黄，逾期超过 {red_after} 天为红",
        f"as of {day}: due within {soon} days is blue, overdue yellow, overdue for more than {red_after} days red",
    )


def _by_unit(items: pl.DataFrame, leading: pl.DataFrame) -> list[Said]:
    """Return a sentence for each unit with overdue items: how many, and how late the oldest is; the most first."""
    late = leading.join(items.filter("overdue").select("item", "late"), on="item").drop_nulls("unit_name")
    units = late.group_by("unit", "unit_name").agg(pl.col("item").n_unique().cast(pl.Int64), pl.col("late").max())
    ordered = units.sort(-pl.col("item"), -pl.col("late"), "unit_name", nulls_last=True)
    return [_say_unit(name, number, days or 0) for _, name, number, days in ordered.iter_rows()]


def _say_unit(name: str, number: int, days: int) -> Said:
    oldest = Said("，最久 {days} 天", ", the oldest by {days} days").fill(days=days) if days > 0 else NOTHING
    return Said("{name}：逾期 {n} 项{oldest}", "{name}: {n} overdue{oldest}").fill(name=name, n=number, oldest=oldest)


def _draw(graph: Graph, chosen: pl.DataFrame, assigned: pl.DataFrame) -> Drawing:
    """Return a picture: the meetings, what came of them, and who answers for it."""
    labels = {row["unit"]: row["label"] for row in name_units(graph).iter_rows(named=True)}
    entities: dict[str, DrawnEntity] = {}
    relations: list[DrawnRelation] = []
    for row in chosen.iter_rows(named=True):
        entities[row["item"]] = {
            "id": row["item"],
            "label": ActionItem.label,
            "name": row["name"],
            "status": row["status"] or "",
        }
        if row["meeting_id"]:
            entities[row["meeting_id"]] = {"id": row["meeting_id"], "label": Meeting.label, "name": row["meeting"]}
            relations.append({"source": row["meeting_id"], "target": row["item"], "type": RESULTED_IN.type})
    for row in assigned.join(chosen, on="item", how="semi").drop_nulls("unit_name").iter_rows(named=True):
        entities[row["unit"]] = {"id": row["unit"], "label": labels[row["unit"]], "name": row["unit_name"]}
        relations.append({"source": row["item"], "target": row["unit"], "type": ASSIGNED_TO.type})
    return {"entities": list(entities.values()), "relations": relations}
