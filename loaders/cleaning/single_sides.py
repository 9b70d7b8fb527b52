"""Rows of what several sign that name one side only: whom the other side is, nobody said."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from graph.kinds import Register
from graph.problems import WARNING, Problem
from loaders.cleaning.mentions import MENTION
from loaders.cleaning.persons_shown import name_rows
from loaders.sheets.table_finder import Table

_SIDE = "side"  # by which a relation tells its parties apart
_SEVERAL = "[、,;/]|和|与|及"


def tell_single_sides(
    register: Register, table: Table, columns: Mapping[str, pl.Series], rows: pl.Series
) -> list[Problem]:
    """Return one warning that lists the rows in which an agreement (or whatever else has two parties) names only one of them.

    `columns` holds the cleaned cells; `rows` is true for the rows that are to be judged. No such row, or a register of things without
    parties: no warning.
    """
    links = [link for link in register.links if any(name == _SIDE for name, _ in link.constants)]
    if len(links) < 2:
        return []
    named = [columns[MENTION + link.field] for link in links if MENTION + link.field in columns]
    if not named:
        return []
    told = pl.select(count=pl.sum_horizontal(*(one.is_not_null() for one in named))).to_series()
    several = pl.select(
        pl.any_horizontal(*(one.str.contains(_SEVERAL).fill_null(value=False) for one in named))
    ).to_series()
    numbers = table.body["row"].filter((told == 1) & ~several & rows).to_list()
    if not numbers:
        return []
    details = (("count", len(numbers)), ("where", name_rows(numbers)))
    return [Problem("party.single", WARNING, table.file, table.sheet, numbers[0], details=details)]
