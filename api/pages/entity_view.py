"""The page of an entity: its values as of a day with their cells and history, what it is tied to, what can be done from here."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from api.entity_bodies import sort_lines
from api.pages.cells import list_sources
from api.pages.page_list import page
from api.pages.visit import Visit
from graph.documents import Document
from graph.schema.organizations import Community, Enterprise
from graph.schema.resources import USES

PAIRED = (Enterprise.label, Community.label)
LENT = tuple(kind.label for kind in USES.target)  # what can be booked
MOST_TOLD = 200  # things of one kind


@page("/entities/{id:path}")
async def show_entity(visit: Visit) -> Response:
    """One unit, resource, agreement or other thing, now or as of a day."""
    asked = {"entity": visit.request.path_params["id"], "limit": str(MOST_TOLD), **visit.asked}
    document = await visit.ask_texts("entity-page", asked)
    entity = sort_lines(document)
    return visit.render(
        "entity.html", document=document, entity=entity, is_paired=entity["label"] in PAIRED, is_lent=entity["label"] in LENT,
        as_of=visit.asked.get("as_of", ""),
        values=[_value(row) for row in entity["values"]], in_force=entity["in_force"], ties=entity["relations"],
    )  # fmt: skip


def _value(row: Document) -> dict[str, Any]:
    """Return a value with the cells that said it, and what other cells say of it."""
    others = [one for one in row["statements"] if not one["current"]]
    return row | {"sources": list_sources(row["records"]), "others": others}
