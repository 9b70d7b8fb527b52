"""Jobs that load uploads, and what a server takes up again when it starts: uploads not yet loaded, records not yet published."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from threading import Timer

from api.door import Progress
from api.door_errors import UploadGivenUpError
from api.jobs import Job, Jobs
from api.kept_figures import keep_figures
from api.opening import publish_pending
from api.uploads import STALE_SECONDS, KeptUpload, UploadRequest, drop_stale, find_uploads
from graph.documents import Document
from graph.errors import NothingToLoadError
from graph.ledger_rows import restore_reason
from graph.settings import Settings
from graph.texts import Lang, in_language
from graph.workspace import Workspace
from loaders.formats.read import name_sources
from loaders.loading import load_sources, publish_workspace, withdraw
from loaders.merging.unresolved import UNRESOLVED
from loaders.report.load_questions import form_decision, read_questions
from loaders.report.load_result import LoadResult
from loaders.report.question_texts import load_document, question_document
from loaders.report.report_texts import state_line, tell_lines

log = logging.getLogger("shilian.api")


def start_upload(jobs: Jobs, settings: Settings, upload: KeptUpload) -> Job:
    """Queue the loading of an upload under the upload's own id, by which it is still known after a restart."""
    request = upload.request()

    def work(progress: Progress) -> Document:
        try:
            result: LoadResult = jobs.place(load_upload, upload, settings)(progress)
        finally:
            if upload.folder.exists():
                _drop_later(settings.workspace)
        jobs.keep_result(upload.job, result)
        return _tell(result, request.lang)

    return jobs.start(work, request.key, upload.job, request.mark, request.by)


def load_upload(upload: KeptUpload, settings: Settings, progress: Progress) -> LoadResult:
    """Load an upload, unless another process is at it or it was begun too often, and remove its files; those of a trial stay."""
    with upload.taken() as ours:
        if not ours:
            raise UploadGivenUpError(job=upload.job)
        request, stays = upload.request(), False
        begun = upload.begin(request)
        try:
            if not begun:
                raise UploadGivenUpError(job=upload.job)
            result = _load(upload, request, replace(settings, user=request.by or settings.user), progress)
            stays = result.is_dry
        except NothingToLoadError as nothing:
            stays = bool(nothing.details.get("files"))
            raise
        finally:
            upload.rest(request) if stays else upload.drop()
        return result


def _drop_later(workspace: Path) -> None:
    """Keep the files of a trial for an hour: whoever saw what they hold loads them without sending them again."""
    timer = Timer(STALE_SECONDS + 1, drop_stale, [workspace])
    timer.daemon = True
    timer.start()


def publish_again(settings: Settings, lang: Lang, progress: Progress) -> Document:
    """Publish what is on the record."""
    workspace = Workspace.open(settings.workspace)
    with workspace.writing():
        keep_figures(settings)
        return publish_workspace(workspace, progress, settings=settings).to_dict(lang)


def take_back(load_id: str, settings: Settings, lang: Lang, progress: Progress) -> Document:
    """Publish the next snapshot as if a load had not been."""
    keep_figures(settings)
    return load_document(withdraw(settings.workspace, load_id, settings=settings, on_progress=progress), lang)


def _load(upload: KeptUpload, request: UploadRequest, settings: Settings, progress: Progress) -> LoadResult:
    sources = name_sources(upload.files(request))
    options, folder = request.options, settings.workspace
    if not options.dry_run:
        keep_figures(settings)
    try:
        return load_sources(folder, sources, options=options, settings=settings, on_progress=progress)
    except NothingToLoadError as nothing:  # the page asks what the sheets are
        questions = read_questions(nothing.sheets)
        nothing.details["questions"] = [question_document(question, request.lang) for question in questions]
        nothing.details["files"] = [in_language(restore_reason(sheet), request.lang) for sheet in nothing.sheets]
        nothing.details["forms"] = [form_decision(sheet) for sheet in nothing.sheets]
        raise


def _tell(result: LoadResult, lang: str) -> Document:
    lines = [*tell_lines(result, lang), state_line(result, lang)]
    forms = [form_decision(sheet) for sheet in result.files]
    return load_document(result, lang) | {"lines": lines, "forms": forms, "open_names": list_open_names(result)}


def list_open_names(result: LoadResult) -> list[Document]:
    """Return the names that a load could not place: why, in how many rows, and of which kinds each might be something new."""
    found: dict[str, Document] = {}
    for problem in (p for p in result.problems if p.code in UNRESOLVED and p.value):
        details = dict(problem.details)
        known = found.setdefault(problem.value, {"name": problem.value, "why": problem.code, "rows": 0, "kinds": []})
        known["rows"] += problem.rows
        known["kinds"] = list(
            dict.fromkeys([*known["kinds"], *filter(None, str(details.get("kinds") or "").split("|"))])
        )
    return list(found.values())


def take_up(jobs: Jobs, settings: Settings) -> None:
    """Queue what an earlier server was stopped in: publishing what is on the record, and loading what it had accepted."""
    jobs.start(lambda progress: publish_pending(settings))
    drop_stale(settings.workspace)
    for upload in find_uploads(settings.workspace):
        log.warning("an upload accepted before the last stop is loaded now: job %s", upload.job)
        start_upload(jobs, settings, upload)
