"""我们支部可以去哪个教育基地？ Which bases suit our theme, group and month, where have we not been yet, with which lecture?

Bases where the unit, or its Party organization, held an activity or is in the log of visits are left out and counted. A base that the
group is a little too large for, or whose theme is near the one asked for, stands below with what it misses.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.schema.resources import RedBase
from graph.states import is_withdrawn
from graph.texts import NOTHING, Said, join_said
from graph.types.open_at import opens_at, tell_hours
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.matching.from_place import km_from
from queries.questions.resources.ways_there import tell_ways
from queries.reading.area import InArea, is_within
from queries.reading.as_registered import as_registered, tell_ahead
from queries.reading.conditions import FIT_WORDS, Condition, Fit, judge_conditions, tell_open
from queries.reading.courses_given import read_courses_at
from queries.reading.entities import read_owned, record_of
from queries.reading.found_places import NOWHERE, find_place
from queries.reading.period import Period
from queries.reading.scope import Scope
from queries.reading.topics import about, nearly_about
from queries.reading.units import find_unit
from queries.reading.unloaded import tell_unloaded
from queries.reading.visits_paid import read_visits_paid

if TYPE_CHECKING:
    from graph.graph import Graph

COLUMNS = (
    "name", "kind", "level", "theme", "group_capacity", "open_hours", "guide", "programmes", "figures", "lead_days", "status",
    "address", "lon", "lat",
)  # fmt: skip
THEMES = ("theme", "name", "kind", "all_figures", "all_programmes", "courses")
TELLING = ("theme", "all_figures", "all_programmes", "courses")  # what a register says of themes; a name may be silent
NEARLY = 0.75  # of the places for a group: so many are few too few


@dataclass(frozen=True)
class BaseVisit:
    """A base that suits, or misses one condition only just, with what can be done there."""

    base_id: str = column("基地标识", "base id", show="hidden")
    base: str = column("基地", "base")
    fit: Fit = column("结论", "verdict", words=FIT_WORDS)
    theme: Said = column("主题", "theme")
    capacity: int | None = column("单批承载（人）", "people per group")
    opening: Said = column("开放", "open")
    lead: Said = column("预约", "booking ahead")
    menu: Said = column("可选课程·项目", "courses and programmes")
    guide: Said = column("讲解", "guide")
    km: float | None = column("距离（公里）", "km", digits=1, show="detail")
    way: Said = column("距离·路线", "distance and way")
    last_visit: Said = column("上次前往", "last visit")
    text: Said = column("说明", "what to ask or what it misses")
    level: str | None = column("级别", "level", show="detail")
    owner: str | None = column("所属单位", "owner", show="detail")
    address: str | None = column("地址", "address", show="detail")
    records: list[Record] = column("出处", "records", show="hidden")


@question(
    answers=(
        mechanisms.RED_BASES,
        mechanisms.LIFE_MENU,
    ),
    phrases=Said(
        "教育基地 去；主题党日 去哪；没去过 基地；红色基地 去过；支部 去 教育基地；基地 今年 没去过；党日 去哪；"
        "红色教育 基地 人；基地 接待；革命 旧址",
        "bases to visit; where to go; bases not visited",
    ),
)
def base_visits(  # noqa: PLR0913 -- the arguments are what a user may ask for
    graph: Graph,
    scope: Scope,
    unit: Annotated[str | None, Said("哪个单位或党组织要去", "which unit or Party organization is to go")] = None,
    *,
    theme: Annotated[str | None, Said("什么主题，如 劳模精神", "on which theme")] = None,
    people: Annotated[int | None, Between(1, 10_000), Said("一批多少人", "how many people in the group")] = None,
    month: Annotated[Period | None, Said("哪个月，如 2026-07", "in which month, such as 2026-07")] = None,
    near: Annotated[str | None, Said("在哪里附近，默认为该单位", "near what; the unit by default")] = None,
    visited: Annotated[bool, Said("去过的也列出", "also bases visited before")] = False,
    area: InArea = None,
    limit: Annotated[int, Between(1, 200), Said("最多几处", "at most so many")] = 30,
) -> Answer[BaseVisit]:
    """我们支部可以去哪个教育基地？ Which bases suit our theme, group and month, where have we not been yet? The nearest come first."""
    goes = find_unit(graph, unit).id if unit else None
    place = find_place(graph, near or unit or "") if near or unit else NOWHERE
    bases = _read_bases(graph, goes, month, graph.as_of).filter(is_within(graph, area, "owner_id"))
    new = bases if visited else bases.filter(pl.col("visited").is_null())
    conditions = _make_conditions(theme, people, month)
    found = judge_conditions(new, conditions)
    found = found.with_columns(km_from(found, place.lon, place.lat))
    ranked = found.sort("fit_order", pl.col("visited").is_not_null(), "km", "name", "id", nulls_last=True)
    shown = ranked.head(limit).to_dicts()
    ways = tell_ways(shown, place)
    rows = [_row(graph, row, way, conditions, goes is not None) for row, way in zip(shown, ways, strict=True)]
    return Answer(
        rows, truncated=ranked.height > limit, extra=_tell_visited(bases, new) | tell_unloaded(graph, RedBase)
    )


def _read_bases(graph: Graph, goes: str | None, month: Period | None, as_of: date | None) -> pl.DataFrame:
    """Return the bases that can be had, with their menus, the unit's last visit, and on how many days of the month they are open."""
    bases = read_owned(graph, RedBase, *COLUMNS).filter(~is_withdrawn("status"))
    length = pl.format("{}（{}分钟）", "name", pl.col("minutes").round(0).cast(pl.Int64))
    named = pl.when(pl.col("minutes").is_null()).then("name").otherwise(length)
    about_it = pl.concat_str("name", "topic", separator=" ", ignore_nulls=True)
    listed = read_courses_at(graph).group_by(id="base_id", maintain_order=True)
    menu = listed.agg(menu=named.str.join("、"), courses=about_it.str.join(" "))
    lists = (pl.col(name).list.join("、").alias(f"all_{name}") for name in ("figures", "programmes"))
    joined = (
        bases.with_columns(lists).join(menu, on="id", how="left").join(_read_visits(graph, goes), on="id", how="left")
    )
    return joined.with_columns(_count_open_days(joined["open_hours"], month, as_of))


