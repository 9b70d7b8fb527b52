"""Rows that a graph driver hands out → a polars frame, equal to what the embedded engine returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl


def to_frame(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> pl.DataFrame:
    """Return rows as a frame: whole numbers as Int64, days and times as polars has them, a column without a value as Null."""
    if not rows:
        return pl.DataFrame(schema=dict.fromkeys(names, pl.Null))
    columns = zip(*rows, strict=True)
    return pl.DataFrame([_series(name, values) for name, values in zip(names, columns, strict=True)])


def _series(name: str, values: Sequence[Any]) -> pl.Series:
    first = next((value for value in values if value is not None), None)
    if _is_plain(first):
        return pl.Series(name, values, strict=False)
    return pl.Series(name, [_native(value) for value in values], strict=False)


def _is_plain(value: Any) -> bool:
    """Tell whether a column that begins with this value needs no conversion: a driver never mixes kinds that do with others."""
    if isinstance(value, list):
        return all(isinstance(item, str | int | float | bool | None) for item in value)
    return isinstance(value, str | int | float | bool | None)


def _native(value: Any) -> Any:
    """Return a value as Python has it: the drivers' own days and times, also inside lists and maps, and entities as maps."""
    if isinstance(value, list):
        return [_native(item) for item in value]
    if isinstance(value, Mapping):
        return {name: _native(item) for name, item in value.items()}
    if hasattr(value, "to_native"):
        return value.to_native()
    if hasattr(value, "items"):  # a whole entity or relation: its properties
        return {name: _native(item) for name, item in value.items()}
    return value
