"""A folder for what the reader's process hands over: in the workspace, and gone with the process that made it, however that ended."""

from __future__ import annotations

import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from graph.disk import disk_errors, remove_folder
from graph.workspace import UNFINISHED

READING, LOCK = "reading", "reader.lock"
YOUNG_SECONDS = 60


@contextmanager
def scratch_folder(parent: Path | None) -> Iterator[Path]:
    """Make an empty folder for the length of a `with` block, below `parent` or, without one, among the system's temporary files.

    It holds cells as they were read, names and numbers of persons among them: a killed load must not leave them lying about, so
    whoever comes next below the same parent removes what dead processes left.
    """
    if parent is None:
        with tempfile.TemporaryDirectory(prefix="shilian-", ignore_cleanup_errors=True) as unnamed:
            yield Path(unnamed)
        return
    # Whole, since the process that reads starts in it.
    folder = parent.resolve() / READING / f"{secrets.token_hex(8)}{UNFINISHED}"
    with disk_errors():
        _sweep(folder.parent)
        folder.mkdir(parents=True)
        lock = FileLock(folder / LOCK)
        lock.acquire(timeout=0)
    try:
        yield folder
    finally:
        lock.release()
        remove_folder(folder)


def _sweep(place: Path) -> None:
    """Remove the folders that no living process holds; one just made may not have its lock yet."""
    for folder in place.glob(f"*{UNFINISHED}"):
        lock = FileLock(folder / LOCK)
        try:
            if time.time() - folder.stat().st_mtime < YOUNG_SECONDS:
                continue
            lock.acquire(timeout=0)
        except (Timeout, OSError):  # in use; or just removed by its owner
            continue
        lock.release()
        remove_folder(folder)
