"""移交办到哪一步，还有什么遗留问题？ How far are the handovers, and what is left open?

Batches of utilities, housing and retired members that enterprises hand over, as counts. What is not done comes first, then what has open
issues. Numbers of persons are exact for the department; others see them rounded down to fives, and none below five.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.schema.handing_over import FROM, TO, Handover
from graph.state_vocabulary import CANCELLED, DONE, OPEN, PLANNED, SUSPENDED, UNDER_WAY, UNKNOWN
from graph.states import said_handover_state
from graph.texts import NOTHING, Said
from queries.answers.answer import Answer
from queries.answers.catalogue import question
from queries.answers.contents import Drawing
from queries.answers.rows import Record, column
from queries.reading.area import InArea, is_within
from queries.reading.entities import open_entities, open_relations, record_of
from queries.reading.meeting_records import name_units
from queries.reading.period import Period, is_in
from queries.reading.scope import Scope
from queries.reading.units import find_unit

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Relation

Step = Literal["planned", "agreed", "under way", "suspended", "done", "cancelled", "unknown"]
AGREED = "agreed"
STEP_WORDS: dict[str, Said] = {
    PLANNED: Said("未启动", "not begun"),
    AGREED: Said("已签协议，未移交", "agreed, not handed over"),
    UNDER_WAY: Said("移交中", "under way"),
    SUSPENDED: Said("暂停", "suspended"),
    DONE: Said("已移交", "handed over"),
    CANCELLED: Said("已取消", "cancelled"),
    UNKNOWN: Said("进度不明", "not known"),
}
_NONE = r"^(?:无|没有|暂无|无遗留问题|无问题|已解决|—|-|/)?$"
COLUMNS = (
    "subject", "place", "households", "headcount", "party_members", "files", "assets", "agreed", "day", "progress", "open_issues",
)  # fmt: skip
_TOTAL = Said(
    "{subject}：共 {n} 批{told}；已移交 {done} 批{moved}，其余 {rest} 批{left}；有遗留问题 {issues} 批",
    "{subject}: {n} batches in all{told}; {done} handed over{moved}, {rest} left{left}; {issues} with open issues",
)


@dataclass(frozen=True)
class HandoverBatch:
    """A batch that one unit hands over to another, how far it is, and what is left open."""

    handover_id: str
    giver: str | None = column("移交单位", "hands over")
    taker: str | None = column("接收单位", "takes over")
    subject: str = column("移交项目", "what")
    place: str | None = column("小区", "compound")
    households: int | None = column("户数", "households")
    headcount: int | None = column("移交人数", "people")
    party_members: int | None = column("其中党员", "of them Party members")
    files: int | None = column("档案册数", "files", "detail")
    assets: str | None = column("拟移交资产", "assets", "detail")
    agreed: date | None = column("协议日期", "agreed", "detail")
    day: date | None = column("移交日期", "handed over on")
    step: Step = column("进度", "how far", words=STEP_WORDS)
    progress: str | None = column("登记进度", "progress as reported", "detail")
    open_issues: str | None = column("遗留问题", "open issues")
    records: list[Record] = column("出处", "records", "hidden")


@question(
    answers=(mechanisms.RETIREES, mechanisms.UTILITIES),
    phrases=Said(
        "移交；移交 进度；移交 遗留 问题；移交 没有 解决；退休 移交；三供一业；退休党员 移交 社区；"
        "离退休 社会化 移交；移交 多少；移交 接收 社区；还剩 没有 移交；移交 完成",
        "handover; handover progress; handovers left open",
    ),
)
def handovers(  # noqa: PLR0913 -- the arguments are what a user may ask for
    graph: Graph,
    scope: Scope,
    *,
    unit: Annotated[
        str | None, Said("只看这个单位移交或接收的", "only what this unit hands over or takes over")
    ] = None,
    area: InArea = None,
    subject: Annotated[str | None, Said("只看这类移交，如 离退休、供水", "only this kind of handover")] = None,
    period: Annotated[
        Period | None, Said("只看这段时间移交的，如 2026", "only what was handed over in this time")
    ] = None,
    unfinished: Annotated[bool, Said("只看未完成或有遗留问题的", "only what is not done, or has open issues")] = False,
) -> Answer[HandoverBatch]:
    """移交办到哪一步，还有什么遗留问题？ How far are the handovers, and what is left open? What is not done comes first."""
    rows = _read(graph).filter(is_within(graph, area, "giver_id") | is_within(graph, area, "taker_id"))
    if unit is not None:
        found = find_unit(graph, unit).id
        rows = rows.filter(pl.any_horizontal(pl.col("giver_id", "taker_id") == found).fill_null(False))
    if subject:
        rows = rows.filter(pl.col("subject").str.contains(subject, literal=True))
    rows = rows.filter(is_in(period, graph.as_of, "day"))
    finished = pl.col("step").is_in([DONE, CANCELLED])
    if unfinished:
        rows = rows.filter(~finished | pl.col("open_issues").is_not_null())
    rows = rows.sort(
        finished, pl.col("open_issues").is_null(), "subject", "giver", "taker", "place", "id", nulls_last=True
    )
    return Answer(
        [_row(graph, scope, row) for row in rows.iter_rows(named=True)],
        extra={"totals": list(_add_up(scope, rows))},
        **_draw(rows),
    )


def _read(graph: Graph) -> pl.DataFrame:
    """Return the handovers with both units and how far each is."""
    frame = open_entities(graph, Handover, *COLUMNS)
    for side, kind in (("giver", FROM), ("taker", TO)):
        frame = frame.join(_ends(graph, kind, side), on="id", how="left", maintain_order="left")
    today = pl.lit(graph.as_of or date.today())
    said = said_handover_state()
    step = (
        pl.when(said.is_in([DONE, CANCELLED, SUSPENDED, UNDER_WAY])).then(said)
        .when(pl.col("day") <= today).then(pl.lit(DONE))
        .when(pl.col("agreed") <= today).then(pl.lit(AGREED))
        .when(said.is_in([PLANNED, OPEN])).then(pl.lit(PLANNED))
        .otherwise(pl.lit(UNKNOWN))
    )  # fmt: skip
    is_none = pl.col("open_issues").str.strip_chars().str.contains(_NONE)
    return frame.with_columns(step=step, open_issues=pl.when(~is_none).then("open_issues"))


def _ends(graph: Graph, kind: Relation, side: str) -> pl.DataFrame:
    ties = open_relations(graph, kind).select(id="source", unit="target").join(name_units(graph), on="unit")
    first = ties.sort("id", "unit").unique("id", keep="first", maintain_order=True)
    return first.select(
        "id",
        pl.col("unit").alias(f"{side}_id"),
        pl.col("unit_name").alias(side),
        pl.col("label").alias(f"{side}_label"),
    )


def _row(graph: Graph, scope: Scope, row: FrameRow) -> HandoverBatch:
    headcount, members = (None if n is None else scope.count(n) for n in (row["headcount"], row["party_members"]))
    return HandoverBatch(
        handover_id=row["id"], giver=row["giver"], taker=row["taker"], subject=row["subject"], place=row["place"],
        households=row["households"], headcount=headcount, party_members=members, files=row["files"], assets=row["assets"],
        agreed=row["agreed"], day=row["day"], step=row["step"], progress=row["progress"], open_issues=row["open_issues"],
        records=[record_of(graph, row, Handover.label)],
    )  # fmt: skip


def _add_up(scope: Scope, rows: pl.DataFrame) -> list[Said]:
    """Return a sentence for each subject: batches, households and people of all, of those done, of those left; and open issues."""
    kept = rows.filter(pl.col("step") != CANCELLED)
    return [
        _say_total(scope, str(name), part)
        for (name,), part in kept.sort("subject").group_by("subject", maintain_order=True)
    ]


def _say_total(scope: Scope, subject: str, batches: pl.DataFrame) -> Said:
    done, left = batches.filter(pl.col("step") == DONE), batches.filter(pl.col("step") != DONE)
    told, moved, rest = (_say_numbers(scope, part) for part in (batches, done, left))
    return _TOTAL.fill(
        subject=subject, n=batches.height, told=told, done=done.height, moved=moved, rest=left.height, left=rest,
        issues=batches["open_issues"].count(),
    )  # fmt: skip


def _say_numbers(scope: Scope, batches: pl.DataFrame) -> Said:
    """Return the households and people of some batches in words, as the asker may see them; nothing where none are told."""
    words = (
        Said("{n} 户", "{n} households"),
        Said("{n} 人", "{n} people"),
        Said("其中党员 {n} 人", "of them {n} Party members"),
    )
    sums = [int(batches[name].sum()) for name in ("households", "headcount", "party_members")]
    shown = [sums[0], *(scope.count(number) for number in sums[1:])]
    told = [word.fill(n=n) for word, n in zip(words, shown, strict=True) if n]
    return Said("（" + "，".join(told) + "）", " (" + ", ".join(one.en for one in told) + ")") if told else NOTHING


def _draw(rows: pl.DataFrame) -> Drawing:
    units = {
        row[f"{side}_id"]: (row[f"{side}_label"], row[side])
        for row in rows.iter_rows(named=True)
        for side in ("giver", "taker")
        if row[side]
    }
    batches = {row["id"]: (Handover.label, row["subject"]) for row in rows.iter_rows(named=True)}
    return {
        "entities": [{"id": id, "label": label, "name": name} for id, (label, name) in (units | batches).items()],
        "relations": [
            {"source": row["id"], "target": row[f"{side}_id"], "type": kind.type}
            for row in rows.iter_rows(named=True)
            for side, kind in (("giver", FROM), ("taker", TO))
            if row[side]
        ],
    }
