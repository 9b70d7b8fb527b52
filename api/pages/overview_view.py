"""总览: how things stand in the district."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from starlette.responses import Response

from api.pages.registry import page
from api.pages.visit import Visit
from graph.storage_errors import WorkspaceError
from graph.texts import Said


@page("/", menu=Said("总览", "Overview"), place=1)
async def show_overview(visit: Visit) -> Response:
    """The figures of the district; without data, how to load some."""
    try:
        document = await visit.ask("overview")
    except WorkspaceError as error:
        return visit.render("empty.html", error=error)
    sections: list[tuple[str, list[Any]]] = [
        (name, list(rows)) for name, rows in groupby(document["rows"], key=lambda row: row["section"])
    ]
    return visit.render("overview.html", sections=sections, document=document)
