"""`/api/v1/loads`: what was loaded, and loading: an upload becomes a job whose progress can be followed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import JSONResponse, Response, StreamingResponse

from api.bodies import JobBody, LoadBody, LoadsBody, StartedJobBody
from api.door_errors import UnknownJobError
from api.jobs import Job, Jobs
from api.papers.paper import TYPES, WORKBOOK
from api.parsing import read_day
from api.requests import (
    DRY_RUN,
    KEY,
    caller_of,
    key_of,
    lang_of,
    read_flag,
    read_parameters,
    scope_of,
    settings_of,
)
from api.upload_forms import read_form
from api.upload_jobs import start_upload, take_back
from api.uploads import MOST_FILES, find_tried, keep_uploads, mark_upload
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
from loaders.report.workbook import save_workbook

router = APIRouter(prefix="/api/v1/loads", tags=["loads"])
MARKED = Said("载入情况.xlsx", "load-report.xlsx")
PARAMETERS = ("dry_run", "as_of", "scope", "datum", "register", "hidden_sheets")
_FILES = {"type": "array", "minItems": 1, "maxItems": MOST_FILES, "items": {"type": "string", "format": "binary"}}
_FORM = {"type": "object", "required": ["files"], "properties": {"files": _FILES}}
_DESCRIPTION: Document = {
    "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FORM}}},
    "parameters": [
        DRY_RUN,
        {"name": "as_of", "in": "query", "schema": {"type": "string", "format": "date"}, "description": "the day of which the data speaks"},
        {
            "name": "scope", "in": "query", "schema": {"type": "string", "enum": [FULL_LIST, INCREMENT]},
            "description": "whether rows that are missing are gone",
        },
        {
            "name": "datum", "in": "query", "schema": {"type": "string", "enum": list(DATUMS)},
            "description": "of positions whose header does not tell it",
        },
        {
            "name": "register", "in": "query", "schema": {"type": "string"},
            "description": "which register the sheets are: NAME, or FILE=NAME; several with ; between",
        },
        {"name": "hidden_sheets", "in": "query", "schema": {"type": "boolean"}, "description": "load hidden sheets, too"},
        KEY,
    ],
}  # fmt: skip
_STARTED: dict[int | str, dict[str, Any]] = {
    202: {"model": StartedJobBody, "description": "the job, whose address is in Location"}
}
_AGAIN: Document = {"parameters": _DESCRIPTION["parameters"][:-1]}
_WORKBOOK: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "the workbook",
        "content": {TYPES[WORKBOOK]: {"schema": {"type": "string", "format": "binary"}}},
    }
}
_EVENTS: dict[int | str, dict[str, Any]] = {
    200: {"description": "the job as it goes on", "content": {"text/event-stream": {"schema": {"type": "string"}}}}
}


@router.get("", response_model=LoadsBody)
def list_loads(request: Request) -> Document:
    """Every load on the record, oldest first."""
    read_parameters(request, ())
    settings: Settings = request.app.state.settings
    return {"loads": Workspace.open(settings.workspace).ledger.loads()}


@router.post("", status_code=202, openapi_extra=_DESCRIPTION, responses=_STARTED)
async def start_load(request: Request) -> Response:
    """Load uploaded files (form field `files`); answers at once with a job."""
    options = read_options(read_parameters(request, PARAMETERS))
    jobs: Jobs = request.app.state.jobs
    key, lang, settings = key_of(request), lang_of(request), settings_of(request)
    form = await read_form(request, MOST_FILES)
    try:
        uploads = [value for value in form.getlist("files") if isinstance(value, UploadFile)]
        job = jobs.find_by_key(key, await asyncio.to_thread(mark_upload, uploads, options))
        if job is None:
            kept = await asyncio.to_thread(
                keep_uploads, settings.workspace, uploads, options, lang, key, by=settings.user
            )
            job = start_upload(jobs, settings, kept)
    finally:
        await form.close()
    return _answer_with(job)


@router.delete("/{load_id}", status_code=202, responses=_STARTED)
async def withdraw_load(request: Request, load_id: str) -> Response:
    """Take a load back: a job publishes the next snapshot as if it had not been."""
    read_parameters(request, ())
    settings, lang = settings_of(request), lang_of(request)
    ledger = (await run_in_threadpool(Workspace.open, settings.workspace)).ledger
    found = (await run_in_threadpool(ledger.find_load, load_id))["id"]

    jobs: Jobs = request.app.state.jobs
    return _answer_with(jobs.start(jobs.place(take_back, found, settings, lang), by=settings.user))


@router.get("/jobs/{job_id}", response_model=JobBody)
def show_job(request: Request, job_id: str) -> Response:
    """How far a job is; in the end its report."""
    read_parameters(request, ())
    return JSONResponse(_tell(request, _find_job(request, job_id)), headers={"Cache-Control": "no-store"})


@router.post("/jobs/{job_id}/again", status_code=202, openapi_extra=_AGAIN, responses=_STARTED)
async def load_again(request: Request, job_id: str) -> Response:
    """Load the files that were tried, or try them again: they are kept for an hour and need not be sent twice."""
    options = read_options(read_parameters(request, PARAMETERS))
    jobs: Jobs = request.app.state.jobs
    _find_job(request, job_id)
    settings, lang = settings_of(request), lang_of(request)
    tried = await run_in_threadpool(find_tried, settings.workspace, job_id)
    kept = await run_in_threadpool(tried.take_again, options, lang, settings.user)
    return _answer_with(start_upload(jobs, settings, kept))


@router.delete("/jobs/{job_id}", status_code=204)
async def give_up_trial(request: Request, job_id: str) -> Response:
    """Remove the files of a trial."""
    read_parameters(request, ())
    _find_job(request, job_id)
    tried = await run_in_threadpool(find_tried, settings_of(request).workspace, job_id)
    await run_in_threadpool(tried.drop)
    return Response(status_code=204)


@router.get("/jobs/{job_id}/workbook", responses=_WORKBOOK, response_class=Response)
def show_workbook(request: Request, job_id: str) -> Response:
    """What a trial or a load of the last few came to as a workbook: problems, columns, each sheet with its doubtful cells marked."""
    read_parameters(request, ())
    _find_job(request, job_id)
    result, lang = request.app.state.jobs.find_result(job_id), lang_of(request)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.xlsx"
        save_workbook(result, path, lang)
        body = path.read_bytes()
    told = f"attachment; filename*=UTF-8''{quote(MARKED.text(lang))}"
    return Response(
        body, media_type=TYPES[WORKBOOK], headers={"content-disposition": told, "Cache-Control": "no-store"}
    )


@router.get("/jobs/{job_id}/events", responses=_EVENTS, response_class=StreamingResponse)
async def follow_job(request: Request, job_id: str) -> Response:
    """A job's progress as server-sent events."""
    read_parameters(request, ())
    job, jobs = _find_job(request, job_id), request.app.state.jobs
    events = jobs.watch(job, lambda job: _tell(request, job))
    return StreamingResponse(events, media_type="text/event-stream", headers={"Cache-Control": "no-store"})


