"""Runs long work in the background, one job at a time since a workspace has one writer, and reports its progress."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Literal

from api.door import Progress
from api.door_errors import UnforeseenError, UnknownJobError
from api.problem import log_unforeseen
from graph.documents import Document
from graph.errors import ErrorDocument, ShilianError

KEPT, LOOK_SECONDS = 100, 0.1
Work = Callable[[Progress], Any]


@dataclass
class Job:
    """A piece of work: where it stands, and in the end its report or its error."""

    id: str = field(default_factory=lambda: secrets.token_hex(8))
    state: Literal["queued", "running", "done", "failed"] = "queued"
    stage: str = ""
    done: int = 0
    total: int = 0
    report: Any = None
    error: ErrorDocument | None = None
    version: int = 0

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
    """The jobs of this run of the server; the newest hundred are remembered."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._keys: OrderedDict[str, str] = OrderedDict()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="job")

    def start(self, work: Work, key: str = "", job_id: str = "") -> Job:
        """Queue a piece of work and return its job; the same idempotency key gives the same job."""
        if key and self._keys.get(key) in self._jobs:
            return self._jobs[self._keys[key]]
        job = Job(job_id) if job_id else Job()
        self._jobs[job.id] = job
        if key:
            self._keys[key] = job.id
        for kept in (self._jobs, self._keys):
            while len(kept) > KEPT:
                kept.popitem(last=False)
        self._thread.submit(_run, job, work)
        return job

    def find(self, job_id: str) -> Job:
        """Return the job with this id."""
        if job_id not in self._jobs:
            raise UnknownJobError(job=job_id[:40])
        return self._jobs[job_id]

    def has_key(self, key: str) -> Job | None:
        """Return the job that was started with this idempotency key; None if there is none."""
        return self._jobs.get(self._keys.get(key, "")) if key else None

    def close(self) -> None:
        """Start no further jobs; the running one is completed, or if the process ends, has no effect."""
        # Not waited for: a load takes minutes, and a publish that is cut short leaves the old snapshot whole.
        self._thread.shutdown(wait=False, cancel_futures=True)


def _run(job: Job, work: Work) -> None:
    job.state = "running"
    try:
        job.report = work(job.advance)
        job.state = "done"
    except ShilianError as error:
        job.state, job.error = "failed", {**error.as_dict(), "status": error.status}
    except Exception as error:  # noqa: BLE001 -- the last line of defence: no traceback leaves the server
        log_unforeseen(job.id, error)
        job.state, job.error = "failed", {**UnforeseenError(number=job.id).as_dict(), "status": 500}
    finally:
        job.version += 1


async def watch(job: Job) -> AsyncIterator[bytes]:
    """Yield a server-sent event for every change of a job, until it is over."""
    seen = -1
    while True:
        if job.version != seen:
            seen = job.version
            name = "end" if job.is_over else "progress"
            yield f"event: {name}\ndata: {json.dumps(job.as_dict(), ensure_ascii=False, default=str)}\n\n".encode(
                "utf-8", "replace"
            )
            if name == "end":
                return
        await asyncio.sleep(LOOK_SECONDS)
