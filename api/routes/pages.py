"""The pages in the browser: each registered page at its address, kept for a snapshot, and the plain files they use."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from api.answers import SHORT
from api.pages.page_list import Page, list_menu, list_pages
from api.pages.visit import Visit
from api.problem import language_cookie
from api.rendering import set_menu

WEB = Path(__file__).resolve().parent.parent / "web"


def make_router() -> APIRouter:
    """Return the routes of all pages."""
    set_menu(list_menu())
    router = APIRouter(include_in_schema=False)
    for page in list_pages():
        router.add_api_route(page.path, _serve(page), methods=list(page.methods), response_model=None)
    return router


def make_files() -> StaticFiles:
    """Return the scripts and styles of the pages."""
    return StaticFiles(directory=WEB)


def _serve(page: Page) -> Callable[[Request], Awaitable[Response]]:
    async def serve(request: Request) -> Response:
        visit = Visit(request)
        if not page.kept or request.method != "GET":
            return _finish(await page.show(visit), request)

        async def make() -> Response:
            return _finish(await page.show(visit), request)

        return await visit.desk.keep(request.scope[SHORT], page.path, make)  # the gate looked for it already

    return serve


def _finish(response: Response, request: Request) -> Response:
    """Name the language, keep it for the next page where the visitor chose it, and let no browser keep the page."""
    response.headers.setdefault("Cache-Control", "private, no-store")
    response.headers["Vary"] = "Accept-Language, Cookie, Authorization"
    if (chosen := language_cookie(request.scope)) is not None:
        response.headers.append("Set-Cookie", chosen)
    return response