@router.get("/{load_id}", response_model=LoadBody)
def show_load(request: Request, load_id: str) -> Document:
    """A load and the report that was made of it."""
    read_parameters(request, ())
    settings: Settings = request.app.state.settings
    ledger = Workspace.open(settings.workspace).ledger
    lang, report = lang_of(request), ledger.report(load_id)
    files = [in_language(restore_reason(entry), lang) for entry in report.get("files", ())]
    return {**ledger.find_load(load_id), "report": {**report, "files": files}}


def _answer_with(job: Job) -> Response:
    place = f"/api/v1/loads/jobs/{job.id}"
    return JSONResponse(job.as_dict() | {"events": f"{place}/events"}, 202, {"Location": place})


def _find_job(request: Request, job_id: str) -> Job:
    """Return a job that the caller may know of: the own, and to an analyst of the district all."""
    jobs: Jobs = request.app.state.jobs
    job = jobs.find(job_id)
    if not scope_of(request).sees_members and job.by != caller_of(request).name:
        raise UnknownJobError(job=job_id[:40])
    return job


def _tell(request: Request, job: Job) -> Document:
    """Return of a job what the caller may know: its report counts the whole district."""
    return job.as_dict() if scope_of(request).sees_members else job.as_dict() | {"report": None}


def read_options(given: Mapping[str, str]) -> LoadOptions:
    """Return how to load, from query parameters; ArgumentError names the one that is wrong."""
    scope = given.get("scope")
    if scope not in (None, FULL_LIST, INCREMENT):
        raise ArgumentError(argument="scope", value=scope[:40], reason=f"{FULL_LIST} | {INCREMENT}")
    for name in ("as_of", "datum", "register"):
        if given.get(name) == "":
            raise ArgumentError(argument=name, value="", reason=Said("不能为空", "must not be empty"))
    return LoadOptions(
        dry_run=read_flag("dry_run", given.get("dry_run")),
        scope=scope,
        as_of=read_day("as_of", given.get("as_of")),
        datum=read_datum("datum", given.get("datum", "")),
        registers=RegisterChoices.read(given.get("register", "").split(";")),
        hidden_sheets=read_flag("hidden_sheets", given.get("hidden_sheets")),
    )
