"""Files that arrive by HTTP: kept in a folder of their own until they are loaded, under names that cannot lead elsewhere."""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from starlette.datastructures import UploadFile

from api.door_errors import BodyFormError

MOST_FILES = 50
LONGEST_NAME = 80
_UNSAFE = re.compile(r"[^\w.()（）【】《》、，·+\- ]")
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def safe_name(written: str, number: int) -> str:
    """Return a harmless file name that a person still recognises in the report."""
    last = PurePosixPath(unicodedata.normalize("NFC", written).replace("\\", "/")).name
    name = _UNSAFE.sub("_", last).strip(" .")
    stem, dot, suffix = name.rpartition(".")
    name = f"{(stem if dot else suffix)[:LONGEST_NAME]}{dot}{suffix[:8] if dot else ''}".strip(" .")
    return f"file-{number}" if not name or _RESERVED.match(name) else name


def keep_uploads(uploads: Sequence[UploadFile]) -> tuple[Path, list[Path]]:
    """Write uploaded files into a new temporary folder, each in a folder of its own; return both."""
    if not uploads or len(uploads) > MOST_FILES:
        raise BodyFormError(
            reason=f"请以表单字段 files 上传 1 到 {MOST_FILES} 个文件 / send 1 to {MOST_FILES} files in the form field “files”"
        )
    folder = Path(tempfile.mkdtemp(prefix="shilian-"))
    paths = []
    try:
        for number, upload in enumerate(uploads, 1):
            path = folder / str(number) / safe_name(upload.filename or "", number)
            path.parent.mkdir()
            with path.open("wb") as file:
                shutil.copyfileobj(upload.file, file, 1 << 20)
            paths.append(path)
    except BaseException:
        drop_uploads(folder)
        raise
    return folder, paths


def drop_uploads(folder: Path) -> None:
    """Remove uploaded files."""
    shutil.rmtree(folder, ignore_errors=True)
