"""哪些场地坐得下、约得上？ Which venues hold so many people and can be had at that time?

Three verdicts: *fits* all that was asked, *to be asked about* where the register is silent on something, and *misses one condition* only
just (a few seats, an hour, one piece of equipment), with what it misses. What is closed or lent to nobody else is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.schema.resources import Venue
from graph.states import is_withdrawn
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.matching.from_place import km_from
from queries.questions.resources.venue_conditions import Wanted, make_conditions, tell_fee, tell_lead, tell_opening
from queries.reading.area import InArea, OfUnit, is_of, is_within
from queries.reading.booked import read_bookings
from queries.reading.clock_span import ClockSpan
from queries.reading.conditions import FIT_WORDS, Condition, Fit, judge_conditions, tell_open
from queries.reading.entities import read_owned, record_of
from queries.reading.found_places import NOWHERE, find_place
from queries.reading.scope import Scope
from queries.reading.unloaded import tell_unloaded
from queries.reading.withheld import is_withheld

if TYPE_CHECKING:
    from graph.graph import Graph

COLUMNS = (
    "name", "kind", "capacity", "equipment", "open_hours", "fee", "lead_days", "status", "address", "remark", "lon", "lat",
)  # fmt: skip


PARKING = "停车"  # its places are for cars: only who asks for such a venue gets one


@dataclass(frozen=True)
class FoundVenue:
    """A venue that suits, or misses one condition only just, with what an office must know before it books."""

    venue_id: str = column("场地标识", "venue id", show="hidden")
    venue: str = column("场地", "venue")
    owner: str | None = column("产权单位", "owner")
    fit: Fit = column("结论", "verdict", words=FIT_WORDS)
    capacity: int | None = column("可容纳人数", "holds")
    margin: int | None = column("余量（座）", "seats to spare")
    opening: Said = column("开放", "open")
    bookings: Said = column("当日已有安排", "booked that day")
    lead: Said = column("预约", "booking ahead")
    km: float | None = column("距离（公里）", "km", digits=1)
    fee: Said = column("收费", "fee")
    text: Said = column("说明", "what to ask or what it misses")
    address: str | None = column("地址", "address", show="detail")
    records: list[Record] = column("出处", "records", show="hidden")


@question(
    answers=(mechanisms.VENUES,),
    phrases=Said(
        "哪些场地 多少人；借 会议室；订 场地；找 场地；场地 坐得下；会议室 多少人；会议室 投影；人 开会；"
        "地方 排练；地方 活动；办 培训 教室；人 礼堂；借 地方 讲座；场地 能借；联欢会 放哪；教室 投影；"
        "坐得下 地方；场地 容纳 人；团建；彩排；比赛 场地",
        "venues for people; book a room; find a venue",
    ),
)
def venues_for(  # noqa: PLR0913 -- the arguments are what a user may ask for
    graph: Graph,
    scope: Scope,
    people: Annotated[
        int | None, Between(1, 100_000), Said("多少人；不填则不论大小", "how many people; without it, of any size")
    ] = None,
    *,
    day: Annotated[date | None, Said("哪一天，如 2026-07-11", "on which day, such as 2026-07-11")] = None,
    time: Annotated[
        ClockSpan | None, Said("什么时间，如 14:00-16:30 或 下午", "at what time, such as 14:00-16:30")
    ] = None,
    near: Annotated[str | None, Said("在哪个单位或场地附近", "near which unit or venue")] = None,
    within: Annotated[
        float | None,
        Between(0),
        Said("离那里多少公里之内，与 near 同用", "within so many kilometres of there, with near"),
    ] = None,
    equipment: Annotated[Sequence[str], Said("要有哪些设备，如 投影，音响", "with what equipment")] = (),
    free: Annotated[bool, Said("只要不收费的", "only free of charge")] = False,
    kind: Annotated[str | None, Said("只看这一类场地，如 会议室", "only venues of this kind")] = None,
    unit: OfUnit = None,
    area: InArea = None,
    as_of: Annotated[
        date | None, Said("从哪天起预约，默认为数据截至日", "from which day one books; the day of the data by default")
    ] = None,
    limit: Annotated[int, Between(1, 200), Said("最多几处", "at most so many")] = 20,
) -> Answer[FoundVenue]:
    """哪些场地坐得下、约得上？ Which venues hold so many people and can be had? Those that fit come first, the nearest before others."""
    place = find_place(graph, near) if near else NOWHERE
    today = as_of or graph.as_of or date.today()
    wanted = Wanted(people, day, time.span if time else None, tuple(equipment), today, free)
    venues = _read_venues(graph, kind, area).filter(is_of(graph, unit, "owner_id"))
    to_be_had = venues.filter(~(is_withdrawn("status") | is_withheld("remark", "open_hours", "fee")))
    booked = to_be_had.join(read_bookings(graph, day, wanted.span), on="id", how="left", maintain_order="left")
    conditions = make_conditions(wanted)
    found = judge_conditions(booked.with_columns(wanted.opening(booked["open_hours"])), conditions)
    found = found.with_columns(km_from(found, place.lon, place.lat))
    limited = within is not None and place.lon is not None
    unplaced = found["km"].null_count() if limited else 0
    found = found.filter(pl.col("km") <= within) if limited else found
    ranked = found.sort("fit_order", "km", "capacity", "id", nulls_last=True)
    rows = [_row(graph, row, wanted, conditions) for row in ranked.head(limit).iter_rows(named=True)]
    nowhere = place.lon is None and (place is not NOWHERE or within is not None)
    left_out = _left_out(venues.height - to_be_had.height, nowhere, unplaced)
    return Answer(rows, truncated=ranked.height > limit, extra=left_out | tell_unloaded(graph, Venue))


def _read_venues(graph: Graph, kind: str | None, area: InArea) -> pl.DataFrame:
    """Return the venues of a kind in an area with their owners, and the owner's position where they have none."""
    venues = read_owned(graph, Venue, *COLUMNS).filter(is_within(graph, area, "owner_id"))
    if kind is None:
        return venues.filter(~pl.col("kind").fill_null("").str.contains(PARKING, literal=True))
    named = pl.concat_str("kind", "name", ignore_nulls=True)
    return venues.filter(named.str.contains(kind, literal=True))


