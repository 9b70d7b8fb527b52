"""`/api/v1/decisions`: what people decided; each is one more input of every snapshot to come."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from api.deciding import check, open_for, preview_decision, preview_undo, record, undo_decision
from api.door import Progress
from api.jobs import Jobs
from api.routes.requests import lang_of, read_object, read_parameters
from graph.decisions import KINDS, WRITTEN, Decision, forms_of, is_optional, make_decision, read_standing
from graph.documents import Document
from graph.errors import ArgumentError
from graph.settings import Settings
from graph.texts import Said
from graph.workspace import Workspace
from loaders.loading import publish_workspace

router = APIRouter(prefix="/api/v1/decisions", tags=["decisions"])


def describe_body(kind: type[Decision]) -> Document:
    """Return the JSON schema of the body that takes a decision of a kind, made from its fields."""
    forms = {WRITTEN.get(name, name): form for name, form in forms_of(kind).items()}
    fields = {name: {**form.schema, "description": form.says} for name, form in forms.items()}
    return {
        "type": "object", "title": kind.words, "additionalProperties": False,
        "required": ["kind", *(name for name in forms_of(kind) if not is_optional(kind, name))],
        "properties": {"kind": {"const": kind.kind}, **fields},
    }  # fmt: skip


_BODY = {"oneOf": [describe_body(kind) for kind in KINDS.values()]}


@router.get("")
def list_decisions(request: Request) -> Document:
    """Every standing decision, oldest first."""
    read_parameters(request, ())
    settings: Settings = request.app.state.settings
    standing = read_standing(Workspace.open(settings.workspace).ledger, Decision)
    return {"decisions": [one.as_dict() for one in standing]}


@router.post("", status_code=201, openapi_extra={"requestBody": {"content": {"application/json": {"schema": _BODY}}}})
async def decide(request: Request) -> Response:
    """Put a decision on the record; one that changes the graph starts a job that publishes it.

    With `?dry_run=true` nothing is written, and the answer says what would change.
    """
    dry_run = _is_dry_run(request)
    settings: Settings = request.app.state.settings
    body = await read_object(request)
    decision = make_decision(body.pop("kind", ""), body)
    workspace = await run_in_threadpool(open_for, decision, settings)
    checked = await run_in_threadpool(check, workspace, decision, request.app.state.desk.served.reading)
    if dry_run:
        effect = await run_in_threadpool(preview_decision, workspace, checked)
        return JSONResponse({"dry_run": True} | checked.as_dict() | effect)
    number = await run_in_threadpool(record, workspace, checked, settings)
    answer: Document = {"id": number, **checked.as_dict()}
    if decision.changes_graph:
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
        raise ArgumentError(
            argument="dry_run", value=given[:40], reason=Said("应是 true 或 false", "must be true or false")
        )
    return given == "true"


def _publish(request: Request, workspace: Workspace) -> str:
    jobs: Jobs = request.app.state.jobs
    settings: Settings = request.app.state.settings
    lang = lang_of(request)

    def work(progress: Progress) -> Document:
        with workspace.writing():
            return publish_workspace(workspace, progress, settings=settings).to_dict(lang)

    return jobs.start(work).id
