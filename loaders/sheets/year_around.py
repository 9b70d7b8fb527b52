"""The year that the days of a whole file have, for those of its cells that name none."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from loaders.formats.raw_sheet import RawSheet
from loaders.sheets import sheet_figures as figures

_YEAR = r"^\s*((?:19|20)[0-9]{2})\s*[-./年]\s*(?:1[0-2]|0?[1-9])(?:[^0-9]|$)"


def find_year_around(sheets: Iterable[RawSheet]) -> int:
    """Return the year of the columns of days in a file that are of one year; 0 where these differ, or there are none."""
    years: set[int] = set()
    for sheet in sheets:
        cells = sheet.cells.head(figures.DAYS_ROWS)
        found = cells.select(pl.all().cast(pl.String).str.extract(_YEAR).drop_nulls().implode())
        for column in found.row(0) if found.height else ():
            if len(column) >= figures.DAYS_FROM and len(set(column)) == 1:
                years.add(int(column[0]))
    return years.pop() if len(years) == 1 else 0
