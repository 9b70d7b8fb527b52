"""Reads from a sheet's XML what its cell values do not show: merged ranges, hidden rows and columns, cells without a value.

The XML is searched as bytes, never built into a tree: a sheet of 70 MB takes a fraction of a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from loaders.formats.number_formats import show_cells
from loaders.formats.raw_sheet import Merge

MAX_COLUMNS = 16_384
_ADDRESS = re.compile(rb'\br=["\']([A-Z]{1,3})([0-9]{1,7})["\']')
_ROW_NUMBER = re.compile(rb'\br=["\']([0-9]{1,7})["\']')
_ROOT = re.compile(rb"<([A-Za-z_][\w.-]*:)?worksheet\b")


@dataclass(frozen=True)
class CellFault:
    """A cell whose value cannot be used: `reason` is the error it shows, or empty for a formula without a stored result."""

    row: int  # as shown
    column: int  # from 0
    reason: str = ""


@dataclass(frozen=True)
class Marks:
    """The marks of a sheet."""

    merges: tuple[Merge, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    faults: tuple[CellFault, ...] = ()
    days: tuple[
        tuple[int, int, str], ...
    ] = ()  # row, column and digits of numbers that may be days written without a sign
    shown: tuple[
        tuple[int, int, str], ...
    ] = ()  # row, column and text of numbers that are shown with a unit, or as a day


@dataclass(frozen=True)
class _Patterns:
    merge: re.Pattern[bytes]
    hidden_row: re.Pattern[bytes]
    column: re.Pattern[bytes]
    bare_formula: re.Pattern[bytes]
    uncached: re.Pattern[bytes]
    error: re.Pattern[bytes]
    day: re.Pattern[bytes]
    any_day: re.Pattern[bytes]
    filled: re.Pattern[bytes]
    prefix: bytes


def scan_sheet(xml: bytes, max_faults: int, styles: Mapping[int, str] | None = None, is_1904: bool = False) -> Marks:
    """Return the marks of one worksheet part, at most `max_faults` faults among them.

    `styles` are those whose cells show more than their number (number_formats.py).
    """
    find = _patterns(_prefix(xml))
    shown = show_cells(xml, find.prefix, styles or {}, is_1904)
    return Marks(
        merges=_merges(xml, find),
        hidden_rows=_hidden_rows(xml, find),
        hidden_columns=_hidden_columns(xml, find),
        faults=tuple(
            sorted([*_uncached(xml, find, max_faults), *_errors(xml, find, max_faults)], key=_position)[:max_faults]
        ),
        days=tuple(_days(xml, find, max_faults)),
        shown=tuple((row, column_index(letters), text) for letters, row, text in shown),
    )


def measure_sheet(xml: bytes) -> tuple[int, int]:
    """Return the last row and the number of columns by the addresses of the filled cells, whatever the sheet claims."""
    rows, columns = 0, 0
    for cell in _patterns(_prefix(xml)).filled.finditer(xml):
        rows = max(rows, int(cell.group(2)))
        columns = max(columns, column_index(cell.group(1)) + 1)
    return rows, columns


def column_index(letters: bytes) -> int:
    """Return the number of a column from 0, the inverse of `column_letter`."""
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1


def _prefix(xml: bytes) -> bytes:
    root = _ROOT.search(xml, 0, 65_536)
    return (root.group(1) or b"") if root else b""


@lru_cache(maxsize=16)
def _patterns(prefix: bytes) -> _Patterns:
    p = re.escape(prefix)
    no_value = rb"\s*(?:<%bv\s*/>|<%bv\s*></%bv>)?\s*</%bc>" % (p, p, p, p)
    return _Patterns(
        merge=re.compile(rb'<%bmergeCell\b[^>]*\bref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"' % p),
        hidden_row=re.compile(rb'<%brow\b[^>]*\bhidden=["\'](?:1|true)["\'][^>]*>' % p),
        column=re.compile(rb'<%bcol\b([^>]*\bhidden=["\'](?:1|true)["\'][^>]*)>' % p),
        bare_formula=re.compile(rb"(?:</%bf>|<%bf\b[^>]*/>)%b" % (p, p, no_value)),
        uncached=re.compile(rb"<%bc\b([^>]*)>\s*<%bf\b(?:[^>]*/>|[^>]*>[^<]*</%bf>)%b" % (p, p, p, no_value)),
        error=re.compile(rb'<%bc\b([^>]*\bt="e"[^>]*)>(?:(?!</%bc>).)*?<%bv>([^<]{1,40})' % (p, p, p), re.DOTALL),
        day=re.compile(rb"<%bc\b([^>]*)>\s*<%bv>((?:19|20)[0-9]{6})</%bv>" % (p, p, p)),
        any_day=re.compile(rb"<%bv>(?:19|20)[0-9]{6}</" % p),
        filled=re.compile(rb'<%bc\b[^>]*\br="([A-Z]{1,3})([0-9]{1,7})"[^>/]*>(?!\s*</)' % p),
        prefix=prefix,
    )


def _merges(xml: bytes, find: _Patterns) -> tuple[Merge, ...]:
    return tuple(
        (int(top), column_index(left), int(bottom), column_index(right))
        for left, top, right, bottom in find.merge.findall(xml, max(0, xml.rfind(b"</" + find.prefix + b"sheetData>")))
    )


def _hidden_rows(xml: bytes, find: _Patterns) -> tuple[int, ...]:
    if b"hidden=" not in xml:
        return ()
    return tuple(_row_number(xml, match, find) for match in find.hidden_row.finditer(xml))


def _row_number(xml: bytes, match: re.Match[bytes], find: _Patterns) -> int:
    number = _ROW_NUMBER.search(match.group())
    return int(number.group(1)) if number else xml.count(b"<" + find.prefix + b"row", 0, match.end())


def _hidden_columns(xml: bytes, find: _Patterns) -> tuple[int, ...]:
    head = xml[: max(0, xml.find(b"<" + find.prefix + b"sheetData"))]
    hidden: set[int] = set()
    for attributes in find.column.findall(head):
        first, last = (re.search(rb'\b%b="([0-9]{1,5})"' % name, attributes) for name in (b"min", b"max"))
        if first and last:
            hidden.update(range(int(first.group(1)) - 1, min(int(last.group(1)), MAX_COLUMNS)))
    return tuple(sorted(hidden))


def _uncached(xml: bytes, find: _Patterns, max_faults: int) -> Iterator[CellFault]:
    if b"<%bf" % find.prefix not in xml or not find.bare_formula.search(xml):  # the cheap questions first
        return
    for match in islice(find.uncached.finditer(xml), max_faults):
        if not re.search(rb'\bt=["\']str["\']', match.group(1)):  # a stored empty text is a result
            yield CellFault(*_address(xml, match, find))


def _errors(xml: bytes, find: _Patterns, max_faults: int) -> Iterator[CellFault]:
    if b't="e"' not in xml:
        return
    for match in islice(find.error.finditer(xml), max_faults):
        yield CellFault(*_address(xml, match, find), reason=match.group(2).decode("utf-8", "replace").strip())


def _days(xml: bytes, find: _Patterns, max_days: int) -> Iterator[tuple[int, int, str]]:
    if not find.any_day.search(xml):
        return
    for match in islice(find.day.finditer(xml), max_days):
        yield (*_address(xml, match, find), match.group(2).decode())


def _address(xml: bytes, match: re.Match[bytes], find: _Patterns) -> tuple[int, int]:
    address = _ADDRESS.search(match.group(1))
    if address:
        return int(address.group(2)), column_index(address.group(1))
    # Some writers leave addresses out: the position is then the count of rows, and of cells since the last row began.
    row, cell = b"<" + find.prefix + b"row", rb"<%bc\b" % re.escape(find.prefix)
    row_start = xml.rfind(row, 0, match.start())
    return xml.count(row, 0, match.start()), len(re.findall(cell, xml[row_start : match.start()]))


def _position(fault: CellFault) -> tuple[int, int]:
    return fault.row, fault.column
