"""Fills the form of a register: the stock one or an office's own copy of it.

A form is a workbook whose first sheet has a row of the register's headers; the row below shows how rows look. What stands above and
below them stays, and {{ office }}, {{ day }} and {{ about }} in its cells are filled in.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from unicodedata import east_asian_width
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from api.door_errors import PaperFormError
from api.papers.register_form import NUMBER, set_page
from api.papers.told_sources import SOURCES_SHEET
from api.papers.written_register import WrittenRow
from graph.kinds import Register
from loaders.template import header_of, own_columns
from loaders.vocabulary.wording import normalize_header
from queries.answers.rows import tell_sources

_MARK = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_HIGHEST = 20  # the headers stand among the first rows
_NARROWEST, _WIDEST = 6, 18  # characters, of which a Chinese one counts two
_SOURCE_HEADERS = ("本表行", "出处")  # words of no register: loading leaves the sheet alone
_LONGEST = 32_000  # characters that a cell may hold


@dataclass(frozen=True)
class Below:
    """A cell that stands below the rows of a form, with its look, and how many rows below the first of them."""

    row: int
    column: int
    value: Any
    look: Any


def fill_form(form: bytes, register: Register, rows: Sequence[WrittenRow], texts: Mapping[str, str]) -> bytes:
    """Return a form with the rows of a register, and a sheet that tells where each of them comes from."""
    try:
        book = load_workbook(BytesIO(form))
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as wrong:
        raise PaperFormError(paper=register.zh) from wrong
    sheet: Worksheet = book.worksheets[0]
    header, fields = _find_header(sheet, register)
    below, merges = _take_below(sheet, header + 2)
    for row in sheet.iter_rows(max_row=header):
        for cell in row:
            _fill_marks(cell, texts)
    looks = [sheet.cell(header + 1, column) for column in range(1, sheet.max_column + 1)]
    for place, written in enumerate(rows, header + 1):
        _write_row(sheet, place, looks, fields, {NUMBER: place - header, **written.cells})
    _put_below(sheet, header + 1 + max(len(rows), 1), below, merges, texts)
    _set_widths(sheet, header, len(rows))
    _set_heights(sheet, header, len(rows))
    _add_sources(book, rows)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _find_header(sheet: Worksheet, register: Register) -> tuple[int, dict[int, str]]:
    """Return the number of the row that has most of the register's headers, and the field of each of its columns."""
    columns = own_columns(register)
    known = {normalize_header(word): column.field for column in reversed(columns) for word in column.headers}
    known |= {normalize_header(header_of(column)): column.field for column in columns} | {NUMBER: NUMBER}
    best: tuple[int, dict[int, str]] = (0, {})
    for number, row in enumerate(sheet.iter_rows(max_row=_HIGHEST), 1):
        named = {cell.column: normalize_header(str(cell.value or "")) for cell in row}
        fields = {column: known[word] for column, word in named.items() if column and word in known}
        if len(fields) > len(best[1]):
            best = (number, fields)
    if len(best[1]) < min(2, len(columns)):
        raise PaperFormError(paper=register.zh)
    return best


def _take_below(sheet: Worksheet, first: int) -> tuple[list[Below], list[tuple[int, int, int, int]]]:
    """Take away what stands below the row for rows, and return its cells and merged ranges, counted from there."""
    taken = []
    merges = [area for area in sheet.merged_cells.ranges if area.min_row >= first]
    places = [(area.min_row - first, area.max_row - first, area.min_col, area.max_col) for area in merges]
    for area in merges:
        sheet.unmerge_cells(str(area))
    for row in sheet.iter_rows(min_row=first):
        for cell in row:
            if cell.value is not None:
                taken.append(Below(cell.row - first, cell.column, cell.value, copy.copy(cell._style)))
    heights = {number - first: d.height for number, d in sheet.row_dimensions.items() if number >= first}
    if sheet.max_row >= first:
        sheet.delete_rows(first, sheet.max_row - first + 1)
    for number in [n for n in sheet.row_dimensions if n >= first]:
        del sheet.row_dimensions[number]
    return [Below(b.row, b.column, (b.value, heights.get(b.row)), b.look) for b in taken], places


