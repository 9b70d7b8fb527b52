"""The search box: names that fit what was written."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import RedirectResponse, Response

from api.pages.page_list import page
from api.pages.rendering import entity_path
from api.pages.visit import Visit


@page("/search", kept=False)
async def find_by_text(visit: Visit) -> Response:
    """What is called like the text; one thing of just this name is shown at once."""
    text = visit.parameters.get("q", "").strip()[:200]
    rows = (await visit.ask("search", text=text, limit=50))["rows"] if text else []
    exact = [row for row in rows if row["match"] == "exact"]
    if len(exact) == 1:
        return RedirectResponse(entity_path(exact[0]["id"]), HTTPStatus.SEE_OTHER)
    return visit.render("search.html", searched=text, rows=rows)
