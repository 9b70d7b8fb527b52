"""Reading a text file with damaged rows: a row that cannot be read costs itself only, the next line begins anew."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from loaders.formats.cell_frames import Damage

LONGEST_FIELD_LINES = 200  # a quote open for longer was never closed
_LONGEST_FIELD = 16 * 1024 * 1024
_OPEN_QUOTE = ("引号不成对", "a quote is not closed")


def read_records(text: str, delimiter: str) -> tuple[list[list[str]], list[Damage]]:
    """Return the fields of every row, none for a damaged one, and the damages by row number."""
    csv.field_size_limit(_LONGEST_FIELD)
    lines = [line + "\n" for line in text.split("\n")]
    if lines[-1] == "\n":
        lines.pop()
    rows: list[list[str]] = []
    damages: list[Damage] = []
    position = 0
    while position < len(lines):
        for fields, used in _read_run(lines, position, delimiter):
            rows.append(fields)
            position += used
        if position < len(lines):
            rows.append([])
            damages.append(Damage(len(rows), _OPEN_QUOTE))
            position += 1
    return rows, damages


def _read_run(lines: list[str], start: int, delimiter: str) -> Iterator[tuple[list[str], int]]:
    # Yields each row with the number of its lines, until the text ends or a row breaks.
    reader = csv.reader((lines[i] for i in range(start, len(lines))), delimiter=delimiter, strict=True)
    before = 0
    while True:
        try:
            fields = next(reader)
        except (csv.Error, StopIteration):
            return
        used, before = reader.line_num - before, reader.line_num
        if used > LONGEST_FIELD_LINES:
            return
        yield fields, used
