"""The table in a sheet: where its header is, which rows are data, who sent it and when.

Offices put titles and lines to fill in above a table, totals, notes and signatures below it, merge cells for the eye, repeat the
header on every printed page, and sometimes set a second table under the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
import polars as pl

from graph.kinds import Schema
from graph.problems import WARNING, Problem
from graph.schema import SCHEMA
from graph.texts import Said
from loaders.formats.raw_sheet import RawSheet, column_letter
from loaders.sheets import sheet_figures as figures
from loaders.sheets.body import Merges, find_dropped_rows, is_serial, repeat_above
from loaders.sheets.fill_in import read_reported, read_sender
from loaders.sheets.group_headings import find_headings, spread_headings
from loaders.sheets.label_forms import LabelForm, find_label_form
from loaders.sheets.sheet_layout import (
    FILL_IN,
    Block,
    Row,
    Strip,
    block_at,
    count_known,
    find_block,
    labels_of_cells,
    title_lines,
)
from loaders.sheets.side_by_side import find_blocks
from loaders.sheets.ticks import read_ticks
from loaders.vocabulary.header_words import Vocabulary, vocabulary_of
from loaders.vocabulary.wording import normalize_header


@dataclass(frozen=True)
class Header:
    """The header of a column: its letter, and its text as a reader sees it; two levels are joined by a slash."""

    letter: str
    text: str


@dataclass(frozen=True)
class Table:
    """A table as found: `body` has `row` (UInt32, as the spreadsheet shows it) and a String column per letter.

    In `body` merged cells are filled, 同上 is what stands above, and totals, notes, signatures and repeated headers are gone;
    `skipped` is how many rows those were. `reported` is the day of the line 填报时间 (a month: its last day), or None.
    `year_around` is the one year of all days in the file, 0 where they are of several. `thin` has the columns of the rows that have
    hardly any cells of their own: what else they show is merged with the row above, if anything.
    """

    file: str
    sheet: str
    title: str
    sender: str
    reported: date | None
    headers: tuple[Header, ...]
    body: pl.DataFrame
    skipped: int
    problems: tuple[Problem, ...]
    thin: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    is_1904: bool = False  # numbers that are days count from 1904
    year_around: int = 0
    group: str = ""  # the heading of a table that stands beside another one under a heading of its own
    places: Mapping[tuple[int, str], tuple[int, str]] = field(default_factory=dict)  # of a form: where its cells are

    def locate(self, problem: Problem) -> Problem:
        """Return a problem with the cell that it is about as the sheet shows it, which in a form is another one than here."""
        place = self.places.get((problem.row or 0, problem.column))
        return replace(problem, row=place[0], column=place[1]) if place else problem


def find_tables(sheet: RawSheet, schema: Schema = SCHEMA) -> list[Table]:
    """Return the tables of a sheet, from top to bottom; none where no row heads any data."""
    if not sheet.cells.height or not sheet.cells.width:
        return []
    return _Finder(sheet, vocabulary_of(schema)).find()


@dataclass(frozen=True)
class _Place:
    """A header block by its rows in the sheet (counted from 0), and where the lines above it begin."""

    start: int
    top: int
    bottom: int
    labels: tuple[str, ...]


class _Finder:
    def __init__(self, sheet: RawSheet, words: Vocabulary) -> None:
        self.sheet, self.words, self.cells = sheet, words, sheet.cells
        self.is_known: Callable[[str], bool] = words.is_known

    def find(self) -> list[Table]:
        form = find_label_form(self.cells.head(figures.HEAD_ROWS + 1).rows(), self.is_known)
        if form is not None:
            return [self._build_form(form)]
        first = find_block(self._strip(0, figures.HEAD_ROWS), self.is_known)
        if first is None:
            return []
        places, repeated = self._find_places(_Place(0, first.top, first.bottom, first.labels))
        ends = [place.start for place in places[1:]] + [self.cells.height]
        built = ((place, self._build(place, end, repeated)) for place, end in zip(places, ends, strict=True))
        tables = (part for place, table in built for part in _split(table, find_blocks(place.labels)))
        return [table for table in tables if table.body.height]

    def _build_form(self, form: LabelForm) -> Table:
        """Return a table of which each row is a form, and each column one of its labels."""
        titles, filled = title_lines(self._strip(0, form.top), form.top)
        letters = [column_letter(i) for i in range(len(form.labels))]
        rows = [(at + self.sheet.first_row, *map(values.get, form.labels)) for at, values in form.records]
        schema: dict[str, type[pl.DataType]] = {"row": pl.UInt32, **dict.fromkeys(letters, pl.String)}
        return Table(
            file=self.sheet.file,
            sheet=self.sheet.name,
            title=" ".join(titles),
            sender=read_sender(filled),
            reported=read_reported(filled, titles),
            headers=tuple(map(Header, letters, form.labels)),
            body=pl.DataFrame(rows, schema=schema, orient="row"),
            skipped=0,
            problems=tuple(self._hidden(_Place(0, form.top, form.top, form.labels), self.cells.height)),
            is_1904=self.sheet.is_1904,
            places={
                (first + self.sheet.first_row, letters[form.labels.index(label)]): (
                    row + self.sheet.first_row,
                    column_letter(column),
                )
                for (first, label), (row, column) in form.places.items()
            },
        )

    @cached_property
    def _merges(self) -> Merges:
        merges: Merges = np.array(self.sheet.merges, dtype=np.int64).reshape(-1, 4)
        merges[:, [0, 2]] -= self.sheet.first_row
        return merges

    def _strip(self, start: int, length: int) -> Strip:
        """Return some rows with merges filled."""
        rows = [list(row) for row in self.cells.slice(start, length).rows()]
        numbers = [[-1] * self.cells.width for _ in rows]
        inside = (self._merges[:, 2] >= start) & (self._merges[:, 0] < start + len(rows))
        for number in np.flatnonzero(inside).tolist():
            top, left, bottom, right = self._merges[number].tolist()
            text = (
                self.cells.item(max(top, 0), left) if left < self.cells.width and 0 <= top < self.cells.height else None
            )
            for row in range(max(top, start), min(bottom, start + len(rows) - 1) + 1):
                for column in range(left, min(right, self.cells.width - 1) + 1):
                    rows[row - start][column], numbers[row - start][column] = text, number
        return Strip(rows, numbers)

    def _find_places(self, first: _Place) -> tuple[list[_Place], list[int]]:
        """Return the header blocks of all tables, and the rows that only repeat a header."""
        places = [first]
        repeated: list[int] = []
        passed = first.bottom
        for at in self._later_headers(first.bottom + 1):
            if at <= passed:
                continue
            start = max(passed + 1, at - figures.MAX_TITLE_ROWS - 2)
            strip = self._strip(start, at - start + 4)
            if not self._is_header(strip.texts[at - start]):
                continue
            if self._is_of_values(at, places[-1]):
                continue
            block = block_at(strip, at - start, self.is_known)
            passed = start + block.bottom
            if _same_labels(block.labels, places[-1].labels):
                repeated += range(start + block.top, passed + 1)
            else:
                above = self._lines_above(strip, block)
                places.append(_Place(start + block.top - above, start + block.top, passed, block.labels))
        return places, repeated

    def _is_header(self, row: Row) -> bool:
        return count_known(row, self.is_known) > 1

    def _is_of_values(self, at: int, above: _Place) -> bool:
        """Whether a row that could be a header only holds values of the table above: its words stand right above or below it, too.

        Known words are values as well (讲解员, 党员 of those who teach, of whom it is for).
        """
        row = self.cells.row(at)
        if _same_labels(tuple(cell or "" for cell in row), above.labels):
            return False
        first = max(above.bottom + 1, at - figures.AROUND)
        around = [r for i, r in enumerate(self.cells.slice(first, 2 * figures.AROUND + 1).rows(), first) if i != at]
        known = [i for i, cell in enumerate(row) if cell and self.is_known(cell)]
        again = [i for i in known if any(other[i] == row[i] for other in around)]
        return len(again) > len(known) / 2

    def _later_headers(self, start: int) -> list[int]:
        """Return the rows below `start` with two or more known words, which are a good part of their cells."""
        rest = self.cells.slice(start)
        hits = pl.sum_horizontal(pl.all().is_in(self.words.raw_words).fill_null(value=False))
        filled = pl.sum_horizontal(pl.all().is_not_null())
        found = rest.select(((hits > 1) & (hits >= figures.LATER_SHARE * filled)).arg_true().alias("at"))["at"]
        return [start + int(at) for at in found.head(figures.LATER_HEADERS).to_list()]

    def _lines_above(self, strip: Strip, block: Block) -> int:
        """Return how many rows right above a later header are its title and its lines to fill in."""
        above = 0
        for row in reversed(strip.texts[: block.top]):
            texts = labels_of_cells(row)
            if len(texts) > 1 and not any(map(FILL_IN.search, texts)):
                break
            above += 1
        return above

    def _build(self, place: _Place, end: int, repeated: list[int]) -> Table:
        above = self._strip(place.start, place.top - place.start)
        titles, filled = title_lines(above, place.top - place.start)
        first = place.bottom + 1
        raw = read_ticks(self.cells.slice(first, end - first))
        again = [row - first for row in repeated if first <= row < end]
        merges = self._merges[(self._merges[:, 2] >= first) & (self._merges[:, 0] < end)] - np.array(
            [first, 0, first, 0], dtype=np.int64
        )
        dropped, blank = find_dropped_rows(raw, merges, again, tuple(titles), place.labels)
        body, labels, headings = self._body(raw, merges, dropped | blank, place, titles[-1] if titles else "")
        headers = self._headers(labels, body)
        footers = [line for line in self._texts(raw.filter(dropped).tail(figures.MAX_TAIL)) if FILL_IN.search(line)]
        return Table(
            file=self.sheet.file,
            sheet=self.sheet.name,
            title=" ".join(titles),
            sender=read_sender(filled) or read_sender(footers),
            reported=read_reported(filled, titles) or read_reported(footers),
            headers=headers,
            body=body.select("row", *(h.letter for h in headers)),
            skipped=int(dropped.sum()) + sum(not dropped[at] for at in headings),
            problems=(*self._hidden(place, end), *self._alike(headers), *self._tell_headings(raw, headings, first)),
            is_1904=self.sheet.is_1904,
            thin=_find_thin(raw, body, first + self.sheet.first_row),
        )

    def _body(
        self, raw: pl.DataFrame, merges: Merges, gone: pl.Series, place: _Place, above: str
    ) -> tuple[pl.DataFrame, tuple[str, ...], list[int]]:
        """Return the rows that are kept, merged cells filled, the labels of their columns, and which rows only head others."""
        labels, filled = place.labels, _fill(raw, merges)
        headings = find_headings(raw, labels)
        said = spread_headings(raw, headings, labels, above)
        if said is not None:
            labels = (*labels, *([""] * (raw.width - len(labels))), said[0])
            filled = filled.with_columns(said[1].alias(column_letter(raw.width)))
        gone = gone.scatter(headings, [True] * len(headings)) if headings else gone
        rows = filled.with_row_index("row", place.bottom + 1 + self.sheet.first_row)
        return repeat_above(rows.filter(~gone)), labels, headings

    def _tell_headings(self, raw: pl.DataFrame, headings: Sequence[int], first: int) -> Iterator[Problem]:
        if not headings:
            return
        texts = [next(str(cell) for cell in raw.row(at) if cell) for at in headings]
        row = first + self.sheet.first_row + headings[0]
        told = "、".join(texts[: figures.NAMED])
        details = (("count", len(headings)),)
        yield Problem("row.heading", WARNING, self.sheet.file, self.sheet.name, row, value=told, details=details)

    def _texts(self, rows: pl.DataFrame) -> list[str]:
        return ["  ".join(labels_of_cells(row)) for row in rows.rows()]

    def _headers(self, labels: tuple[str, ...], body: pl.DataFrame) -> tuple[Header, ...]:
        found = []
        for i, label in enumerate(labels):
            letter = column_letter(i)
            if label or body.height - body[letter].null_count() > figures.UNLABELLED * body.height:
                found.append(Header(letter, label))
        return tuple(found)

    def _alike(self, headers: tuple[Header, ...]) -> Iterator[Problem]:
        """Tell of columns headed like one before, save those that are never read anyway (a second 联系电话 of persons)."""
        seen: set[str] = set()
        for header in headers:
            form = normalize_header(header.text)
            roles = {w.column.role for w in self.words.by_form.get(form, ())}
            if form in seen and not (roles and roles <= {"personal", "identity", "ignored"}):
                yield Problem(
                    "column.duplicate",
                    WARNING,
                    self.sheet.file,
                    self.sheet.name,
                    column=header.letter,
                    value=header.text,
                )
            seen.add(form)

    def _hidden(self, place: _Place, end: int) -> Iterator[Problem]:
        rows = [row for row in self.sheet.hidden_rows if place.bottom < row - self.sheet.first_row < end]
        columns = [column_letter(c) for c in self.sheet.hidden_columns if c < self.cells.width]
        for hidden, what in (
            (not self.sheet.visible, Said("工作表", "sheets")),
            (bool(rows), Said(f"行（{_name_few(map(str, rows))}）", f"rows ({_name_few(map(str, rows))})")),
            (bool(columns), Said(f"列（{_name_few(iter(columns))}）", f"columns ({_name_few(iter(columns))})")),
        ):
            if hidden:
                yield Problem("sheet.hidden", WARNING, self.sheet.file, self.sheet.name, details=(("what", what),))


def _split(table: Table, blocks: Sequence[tuple[str, range]]) -> Iterator[Table]:
    """Yield the tables that stand side by side in one, each without the rows that it leaves blank; or the table itself."""
    if not blocks:
        yield table
    for group, columns in blocks:
        letters = {column_letter(i) for i in columns}
        headers = tuple(
            Header(h.letter, h.text.removeprefix(f"{group}/").replace("/", "、"))
            for h in table.headers
            if h.letter in letters
        )
        told = [h.letter for h in headers if not is_serial(h.text)]
        rows = table.body.filter(pl.any_horizontal(pl.col(told).is_not_null())) if told else table.body.clear()
        yield replace(
            table,
            title=f"{table.title} {group}".strip(),
            headers=headers,
            body=rows.select("row", *(h.letter for h in headers)),
            problems=tuple(p for p in table.problems if p.code != "column.duplicate"),  # they head another table
            group=group,
        )


def _name_few(names: Iterator[str]) -> str:
    listed = list(names)
    return ", ".join(listed[: figures.NAMED]) + (" …" if len(listed) > figures.NAMED else "")


def _same_labels(labels: tuple[str, ...], others: tuple[str, ...]) -> bool:
    one, other = ({normalize_header(text) for text in texts if text} for texts in (labels, others))
    return len(one & other) >= figures.REPEATED * max(len(one), len(other))


def _find_thin(raw: pl.DataFrame, body: pl.DataFrame, first: int) -> dict[int, tuple[str, ...]]:
    """Return of the rows kept those with no more than two cells of their own, where rows usually have more, with the columns of these."""
    own = raw.select(pl.sum_horizontal(pl.all().is_not_null())).to_series()
    at = [row - first for row in body["row"].to_list()] if own.len() and (own <= figures.THIN).any() else []
    usual = own.gather(at).median() if at else None
    if not isinstance(usual, float) or usual <= figures.THIN:
        return {}
    thin = [i for i in at if 0 < own[i] <= figures.THIN]
    return {i + first: tuple(name for name, cell in raw.row(i, named=True).items() if cell) for i in thin}


def _fill(raw: pl.DataFrame, merges: Merges) -> pl.DataFrame:
    """Return the rows with every merged range filled with what its first cell holds."""
    filled = raw
    for left, right in {(int(m[1]), int(m[3])) for m in merges}:
        alike = merges[(merges[:, 1] == left) & (merges[:, 3] == right) & (merges[:, 0] >= 0)]
        if left >= raw.width or not len(alike):
            continue
        bottoms = np.minimum(alike[:, 2], raw.height - 1)
        lengths = bottoms - alike[:, 0] + 1
        rows = np.repeat(alike[:, 0] - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths) + np.arange(
            lengths.sum()
        )
        texts = raw.to_series(left).gather(np.repeat(alike[:, 0], lengths))
        for column in range(left, min(right, raw.width - 1) + 1):
            filled = filled.with_columns(filled.to_series(column).scatter(rows, texts))
    return filled
