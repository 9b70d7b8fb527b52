"""核对: what loading could not settle by itself – names, words, statements that differ – each with the answers that may be given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from api.deciding import check, open_for, record
from api.door import Progress
from api.jobs import Jobs
from api.kept_figures import keep_figures
from api.pages.page_list import page
from api.pages.visit import Visit
from api.rendering import entity_path, row_path, with_query
from api.requests import read_object, settings_of
from graph.decision_forms import MEANS
from graph.decisions import KINDS, PutOff, make_decision, read_standing
from graph.documents import Document
from graph.errors import ArgumentError
from graph.schema import SCHEMA
from graph.settings import Settings
from graph.storage_errors import WorkspaceError
from graph.texts import Lang, Said, in_language
from graph.workspace import Workspace
from loaders.loading import publish_workspace
from queries.decision_checks import Checked
from queries.questions.data.names_to_review import WHY

PATH = "/settle"
MOST_AT_ONCE = 200
NEW = Said("新的{kind}", "a new {kind}")
NOT_UNDERSTOOD = Said("还看不懂", "not understood")
NAMES, VOCABULARY, CONFLICTS = (
    Said("名称：指的是谁", "Names: what they stand for"),
    Said("用词：是什么服务", "Words: which service they mean"),
    Said("说法不一：以哪个为准", "Statements that differ: which one counts"),
)
# What the script of the page says.
WORDS = {
    "open": Said("请选择", "choose"),
    "later": Said("以后再定", "settle later"),
    "put_off": Said("以后再定的", "put off"),
    "put_off_by": Said("{by} {day} 搁下", "put off by {by} on {day}"),
    "again": Said("重新列入待核对", "list it again"),
    "undo_busy": Said("正在记下…", "Noting …"),
    "undone": Said("已重新列入。", "Listed again."),
    "other": Said("图中已有的另一个…", "another one of the graph …"),
    "name": Said("名称或编号", "name or id"),
    "settle": Said("记下 {n} 项并更新图", "Note {n} and update the graph"),
    "none": Said("请先选择", "choose first"),
    "busy": Said("正在更新图…", "Updating the graph …"),
    "done": Said("已记下，图已更新。", "Noted; the graph is up to date."),
    "failed": Said("没有记下。", "Nothing was noted."),
    "what": Said("待核对", "to settle"),
    "why": Said("原因或依据", "why"),
    "rows": Said("行数", "rows"),
    "answer": Said("答复", "answer"),
}


@dataclass(frozen=True)
class OpenPoint:
    """Something to settle: what, why, how many rows wait, where it stands, the answers with the decision that each is.

    `other` is a decision that lacks only whom or what is meant, which a person may write. `put_off` tells of the decision by which
    somebody put it off, if anybody did.
    """

    group: str
    what: str
    why: str
    rows: int | None
    href: str
    answers: tuple[tuple[str, Document], ...]
    other: Document | None = None
    put_off: Document | None = None


@page(PATH, kept=False)
async def show_settling(visit: Visit) -> Response:
    """Everything that waits for a person's word, and the answers to choose from."""
    found = [*await _names(visit), *await _words(visit), *await _conflicts(visit)]
    later = await run_in_threadpool(_list_put_off, settings_of(visit.request))
    points = [asdict(replace(one, put_off=later.get(one.what))) for one in found]
    words = {name: in_language(said, visit.lang) for name, said in WORDS.items()}
    return visit.render("settle.html", points=points, words=words)


def _list_put_off(settings: Settings) -> dict[str, Document]:
    """Return who put off what and when, by what was put off; nothing where there is no workspace yet."""
    try:
        taken = read_standing(Workspace.open(settings.workspace).ledger, PutOff)
    except WorkspaceError:
        return {}
    return {one.point: {"id": one.number, "by": one.by, "day": one.at[:10], "reason": one.reason} for one in taken}


