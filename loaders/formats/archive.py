"""The zip archive around a workbook: refused by its table of contents, before anything is unpacked."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from typing import IO

from graph.errors import FileDamagedError, FileEncryptedError, FileTooLargeError, FileUnsafeError
from loaders.formats.limits import MEGABYTE, FileLimits

END_RECORD = b"PK\x05\x06"
_TAIL = 65_557  # the end record and the longest comment that may follow it
_DIRECTORY_BYTES_PER_ENTRY = 1_024
_OUTSIDE = re.compile(r"(^|[\\/])\.\.([\\/]|$)|^[\\/]|^[A-Za-z]:|\0")
_DECLARATION = b"<!DOCTYPE"  # entities are declared inside one, nowhere else


def open_archive(handle: IO[bytes], file: str, limits: FileLimits) -> zipfile.ZipFile:
    """Return the opened archive, or raise the error that says why it is not safe to unpack."""
    _check_end_record(handle, file, limits)
    try:
        archive = zipfile.ZipFile(handle)
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError) as cause:
        raise FileDamagedError(file=file, reason=("压缩包不完整", "its archive is incomplete")) from cause
    _check_entries(archive.infolist(), file, limits)
    return archive


def read_part(archive: zipfile.ZipFile, name: str, file: str) -> bytes:
    """Return one unpacked part, free of document type declarations."""
    try:
        content = archive.read(name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, NotImplementedError, ValueError) as cause:
        raise FileDamagedError(file=file, reason=(f"{name} 无法解压", f"{name} cannot be unpacked")) from cause
    _check_declarations(content, file)
    return content


def is_xml(name: str) -> bool:
    """Say whether a part of this name is read as XML."""
    return name.lower().endswith((".xml", ".rels", ".vml"))


def _check_end_record(handle: IO[bytes], file: str, limits: FileLimits) -> None:
    # The count is read from the last bytes first: a directory of millions of entries would take seconds to list.
    size = handle.seek(0, 2)
    handle.seek(max(0, size - _TAIL))
    tail = handle.read()
    start = tail.rfind(END_RECORD)
    if start < 0 or len(tail) < start + 22:
        raise FileDamagedError(file=file, reason=("压缩包被截断", "its archive is cut off"))
    entries, directory_bytes = struct.unpack("<HI", tail[start + 10 : start + 16])
    if entries > limits.max_entries or directory_bytes > limits.max_entries * _DIRECTORY_BYTES_PER_ENTRY:
        raise FileUnsafeError(file=file, reason=_too_many(entries, limits))
    handle.seek(0)


def _check_entries(entries: list[zipfile.ZipInfo], file: str, limits: FileLimits) -> None:
    if len(entries) > limits.max_entries:
        raise FileUnsafeError(file=file, reason=_too_many(len(entries), limits))
    if any(_OUTSIDE.search(entry.orig_filename) for entry in entries):
        raise FileUnsafeError(file=file, reason=("压缩包内的路径越界", "a path in its archive points outside"))
    if len({entry.filename for entry in entries}) < len(entries):
        raise FileUnsafeError(file=file, reason=("压缩包内有重名部分", "its archive has two parts of one name"))
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileEncryptedError(file=file)
    _check_sizes(entries, file, limits)


def _check_sizes(entries: list[zipfile.ZipInfo], file: str, limits: FileLimits) -> None:
    unpacked, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    if unpacked > limits.max_unpacked_bytes:
        sizes = f"{unpacked // MEGABYTE} MB > {limits.max_unpacked_bytes // MEGABYTE} MB"
        raise FileTooLargeError(file=file, reason=(f"解压后 {sizes}", f"unpacked {sizes}"))
    parts = [(e.file_size, e.compress_size) for e in entries] + [(unpacked, packed)]
    worst = max((size / max(1, small) for size, small in parts if size > MEGABYTE), default=0.0)
    if worst > limits.max_ratio:
        reason = (f"压缩比 {worst:.0f}:1", f"compressed {worst:.0f}:1")
        raise FileUnsafeError(file=file, reason=reason)


def _too_many(entries: int, limits: FileLimits) -> tuple[str, str]:
    return (
        f"压缩包内有 {entries} 个部分，上限 {limits.max_entries}",
        f"its archive has {entries} parts, the limit is {limits.max_entries}",
    )


def _check_declarations(content: bytes, file: str) -> None:
    head = content[:4]
    if b"\0" in head or head[:2] in (
        b"\xff\xfe",
        b"\xfe\xff",
    ):  # UTF-16 would hide the declaration from a search for bytes
        content = content.replace(b"\0", b"")
    if _DECLARATION in content:
        raise FileUnsafeError(file=file, reason=("XML 中有实体声明", "its XML declares entities"))
