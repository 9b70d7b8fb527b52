"""Turns a file that was read into a load: the records of every register in it, and a report of what was understood and refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from graph.errors import FileError, RegisterRefusedError
from graph.kinds import FULL_LIST, Schema
from graph.ledger_rows import LoadReport, ReportedColumn, ReportedSheet
from graph.problems import WARNING, Problem
from graph.schema import SCHEMA
from graph.texts import NOTHING, Said, store_said
from graph.workspace import NewLoad, NewSheet
from loaders.cleaning.anonymous import hide_headers, hide_sheet_name, hide_texts
from loaders.cleaning.carried_on import lean_on_above
from loaders.cleaning.clean import Records, clean_table
from loaders.cleaning.listed import list_elsewhere
from loaders.formats.raw_sheet import RawFile
from loaders.headers.halves import doubt_half
from loaders.headers.header_decisions import HeaderDecisions
from loaders.headers.header_figures import MAPPED
from loaders.headers.mapper import map_table, prepare
from loaders.headers.mapping import TableMapping
from loaders.headers.month_tables import read_months
from loaders.register_choices import RegisterChoices
from loaders.sheets.hsds import DirectoryTable, ServiceDirectory
from loaders.sheets.table_finder import Table, find_tables
from loaders.sheets.year_around import find_year_around


@dataclass(frozen=True)
class LoadOptions:
    """How to load: without writing, as a full list or an increment, as of which day, with positions in which datum."""

    dry_run: bool = False
    scope: str | None = None
    as_of: date | None = None
    datum: str = ""  # as stored (BD-09); of positions whose header does not tell
    registers: RegisterChoices = field(default_factory=RegisterChoices)
    hidden_sheets: bool = False  # read hidden sheets, too: mostly they are old copies

    @property
    def said(self) -> tuple[str, ...]:
        """Return the options that change how a file is read, as texts for a load's id and report.

        Without the registers: a file that is read as another register takes the place of its former load.
        """
        return (str(self.scope), str(self.as_of), self.datum, *(["hidden sheets"] if self.hidden_sheets else []))


HIDDEN_SHEET = Said(
    "工作表已隐藏，多为旧表；确要载入请加 --hidden-sheets，或在表格软件中取消隐藏",
    "the sheet is hidden, mostly an old copy; to load it, add --hidden-sheets, or show it in the spreadsheet program",
)
NO_TABLE = Said("没有表格", "no table")  # as on a sheet of remarks beside the register
NO_TABLE_IN_FILE = Said("没有表格：需要一行表头，下面是数据", "no table: a row of headers is wanted, with data below")


@dataclass(frozen=True)
class Intake:
    """Turns files as read into loads: under which options, with which key for pseudonyms, with what people said of headers."""

    options: LoadOptions
    key: bytes
    schema: Schema = SCHEMA
    decisions: HeaderDecisions = field(default_factory=HeaderDecisions)
    by: str = ""

    @property
    def _today(self) -> date | None:
        # Whoever says that a list is a full one says so of today: without a day nothing could be closed from then on.
        return date.today() if self.options.scope == FULL_LIST else None

    def prepare(self) -> None:
        """Prepare what understanding the first file needs, while another process is still reading that file."""
        prepare(self.schema)

    def read(
        self,
        source: RawFile,
        name_load: Callable[[Sequence[ReportedSheet]], str],
        folder: str = "",
        directory: ServiceDirectory | None = None,
    ) -> NewLoad:
        """Return the load made of a file that was read: its records and its report.

        `name_load` makes the load's id from the report; `folder` is the office whose folder the file lies in;
        `directory` has the tables that the file's own speak of by id, where these are in other files.
        """
        reader = _FileReader(source, self)
        directory = directory or ServiceDirectory.of(source.sheets)
        year = find_year_around(sheet for sheet in source.sheets if sheet.visible)
        for raw in map(hide_sheet_name, source.sheets):
            if not (raw.visible or self.options.hidden_sheets):
                reader.skip(raw.name, HIDDEN_SHEET)
                continue
            part = directory.read(raw) if directory else None
            if part is not None:
                reader.add_part(raw.name, part)
                continue
            tables = find_tables(raw)
            if not tables:
                reader.skip(raw.name, NO_TABLE if len(source.sheets) > 1 else NO_TABLE_IN_FILE)
            for table in tables:
                reader.add(replace(table, year_around=year), raw.problems)
        if source.error is not None:
            reader.fail(source.error)
        problems = [p.store() for p in (*source.problems, *reader.problems)]
        report = LoadReport(files=reader.files, problems=problems, options=list(self.options.said), folder=folder)
        as_of = self.options.as_of or reader.reported or self._today
        return NewLoad(
            name_load(reader.files), source.file, source.digest, as_of, tuple(reader.sheets), report, self.by
        )


class _FileReader:
    def __init__(self, source: RawFile, intake: Intake) -> None:
        self.source, self.intake = source, intake
        self.sheets: list[NewSheet] = []
        self.files: list[ReportedSheet] = []
        self.problems: list[Problem] = []
        self.reported: date | None = None
        self.halves: dict[str, str] = {}  # what the first of tables side by side in a sheet was taken for

    def add_part(self, sheet: str, part: DirectoryTable) -> None:
        """Add a table of a directory of services, or report why nothing is read of it by itself."""
        if part.table is None:
            self.files.append(_skipped(self.source.file, sheet, part.reason))
            return
        said = {(part.register, header): name for header, name in part.fields.items() if name}
        self.add(part.table, (), part.register, said)

    def add(
        self,
        table: Table,
        problems: Iterable[Problem],
        register: str = "",
        fields: Mapping[tuple[str, str], str] | None = None,
    ) -> None:
        """Add a table's records and its part of the report; `register` and `fields` are what its format tells of it."""
        decisions = self.intake.decisions
        chosen = self.intake.options.registers.find(table.file, table.sheet)
        said = chosen or decisions.register_of(table.sender, _heading(table)[-1]) or register
        meant = {**(fields or {}), **decisions.for_sender(table.sender)}
        mapping = map_table(table, self.intake.schema, meant, said)
        table, mapping = read_months(table, mapping, self.intake.schema, meant, said)
        if not said:
            mapping = doubt_half(mapping, table, self.intake.schema, self.halves.get(table.sheet, ""))
        mapping = hide_headers(mapping)
        if table.group and mapping.register is not None:
            self.halves.setdefault(table.sheet, mapping.register.name)
        if mapping.refused:
            self.fail(
                RegisterRefusedError(file=self.source.file, sheet=table.sheet, reason=mapping.reason), table.sheet
            )
            return
        if mapping.register is None:
            self.skip(table.sheet, mapping.reason, problems)
            self._ask_about_sheet(table, mapping, mapping.question.candidates if mapping.question else (), said)
            return
        table = lean_on_above(table, mapping)
        records = clean_table(
            table, mapping, self.intake.key, datum=self.intake.options.datum, is_said=said == mapping.register.name
        )
        if records.refusal:
            self.skip(table.sheet, records.refusal, problems)
            self._ask_about_sheet(table, mapping, (mapping.register.name,) if records.asks else (), said)
            return
        parts = [
            (part, clean_table(table, part, self.intake.key, again=True, datum=self.intake.options.datum))
            for part in map(hide_headers, mapping.beside)
        ]
        records = _leave_to(records, [beside for _, beside in parts])
        told = map(table.locate, records.problems)
        self.problems += [*problems, *told, *_asked(table, mapping), *_unread(table, mapping)]
        self._add_records(table, mapping, records)
        own = {c.letter for c in mapping.columns if c.treatment == "mapped"}
        for part, beside in parts:
            self.problems += [p for p in beside.problems if p.column not in own]
            self._add_records(table, part, beside, again=True)

        for listed in list_elsewhere(mapping, self.intake.schema, table, records.frame):
            made = Records(listed.frame, listed.problems, listed.frame["row"].n_unique(), 0)
            self.problems += listed.problems
            part = TableMapping(listed.register, 1.0, listed.columns, NOTHING, refused=False)
            self._add_records(table, part, made, again=True)

    def _ask_about_sheet(self, table: Table, mapping: TableMapping, candidates: Sequence[str], said: str) -> None:
        """Note of a skipped sheet by what decisions would know it, and which registers it may be."""
        entry = self.files[-1]
        entry["sender"], entry["title"], entry["reported"], entry["headers"] = _heading(table)
        if candidates:
            entry["candidates"], entry["columns"] = list(candidates), _report_columns(mapping)
            entry["said"] = said

    def _add_records(self, table: Table, mapping: TableMapping, records: Records, again: bool = False) -> None:
        if mapping.register is None:
            return
        scope = self.intake.options.scope or mapping.register.scope
        self.sheets.append(NewSheet(table.sheet, mapping.register.name, scope, records.frame, table.reported))
        self.reported = max(filter(None, (self.reported, table.reported)), default=None)
        self.files.append(_report_sheet(table, mapping, records, again))

    def skip(self, sheet: str, reason: Said, problems: Iterable[Problem] = ()) -> None:
        """Report a sheet that is no register."""
        self.files.append(_skipped(self.source.file, sheet, reason))
        self.problems += [
            *problems,
            Problem("sheet.skipped", WARNING, self.source.file, sheet, details=(("reason", reason),)),
        ]

    def fail(self, error: FileError, sheet: str = "") -> None:
        """Report a file or sheet that could not be read."""
        self.files.append(ReportedSheet(**_skipped(self.source.file, sheet, error.said), error=error.as_dict()))
        self.problems.append(
            Problem("sheet.skipped", WARNING, self.source.file, sheet, details=(("reason", error.said),))
        )


