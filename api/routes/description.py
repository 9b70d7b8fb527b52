"""`/openapi.json`: the description of the API with examples of the district that is served; `/docs`: a page to try it on.

What the page needs lies in the installed fastapi-offline package: nothing comes from another host.
"""

from __future__ import annotations

import json
from importlib.resources import files

from fastapi import APIRouter, Request
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles

from api.answers import AnswerDesk, state_of
from api.cache import make_answer
from api.examples import fill_examples, find_examples
from api.requests import scope_of
from api.routes.questions import RawAnswer
from api.script_hashes import hash_scripts
from graph.documents import Document
from graph.errors import EngineError, RequestError
from graph.storage_errors import WorkspaceError
from queries.reading.scope import Scope

router = APIRouter(include_in_schema=False)
ADDRESS, ASSETS = "/openapi.json", "/docs/assets"
# No list of models (longer than all else), no foreign validator, the questions closed until somebody opens them.
_LOOK = {"defaultModelsExpandDepth": -1, "validatorUrl": None, "docExpansion": "none", "tryItOutEnabled": True}
_POLICY = (
    "default-src 'self'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)


@router.get(ADDRESS)
async def show_description(request: Request) -> Response:
    """Send the description; without a graph it has no examples."""
    desk: AnswerDesk = request.app.state.desk
    scope, document = scope_of(request), request.app.openapi()
    key = (ADDRESS, scope.key)
    if (found := desk.at_hand(key)) is not None:
        return RawAnswer(found, request.headers.get("if-none-match"))
    snapshot, examples = await _read(desk, scope)
    body = json.dumps(fill_examples(document, examples), ensure_ascii=False, separators=(",", ":")).encode()
    answer = make_answer(snapshot, state_of(snapshot), repr(key), body, "en", has_people=False)
    if snapshot:
        desk.cache.put(key, answer)
    return RawAnswer(answer, request.headers.get("if-none-match"))


async def _read(desk: AnswerDesk, scope: Scope) -> tuple[str, Document]:
    """Return the snapshot and examples from it; neither where nothing is loaded yet or the engine is away."""

    def read() -> tuple[str, Document]:
        with desk.served.reading(scope) as graph:
            return graph.snapshot, find_examples(graph)

    try:
        return await desk.pool.run(read)
    except (RequestError, WorkspaceError, EngineError):
        return "", {}


@router.get("/docs")
def show_docs() -> Response:
    """Send the page on which every address of the API can be tried, as whoever is signed in."""
    made = get_swagger_ui_html(
        openapi_url=ADDRESS,
        title="API · 十联 Shilian",
        swagger_js_url=f"{ASSETS}/swagger-ui-bundle.js",
        swagger_css_url=f"{ASSETS}/swagger-ui.css",
        swagger_favicon_url="/web/icon.svg",
        swagger_ui_parameters=_LOOK,
    )
    page = bytes(made.body).decode()
    return HTMLResponse(page, headers={"Content-Security-Policy": _POLICY.format(scripts=hash_scripts(page))})


def make_assets() -> StaticFiles:
    """Return the files of the page."""
    return StaticFiles(directory=str(files("fastapi_offline") / "static"))
