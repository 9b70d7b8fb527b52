"""资源, 联系 and 督办: pages that show the first rows of several questions about one field of work, each with a link to the whole."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from api.pages.answer_tables import ShownTable, leave_out_empty, read_table
from api.pages.page_list import page
from api.pages.question_fields import FormField, make_form
from api.pages.resource_views import describe_weeks
from api.pages.timeline_view import LINKS, describe_timeline
from api.pages.visit import Visit
from api.rendering import with_query
from graph.errors import RequestError
from graph.texts import Said
from queries.answers.catalogue import Question, catalogue, find_question

ROWS = 10  # of each question; the whole answer is a page of its own
# The two units of 联系 are what other questions there call their unit and the other one.
ALSO_CALLED = {"unit": "enterprise", "other": "community"}


@dataclass(frozen=True)
class DeskSection:
    """A question on a page with the first rows of its answer, or with its form where it must be told something first.

    `left_out` are the columns in which none of these rows has anything.
    """

    question: Question
    table: ShownTable | None
    form: tuple[FormField, ...]
    href: str
    error: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def rest(self) -> int:
        """Return how many rows of the answer the page leaves out."""
        return 0 if self.table is None else self.table.total - len(self.table.rows)


@page("/resources", menu=Said("资源", "Resources"), place=4)
async def show_resources(visit: Visit) -> Response:
    """What can be shared, what of it lies unused, and what is lacking where."""
    names = ("unused-resources", "venues-for", "base-visits", "idle-property", "supply-gaps", "lecturers")
    return await _show(visit, Said("资源", "Resources"), names, weeks=await describe_weeks(visit))


@page("/links", menu=Said("联系", "Links"), place=5)
async def show_links(visit: Visit) -> Response:
    """What ties an enterprise to communities; without one, who ties others together and who stands alone."""
    names = (LINKS, "unit-links", "pair-history", "bridges", "without-partner", "unit-groups", "member-registrations")
    return await _show(visit, Said("联系", "Links"), names, timeline=await describe_timeline(visit))


@page("/follow-ups", menu=Said("督办", "Follow-ups"), place=6)
async def show_follow_ups(visit: Visit) -> Response:
    """What is overdue and due, what the conference left open, and how units are assessed."""
    names = (
        "follow-ups",
        "due",
        "agenda-items",
        "meetings",
        "expiring-agreements",
        "unmatched-needs",
        "visits",
        "assessment",
    )
    return await _show(visit, Said("督办", "Follow-ups"), names, papers=True)


async def _show(visit: Visit, title: Said, names: tuple[str, ...], **more: Mapping[str, Any] | bool | None) -> Response:
    known = [find_question(name) for name in names if name in catalogue()]
    sections = _ask_once([await _read(visit, question) for question in known])
    context: dict[str, Any] = {"papers": False, "weeks": None, "timeline": None, **more}
    return visit.render("desk.html", heading=title, sections=sections, **context)


def _ask_once(sections: list[DeskSection]) -> list[DeskSection]:
    """Return the sections without those that ask for what a form above asks for, too: filling that one shows them."""
    asked: set[str] = set()
    kept = []
    for section in sections:
        is_open = section.table is None and not section.error
        open_fields = {field.name for field in section.form if is_open and field.required}
        if not open_fields & asked:
            kept.append(section)
        asked |= open_fields
    return kept


async def _read(visit: Visit, question: Question) -> DeskSection:
    """Return a question with its first rows; what the address says is told to each question that can be told it."""
    asked = {name: visit.asked[other] for name, other in ALSO_CALLED.items() if other in visit.asked} | visit.asked
    given = {a.name: asked[a.name] for a in question.arguments if a.name in asked}
    form = tuple(field for field in make_form(question, given, visit.lang) if field.required or _names(field))
    href = with_query(f"/questions/{question.name}", **given)
    if any(field.required and not field.value for field in form):
        return DeskSection(question, None, form, href)
    try:
        document = await visit.ask_texts(question.name, given)
    except RequestError as error:
        return DeskSection(question, None, form, href, error.message(visit.lang))
    table = await read_table(visit, question, document, {})
    shown, left_out = leave_out_empty(dataclasses.replace(table, rows=table.rows[:ROWS]))
    return DeskSection(question, shown, form, href, left_out=left_out)


def _names(field: FormField) -> bool:
    """Tell whether a field takes the name of a unit or thing and stands in the first row of a form."""
    return bool(field.completes) and not field.is_more
