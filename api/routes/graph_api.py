"""`/api/v1/graph`: parts of the graph as the canvas draws them: overview, group, surroundings, expansion, paths, an answer, a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from pydantic import TypeAdapter, ValidationError
from starlette.responses import HTMLResponse, Response

from api.answers import SHORT, AnswerDesk
from api.question_forms import arguments_schema
from api.requests import lang_of, read_object, read_parameters, scope_of
from api.routes.openapi import describe_arguments
from api.view_bodies import GroundBody, SceneBody
from graph.documents import Document
from graph.errors import ArgumentError
from queries.answers.catalogue import find_question
from queries.browsing.alone import Scene, draw_alone
from queries.browsing.canvas_words import describe_canvas
from queries.browsing.details import Details
from queries.browsing.ground import read_ground
from queries.browsing.parts import Part
from queries.browsing.views import CanvasView, canvas_views, show_answer

router = APIRouter(prefix="/api/v1/graph", tags=["graph"])
ROOT_VIEW = "overview"  # what the address without more shows
_SCENE = TypeAdapter(SceneBody)
_FILE_ASKED: Document = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": SceneBody.model_json_schema(), "example": {"view": "overview"}}},
    }
}


@router.get("/words")
def show_words(request: Request) -> Document:
    """How kinds and relations are called and look, and the texts of the canvas, in one language."""
    read_parameters(request, ())
    return describe_canvas(lang_of(request))


@router.get("/ground", response_model=GroundBody)
def show_ground(request: Request) -> Document:
    """The map under positions, out of the office's own GeoJSON file: lines of longitude and latitude, names, and the note to be shown."""
    read_parameters(request, ())
    return read_ground(request.app.state.settings.map_file)


@router.get("/answers/{question}", response_model=None)
async def show_answer_part(request: Request, question: str) -> Response:
    """The entities and relations that the answer to a question speaks of, its arguments in the address."""
    asked, scope, lang = find_question(question), scope_of(request), lang_of(request)
    given = asked.reader.read_texts(read_parameters(request))
    return await _respond(request, Part, lambda graph: show_answer(graph, scope, lang, asked.name, given))


@router.post("/file", response_class=HTMLResponse, openapi_extra=_FILE_ASKED)
async def save_file(request: Request) -> Response:
    """The explorer as one HTML file that opens without a server, beginning with a view; `places` are ids with where each is drawn."""
    read_parameters(request, ())
    scene, scope, lang = _read_scene(await read_object(request)), scope_of(request), lang_of(request)
    desk: AnswerDesk = request.app.state.desk

    def work() -> str:
        with desk.served.reading(scope) as graph:
            return draw_alone(graph, scope, lang, scene)

    headers = {"Cache-Control": "private, no-store", "Content-Disposition": "attachment; filename=graph.html"}
    return HTMLResponse(await desk.pool.run(work), headers=headers)


def _read_scene(body: Document) -> Scene:
    """Return what a file begins with, as a request tells it."""
    try:
        told = _SCENE.validate_python(body)
    except ValidationError as error:
        wrong = error.errors()[0]
        name = ".".join(str(part) for part in wrong["loc"]) or "body"
        raise ArgumentError(argument=name[:40], value=str(wrong["input"])[:40], reason=str(wrong["msg"])) from error
    places = {id: (x, y) for id, x, y in told.places}
    return Scene(told.view, told.given, places, told.steps)


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

    async def respond() -> Response:
        body, snapshot = await desk.pool.run(work)
        headers = {"Cache-Control": "private, no-store", "X-Shilian-Snapshot": snapshot}
        return Response(body, media_type="application/json", headers=headers)

    if request.method != "GET":
        return await respond()
    return await desk.keep(request.scope[SHORT], request.scope["route"].path, respond)


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
