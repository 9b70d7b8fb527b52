"""One file's bytes, whatever the format: the place where a format finds its reader."""

from __future__ import annotations

import hashlib
import importlib

from graph.errors import FileEmptyError, FileError, FileTooLargeError
from loaders.formats.detect import find_format
from loaders.formats.limits import FileLimits
from loaders.formats.raw_sheet import RawFile


def read_content(data: bytes, file: str, limits: FileLimits, *, careful: bool = False) -> RawFile:
    """Return the file as read; an error that concerns it as a whole is in the result, never raised."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        return _read(data, file, digest, limits, careful)
    except FileError as error:
        return RawFile(file, digest, error=error)
    except MemoryError:
        reason = ("所需内存超过上限", "it needs more memory than the limit")
        return RawFile(file, digest, error=FileTooLargeError(file=file, reason=reason))


def _read(data: bytes, file: str, digest: str, limits: FileLimits, careful: bool) -> RawFile:
    if not data:
        raise FileEmptyError(file=file)
    # A reader's libraries are imported when the first file of its format comes: the child starts for every call.
    reader = importlib.import_module(f"loaders.formats.{find_format(data[:512], file)}")
    sheets, problems = reader.read_sheets(data, file, limits, careful)
    return RawFile(file, digest, sheets, problems)
