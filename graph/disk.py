"""Writes files so that a crash at any moment leaves either the old or the new file, and reports a full disk as one error."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.storage_errors import DiskFullError, ReadOnlyError

FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
FULL_TEXTS = (
    "cannot write to file",
    "no space left",
    "disk is full",
    "file too large",
    "disk quota exceeded",
    "not enough space",
)
READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
READ_ONLY_TEXTS = ("readonly database", "read-only file system", "permission denied", "operation not permitted")
REPLACE_TRIES, REPLACE_PAUSE = 50, 0.05


@dataclass(frozen=True)
class FileFact:
    """The size and SHA-256 of a file, as a snapshot's manifest records them."""

    size: int
    sha256: str


def describe_file(path: Path) -> FileFact:
    """Return the size and SHA-256 of a file."""
    with path.open("rb", buffering=0) as file:
        return FileFact(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def sync_file(path: Path) -> None:
    """Make a written file survive a power cut."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Make newly created or renamed files in a folder survive a power cut (needed on systems other than Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_file(source: Path, target: Path) -> None:
    """Put `source` in the place of `target`; on Windows a reader may hold the old file for a moment, so it is tried again."""
    for attempt in range(REPLACE_TRIES):
        try:
            source.replace(target)
            break
        except PermissionError:
            if attempt + 1 == REPLACE_TRIES:
                raise
            time.sleep(REPLACE_PAUSE)
    sync_folder(target.parent)


def write_text(path: Path, text: str) -> None:
    """Replace a small text file as a whole."""
    draft = path.with_name(path.name + ".tmp")
    with draft.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    replace_file(draft, path)


def dump_json(value: Any) -> str:
    """Return a value as JSON text in a fixed form (sorted keys, dates as ISO text), so that equal values give equal texts."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1, default=str)


def remove_folder(path: Path) -> None:
    """Delete a folder except for files that a reader still has open (on Windows); the next writer deletes those."""
    shutil.rmtree(path, ignore_errors=True)


def is_full(error: BaseException) -> bool:
    """Tell whether an error of the system, SQLite, polars or the engine means that there is no room left."""
    return _means(error, FULL, FULL_TEXTS)


def is_read_only(error: BaseException) -> bool:
    """Tell whether an error of the system, SQLite, polars or the engine means that nothing may be written there."""
    return _means(error, READ_ONLY, READ_ONLY_TEXTS)


def _means(error: BaseException, numbers: set[int], texts: tuple[str, ...]) -> bool:
    if isinstance(error, OSError) and error.errno in numbers:
        return True
    return any(text in str(error).lower() for text in texts)


@contextmanager
def disk_errors() -> Iterator[None]:
    """Turn any error that means a full disk or one that may not be written, from whichever library, into ours (a context manager)."""
    try:
        yield
    except (DiskFullError, ReadOnlyError):
        raise
    except Exception as error:  # SQLite's, polars' and the engine's own errors share no other base
        if is_full(error):
            raise DiskFullError(reason=str(error)) from error
        if is_read_only(error):
            raise ReadOnlyError(reason=str(error)) from error
        raise
