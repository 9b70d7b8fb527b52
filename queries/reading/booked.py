"""What is on record for a resource on a day: entries of its log of use, and activities held there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from graph.documents import FrameRow
from graph.schema.cooperation import HELD_AT, LEADS, Activity
from graph.schema.resources import USED_BY, USES, ResourceUse
from graph.texts import Said, join_said
from graph.types.clock import Span
from graph.work_decisions import BOOKING
from queries.reading.clock_span import read_span
from queries.reading.entities import open_entities, open_relations, read_units

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Entity, Relation

WHOLE_DAY = Said("全天", "the whole day")
_BOOKED = {"id": pl.String, "bookings": pl.Object, "booked": pl.Object, "clash": pl.Boolean}
_COLUMNS = ("day", "time_from", "time_to", "purpose", "title")


def read_bookings(graph: Graph, day: date | None, span: Span | None) -> pl.DataFrame:
    """Return the resources with something on record on a day: id, bookings (rows), booked (in words), clash (null: at an unknown time).

    Without a day nothing is in the way; without a time, whatever is on that day may be.
    """
    rows = [] if day is None else _on(graph, day).rows(named=True)
    found: dict[str, list[FrameRow]] = {}
    for row in rows:
        found.setdefault(row["resource"], []).append(row)
    told = [(id, ones, join_said(map(_tell, ones)), _clashes(ones, span)) for id, ones in found.items()]
    return pl.DataFrame(told, schema=_BOOKED, orient="row")


def _on(graph: Graph, day: date) -> pl.DataFrame:
    uses = _held(graph, (ResourceUse, USES, "source"), (USED_BY, "source", "target"), day)
    held = _held(graph, (Activity, HELD_AT, "source"), (LEADS, "target", "source"), day)
    both = pl.concat(
        [uses, held.join(uses, on="resource", how="anti")]
    )  # an activity that the log has, too, is one use
    return both.sort("resource", "time_from", "id")


def _held(graph: Graph, what: tuple[Entity, Relation, str], who: tuple[Relation, str, str], day: date) -> pl.DataFrame:
    kind, at, _ = what
    relation, thing, unit = who
    names = read_units(graph).select(unit="id", user="name")
    by = (
        open_relations(graph, relation)
        .select(id=thing, unit=unit)
        .join(names, on="unit")
        .sort("user")
        .unique("id", keep="first")
    )
    places = open_relations(graph, at).select(id="source", resource="target")
    frame = open_entities(graph, kind, *(c for c in _COLUMNS if c in kind.columns())).filter(pl.col("day") == day)
    missing = [pl.lit(None, pl.String).alias(c) for c in _COLUMNS if c not in frame.columns]
    frame = frame.with_columns(missing).with_columns(label=pl.lit(kind.label), purpose=pl.coalesce("purpose", "title"))
    columns = ("id", "label", "resource", "time_from", "time_to", "purpose", "user", "load_id", "sheet", "row")
    return frame.join(places, on="id").join(by, on="id", how="left").select(columns)


def _tell(row: FrameRow) -> Said:
    when, who, what = _tell_when(row), row["user"] or "", row["purpose"] or ""
    zh = " ".join(filter(None, (str(when), who + (f"“{what}”" if what else ""))))
    en = " ".join(filter(None, (when.en, who, f"“{what}”" if what else "")))
    return Said(zh, en)


def _tell_when(row: FrameRow) -> Said:
    if _is_whole_day(row):
        return WHOLE_DAY
    when = "—".join(filter(None, (row["time_from"], row["time_to"])))
    return Said(when, when) if row["time_from"] else Said("时段未写明", "at an unknown time")


def _is_whole_day(row: FrameRow) -> bool:
    """Tell whether a use was booked without a time, which means the whole day; a log without one only does not say when."""
    return row["id"].startswith(BOOKING) and not row["time_from"]


def _clashes(rows: list[FrameRow], span: Span | None) -> bool | None:
    """Tell whether one of the uses lies in the time asked for; None where one is at an unknown time and none surely clashes."""
    unknown = False
    for row in rows:
        if _is_whole_day(row):
            return True
        if span is None or not (row["time_from"] and row["time_to"]):
            unknown = True
            continue
        start, end = read_span(row["time_from"], row["time_to"])
        if start < span[1] and span[0] < end:
            return True
    return None if unknown else False
