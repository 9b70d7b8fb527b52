"""这附近本月有哪些志愿服务招募，还缺多少人？ Which calls for volunteers are there near a community this month, with how many places left?

A call is an open need for volunteers. Places left are those wanted less those that the register counts as filled, or that units claimed,
whichever is more; where no register says how many are wanted, that is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.schema.resources import Need
from graph.texts import Said, join_said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.matching.from_place import km_from
from queries.pairing.alike_needs import tell_alike
from queries.pairing.serving import read_claimed, read_served
from queries.reading.area import InArea, is_within
from queries.reading.as_registered import as_registered
from queries.reading.entities import record_of
from queries.reading.found_places import NOWHERE, find_place
from queries.reading.months import find_in_month, month_ends
from queries.reading.period import Period
from queries.reading.scope import Scope
from queries.reading.topics import names_any
from queries.reading.unloaded import tell_unloaded
from queries.reading.weekdays import ON, Weekday, find_on

if TYPE_CHECKING:
    from graph.graph import Graph

CALLS = "志愿|招募|义工"


@dataclass(frozen=True)
class VolunteerCall:
    """A call for volunteers, where and when, and how many places are left."""

    need_id: str = column("需求标识", "need id", show="hidden")
    call: str = column("招募项目", "call")
    unit: str | None = column("发布单位", "issued by")
    category: str | None = column("服务类别", "category")
    time: Said = column("服务时间", "time")
    place: Said = column("地点", "place")
    wanted: int | None = column("招募人数", "wanted")
    left: int | None = column("还缺", "places left")
    km: float | None = column("距离（公里）", "km", digits=1)
    text: Said = column("说明", "what is known")
    requirements: str | None = column("条件要求", "requirements", show="detail")
    records: list[Record] = column("出处", "records", show="hidden")


@question(
    answers=(mechanisms.VOLUNTEERS,),
    phrases=Said(
        "志愿 招募；志愿者 缺；志愿服务 本月；志愿者 招人；志愿活动 要人；志愿 报名 名额；志愿 还缺 人；周末 志愿；"
        "志愿者 没招满；附近 志愿活动；志愿活动 缺人",
        "calls for volunteers; places left",
    ),
)
def volunteer_calls(  # noqa: PLR0913 -- the arguments are what a user may ask for
    graph: Graph,
    scope: Scope,
    near: Annotated[str | None, Said("在哪个社区附近", "near which community")] = None,
    *,
    month: Annotated[
        Period | None,
        Said("哪个月，如 2026-07，默认为数据所在的月份", "which month, such as 2026-07; that of the data by default"),
    ] = None,
    on: Annotated[Weekday | None, ON] = None,
    skill: Annotated[
        str | None,
        Said(
            "只看含这些字的服务，可写几种，如 理发、家电维修",
            "only services with these words; several may be given, parted by commas",
        ),
    ] = None,
    within: Annotated[float | None, Between(0), Said("多少公里之内", "within so many kilometres")] = None,
    area: InArea = None,
    limit: Annotated[int, Between(1, 500), Said("最多几项", "at most so many")] = 50,
) -> Answer[VolunteerCall]:
    """这附近本月有哪些志愿服务招募，还缺多少人？ Which calls for volunteers are there near by this month? The nearest come first."""
    place = find_place(graph, near) if near else NOWHERE
    day = month.resolve(graph.as_of).start if month else (graph.as_of or date.today())
    calls = _read_calls(graph, skill, day).filter(is_within(graph, area, "owner_id"))
    calls = calls.with_columns(km_from(calls, place.lon, place.lat), on=_find_on(calls, on, day))
    calls = calls.filter(pl.col("on").fill_null(True), *([pl.col("km") <= within] if within is not None else []))
    ranked = _count_left(graph, calls).sort(
        (pl.col("left") == 0).fill_null(False), pl.col("on").is_null(), "km", "deadline", "id", nulls_last=True
    )
    rows = [_row(graph, row) for row in ranked.head(limit).iter_rows(named=True)]
    said = Said(f"{day:%Y-%m} 可参加的招募", f"calls open in {day:%Y-%m}")
    return Answer(
        rows,
        truncated=ranked.height > limit,
        extra={"month": said} | tell_alike(graph, ranked["id"]) | tell_unloaded(graph, Need),
    )


def _read_calls(graph: Graph, skill: str | None, day: date) -> pl.DataFrame:
    """Return the calls that may be answered in the month of a day; `then` is null where their time names no month."""
    said = pl.concat_str("category", "title", separator=" ", ignore_nulls=True)
    is_call = said.str.contains(CALLS) | pl.col("time").is_not_null() | pl.col("filled").is_not_null()
    calls = read_served(graph).needs[0].filter(is_call, ~pl.col("is_product").fill_null(False))
    if skill:
        calls = calls.filter(names_any(said, skill))
    calls = calls.with_columns(then=find_in_month(calls["time"], day.year, day.month))
    ended = (pl.col("deadline") < month_ends(day.year, day.month)[0]).fill_null(False)
    return calls.filter(pl.col("then").fill_null(True), ~ended)


def _find_on(calls: pl.DataFrame, on: Weekday | None, day: date) -> pl.Series:
    """Return whether each call is on the days of the week asked for; null where its time names none."""
    return pl.Series([True]).new_from_index(0, calls.height) if on is None else find_on(calls["time"], on, day.year)


def _count_left(graph: Graph, calls: pl.DataFrame) -> pl.DataFrame:
    """Return calls with how many places are left: null where nobody wrote down how many are wanted."""
    claims = read_claimed(graph).select("claimers", id="need", claimed=pl.col("claimed").cast(pl.Float64))
    joined = calls.join(claims, on="id", how="left")
    taken = pl.max_horizontal(pl.col("filled").cast(pl.Float64).fill_null(0), pl.col("claimed").fill_null(0))
    left = (pl.col("quantity").cast(pl.Float64) - taken).clip(lower_bound=0)
    return joined.with_columns(left=left.cast(pl.Int64))


def _row(graph: Graph, row: FrameRow) -> VolunteerCall:
    return VolunteerCall(
        need_id=row["id"], call=row["title"], unit=row["owner"], category=row["category"], time=as_registered(row["time"]),
        place=as_registered(row["place"]), wanted=row["quantity"], left=row["left"], km=row["km"], text=_tell(row),
        requirements=row["requirements"], records=[record_of(graph, row, Need.label)],
    )  # fmt: skip


def _tell(row: FrameRow) -> Said:
    told = []
    if row["quantity"] is None:
        told.append(Said("未登记招募人数", "how many are wanted is not registered"))
    elif row["left"] == 0:
        told.append(Said("已招满", "full"))
    if row["claimers"]:
        told.append(Said(f"已认领：{row['claimers']}", f"claimed by {row['claimers']}"))
    if row["time"] and row["then"] is None:
        told.append(Said("服务时间未限定月份", "its time names no month"))
    if row["on"] is None:
        told.append(Said("服务时间未说明周几，需询问", "its time names no day of the week: ask"))
    if row["deadline"]:
        told.append(Said(f"{row['deadline']} 截止", f"until {row['deadline']}"))
    return join_said(told)
