"""Sheets for the tests of finding tables and mapping headers, made of rows as a user would type them."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from loaders.formats.raw_sheet import RawSheet, column_letter


def make_sheet(
    rows: Sequence[Sequence[object]],
    merges: Sequence[str] = (),
    file: str = "表.xlsx",
    name: str = "Sheet1",
    **more: Any,
) -> RawSheet:
    """Return a sheet of rows; merges are written as a spreadsheet does (A1:M1)."""
    width = max(len(row) for row in rows)
    texts = [[None if cell in (None, "") else str(cell) for cell in row] + [None] * (width - len(row)) for row in rows]
    cells = pl.DataFrame(texts, schema={column_letter(i): pl.String for i in range(width)}, orient="row")
    return RawSheet(file, name, cells, merges=tuple(_merge(m) for m in merges), **more)


def _merge(area: str) -> tuple[int, int, int, int]:
    first, last = area.split(":")
    return int(first[1:]), ord(first[0]) - 65, int(last[1:]), ord(last[0]) - 65