def _row(graph: Graph, row: FrameRow, wanted: Wanted, conditions: Sequence[Condition]) -> FoundVenue:
    seats = row["capacity"]
    return FoundVenue(
        venue_id=row["id"], venue=row["name"], owner=row["owner"], fit=row["fit"], capacity=seats,
        margin=None if seats is None or wanted.people is None else seats - wanted.people, opening=tell_opening(row, wanted),
        bookings=_tell_bookings(row, wanted), lead=tell_lead(row, wanted), km=row["km"], fee=tell_fee(row),
        text=tell_open(row, conditions), address=row["address"],
        records=[record_of(graph, row, Venue.label), *(record_of(graph, one) for one in row["bookings"] or [])],
    )  # fmt: skip


def _tell_bookings(row: FrameRow, wanted: Wanted) -> Said:
    if wanted.day is None:
        return Said("未指定日期", "no day given")
    return row["booked"] or Said("未见登记", "none on record")


def _left_out(shut: int, nowhere: bool, unplaced: int) -> dict[str, Said]:
    told = {}
    if shut:
        told["left_out"] = Said(
            f"另有 {shut} 处停用、已出租或不对外，未列入", f"{shut} more are closed, let or kept for their own"
        )
    if nowhere:
        told["unplaced"] = Said(
            "没有指明地点，或所说的地点没有登记位置，无法计算距离",
            "no place was named, or it has no position on record",
        )
    if unplaced:
        told["no_position"] = Said(
            f"另有 {unplaced} 处没有登记位置，远近不明，未列入", f"{unplaced} more have no position on record"
        )
    return told
