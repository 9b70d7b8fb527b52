"""Rows that deny what their register's name states: 否 under 是否闲置, 0 under 闲置面积. They are left out and told."""

from __future__ import annotations

import polars as pl

from graph.kinds import Register
from graph.names import map_unique, normalize
from graph.problems import WARNING, Problem
from graph.types.value_type import blank_to_null
from loaders.cleaning.persons_shown import name_rows
from loaders.headers.shown_conditions import asked_condition
from loaders.sheets.table_finder import Table


def find_denied(register: Register, table: Table) -> tuple[pl.Series, list[Problem]]:
    """Return which rows of a table say of themselves that they are none of the register, and a problem for each column that says so."""
    denied = pl.Series([False]).new_from_index(0, table.body.height)
    problems = []
    for header in table.headers if register.marks else ():
        pattern = asked_condition(register, header.text)
        if not pattern:
            continue
        cells = map_unique(blank_to_null(table.body[header.letter]), normalize)
        found = cells.str.contains(pattern).fill_null(False)
        rows = table.body["row"].filter(found & ~denied).to_list()
        denied = denied | found
        if rows:
            details = (("count", len(rows)), ("where", name_rows(rows)))
            where = (table.file, table.sheet, rows[0], header.letter)
            problems.append(Problem("row.denied", WARNING, *where, value=header.text, details=details))
    return denied, problems
