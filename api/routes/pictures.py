"""`/api/v1/pictures`: what surrounds a unit, as a page that stands by itself."""

from __future__ import annotations

import base64
import hashlib
import re

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from api.answers import AnswerDesk
from api.routes.requests import read_parameters, scope_of
from api.surroundings import draw_unit, read_hops
from graph.errors import ArgumentError

router = APIRouter(prefix="/api/v1/pictures", tags=["pictures"])
_SCRIPT = re.compile(r"<script[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)


_PARAMETERS = [
    {"name": "unit", "in": "query", "required": True, "schema": {"type": "string"}},
    {"name": "hops", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 3}},
]


@router.get("", response_class=HTMLResponse, openapi_extra={"parameters": _PARAMETERS})
async def show_picture(request: Request) -> Response:
    """The units, resources and agreements around a unit, as an HTML page."""
    given = read_parameters(request, ("unit", "hops"))
    if not given.get("unit"):
        raise ArgumentError(argument="unit", value="", reason="必须填写 / is required")
    hops, scope = read_hops(given.get("hops", "1")), scope_of(request)
    desk: AnswerDesk = request.app.state.desk

    def draw() -> str:
        with desk.served.reading() as graph:
            return draw_unit(graph, scope, given["unit"], hops)

    page = await desk.pool.run(draw)
    return HTMLResponse(
        page, headers={"Content-Security-Policy": page_policy(page), "Cache-Control": "private, no-cache"}
    )


def page_policy(page: str) -> str:
    """Return the policy under which just this page's own scripts run, in a sandbox without our cookies."""
    hashes = " ".join(sorted({f"'sha256-{_digest(script)}'" for script in _SCRIPT.findall(page) if script.strip()}))
    rules = (
        "sandbox allow-scripts",
        "default-src 'none'",
        f"script-src {hashes}" if hashes else "script-src 'none'",
        "style-src 'unsafe-inline'",  # drawing libraries place things by style attributes
        "img-src data: blob:",
        "frame-ancestors 'self'",
    )
    return "; ".join(rules)


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
