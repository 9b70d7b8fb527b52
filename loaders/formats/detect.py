"""Which format a file has, by its content and never by its name."""

from __future__ import annotations

from pathlib import Path

from graph.errors import FileEmptyError, FileTooLargeError, FileTypeError
from loaders.formats.archive import open_archive
from loaders.formats.limits import MEGABYTE, FileLimits

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORKBOOK_PART = "xl/workbook.xml"
_FOREIGN = (
    *(
        b"%PDF",
        b"{\\rtf",
        b"\x7fELF",
        b"MZ\x90",
        b"SQLite format 3",
        b"PAR1",
        b"ARROW1",
    ),  # documents, programs, databases
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM\x00\x00", b"II*\x00", b"MM\x00*", b"RIFF"),  # pictures
    *(b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ"),  # archives
)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def check_file(path: Path, file: str, limits: FileLimits) -> None:
    """Raise what can be known of a file without parsing it: empty, too large, no spreadsheet, an unsafe archive."""
    size = path.stat().st_size
    if size == 0:
        raise FileEmptyError(file=file)
    if size > limits.max_file_bytes:
        sizes = f"{size // MEGABYTE} MB > {limits.max_file_bytes // MEGABYTE} MB"
        raise FileTooLargeError(file=file, reason=sizes)
    with path.open("rb") as handle:
        head = handle.read(512)
        if find_format(head, file) == "xlsx":
            with open_archive(handle, file, limits) as archive:
                names = {name.lower() for name in archive.namelist()}
            if WORKBOOK_PART not in names:
                raise FileTypeError(file=file)


def find_format(head: bytes, file: str) -> str:
    """Return the module that reads a file with these first bytes: xlsx (any zip), xls (any OLE file) or delimited; refuse the rest."""
    if head.startswith(ZIP):
        return "xlsx"
    if head.startswith(OLE):
        return "xls"
    if head.startswith(_FOREIGN) or _is_markup(head):
        raise FileTypeError(file=file)
    return "delimited"


def _is_markup(head: bytes) -> bool:
    start = head.removeprefix(_BYTE_ORDER_MARK).lstrip().lower()
    return start.startswith(
        (b"<!doctype", b"<html", b"<?xml", b"<head", b"<meta", b"<table", b"<svg", b"<!--", b"<style", b"<div")
    )