def _read_visits(graph: Graph, goes: str | None) -> pl.DataFrame:
    """Return the bases where a unit or its Party organizations have been, and when last: id, visited."""
    return read_visits_paid(graph).filter(pl.lit(goes is not None), pl.col("unit") == (goes or "")).drop("unit")


def _count_open_days(hours: pl.Series, month: Period | None, as_of: date | None) -> pl.Series:
    """Return on how many days of the month each base is open; null where no month is asked or its hours are not known."""
    if month is None:
        return pl.Series("open_days", [None] * hours.len(), dtype=pl.Int64)
    first = month.resolve(as_of).start
    days = [date(first.year, first.month, n) for n in range(1, calendar.monthrange(first.year, first.month)[1] + 1)]
    told = {text: sum(bool(opens_at(text, day)) for day in days) for text in hours.drop_nulls().unique()}
    return pl.Series("open_days", [told.get(text) if text else None for text in hours], dtype=pl.Int64)


def _make_conditions(theme: str | None, people: int | None, month: Period | None) -> list[Condition]:
    found = []
    if theme:
        found.append(
            Condition(about(THEMES, theme, TELLING), lambda row: _tell_theme(row, theme), nearly_about(THEMES, theme))
        )
    if people:
        places = pl.col("group_capacity")
        found.append(Condition(places >= people, lambda row: _tell_places(row, people), places >= NEARLY * people))
    if month:
        found.append(Condition(pl.col("open_days") > 0, _tell_closed, pl.lit(False)))
    return found


def _tell_theme(row: FrameRow, theme: str) -> Said:
    here = row["theme"] or row["kind"]
    if here is None:
        return Said("未登记主题", "theme not registered")
    return Said(f"主题为“{here}”，与“{theme}”相近", f"its theme is “{here}”, near “{theme}”")


def _tell_places(row: FrameRow, people: int) -> Said:
    here = row["group_capacity"]
    if here is None:
        return Said("未登记单批承载人数", "people per group not registered")
    return Said(
        f"单批 {here} 人，需分批或减少 {people - here} 人",
        f"{here} people per group: {people - here} too many, or in turns",
    )


def _tell_closed(row: FrameRow) -> Said:
    return (
        Said("未登记开放时间", "opening hours not registered")
        if row["open_hours"] is None
        else Said("当月不开放", "closed that month")
    )


def _row(graph: Graph, row: FrameRow, way: Said, conditions: Sequence[Condition], asked: bool) -> BaseVisit:
    menu = "；".join(filter(None, (row["menu"], row["all_programmes"])))
    return BaseVisit(
        base_id=row["id"], base=row["name"], fit=row["fit"], theme=as_registered(row["theme"]),
        capacity=row["group_capacity"], opening=_tell_opening(row), lead=tell_ahead(row["lead_days"]),
        menu=as_registered(menu), guide=as_registered(row["guide"]), km=row["km"], way=way, last_visit=_tell_last(row, asked),
        text=tell_open(row, conditions), level=row["level"], owner=row["owner"], address=row["address"],
        records=[record_of(graph, row, RedBase.label)],
    )  # fmt: skip


def _tell_opening(row: FrameRow) -> Said:
    if row["open_hours"] is None:
        return as_registered(None)
    hours = tell_hours(row["open_hours"])
    if row["open_days"] is None:
        return hours
    days = row["open_days"]
    return join_said([Said(f"当月开放 {days} 天", f"open on {days} days that month"), hours])


def _tell_last(row: FrameRow, asked: bool) -> Said:
    if not asked:
        return NOTHING
    if row["visited"] is None:
        return Said("未见前往记录", "no visit on record")
    if row["visited"] == date.min:
        return Said("去过，日期未登记", "visited, day not registered")
    return Said(f"{row['visited']}", f"{row['visited']}")


def _tell_visited(bases: pl.DataFrame, new: pl.DataFrame) -> dict[str, Said]:
    left_out = bases.join(new, on="id", how="anti").sort("name")
    if left_out.is_empty():
        return {}
    names = "、".join(left_out["name"])
    return {
        "visited": Said(
            f"已去过 {left_out.height} 处，未列入：{names}", f"visited before and left out: {left_out.height} ({names})"
        )
    }
