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
from graph.texts import NOTHING, Said
from graph.types import OneOf
from graph.types.personal import mask_series
from graph.types.value_type import SheetDays, blank_to_null, find_problems
from graph.types.years import find_year
from loaders.cleaning.bookings import settle_bookings, spread_bookings
from loaders.cleaning.cut_persons import cut_persons
from loaders.cleaning.defaults import with_defaults
from loaders.cleaning.denials import find_denied
from loaders.cleaning.listed import name_by_text, split_rows
from loaders.cleaning.mentions import MENTION, read_mentions
from loaders.cleaning.persons_shown import find_shown, name_rows
from loaders.cleaning.pseudonym import add_named, is_rounded, key_of, name_keys, number_pseudonyms
from loaders.cleaning.roles import part_roles
from loaders.cleaning.row_checks import check_order, check_positions, check_whole_days
from loaders.cleaning.sheet_positions import datum_of
from loaders.cleaning.single_sides import tell_single_sides
from loaders.formats.raw_sheet import plain_name
from loaders.headers.mapping import ColumnMapping, TableMapping
from loaders.sheets.table_finder import Table
from loaders.vocabulary.concepts import concepts_of
from loaders.vocabulary.crafts import keep_crafts
from loaders.vocabulary.personal_headers import without_person
from loaders.vocabulary.wording import normalize_header

# Beside a person's record, for comparing lists; neither is part of the graph.
NAME_KEY, BY_NAME = "_name_key", "_by_name"
OF_PERSONS = {"skill", "service"}  # classifications whose words say what a person can do
CONSENT, AGREED = "consent", ("同意",)  # where a person agreed that the name is shown, it is kept as display_name
_A_NAME = r"^\s*(?:\p{Han}\s*){2,4}$|^\s*\p{Han}{1,8}[·•]\p{Han}{1,8}\s*$|^\s*[A-Za-z][A-Za-z .'-]{1,40}$"


@dataclass(frozen=True)
class Records:
    """The records of a table: `frame` has `row` and the stored columns; `rejected` rows are in the problems, not in the frame.

    `refusal` says why nothing at all is read of a list of persons who are not shown to be the register's; where a person may say
    that they are, it `asks`.
    """

    frame: pl.DataFrame
    problems: tuple[Problem, ...]
    rows_read: int
    rejected: int
    refusal: Said = NOTHING
    asks: bool = False
    beside: int = 0  # rows that only a register beside this one reads


def clean_table(
    table: Table, mapping: TableMapping, key: bytes, datum: str = "", again: bool = False, is_said: bool = False
) -> Records:
    """Clean every mapped column of a table; `key` makes the pseudonyms. Personal columns do not survive this call.

    `datum` is that of positions whose header does not tell theirs. Where a register reads rows `again` that another has read, a row
    that lacks what is required says nothing to it and is no problem. `is_said` where somebody decided that a list of persons is of
    the register's.
    """
    register = mapping.register
    if register is None:
        raise ValueError("a table without a register has no records; check mapping.register first")
    cleaner = _Cleaner(table, mapping, register, key, again)
    mapped = [m for m in mapping.columns if m.column is not None]
    cleaner.datum = next(filter(None, (datum_of(m.header) for m in mapped if m.field == "lon")), datum or None)
    identities = {m.field: m for m in mapped if m.column is not None and m.column.role == "identity"}
    # The keyed hash is the one step that goes row by row in Python: beside it the engine cleans the other columns.
    with ThreadPoolExecutor(1) as beside:
        numbers = beside.submit(cleaner.hash_numbers, identities.get("number"))
        names = beside.submit(cleaner.hash_names, identities.get("name"))
        for column in mapped:
            cleaner.clean_column(column)
        for column in mapped:  # after all of them: a cell of its own counts before what another says beside
            cleaner.clean_riders(column)
        cleaner.add_pseudonyms(identities, numbers.result(), names.result())
    cleaner.leave_out_others(is_said)
    return cleaner.finish()


