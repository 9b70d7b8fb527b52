"""`/api/v1/decisions`: what people decided; each is one more input of every snapshot to come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from api.deciding import (
    FORMS,
    IN_GRAPH,
    OPTIONAL,
    OPTIONAL_OF,
    add_decision,
    preview_decision,
    preview_undo,
    undo_decision,
)
from api.door import Progress
from api.jobs import Jobs
from api.routes.requests import lang_of, read_object, read_parameters
from graph.errors import ArgumentError
from graph.settings import Settings
from graph.workspace import Workspace
from loaders.loading import publish_workspace

router = APIRouter(prefix="/api/v1/decisions", tags=["decisions"])
_BODY = {
    "oneOf": [
        {"type": "object", "required": ["kind", *names], "additionalProperties": False,
         "properties": {"kind": {"const": kind}}
         | {name: {"type": "string"} for name in (*names, *OPTIONAL_OF.get(kind, ()), *OPTIONAL)}}
        for kind, names in FORMS.items()
    ]
}  # fmt: skip


@router.get("")
def list_decisions(request: Request) -> dict[str, Any]:
    """Every standing decision, oldest first."""
    read_parameters(request, ())
    settings: Settings = request.app.state.settings
    return {"decisions": Workspace.open(settings.workspace).ledger.decisions()}


@router.post("", status_code=201, openapi_extra={"requestBody": {"content": {"application/json": {"schema": _BODY}}}})
async def decide(request: Request) -> Response:
    """Put a decision on the record; one that changes the graph starts a job that publishes it.

    With `?dry_run=true` nothing is written, and the answer says what would change.
    """
    dry_run = _is_dry_run(request)
    settings: Settings = request.app.state.settings
    body = await read_object(request)
    kind = str(body.pop("kind", ""))
    workspace = await run_in_threadpool(Workspace.open, settings.workspace)
    if dry_run:
        effect = await run_in_threadpool(preview_decision, workspace, kind, body)
        return JSONResponse({"dry_run": True, "kind": kind, **body, **effect})
    number = await run_in_threadpool(add_decision, workspace, kind, body, settings)
    answer: dict[str, Any] = {"id": number, "kind": kind, **body}
    if kind in IN_GRAPH:
        answer["job"] = f"/api/v1/loads/jobs/{_publish(request, workspace)}"
    return JSONResponse(answer, 201)


@router.delete("/{number}")
async def undo(request: Request, number: int) -> Response:
    """Take a decision back and start a job that publishes the graph without it; `?dry_run=true` only says what would change."""
    dry_run = _is_dry_run(request)
    settings: Settings = request.app.state.settings
    workspace = await run_in_threadpool(Workspace.open, settings.workspace)
    if dry_run:
        return JSONResponse({"dry_run": True, "id": number, **await run_in_threadpool(preview_undo, workspace, number)})
    await run_in_threadpool(undo_decision, workspace, number, settings)
    return JSONResponse({"id": number, "withdrawn": True, "job": f"/api/v1/loads/jobs/{_publish(request, workspace)}"})


def _is_dry_run(request: Request) -> bool:
    given = read_parameters(request, ("dry_run",)).get("dry_run", "false")
    if given not in {"true", "false"}:
        raise ArgumentError(argument="dry_run", value=given[:40], reason="应是 true 或 false / must be true or false")
    return given == "true"


def _publish(request: Request, workspace: Workspace) -> str:
    jobs: Jobs = request.app.state.jobs
    settings: Settings = request.app.state.settings
    lang = lang_of(request)

    def work(progress: Progress) -> Mapping[str, Any]:
        with workspace.writing():
            return publish_workspace(workspace, progress, settings=settings).to_dict(lang)

    return jobs.start(work).id
