"""`/api/v1/decisions`: what people decided; each is one more input of every snapshot to come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from api.decisions import FORMS, IN_GRAPH, OPTIONAL, add_decision
from api.door import Progress
from api.jobs import Jobs
from api.routes.asking import lang_of, read_object, read_parameters
from graph.settings import Settings
from graph.workspace import Workspace
from loaders.load import publish_workspace

router = APIRouter(prefix="/api/v1/decisions", tags=["decisions"])
_BODY = {
    "oneOf": [
        {"type": "object", "required": ["kind", *names], "additionalProperties": False,
         "properties": {"kind": {"const": kind}} | {name: {"type": "string"} for name in (*names, *OPTIONAL)}}
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
    """Put a decision on the record; one that changes the graph starts a job that publishes it."""
    read_parameters(request, ())
    settings: Settings = request.app.state.settings
    body = await read_object(request)
    kind = str(body.pop("kind", ""))
    workspace = await run_in_threadpool(Workspace.open, settings.workspace)
    number = await run_in_threadpool(add_decision, workspace, kind, body, settings)
    answer: dict[str, Any] = {"id": number, "kind": kind, **body}
    if kind in IN_GRAPH:
        answer["job"] = f"/api/v1/loads/jobs/{_publish(request, workspace)}"
    return JSONResponse(answer, 201)


def _publish(request: Request, workspace: Workspace) -> str:
    jobs: Jobs = request.app.state.jobs
    lang = lang_of(request)

    def work(progress: Progress) -> Mapping[str, Any]:
        with workspace.writing():
            return publish_workspace(workspace, progress).to_dict(lang)

    return jobs.start(work).id
