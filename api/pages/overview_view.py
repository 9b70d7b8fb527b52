"""总览: how things stand in the district, ten cards, one a heading; what waits for somebody; what each subdistrict has."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from api.pages.page_list import page
from api.pages.visit import Visit
from api.permissions import may_use
from api.rendering import with_query
from graph.access import ROLES
from graph.documents import Document
from graph.storage_errors import WorkspaceError
from graph.texts import Said
from queries.answers.catalogue import find_question

# What waits for somebody: the question whose rows these are, where one settles them once that page is there, and their name.
WAITING = (
    ("pairing-plan", "/pairing", Said("建议的结对待确认", "proposed pairings to confirm")),
    ("names-to-review", "/settle", Said("名称待核对", "names to check")),
    ("words-to-review", "/settle", Said("词语待核对", "words to check")),
    ("conflicts", "/settle", Said("说法不一致", "conflicting statements")),
)
SETTLES = {"/settle": "POST"}  # there answers are given: who may only look finds the list itself
TRENDS = "trends"
REPORT, ROWS_REFUSED = "load-report", Said("行有错未载入", "rows refused for errors")
DUE = ("逾期事项", "90天内到期")  # figures of the overview, as the question `figure` takes them


@dataclass(frozen=True)
class WaitingItem:
    """A kind of thing that waits for somebody: how many there are, and where they are listed."""

    name: str
    count: int
    href: str


@page("/", menu=Said("总览", "Overview"), place=1)
async def show_overview(visit: Visit) -> Response:
    """The figures of the district; without data, how to load some."""
    try:
        document = await visit.ask_texts("overview", visit.asked)
    except WorkspaceError as error:
        return visit.render("empty.html", error=error)
    cards: dict[tuple[int, str], list[Document]] = {}
    for row in document["rows"]:
        cards.setdefault((row["card"] or 99, row["heading"]), []).append(row)
    streets = list(dict.fromkeys(street for row in document["rows"] for street in row["areas"]))
    trends = (await visit.ask_texts(TRENDS, visit.asked))["rows"]
    by_street = [row for row in document["rows"] if row["value"] is not None and row["areas"]]
    return visit.render(
        "overview.html", document=document, cards=sorted(cards.items()), streets=streets, by_street=by_street,
        months=[row for row in trends if row["basis"] == "month"],
        lines={(row["card"], row["name"]): row["points"] for row in trends if row["basis"] == "snapshot" and len(row["points"]) > 2},
        waiting=await _list_waiting(visit, document), list_behind=list_behind, area=visit.asked.get("area", ""),
    )  # fmt: skip


def list_behind(row: Document, area: str = "") -> str:
    """Return the address of the list behind a figure; empty where there is none (people are never listed)."""
    if not row["question"] or row["value"] is None:
        return ""
    return with_query(f"/questions/{row['question']}", **row["arguments"], area=area)


async def _list_waiting(visit: Visit, document: Document) -> list[WaitingItem]:
    """Return what waits for somebody, each with its number."""
    found = []
    for name, settled_at, said in WAITING:
        if not _may_ask(visit, name):
            continue
        rows = (await visit.ask(name))["rows"]
        found.append(
            WaitingItem(
                said,
                len(rows),
                settled_at
                if may_use(visit.scope.role, SETTLES.get(settled_at, "GET"), settled_at)
                else f"/questions/{name}",
            )
        )
    if _may_ask(visit, REPORT):
        refused = sum(row["rows_rejected"] for row in (await visit.ask(REPORT))["rows"])
        found.append(WaitingItem(ROWS_REFUSED, refused, f"/questions/{REPORT}?_sort=-rows_rejected"))
    due = [row for row in document["rows"] if row["arguments"]["figure"] in DUE and row["value"] is not None]
    return found + [
        WaitingItem(row["name"], row["value"], list_behind(row, visit.asked.get("area", ""))) for row in due
    ]


def _may_ask(visit: Visit, name: str) -> bool:
    """Tell whether the visitor's role may ask a question: what only others can settle waits for nobody here."""
    return ROLES.index(visit.scope.role) >= ROLES.index(find_question(name).least)
