"""The types of the ledger's rows and of its load reports, as dicts, since they go unchanged into JSON answers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NotRequired, TypedDict

from graph.errors import ErrorDocument
from graph.problems import StoredProblem
from graph.texts import restore_said

LIST_KEY = 16  # characters of a file's hash by which decisions know a list


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
    """A sheet stored in the ledger, with its load's number in the order of loading, file name, file hash and date of the data."""

    seq: int
    file: str
    digest: str
    as_of: str | None


@dataclass(frozen=True)
class SheetOrigin:
    """Where a sheet comes from, as its file told: who filled it in, its title, the office whose folder it lay in, and the file's hash.

    What several registers read of one table has the same `table`, its number in the file; a table beside it has another.
    """

    sender: str = ""
    title: str = ""
    folder: str = ""
    digest: str = ""
    table: int = 0

    @property
    def list(self) -> str:
        """Return what decisions know the list by."""
        return self.digest[:LIST_KEY]


class ReportedColumn(TypedDict):
    """What a load report says of a column: its header and letter, the field it was mapped to, with what confidence, and alternatives."""

    header: str
    column: str
    field: str
    confidence: float
    treatment: str
    alternatives: list[str]


class ReportedSheet(TypedDict):
    """What became of one sheet: a register's rows and columns, or the reason for which nothing was read of it.

    The columns of a sheet with `candidates` are those of the first of them: nothing was read of them yet.
    The ledger keeps how many rows were understood (`rows_loaded`); a load's result says of these how many are in the graph, how many
    of them are `rows_incomplete` (a name in them waits) and how many are not there since a name waits (`rows_waiting`).
    Rows read `again`, by another register, are those of the entry before.
    """

    file: str
    sheet: str
    register: str | None
    rows_read: int
    rows_loaded: int
    rows_rejected: int
    columns: list[ReportedColumn]
    rows_skipped: NotRequired[int]
    rows_beside: NotRequired[int]  # said nothing to this register, and all to one that reads the rows once more
    rows_waiting: NotRequired[int]
    rows_incomplete: NotRequired[int]
    again: NotRequired[bool]
    reason: NotRequired[Any]  # a text in two languages, as `store_said` keeps it
    error: NotRequired[ErrorDocument]
    sender: NotRequired[str]
    title: NotRequired[str]
    reported: NotRequired[str | None]
    headers: NotRequired[list[str]]
    missing: NotRequired[list[str]]
    said: NotRequired[str]  # of a sheet that was not loaded: the register that somebody said it is
    candidates: NotRequired[list[str]]  # of a sheet that is asked about: the registers it may be, the likeliest first


def restore_reason(entry: ReportedSheet) -> ReportedSheet:
    """Return what the ledger keeps of a sheet, with the reason for which it was skipped as a text in two languages."""
    return ReportedSheet(**{**entry, "reason": restore_said(entry["reason"])}) if "reason" in entry else entry


class LoadReport(TypedDict, total=False):
    """The report that was made when a file was loaded; `skipped` are files of the same call that held no register.

    `folder` is the office whose folder the file lay in.
    """

    files: list[ReportedSheet]
    problems: list[StoredProblem]
    options: list[str]
    folder: str
    skipped: list[ReportedSheet]
    skipped_problems: list[StoredProblem]


def read_origins(report: LoadReport, digest: str) -> list[SheetOrigin]:
    """Return where each sheet of a load comes from, in order, by its report and the hash of its file."""
    folder = report.get("folder") or ""
    loaded = [entry for entry in report.get("files", ()) if entry["register"] is not None]
    tables = accumulate(not entry.get("again") for entry in loaded)
    return [
        SheetOrigin(entry.get("sender", ""), entry.get("title", ""), folder, digest, table)
        for entry, table in zip(loaded, tables, strict=True)
    ]