class _Cleaner:
    def __init__(self, table: Table, mapping: TableMapping, register: Register, key: bytes, again: bool) -> None:
        self.mapping = mapping
        self.table, self.register, self.key = table, register, key_of(key, register.row.label)
        self.rows, self.again = table.body["row"], again
        year = find_year((table.title, table.sheet, plain_name(table.file).rsplit(".", 1)[0]))
        self.days = SheetDays(year, table.reported, table.is_1904, table.year_around)
        self.columns: dict[str, pl.Series] = {}
        self.letters: dict[str, str] = {}
        self.problems: list[Problem] = list(table.problems)
        self.datum: str | None = None  # of the positions, where the header or the caller tells it
        self.refused = pl.Series([False] * self.rows.len(), dtype=pl.Boolean)
        self.refusal, self.asks = NOTHING, False

    def clean_column(self, mapping: ColumnMapping) -> None:
        """Clean the cells of a column and note those that cannot be used."""
        column = mapping.column
        if column is None or column.role in {"personal", "identity", "ignored", "items"}:
            return
        raw = self.table.body[mapping.letter]
        self._read(column, raw, mapping.letter, header=mapping.header)

    def clean_riders(self, mapping: ColumnMapping) -> None:
        """Read the cells of one column for a second field too, such as the year in a date, unless it has a column of its own."""
        column = mapping.column
        if column is None or column.role in {"personal", "identity", "ignored"} or isinstance(column, Link):
            return
        for rider in self.register.columns:
            if rider.rides == column.field and rider.role != "items":
                self._read(rider, self.table.body[mapping.letter], mapping.letter)

    def _read(self, column: Column, raw: pl.Series, letter: str, header: str = "") -> None:
        if isinstance(column, Link):
            self._add(MENTION + column.field, self._read_names(column, raw, letter), letter)
            return
        if not self.register.is_of_persons and without_person(header):
            raw = cut_persons(raw)
        kind = self.register.type_of(column).in_header(header).in_sheet(self.days)
        frame, problems = kind.clean_column(column.field, raw)
        for series in frame:
            self._add(series.name, series, letter)
        self._report(problems, column.field, letter)
        if isinstance(kind, OneOf) and kind.unknown == "drop":
            self._tell_lost(column, kind, raw, frame.to_series(0), letter, header)

    def _tell_lost(
        self, column: Column, kind: OneOf, raw: pl.Series, kept: pl.Series, letter: str, header: str
    ) -> None:
        """Tell how many cells of a closed list were none of its choices; a remark may say anything."""
        lost = blank_to_null(raw).is_not_null() & kept.is_null()
        if not lost.any() or concepts_of(normalize_header(header)) == ("REMARK",):
            return
        details = (("count", int(lost.sum())), ("choices", "、".join(kind.choices)))
        row = int(self.rows.filter(lost)[0])
        where = (self.table.file, self.table.sheet, row, letter, column.field, header)
        self.problems.append(Problem("choice.lost", WARNING, *where, details=details))

    def _read_names(self, link: Link, raw: pl.Series, letter: str) -> pl.Series:
        """Return the names in a column; of what a person can do, only known crafts, for anything may stand there."""
        names, problems = read_mentions(link, raw)
        self._report(problems, link.field, letter)
        if not (self.register.is_of_persons and link.scheme in OF_PERSONS):
            return names
        kept, lost = keep_crafts(names)
        self._report(find_problems(raw, lost, "skill.unknown", "warning").with_columns(value=None), link.field, letter)
        return kept

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

    def hash_names(self, mapping: ColumnMapping | None) -> pl.Series | None:
        """Return the keyed hashes of a column of names; None without such a column."""
        return None if mapping is None else name_keys(self.key, blank_to_null(self.table.body[mapping.letter]))

    def add_pseudonyms(
        self, identities: Mapping[str, ColumnMapping], numbered: pl.Series | None, names: pl.Series | None
    ) -> None:
        """Add the pseudonym of the person to each row of a register of persons, made from the columns that identify them."""
        if not any(c.role == "identity" for c in self.register.columns):
            return
        parts = {name: blank_to_null(self.table.body[m.letter]) for name, m in identities.items()}
        if not parts:
            self.columns["pseudonym"] = pl.Series([None] * self.rows.len(), dtype=pl.String)
            return
        self.letters["pseudonym"] = next(iter(identities.values())).letter
        if numbered is not None:
            numbered = self._distrust(numbered, identities["number"], names)
        branch = next((self.columns[MENTION + f] for f in ("branch", "employer") if MENTION + f in self.columns), None)
        numberless = None if numbered is None else numbered.is_null()
        made = add_named(self.key, numbered, parts, branch, self._content)
        self.columns["pseudonym"] = made
        if names is not None:
            self.columns[NAME_KEY] = names
            self.columns[BY_NAME] = made.is_not_null() & (True if numberless is None else numberless)
            self._tell_namesakes(branch)
        if "name" in parts and CONSENT in self.columns:
            agreed = self.columns[CONSENT].is_in(AGREED).fill_null(False)
            named = (
                parts["name"].str.contains(_A_NAME).fill_null(False)
            )  # anything else in the cell may tell of anything
            self.columns["display_name"] = mask_series(parts["name"]).zip_with(
                agreed & named, pl.Series([None], dtype=pl.String)
            )

    def _content(self, at: pl.Series) -> pl.Series:
        """Return all that some rows say, but for running numbers: what tells namesakes of one branch apart."""
        running = {m.letter for m in self.mapping.columns if m.treatment == "ignored"}
        told = [pl.col(letter).fill_null("") for letter in self.table.body.columns if letter not in {"row", *running}]
        return self.table.body[at].select(pl.concat_str(told, separator="|")).to_series()

    def _distrust(self, numbered: pl.Series, mapping: ColumnMapping, names: pl.Series | None) -> pl.Series:
        """Return the pseudonyms by number without those of numbers that stand beside several names; these and rounded ones are told."""
        raw = self.table.body[mapping.letter]
        self._tell_persons("number.rounded", is_rounded(raw, numbered), mapping.letter)
        again = (numbered.is_duplicated() & numbered.is_not_null()).arg_true()
        if names is None or not again.len():
            return numbered
        told = pl.DataFrame({"number": numbered.gather(again), "name": names.gather(again)})
        several = told.select(pl.col("name").n_unique().over("number") > 1).to_series()
        shared = pl.Series([False]).new_from_index(0, numbered.len()).scatter(again.filter(several), True)
        self._tell_persons("number.shared", shared, mapping.letter)
        return numbered.zip_with(~shared, pl.Series([None], dtype=pl.String))

    def _tell_namesakes(self, branch: pl.Series | None) -> None:
        at = self.columns[BY_NAME].arg_true()
        parts = {"name": self.columns[NAME_KEY]} | ({} if branch is None else {"branch": branch})
        alike = pl.DataFrame({name: series.gather(at) for name, series in parts.items()}).is_duplicated()
        told = pl.Series([False]).new_from_index(0, self.rows.len()).scatter(at.filter(alike), True)
        self._tell_persons("person.namesakes", told, self.letters["pseudonym"])

    def _tell_persons(self, code: str, rows: pl.Series, letter: str) -> None:
        """Tell of several persons in one message: how many, and in which rows the first of them are."""
        numbers = self.rows.filter(rows).to_list()
        if numbers:
            details = (("count", len(numbers)), ("where", name_rows(numbers)))
            where = (self.table.file, self.table.sheet, numbers[0], letter)
            self.problems.append(Problem(code, WARNING, *where, details=details))

    def leave_out_others(self, is_said: bool) -> None:
        """Leave out the persons of whom nothing shows that they are the register's."""
        shown = find_shown(self.register, self.table, self.mapping, self.columns, is_said)
        if shown is not None:
            self.refused, self.refusal, self.asks = self.refused | shown.left_out, shown.refusal, shown.asks
            self.problems += shown.problems

    def finish(self) -> Records:
        """Drop the rows that lack what is required, with a problem each, and return the records."""
        raw = {m.field: self.table.body[m.letter] for m in self.mapping.columns if isinstance(m.column, Link)}
        self.columns = part_roles(self.register, self.columns, raw)
        self.columns = with_defaults(self.register, self.table, self.columns)
        self.columns, self.letters = name_by_text(self.register, self.columns, self.letters)
        self._settle_bookings()
        self._check_rows()
        self._refuse_left_out()
        for name, field in self._required():
            self._refuse_missing(name, field)
        self.problems += tell_single_sides(self.register, self.table, self.columns, ~self.refused)
        frame = pl.DataFrame({"row": self.rows, **self.columns})
        read, refused = frame.height, int(self.refused.sum())
        kept = spread_bookings(frame.filter(~self.refused))
        if "pseudonym" in kept.columns:  # in order once, here: merging a large roll again and again need not sort it
            kept = kept.sort("pseudonym", maintain_order=True)
        rows, notes = split_rows(self.register, kept, self.letters, self.table)
        if self.again:
            return Records(rows, (*self.problems, *notes), read - refused, 0)
        return Records(rows, (*self.problems, *notes), read, refused, self.refusal, self.asks)

    def _settle_bookings(self) -> None:
        def report(problems: pl.DataFrame, field: str) -> None:
            self._report(problems, field, self.letters.get(field, ""))

        self.columns = settle_bookings(self.register, self.columns, report)
        if "day" not in self.letters and "begin" in self.letters:
            self.letters["day"] = self.letters["begin"]

    def _refuse_left_out(self) -> None:
        """Leave out the rows that say they are a person's, or none of the register."""
        denied, problems = find_denied(self.register, self.table)
        self.problems += problems if denied.any() else []
        self.refused = self.refused | denied
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
        """Note the cells that are wrong beside others of their row: a position far off, an end before its start."""

        def report(problems: pl.DataFrame, field: str) -> None:
            self._report(problems, field, self.letters.get(field, ""))

        letter = self.letters.get("lat")
        own = letter is not None and letter != self.letters.get("lon")
        self.columns, mended = check_positions(
            self.register, self.columns, self.table.body[letter] if own and letter else None, self.datum, report
        )
        hours = self.letters.get("open_hours")
        if hours is not None:
            self.columns = check_whole_days(self.register, self.columns, self.table.body[hours], report)
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
