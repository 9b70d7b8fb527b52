"""Rows that lean on the row above: they only carry on its text, or leave blank the unit that a group of rows has in its first one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

import polars as pl

from graph.kinds import Column, Link, Register
from graph.problems import WARNING, Problem
from graph.types import ListOf, Name, Text
from loaders.cleaning import cleaning_figures as figures
from loaders.cleaning.persons_shown import name_rows
from loaders.headers.mapping import ColumnMapping, TableMapping
from loaders.sheets.body import is_serial
from loaders.sheets.table_finder import Table

_UNFINISHED = re.compile(r"[,，、:：(（—-]\s*$")
_ENDED = re.compile(r"[,，、;；。:：!！?？)）]\s*$")
_FIGURE = re.compile(r"^[\s\d.,:：/年月日%-]+(?:[元人名个次户家㎡件小时]{1,2})?$")


def lean_on_above(table: Table, mapping: TableMapping) -> Table:
    """Return a table with texts that go over several rows joined and the blank cells of groups filled; both are told."""
    register = mapping.register
    if register is None or table.body.height < 2:
        return table
    columns = {m.letter: m for m in mapping.columns}
    return _carry_groups(_join_lines(table, columns, register), columns, register)


def _join_lines(table: Table, columns: Mapping[str, ColumnMapping], register: Register) -> Table:
    if not table.thin:
        return table
    rows = table.body["row"].to_list()
    cells = {letter: table.body[letter].to_list() for letter in table.body.columns if letter != "row"}
    serials = [letter for letter, mapping in columns.items() if mapping.header and is_serial(mapping.header)]
    joined: list[int] = []
    into = 0
    for at in range(1, len(rows)):
        own = table.thin.get(rows[at], ())
        unnumbered = any(cells[c][into] and not cells[c][at] for c in serials)
        if not own or not all(
            c in cells and _carries_on(columns.get(c), register, cells[c][into], cells[c][at] or "", unnumbered)
            for c in own
        ):
            into = at
            continue
        if not _rest_is_above(cells, own, columns, register, into, at):
            into = at
            continue
        for letter in own:
            cells[letter][into] = _glue(cells[letter][into] or "", cells[letter][at] or "", columns[letter].column)
        joined.append(at)
    if not joined:
        return table
    gone = set(joined)
    body = pl.DataFrame({"row": table.body["row"], **{c: pl.Series(c, v, pl.String) for c, v in cells.items()}})
    kept = body.filter(~pl.Series([at in gone for at in range(len(rows))]))
    numbers = [rows[at] for at in joined]
    details = (("count", len(numbers)), ("where", name_rows(numbers)))
    problem = Problem("row.joined", WARNING, table.file, table.sheet, numbers[0], details=details)
    return replace(table, body=kept, skipped=table.skipped + len(joined), problems=(*table.problems, problem))


def _carries_on(
    mapping: ColumnMapping | None, register: Register, above: str | None, text: str, unnumbered: bool
) -> bool:
    """Whether a cell may only carry on the text of the one above: no figure, under a text, and no name of another thing.

    What names the rows is carried on where the text above is unfinished, or the row has no number though things are numbered.
    """
    if mapping is None or not above or _FIGURE.match(text) or is_serial(mapping.header):
        return False
    column = mapping.column
    if column is None:
        return mapping.treatment != "dropped_personal"
    if isinstance(column, Link):
        return not column.required
    if column.role != "value" or not isinstance(register.type_of(column), (Text, Name, ListOf)):
        return column.role in {"items", "ignored"}
    return unnumbered or bool(_UNFINISHED.search(above)) or not _names_row(column, register)


def _names_row(column: Column, register: Register) -> bool:
    return column.required or column.field in getattr(register.row, "named_by", ())


def _rest_is_above(
    cells: Mapping[str, list[str | None]],
    own: Iterable[str],
    columns: Mapping[str, ColumnMapping],
    register: Register,
    into: int,
    at: int,
) -> bool:
    """Whether a row has nothing else than what the row above has; what names the rows is blank, or merged with it."""
    rest = [letter for letter in cells if letter not in own]
    if not all(cells[c][at] is None or cells[c][at] == cells[c][into] for c in rest):
        return False
    shared = [c for c in rest if cells[c][at] is not None and c in columns]
    # Merged with the row above in all it has: one record. A unit merged over several of its things is not.
    whole = [c for c in rest if c in columns and cells[c][into] is not None]
    return not shared or len(shared) == len(whole) >= figures.WHOLE_ROW


def _glue(above: str, text: str, column: Column | None) -> str:
    if isinstance(column, Link):
        return f"{above}、{text}" if not _ENDED.search(above) else above + text
    wrapped = len(above.rsplit("\n", 1)[-1]) >= figures.WRAPPED_LINE
    return above + text if wrapped or _ENDED.search(above) else f"{above},{text}"


def _carry_groups(table: Table, columns: Mapping[str, ColumnMapping], register: Register) -> Table:
    """Fill the leading columns of units that are written once a group: they never say the same twice in a row, and leave blanks."""
    body, problems = table.body, list(table.problems)
    for letter in (c for c in body.columns if c != "row"):
        mapping = columns.get(letter)
        if mapping is not None and is_serial(mapping.header):
            continue
        if mapping is None or not isinstance(mapping.column, Link):
            break
        cells = body[letter].replace("", None)
        if not _is_of_groups(cells):
            break
        told = body.select(pl.any_horizontal(pl.exclude("row", letter).is_not_null())).to_series()
        blank = cells.is_null() & told
        numbers = body["row"].filter(blank).to_list()
        details = (("count", len(numbers)), ("where", name_rows(numbers)))
        where = (table.file, table.sheet, numbers[0], letter, mapping.field, mapping.header)
        problems.append(Problem("row.carried", WARNING, *where, details=details))
        body = body.with_columns(cells.forward_fill().zip_with(blank, cells).alias(letter))
    return replace(table, body=body, problems=tuple(problems))


def _is_of_groups(cells: pl.Series) -> bool:
    """Whether a column is written once a group: its first cell is filled, a good part is blank, and no name is written twice."""
    filled = cells.drop_nulls()
    least = max(figures.GROUPS_BLANK * cells.len(), figures.GROUPS_BLANKS)
    return cells.null_count() >= least and cells[0] is not None and filled.n_unique() == filled.len()
