"""各项数字逐月走势如何？ Which way do the figures go? What took place in each month, and the figures of the overview in past snapshots.

What took place is read from the schema: every kind of thing that belongs to a heading and has a day on which it happened is counted by
that day. Numbers of people have no trend: how one changed could tell of somebody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.headings import Heading
from graph.past_snapshots import list_past, open_tables
from graph.people import find_people
from graph.schema.organizations import Subdistrict
from graph.storage_errors import SnapshotDamagedError
from graph.texts import Said
from graph.types import Date
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import column
from queries.reading.area import InArea, list_inside
from queries.reading.entities import open_entities
from queries.reading.noted_figures import WHOLE, key_of
from queries.reading.scope import Scope
from queries.reading.tallies import KEPT, Tally, read_tallies
from queries.reading.units_of import keep_within

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Entity, Property
    from graph.past_figures import PastFigures

BASES = {"month": Said("逐月发生", "in each month"), "snapshot": Said("各快照", "in each snapshot")}
_OTHER = Said("其他", "other")
_BY_DAY = ("day", "month")  # how exactly a day must be known to count in a month
# Days that say no event: the month that a row is about, and since when something has been there.
_NO_EVENT = frozenset({"month", "period", "since", "founded", "available_from"})
_SINCE = Said(
    "各快照的数字自 {day} 起有记录，较早的每月取当月最后一次",
    "figures of snapshots are on record since {day}; of earlier months the last of each",
)
_PART = Said("{kind}（{day}）", "{kind}, {day}")


@dataclass(frozen=True)
class Trend:
    """One line of a trend: what is counted, and how many there were in each month or snapshot, the oldest first."""

    card: int | None = column("编号", "card", "hidden")
    heading: Said = column("方面", "heading")
    name: Said = column("项目", "figure")
    basis: str = column("口径", "basis", words=BASES)
    points: Mapping[str, int] = column("各期", "numbers")
    latest: int = column("最近一期", "latest")
    change: int | None = column("较上一期", "change")


@question(
    answers=(mechanisms.PARTIES_AND_SHARES,),
    phrases=Said(
        "变化 趋势；逐月 变化；按月 走势；各月 数字；走势；趋势；活动 数量 走势；逐月 数量；每个月 变化 曲线；"
        "近一年 走势；一年来 趋势；逐季 走势",
        "trend; month by month; monthly figures",
    ),
)
def trends(
    graph: Graph,
    scope: Scope,
    *,
    area: InArea = None,
    months: Annotated[int, Between(2, 36), Said("最近几个月", "the last so many months")] = 12,
) -> Answer[Trend]:
    """各项数字逐月走势如何？ Which way do the figures go, month by month and from snapshot to snapshot?"""
    within = area.find(graph) if area else None
    units = list_inside(graph, within.id) if within else None
    # Of a community nothing was noted apart from its subdistrict.
    noted = [] if within and within.label != Subdistrict.label else _list_noted(graph, months)
    rows = [*_by_month(graph, units, months), *_by_snapshot(graph, units, noted, within.name if within else WHOLE)]
    rows.sort(key=lambda row: row.card or 99)
    told = {"since": {"text": _SINCE.fill(day=noted[0].day)}} if noted else {}
    return Answer(rows, extra={"as_of": graph.as_of or date.today(), **told})


def _by_month(graph: Graph, units: pl.Series | None, months: int) -> Iterator[Trend]:
    as_of = graph.as_of or date.today()
    first = as_of.replace(day=1)
    axis = pl.date_range(pl.lit(first).dt.offset_by(f"-{months - 1}mo"), pl.lit(first), "1mo", eager=True)
    for kind, days in _happening(graph):
        frame = open_entities(graph, kind, *(name for day in days for name in day.columns()))
        things = keep_within(graph, frame.with_columns(label=pl.lit(kind.label)), units)
        for day in days:
            known = things.filter(
                pl.col(f"{day.name}_precision").fill_null("day").is_in(_BY_DAY), pl.col(day.name) <= as_of
            )
            counts = dict(known.group_by(pl.col(day.name).dt.truncate("1mo")).len().iter_rows())
            points = {f"{month:%Y-%m}": int(counts.get(month, 0)) for month in axis}
            if any(points.values()):
                yield _trend(kind.heading, _name(kind, day, len(days)), "month", points)


def _happening(graph: Graph) -> Iterator[tuple[Entity, list[Property]]]:
    """Yield every kind of thing that takes place, with the days that say when; persons and groups of them are left out."""
    people, counts = find_people(graph.schema), graph.counts["entities"]
    for kind in graph.schema.entities:
        if kind.heading and counts.get(kind.label) and not (kind.is_unit or kind.computed or kind.label in people):
            yield kind, [p for p in kind.properties if p.type == Date() and p.name not in _NO_EVENT]


def _name(kind: Entity, day: Property, of: int) -> Said:
    said = Said(kind.zh, kind.en)
    return said if of == 1 else _PART.fill(kind=said, day=Said(day.zh, day.en))


def _by_snapshot(graph: Graph, units: pl.Series | None, noted: Sequence[PastFigures], area: str) -> Iterator[Trend]:
    """Yield the figures of the overview in past snapshots and in this one; nothing where there is only one."""
    found: dict[tuple[Heading | None, str], tuple[Tally, dict[str, int]]] = {}
    for one in _list_snapshots(graph):
        name = f"{one.as_of or ''} #{one.snapshot}".strip()
        for tally in read_tallies(one):
            if tally.things is not None and not tally.guarded:
                number = int(keep_within(one, tally.things, units)["number"].sum())
                found.setdefault(tally.key, (tally, {}))[1][name] = number
    for (heading, _), (tally, points) in found.items():
        before = {one.name: said.get(area, 0) for one in noted if (said := one.figures.get(key_of(tally))) is not None}
        if len(points) + len(before) > 1:
            yield _trend(heading, tally.name, "snapshot", before | points)


def _list_noted(graph: Graph, months: int) -> list[PastFigures]:
    """Return the noted figures of snapshots that are no longer kept: of each of the last months those of its last day."""
    if graph.history is None or not graph.snapshot.isdecimal():
        return []
    kept = [one.number for one in list_past(graph)[: KEPT - 1]]
    oldest = min([*kept, int(graph.snapshot)])
    by_month = {one.day[:7]: one for one in graph.history.figures() if one.snapshot < oldest}
    return [by_month[month] for month in sorted(by_month)][-months:]


def _list_snapshots(graph: Graph) -> Iterator[Graph]:
    """Yield the snapshots that are kept, the oldest first, and this one last."""
    for snapshot in reversed(list_past(graph)[: KEPT - 1]):
        try:
            past = open_tables(snapshot)
            read_tallies(past)
        except SnapshotDamagedError:  # deleted by a publish meanwhile
            continue
        yield past
    yield graph


def _trend(heading: Heading | None, name: Said, basis: str, points: Mapping[str, int]) -> Trend:
    *before, latest = points.values()
    change = latest - before[-1] if before else None
    return Trend(
        heading.number if heading else None, heading.name if heading else _OTHER, name, basis, points, latest, change
    )
