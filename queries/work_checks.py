"""Checks the decisions of working life against the graph: a venue that is taken, a need that is met, an agreement that has ended.

Each returns the decision with ids in place of names, and what it is about; what is impossible is refused with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from graph.decisions import BookVenue, Claim, Close, Decision, Distinct, Duplicate, Renew
from graph.errors import ArgumentError
from graph.schema.claims import CLAIMED
from graph.schema.cooperation import Agreement
from graph.schema.governance import ActionItem
from graph.schema.resources import SEEKS, USES, Need
from graph.state_vocabulary import CANCELLED, DONE, PLANNED
from graph.states import find_state, is_closed, is_over, is_withdrawn, said_state
from graph.texts import Said
from graph.types.clock import Span
from graph.types.open_at import opens_at, tell_hours
from queries.reading.booked import WHOLE_DAY, read_bookings
from queries.reading.clock_span import read_span
from queries.reading.entities import open_entities, open_relations
from queries.reading.named_things import find_thing
from queries.reading.units import UnitRef, find_unit

if TYPE_CHECKING:
    from graph.graph import Graph

About = Mapping[str, UnitRef]
WORK = (BookVenue, Claim, Close, Renew, Duplicate, Distinct)
WISH = "微心愿"  # the category of needs that one unit alone meets
WEEKDAYS = tuple(
    map(Said, "一二三四五六日", ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"))
)
_PAST = Said(
    "已过（数据截至 {day}）；已发生的使用请登记在使用台账",
    "is past (the data are of {day}); enter it in the log of use",
)
_WITHDRAWN = Said("登记状态为“{status}”，不能预订", "is registered as “{status}” and cannot be booked")
_SHUT = Said("周{weekday}这时不开放，开放时间为：{hours}", "is not open then, a {weekday}; it is open: {hours}")
_SEATS = Said("只能容纳 {seats} 人", "it holds {seats} people")
_TAKEN = Said("当天已有安排：{told}", "is taken on that day: {told}")
_BOOKED = Said("已被预订：{at}（决定 {number}）", "is booked: {at} (decision {number})")
_OVER = Said("已经结束（{state}），不能再认领", "is over ({state}) and cannot be claimed")
_OWN = Said("这是本单位自己提出的需求", "it is the unit's own need")
_CLAIMED_BY_IT = Said("本单位已经认领", "the unit has claimed it already")
_CLAIMED_BY = Said("已由{units}认领", "is claimed by {units}")
_CLOSED = Said("已经办结（{state}）", "is closed already ({state})")
_NOT_YET = Said("还没有到", "is yet to come")
_ENDED = Said("协议{status}，应另签新协议", "was ended ({status}): sign a new one")
_UNSIGNED = Said("协议尚未签订", "is not signed yet")
_ITSELF = Said("与前一项是同一项需求", "is the very need that was named before it")
_NOT_LATER = Said("不晚于 {day}，协议现已到那一天", "is no later than {day}, until which it lasts now")


def check_work(graph: Graph, decision: Decision, standing: Iterable[Decision]) -> tuple[Decision, About]:
    """Return a decision of working life with ids in place of names, and what it is about; refused where the graph rules it out."""
    about = {name: find_unit(graph, text) for name, text in decision.units.items()}
    about |= {name: find_thing(graph, text, _KINDS[type(decision)]) for name, text in decision.things.items()}
    found: Any = decision.with_texts({name: one.id for name, one in about.items()})
    if isinstance(found, BookVenue):
        _check_booking(graph, found, about["venue"], [one for one in standing if isinstance(one, BookVenue)])
    elif isinstance(found, Claim):
        _check_claim(graph, found, about)
    elif isinstance(found, Close):
        _check_closing(graph, found, about["item"])
    elif isinstance(found, Renew):
        _check_renewal(graph, found, about["agreement"])
    elif isinstance(found, (Duplicate, Distinct)) and found.need == found.other:
        raise _refuse("other", decision.things["other"], _ITSELF)
    order = [*decision.units, *decision.things]
    return found, {name: about[name] for name in order}


_KINDS: Mapping[type[Decision], Any] = {
    BookVenue: USES.target, Claim: CLAIMED.target, Close: (ActionItem, Need), Renew: (Agreement,), Duplicate: (Need,), Distinct: (Need,),
}  # fmt: skip


def _refuse(argument: str, value: object, reason: Said) -> ArgumentError:
    return ArgumentError(argument=argument, value=value, reason=reason)


def _refuse_time(one: BookVenue, reason: Said) -> ArgumentError:
    return _refuse("time", f"{one.day} {one.time}", reason) if one.time else _refuse("day", one.day, reason)


def _read_row(graph: Graph, thing: UnitRef, *columns: str) -> pl.DataFrame:
    """Return the row of a thing; columns that its kind does not have are null."""
    kind = graph.schema.entity(thing.label)
    return open_entities(graph, kind, *columns).filter(pl.col("id") == thing.id)


def _check_booking(graph: Graph, one: BookVenue, venue: UnitRef, standing: list[BookVenue]) -> None:
    """Refuse a venue that is closed, too small or taken, and a day that is past."""
    frame = _read_row(graph, venue, "status", "open_hours", "capacity", "group_capacity")
    row = frame.with_columns(withdrawn=is_withdrawn("status")).row(0, named=True)
    if graph.as_of and one.day < graph.as_of:
        raise _refuse("day", one.day, _PAST.fill(day=graph.as_of))
    if row["withdrawn"]:
        raise _refuse("venue", venue.name, _WITHDRAWN.fill(status=row["status"]))
    span = _span_of(one)
    if row["open_hours"] and opens_at(row["open_hours"], one.day, span) is False:
        raise _refuse_time(one, _SHUT.fill(weekday=WEEKDAYS[one.day.weekday()], hours=tell_hours(row["open_hours"])))
    seats = row["capacity"] or row["group_capacity"]
    if one.people and seats and one.people > seats:
        raise _refuse("people", one.people, _SEATS.fill(seats=seats))
    _check_free(graph, one, span, standing)


def _check_free(graph: Graph, one: BookVenue, span: Span | None, standing: list[BookVenue]) -> None:
    """Refuse a time that overlaps with what is on record; what is on record without a time may overlap with any."""
    taken = read_bookings(graph, one.day, span).filter(pl.col("id") == one.venue)
    if taken.height and taken["clash"][0] is not False:
        raise _refuse_time(one, _TAKEN.fill(told=taken["booked"][0]))
    # One taken a moment ago stands in the ledger before the graph has it.
    for other in standing:
        if (other.venue, other.day) == (one.venue, one.day) and _overlap(span, _span_of(other)):
            raise _refuse_time(one, _BOOKED.fill(at=other.time or WHOLE_DAY, number=other.number))


def _span_of(one: BookVenue) -> Span | None:
    start, _, end = one.time.partition("-")
    return read_span(start, end) if one.time else None


def _overlap(one: Span | None, other: Span | None) -> bool:
    return one is None or other is None or (one[0] < other[1] and other[0] < one[1])


def _check_claim(graph: Graph, one: Claim, about: About) -> None:
    """Refuse a need that is over or the unit's own, that the unit claimed already, or that one unit alone can meet and another claimed."""
    need = about["need"]
    frame = _read_row(graph, need, "status", "deadline", "quantity", "category")
    row = frame.with_columns(pl.col("deadline").cast(pl.Date)).with_columns(over=is_over(graph.as_of, ends="deadline"))
    facts = row.row(0, named=True)
    if facts["over"]:
        raise _refuse("need", need.name, _OVER.fill(state=facts["status"] or facts["deadline"]))
    if one.unit in open_relations(graph, SEEKS).filter(pl.col("target") == need.id)["source"].to_list():
        raise _refuse("unit", about["unit"].name, _OWN)
    claims = open_relations(graph, CLAIMED).filter(pl.col("target") == need.id, said_state() != CANCELLED)
    claimers = claims["source"].unique().sort().to_list()
    if one.unit in claimers:
        raise _refuse("need", need.name, _CLAIMED_BY_IT)
    if claimers and (facts["category"] == WISH or facts["quantity"] == 1):
        raise _refuse(
            "need", need.name, _CLAIMED_BY.fill(units="、".join(find_unit(graph, id).name for id in claimers))
        )


