"""Rows as the parameters of a write: each column one list, and a value that all rows share but once.

A map for each row repeats every property's name, and packing it is most of a driver's work: docs/decisions/0011.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

SHARED_FROM = 1_000  # rows; fewer are written by the one text of their table, which the server has planned already


@dataclass(frozen=True)
class Columns:
    """Which columns of a table are sent as lists, and the value of those that have the same in every row."""

    varied: tuple[str, ...]
    shared: Mapping[str, Any]

    def parameters(self, part: pl.DataFrame) -> dict[str, Any]:
        """Return some of the table's rows as parameters."""
        return {**part.select(self.varied).to_dict(as_series=False), **self.shared}


def share_columns(frame: pl.DataFrame, key: Iterable[str]) -> Columns:
    """Return how the rows of a table are sent; the key's columns are always lists."""
    if frame.height < SHARED_FROM:
        return Columns(tuple(frame.columns), {})
    first = frame.row(0, named=True)
    same = frame.select(pl.all().eq_missing(pl.all().first()).all()).row(0, named=True)
    shared = [name for name, is_same in same.items() if is_same and name not in key]
    return Columns(tuple(name for name in frame.columns if name not in shared), {name: first[name] for name in shared})
