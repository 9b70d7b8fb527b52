"""Periods written in one cell: 2026.03-2026.12 fills both the start and the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

import polars as pl

from graph.types.dates import Date
from graph.types.notations import split_span, tidy
from graph.types.value_type import NOTHING_SAID, Cleaned, PolarsType, SheetDays, ValueType, join_problems


@dataclass(frozen=True)
class Span(ValueType):
    """A span of dates in one cell: fills the properties start and end (its last day); one date alone is the start."""

    suffixes: ClassVar[Mapping[str, PolarsType]] = {
        "start": pl.Date, "start_precision": pl.String, "end": pl.Date, "end_precision": pl.String,
    }  # fmt: skip
    name = "span"
    closed = True

    def columns(self, property_name: str) -> dict[str, PolarsType]:
        """Return the two stored columns of a period, always named start and end."""
        return dict(self.suffixes)

    sheet: SheetDays = NOTHING_SAID

    def in_sheet(self, days: SheetDays) -> Span:
        """Return a copy of this type for the cells of a sheet, as Date does."""
        return replace(self, sheet=days)

    def _clean(self, raw: pl.Series) -> Cleaned:
        begun, ended = Date(sheet=self.sheet).clean(raw), Date(last=True, sheet=self.sheet).clean(raw)
        is_span = split_span(tidy(raw))["to"].is_not_null()
        values = {"start": begun.values[""], "start_precision": begun.values["_precision"]}
        for name, suffix in (("end", ""), ("end_precision", "_precision")):
            end = ended.values[suffix]
            values[name] = end.zip_with(is_span, pl.Series([None], dtype=end.dtype))
        return Cleaned(values, join_problems(begun.problems, ended.problems))
