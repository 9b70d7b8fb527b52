"""Fills fields that a row leaves blank, from the sheet's title (a year, a month, whose conference) or the register's defaults."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import polars as pl

from graph.kinds import Column, Register
from graph.names import normalize
from loaders.formats.raw_sheet import plain_name
from loaders.sheets.table_finder import Table


def with_defaults(register: Register, table: Table, columns: Mapping[str, pl.Series]) -> dict[str, pl.Series]:
    """Return cleaned columns with blank cells and missing columns filled from the sheet's title, else by the register's defaults.

    `columns` are String, Date or other stored columns of one length; a column that is not there yet is added whole.
    """
    filled = dict(columns)
    for said in (*_said_by_title(register, table), *_said_by_register(register)):
        own = filled.get(said.name)
        everywhere = pl.select(pl.repeat(said[0], table.body.height, dtype=said.dtype).alias(said.name)).to_series()
        filled[said.name] = everywhere if own is None else own.zip_with(own.is_not_null(), everywhere)
    return filled


def _said_by_title(register: Register, table: Table) -> Iterator[pl.Series]:
    texts = [normalize(text) for text in (table.title, table.sheet, plain_name(table.file).rsplit(".", 1)[0])]
    for column in register.columns:
        found = _find_in(texts, column) if column.in_title else None
        if found is not None:
            frame, _ = register.type_of(column).clean_column(column.field, pl.Series([found]))
            yield from (series for series in frame if series[0] is not None)


def _find_in(texts: list[str], column: Column) -> str | None:
    for text in texts:
        found = re.search(column.in_title, text)
        if found is not None:
            return found[1]
    return None


def _said_by_register(register: Register) -> Iterator[pl.Series]:
    for name, value in register.defaults:
        yield pl.Series(name, [value])
