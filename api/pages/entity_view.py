"""The page of an entity: its values and where each comes from, what it is tied to, and what can be done from here."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from api.pages.answer_tables import make_table
from api.pages.page_list import page
from api.pages.visit import Visit
from graph.documents import Document
from graph.errors import UnknownUnitError
from graph.schema.organizations import Community, Enterprise
from queries.answers.catalogue import find_question

PAIRED = (Enterprise.label, Community.label)


@page("/entities/{id:path}")
async def show_entity(visit: Visit) -> Response:
    """One unit, resource, agreement or other thing."""
    told = await visit.ask("provenance", entity=visit.request.path_params["id"])
    entity = told["entity"]
    in_use = [row for row in told["rows"] if row["current"]]
    others = told | {"rows": [row for row in told["rows"] if not row["current"]]}
    context: dict[str, Any] = {
        "entity": entity,
        "is_paired": entity["label"] in PAIRED,
        "values": in_use,
        "around": await _around(visit, entity),
    }
    context["others"] = make_table(find_question("provenance").row, others, {}, visit.lang)
    return visit.render("entity.html", document=told, **context)


async def _around(visit: Visit, entity: Document) -> dict[str, list[Document]]:
    """Return what a unit is tied to, by relation; nothing for what is no unit."""
    try:
        near = await visit.ask("neighbourhood", unit=entity["id"], limit=300)
    except UnknownUnitError:
        return {}
    groups: dict[str, list[Document]] = {}
    for row in near["rows"]:
        groups.setdefault(row["relation"], []).append(row)
    return groups
