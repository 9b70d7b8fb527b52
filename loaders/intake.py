"""A file as read → a load: the records of each register in it, and a report of what was understood, dropped and refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph.errors import FileError, RegisterRefusedError
from graph.kinds import Schema
from graph.problems import WARNING, Problem
from graph.schema import SCHEMA
from graph.workspace import NewLoad, NewSheet
from loaders.clean import Records, clean_table
from loaders.headers import map_table
from loaders.mapping import TableMapping
from loaders.sheet import RawFile
from loaders.tables import Table, find_tables


@dataclass(frozen=True)
class LoadOptions:
    """How to load: without writing, as a full list or an increment, as of which day."""

    dry_run: bool = False
    scope: str | None = None
    as_of: date | None = None


def header_decisions(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], str]:
    """Return what people said headers mean: (register, header) → field."""
    return {(str(d["register"]), str(d["header"])): str(d["field"]) for d in rows}


@dataclass(frozen=True)
class Intake:
    """Turns files as read into loads: under which options, with which key for pseudonyms, with what people said of headers."""

    options: LoadOptions
    key: bytes
    schema: Schema = SCHEMA
    decisions: Mapping[tuple[str, str], str] = field(default_factory=dict)
    by: str = ""

    def read(self, source: RawFile, load_id: str) -> NewLoad:
        """Return the load made of a file: the records of each register in it, and the report."""
        reader = _FileReader(source, self)
        for raw in source.sheets:
            tables = find_tables(raw)
            if not tables:
                reader.skip(raw.name, "没有表格 / no table")
            for table in tables:
                reader.add(table, raw.problems)
        if source.error is not None:
            reader.fail(source.error)
        report = {"files": reader.files, "problems": [store_problem(p) for p in (*source.problems, *reader.problems)]}
        as_of = self.options.as_of or reader.reported
        return NewLoad(load_id, source.file, source.digest, as_of, tuple(reader.sheets), report, self.by)


class _FileReader:
    def __init__(self, source: RawFile, intake: Intake) -> None:
        self.source, self.intake = source, intake
        self.sheets: list[NewSheet] = []
        self.files: list[dict[str, Any]] = []
        self.problems: list[Problem] = []
        self.reported: date | None = None

    def add(self, table: Table, problems: Iterable[Problem]) -> None:
        """Add a table's records and its part of the report."""
        mapping = map_table(table, self.intake.schema, self.intake.decisions)
        if mapping.refused:
            self.fail(
                RegisterRefusedError(file=self.source.file, sheet=table.sheet, reason=mapping.reason), table.sheet
            )
            return
        if mapping.register is None:
            self.skip(table.sheet, mapping.reason, problems)
            return
        records = clean_table(table, mapping, self.intake.key)
        self.problems += [*problems, *records.problems, *_asked(table, mapping)]
        scope = self.intake.options.scope or mapping.register.scope
        self.sheets.append(NewSheet(table.sheet, mapping.register.name, scope, records.frame, table.reported))
        self.reported = max(filter(None, (self.reported, table.reported)), default=None)
        self.files.append(_sheet_report(table, mapping, records))

    def skip(self, sheet: str, reason: str, problems: Iterable[Problem] = ()) -> None:
        """Report a sheet that is no register."""
        self.files.append(_skipped(self.source.file, sheet, reason))
        self.problems += [
            *problems,
            Problem("sheet.skipped", WARNING, self.source.file, sheet, details=(("reason", reason),)),
        ]

    def fail(self, error: FileError, sheet: str = "") -> None:
        """Report a file or sheet that could not be read."""
        self.files.append(_skipped(self.source.file, sheet, error.message("zh")) | {"error": error.as_dict()})
        self.problems.append(
            Problem("sheet.skipped", WARNING, self.source.file, sheet, details=(("reason", error.message("zh")),))
        )


def _skipped(file: str, sheet: str, reason: str) -> dict[str, Any]:
    return {
        "file": file,
        "sheet": sheet,
        "register": None,
        "rows_read": 0,
        "rows_loaded": 0,
        "rows_rejected": 0,
        "columns": [],
        "reason": reason,
    }


def _sheet_report(table: Table, mapping: TableMapping, records: Records) -> dict[str, Any]:
    columns = [
        {
            "header": c.header, "column": c.letter, "field": c.field, "confidence": round(c.confidence, 3), "treatment": c.treatment,
            "alternatives": list(c.alternatives),
        }
        for c in mapping.columns
    ]  # fmt: skip
    name = mapping.register.name if mapping.register else None
    return {
        "file": table.file, "sheet": table.sheet, "register": name, "rows_read": records.rows_read,
        "rows_loaded": records.rows_read - records.rejected, "rows_rejected": records.rejected, "rows_skipped": table.skipped,
        "columns": columns,
    }  # fmt: skip


def _asked(table: Table, mapping: TableMapping) -> list[Problem]:
    return [
        Problem(
            "column.asked",
            WARNING,
            table.file,
            table.sheet,
            column=c.letter,
            value=c.header,
            suggestion="、".join(c.alternatives),
        )
        for c in mapping.columns
        if c.treatment == "asked"
    ]


def store_problem(problem: Problem) -> dict[str, Any]:
    """Return a problem as the ledger keeps it, in no language."""
    return {**vars(problem), "details": [list(d) for d in problem.details]}


def restore_problem(row: Mapping[str, Any]) -> Problem:
    """Return a problem from the form that the ledger keeps."""
    return Problem(**{**row, "details": tuple((k, v) for k, v in row["details"])})
