"""Reads what is due: action items, agreements that expire, claims without a result, bookings, needs, assessments not made yet.

Each reader gives a frame of one form (`DUE`): what it is, whose, by which day, and what state it is in.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from graph.schema.claims import CLAIMED
from graph.schema.cooperation import Agreement
from graph.schema.governance import ActionItem, Assessment
from graph.schema.resources import OWNS, SEEKS, USED_BY, USES, Need, ResourceUse
from graph.state_vocabulary import CANCELLED, DONE
from graph.states import in_force, is_open, said_state
from graph.types.dates import last_day
from queries.reading.action_items import read_action_items, read_assigned
from queries.reading.agreements import read_signers
from queries.reading.assessments import read_assessments
from queries.reading.entities import open_entities, open_relations, read_resources
from queries.reading.facts import find_met
from queries.reading.period import Days

if TYPE_CHECKING:
    from graph.graph import Graph

DUE: dict[str, Any] = {
    "id": pl.String, "label": pl.String, "name": pl.String, "units": pl.List(pl.String), "day": pl.Date, "state": pl.String,
    "detail": pl.String, "load_id": pl.String, "sheet": pl.String, "row": pl.Int64,
}  # fmt: skip
CLAIM_DAYS = 30  # after which a claim without a result is due


def read_due(graph: Graph, days: Days) -> pl.DataFrame:
    """Return all that is due by the last of the days, overdue things too; what merely takes place, in these days only. By day."""
    readers = (_items, _agreements, _claims, _needs, _bookings, _assessments)
    return pl.concat([_shape(read(graph, days)) for read in readers]).sort(
        "day", "label", "name", "id", nulls_last=True
    )


def _shape(frame: pl.DataFrame) -> pl.DataFrame:
    missing = [pl.lit(None, kind).alias(name) for name, kind in DUE.items() if name not in frame.columns]
    return frame.with_columns(missing).select(pl.col(name).cast(kind) for name, kind in DUE.items())


def _gather(ties: pl.DataFrame, thing: str, unit: str) -> pl.DataFrame:
    """Return the units of each thing as a list: id, units."""
    rows = ties.select(pl.col(thing).alias("id"), pl.col(unit).alias("unit")).unique(maintain_order=True)
    return rows.group_by("id", maintain_order=True).agg(units="unit")


def _items(graph: Graph, days: Days) -> pl.DataFrame:
    items = read_action_items(graph, days.start).filter(
        ~pl.col("closed"), (pl.col("due") <= days.end) | pl.col("overdue").fill_null(False)
    )
    leading = _gather(read_assigned(graph).filter("leads"), "item", "unit")
    named = items.join(leading, left_on="item", right_on="id", how="left")
    state = pl.when(pl.col("overdue").fill_null(False)).then(pl.lit("overdue")).otherwise(pl.lit("due"))
    return named.with_columns(
        id="item", label=pl.lit(ActionItem.label), day="due", state=state, detail=pl.coalesce("number", "meeting")
    )


def _agreements(graph: Graph, days: Days) -> pl.DataFrame:
    frame = open_entities(graph, Agreement, "number", "title", "signed", "expires", "status")
    ending = frame.filter(in_force(days.start), days.hold("expires"))
    named = ending.join(_gather(read_signers(graph), "id", "unit"), on="id", how="left")
    name = pl.coalesce("title", "number", "id")
    detail = pl.when(name != pl.col("number")).then("number")
    return named.with_columns(
        label=pl.lit(Agreement.label), name=name, day="expires", state=pl.lit("expires"), detail=detail
    )


def _claims(graph: Graph, days: Days) -> pl.DataFrame:
    """Return claims of needs without a result whose need is due, or that were made long ago."""
    needs = open_entities(graph, Need, "title", "deadline").select(target="id", name="title", deadline="deadline")
    open_ = ~said_state().is_in([DONE, CANCELLED]) & pl.col("done").is_null() & pl.col("rating").is_null()
    claims = open_relations(graph, CLAIMED).filter(open_).join(needs, on="target")
    day = pl.coalesce("deadline", pl.col("at") + timedelta(days=CLAIM_DAYS))
    found = claims.with_columns(day=day).filter(pl.col("day") <= days.end)
    state = pl.when(pl.col("day") < days.start).then(pl.lit("overdue")).otherwise(pl.lit("due"))
    return found.with_columns(
        id="target", label=pl.lit(CLAIMED.type), units=pl.concat_list("source"), state=state, detail=pl.col("at").cast(pl.String)
    )  # fmt: skip


def _needs(graph: Graph, days: Days) -> pl.DataFrame:
    """Return needs that must be met in these days and that nobody claimed."""
    claimed = open_relations(graph, CLAIMED).filter(said_state() != CANCELLED)["target"]
    met = pl.Series([*find_met(graph), *claimed], dtype=pl.String).unique()
    frame = open_entities(graph, Need, "title", "status", "deadline").filter(
        is_open(days.start, ends="deadline"), days.hold("deadline"), ~pl.col("id").is_in(met.implode())
    )  # fmt: skip
    owners = open_relations(graph, SEEKS).filter(pl.col("target_label") == Need.label)
    named = frame.join(_gather(owners, "target", "source"), on="id", how="left")
    return named.with_columns(label=pl.lit(Need.label), name="title", day="deadline", state=pl.lit("unclaimed"))


def _bookings(graph: Graph, days: Days) -> pl.DataFrame:
    """Return uses of venues that lie in these days: of concern to who uses them, and to whose they are."""
    uses = open_entities(graph, ResourceUse, "day", "time_from", "time_to", "purpose", "called_off")
    uses = uses.filter(~pl.col("called_off").fill_null(False), days.hold("day"))
    at = open_relations(graph, USES).select(id="source", resource="target")
    owners = open_relations(graph, OWNS).select(resource="target", unit="source")
    users = open_relations(graph, USED_BY).select(id="source", unit="target")
    both = pl.concat([users, at.join(owners, on="resource").select("id", "unit")])
    rooms = read_resources(graph).select(resource="id", room="name")
    placed = uses.join(at.join(rooms, on="resource"), on="id").join(_gather(both, "id", "unit"), on="id", how="left")
    time = pl.concat_str("time_from", "time_to", separator="—")
    return placed.with_columns(
        label=pl.lit(ResourceUse.label), name="room", state=pl.lit("booked"),
        detail=pl.concat_str(time, "purpose", separator=" ", ignore_nulls=True),
    )  # fmt: skip


def _assessments(graph: Graph, days: Days) -> pl.DataFrame:
    """Return assessments whose period is over by the end of these days and that have no result yet."""
    result = pl.any_horizontal(pl.col("score", "stars", "grade", "assessed").is_not_null())
    whole = read_assessments(graph).filter(pl.col("indicator").is_null(), ~result, pl.col("period").is_not_null())
    found = whole.with_columns(day=last_day("period", "period_precision")).filter(pl.col("day") <= days.end)
    units = pl.when(pl.col("unit").is_not_null()).then(pl.concat_list("unit"))
    state = pl.when(pl.col("day") < days.start).then(pl.lit("overdue")).otherwise(pl.lit("due"))
    return found.with_columns(
        id="assessment", label=pl.lit(Assessment.label), units=units, state=state, detail="scheme"
    )


def first_day(graph: Graph, as_of: date | None) -> date:
    """Return the day from which things are due: the one asked for, else that of which the graph speaks."""
    return as_of or graph.as_of or date.today()