def _check_closing(graph: Graph, one: Close, item: UnitRef) -> None:
    """Refuse what is closed already, and a day that has not come."""
    frame = _read_row(graph, item, "status", "closed_at").with_columns(pl.col("closed_at").cast(pl.Date))
    closed = is_closed(graph.as_of) if item.label == ActionItem.label else is_over(graph.as_of)
    row = frame.with_columns(closed=closed).row(0, named=True)
    if row["closed"]:
        raise _refuse("item", item.name, _CLOSED.fill(state=row["closed_at"] or row["status"]))
    if one.day and one.day > max(date.today(), graph.as_of or one.day):
        raise _refuse("day", one.day, _NOT_YET)


def _check_renewal(graph: Graph, one: Renew, agreement: UnitRef) -> None:
    """Refuse an agreement that was ended or is not signed yet, and a day that is no later than its last."""
    frame = _read_row(graph, agreement, "status", "signed", "expires")
    row = frame.with_columns(state=find_state(graph.as_of, begins="signed")).row(0, named=True)
    if row["state"] in {CANCELLED, DONE}:
        raise _refuse("agreement", agreement.name, _ENDED.fill(status=row["status"]))
    if row["state"] == PLANNED:
        raise _refuse("agreement", agreement.name, _UNSIGNED)
    last = row["expires"] or row["signed"]
    if last and one.until <= last:
        raise _refuse("until", one.until, _NOT_LATER.fill(day=last))
