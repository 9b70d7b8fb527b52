"""Resources by week as a heat table, and the calendar of one resource, where it is booked."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from api.pages.cells import list_sources
from api.pages.page_list import page
from api.pages.visit import Visit
from api.permissions import may_use
from api.requests import caller_of
from graph.documents import Document
from graph.errors import MissingArgumentError
from graph.texts import Said, in_language
from graph.work_decisions import BookVenue
from queries.questions.resources.resource_weeks import WEEK_WORDS
from queries.reading.entities import read_units

if TYPE_CHECKING:
    from graph.graph import Graph

DECISIONS = "/api/v1/decisions"
WEEKS, CALENDAR = "resource-weeks", "resource-calendar"
MOST_ROWS = 40  # of the heat table; the whole answer is a page of its own
SIGNS = {"used": "", "booked": "+", "idle": "·", "closed": "×", "unknown": "?", "": ""}
MOST_HEAT = 4  # uses a week from which on a cell is darkest
# What the script of the page says.
WORDS = {
    "busy": Said("正在记下…", "Noting …"),
    "booked": Said("已预订。", "Booked."),
    "undone": Said("已取消，图正在更新。", "Cancelled; the graph is being updated."),
}


@dataclass(frozen=True)
class WeekCell:
    """A week of a resource: its look, the sign that says the same without colour, and all of it in words."""

    look: str
    sign: str
    told: str


async def describe_weeks(visit: Visit) -> dict[str, Any]:
    """Return the heat table: the months over the weeks, and each resource with its cells."""
    given = {name: value for name, value in visit.asked.items() if name in {"area", "period", "kind"}}
    document = await visit.ask_texts(WEEKS, given)
    mondays = [date.fromisoformat(day) for day in document["weeks"]]
    rows = [row | {"cells": list(_cells(row, mondays, visit))} for row in document["rows"][:MOST_ROWS]]
    words = in_language(WEEK_WORDS, visit.lang)
    legend = [(f"week {name}", SIGNS[name], text) for name, text in words.items()]
    return {
        "rows": rows, "months": _months(mondays), "legend": legend, "rest": len(document["rows"]) - len(rows), "period": document["period"],
    }  # fmt: skip


def _cells(row: Document, mondays: list[date], visit: Visit) -> Iterator[WeekCell]:
    words = in_language(WEEK_WORDS, visit.lang)
    for monday, state, uses in zip(mondays, row["states"], row["uses"], strict=True):
        heat = f" heat-{min(uses, MOST_HEAT)}" if state == "used" else ""
        times = (f" {uses} 次" if visit.lang == "zh" else f" {uses}×") if uses else ""
        sign = str(uses) if state == "used" else SIGNS[state]
        yield WeekCell(f"week {state or 'ahead'}{heat}", sign, f"{monday} {words.get(state, '')}{times}".strip())


def _months(mondays: list[date]) -> list[tuple[str, int]]:
    """Return the months that begin in the weeks, each with how many weeks it has."""
    found: list[tuple[str, int]] = []
    for monday in mondays:
        name = f"{monday:%Y-%m}"
        if found and found[-1][0] == name:
            found[-1] = (name, found[-1][1] + 1)
        else:
            found.append((name, 1))
    return found


@page("/resources/calendar")
async def show_calendar(visit: Visit) -> Response:
    """The days of a month with what is on record for one resource, and a form to book it."""
    given = {name: value for name, value in visit.asked.items() if name in {"resource", "period"}}
    if "resource" not in given:
        raise MissingArgumentError(argument="resource")
    document = await visit.ask_texts(CALENDAR, given)
    start = date.fromisoformat(document["start"])
    months = ((start.replace(day=1) - timedelta(days=1)), (start.replace(day=28) + timedelta(days=7)))
    before, after = (visit.link(period=f"{one:%Y-%m}") for one in months)
    return visit.render(
        "calendar.html", document=document, resource=document["resource"], month=f"{start:%Y-%m}", weeks=_weeks(document, start),
        before=before, after=after, words=in_language(WORDS, visit.lang), booked=await _list_booked(visit, document["resource"]["id"]),
    )  # fmt: skip


async def _list_booked(visit: Visit, resource: str) -> list[Document]:
    """Return the bookings of a resource that stand, the first day first, for whoever may cancel any."""
    if not may_use(caller_of(visit.request).role, "DELETE", DECISIONS):
        return []

    def read(graph: Graph) -> list[Document]:
        taken = graph.history.decisions(BookVenue) if graph.history else ()
        own = sorted((one for one in taken if one.venue == resource), key=lambda one: str(one.day))
        names = dict(read_units(graph).select("id", "name").iter_rows()) if own else {}
        return [
            {**one.as_dict(), "time": one.time, "purpose": one.purpose, "name": names.get(one.unit, one.unit)}
            for one in own
        ]

    return await visit.read(read)


def _weeks(document: Document, start: date) -> list[list[dict[str, Any]]]:
    """Return the weeks of a month, each day with its uses and the rows of files that tell of them."""
    by_day: dict[str, list[Document]] = {}
    for row in document["rows"]:
        by_day.setdefault(row["day"], []).append(row | {"sources": list_sources(row["records"])})
    weeks = calendar.Calendar().monthdatescalendar(start.year, start.month)
    return [
        [{"day": d, "is_out": d.month != start.month, "uses": by_day.get(d.isoformat(), [])} for d in week]
        for week in weeks
    ]
