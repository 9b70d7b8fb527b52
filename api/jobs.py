"""Runs long work in the background, one job at a time since a workspace has one writer, and reports its progress."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

from api.door import Progress
from api.door_errors import UnforeseenError, UnknownJobError, UploadGoneError
from api.job_process import Apart
from api.problem import log_unforeseen
from api.replies import Replies
from api.spare_memory import give_back
from graph.documents import Document
from graph.errors import ErrorDocument, ShilianError
from loaders.report.load_result import LoadResult

KEPT_RESULTS = 3  # of loads: each may hold the rows of its files
KEPT, LOOK_SECONDS, SIGN_SECONDS = 100, 0.1, 15.0
Work = Callable[[Progress], Any]


@dataclass
class Job:
    """A piece of work: whose it is, where it stands, and in the end its report or its error."""

    id: str = field(default_factory=lambda: secrets.token_hex(8))
    state: Literal["queued", "running", "done", "failed"] = "queued"
    stage: str = ""
    done: int = 0
    total: int = 0
    report: Any = None
    error: ErrorDocument | None = None
    version: int = 0
    by: str = ""

    @property
    def is_over(self) -> bool:
        """Tell whether the job is done or failed."""
        return self.state in {"done", "failed"}

    def as_dict(self) -> Document:
        """Return the job as JSON has it."""
        return {
            "id": self.id,
            "state": self.state,
            "stage": self.stage,
            "done": self.done,
            "total": self.total,
            "report": self.report,
            "error": self.error,
        }

    def advance(self, stage: str, done: int, total: int) -> None:
        """Note how far the work is."""
        self.stage, self.done, self.total = stage, done, total
        self.version += 1


class Jobs:
    """The jobs of this run of the server; the newest hundred are remembered.

    `apart` gives each loading and publishing job a process of its own.
    """

    def __init__(self, *, apart: bool = False) -> None:
        self.is_ending = False
        self._apart = Apart() if apart else None
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._replies: Replies[str] = Replies()  # by idempotency key: the job
        self._results: OrderedDict[str, LoadResult] = OrderedDict()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="job")

    def start(self, work: Work, key: str = "", job_id: str = "", mark: str = "", by: str = "") -> Job:
        """Queue a piece of work and return its job; the same idempotency key with the same content (`mark`) gives the same job."""
        if (known := self.find_by_key(key, mark)) is not None:
            return known
        job = Job(job_id, by=by) if job_id else Job(by=by)
        self._jobs[job.id] = job
        self._replies.keep(key, mark, job.id)
        while len(self._jobs) > KEPT:
            self._jobs.popitem(last=False)
        self._thread.submit(_run, job, work)
        return job

    def place(self, work: Callable[..., Any], *arguments: Any) -> Work:
        """Return a function of a module, which takes arguments and a `Progress`, as the work of a job, done where jobs are done."""
        if self._apart is None:
            return lambda progress: work(*arguments, progress)
        return partial(self._apart.run, work, arguments)

    def find(self, job_id: str) -> Job:
        """Return the job with this id."""
        if job_id not in self._jobs:
            raise UnknownJobError(job=job_id[:40])
        return self._jobs[job_id]

    def find_by_key(self, key: str, mark: str) -> Job | None:
        """Return the job that was started with this idempotency key; None if there is none, an error where its content was another."""
        return self._jobs.get(self._replies.find(key, mark) or "")

    def keep_result(self, job_id: str, result: LoadResult) -> None:
        """Remember what a load came to, rows and all, of the newest few: enough to write it as a workbook."""
        self._results[job_id] = result
        while len(self._results) > KEPT_RESULTS:
            self._results.popitem(last=False)

    def find_result(self, job_id: str) -> LoadResult:
        """Return what a load came to."""
        if job_id not in self._results:
            raise UploadGoneError(job=job_id[:40])
        return self._results[job_id]

    def end_streams(self) -> None:
        """Let whoever follows a job go: the server is being stopped."""
        self.is_ending = True

    async def watch(self, job: Job, see: Callable[[Job], Document] = Job.as_dict) -> AsyncIterator[bytes]:
        """Yield a server-sent event for every change of a job until it is over, and a comment where nothing changes for long.

        `see` returns what of the job may be told.
        """
        seen, quiet = -1, 0.0
        while not self.is_ending:
            if job.version != seen:
                seen, quiet = job.version, 0.0
                name = "end" if job.is_over else "progress"
                text = json.dumps(see(job), ensure_ascii=False, default=str)
                yield f"event: {name}\ndata: {text}\n\n".encode("utf-8", "replace")
                if name == "end":
                    return
            if quiet >= SIGN_SECONDS:
                quiet = 0.0
                yield b": \n\n"
            await asyncio.sleep(LOOK_SECONDS)
            quiet += LOOK_SECONDS

    @property
    def is_at_work(self) -> bool:
        """Tell whether a job is running."""
        return any(job.state == "running" for job in self._jobs.values())

    def close(self) -> None:
        """Start no further jobs; the running one is completed, or if the process ends, has no effect."""
        # Not waited for: a load takes minutes, and a publish that is cut short leaves the old snapshot whole.
        self._thread.shutdown(wait=False, cancel_futures=True)
        if self._apart is not None:
            self._apart.close()


def _run(job: Job, work: Work) -> None:
    job.state = "running"
    try:
        job.report = work(job.advance)
        job.state = "done"
    except ShilianError as error:
        job.state, job.error = "failed", {"status": error.status, **error.as_dict()}
    except Exception as error:  # noqa: BLE001 -- the last line of defence: no traceback leaves the server
        log_unforeseen(job.id, error)
        job.state, job.error = "failed", {**UnforeseenError(number=job.id).as_dict(), "status": 500}
    finally:
        job.version += 1
        give_back()
