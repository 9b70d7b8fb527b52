"""Rows of a frame by the value of one or two columns, for the few pairs that are told to a user."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import polars as pl


class Rows:
    """The rows of a frame that is sorted (or at least grouped) by one or more columns, found by value (of several: a tuple)."""

    def __init__(self, frame: pl.DataFrame, *columns: str) -> None:
        self.frame, self._columns = frame, columns

    @cached_property
    def _runs(self) -> dict[Any, tuple[int, int]]:
        """Return where the rows of each value begin and how many they are."""
        values = (
            self.frame[self._columns[0]] if len(self._columns) == 1 else self.frame.select(self._columns).to_struct()
        )
        runs = values.rle().struct.unnest().with_columns(start=pl.col("len").cum_sum() - pl.col("len"))
        found = runs.select("value", "start", "len").iter_rows()
        return {tuple(v.values()) if isinstance(v, dict) else v: (start, length) for v, start, length in found}

    def of(self, value: Any) -> list[dict[str, Any]]:
        """Return the rows that have this value."""
        start, length = self._runs.get(value, (0, 0))
        return self.frame.slice(start, length).to_dicts() if length else []
