"""结对: whom one unit should pair with and why, and what people decide about it; the plan for all units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from api.pages.cells import list_sources
from api.pages.page_list import page
from api.pages.plan_view import describe_plan
from api.pages.question_fields import make_form
from api.pages.question_view import list_remarks
from api.pages.visit import Visit
from api.permissions import may_use
from api.rendering import with_query
from api.requests import caller_of, settings_of
from graph.decisions import Accept, Decision, PutOff, Reject, read_standing
from graph.documents import Document
from graph.errors import RequestError
from graph.settings import Settings
from graph.texts import Said, in_language
from graph.workspace import Workspace
from queries.answers.catalogue import find_question
from queries.reading.entities import read_units
from queries.reading.units import find_unit

if TYPE_CHECKING:
    from graph.graph import Graph

QUESTION = "partners"
SHOWN = (
    "unit",
    "why_not",
    "k",
    "reach",
    "partner_capacity",
    "institutions",
)  # fields of the form, those of the question
DECISIONS = "/api/v1/decisions"
DECIDED = {"accept": Said("采纳结对", "accepted the pair with"), "reject": Said("不结对", "refused to pair with")}
# What the script of the page says.
WORDS = {
    "accepted": Said("已采纳，协议待签。", "Accepted; the agreement is still to be signed."),
    "rejected": Said("已记下：不结对。", "Noted: they do not pair."),
    "why": Said("为什么不结对？（可不填）", "Why not? (may be empty)"),
    "later": Said("以后再说", "Later"),
    "again": Said("重新考虑", "Consider again"),
    "put_off": Said("{by} {day} 搁下，同事也看得到。", "Put off by {by} on {day}; colleagues see it, too."),
    "busy": Said("正在记下……（图正在更新时要等几秒）", "Noting … (some seconds while the graph is being updated)"),
    "undo": Said("撤回", "Take back"),
    "undone": Said("已撤回，图正在更新。", "Taken back; the graph is being updated."),
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
        "decided": await _list_decided(visit, document["arguments"]["unit"]),
        "proposals": [_propose(row) for row in document["rows"]],
    }
    return visit.render("pairing.html", **context | {"draw": with_query("/graph", question=QUESTION, **visit.asked)})


@page("/pairing/later", kept=False)
async def list_put_off(visit: Visit) -> Response:
    """The pairs that somebody put off, for whoever may: the page of a unit asks for them, since they change without a new snapshot."""
    if not may_use(caller_of(visit.request).role, "GET", DECISIONS):
        return JSONResponse([])
    taken = await run_in_threadpool(_read_put_off, settings_of(visit.request))
    told = [{"id": one.number, "left": one.left, "right": one.right, "by": one.by, "day": one.at[:10]} for one in taken]
    return JSONResponse(told)


def _read_put_off(settings: Settings) -> list[PutOff]:
    return [one for one in read_standing(Workspace.open(settings.workspace).ledger, PutOff) if one.left]


async def _list_decided(visit: Visit, unit: str) -> list[Document]:
    """Return what people decided about pairs of a unit, the latest first, for whoever may take it back."""
    caller = caller_of(visit.request)
    if not may_use(caller.role, "GET", DECISIONS):
        return []

    def read(graph: Graph) -> list[Document]:
        own, names = find_unit(graph, unit).id, dict(read_units(graph).select("id", "name").iter_rows())
        taken = graph.history.decisions(Decision) if graph.history else ()
        pairs = [one for one in reversed(taken) if isinstance(one, (Accept, Reject)) and own in one.units.values()]
        return [_tell_decision(one, own, names) for one in pairs]

    return await visit.read(read)


def _tell_decision(decision: Accept | Reject, own: str, names: Mapping[str, str]) -> Document:
    other = decision.right if decision.left == own else decision.left
    return {
        "id": decision.number, "what": DECIDED[decision.kind], "other": other, "name": names.get(other, other),
        "reason": decision.reason, "by": decision.by, "at": decision.at,
    }  # fmt: skip


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
