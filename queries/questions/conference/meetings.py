"""联席会议开得怎样？ How did the meetings of the joint conference go?

A row for each unit: of the meetings that it could have come to, to how many it came, sat in, or was absent. A unit could have come where
the minutes name it, or where it belonged to the conference on that day. Meetings without any list of who came count for nobody. Below stand
what was discussed by theme, and which issues come up again without being settled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.schema.conference import ATTENDED
from graph.schema.governance import Meeting
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.contents import Drawing
from queries.answers.rows import Record, column
from queries.reading.area import InArea, is_within
from queries.reading.entities import group_rows, record_of
from queries.reading.issues import OPEN_STATES, read_issues
from queries.reading.meeting_records import (
    ABSENT,
    OBSERVED,
    belonged,
    find_conference,
    name_units,
    read_attendance,
    read_conference_members,
    read_discussed,
    read_meetings,
)
from queries.reading.period import LAST_YEAR, Period
from queries.reading.scope import Scope
from queries.reading.unloaded import tell_unloaded

if TYPE_CHECKING:
    from graph.graph import Graph

CAME, UNTOLD = "出席", "未记录"
PRESENCE_WORDS = {
    CAME: Said("出席", "attended"),
    OBSERVED: Said("列席", "sat in"),
    ABSENT: Said("缺席", "absent"),
    UNTOLD: Said("未记录", "not recorded"),
}
RECURS = 2  # meetings at which an issue was discussed, from which on it recurs


@dataclass(frozen=True)
class Attendance:
    """How often a unit came to the meetings that it could have come to."""

    unit_id: str
    unit: str = column("单位", "unit")
    role: str | None = column("成员身份", "role")
    held: int = column("应到会议", "meetings")
    attended: int = column("出席", "attended")
    observed: int = column("列席", "sat in")
    absent: int = column("缺席", "absent")
    untold: int = column("未记录", "not recorded")
    share: float | None = column("到会率", "share", share=True)
    meetings: list[Said] = column("逐次情况", "each meeting", "detail", most=None)
    records: list[Record] = column("出处", "records", "hidden")


@question(
    answers=(mechanisms.ATTENDANCE, mechanisms.MINUTES),
    phrases=Said(
        "会议 出席；会议 缺席；会议 没来；到会 情况；会议 次数；联席会 缺席；总是 缺席 会议；联席会 议了 什么；"
        "会议 参会率；开了 几次会；最近 会议 决定 什么；会议 纪要；上次 开会 谁没来",
        "meetings attended; who absent meetings; attendance",
    ),
)
def meetings(
    graph: Graph,
    scope: Scope,
    *,
    conference: Annotated[
        str | None, Said("只看这个联席会或分会", "only this joint conference or branch of it")
    ] = None,
    area: InArea = None,
    period: Annotated[
        Period, Said("看哪段时间，如 2026 或 2026Q2", "the time looked at, such as 2026 or 2026Q2")
    ] = LAST_YEAR,
    limit: Annotated[int, Between(1, 5000), Said("最多几个单位", "at most so many units")] = 200,
) -> Answer[Attendance]:
    """联席会议各单位到会情况如何，反复议而未决的有哪些？ Who came, and which issues recur unresolved? The most absent come first."""
    days = period.resolve(graph.as_of)
    known = read_meetings(graph, find_conference(graph, conference))
    held = known.filter(days.hold("day"))
    told = read_attendance(graph)
    listed = held.join(told.select("meeting").unique(), on="meeting", how="semi", maintain_order="left")
    every = _read_presence(graph, listed, told).filter(is_within(graph, area, "unit"))
    units = every["unit"].unique(maintain_order=True)
    presence = every.filter(pl.col("unit").is_in(units.head(limit).implode()))
    return Answer(
        [_row(graph, part) for part in group_rows(presence, "unit").values()],
        truncated=len(units) > limit,
        extra={
            "period": str(Period(days.start, days.end)),
            "meetings": held.height,
            **_tell_held(graph, held, listed, known),
            **_tell_issues(graph, held),
        },
        **_draw(presence, listed),
    )


def _read_presence(graph: Graph, listed: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each unit and meeting that it could have come to: presence, day, name, role, cell; the most absent units first."""
    members = read_conference_members(graph).select("unit", "conference", "role", "since", "until")
    nobodys = pl.col("conference").is_null()
    pairs = pl.concat(
        [
            members.join(listed.select("meeting", "day", "conference"), on="conference"),
            members.join(listed.filter(nobodys).select("meeting", "day"), how="cross").select(
                [*members.columns, "meeting", "day"]
            ),
        ],
        how="diagonal",
    ).filter(belonged("day"))
    asked = pl.concat(
        [pairs.select("unit", "meeting"), told.join(listed, on="meeting", how="semi").select("unit", "meeting")]
    )
    said = pl.col("presence").fill_null(pl.when(pl.col("row").is_null()).then(pl.lit(UNTOLD)).otherwise(pl.lit(CAME)))
    roles = members.sort("unit", "since", nulls_last=True).unique("unit", keep="last", maintain_order=True)
    rows = (
        asked.unique()
        .join(told, on=["unit", "meeting"], how="left")
        .join(listed.select("meeting", "name", "day"), on="meeting")
        .join(name_units(graph), on="unit")
        .join(roles.select("unit", "role"), on="unit", how="left")
        .with_columns(presence=said)
    )
    missed = pl.col("presence").is_in([ABSENT, UNTOLD]).mean().over("unit")
    return rows.sort(-missed, "unit_name", "unit", "day", "meeting")