def _put_below(
    sheet: Worksheet,
    first: int,
    below: Iterable[Below],
    merges: Iterable[tuple[int, int, int, int]],
    texts: Mapping[str, str],
) -> None:
    for one in below:
        cell: Any = sheet.cell(first + one.row, one.column)
        cell.value, height = one.value
        cell._style = one.look
        _fill_marks(cell, texts)
        if height:
            sheet.row_dimensions[first + one.row].height = height
    for top, bottom, left, right in merges:
        sheet.merge_cells(start_row=first + top, end_row=first + bottom, start_column=left, end_column=right)


def _fill_marks(cell: Any, texts: Mapping[str, str]) -> None:
    if isinstance(cell.value, str) and _MARK.search(cell.value):
        _set_text(cell, _MARK.sub(lambda found: texts.get(found[1], found[0]), cell.value))


def _set_text(cell: Any, text: str) -> None:
    """Put a text into a cell as a text, whatever it begins with: no spreadsheet program takes it for a formula, nor after an edit."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST]
    cell.data_type = "s"
    if text[:1] in "=+-@＝＋－＠\t\r":
        cell.quotePrefix = True


def _write_row(
    sheet: Worksheet, place: int, looks: Sequence[Any], fields: Mapping[int, str], cells: Mapping[str, Any]
) -> None:
    for look in looks:
        cell: Any = sheet.cell(place, look.column)
        if cell is not look:
            cell._style = copy.copy(look._style)
        value = cells.get(fields.get(look.column, ""))
        if isinstance(value, str):
            _set_text(cell, value)
        else:
            cell.value = int(value) if isinstance(value, float) and value.is_integer() else value


def _set_widths(sheet: Worksheet, header: int, rows: int) -> None:
    """Make columns as wide as their longest text needs within bounds, where the form says no width itself."""
    for cells in sheet.iter_cols(min_row=header, max_row=header + rows):
        letter = get_column_letter(cells[0].column or 1)
        if letter in sheet.column_dimensions and sheet.column_dimensions[letter].width != _UNSET:
            continue
        heading = (measure(str(cells[0].value or "")) + 1) // 2  # in two lines
        longest = max((measure(str(c.value)) for c in cells[1:] if c.value is not None), default=0)
        sheet.column_dimensions[letter].width = min(_WIDEST, max(_NARROWEST, heading + 2, longest + 2))


def _set_heights(sheet: Worksheet, header: int, rows: int) -> None:
    """Make the rows as high as their longest cell needs: programs that print do not always."""
    for cells in sheet.iter_rows(min_row=header, max_row=header + rows):
        widths = [sheet.column_dimensions[get_column_letter(cell.column)].width or _UNSET for cell in cells]
        lines = max(-(-measure(str(c.value or "")) // max(int(w) - 1, 1)) for c, w in zip(cells, widths, strict=True))
        sheet.row_dimensions[cells[0].row].height = _LINE * max(lines, 1) + _ABOVE


_LINE, _ABOVE = 15, 6  # points of a line, and what a row has beside its lines
_UNSET = 13  # what a column is wide of which a form says nothing


def measure(text: str) -> int:
    """Return how wide a text is, in narrow characters; Chinese ones are twice as wide."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _add_sources(book: Workbook, rows: Sequence[WrittenRow]) -> None:
    """Add the sheet that names for each row the files, sheets and rows from which it comes."""
    if SOURCES_SHEET in book.sheetnames:
        book.remove(book[SOURCES_SHEET])
    sheet: Worksheet = book.create_sheet(SOURCES_SHEET)
    sheet.append(list(_SOURCE_HEADERS))
    for place, row in enumerate(rows, 1):
        sheet.cell(place + 1, 1, place)
        _set_text(sheet.cell(place + 1, 2), str(tell_sources(row.records)))
    for cell in sheet[1]:
        cell.font = Font(name="黑体", size=11)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 8, 110
    set_page(sheet, "1:1")
