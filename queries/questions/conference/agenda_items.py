"""征集了哪些议题，议到了哪一步？ Which issues were raised, and what became of them?

An issue is settled where all action items that it resulted in are done. One that was discussed at several meetings and is not settled
recurs unresolved; these come first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.schema.conference import DISCUSSED_AT
from graph.schema.governance import AgendaItem
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.reading.area import InArea, list_units
from queries.reading.entities import record_of
from queries.reading.issues import OPEN_STATES, STATE_WORDS, read_issues
from queries.reading.meeting_records import read_discussed
from queries.reading.period import Period
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph

IssueState = Literal["waiting", "no_action", "open", "settled"]


@dataclass(frozen=True)
class Issue:
    """An issue raised to the joint conference, and what became of it."""

    item_id: str
    issue: str = column("议题", "issue")
    category: str | None = column("类别", "category")
    raised_by: str | None = column("提交单位", "raised by")
    submitted: date | None = column("提交时间", "submitted")
    admitted: bool | None = column("是否上会", "admitted to a meeting", "detail")
    times: int = column("上会次数", "times discussed")
    recurs: bool = column("反复上会未解决", "recurs unresolved")
    state: IssueState = column("办理情况", "what became of it", words=STATE_WORDS)
    meetings: list[Said] = column("历次上会", "meetings", "detail", most=None)
    decision: str | None = column("最近议定", "last decision")
    review: str | None = column("审核意见", "review", "detail")
    proposal: str | None = column("建议", "proposal", "detail")
    to_coordinate: str | None = column("需协调单位", "units to coordinate", "detail")
    records: list[Record] = column("出处", "records", "hidden")


@question(
    answers=(mechanisms.AGENDA,),
    phrases=Said(
        "议题；征集 议题；议题 没有 解决；议题 办到哪；提案；议题 提交 情况；议题 征集 几条；议题 落实；建议 办理；"
        "提案 结果",
        "agenda items; issues raised; what became of issues",
    ),
)
def agenda_items(
    graph: Graph,
    scope: Scope,
    *,
    area: InArea = None,
    period: Annotated[
        Period | None,
        Said("只看这段时间提交或上会的，如 2026Q2", "only issues raised or discussed in this time, such as 2026Q2"),
    ] = None,
    recurring: Annotated[bool, Said("只看反复上会未解决的", "only those that recur unresolved")] = False,
) -> Answer[Issue]:
    """征集了哪些议题，议到了哪一步？ Which issues were raised, and what became of them? Those that recur unresolved come first."""
    discussed = read_discussed(graph)
    rows = read_issues(graph).with_columns(recurs=(pl.col("times") > 1) & pl.col("state").is_in(OPEN_STATES))
    if area is not None:
        inside = list_units(graph, area).to_list()
        rows = rows.filter(pl.col("raised_ids").list.eval(pl.element().is_in(inside)).list.any().fill_null(False))
    if period is not None:
        days = period.resolve(graph.as_of)
        met = discussed.filter(days.hold("day"))["item"]
        submitted = days.hold("submitted")
        rows = rows.filter(submitted | pl.col("item").is_in(met.implode()))
    if recurring:
        rows = rows.filter("recurs")
    rows = rows.sort(~pl.col("recurs"), -pl.col("times"), "submitted", "name", nulls_last=True)
    parts = discussed.partition_by("item", as_dict=True)
    return Answer(
        [_row(graph, row, parts.get((row["item"],), discussed.clear())) for row in rows.iter_rows(named=True)]
    )


def _row(graph: Graph, row: FrameRow, discussed: pl.DataFrame) -> Issue:
    met = list(discussed.iter_rows(named=True))
    return Issue(
        item_id=row["item"], issue=row["name"], category=row["category"], raised_by="、".join(row["raised_by"] or ()) or None,
        submitted=row["submitted"], admitted=row["admitted"], times=row["times"], recurs=row["recurs"], state=row["state"],
        meetings=[_say_meeting(one) for one in met], decision=row["decision"], review=row["review"], proposal=row["proposal"],
        to_coordinate="、".join(row["to_coordinate"] or ()) or None,
        records=[record_of(graph, row, AgendaItem.label), *(record_of(graph, one, DISCUSSED_AT.type) for one in met)],
    )  # fmt: skip


def _say_meeting(row: FrameRow) -> Said:
    day, decided = f"{row['day']} " if row["day"] else "", row["decision"]
    shown = f"{day}{row['meeting_name']}"
    return Said(f"{shown}：{decided}" if decided else shown, f"{shown}: {decided}" if decided else shown)
