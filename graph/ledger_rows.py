"""The types of the ledger's rows and of its load reports, as dicts, since they go unchanged into JSON answers."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from graph.errors import ErrorDocument
from graph.problems import StoredProblem
from graph.texts import restore_said


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
    """A load that is to be added to the ledger, which gives it its number and time."""

    id: str
    file: str
    digest: str
    as_of: str | None
    by: str
    report: LoadReport


class NewSheetRow(TypedDict):
    """A sheet that is to be added to the ledger, with the size and hash of the file that stores its records."""

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
    """A sheet stored in the ledger, with its load's number in the order of loading, file name and date of the data."""

    seq: int
    file: str
    as_of: str | None


class ReportedColumn(TypedDict):
    """What a load report says of a column: its header and letter, the field it was mapped to, with what confidence, and alternatives."""

    header: str
    column: str
    field: str
    confidence: float
    treatment: str
    alternatives: list[str]


class ReportedSheet(TypedDict):
    """What became of one sheet: a register's rows and columns, or the reason for which nothing was read of it."""

    file: str
    sheet: str
    register: str | None
    rows_read: int
    rows_loaded: int
    rows_rejected: int
    columns: list[ReportedColumn]
    rows_skipped: NotRequired[int]
    reason: NotRequired[Any]  # a text in two languages, as `store_said` keeps it
    error: NotRequired[ErrorDocument]
    sender: NotRequired[str]
    reported: NotRequired[str | None]
    headers: NotRequired[list[str]]
    missing: NotRequired[list[str]]


def restore_reason(entry: ReportedSheet) -> ReportedSheet:
    """Return what the ledger keeps of a sheet, with the reason for which it was skipped as a text in two languages."""
    return ReportedSheet(**{**entry, "reason": restore_said(entry["reason"])}) if "reason" in entry else entry


class LoadReport(TypedDict, total=False):
    """The report that was made when a file was loaded; `skipped` are files of the same call that held no register."""

    files: list[ReportedSheet]
    problems: list[StoredProblem]
    options: list[str]
    skipped: list[ReportedSheet]
    skipped_problems: list[StoredProblem]
