"""Brings cells read from any format into one form: columns by letter, blanks as null, damaged rows removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from graph.errors import SheetTooLargeError
from graph.problems import Problem
from graph.texts import Said
from loaders.formats.limits import FileLimits
from loaders.formats.raw_sheet import column_letter

MAX_PROBLEMS = 1_000  # of one code and sheet; the last one says how many more there are
_SECONDS = ":00"
_WRAPPED = r"""^\s*(?:=\s*"((?:[^"]|"")*)"|'([^']+))\s*$"""


@dataclass(frozen=True)
class Damage:
    """A row (as shown) that cannot be used, and why in Chinese and English."""

    row: int
    reason: Said


def check_size(frame: pl.DataFrame, sheet: str, file: str, limits: FileLimits) -> None:
    """Raise an error when a sheet has more rows or columns than the limit."""
    if frame.height > limits.max_rows + 1 or frame.width > limits.max_columns:
        raise SheetTooLargeError(file=file, sheet=sheet, rows=frame.height, columns=frame.width)


def name_columns(frame: pl.DataFrame, first_column: int = 0) -> pl.DataFrame:
    """Return the frame with columns named A, B, …, empty ones added before `first_column`."""
    named = frame.rename({name: column_letter(first_column + i) for i, name in enumerate(frame.columns)})
    empty = [pl.lit(None, pl.String).alias(column_letter(i)) for i in range(first_column)]
    return named.select(*empty, pl.all()) if empty else named


