"""Lets only one process write to a workspace at a time, by an operating system lock that is freed when its holder dies.

A file next to the lock says who holds it.
"""

from __future__ import annotations

import getpass
import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from graph.storage_errors import WorkspaceLockedError


class WriterLock:
    """The lock of a workspace's writer; the thread that holds it may take it again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = FileLock(folder / "writer.lock")
        self._name = folder / "writer.json"

    @contextmanager
    def held(self, timeout: float) -> Iterator[bool]:
        """Hold the lock during a `with` block, or raise an error that names the holder after `timeout` seconds.

        It may be nested; the value is True for the outermost block.
        """
        outermost = not self._lock.is_locked
        try:
            self._lock.acquire(timeout=timeout)
        except Timeout as error:
            raise WorkspaceLockedError(path=str(self._folder), holder=self.holder()) from error
        try:
            if outermost:
                self._name.write_text(json.dumps(_whoami(), ensure_ascii=False), encoding="utf-8")
            yield outermost
        finally:
            if outermost:
                # Before the release: after it, the file may be that of the next holder.
                self._name.unlink(missing_ok=True)
            self._lock.release()

    def holder(self) -> str:
        """Return who holds the lock, in words."""
        try:
            who = json.loads(self._name.read_text(encoding="utf-8"))
            return f"pid {who['pid']}, user {who['user']}, host {who['host']}, since {who['since']}"
        except (OSError, ValueError, KeyError, TypeError):
            return "?"


def _whoami() -> dict[str, object]:
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container user without a name
        user = str(os.getuid()) if hasattr(os, "getuid") else "?"
    return {
        "pid": os.getpid(),
        "user": user,
        "host": platform.node(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }
