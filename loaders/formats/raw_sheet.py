"""The result of every reader: the cells of a sheet, all as text, under the row numbers and column letters of a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from graph.errors import FileError
from graph.problems import Problem

Merge = tuple[
    int, int, int, int
]  # top row, left column, bottom row, right column; rows as shown (from 1), columns from 0


@dataclass(frozen=True)
class RawSheet:
    """A sheet as read: `cells` has one String column per spreadsheet column (A, B, …), row i is spreadsheet row `first_row` + i.

    A date cell is ISO text (2026-12-31 or 2026-12-31 09:00:00), a whole number has no decimal point, a blank cell is null.
    """

    file: str
    name: str
    cells: pl.DataFrame
    first_row: int = 1
    merges: tuple[Merge, ...] = ()
    visible: bool = True
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_1904: bool = False  # numbers that are days count from 1904


@dataclass(frozen=True)
class RawFile:
    """A file as read: its display name, the SHA-256 of its bytes, its sheets in order; or the error that stopped the reader."""

    file: str
    digest: str
    sheets: tuple[RawSheet, ...] = ()
    problems: tuple[Problem, ...] = ()
    error: FileError | None = field(default=None)


def column_letter(index: int) -> str:
    """Return the letter of a column counted from 0: A, B, …, Z, AA, …"""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def plain_name(file: str) -> str:
    """Return a file's own name, without the folder by which a call with two files of one name tells them apart."""
    return file.rsplit("/", 1)[-1]