@page(PATH, methods=("POST",), kept=False)
async def settle(visit: Visit) -> Response:
    """Put several decisions on the record, all or none, and publish what they change once."""
    body = await read_object(visit.request)
    given = body.get("decisions")
    if not isinstance(given, list) or not 0 < len(given) <= MOST_AT_ONCE or not all(isinstance(g, dict) for g in given):
        raise ArgumentError(argument="decisions", value="", reason=Said(f"1–{MOST_AT_ONCE} 项", f"1–{MOST_AT_ONCE}"))
    job = await run_in_threadpool(_record_all, visit, given)
    return JSONResponse({"job": job}, 201)


def _record_all(visit: Visit, given: list[Document]) -> str:
    """Check all decisions before the first is recorded, and return the job that publishes them; '' where the graph stays as it is."""
    settings = settings_of(visit.request)
    checked: list[Checked] = []
    for one in given:
        kind = str(one.get("kind", ""))
        decision = make_decision(kind, {name: value for name, value in one.items() if name != "kind"})
        visit.scope.need(KINDS[kind].least)
        workspace = open_for(decision, settings)
        checked.append(check(workspace, decision, partial(visit.desk.served.reading, visit.scope)))
    with workspace.writing():
        for passed in checked:
            record(workspace, passed, settings)
    if not any(passed.decision.changes_graph for passed in checked):
        return ""
    return _publish(visit.request.app.state.jobs, workspace, settings, visit.lang)


def _publish(jobs: Jobs, workspace: Workspace, settings: Settings, lang: Lang) -> str:
    def work(progress: Progress) -> Document:
        with workspace.writing():
            keep_figures(settings)
            return publish_workspace(workspace, progress, settings=settings).to_dict(lang)

    return jobs.start(work, by=settings.user).id


async def _names(visit: Visit) -> Iterator[OpenPoint]:
    rows = (await visit.ask_texts("names-to-review", {"limit": "1000"}))["rows"]
    return (_name_point(row, visit.lang) for row in rows)


def _name_point(row: Document, lang: Lang) -> OpenPoint:
    name = row["name"]
    pairs = zip(row["candidates"], row["candidate_ids"], strict=True)
    answers = [(shown, {"kind": "same", "name": name, "unit": id}) for shown, id in pairs]
    # The last of the proposed commands says that it is something new, and of which kind.
    made = row["commands"][-1].split() if len(row["commands"]) > len(answers) else []
    if made:
        kind = SCHEMA.entity(made[-1])
        said = NEW.fill(kind=Said(kind.zh, kind.en)).text(lang)
        answers.append((said, {"kind": "new", "name": name, "label": made[-1]}))
    place = row["places"][0] if row["places"] else {}
    href = row_path(place["file"], place["sheet"] or "", place["row"]) if place.get("row") else ""
    other = {"kind": "same", "name": name}
    return OpenPoint(NAMES.text(lang), name, WHY[row["why"]].text(lang), row["rows"], href, tuple(answers), other)


async def _words(visit: Visit) -> Iterator[OpenPoint]:
    rows = (await visit.ask_texts("words-to-review", {"limit": "1000"}))["rows"]
    return (
        OpenPoint(
            VOCABULARY.text(visit.lang), row["word"], str(row["because"] or "") or NOT_UNDERSTOOD.text(visit.lang), row["rows"],
            with_query("/questions/search", text=row["word"]),
            tuple((kind, {"kind": "word", "word": row["word"], "relation": MEANS, "target": kind}) for kind in row["suggestions"]),
        )
        for row in rows
    )  # fmt: skip


async def _conflicts(visit: Visit) -> Iterator[OpenPoint]:
    rows = (await visit.ask("conflicts"))["rows"]
    return (_conflict_point(row, visit.lang) for row in rows)


def _conflict_point(row: Document, lang: Lang) -> OpenPoint:
    answers = [
        (f"{value}（{place}）" if lang == "zh" else f"{value} ({place})", _value(row, value))
        for value, place in ((row["in_use"], row["in_use_from"]), (row["other"], row["other_from"]))
    ]
    what = f"{row['name']} · {row['heading']}"
    return OpenPoint(CONFLICTS.text(lang), what, "", None, entity_path(row["entity"]), tuple(answers))


def _value(row: Document, value: str) -> Document:
    return {"kind": "value", "entity": row["entity"], "field": row["field"], "value": value}
