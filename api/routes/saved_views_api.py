"""`/api/v1/views`: parts of the graph that somebody arranged in the explorer and saved, for oneself or for others."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from api.permissions import may_use
from api.requests import caller_of, read_object, read_parameters, settings_of
from api.view_bodies import SavedViewBody, SavedViewsBody
from graph.access import Token
from graph.documents import Document
from graph.errors import UnknownArgumentError
from graph.saved_views import AUDIENCES, LONGEST_ADDRESS, LONGEST_NAME, LONGEST_NOTE, SavedView, ViewsFile
from graph.settings import Settings
from graph.workspace import Workspace

PATH = "/api/v1/views"
router = APIRouter(prefix=PATH, tags=["graph"])
FIELDS = ("name", "note", "address", "for_whom")
_BODY: Document = {
    "type": "object", "additionalProperties": False, "required": ["name", "address"],
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME},
        "note": {"type": "string", "maxLength": LONGEST_NOTE},
        "address": {"type": "string", "maxLength": LONGEST_ADDRESS, "description": "an address of the explorer: /graph?…#…"},
        "for_whom": {"type": "string", "enum": list(AUDIENCES), "default": "me"},
    },
}  # fmt: skip
_EXAMPLE = {"name": "全区总览", "address": "/graph", "for_whom": "me"}
_ASKED: Document = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": _BODY, "example": _EXAMPLE}}}
}


@router.get("", response_model=SavedViewsBody)
def list_views(request: Request) -> Document:
    """The views that the caller may open, the latest first, and whether the caller may save one."""
    read_parameters(request, ())
    caller = caller_of(request)
    views = [_describe(view, request) for view in ViewsFile(settings_of(request).workspace).list_for(caller)]
    return {"views": views, "may_save": may_use(caller.role, "POST", PATH)}


@router.post("", status_code=201, openapi_extra=_ASKED, responses={201: {"model": SavedViewBody}})
async def save_view(request: Request) -> Response:
    """Save a view; one of the caller's own of the same name gives way to it."""
    read_parameters(request, ())
    body = await read_object(request)
    for name in body:
        if name not in FIELDS:
            raise UnknownArgumentError(argument=name[:40], known=", ".join(FIELDS))
    given = (body.get("name"), body.get("note"), body.get("address"), body.get("for_whom", "me"))
    made = await run_in_threadpool(_add, settings_of(request), caller_of(request), *given)
    return JSONResponse(_describe(made, request), 201)


@router.delete("/{id}", status_code=204, response_class=Response)
def remove_view(request: Request, id: str) -> None:
    """Delete a view: one's own; a steward, any that others can see."""
    read_parameters(request, ())
    ViewsFile(settings_of(request).workspace).remove(caller_of(request), id)


def _add(settings: Settings, caller: Token, *given: object) -> SavedView:
    Workspace.open(settings.workspace)  # where nothing was loaded, there is nothing to save a view of
    return ViewsFile(settings.workspace).add(caller, *given)


def _describe(view: SavedView, request: Request) -> Document:
    caller = caller_of(request)
    return {**vars(view), "is_own": view.by == caller.name, "may_remove": view.may_be_removed_by(caller)}
