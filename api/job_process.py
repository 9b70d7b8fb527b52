"""Runs a job in a process of its own: what a load needs of memory (as much as the server itself) and of time is not taken from answers.

The process is told to end when the server ends, and ends by itself when the server is gone: whatever it was at is then done anew
by the next server, for a publish that is cut short leaves the old snapshot whole.
"""

from __future__ import annotations

import multiprocessing
import os
import secrets
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from api.door import Progress
from api.door_errors import UnforeseenError
from api.problem import log_unforeseen
from graph.errors import ErrorDocument, ShilianError

# Spawned, never forked: the server has threads.
_CONTEXT = multiprocessing.get_context("spawn")
LAST_SECONDS = 10.0  # that an ended process is waited for


class ToldError(ShilianError):
    """An error of another process, as it told it."""

    def __init__(self, document: ErrorDocument) -> None:
        self.document = document
        super().__init__()

    def message(self, lang: str = "zh") -> str:
        """Return the sentence in a language."""
        return self.document["message"][lang]

    def as_dict(self) -> ErrorDocument:
        """Return the error as it was told."""
        return self.document


class Apart:
    """The processes of a server's jobs; when it is closed, they are ended."""

    def __init__(self) -> None:
        self._running: set[SpawnProcess] = set()
        self._changing = threading.Lock()

    def run(self, work: Callable[..., Any], arguments: tuple[Any, ...], tell: Progress) -> Any:
        """Call a function of a module with arguments and a `Progress` in a process of its own, and return what it returns."""
        ours, theirs = _CONTEXT.Pipe()
        process = _CONTEXT.Process(target=_work, args=(theirs, work, arguments))
        process.start()
        theirs.close()
        with self._changing:
            self._running.add(process)
        try:
            return _listen(ours, tell)
        finally:
            process.join(LAST_SECONDS)
            with self._changing:
                self._running.discard(process)

    def close(self) -> None:
        """End what is still running."""
        with self._changing:
            for process in self._running:
                process.kill()


def _listen(line: Connection, tell: Progress) -> Any:
    while True:
        try:
            word, told = line.recv()
        except (EOFError, OSError):  # it was ended, or had no memory left
            raise UnforeseenError(number=secrets.token_hex(4)) from None
        if word == "done":
            return told
        if word == "failed":
            raise ToldError(told)
        tell(*told)


def _work(line: Connection, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """Do the work and tell the server of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server, which ends this process as it ends itself

    def send(word: str, told: Any) -> None:
        try:
            line.send((word, told))
        except OSError:
            os._exit(1)  # the server is gone: nothing of what is left in order here may be put away

    try:
        send("done", work(*arguments, lambda *step: send("progress", step)))
    except ShilianError as error:
        send("failed", {**error.as_dict(), "status": error.status})
    except Exception as error:  # noqa: BLE001 -- the last line of defence, as for jobs of the server's own
        number = secrets.token_hex(4)
        log_unforeseen(number, error)
        send("failed", {**UnforeseenError(number=number).as_dict(), "status": 500})
