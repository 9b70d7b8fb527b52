"""Files that arrive by HTTP: kept in the workspace, with a note of what was asked, until they are loaded.

uploads/<job>/request.json   how to load them, for whom, and how often that was begun
uploads/<job>/<n>/content    a file's bytes, under no name of its own

A job that was answered 202 is never lost: what a stopped server left here is loaded by the next one. What was only tried stays
for an hour, so that it is loaded without being sent again; then, or when it is loaded or given up, it is removed.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import secrets
import shutil
import time
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import cast

from filelock import FileLock, Timeout
from starlette.datastructures import UploadFile

from api.door_errors import BodyFormError, UploadGoneError
from api.replies import mark_content
from graph.disk import disk_errors, dump_json, remove_folder, sync_file, sync_folder, write_text
from graph.texts import Said
from graph.workspace import UNFINISHED
from loaders.formats.read import display_name
from loaders.intake import LoadOptions
from loaders.register_choices import RegisterChoices

MOST_FILES = 50
LONGEST_NAME = 80
UPLOADS, REQUEST, CONTENT, TAKEN = "uploads", "request.json", "content", "taken.lock"
MOST_TRIES = 3  # a file that ends the server each time is not tried for ever
STALE_SECONDS = 3600  # a half upload, or one that was tried, older than that is nobody's any more
_UNSAFE = re.compile(r"[^\w.()（）【】《》、，·+\- ]")
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


@dataclass(frozen=True)
class UploadRequest:
    """What was asked of an upload: the files' names, how to load them, the language of the report, the idempotency key, who sent it."""

    names: Sequence[str]
    options: LoadOptions
    lang: str = "zh"
    key: str = ""
    tries: int = 0
    mark: str = ""  # of the content, to which the key is bound
    by: str = ""


@dataclass(frozen=True)
class KeptUpload:
    """An upload that lies in the workspace: its folder, whose name is the job's id."""

    folder: Path

    @property
    def job(self) -> str:
        """Return the id of the job that loads it."""
        return self.folder.name

    def request(self) -> UploadRequest:
        """Return what was asked."""
        told = json.loads((self.folder / REQUEST).read_text(encoding="utf-8"))
        options = told.pop("options")
        day, registers = options.pop("as_of"), RegisterChoices.restore(options.pop("registers", {}))
        as_of = date.fromisoformat(day) if day else None
        return UploadRequest(**told, options=LoadOptions(**options, as_of=as_of, registers=registers))

    def files(self, request: UploadRequest) -> dict[Path, str]:
        """Return the kept files with the names they came under."""
        return {self.folder / str(n) / CONTENT: name for n, name in enumerate(request.names, 1)}

    def begin(self, request: UploadRequest) -> bool:
        """Note that loading begins; False where it was begun too often and never came to an end."""
        tries = request.tries + 1
        write_text(self.folder / REQUEST, _dump(replace(request, tries=tries)))
        return tries <= MOST_TRIES

    def rest(self, request: UploadRequest) -> None:
        """Note that the files stay, for a trial only: they are loaded when somebody says so."""
        trial = replace(request.options, dry_run=True)
        write_text(self.folder / REQUEST, _dump(replace(request, options=trial, tries=0)))

    def take_again(self, options: LoadOptions, lang: str, by: str) -> KeptUpload:
        """Return the same files as a new upload that is to be loaded in another way; this one is no more."""
        request = replace(self.request(), options=options, lang=lang, by=by, key="", mark="", tries=0)
        again = KeptUpload(self.folder.with_name(secrets.token_hex(8)))
        with disk_errors():
            self.folder.rename(again.folder)
            write_text(again.folder / REQUEST, _dump(request))
            sync_folder(again.folder.parent)
        return again

    @property
    def is_stale(self) -> bool:
        """Tell whether it was only tried and its hour is over; what was sent to be loaded waits as long as it must."""
        is_old = time.time() - (self.folder / REQUEST).stat().st_mtime > STALE_SECONDS
        return is_old and self.request().options.dry_run

    def drop(self) -> None:
        """Remove the files."""
        remove_folder(self.folder)

    @contextmanager
    def taken(self) -> Iterator[bool]:
        """Hold the upload during a `with` block, which is False where another process is loading it."""
        lock = FileLock(self.folder / TAKEN)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            lock.release()


