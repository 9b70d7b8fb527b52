"""Passes a file that was read from the child process to its parent: cells as Arrow files, all else as JSON, in a shared folder."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl

from graph import errors
from graph.documents import Document
from graph.errors import FileError
from graph.problems import Problem
from graph.texts import restore_said, store_said
from loaders.formats.raw_sheet import RawFile, RawSheet

_LARGE = 48 * 1024 * 1024  # bytes of a frame from which writing less is faster than writing at once


def save_file(raw: RawFile, folder: Path, number: int) -> None:
    """Write a file that was read into the exchange folder, under its number in the request."""
    for index, sheet in enumerate(raw.sheets):
        large = sheet.cells.estimated_size() > _LARGE
        sheet.cells.write_ipc(_cells_path(folder, number, index), compression="lz4" if large else "uncompressed")
    record = {
        "file": raw.file,
        "digest": raw.digest,
        "error": {
            "name": type(raw.error).__name__,
            "details": {name: store_said(value) for name, value in raw.error.details.items()},
        }
        if raw.error
        else None,
        "problems": [problem.store() for problem in raw.problems],
        "sheets": [_sheet_record(sheet) for sheet in raw.sheets],
    }
    _record_path(folder, number).write_text(json.dumps(record), encoding="utf-8")


def load_file(folder: Path, number: int) -> RawFile:
    """Read one file back and delete what lay in the folder for it."""
    path = _record_path(folder, number)
    record = json.loads(path.read_text(encoding="utf-8"))
    path.unlink()
    return RawFile(
        file=record["file"],
        digest=record["digest"],
        sheets=tuple(_load_sheet(sheet, folder, number, index) for index, sheet in enumerate(record["sheets"])),
        problems=tuple(Problem.restore(problem) for problem in record["problems"]),
        error=_error(record["error"]),
    )


def _record_path(folder: Path, number: int) -> Path:
    return folder / f"{number}.json"


def _cells_path(folder: Path, number: int, index: int) -> Path:
    return folder / f"{number}-{index}.arrow"


def _sheet_record(sheet: RawSheet) -> Document:
    record = {name: value for name, value in vars(sheet).items() if name != "cells"}
    return {**record, "problems": [problem.store() for problem in sheet.problems]}


def _load_sheet(record: Document, folder: Path, number: int, index: int) -> RawSheet:
    path = _cells_path(folder, number, index)
    cells = pl.read_ipc(path.read_bytes())  # bytes, not the path: a mapped file cannot be deleted everywhere
    path.unlink()
    return RawSheet(
        file=record["file"],
        name=record["name"],
        cells=cells,
        first_row=record["first_row"],
        merges=tuple((top, left, bottom, right) for top, left, bottom, right in record["merges"]),
        visible=record["visible"],
        hidden_rows=tuple(record["hidden_rows"]),
        hidden_columns=tuple(record["hidden_columns"]),
        problems=tuple(Problem.restore(problem) for problem in record["problems"]),
        is_1904=record["is_1904"],
    )


def _error(record: Document | None) -> FileError | None:
    if record is None:
        return None
    known = {
        name: kind for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, FileError)
    }
    return known[record["name"]](**{name: restore_said(value) for name, value in record["details"].items()})
