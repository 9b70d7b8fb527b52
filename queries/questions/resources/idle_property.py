"""哪处闲置厂房楼宇合用？ Which idle plant, building or plot suits, and which condition do others miss only just?

What is let, in use or not yet to be had is only counted. A figure that no register gives is said to be missing, and the property stands
among those to ask about; one that falls short by at most 15 % in a single condition stands below, with what it misses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.schema.assets import IdleProperty
from graph.states import said_state
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.matching.from_place import km_from
from queries.pairing.specs.property_enterprise import TAKEN
from queries.questions.resources.property_conditions import SpaceWanted, make_conditions, show_figure
from queries.reading.area import InArea, OfUnit, is_of, is_within
from queries.reading.as_registered import as_registered
from queries.reading.conditions import FIT_WORDS, Condition, Fit, judge_conditions, tell_open
from queries.reading.entities import read_owned, record_of
from queries.reading.found_places import NOWHERE, find_place
from queries.reading.property_figures import add_figures
from queries.reading.scope import Scope
from queries.reading.unloaded import tell_unloaded

if TYPE_CHECKING:
    from graph.graph import Graph

COLUMNS = (
    "name", "kind", "address", "area_m2", "floor", "clear_height_m", "crane_t", "floor_load", "power_kva", "fire_class", "status",
    "tenure", "rent", "available_from", "industries", "conditions",
)  # fmt: skip
METRES, TONNES = Said("米", "m"), Said("吨", "t")


@dataclass(frozen=True)
class SuitableProperty:
    """Idle property that suits, or misses one condition only just, with the figures of its register."""

    property_id: str = column("载体标识", "property id", show="hidden")
    name: str = column("载体资源", "property")
    kind: str | None = column("类型", "kind")
    owner: str | None = column("权属", "owner")
    fit: Fit = column("结论", "verdict", words=FIT_WORDS)
    area_m2: float | None = column("建筑面积（㎡）", "floor area (m²)", digits=0)
    height: Said = column("层高", "clear height")
    crane: Said = column("行车", "crane")
    load: Said = column("承重", "floor load")
    power: Said = column("配电", "power")
    rent: Said = column("租金", "rent")
    industries: Said = column("入驻产业", "trades wanted")
    km: float | None = column("距离（公里）", "km", digits=1)
    text: Said = column("说明", "what to ask or what it misses")
    address: str | None = column("地址", "address", show="detail")
    conditions: str | None = column("入驻条件", "conditions", show="detail")
    records: list[Record] = column("出处", "records", show="hidden")


@question(
    answers=(mechanisms.IDLE_HANDBOOK,),
    phrases=Said(
        "闲置 厂房；空置 楼宇；厂房 行车；找 厂房；厂房 面积；厂房 层高；厂房 空着；仓库 出租；"
        "企业 还有 多少 厂房；写字楼 空着；房产 空置；空厂房 租；楼 能租",
        "idle plant; idle property; plant with a crane",
    ),
)
def idle_property(  # noqa: PLR0913 -- the arguments are what a user may ask for
    graph: Graph,
    scope: Scope,
    *,
    size: Annotated[float | None, Between(0), Said("至少多少平方米", "at least so many square metres")] = None,
    height: Annotated[
        float | None, Between(0), Said("层高至少多少米", "clear height of at least so many metres")
    ] = None,
    load: Annotated[
        float | None, Between(0), Said("每平方米至少承重多少吨", "a floor that bears so many tonnes a square metre")
    ] = None,
    power: Annotated[
        float | None, Between(0), Said("配电至少多少 kVA", "electric power of at least so many kVA")
    ] = None,
    crane: Annotated[float | None, Between(0), Said("行车至少多少吨", "a crane of at least so many tonnes")] = None,
    rent: Annotated[
        float | None, Between(0), Said("租金至多每月每平方米多少元", "rent of at most so many yuan a month and m²")
    ] = None,
    industry: Annotated[str | None, Said("拟入驻的行业，如 装备制造", "the trade that is to move in")] = None,
    kind: Annotated[str | None, Said("只看这一类，如 厂房、楼宇、仓库", "only this kind")] = None,
    by: Annotated[date | None, Said("哪天之前要能入驻", "the day by which it must be had")] = None,
    near: Annotated[str | None, Said("在哪个单位附近", "near which unit")] = None,
    unit: OfUnit = None,
    area: InArea = None,
    limit: Annotated[int, Between(1, 500), Said("最多几处", "at most so many")] = 50,
) -> Answer[SuitableProperty]:
    """哪处闲置厂房楼宇合用？ Which idle plant, building or plot suits? The best, nearest and smallest come first."""
    place = find_place(graph, near) if near else NOWHERE
    every = _read_property(graph, kind, area).filter(is_of(graph, unit, "owner_id"))
    idle = every.filter(~said_state(resource=True).is_in(TAKEN))
    conditions = make_conditions(SpaceWanted(size, height, load, power, crane, rent, industry, by), idle["industries"])
    found = judge_conditions(idle, conditions)
    found = found.with_columns(km_from(found, place.lon, place.lat))
    ranked = found.sort("fit_order", "km", "area_m2", "rent_m2", "id", nulls_last=True)
    rows = [_row(graph, row, conditions) for row in ranked.head(limit).iter_rows(named=True)]
    return Answer(
        rows,
        truncated=ranked.height > limit,
        extra=_tell_taken(every.height - idle.height)
        | _tell_far(idle.height - found.height)
        | tell_unloaded(graph, IdleProperty),
    )


def _tell_taken(taken: int) -> dict[str, Said]:
    if not taken:
        return {}
    return {
        "taken": Said(
            f"另有 {taken} 处已出租、在用或尚不可用，未列入", f"{taken} more are let, in use or not yet to be had"
        )
    }


def _tell_far(far: int) -> dict[str, Said]:
    if not far:
        return {}
    return {
        "far": Said(
            f"另有 {far} 处不止一项不符，或差得太多，未列入", f"{far} more fail in several conditions, or by far"
        )
    }


def _read_property(graph: Graph, kind: str | None, area: InArea) -> pl.DataFrame:
    rows = read_owned(graph, IdleProperty, *COLUMNS).filter(is_within(graph, area, "owner_id"))
    if kind:
        named = pl.concat_str("kind", "name", ignore_nulls=True)
        rows = rows.filter(named.str.contains(kind, literal=True))
    return add_figures(rows)


def _row(graph: Graph, row: FrameRow, conditions: Sequence[Condition]) -> SuitableProperty:
    trades = "、".join(row["industries"] or [])
    return SuitableProperty(
        property_id=row["id"], name=row["name"], kind=row["kind"], owner=row["owner"], fit=row["fit"], area_m2=row["area_m2"],
        height=show_figure(row["clear_height_m"], METRES), crane=show_figure(row["crane_t"], TONNES),
        load=as_registered(row["floor_load"]), power=show_figure(row["power_kva"], Said("kVA", "kVA")), rent=as_registered(row["rent"]),
        industries=as_registered(trades), km=row["km"], text=tell_open(row, conditions), address=row["address"],
        conditions=row["conditions"], records=[record_of(graph, row, IdleProperty.label)],
    )  # fmt: skip
