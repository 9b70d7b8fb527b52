"""The pages: plain files of this package, nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

WEB = Path(__file__).resolve().parent.parent / "web"
router = APIRouter(include_in_schema=False)


@router.get("/")
async def show_start() -> Response:
    """The start page."""
    return _page("index.html")


@router.get("/docs")
async def show_docs() -> Response:
    """The page of the API."""
    return _page("docs.html")


def make_files() -> StaticFiles:
    """Return the scripts and styles of the pages."""
    return StaticFiles(directory=WEB)


def _page(name: str) -> Response:
    return FileResponse(WEB / name, headers={"Cache-Control": "no-cache"})
