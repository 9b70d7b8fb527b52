"""Rows of a frame by the value of one column, for the few pairs that are told to a user."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import polars as pl


class Rows:
    """The rows of a frame that is sorted (or at least grouped) by `column`, found by value."""

    def __init__(self, frame: pl.DataFrame, column: str) -> None:
        self._frame, self._column = frame, column

    @cached_property
    def _runs(self) -> dict[Any, tuple[int, int]]:
        """Return where the rows of each value begin and how many they are."""
        runs = (
            self._frame[self._column].rle().struct.unnest().with_columns(start=pl.col("len").cum_sum() - pl.col("len"))
        )
        return {value: (start, length) for value, start, length in runs.select("value", "start", "len").iter_rows()}

    def of(self, value: Any) -> list[dict[str, Any]]:
        """Return the rows that have this value."""
        start, length = self._runs.get(value, (0, 0))
        return self._frame.slice(start, length).to_dicts() if length else []
