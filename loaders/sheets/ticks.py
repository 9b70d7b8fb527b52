"""Boxes to tick (☑否 □是, √有 □无): a cell becomes what is ticked, and nothing where nothing is."""

from __future__ import annotations

import re

import polars as pl

_TICKED, _EMPTY = "☑☒✓✔√■●◆▣", "□☐▢◻○◯"
_BOX = rf"(?:[{_TICKED}{_EMPTY}]|[(（\[]\s*[√✓✔]?\s*[)）\]])"
_LABEL = r"[^\s、,，;；/☑☒✓✔√■●◆▣□☐▢◻○◯()（）\[\]]{1,12}"
_GAP = r"[\s、,，;；/]*"
_BEFORE = re.compile(rf"({_BOX})\s*({_LABEL})")
_BEHIND = re.compile(rf"({_LABEL})\s*({_BOX})")
# Two boxes with their words, or a box that is ticked with its own, and nothing else.
_FORM = re.compile(rf"^{_GAP}(?:(?:{_BOX}\s*{_LABEL}{_GAP})+|(?:{_LABEL}\s*{_BOX}{_GAP})+)$")
MAY_HOLD = rf"[{_EMPTY}]|[☑☒✓✔√]\s*\p{{Han}}|\p{{Han}}\s*[☑☒✓✔√]|[(（\[]\s*[√✓✔]?\s*[)）\]]"


def read_ticks(cells: pl.DataFrame) -> pl.DataFrame:
    """Return cells with forms of boxes replaced by the words that are ticked, null where none is."""
    has = cells.select(pl.all().str.contains(MAY_HOLD).any()).row(0) if cells.height else ()
    changed = [_read(cells[name]) for name, may in zip(cells.columns, has, strict=False) if may]
    return cells.with_columns(changed) if changed else cells


def _read(column: pl.Series) -> pl.Series:
    texts = column.filter(column.str.contains(MAY_HOLD).fill_null(value=False)).unique().to_list()
    read = {text: told for text in texts if (told := _ticked(text)) is not None}
    if not read:
        return column
    words = pl.Series([word or None for word in read.values()], dtype=pl.String)
    return column.replace(pl.Series(list(read), dtype=pl.String), words).alias(column.name)


def _ticked(text: str) -> str | None:
    """Return the words ticked in a cell, '' where none is; None where the cell is no form of boxes."""
    if not _FORM.match(text):
        return None
    is_before = re.match(rf"{_GAP}{_BOX}", text) is not None
    pairs = [(b, w) for b, w in _BEFORE.findall(text)] if is_before else [(b, w) for w, b in _BEHIND.findall(text)]
    ticked = [word for box, word in pairs if any(mark in box for mark in _TICKED)]
    if len(pairs) < 2 and not ticked:
        return None
    return "、".join(ticked)
