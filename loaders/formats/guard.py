"""The guard: files are parsed in a child process with limits on memory and time, so that no file can take this process down.

One child reads all files of a call. When it dies, the file it was at is tried once more by a new child that measures it before
parsing; when that dies too, the file gets the error, and a new child goes on with the files after it.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import psutil

from graph.disk import disk_errors, is_full, is_read_only
from graph.errors import FileDamagedError, FileError, FileTooLargeError
from graph.texts import Said
from loaders.formats.exchange import load_file
from loaders.formats.limits import MEGABYTE, FileLimits
from loaders.formats.raw_sheet import RawFile
from loaders.formats.scratch import scratch_folder

__all__ = ["FileLimits", "ReadJob", "read_guarded"]

REQUEST, LAST_WORDS = "request.json", "errors.txt"
_PACKAGES = Path(__file__).resolve().parents[1]
_LOOK_EVERY = 0.2  # seconds between two looks at the child's memory and clock
_START_SECONDS = 60.0  # for the interpreter and its libraries, on a slow disk
_OUT_OF_MEMORY = (b"memory allocation", b"MemoryError", b"bad_alloc", b"allocate", b"out of memory")
_KILLED, _OVER_CPU_TIME = -9, -24  # by the system for want of memory; by the limit on processor time


@dataclass(frozen=True)
class ReadJob:
    """A file to read: its number in the call, its path, its display name; `careful` measures it before parsing."""

    number: int
    path: Path
    file: str
    careful: bool = False


def read_guarded(
    jobs: Sequence[ReadJob], limits: FileLimits, scratch: Path | None = None
) -> Iterator[tuple[ReadJob, RawFile]]:
    """Read files in a child process; yield each with its content, or with the error for which the child had to end.

    What the child read is handed over in a folder below `scratch`, or below the system's folder of temporary files.
    """
    waiting = deque(jobs)
    with scratch_folder(scratch) as folder:
        while waiting:
            why = yield from _run_child(folder, waiting, limits)
            if why is None:
                return
            job = waiting.popleft()
            if job.careful or why == "time":
                yield job, RawFile(job.file, "", error=_error(job, why, limits))
            else:
                waiting.appendleft(replace(job, careful=True))


def _run_child(
    folder: Path, waiting: deque[ReadJob], limits: FileLimits
) -> Generator[tuple[ReadJob, RawFile], None, str | None]:
    # Takes from `waiting` what the child finishes; returns why it died at the first of the rest, or None when none is left.
    _write_request(folder, waiting, limits)
    child = _Child(folder, limits)
    try:
        begun = False
        for word, number in child.words():
            begun = True
            if word == "end":
                yield waiting.popleft(), load_file(folder, number)
    finally:
        child.stop()
    why = child.cause_of_death()
    if why == "stopped":
        with disk_errors():  # no room for what was read is no fault of the file
            _raise_for_disk(child.last_words())
    if why and not begun:
        raise RuntimeError(
            f"the reader's process did not start ({why}): {child.last_words().decode('utf-8', 'replace')[-2000:]}"
        )
    return why


def _raise_for_disk(last_words: bytes) -> None:
    error = OSError(last_words.decode("utf-8", "replace").strip().rpartition("\n")[2])
    if is_full(error) or is_read_only(error):
        raise error


def _write_request(folder: Path, waiting: Sequence[ReadJob] | deque[ReadJob], limits: FileLimits) -> None:
    jobs = [
        {"number": job.number, "path": str(job.path.resolve()), "file": job.file, "careful": job.careful}
        for job in waiting
    ]
    (folder / REQUEST).write_text(json.dumps({"limits": asdict(limits), "jobs": jobs}), encoding="utf-8")


def _error(job: ReadJob, why: str, limits: FileLimits) -> FileError:
    if why == "time":
        seconds = f"{limits.wall_seconds:g}"
        return FileTooLargeError(
            file=job.file, reason=Said(f"{seconds} 秒内没有读完", f"it could not be read within {seconds} s")
        )
    if why == "memory":
        size = f"{limits.memory_bytes // MEGABYTE} MB"
        return FileTooLargeError(
            file=job.file, reason=Said(f"所需内存超过 {size}", f"it needs more than {size} of memory")
        )
    return FileDamagedError(file=job.file, reason=Said("解析中断", "its content stopped the reader"))


class _Child:
    """A running child process, its words as they come, its end."""

    def __init__(self, folder: Path, limits: FileLimits) -> None:
        self._folder, self._limits = folder, limits
        self._words: queue.SimpleQueue[tuple[str, int, float] | None] = queue.SimpleQueue()
        self._killed_for = ""
        with (folder / LAST_WORDS).open("wb") as errors:
            self._process = subprocess.Popen(  # noqa: S603 - our own module by our own interpreter
                [sys.executable, "-P", "-m", "loaders.formats.child", str(folder)],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, cwd=folder, env=_environment(),
            )  # fmt: skip
        threading.Thread(target=self._listen, daemon=True).start()

    def words(self) -> Iterator[tuple[str, int]]:
        """Yield each message of the child process, as (word, number of the file), and kill it if a file exceeds its limits."""
        since = time.monotonic() + _START_SECONDS
        while True:
            try:
                said = self._words.get(timeout=_LOOK_EVERY)
            except queue.Empty:
                self._watch(since)
                continue
            if said is None:
                return
            word, number, since = said
            yield word, number

    def stop(self) -> None:
        """End the child if it still runs."""
        self._process.kill()
        self._process.wait()

    def cause_of_death(self) -> str | None:
        """Return why the child process ended early: 'time', 'memory' or 'stopped'; None if it finished."""
        code = self._process.returncode
        if self._killed_for or code == 0:
            return self._killed_for or None
        if code == _OVER_CPU_TIME:
            return "time"
        return "memory" if code == _KILLED or any(sign in self.last_words() for sign in _OUT_OF_MEMORY) else "stopped"

    def last_words(self) -> bytes:
        """Return what the child wrote on standard error."""
        return (self._folder / LAST_WORDS).read_bytes()

    def _listen(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - it was opened as a pipe
        with self._process.stdout as lines:
            for line in lines:
                word, number = line.split()
                self._words.put((word.decode(), int(number), time.monotonic()))
        self._process.wait()
        self._words.put(None)

    def _watch(self, since: float) -> None:
        if time.monotonic() - since > self._limits.wall_seconds:
            self._kill_for("time")
        try:
            if psutil.Process(self._process.pid).memory_info().rss > self._limits.memory_bytes:
                self._kill_for("memory")
        except psutil.Error:  # it has just ended by itself
            return

    def _kill_for(self, why: str) -> None:
        self._killed_for = self._killed_for or why
        self._process.kill()


def _environment() -> dict[str, str]:
    # The child needs no secrets, and few threads: each of them takes a share of its address space.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SHILIAN_")}
    path = os.pathsep.join([str(_PACKAGES), *filter(None, [kept.get("PYTHONPATH")])])
    return {
        **kept,
        "PYTHONPATH": path,
        "PYTHONUTF8": "1",
        "RUST_BACKTRACE": "0",
        "POLARS_MAX_THREADS": str(min(4, os.cpu_count() or 1)),
    }
