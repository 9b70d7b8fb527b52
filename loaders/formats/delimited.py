"""Reads text files with delimiters (CSV): quickly where all quotes are regular, row by row where one is not."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

import numpy as np
import polars as pl

from graph.errors import FileEmptyError, SheetTooLargeError
from graph.problems import Problem
from graph.texts import Said
from loaders.formats import cell_frames
from loaders.formats.cell_frames import Damage
from loaders.formats.dialect import find_delimiter
from loaders.formats.encoding import DAMAGED, decode_text
from loaders.formats.limits import FileLimits
from loaders.formats.raw_sheet import RawSheet, column_letter
from loaders.formats.records import LONGEST_FIELD_LINES, read_records

_QUOTE, _LINE_END = ord('"'), ord("\n")


def read_sheets(
    data: bytes, file: str, limits: FileLimits, careful: bool
) -> tuple[tuple[RawSheet, ...], tuple[Problem, ...]]:
    """Return the one sheet of a delimited text file, named as the file without its ending, as a spreadsheet program names it."""
    text, name = decode_text(data, file), PurePath(file).stem
    if text.content.isspace() or not text.content:
        raise FileEmptyError(file=file)
    cells, damages = _read_cells(text.content, file, limits)
    cell_frames.check_size(cells, name, file, limits)
    if text.damaged:
        damages += [
            Damage(row, Said("有无法识别的字符", "it holds bytes that are no text"))
            for row in cell_frames.rows_with(cells, DAMAGED)
        ]
    damages += cell_frames.find_damages(cells, limits, has_nul=b"\0" in text.content)
    problems = cell_frames.damage_problems(_add_lines(cells, damages), file, name)
    cells = cell_frames.unwrap_texts(cell_frames.drop_rows(cells, [damage.row for damage in damages]))
    cells = cell_frames.blank_to_null(cells)
    return (RawSheet(file=file, name=name, cells=cells, problems=problems),), ()


def has_regular_quotes(content: bytes, delimiter: str) -> bool:
    """Say whether every quoted field begins and ends where a field may, so that a fast reader and a careful one agree."""
    text = np.frombuffer(content, dtype=np.uint8)
    quotes = np.flatnonzero(text == _QUOTE)
    if len(quotes) % 2:
        return False
    opening, closing = quotes[0::2], quotes[1::2]
    doubled = closing[:-1] + 1 == opening[1:]  # two in a row inside a field stand for one
    borders = np.array([ord(delimiter), _LINE_END], dtype=np.uint8)
    begins = (opening == 0) | np.isin(text[opening - 1], borders)
    ends = (closing == len(text) - 1) | np.isin(text[np.minimum(closing + 1, len(text) - 1)], borders)
    begins[1:] |= doubled
    ends[:-1] |= doubled
    return bool(begins.all() and ends.all())


def _read_cells(content: bytes, file: str, limits: FileLimits) -> tuple[pl.DataFrame, list[Damage]]:
    delimiter, width = find_delimiter(content)
    if width <= limits.max_columns and has_regular_quotes(content, delimiter):
        cells = _read_fast(content, delimiter, width)
        if cells is not None:
            return cells, []
    rows, damages = read_records(content.decode("utf-8"), delimiter)
    width = max(map(len, rows), default=0) or 1
    if width > limits.max_columns:
        raise SheetTooLargeError(file=file, sheet=PurePath(file).stem, rows=len(rows), columns=width)
    columns = {column_letter(i): [row[i] if i < len(row) else None for row in rows] for i in range(width)}
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)), damages


def _read_fast(content: bytes, delimiter: str, width: int) -> pl.DataFrame | None:
    # A first line of our own gives the width, so that short rows are filled up; a longer row is refused and read the other way.
    header = delimiter.join(column_letter(i) for i in range(width)).encode()
    quote = '"' if b'"' in content else None
    try:
        cells = pl.read_csv(
            io.BytesIO(header + b"\n" + content), separator=delimiter, quote_char=quote, infer_schema=False
        )
    except (pl.exceptions.ComputeError, pl.exceptions.SchemaError, pl.exceptions.ShapeError):
        return None
    lines = cells.select(pl.all().str.count_matches("\n", literal=True).max()).row(0) if quote else ()
    return None if any((count or 0) >= LONGEST_FIELD_LINES for count in lines) else cells


def _add_lines(cells: pl.DataFrame, damages: Sequence[Damage]) -> list[Damage]:
    # A field may hold line ends, so the line of a row is its number and all line ends inside the rows before it.
    if not damages:
        return []
    inside = cells.select(pl.sum_horizontal(pl.all().str.count_matches("\n", literal=True)).cum_sum().alias("n"))[
        "n"
    ].to_list()
    lines = [d.row + (inside[d.row - 2] if d.row > 1 else 0) for d in damages]
    return [
        replace(d, reason=Said(f"文本第 {line} 行{d.reason}", f"line {line} of the text: {d.reason.en}"))
        for d, line in zip(damages, lines, strict=True)
    ]
