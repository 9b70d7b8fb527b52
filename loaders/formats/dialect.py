"""Which character separates the fields of a text file."""

from __future__ import annotations

import csv
from collections import Counter

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_CHARS, _SAMPLE_ROWS = 65_536, 200


def find_delimiter(content: bytes) -> tuple[str, int]:
    """Return the delimiter that splits the first rows into the most even table, and the number of fields of the widest of them."""
    lines = _first_lines(content)
    widths = {delimiter: _widths(lines, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: _evenness(widths[delimiter]))
    return best, max(widths[best], default=1)


def _first_lines(content: bytes) -> list[str]:
    sample = content[: _SAMPLE_CHARS * 3].decode("utf-8", "replace")[:_SAMPLE_CHARS]
    lines = sample.split("\n")
    cut = len(sample) < len(content) and len(lines) > 1
    return [line + "\n" for line in (lines[:-1] if cut else lines)]


def _widths(lines: list[str], delimiter: str) -> list[int]:
    # Not strict: a broken quote in the sample is the row reader's matter, not a reason to choose another delimiter.
    rows = csv.reader(lines, delimiter=delimiter)
    widths = []
    try:
        for row in rows:
            if any(row):
                widths.append(len(row))
            if len(widths) == _SAMPLE_ROWS:
                break
    except csv.Error:
        return widths or [1]
    return widths


def _evenness(widths: list[int]) -> tuple[float, int]:
    common = Counter(width for width in widths if width > 1).most_common(1)
    if not common:
        return 0.0, 1
    width, rows = common[0]
    return round(rows / len(widths), 1), width
