"""The pages of questions: the list of all, and for each its form, its answer as a table, its exports and its picture."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, urlencode

from starlette.responses import HTMLResponse, Response

from api.pages.answer_tables import read_table
from api.pages.page_list import page
from api.pages.question_fields import make_form
from api.pages.search_view import SAID
from api.pages.visit import Visit
from api.script_hashes import page_policy
from graph.documents import Document
from graph.errors import ArgumentError, RequestError
from graph.graph import Graph
from graph.texts import Said
from queries.answers.catalogue import Question, catalogue, find_question
from queries.answers.narrowing import Narrowing, narrow, read_narrowings, write_narrowings
from queries.asking import answer_question
from queries.understanding.sentences import AskedQuestion

FORM = "_form"
MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
OWN_KEYS = {"question", "arguments", "snapshot", "digest", "truncated", "rows"}
# The folders of the questions, in the order of the ten headings, then what is about the graph and the data.
SUBJECTS = {
    "partners": Said("结对", "Pairing"),
    "resources": Said("设施联用", "Shared resources"),
    "members": Said("党员联管", "Members"),
    "conference": Said("组织联建、事务联商", "Joint conference and its business"),
    "cooperation": Said("活动联办", "Cooperation"),
    "services": Said("服务联动", "Services"),
    "safety": Said("平安联创", "Safety"),
    "talent": Said("人才联姻", "Talent"),
    "information": Said("信息联通", "Information"),
    "brands": Said("品牌联创", "Brands"),
    "network": Said("单位与联系", "Units and links"),
    "data": Said("数据", "The data"),
}


@page("/questions", menu=Said("提问", "Questions"), place=8)
async def show_questions(visit: Visit) -> Response:
    """Every question, by subject."""
    groups: dict[str, list[Question]] = {folder: [] for folder in SUBJECTS}
    for question in catalogue().values():
        folder = question.function.__module__.split(".")[-2]
        groups.setdefault(folder, []).append(question)
    named = [(SUBJECTS.get(folder, Said(folder, folder)), listed) for folder, listed in groups.items() if listed]
    return visit.render("questions.html", groups=named)


@page("/questions/{name}")
async def show_question(visit: Visit) -> Response:
    """One question: its form, and once all it needs is given, its answer."""
    question = find_question(visit.request.path_params["name"])
    form = make_form(question, visit.asked, visit.lang)
    context: dict[str, Any] = {"question": question, "form": form, "error": None, "table": None, "document": None}
    context |= {"said": visit.parameters.get(SAID, ""), "understood": _repeat(question, visit)}
    if all(field.value or not field.required for field in form) or visit.asked:
        try:
            document = await visit.ask_texts(question.name, visit.asked)
        except RequestError as error:
            return visit.render("question.html", error.status, **context | {"error": error})
        context |= {"document": document, "table": await read_table(visit, question, document, visit.parameters)}
        context |= {"remarks": list_remarks(document), **_ways_out(visit, question)}
    return visit.render("question.html", **context)


@page("/questions/{name}/export", kept=False)
async def export_answer(visit: Visit) -> Response:
    """An answer as a workbook or as CSV: all of its rows, or those to which it is narrowed down."""
    question = find_question(visit.request.path_params["name"])
    form = visit.parameters.get(FORM, "xlsx")
    if form not in MEDIA:
        raise ArgumentError(argument=FORM, value=form, reason=" | ".join(MEDIA))
    given = question.reader.read_texts(visit.asked)
    body = await visit.read(lambda graph: _write(graph, visit, question, given, "csv" if form == "csv" else "xlsx"))
    told = quote(f"{question.title.text(visit.lang).split('？')[0].split('?')[0]}.{form}")
    named = f"attachment; filename=\"{question.name}.{form}\"; filename*=UTF-8''{told}"
    return Response(body, headers={"Content-Disposition": named}, media_type=MEDIA[form])


@page("/questions/{name}/picture", kept=False)
async def show_answer_picture(visit: Visit) -> Response:
    """An answer as a picture that stands by itself."""
    question = find_question(visit.request.path_params["name"])
    given = question.reader.read_texts(visit.asked)
    drawn = await visit.read(lambda graph: answer_question(graph, visit.scope, question, given).picture().html)
    return HTMLResponse(drawn, headers={"Content-Security-Policy": page_policy(drawn)})


def _repeat(question: Question, visit: Visit) -> Said | None:
    """Return how a sentence was read that led to a question; None where none did."""
    if not visit.parameters.get(SAID):
        return None
    given = {name: value for name, value in visit.asked.items() if name in question.reader.arguments}
    return AskedQuestion(question, given, narrowed=_read_narrowings(question, visit)).said


def _read_narrowings(question: Question, visit: Visit) -> tuple[Narrowing, ...]:
    """Return the conditions on columns that the address sets."""
    is_row = dataclasses.is_dataclass(question.row)
    return read_narrowings(visit.parameters, dataclasses.fields(question.row)) if is_row else ()


def list_remarks(document: Document) -> list[str]:
    """Return the sentences that an answer has beside its rows."""
    return [text for key, value in document.items() if key not in OWN_KEYS for text in _sentences(key, value)]


def _sentences(key: str, value: Any) -> Iterator[str]:
    if isinstance(value, str) and key == "text":
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _sentences("", item)
    elif isinstance(value, Mapping):
        told = value.get("text", value.get("why"))
        if isinstance(told, str):
            yield f"{value['unit']} · {told}" if isinstance(value.get("unit"), str) else told


def _ways_out(visit: Visit, question: Question) -> dict[str, str]:
    """Return the addresses under which an answer is had otherwise: as a file, as a picture, by a program."""
    query = f"?{urlencode(visit.asked)}" if visit.asked else ""
    joined = f"{query}&" if query else "?"
    call = f"/api/v1/questions/{question.name}{query}"
    base = str(visit.request.base_url).rstrip("/")
    narrowed = write_narrowings(_read_narrowings(question, visit))
    files = {form: f"/questions/{question.name}/export{joined}{urlencode({**narrowed, FORM: form})}" for form in MEDIA}
    return {
        **files,
        "json": call, "picture": f"/graph?{urlencode({'question': question.name, **visit.asked})}",
        "curl": f"curl -H 'Authorization: Bearer TOKEN' '{base}{call}'",
    }  # fmt: skip


def _write(
    graph: Graph, visit: Visit, question: Question, given: Mapping[str, object], form: Literal["xlsx", "csv"]
) -> bytes:
    answer = narrow(answer_question(graph, visit.scope, question, given), _read_narrowings(question, visit), visit.lang)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"answer.{form}"
        written = answer.to_xlsx(path, visit.lang) if form == "xlsx" else answer.to_csv(path, visit.lang)
        return written.read_bytes()
