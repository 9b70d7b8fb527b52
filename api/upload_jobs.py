"""Jobs that load uploads, and what a server takes up again when it starts: uploads not yet loaded, records not yet published."""

from __future__ import annotations

import logging
from dataclasses import replace

from api.door import Progress
from api.door_errors import UploadGivenUpError
from api.jobs import Job, Jobs
from api.opening import publish_pending
from api.uploads import KeptUpload, UploadRequest, find_uploads
from graph.documents import Document
from graph.errors import NothingToLoadError
from graph.settings import Settings
from loaders.formats.read import name_sources
from loaders.loading import load_sources
from loaders.report.load_questions import read_questions
from loaders.report.question_texts import load_document, question_document
from loaders.report.report_texts import state_line, tell_lines

log = logging.getLogger("shilian.api")


def start_upload(jobs: Jobs, settings: Settings, upload: KeptUpload) -> Job:
    """Queue the loading of an upload under the upload's own id, by which it is still known after a restart."""
    request = upload.request()

    def work(progress: Progress) -> Document:
        with upload.taken() as ours:
            if not ours:
                raise UploadGivenUpError(job=upload.job)
            begun = upload.begin(request)
            try:
                if not begun:
                    raise UploadGivenUpError(job=upload.job)
                return _load(upload, request, replace(settings, user=request.by or settings.user), progress)
            finally:
                upload.drop()

    return jobs.start(work, request.key, upload.job, request.mark, request.by)


def _load(upload: KeptUpload, request: UploadRequest, settings: Settings, progress: Progress) -> Document:
    sources = name_sources(upload.files(request))
    options, folder = request.options, settings.workspace
    try:
        result = load_sources(folder, sources, options=options, settings=settings, on_progress=progress)
    except NothingToLoadError as nothing:  # the page asks what the sheets are
        questions = read_questions(nothing.sheets)
        nothing.details["questions"] = [question_document(question, request.lang) for question in questions]
        raise
    return load_document(result, request.lang) | {
        "lines": [*tell_lines(result, request.lang), state_line(result, request.lang)]
    }


def take_up(jobs: Jobs, settings: Settings) -> None:
    """Queue what an earlier server was stopped in: publishing what is on the record, and loading what it had accepted."""
    jobs.start(lambda progress: publish_pending(settings))
    for upload in find_uploads(settings.workspace):
        log.warning("an upload accepted before the last stop is loaded now: job %s", upload.job)
        start_upload(jobs, settings, upload)
