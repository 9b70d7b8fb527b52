"""The scripts of the canvas: ours, and the drawing library out of the installed pyvis package, so that nothing comes from elsewhere."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

from queries.browsing.bundle import CANVAS, LIBRARY

router = APIRouter(include_in_schema=False)


@router.get("/web/vis-network.js")
async def show_library() -> Response:
    """The library that moves, zooms and hits what is drawn."""
    return FileResponse(LIBRARY, media_type="text/javascript")


def make_canvas_files() -> StaticFiles:
    """Return the modules and the style of the canvas."""
    return StaticFiles(directory=CANVAS)
