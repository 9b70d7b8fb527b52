"""`/api/v1/graph`: parts of the graph as the canvas draws them: overview, group, surroundings, expansion, paths, an answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from pydantic import TypeAdapter
from starlette.responses import Response

from api.answers import AnswerDesk
from api.question_forms import arguments_schema
from api.requests import lang_of, read_object, read_parameters, scope_of
from api.routes.openapi import describe_arguments
from graph.documents import Document
from queries.answers.catalogue import find_question
from queries.browsing.canvas_words import describe_canvas
from queries.browsing.details import Details
from queries.browsing.parts import Part
from queries.browsing.views import CanvasView, canvas_views, show_answer

router = APIRouter(prefix="/api/v1/graph", tags=["graph"])
ROOT_VIEW = "overview"  # what the address without more shows


@router.get("/words")
def show_words(request: Request) -> Document:
    """How kinds and relations are called and look, and the texts of the canvas, in one language."""
    read_parameters(request, ())
    return describe_canvas(lang_of(request))


@router.get("/answers/{question}", response_model=None)
async def show_answer_part(request: Request, question: str) -> Response:
    """The entities and relations that the answer to a question speaks of, its arguments in the address."""
    asked, scope, lang = find_question(question), scope_of(request), lang_of(request)
    given = asked.reader.read_texts(read_parameters(request))
    return await _respond(request, Part, lambda graph: show_answer(graph, scope, lang, asked.name, given))


def _add(view: CanvasView) -> None:
    """Add the two routes of a view: GET with its arguments in the address, POST with them in the body (many ids)."""

    async def by_get(request: Request) -> Response:
        given = view.reader.read_texts(read_parameters(request, tuple(view.reader.arguments)))
        return await _show(request, view, given)

    async def by_post(request: Request) -> Response:
        read_parameters(request, ())
        return await _show(request, view, view.reader.read(await read_object(request)))

    told = {"200": {"description": view.title.en, "content": {"application/json": {"schema": _refer_to(view.returns)}}}}
    path = "" if view.name == ROOT_VIEW else f"/{view.name}"
    body = {"required": True, "content": {"application/json": {"schema": arguments_schema(view, "en")}}}
    for verb, serve, form in (
        ("GET", by_get, {"parameters": describe_arguments(view, tuple(view.reader.arguments))}),
        ("POST", by_post, {"requestBody": body}),
    ):
        router.add_api_route(
            path, serve, methods=[verb], summary=view.title.en, operation_id=f"{verb.lower()}_graph_{view.name}",
            response_model=None, openapi_extra={**form, "responses": told},
        )  # fmt: skip


async def _show(request: Request, view: CanvasView, given: dict[str, object]) -> Response:
    scope, lang = scope_of(request), lang_of(request)
    return await _respond(request, view.returns, lambda graph: view.show(graph, scope, lang, given))


async def _respond(request: Request, kind: Any, make: Callable[[Any], Any]) -> Response:
    """Make a part in a reader's thread and send it as JSON; it may count people, so that browsers do not keep it."""
    desk: AnswerDesk = request.app.state.desk

    def work() -> tuple[bytes, str]:
        with desk.served.reading(scope_of(request)) as graph:
            return _adapter(kind).dump_json(make(graph)), graph.snapshot

    body, snapshot = await desk.pool.run(work)
    headers = {"Cache-Control": "private, no-store", "X-Shilian-Snapshot": snapshot}
    return Response(body, media_type="application/json", headers=headers)


def _refer_to(kind: Any) -> Document:
    """Return the schema of what a view shows; the types that it names stand among the components (api/routes/openapi.py)."""
    if kind in (Part, Details):
        return {"$ref": f"#/components/schemas/{kind.__name__}"}
    return {"type": "array", "items": {"type": "object"}}


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


for _view in canvas_views().values():
    _add(_view)
