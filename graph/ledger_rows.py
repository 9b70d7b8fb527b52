"""The rows of the ledger, and the report that it keeps of every load; as dicts, since they are JSON in the ledger and at every door."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from graph.problems import StoredProblem


class LoadRow(TypedDict):
    """A load: a file that was read once, under an id made of its content."""

    seq: int
    id: str
    file: str
    digest: str
    as_of: str | None
    by: str
    at: str
    withdrawn: bool


class NewLoadRow(TypedDict):
    """A load as it is put on the record; its number and its time are added there."""

    id: str
    file: str
    digest: str
    as_of: str | None
    by: str
    report: LoadReport


class NewSheetRow(TypedDict):
    """A sheet of a load as it is put on the record, with the size and the hash of the file that holds its records."""

    load_id: str
    n: int
    sheet: str
    register: str
    scope: str
    reported: str | None
    rows: int
    size: int
    sha256: str


class SheetRow(NewSheetRow):
    """A sheet on the record, and of its load the place in the order of loading, the file's name and the day it speaks of."""

    seq: int
    file: str
    as_of: str | None


class ColumnEntry(TypedDict):
    """What a column of a sheet was taken to mean: its header and letter, the field, how surely, and what else it might be."""

    header: str
    column: str
    field: str
    confidence: float
    treatment: str
    alternatives: list[str]


class SheetEntry(TypedDict):
    """What became of one sheet: a register's rows and columns, or the reason for which nothing was read of it."""

    file: str
    sheet: str
    register: str | None
    rows_read: int
    rows_loaded: int
    rows_rejected: int
    columns: list[ColumnEntry]
    rows_skipped: NotRequired[int]
    reason: NotRequired[str]
    error: NotRequired[dict[str, Any]]
    sender: NotRequired[str]
    reported: NotRequired[str | None]
    headers: NotRequired[list[str]]
    missing: NotRequired[list[str]]


class LoadReport(TypedDict, total=False):
    """What was said of a load when it was made; `skipped` are files of the same call that held no register."""

    files: list[SheetEntry]
    problems: list[StoredProblem]
    options: list[str]
    skipped: list[SheetEntry]
    skipped_problems: list[StoredProblem]