def _row(graph: Graph, told: list[FrameRow]) -> Attendance:
    first, counts = told[0], Counter(row["presence"] for row in told)
    attended, observed, recorded = counts[CAME], counts[OBSERVED], len(told) - counts[UNTOLD]
    return Attendance(
        unit_id=first["unit"], unit=first["unit_name"], role=first["role"], held=len(told), attended=attended,
        observed=observed, absent=counts[ABSENT], untold=counts[UNTOLD],
        share=round((attended + observed) / recorded, 2) if recorded else None,
        meetings=[_say_meeting(row) for row in told],
        records=[record_of(graph, row, ATTENDED.type) for row in told if row["load_id"]],
    )  # fmt: skip


def _say_meeting(row: FrameRow) -> Said:
    words = PRESENCE_WORDS.get(row["presence"], Said(row["presence"], row["presence"]))
    return Said(f"{row['day']} {row['name']}：{words}", f"{row['day']} {row['name']}: {words.en}")


def _tell_held(graph: Graph, held: pl.DataFrame, listed: pl.DataFrame, known: pl.DataFrame) -> dict[str, object]:
    """Return how many meetings there were, or that nobody can know: no register of meetings was loaded."""
    unloaded = tell_unloaded(graph, Meeting)
    if unloaded:
        return {**unloaded}
    return {"summary": _summarize(held.height, listed.height, known["day"].null_count())}


def _summarize(held: int, listed: int, undated: int) -> list[Said]:
    told = [Said("期内会议 {n} 次", "{n} meetings in the period").fill(n=held)]
    if held > listed:
        told.append(
            Said("其中 {n} 次没有参会记录，未计入", "of {n} nobody recorded who came; they are not counted").fill(
                n=held - listed
            )
        )
    if undated:
        told.append(Said("另有 {n} 次会议没有日期，未计入", "{n} more have no day and are not counted").fill(n=undated))
    return told


def _tell_issues(graph: Graph, held: pl.DataFrame) -> dict[str, list[Said]]:
    """Return what the meetings discussed: sentences by theme, and one for each issue that recurs and is not settled."""
    discussed = read_discussed(graph)
    issues = read_issues(graph).join(discussed.join(held, on="meeting", how="semi"), on="item", how="semi")
    themes = (
        issues.with_columns(theme=pl.col("category").fill_null("未分类"))
        .group_by("theme").agg(pl.len(), pl.col("name").sort().head(3))
        .sort("len", "theme", descending=[True, False])
    )  # fmt: skip
    recurring = issues.filter(pl.col("times") >= RECURS, pl.col("state").is_in(OPEN_STATES))
    return {
        "themes": [_say_theme(*row) for row in themes.iter_rows()],
        "recurring": list(_say_recurring(recurring, discussed)),
    }


def _say_theme(theme: str, number: int, names: list[str]) -> Said:
    more = Said("等", " and others") if number > len(names) else Said("", "")
    return Said("议题类别“{theme}”：{n} 项（{names}{more}）", "theme “{theme}”: {n} issues ({names}{more})").fill(
        theme=theme, n=number, names="、".join(names), more=more
    )


def _say_recurring(recurring: pl.DataFrame, discussed: pl.DataFrame) -> Iterator[Said]:
    days = (
        discussed.drop_nulls("day")
        .group_by("item", maintain_order=True)
        .agg(days=pl.col("day").dt.to_string().str.join("、"))
    )
    told = recurring.join(days, on="item", how="left").sort("times", "name", descending=[True, False])
    for row in told.iter_rows(named=True):
        yield Said(
            "反复上会未解决：“{name}”上会 {times} 次（{days}），{state}",
            "recurs unresolved: “{name}” was discussed {times} times ({days}); {state}",
        ).fill(name=row["name"], times=row["times"], days=row["days"] or "", state=OPEN_STATES[row["state"]])


def _draw(presence: pl.DataFrame, listed: pl.DataFrame) -> Drawing:
    came = presence.filter(~pl.col("presence").is_in([UNTOLD]))
    units = {row["unit"]: (row["label"], row["unit_name"]) for row in came.iter_rows(named=True)}
    shown = {row["meeting"]: (Meeting.label, row["name"]) for row in listed.iter_rows(named=True)}
    return {
        "entities": [{"id": id, "label": label, "name": name} for id, (label, name) in (units | shown).items()],
        "relations": [
            {"source": row["unit"], "target": row["meeting"], "type": ATTENDED.type}
            for row in came.iter_rows(named=True)
        ],
    }
