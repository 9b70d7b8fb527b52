"""`/api/v1/diff`: what changed between two snapshots."""

from __future__ import annotations

from fastapi import APIRouter, Request

from api.bodies import DifferenceBody
from api.requests import read_parameters
from graph.documents import Document
from graph.errors import MissingArgumentError
from graph.settings import Settings
from loaders.report.snapshot_changes import difference

router = APIRouter(prefix="/api/v1/diff", tags=["loads"])
NAMES = ("from", "to")
_PARAMETERS: Document = {
    "parameters": [
        {
            "name": name, "in": "query", "required": True, "schema": {"type": "string", "pattern": "^[0-9]{1,9}$"},
            "description": f"number of the {which} snapshot", "example": example,
        }
        for name, which, example in (("from", "earlier", "1"), ("to", "later", "2"))
    ]
}  # fmt: skip


@router.get("", response_model=DifferenceBody, openapi_extra=_PARAMETERS)
def show_difference(request: Request) -> Document:
    """How many entities and relations came, changed and went, and the first few by name; of persons only numbers."""
    given = read_parameters(request, NAMES)
    for name in NAMES:
        if not given.get(name):
            raise MissingArgumentError(argument=name)
    settings: Settings = request.app.state.settings
    return difference(settings.workspace, given["from"], given["to"])
