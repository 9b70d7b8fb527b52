"""各单位督办办结和考核情况如何？ How well do units close what they answer for, and how were they assessed?

For each unit: how many action items it answers for that fell due or were closed in the period, how many of them are closed, and how many of
these on time; its part in meetings; its scores in the yearly assessment with the points lost. No total is made of these parts: how they
weigh is for the office to say. Of units only, never of persons.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.schema.conference import ATTENDED
from graph.schema.governance import ActionItem, Assessment
from graph.texts import Said
from graph.types.dates import last_day
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.reading.action_items import read_action_items, read_assigned
from queries.reading.area import InArea, is_within
from queries.reading.assessments import is_rating, read_assessments
from queries.reading.entities import group_rows, record_of
from queries.reading.meeting_records import ABSENT, name_units, read_attendance, read_meetings
from queries.reading.period import LAST_YEAR, Days, Period
from queries.reading.scope import Scope
from queries.reading.units import find_unit

if TYPE_CHECKING:
    from graph.graph import Graph


_OVERDUE = Said("逾期未办结：{item}（时限 {due}）", "overdue: {item} (due {due})")
_CLOSED_LATE = Said("逾期办结：{item}（时限 {due}，{closed} 办结）", "closed late: {item} (due {due}, closed {closed})")
_IN_TIME = Said("按时办结：{item}（时限 {due}，{closed} 办结）", "closed in time: {item} (due {due}, closed {closed})")
_NONE = Said(
    "本期没有由该单位负责、到期或办结的督办事项，不计办结率",
    "no action item of its own fell due or was closed: no share",
)
_POINTS = Said("督办事项得分：{n} 项共 {points:g} 分", "points for action items: {points:g} for {n} of them")
_MEETINGS = Said("联席会议：到会 {came} 次，缺席 {absent} 次", "meetings: came to {came}, absent from {absent}")


_RULE = Said(
    "办结率＝已办结÷到期或已办结的事项，按时办结率＝按时办结÷有时限和销号时间的；已取消的不计。考核得分按考核表登记，不另行折算总分",
    "shares are of items that fell due or were closed, and of those with both days; cancelled ones do not count. Scores are those of "
    "the yearly lists; no total is made of them",
)


@dataclass(frozen=True)
class ScorePart:
    """One thing that counts in an assessment, as a sentence with the figures behind it."""

    text: Said
    record: Record | None = None


@dataclass(frozen=True)
class UnitAssessment:
    """What a unit closed, and how it was scored."""

    unit_id: str
    unit: str = column("单位", "unit")
    items: int = column("督办事项", "action items")
    closed: int | None = column("已办结", "closed")
    closed_share: float | None = column("办结率", "share closed", share=True)
    on_time: int | None = column("按时办结", "closed on time")
    on_time_share: float | None = column("按时办结率", "share on time", share=True)
    overdue: int | None = column("逾期未办结", "overdue")
    score: float | None = column("考核得分", "score")
    rank: int | None = column("名次", "rank")
    grade: str | None = column("等次", "grade", "detail")
    parts: list[ScorePart] = column("考核依据", "what counts", "detail", most=None)
    records: list[Record] = column("出处", "records", "hidden")


@question(
    answers=(mechanisms.ASSESSMENT,),
    phrases=Said(
        "考核；考核 单位 得分；督办 办结 率；单位 考评 排名；考核 打分；成员单位 考核 得分；考核 单位 扣分；各单位 办结率 排名；"
        "销号率；年度 考核 名次；督办 平均 办结 天数；办结 用了 几天；按时 办结 率",
        "assessment; units scores; how well units close",
    ),
)
def assessment(
    graph: Graph,
    scope: Scope,
    *,
    unit: Annotated[str | None, Said("只看这个单位", "only this unit")] = None,
    area: InArea = None,
    period: Annotated[Period, Said("看哪段时间，如 2026", "the time looked at, such as 2026")] = LAST_YEAR,
    limit: Annotated[int, Between(1, 5000), Said("最多几个单位", "at most so many units")] = 200,
) -> Answer[UnitAssessment]:
    """各单位督办办结和考核情况如何？ How well do units close what they answer for, how were they assessed? The least on time come first."""
    days = period.resolve(graph.as_of)
    items, scores, came = _read_items(graph, days), _read_scores(graph, days), _read_meetings_of(graph, days)
    units = pl.concat([frame.select("unit") for frame in (items, scores, came)]).unique()
    chosen = units.join(name_units(graph), on="unit").filter(is_within(graph, area, "unit"))
    if unit is not None:
        chosen = chosen.filter(pl.col("unit") == find_unit(graph, unit).id)
    ranked = _count(chosen, items, scores)
    listed = ranked.head(limit)
    told = [group_rows(frame.join(listed, on="unit", how="semi"), "unit") for frame in (items, scores, came)]
    rows = [
        _row(graph, row, *(of_unit.get(row["unit"], []) for of_unit in told)) for row in listed.iter_rows(named=True)
    ]
    every = read_action_items(graph, days.end).filter(~pl.col("called_off"))
    undated = every.filter(pl.col("due").is_null(), pl.col("closed_at").is_null()).height
    left_out = Said(
        "另有 {n} 项督办事项没有完成时限和销号时间，未计入",
        "{n} more action items have neither a due day nor one of closing and are not counted",
    )
    return Answer(
        rows,
        truncated=ranked.height > limit,
        extra={"period": str(Period(days.start, days.end)), "rule": _RULE}
        | ({"undated": left_out.fill(n=undated)} if undated else {}),
    )


def _read_items(graph: Graph, days: Days) -> pl.DataFrame:
    """Return the action items that count for each unit in the period, as they stood on its last day: unit, item, and the rest."""
    end = pl.lit(min(days.end, graph.as_of or days.end))
    inside = [days.hold(day) for day in ("due", "closed_at")]
    items = read_action_items(graph, days.end).filter(~pl.col("called_off"), pl.any_horizontal(inside))
    leading = read_assigned(graph).filter("leads").select("item", "unit").unique(["item", "unit"])
    on_time = pl.col("closed") & (pl.col("closed_at") <= pl.col("due"))
    judged = items.with_columns(on_time=on_time, running=~pl.col("closed") & (pl.col("due") >= end))
    return judged.join(leading, on="item").sort("unit", "due", "item", nulls_last=True)


def _read_scores(graph: Graph, days: Days) -> pl.DataFrame:
    told = read_assessments(graph).filter(pl.col("unit").is_not_null(), ~is_rating())
    # A yearly score counts where its year and the time asked about have days in common.
    begun, over = pl.col("period") <= days.end, last_day("period", "period_precision") < days.start
    return told.filter((begun & ~over).fill_null(True))


def _read_meetings_of(graph: Graph, days: Days) -> pl.DataFrame:
    held = read_meetings(graph).filter(days.hold("day")).select("meeting")
    return read_attendance(graph).join(held, on="meeting")


def _count(units: pl.DataFrame, items: pl.DataFrame, scores: pl.DataFrame) -> pl.DataFrame:
    """Return units with the numbers of their items and what they scored on the whole; the least on time first."""
    over = items.filter(~pl.col("running").fill_null(False))
    done = over.group_by("unit").agg(
        judged=pl.len(), closed=pl.col("closed").sum(), on_time=pl.col("on_time").sum(),
        dated=pl.col("on_time").count(), overdue=pl.col("overdue").sum(),
    )  # fmt: skip
    every = items.group_by("unit").agg(items=pl.len())
    whole = scores.filter(pl.col("indicator").is_null()).group_by("unit", maintain_order=True)
    counted = units.join(every, on="unit", how="left").join(done, on="unit", how="left")
    told = counted.join(whole.agg(pl.col("score", "rank", "grade").last()), on="unit", how="left")
    share = pl.when(pl.col("dated") > 0).then(pl.col("on_time") / pl.col("dated"))
    late = -pl.col("overdue").cast(pl.Int64).fill_null(0)
    return told.sort(share.is_null(), share.fill_null(0), late, -pl.col("score").fill_null(0), "unit_name", "unit")


def _row(
    graph: Graph, unit: FrameRow, items: list[FrameRow], scores: list[FrameRow], came: list[FrameRow]
) -> UnitAssessment:
    closed, on_time, overdue = (unit[name] or 0 if items else None for name in ("closed", "on_time", "overdue"))
    return UnitAssessment(
        unit_id=unit["unit"], unit=unit["unit_name"], items=len(items), closed=closed, on_time=on_time, overdue=overdue,
        closed_share=_share(closed, unit["judged"]), on_time_share=_share(on_time, unit["dated"]),
        score=unit["score"], rank=unit["rank"], grade=unit["grade"],
        parts=[*_tell_items(graph, items), *_tell_meetings(came), *_tell_scores(graph, scores)],
        records=[
            record_of(graph, row, label)
            for told, label in ((items, ActionItem.label), (scores, Assessment.label), (came, ATTENDED.type))
            for row in told
        ],
    )  # fmt: skip


def _share(part: int | None, of: int | None) -> float | None:
    return round(part / of, 2) if part is not None and of else None


def _tell_items(graph: Graph, items: list[FrameRow]) -> list[ScorePart]:
    """Return a sentence for each item that was closed or is overdue, and for the points that items were given; or that there is none."""
    if not items:
        return [ScorePart(_NONE)]
    told = []
    for row in items:
        if row["closed"] or row["overdue"] is True:
            words = _OVERDUE if not row["closed"] else _CLOSED_LATE if row["on_time"] is False else _IN_TIME
            said = words.fill(item=row["name"], due=row["due"] or "—", closed=row["closed_at"] or "—")
            told.append(ScorePart(said, record_of(graph, row, ActionItem.label)))
    given = [row["score"] for row in items if row["score"] is not None]
    if given:
        told.append(ScorePart(_POINTS.fill(n=len(given), points=sum(given))))
    return told


def _tell_meetings(came: list[FrameRow]) -> list[ScorePart]:
    absent = sum(row["presence"] == ABSENT for row in came)
    return [ScorePart(_MEETINGS.fill(came=len(came) - absent, absent=absent))] if came else []


def _tell_scores(graph: Graph, scores: list[FrameRow]) -> list[ScorePart]:
    """Return a sentence for each score of an assessment, the whole and its indicators, with the points lost and why."""
    return [ScorePart(_say_score(row), record_of(graph, row, Assessment.label)) for row in scores]


def _say_score(row: FrameRow) -> Said:
    of = row["indicator"] or row["scheme"]
    year = f"{row['period'].year} " if isinstance(row["period"], date) else ""
    points = "—" if row["score"] is None else f"{row['score']:g}"
    full = f"/{row['full_score']:g}" if row["full_score"] is not None else ""
    bonus = Said("，加 {b:g} 分", ", bonus {b:g}").fill(b=row["bonus"]) if row["bonus"] else Said("", "")
    why = Said("（{why}）", " ({why})").fill(why=row["deductions"]) if row["deductions"] else Said("", "")
    return Said("{year}{of}：{points}{full} 分{bonus}{why}", "{year}{of}: {points}{full} points{bonus}{why}").fill(
        year=year, of=of, points=points, full=full, bonus=bonus, why=why
    )
