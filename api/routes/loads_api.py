"""`/api/v1/loads`: what was loaded, and loading: an upload becomes a job whose progress can be followed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response, StreamingResponse

from api.door_errors import BodyFormError
from api.jobs import Job, Jobs, watch
from api.parsing import read_day
from api.routes.requests import lang_of, read_parameters
from api.upload_jobs import start_upload
from api.uploads import MOST_FILES, keep_uploads
from graph.documents import Document
from graph.errors import ArgumentError
from graph.kinds import FULL_LIST, INCREMENT
from graph.ledger_rows import restore_reason
from graph.settings import Settings
from graph.texts import Said, in_language
from graph.workspace import Workspace
from loaders.cleaning.sheet_positions import DATUMS, read_datum
from loaders.intake import LoadOptions
from loaders.register_choices import RegisterChoices

router = APIRouter(prefix="/api/v1/loads", tags=["loads"])
PARAMETERS = ("dry_run", "as_of", "scope", "datum", "register")
_FILES = {"type": "array", "items": {"type": "string", "format": "binary"}}
_FORM = {"type": "object", "required": ["files"], "properties": {"files": _FILES}}
_DESCRIPTION = {
    "requestBody": {"content": {"multipart/form-data": {"schema": _FORM}}},
    "parameters": [
        {"name": "dry_run", "in": "query", "schema": {"type": "boolean"}},
        {"name": "as_of", "in": "query", "schema": {"type": "string", "format": "date"}},
        {"name": "scope", "in": "query", "schema": {"enum": [FULL_LIST, INCREMENT]}},
        {"name": "datum", "in": "query", "schema": {"enum": list(DATUMS)}},
        {
            "name": "register", "in": "query", "schema": {"type": "string"},
            "description": "which register the sheets are: NAME, or FILE=NAME; several with ; between",
        },
    ],
}  # fmt: skip
FLAGS = {"true": True, "1": True, "false": False, "0": False}


@router.get("")
def list_loads(request: Request) -> Document:
    """Every load on the record, oldest first."""
    read_parameters(request, ())
    settings: Settings = request.app.state.settings
    return {"loads": Workspace.open(settings.workspace).ledger.loads()}


@router.post("", status_code=202, openapi_extra=_DESCRIPTION)
async def start_load(request: Request) -> Response:
    """Load uploaded files (form field `files`); answers at once with a job."""
    options = read_options(read_parameters(request, PARAMETERS))
    jobs: Jobs = request.app.state.jobs
    key = request.headers.get("idempotency-key", "")[:200]
    job = jobs.has_key(key) or await _start(request, jobs, options, key)
    place = f"/api/v1/loads/jobs/{job.id}"
    return JSONResponse(job.as_dict() | {"events": f"{place}/events"}, 202, {"Location": place})


async def _start(request: Request, jobs: Jobs, options: LoadOptions, key: str) -> Job:
    settings: Settings = request.app.state.settings
    lang = lang_of(request)
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise BodyFormError(reason=Said("应为 multipart/form-data", "must be multipart/form-data"))
    try:
        async with request.form(max_files=MOST_FILES, max_fields=10) as form:
            uploads = [value for value in form.getlist("files") if isinstance(value, UploadFile)]
            kept = await asyncio.to_thread(keep_uploads, settings.workspace, uploads, options, lang, key)
    except ClientDisconnect as error:
        raise BodyFormError(reason=Said("上传中断", "the upload broke off")) from error

    return start_upload(jobs, settings, kept)


@router.get("/jobs/{job_id}")
def show_job(request: Request, job_id: str) -> Response:
    """How far a job is; in the end its report."""
    jobs: Jobs = request.app.state.jobs
    return JSONResponse(jobs.find(job_id).as_dict(), headers={"Cache-Control": "no-store"})


@router.get("/jobs/{job_id}/events")
async def follow_job(request: Request, job_id: str) -> Response:
    """A job's progress as server-sent events."""
    jobs: Jobs = request.app.state.jobs
    return StreamingResponse(
        watch(jobs.find(job_id)), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
    )


@router.get("/{load_id}")
def show_load(request: Request, load_id: str) -> Document:
    """A load and the report that was made of it."""
    settings: Settings = request.app.state.settings
    ledger = Workspace.open(settings.workspace).ledger
    lang, report = lang_of(request), ledger.report(load_id)
    files = [in_language(restore_reason(entry), lang) for entry in report.get("files", ())]
    return {**ledger.find_load(load_id), "report": {**report, "files": files}}


def read_options(given: Mapping[str, str]) -> LoadOptions:
    """Return how to load, from query parameters; ArgumentError names the one that is wrong."""
    dry_run, scope = given.get("dry_run", "false"), given.get("scope") or None
    if dry_run not in FLAGS:
        raise ArgumentError(argument="dry_run", value=dry_run[:40], reason="true | false")
    if scope not in (None, FULL_LIST, INCREMENT):
        raise ArgumentError(argument="scope", value=scope[:40], reason=f"{FULL_LIST} | {INCREMENT}")
    return LoadOptions(
        dry_run=FLAGS[dry_run],
        scope=scope,
        as_of=read_day("as_of", given.get("as_of")),
        datum=read_datum("datum", given.get("datum", "")),
        registers=RegisterChoices.read(given.get("register", "").split(";")),
    )