def safe_name(written: str, number: int) -> str:
    """Return a harmless file name that a person still recognises in the report."""
    last = PurePosixPath(unicodedata.normalize("NFC", written).replace("\\", "/")).name
    name = _UNSAFE.sub("_", last).strip(" .")
    stem, dot, suffix = name.rpartition(".")
    name = f"{(stem if dot else suffix)[:LONGEST_NAME]}{dot}{suffix[:8] if dot else ''}".strip(" .")
    return f"file-{number}" if not name or _RESERVED.match(name) else name


def keep_uploads(
    workspace: Path, uploads: Sequence[UploadFile], options: LoadOptions, lang: str, key: str = "", *, by: str = ""
) -> KeptUpload:
    """Write uploaded files and what was asked into the workspace; when this returns, the job may be promised."""
    mark = mark_upload(uploads, options)
    if not uploads or len(uploads) > MOST_FILES:
        raise BodyFormError(
            reason=Said(
                f"请以表单字段 files 上传 1 到 {MOST_FILES} 个文件",
                f"send 1 to {MOST_FILES} files in the form field “files”",
            )
        )
    final = workspace / UPLOADS / secrets.token_hex(8)
    draft = final.with_name(f"{final.name}{UNFINISHED}")
    names = [display_name(Path(safe_name(upload.filename or "", n))) for n, upload in enumerate(uploads, 1)]
    with disk_errors():
        try:
            for number, upload in enumerate(uploads, 1):
                # A folder for each: two uploads may have one name, and are then told apart by these.
                path = draft / str(number) / CONTENT
                path.parent.mkdir(parents=True)
                with path.open("wb") as file:
                    shutil.copyfileobj(upload.file, file, 1 << 20)
                sync_file(path)
            write_text(draft / REQUEST, _dump(UploadRequest(names, options, lang, key, mark=mark, by=by)))
            draft.rename(final)
            sync_folder(final.parent)
        except BaseException:
            remove_folder(draft)
            raise
    return KeptUpload(final)


def mark_upload(uploads: Sequence[UploadFile], options: LoadOptions) -> str:
    """Return a mark of an upload: of its files, their names and how they are to be loaded."""
    parts = [dump_json(asdict(options)).encode()]
    for upload in uploads:
        upload.file.seek(0)
        name = (upload.filename or "").encode("utf-8", "replace")
        parts += [name, hashlib.file_digest(cast("io.BufferedIOBase", upload.file), "sha256").digest()]
        upload.file.seek(0)
    return mark_content(parts)


def find_uploads(workspace: Path) -> list[KeptUpload]:
    """Return the uploads that no job has ended, oldest first; half ones that nobody is writing any more are removed."""
    whole: list[Path] = []
    for folder in (workspace / UPLOADS).glob("*"):
        if (folder / REQUEST).is_file() and folder.suffix != UNFINISHED:
            whole.append(folder)
        elif time.time() - folder.stat().st_mtime > STALE_SECONDS:
            remove_folder(folder)
    return [KeptUpload(folder) for folder in sorted(whole, key=lambda folder: folder.stat().st_mtime_ns)]


def find_tried(workspace: Path, job: str) -> KeptUpload:
    """Return the files of a job that stay; UploadGoneError where there are none any more."""
    for upload in find_uploads(workspace):
        if upload.job == job:
            return upload
    raise UploadGoneError(job=job[:40])


def drop_stale(workspace: Path) -> None:
    """Remove the uploads whose hour is over and that nobody is loading."""
    for upload in find_uploads(workspace):
        if upload.is_stale:
            with upload.taken() as ours:
                if ours:
                    upload.drop()


def _dump(request: UploadRequest) -> str:
    return dump_json({**asdict(request), "names": list(request.names)})
