"""A period as people write it: "2025-07..2026-06", "2025", "2026Q2", "2025-07-01..2026-06-30", or "last-year"."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from graph.errors import ArgumentError
from graph.texts import Said

_POINT = re.compile(r"(\d{4})(?:[-./年](\d{1,2})月?)?(?:[-./]?(\d{1,2})日?)?年?")
_QUARTER = re.compile(r"(\d{4})年?-?(?:q|第?)([1-4一二三四])(?:季度)?")
_ASKED = Said(
    "写成 2025、2025-07、2026Q2、2025-07..2026-06 或 last-year",
    "write 2025, 2025-07, 2026Q2, 2025-07..2026-06 or last-year",
)


@dataclass(frozen=True)
class Period:
    """From `start` to `end`, both days included; without either, the year that ends on the day the graph speaks of."""

    start: date | None = None
    end: date | None = None

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a period from text; a month or a year stands for all of its days."""
        written = text.strip().lower().replace("～", "..").replace("至", "..")
        if written in {"last-year", "last_year", "近一年", ""}:
            return LAST_YEAR
        first, dots, last = (part.strip() for part in written.partition(".."))
        start, end = _days(first, text)[0], _days(last if dots else first, text)[1]
        if end < start:
            raise ArgumentError(
                argument="period", value=text, reason=Said("结束早于开始", "the end is before the start")
            )
        return cls(start, end)

    def resolve(self, as_of: date | None) -> Days:
        """Return the days of the period, for a graph that speaks of `as_of` (today where it does not say)."""
        end = self.end or as_of or date.today()
        return Days(self.start or _year_before(end) + timedelta(days=1), end)

    def __str__(self) -> str:
        return "last-year" if self.start is None or self.end is None else f"{self.start}..{self.end}"


@dataclass(frozen=True)
class Days:
    """The first and last day of a period."""

    start: date
    end: date

    @property
    def count(self) -> int:
        """Return how many days the period has."""
        return (self.end - self.start).days + 1

    def hold(self, column: str) -> pl.Expr:
        """Tell whether a day lies in the period; one that is not known does not."""
        return pl.col(column).is_between(self.start, self.end).fill_null(False)

    @property
    def weeks(self) -> float:
        """Return how many weeks the period has."""
        return self.count / 7

    @property
    def years(self) -> float:
        """Return how many years the period has."""
        return self.count / 365.25


LAST_YEAR = Period()


def is_in(period: Period | None, as_of: date | None, column: str) -> pl.Expr:
    """Return the expression for whether the day in a column lies in a period; without a period, every row does."""
    return pl.lit(True) if period is None else period.resolve(as_of).hold(column)


def _days(text: str, whole: str) -> tuple[date, date]:
    """Return the first and last day that a year, month or day in text stands for."""
    found, quarter = _POINT.fullmatch(text), _QUARTER.fullmatch(text)
    if found is None and quarter is not None:
        return _quarter(int(quarter[1]), "1234一二三四".index(quarter[2]) % 4)
    if found is None:
        raise ArgumentError(argument="period", value=whole, reason=_ASKED)
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last = first if day else date(first.year, month or 12, calendar.monthrange(first.year, month or 12)[1])
    except ValueError as wrong:
        raise ArgumentError(argument="period", value=whole, reason=_ASKED) from wrong
    return first, last


def find_quarter(day: date) -> Days:
    """Return the first and last day of the quarter in which a day lies."""
    return Days(*_quarter(day.year, (day.month - 1) // 3))


def _quarter(year: int, number: int) -> tuple[date, date]:
    last = number * 3 + 3
    return date(year, number * 3 + 1, 1), date(year, last, calendar.monthrange(year, last)[1])


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
