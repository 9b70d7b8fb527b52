"""党员按支部、类别、特长、街道各有多少？ How many members are there by branch, category, skill, or district, and how many were there?

Numbers only, the same for every role: rounded down to fives, groups of fewer than five withheld, and with them what would give them away by
subtraction. Where an area is given, members who live there are counted. Two days are counted by the same rule, so they compare.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import polars as pl

from graph import mechanisms
from graph.people import round_down
from graph.schema.organizations import Subdistrict
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.reading.area import AreaName, InArea
from queries.reading.cohorts import count_levels
from queries.reading.member_groups import find_first_list, list_member_files, name_areas, read_grouped
from queries.reading.scope import Scope
from queries.reading.units import UnitRef

if TYPE_CHECKING:
    from graph.graph import Graph

Grouping = Literal["category", "stage", "branch", "unit", "skill", "subdistrict", "community"]
_LEVELS = ("street", "community")
_AREAS = {"subdistrict": 1, "community": 2}  # groupings that are areas themselves, and at which level
RULE = Said(
    "人数按五人一档向下取整；不足五人的组别，以及会使其被推算出的组别，不列出",
    "numbers are rounded down to fives; groups of fewer than five, and those that would give them away, are left out",
)
_TOTAL = Said("党员合计约 {n} 人（一人可在几个组别）", "about {n} members in all; one may be in several groups")
_TOO_EARLY = Said(
    "最早的党员名册为 {first}，无法与 {day} 比较",
    "the first list of members is of {first}: nothing to compare on {day}",
)
_WHAT = {"branch": Said("党支部", "branch"), "unit": Said("工作单位", "employer"), "skill": Said("特长", "skills")}
_NOT_TOLD = Said(
    "名册没有写明党员的{what}，无法按此分组", "no list tells the {what} of any member: they cannot be grouped by it"
)
_UNSKILLED = Said(
    "未登记特长的党员约 {n} 人，未列入任何组别", "about {n} members have no skill on record and are in no group"
)
_HOMES = Said(
    "该区域按居住地统计；居住地不详的党员未计入",
    "members are counted where they live; those of whom it is not known are left out",
)


@dataclass(frozen=True)
class MemberFigure:
    """How many members a group has, and had on another day, as anybody may see it."""

    group: str = column("组别", "group")
    members: int = column("党员数（约）", "members (about)")
    before: int | None = column("对比日党员数（约）", "members then (about)", "detail")
    change: Said | None = column("变化", "change")
    records: list[Record] = column("出处", "records", "hidden")


@question(
    answers=(mechanisms.MEMBER_STATISTICS, mechanisms.MEMBER_FILES, mechanisms.RETIREE_BRANCHES),
    phrases=Said(
        "党员 统计；党员 多少人；党员 类别 各多少；党员 支部 人数；党员 特长 各多少；党员 年龄 结构；党员 人数；"
        "党员 多少；党员 特长 人数；预备党员；党员 结构；党员 多了 少了",
        "members statistics; how many members by; number of members",
    ),
)
def member_statistics(
    graph: Graph,
    scope: Scope,
    *,
    by: Annotated[
        Grouping, Said("按什么分组：类别、类型、支部、单位、特长、街道、社区", "by what members are grouped")
    ] = "category",
    area: InArea = None,
    as_of: Annotated[date | None, Said("统计到哪一天，如 2026-06-30", "as of which day, such as 2026-06-30")] = None,
    compare: Annotated[
        date | None, Said("与哪一天比较，如 2025-12-31", "the day to compare with, such as 2025-12-31")
    ] = None,
) -> Answer[MemberFigure]:
    """党员按支部、类别、特长、街道各有多少？ How many members are there by branch, category, skill or district? Largest first."""
    day = as_of or graph.as_of or date.today()
    now, first = _count(graph, by, area, day), find_first_list(graph)
    compared = compare is not None and first is not None and first <= compare
    if compare is not None and compared:
        before = _count(graph, by, area, compare).rename({"members": "before"})
        now = now.join(before, on="group", how="full", coalesce=True)
    else:
        now = now.with_columns(before=pl.lit(None, pl.Int64))
    shown = now.filter(pl.col("members").is_not_null()).sort("members", "group", descending=[True, False])
    records = list_member_files(graph)
    total = _total(graph, area, day)
    remarks = [*([_TOTAL.fill(n=total)] if total else []), RULE, *([_HOMES] if area or by in _AREAS else [])]
    if by in _WHAT and total and read_grouped(graph, by, day).is_empty():
        remarks.append(_NOT_TOLD.fill(what=_WHAT[by]))
    if by == "skill" and not area and (blank := _count_unskilled(graph, day)):
        remarks.append(_UNSKILLED.fill(n=blank))
    if compare is not None and not compared:
        remarks.append(_TOO_EARLY.fill(first=first or "—", day=compare))
    return Answer(
        [
            MemberFigure(group, members, before, _say_change(members, before, compare if compared else None), records)
            for group, members, before in shown.select("group", "members", "before").iter_rows()
        ],
        extra={"as_of": day, "remarks": remarks},
    )


def _count_unskilled(graph: Graph, day: date) -> int | None:
    """Return how many members have no skill on record, rounded down; None for fewer than five."""
    skilled = read_grouped(graph, "skill", day).select("person")
    return round_down(
        read_grouped(graph, "subdistrict", day).join(skilled, on="person", how="anti")["person"].n_unique()
    )


def _count(graph: Graph, by: str, area: AreaName | None, day: date) -> pl.DataFrame:
    """Return the numbers of the groups that may be shown: group, members."""
    people, within = read_grouped(graph, by, day), area.find(graph) if area else None
    if by in _AREAS:
        own = _LEVELS[_AREAS[by] - 1]
        found = count_levels(people, "group", _LEVELS[: _AREAS[by]])[-1]
        if within is not None:
            found = found.filter(
                pl.any_horizontal(pl.col(level) == within.id for level in _LEVELS if level in found.columns)
            )
        found = found.drop("group").join(name_areas(graph), left_on=own, right_on="area").rename({"name": "group"})
    else:
        found = _narrow(people, within)
    return found.drop_nulls("members").select("group", "members").sort("group")


def _narrow(people: pl.DataFrame, within: UnitRef | None) -> pl.DataFrame:
    """Return the numbers of groups of people in an area, or in all."""
    if within is None:
        return count_levels(people, "group", ())[0]
    depth = 1 if within.label == Subdistrict.label else 2
    return count_levels(people, "group", _LEVELS[:depth])[depth].filter(pl.col(_LEVELS[depth - 1]) == within.id)


def _total(graph: Graph, area: AreaName | None, day: date) -> int | None:
    """Return the number of all members, or of those who live in an area, as anybody may see it."""
    found = _narrow(read_grouped(graph, "subdistrict", day), area.find(graph) if area else None)
    return found["members"][0] if found.height else None


def _say_change(members: int, before: int | None, day: date | None) -> Said | None:
    if day is None:
        return None
    if before is None:
        return Said("{day} 不足五人或不显示", "fewer than five on {day}, or withheld").fill(day=day)
    change = Said("持平（同一档）", "about the same")
    if members != before:
        change = Said(
            f"约{'增加' if members > before else '减少'} {abs(members - before)}", f"about {members - before:+d}"
        )
    return Said("{day} 约 {before} 人，{change}", "about {before} on {day}; {change}").fill(
        day=day, before=before, change=change
    )