def blank_to_null(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with null for every cell of nothing but blanks, and without empty rows and columns at the end."""
    if not frame.width:
        return frame
    blank = pl.all().str.strip_chars() == ""
    return _trim(frame.with_columns(pl.when(~blank).then(pl.all())))


def restore_cells(frame: pl.DataFrame, cells: Sequence[tuple[int, int, str]]) -> pl.DataFrame:
    """Return the frame with the original text of some cells put back where a parser lost or distorted it.

    `cells` are (row from 1, column from 0, text); distorted are dates that became a year after 9999.
    """
    texts: dict[str, dict[int, str]] = {}
    for row, column, text in cells:
        if row <= frame.height and column < frame.width:
            texts.setdefault(frame.columns[column], {})[row - 1] = text
    filled = []
    for name, by_row in texts.items():
        series, rows = frame[name], list(by_row)
        lost = [
            row for row, text in zip(rows, series.gather(rows), strict=True) if text is None or text.startswith("+")
        ]
        if lost:
            filled.append(series.scatter(lost, [by_row[row] for row in lost]))
    return frame.with_columns(filled)


def replace_cells(frame: pl.DataFrame, cells: Sequence[tuple[int, int, str]]) -> pl.DataFrame:
    """Return the frame with other texts in some cells, given as (row from 1, column from 0, text)."""
    texts: dict[int, dict[int, str]] = {}
    for row, column, text in cells:
        if row <= frame.height and column < frame.width:
            texts.setdefault(column, {})[row - 1] = text
    changed = [frame.to_series(column).scatter(list(rows), list(rows.values())) for column, rows in texts.items()]
    return frame.with_columns(changed)


def unwrap_texts(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame without the marks by which business systems keep a spreadsheet from changing a text: ="0379", '0379."""
    if not frame.height:
        return frame
    marked = frame.select(pl.all().str.contains(_WRAPPED).any()).row(0)
    names = [name for name, is_marked in zip(frame.columns, marked, strict=True) if is_marked]
    return frame.with_columns(
        pl.col(name).str.replace(_WRAPPED, "${1}${2}").str.replace_all('""', '"', literal=True) for name in names
    )


def shorten_dates(frame: pl.DataFrame, day_zero: str) -> pl.DataFrame:
    """Return the frame with midnights as plain dates and times of `day_zero` as plain times: 2026-12-31, 09:00."""
    stamped = pl.all().str.len_bytes() == 19
    flags = frame.select(
        (stamped & pl.all().str.ends_with(" 00:00:00")).any().name.prefix("date "),
        (stamped & pl.all().str.starts_with(day_zero + " ")).any().name.prefix("time "),
    ).row(0, named=True) if frame.height else {}  # fmt: skip
    changed = [
        _shorten(name, day_zero) for name in frame.columns if flags.get(f"date {name}") or flags.get(f"time {name}")
    ]
    return frame.with_columns(changed)


def find_damages(frame: pl.DataFrame, limits: FileLimits, *, has_nul: bool = True) -> list[Damage]:
    """Return the rows that have a cell with a NUL character or with more text than is allowed.

    Without `has_nul` no NUL is looked for.
    """
    if not frame.height:
        return []
    nul_rows = rows_with(frame, "\0") if has_nul else []
    damages = [Damage(row, Said("有空字符（NUL）", "it holds a NUL character")) for row in nul_rows]
    longest = max(size or 0 for size in frame.select(pl.all().str.len_bytes().max()).row(0))
    if longest > limits.max_cell_chars:
        why = Said(
            f"有单元格超过 {limits.max_cell_chars} 字", f"a cell holds more than {limits.max_cell_chars} characters"
        )
        too_long = pl.any_horizontal(pl.all().str.len_chars() > limits.max_cell_chars)
        damages += [Damage(row, why) for row in _row_numbers(frame, too_long)]
    return damages


def rows_with(frame: pl.DataFrame, text: str) -> list[int]:
    """Return the numbers, from 1, of the rows with a cell that contains `text`."""
    found = pl.all().str.contains(text, literal=True)
    if not frame.height or not any(frame.select(found.any()).row(0)):
        return []
    return _row_numbers(frame, pl.any_horizontal(found))


def drop_rows(frame: pl.DataFrame, rows: Sequence[int]) -> pl.DataFrame:
    """Return the frame with null in all cells of `rows` (from 1), so that the numbers of the others stay true."""
    if not rows:
        return frame
    kept = pl.int_range(1, pl.len() + 1, dtype=pl.Int64).is_in(sorted(set(rows))).not_()
    return frame.with_columns(pl.when(kept).then(pl.all()))


def damage_problems(damages: Sequence[Damage], file: str, sheet: str) -> tuple[Problem, ...]:
    """Return a problem for each damage, the first reason of a row only."""
    by_row = {damage.row: damage for damage in reversed(damages)}
    found = sorted(by_row.values(), key=lambda damage: damage.row)
    return cap_problems(
        [Problem("row.damaged", file=file, sheet=sheet, row=d.row, details=(("reason", d.reason),)) for d in found]
    )


def cap_problems(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the first problems, the last of them telling how many were left out."""
    if len(problems) <= MAX_PROBLEMS:
        return tuple(problems)
    last, more = problems[MAX_PROBLEMS - 1], len(problems) - MAX_PROBLEMS
    note = f"另有 {more} 处同样的问题 ({more} more like this)"
    marked = Problem(
        last.code,
        file=last.file,
        sheet=last.sheet,
        row=last.row,
        column=last.column,
        suggestion=note,
        details=last.details,
    )
    return (*problems[: MAX_PROBLEMS - 1], marked)


def _shorten(name: str, day_zero: str) -> pl.Expr:
    cell = pl.col(name)
    stamped = cell.str.len_bytes() == 19
    midnight = cell.str.ends_with(" 00:00:00")
    time = pl.when(midnight).then(pl.lit("00:00")).otherwise(cell.str.slice(11).str.strip_suffix(_SECONDS))
    short = (
        pl.when(cell.str.starts_with(day_zero + " "))
        .then(time)
        .when(midnight)
        .then(cell.str.slice(0, 10))
        .otherwise(cell)
    )
    return pl.when(stamped).then(short).otherwise(cell).alias(name)


def _trim(frame: pl.DataFrame) -> pl.DataFrame:
    filled = frame.select(pl.any_horizontal(pl.all().is_not_null()).alias("filled"))["filled"]
    last_row = filled.arg_true().max()
    if last_row is None:
        return frame.clear()
    empty = frame.select(pl.all().is_null().all()).row(0)
    width = max(i + 1 for i, nothing in enumerate(empty) if not nothing)
    return frame.select(frame.columns[:width]).head(int(str(last_row)) + 1)


def _row_numbers(frame: pl.DataFrame, condition: pl.Expr) -> list[int]:
    return [row + 1 for row in frame.select(condition.fill_null(value=False).arg_true()).to_series().to_list()]
