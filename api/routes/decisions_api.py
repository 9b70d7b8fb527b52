"""`/api/v1/decisions`: what people decided; each is one more input of every snapshot to come."""

from __future__ import annotations

from contextlib import AbstractContextManager

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from api.bodies import DecidedBody, DecisionPreviewBody, DecisionsBody, UndoneBody
from api.deciding import check, find_standing, open_for, preview_decision, preview_undo, record, undo_decision
from api.jobs import Jobs
from api.replies import Replies, mark_content
from api.requests import (
    DRY_RUN,
    KEY,
    caller_of,
    key_of,
    lang_of,
    read_flag,
    read_object,
    read_parameters,
    scope_of,
    settings_of,
)
from api.upload_jobs import publish_again
from graph.decisions import KINDS, WRITTEN, Decision, forms_of, is_optional, make_decision, read_standing
from graph.disk import dump_json
from graph.documents import Document
from graph.graph import Graph
from graph.settings import Settings
from graph.workspace import Workspace
from queries.decision_checks import Checked
from queries.reading.sight import see

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


_EXAMPLE = {"kind": "accept", "left": "重二社区", "right": "第一拖拉机厂", "reason": "双方同意"}
_BODY = {"oneOf": [describe_body(kind) for kind in KINDS.values()]}
_ASKED: Document = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": _BODY, "example": _EXAMPLE}}},
    "parameters": [DRY_RUN, KEY],
}
_UNDO_ASKED: Document = {"parameters": [DRY_RUN]}


@router.get("", response_model=DecisionsBody, response_model_exclude_unset=True)
def list_decisions(request: Request) -> Document:
    """Every standing decision, oldest first."""
    read_parameters(request, ())
    settings: Settings = request.app.state.settings
    standing = read_standing(Workspace.open(settings.workspace).ledger, Decision)
    return {"decisions": [one.as_dict() for one in standing]}


@router.post(
    "",
    status_code=201,
    openapi_extra=_ASKED,
    responses={200: {"model": DecisionPreviewBody}, 201: {"model": DecidedBody}},
)
async def decide(request: Request) -> Response:
    """Put a decision on the record; one that changes the graph starts a job that publishes it.

    Units are given by name or id, as on the command line. With `?dry_run=true` nothing is written, and the answer says what would change.
    """
    dry_run = read_flag("dry_run", read_parameters(request, ("dry_run",)).get("dry_run"))
    body = await read_object(request)
    key, mark = key_of(request), mark_content([dump_json(body).encode()])
    kind = body.pop("kind", "")
    if kind in KINDS:  # before anything is told again: another may have had the caller's name
        scope_of(request).need(KINDS[kind].least)
    replies: Replies[Document] = request.app.state.replies
    if not dry_run and (known := replies.find(key, mark)) is not None:
        return JSONResponse(known, 201)
    decision = make_decision(kind, body)
    settings = settings_of(request)
    workspace = await run_in_threadpool(open_for, decision, settings)
    checked = await run_in_threadpool(_check, request, workspace, decision)
    if dry_run:
        effect = await run_in_threadpool(preview_decision, workspace, checked)
        return JSONResponse({"dry_run": True} | checked.as_dict() | effect)
    number = await run_in_threadpool(record, workspace, checked, settings)
    answer: Document = {"id": number, **checked.as_dict()}
    if decision.changes_graph:
        answer["job"] = f"/api/v1/loads/jobs/{_publish(request)}"
    replies.keep(key, mark, answer)
    return JSONResponse(answer, 201)


@router.delete("/{number}", openapi_extra=_UNDO_ASKED, responses={200: {"model": UndoneBody | DecisionPreviewBody}})
async def undo(request: Request, number: int) -> Response:
    """Take a decision back and start a job that publishes the graph without it; `?dry_run=true` only says what would change."""
    dry_run = read_flag("dry_run", read_parameters(request, ("dry_run",)).get("dry_run"))
    settings = settings_of(request)
    workspace = await run_in_threadpool(Workspace.open, settings.workspace)
    taken = await run_in_threadpool(find_standing, workspace, number)
    await run_in_threadpool(_check_own, request, taken, taken.units.values())
    if dry_run:
        return JSONResponse({"dry_run": True, "id": number, **await run_in_threadpool(preview_undo, workspace, number)})
    await run_in_threadpool(undo_decision, workspace, number, settings)
    return JSONResponse({"id": number, "withdrawn": True, "job": f"/api/v1/loads/jobs/{_publish(request)}"})


def _check(request: Request, workspace: Workspace, decision: Decision) -> Checked:
    """Return a decision that the graph, the other decisions and the caller's role allow."""
    scope = scope_of(request)

    def reading() -> AbstractContextManager[Graph]:
        return request.app.state.desk.served.reading(scope)  # type: ignore[no-any-return]

    checked = check(workspace, decision, reading)
    _check_own(request, decision, [one.id for one in checked.about.values()])
    return checked


def _check_own(request: Request, decision: Decision, units: object) -> None:
    """Refuse a decision of a higher role, and to whoever is limited to a unit or area one that does not concern it."""
    scope = scope_of(request)
    if scope.is_limited:
        with request.app.state.desk.served.reading(scope) as graph:
            scope = see(graph, scope)[1]
    scope.need_own(decision.least, units)  # type: ignore[arg-type]


def _publish(request: Request) -> str:
    jobs: Jobs = request.app.state.jobs
    settings: Settings = request.app.state.settings
    return jobs.start(jobs.place(publish_again, settings, lang_of(request)), by=caller_of(request).name).id
