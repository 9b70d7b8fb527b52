"""The decisions of working life: a venue is booked, a need is claimed, an item is done, an agreement is renewed, two needs are one.

Each takes effect in the graph at once, is on the record with who and when, and is as if it had not been once it is taken back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from graph.decision_base import Decision
from graph.decision_forms import (
    TEXT,
    ClosingDay,
    DayText,
    Form,
    HoursText,
    PeopleNumber,
    Result,
    ThingNumber,
    UnitText,
    read_text,
    thing_form,
)
from graph.schema.need_decisions import TOLD_APART
from graph.texts import Said

BOOKING = "use:booked:"  # how the id of a use begins that was booked, not logged


@dataclass(frozen=True, kw_only=True)
class BookVenue(Decision):
    """The decision that a unit has a venue on a day; without a time, for the whole of it."""

    kind, least = "book", "officer"
    words = Said("为单位预订场地", "book a venue for a unit")

    venue: Annotated[str, thing_form("场地或基地：名称或编号", "the venue or base: its name or id")]
    unit: UnitText
    day: DayText
    time: HoursText = ""
    people: PeopleNumber = None
    purpose: Annotated[str, Form(read_text, Said("用来做什么", "what for"), TEXT, is_free=True)] = ""


@dataclass(frozen=True, kw_only=True)
class Claim(Decision):
    """The decision that a unit undertakes to meet a need or a wish, or to carry a project."""

    kind, least = "claim", "officer"
    words = Said("单位认领需求、微心愿或项目", "a unit claims a need, a wish or a project")

    unit: UnitText
    need: Annotated[str, thing_form("需求、微心愿或项目：名称或编号", "the need, wish or project: its name or id")]
    content: Annotated[str, Form(read_text, Said("认领内容", "what the unit will do"), TEXT, is_free=True)] = ""
    quantity: ThingNumber = None


@dataclass(frozen=True, kw_only=True)
class Close(Decision):
    """The decision that an action item is done or a need is met, with what came of it."""

    kind, least = "close", "analyst"
    words = Said("督办事项销号，或需求已满足", "an action item is done, or a need is met")

    item: Annotated[str, thing_form("督办事项（编号或名称）或需求", "the action item (its number or name) or the need")]
    result: Result
    day: ClosingDay = None


@dataclass(frozen=True, kw_only=True)
class Renew(Decision):
    """The decision that an agreement holds on, to a new last day."""

    kind, least = "renew", "analyst"
    words = Said("协议续签到新的日期", "an agreement is renewed to a new date")

    agreement: Annotated[str, thing_form("协议：编号或名称", "the agreement: its number or name")]
    until: DayText


@dataclass(frozen=True, kw_only=True)
class Duplicate(Decision):
    """The decision that a need was listed twice: what the other says of it counts with the first, and only that one stays."""

    kind, least = "duplicate", "analyst"
    words = Said("两项需求是同一项，重复登记了", "two needs are one that was listed twice")

    need: Annotated[str, thing_form("保留的需求：名称或编号", "the need that stays: its name or id")]
    other: Annotated[str, thing_form("与它是同一项的需求", "the need that is the same")]


@dataclass(frozen=True, kw_only=True)
class Distinct(Decision):
    """The decision that two needs that are alike are two; they are no longer shown as likely the same."""

    kind, least, relation = "distinct", "analyst", TOLD_APART.type
    words = Said("两项需求不是同一项", "two needs that are alike are two")

    need: Annotated[str, thing_form("一项需求：名称或编号", "a need: its name or id")]
    other: Annotated[str, thing_form("与它不是同一项的需求", "the need that is another one")]
