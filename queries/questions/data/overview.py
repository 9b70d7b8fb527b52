"""全区情况怎么样？ How do things stand in the district? Ten cards, one a heading: figures, their change, their share by subdistrict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from graph import mechanisms
from graph.past_snapshots import open_last
from graph.people import suppress
from graph.storage_errors import SnapshotDamagedError
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.catalogue import question
from queries.answers.rows import column
from queries.pairing.alike_needs import tell_alike
from queries.reading.area import InArea, list_units
from queries.reading.facts import read_needs
from queries.reading.scope import Scope
from queries.reading.tallies import Tally, read_tallies
from queries.reading.units_of import count_by_street, keep_within

if TYPE_CHECKING:
    from graph.graph import Graph

FIGURE = "figure"  # the question that lists the things behind a number
_NEEDS = Said("待办的需求中有", "open needs")
_OTHER = Said("其他", "other")


@dataclass(frozen=True)
class Figure:
    """One figure of a card: what it counts, of how many, how it changed since the last snapshot, and what each subdistrict has of it.

    `question` with `arguments` lists the things that were counted; `more` is the question that says more about them.
    """

    card: int | None = column("编号", "card", "hidden")
    heading: Said = column("方面", "heading")
    name: Said = column("项目", "figure")
    value: int | None = column("数量", "number")
    of: int | None = column("总数", "of")
    change: int | None = column("较上一快照", "change")
    note: str = column("说明", "note")
    areas: Mapping[str, int | None] = column("各街道", "by subdistrict", "detail")
    question: str = column("明细", "list behind it", "hidden")
    arguments: Mapping[str, str] = column("参数", "its arguments", "hidden")
    more: str = column("相关问题", "more about it", "hidden")


@question(
    answers=(mechanisms.PARTIES_AND_SHARES,),
    phrases=Said(
        "全区 总览；整体情况；总览；概况；全区 总体 情况；十项 工作 情况；工作 总体 进展；整体 概况 数字；十联 进展",
        "overview; how things stand; summary",
    ),
)
def overview(graph: Graph, scope: Scope, *, area: InArea = None) -> Answer[Figure]:
    """全区情况怎么样？ How do things stand in the district?

    十联各一张卡片；每个数字后面的清单用 figure 查看。
    A card for each of the ten headings; the list behind a number is asked for by `figure`.
    """
    units = list_units(graph, area) if area else None
    before, earlier = _read_last(graph, units)
    rows = [
        _figure(graph, scope, tally, units, earlier.get(tally.key))
        for tally in read_tallies(graph)
        if not (area and tally.last)
    ]
    as_of = graph.as_of or date.today()
    needs = read_needs(graph, as_of)
    mine = needs if units is None else needs.filter(pl.col("owner_id").is_in(units.implode()))
    return Answer(rows, extra={"as_of": as_of, "before": before} | tell_alike(graph, mine["id"], _NEEDS))


def _read_last(graph: Graph, units: pl.Series | None) -> tuple[str | None, dict[object, int]]:
    """Return the name of the snapshot before this one and the numbers of then; None and nothing where none is kept whole."""
    try:
        before = open_last(graph)
        if before is None:
            return None, {}
        things = {tally.key: tally.things for tally in read_tallies(before) if tally.things is not None}
        return before.snapshot, {key: _add_up(keep_within(before, found, units)) for key, found in things.items()}
    except SnapshotDamagedError:  # deleted by a publish meanwhile
        return None, {}


def _add_up(things: pl.DataFrame) -> int:
    return int(things["number"].sum())


def _figure(graph: Graph, scope: Scope, tally: Tally, units: pl.Series | None, earlier: int | None) -> Figure:
    heading = tally.heading
    value, change, areas = None, None, {}
    if tally.things is not None:
        things = keep_within(graph, tally.things, units)
        number = _add_up(things)
        is_exact = scope.sees_members or not tally.guarded
        value = number if is_exact else scope.count(number)
        # How a number of people changed could tell of one of them.
        change = number - earlier if is_exact and earlier is not None else None
        areas = _areas(graph, things, is_exact)
    return Figure(
        heading.number if heading else None, heading.name if heading else _OTHER, tally.name, value,
        None if units is not None or value is None else tally.of, change, tally.note,
        areas, "" if tally.guarded or tally.things is None else FIGURE, {"figure": str(tally.name)}, tally.question,
    )  # fmt: skip


def _areas(graph: Graph, things: pl.DataFrame, is_exact: bool) -> dict[str, int | None]:
    counts = count_by_street(graph, things)
    return {**counts} if is_exact else suppress(counts)
