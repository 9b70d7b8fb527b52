"""结对: whom one unit should pair with and why, and what people decide about it; the plan for all units."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from api.pages.cells import list_sources
from api.pages.page_list import page
from api.pages.plan_view import describe_plan
from api.pages.question_fields import make_form
from api.pages.question_view import list_remarks
from api.pages.visit import Visit
from api.rendering import with_query
from graph.documents import Document
from graph.errors import RequestError
from graph.texts import Said, in_language
from queries.answers.catalogue import find_question

QUESTION = "partners"
SHOWN = (
    "unit",
    "why_not",
    "k",
    "reach",
    "partner_capacity",
    "institutions",
)  # fields of the form, those of the question
# What the script of the page says.
WORDS = {
    "accepted": Said("已采纳，协议待签。", "Accepted; the agreement is still to be signed."),
    "rejected": Said("已记下：不结对。", "Noted: they do not pair."),
    "why": Said("为什么不结对？（可不填）", "Why not? (may be empty)"),
    "later": Said("以后再说", "later"),
}


@page("/pairing", menu=Said("结对", "Pairing"), place=3)
async def show_pairing(visit: Visit) -> Response:
    """One unit's partners with the reasons for each; without a unit, the plan for everybody."""
    question = find_question(QUESTION)
    asked = visit.asked if visit.asked.get("unit") else {}  # without a unit the conditions are the plan's
    form = [field for field in make_form(question, asked, visit.lang) if field.name in SHOWN]
    context: dict[str, Any] = {
        "form": form,
        "error": None,
        "document": None,
        "draw": "",
        "words": {n: in_language(s, visit.lang) for n, s in WORDS.items()},
    }
    if not visit.asked.get("unit"):
        return visit.render("pairing.html", **context | await describe_plan(visit))
    try:
        document = await visit.ask_texts(QUESTION, visit.asked)
    except RequestError as error:
        return visit.render("pairing.html", error.status, **context | {"error": error})
    context |= {
        "document": document,
        "remarks": list_remarks(document),
        "proposals": [_propose(row) for row in document["rows"]],
    }
    return visit.render("pairing.html", **context | {"draw": with_query("/graph", question=QUESTION, **visit.asked)})


def _propose(row: Document) -> Document:
    """Return a proposed partner with the share that each reason has of the score, and the rows of files behind it."""
    reasons = [
        reason | {"share": reason["contribution"] / max(row["score"], 1e-9), "sources": list_sources(reason["records"])}
        for reason in row["reasons"]
    ]
    return row | {
        "reasons": reasons,
        "counted": [r for r in reasons if r["contribution"] > 0],
        "rest": [r for r in reasons if not r["contribution"] > 0],
    }
