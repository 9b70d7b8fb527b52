"""`/api/v1/pictures`: what surrounds a unit, as a page that stands by itself."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from api.answers import AnswerDesk
from api.requests import read_parameters, scope_of
from api.routes.openapi import describe_parameters
from api.script_hashes import page_policy
from api.surroundings import QUESTION, draw_unit, read_unit_and_hops

router = APIRouter(prefix="/api/v1/pictures", tags=["pictures"])


PARAMETERS = ("unit", "hops")


@router.get("", response_class=HTMLResponse, openapi_extra={"parameters": describe_parameters(QUESTION, PARAMETERS)})
async def show_picture(request: Request) -> Response:
    """The units, resources and agreements around a unit, as an HTML page."""
    given, scope = read_unit_and_hops(read_parameters(request, PARAMETERS)), scope_of(request)
    desk: AnswerDesk = request.app.state.desk

    def draw() -> str:
        with desk.served.reading(scope) as graph:
            return draw_unit(graph, scope, given)

    page = await desk.pool.run(draw)
    return HTMLResponse(
        page, headers={"Content-Security-Policy": page_policy(page), "Cache-Control": "private, no-cache"}
    )
