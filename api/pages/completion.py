"""`/complete`: the names that begin or contain what somebody types, for fields that take a name."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from api.pages.page_list import page
from api.pages.visit import Visit
from queries.understanding.named_arguments import ANYTHING

MOST = 12


@page("/complete", kept=False)
async def complete_name(visit: Visit) -> Response:
    """The things whose names fit a text, at most a dozen; `kinds` are the kinds that the field takes."""
    text, kinds = visit.parameters.get("text", ""), visit.parameters.get("kinds", ANYTHING).split(",")
    if not text.strip():
        return JSONResponse([])
    rows = (await visit.ask("search", text=text[:100], limit=100))["rows"]
    wanted = [row for row in rows if ANYTHING in kinds or row["label"] in kinds]
    return JSONResponse([{"name": row["name"], "kind": row["kind"]} for row in wanted[:MOST]])