def _skipped(file: str, sheet: str, reason: Said) -> ReportedSheet:
    return ReportedSheet(
        file=file, sheet=sheet, register=None, rows_read=0, rows_loaded=0, rows_rejected=0, columns=[],
        reason=store_said(reason),
    )  # fmt: skip


def _leave_to(records: Records, besides: Sequence[Records]) -> Records:
    """Return the records without complaint of rows that lack what the sheet's own register asks for and say it all to one beside it."""
    told = {row for beside in besides for row in beside.frame["row"]}
    left = {p.row for p in records.problems if p.code == "required.missing" and p.row in told}
    if not left:
        return records
    kept = tuple(p for p in records.problems if p.code != "required.missing" or p.row not in left)
    own, rejected = records.rows_read - len(left), records.rejected - len(left)
    return replace(records, problems=kept, rows_read=own, rejected=rejected, beside=len(left))


def _report_sheet(table: Table, mapping: TableMapping, records: Records, again: bool) -> ReportedSheet:
    sender, title, reported, headers = _heading(table)
    entry = ReportedSheet(
        sender=sender, title=title, reported=reported, headers=headers, missing=_missing(mapping), file=table.file, sheet=table.sheet,
        register=mapping.register.name if mapping.register else None, rows_read=records.rows_read,
        rows_loaded=records.rows_read - records.rejected, rows_rejected=records.rejected, rows_skipped=table.skipped,
        columns=_report_columns(mapping), again=again,
    )  # fmt: skip
    if records.beside:
        entry["rows_beside"] = records.beside
    return entry


