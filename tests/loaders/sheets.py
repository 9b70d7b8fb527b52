"""Sheets for the tests of finding tables and mapping headers, made of rows as a user would type them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from loaders.read import list_files, read_files
from loaders.sheet import RawSheet, column_letter


def make_sheet(rows: Sequence[Sequence[object]], merges: Sequence[str] = (), file: str = "表.xlsx", name: str = "Sheet1", **more: object) -> RawSheet:
    """Return a sheet of rows; merges are written as a spreadsheet does (A1:M1)."""
    width = max(len(row) for row in rows)
    texts = [[None if cell in (None, "") else str(cell) for cell in row] + [None] * (width - len(row)) for row in rows]
    cells = pl.DataFrame(texts, schema={column_letter(i): pl.String for i in range(width)}, orient="row")
    return RawSheet(file, name, cells, merges=tuple(_merge(m) for m in merges), **more)  # type: ignore[arg-type]


def _merge(area: str) -> tuple[int, int, int, int]:
    first, last = area.split(":")
    (left, top), (right, bottom) = ((ord(c[0]) - 65, int(c[1:])) for c in (first, last))
    return top, left, bottom, right


def read_sheets(folder: Path) -> Iterator[RawSheet]:
    """Return every sheet of the files in a folder."""
    for file in read_files(list_files([folder])):
        assert file.error is None, file.error
        yield from file.sheets
