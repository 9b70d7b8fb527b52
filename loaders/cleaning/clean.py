"""From a table's text cells to records: typed columns, names still as written, personal columns gone.

A record keeps the row number it came from. Names of other things (units, venues, class words) stay as text in columns that begin
with `@`; merging resolves them against everything that was ever loaded, so the order of loading does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import polars as pl

from graph.kinds import Column, Link, Register
from graph.problems import ERROR, WARNING, Problem
from graph.types import ListOf, Text
from graph.types.value_type import blank_to_null
from loaders.cleaning import cleaning_figures as figures
from loaders.cleaning.defaults import with_defaults
from loaders.cleaning.listed import name_by_text, split_rows
from loaders.cleaning.pseudonym import add_named, key_of, number_pseudonyms
from loaders.cleaning.row_checks import check_order, check_positions
from loaders.cleaning.sheet_positions import datum_of
from loaders.headers.mapping import ColumnMapping, TableMapping
from loaders.sheets.table_finder import Table

MENTION = "@"  # begins the name of a column of names still to be resolved
CONSENT, AGREED = "consent", ("同意",)  # where a person agreed that the name is shown, it is kept as display_name
# A home address is cut after the name of its community; without one, before the first number. What is left names no household.
_COMMUNITY_OF_ADDRESS = r"^([^\d\s]*?(?:社区居委会|社区|居委会|居民区))"
_PLACE_OF_ADDRESS = r"^([^\d\s]+)"


@dataclass(frozen=True)
class Records:
    """The records of a table: `frame` has `row` and the stored columns; `rejected` rows are in the problems, not in the frame."""

    frame: pl.DataFrame
    problems: tuple[Problem, ...]
    rows_read: int
    rejected: int


def clean_table(table: Table, mapping: TableMapping, key: bytes, datum: str = "", again: bool = False) -> Records:
    """Clean every mapped column of a table; `key` makes the pseudonyms. Personal columns do not survive this call.

    `datum` is that of positions whose header does not tell theirs. Where a register reads rows `again` that another has read, a row
    that lacks what is required says nothing to it and is no problem.
    """
    register = mapping.register
    if register is None:
        raise ValueError("a table without a register has no records; check mapping.register first")
    cleaner = _Cleaner(table, register, key, again)
    mapped = [m for m in mapping.columns if m.column is not None]
    cleaner.datum = next(filter(None, (datum_of(m.header) for m in mapped if m.field == "lon")), datum or None)
    identities = {m.field: m for m in mapped if m.column is not None and m.column.role == "identity"}
    # The keyed hash is the one step that goes row by row in Python: beside it the engine cleans the other columns.
    with ThreadPoolExecutor(1) as beside:
        numbers = beside.submit(cleaner.hash_numbers, identities.get("number"))
        for column in mapped:
            cleaner.clean_column(column)
        for column in mapped:  # after all of them: a cell of its own counts before what another says beside
            cleaner.clean_riders(column)
        cleaner.add_pseudonyms(identities, numbers.result())
    return cleaner.finish()


class _Cleaner:
    def __init__(self, table: Table, register: Register, key: bytes, again: bool) -> None:
        self.table, self.register, self.key = table, register, key_of(key, register.row.label)
        self.rows, self.again = table.body["row"], again
        self.columns: dict[str, pl.Series] = {}
        self.letters: dict[str, str] = {}
        self.problems: list[Problem] = list(table.problems)
        self.datum: str | None = None  # of the positions, where the header or the caller tells it
        self.refused = pl.Series([False] * self.rows.len(), dtype=pl.Boolean)

    def clean_column(self, mapping: ColumnMapping) -> None:
        """Clean a column."""
        column = mapping.column
        if column is None or column.role in {"personal", "identity", "ignored", "items"}:
            return
        raw = self.table.body[mapping.letter]
        self._read(column, raw, mapping.letter, header=mapping.header)

    def clean_riders(self, mapping: ColumnMapping) -> None:
        """Read a column's cells a second way, for the fields that other columns have left blank."""
        column = mapping.column
        if column is None or column.role in {"personal", "identity", "ignored"} or isinstance(column, Link):
            return
        for rider in self.register.columns:
            if rider.rides == column.field and rider.role != "items":
                self._read(rider, self.table.body[mapping.letter], mapping.letter)

    def _read(self, column: Column, raw: pl.Series, letter: str, header: str = "") -> None:
        if isinstance(column, Link):
            self._add(MENTION + column.field, read_mentions(column, raw), letter)
            return
        kind = self.register.type_of(column).in_header(header)
        frame, problems = kind.clean_column(column.field, raw)
        for series in frame:
            self._add(series.name, series, letter)
        self._report(problems, column.field, letter)

    def _add(self, name: str, series: pl.Series, letter: str) -> None:
        known = self.columns.get(name)
        self.columns[name] = series if known is None else pl.select(pl.coalesce(known, series)).to_series()
        self.letters.setdefault(name, letter)

    def _report(self, problems: pl.DataFrame, field: str, letter: str) -> None:
        for index, code, severity, value, suggestion in problems.iter_rows():
            self.problems.append(
                Problem(
                    code,
                    severity,
                    self.table.file,
                    self.table.sheet,
                    int(self.rows[index]),
                    letter,
                    field,
                    value or "",
                    suggestion or "",
                )
            )

    def hash_numbers(self, mapping: ColumnMapping | None) -> pl.Series | None:
        """Return the pseudonyms that a column of national numbers gives; None without such a column."""
        return None if mapping is None else number_pseudonyms(self.key, self.table.body[mapping.letter])

    def add_pseudonyms(self, identities: Mapping[str, ColumnMapping], numbered: pl.Series | None) -> None:
        """Put a pseudonym beside every row of a register of people, from the columns that identify them."""
        if not any(c.role == "identity" for c in self.register.columns):
            return
        parts = {name: blank_to_null(self.table.body[m.letter]) for name, m in identities.items()}
        if not parts:
            self.columns["pseudonym"] = pl.Series([None] * self.rows.len(), dtype=pl.String)
            return
        branch = next((self.columns[MENTION + f] for f in ("branch", "employer") if MENTION + f in self.columns), None)
        self.columns["pseudonym"] = add_named(self.key, numbered, parts, branch)
        self.letters["pseudonym"] = next(iter(identities.values())).letter
        if "name" in parts and CONSENT in self.columns:
            agreed = self.columns[CONSENT].is_in(AGREED).fill_null(False)
            self.columns["display_name"] = parts["name"].zip_with(agreed, pl.Series([None], dtype=pl.String))

    def finish(self) -> Records:
        """Drop the rows that lack what is required, with a problem each, and return the records."""
        self.columns = with_defaults(self.register, self.table, self.columns)
        self.columns, self.letters = name_by_text(self.register, self.columns, self.letters)
        self._check_rows()
        self._refuse_left_out()
        for name, field in self._required():
            self._refuse_missing(name, field)
        frame = pl.DataFrame({"row": self.rows, **self.columns})
        kept = frame.filter(~self.refused)
        if "pseudonym" in kept.columns:  # in order once, here: merging a large roll again and again need not sort it
            kept = kept.sort("pseudonym", maintain_order=True)
        read = kept.height if self.again else frame.height
        rows, notes = split_rows(self.register, kept, self.letters, self.table)
        return Records(rows, (*self.problems, *notes), read, read - kept.height)

    def _refuse_left_out(self) -> None:
        """Leave out the rows that say they are a person's."""
        for field, word in self.register.left_out.items():
            own = self.columns.get(field)
            if own is not None:
                persons = (own == word).fill_null(False)
                self.problems += [
                    Problem("row.personal", WARNING, self.table.file, self.table.sheet, row, self.letters[field], field)
                    for row in self.rows.filter(persons & ~self.refused).to_list()
                ]
                self.refused = self.refused | persons

    def _check_rows(self) -> None:
        """Let each row's cells be judged together; what is wrong is reported at the cell."""

        def report(problems: pl.DataFrame, field: str) -> None:
            self._report(problems, field, self.letters.get(field, ""))

        letter = self.letters.get("lat")
        own = letter is not None and letter != self.letters.get("lon")
        self.columns, mended = check_positions(
            self.register, self.columns, self.table.body[letter] if own and letter else None, self.datum, report
        )
        rows = set(self.rows.gather(mended).to_list())
        self.problems = [p for p in self.problems if p.row not in rows or (p.field, p.code) != ("lat", "number.range")]
        self.columns = check_order(self.register, self.columns, report)

    def _required(self) -> Iterable[tuple[str, str]]:
        for column in self.register.columns:
            if column.required:
                yield (MENTION + column.field if isinstance(column, Link) else column.field), column.field
        if any(c.role == "identity" for c in self.register.columns):
            yield "pseudonym", "pseudonym"

    def _refuse_missing(self, name: str, field: str) -> None:
        values = self.columns.get(name)
        missing = pl.Series([True] * self.rows.len(), dtype=pl.Boolean) if values is None else values.is_null()
        told = {p.row for p in self.problems if p.severity == ERROR and p.field == field}
        if told and not self.register.row.needs(field):  # the cell is wrong, but something else identifies the row
            missing = missing & ~self.rows.is_in(sorted(r for r in told if r is not None))
        code = "key.missing" if field == "pseudonym" else "required.missing"
        for row in self.rows.filter(missing & ~self.refused).to_list():
            if row not in told and not self.again:
                self.problems.append(
                    Problem(code, ERROR, self.table.file, self.table.sheet, row, self.letters.get(name, ""), field)
                )
        self.refused = self.refused | missing


def read_mentions(link: Link, raw: pl.Series) -> pl.Series:
    """Return the names in a column of names: text, or a list where a cell may hold several; of an address only the community."""
    if link.personal:
        text = blank_to_null(raw)
        place = text.str.extract(_COMMUNITY_OF_ADDRESS)
        if place.null_count() > text.null_count():
            place = place.fill_null(text.str.extract(_PLACE_OF_ADDRESS))
        return place.str.head(figures.LONGEST_PLACE)
    kind = ListOf() if link.split else Text()
    named = raw if not link.pattern else pl.select(pl.when(raw.str.contains(link.pattern)).then(raw)).to_series()
    return kind.clean(named).values[""]


def count_problems(problems: Iterable[Problem]) -> dict[str, int]:
    """Return how many problems there are of each severity."""
    found = {ERROR: 0, WARNING: 0}
    for problem in problems:
        found[problem.severity] += 1
    return found
