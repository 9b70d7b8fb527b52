"""The records of an xls stream: whether it is encrypted, and what the cells do not say (merges, hidden rows and columns, error values)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from loaders.formats.biff_formats import read_formats, show_record
from loaders.formats.raw_sheet import Merge

BOF, EOF, FILEPASS, BOUNDSHEET, DATEMODE = 0x0809, 0x000A, 0x002F, 0x0085, 0x0022
ROW, COLINFO, BOOLERR, FORMULA, MERGECELLS = 0x0208, 0x007D, 0x0205, 0x0006, 0x00E5
_WORKSHEET, _HIDDEN = 0x00, 0x03
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x20, 0x01
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


@dataclass(frozen=True)
class BookSheet:
    """A worksheet as the workbook lists it: where in the stream its records begin, and whether it is shown."""

    start: int
    visible: bool


@dataclass(frozen=True)
class BookMarks:
    """Facts that stand at the beginning of an xls workbook: encrypted or not, its date system, and where each sheet begins.

    A chart or a sheet of macros is None among its `sheets`.
    """

    encrypted: bool
    is_1904: bool
    sheets: tuple[BookSheet | None, ...]
    styles: Mapping[int, str] = field(default_factory=dict)  # of cells that show more than a number (biff_formats.py)


@dataclass(frozen=True)
class SheetMarks:
    """Merged ranges, hidden rows (as shown), hidden columns (from 0) and error cells (row as shown, column from 0, text) of a sheet."""

    merges: tuple[Merge, ...]
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[int, ...]
    errors: tuple[tuple[int, int, str], ...]
    shown: tuple[
        tuple[int, int, str], ...
    ] = ()  # row as shown, column from 0, text of numbers that are shown with a unit or as a day


def read_book(stream: bytes) -> BookMarks:
    """Return the facts at the beginning of an xls workbook; of an encrypted one only that it is encrypted."""
    is_1904, sheets = False, list[BookSheet | None]()
    for code, body in _records(stream, 0):
        if code == FILEPASS:
            return BookMarks(encrypted=True, is_1904=False, sheets=())
        if code == DATEMODE and len(body) >= 2:
            is_1904 = body[0] == 1
        elif code == BOUNDSHEET and len(body) >= 6:
            start, visible = int.from_bytes(body[:4], "little"), not body[4] & _HIDDEN
            sheets.append(BookSheet(start, visible) if body[5] == _WORKSHEET else None)
    styles = read_formats(_records(stream, 0))
    return BookMarks(encrypted=False, is_1904=is_1904, sheets=tuple(sheets), styles=styles)


def read_sheet(stream: bytes, start: int, styles: Mapping[int, str], is_1904: bool) -> SheetMarks:
    """Return the marks of the sheet whose records begin at `start`, with what cells of some styles show."""
    shown: list[tuple[int, int, str]] = []
    merges: list[Merge] = []
    rows: list[int] = []
    columns: set[int] = set()
    errors: list[tuple[int, int, str]] = []
    for code, body in _records(stream, start):
        if styles:
            shown.extend(show_record(code, body, styles, is_1904))
        if code == ROW and len(body) >= 16 and body[12] & _ROW_HIDDEN:
            rows.append(int.from_bytes(body[:2], "little") + 1)
        elif code == COLINFO and len(body) >= 10 and body[8] & _COLUMN_HIDDEN:
            first, last = struct.unpack("<HH", body[:4])
            columns.update(range(first, min(last, 255) + 1))
        elif code == MERGECELLS:
            merges.extend(_merges(body))
        elif code in (BOOLERR, FORMULA):
            errors.extend(_error(code, body))
    return SheetMarks(tuple(merges), tuple(rows), tuple(sorted(columns)), tuple(errors), tuple(shown))


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    # From the first record of a part to its end; parts inside (charts) are passed over.
    depth = 0
    while start + 4 <= len(stream):
        code, size = struct.unpack_from("<HH", stream, start)
        if code == BOF:
            depth += 1
        elif code == EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield code, stream[start + 4 : start + 4 + size]
        start += 4 + size


def _merges(body: bytes) -> Iterator[Merge]:
    # After their number, four numbers each: first and last row, first and last column.
    for top, bottom, left, right in struct.iter_unpack("<4H", body[2 : 2 + (len(body) - 2) // 8 * 8]):
        yield top + 1, left, bottom + 1, right


def _error(code: int, body: bytes) -> Iterator[tuple[int, int, str]]:
    if len(body) < 8:
        return
    row, column = struct.unpack("<HH", body[:4])
    if code == BOOLERR and body[7] == 1:
        yield row + 1, column, _ERRORS.get(body[6], "#?")
    elif code == FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
        yield row + 1, column, _ERRORS.get(body[8], "#?")