def _report_columns(mapping: TableMapping) -> list[ReportedColumn]:
    return [
        ReportedColumn(
            header=c.header, column=c.letter, field=c.field, confidence=round(c.confidence, 3), treatment=c.treatment,
            alternatives=list(c.alternatives),
        )
        for c in mapping.columns
        if c.treatment not in {"ignored", "asked"} or c.letter not in _read_beside(mapping)
    ]  # fmt: skip


def _missing(mapping: TableMapping) -> list[str]:
    """Return the fields of the register for which the sheet has no column."""
    register = mapping.register
    found = {c.field for part in (mapping, *mapping.beside) for c in part.columns}
    expected = (
        (c.field for c in register.columns if c.headers and c.role in {"value", "link", "office"}) if register else ()
    )
    return [field for field in dict.fromkeys(expected) if field not in found]


def _heading(table: Table) -> tuple[str, str, str | None, list[str]]:
    """Return who sent a sheet, its title, its day, and its headers: by these decisions, versions and freshness know it."""
    reported = table.reported.isoformat() if table.reported else None
    sender, title, *headers = hide_texts([table.sender, table.title, *(h.text for h in table.headers)])
    return sender, title, reported, headers


def _asked(table: Table, mapping: TableMapping) -> list[Problem]:
    """Return what a person should say of the columns: what one is, and whether one that was taken for a needed field is that."""
    beside = _read_beside(mapping)
    return [
        Problem(
            "column.asked" if c.treatment == "asked" else "column.guessed", WARNING, table.file, table.sheet,
            column=c.letter, value=c.header, suggestion="、".join(c.alternatives) or c.field,
        )
        for c in mapping.columns
        if c.letter not in beside
        and (c.treatment == "asked" or (c.treatment == "mapped" and c.confidence < MAPPED))
    ]  # fmt: skip


def _unread(table: Table, mapping: TableMapping) -> list[Problem]:
    """Return a warning for each column of which nothing is read since another one holds its field."""
    beside, texts = _read_beside(mapping), [c.header for c in mapping.columns]
    return [
        Problem(
            "column.unread", WARNING, table.file, table.sheet, column=c.letter, value=c.header,
            suggestion="、".join(c.alternatives),
        )
        for c in mapping.columns
        if c.treatment == "ignored" and c.alternatives and texts.count(c.header) == 1 and c.letter not in beside
    ]  # fmt: skip


def _read_beside(mapping: TableMapping) -> set[str]:
    return {c.letter for part in mapping.beside for c in part.columns}
