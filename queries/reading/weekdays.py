"""On which days of the week something takes place, by the words of its time: 每周六上午, 工作日早晚, 2026年7月12日, 7月5日、12日."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

import polars as pl

from graph.texts import Said
from graph.types.opening_hours import find_weekdays

Weekday = Literal["weekend", "workday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEK = range(7)
DAYS_OF: dict[str, frozenset[int]] = {
    "weekend": frozenset({5, 6}), "workday": frozenset(range(5)),
    "monday": frozenset({0}), "tuesday": frozenset({1}), "wednesday": frozenset({2}), "thursday": frozenset({3}),
    "friday": frozenset({4}), "saturday": frozenset({5}), "sunday": frozenset({6}),
}  # fmt: skip
ON = Said(
    "只看周末（weekend）、工作日（workday）或周几的；未说明周几的排在后面",
    "only at weekends, on working days or on one day of the week; what names no day of the week comes last",
)
_FIGURES = re.compile(r"(20\d\d)[-./](\d{1,2})[-./](\d{1,2})(?!\d)")  # 2026-07-12, read as 2026年7月12日
_DATE = re.compile(r"(?:(20\d\d)\s*年\s*)?(?<!\d)(1[0-2]|0?[1-9])\s*月\s*(3[01]|[12]\d|0?[1-9])(?!\d)")
_AND = re.compile(r"\s*[日号]?\s*[、,，和及]\s*(3[01]|[12]\d|0?[1-9])(?=\s*[日号、,，和及]|$)")
_TO = re.compile(
    r"\s*[日号]?\s*(?:-|~|～|—|–|至|到)+\s*(?:(?:20\d\d\s*[-./年]\s*)?(1[0-2]|0?[1-9])\s*月\s*)?(3[01]|[12]\d|0?[1-9])\s*[日号]"
)


def find_on(texts: pl.Series, weekday: Weekday, year: int) -> pl.Series:
    """Return for each text about a time whether it is on such a day of the week; null where it tells none, or is missing.

    A day without its year is one of `year`.
    """
    wanted = DAYS_OF[weekday]
    told = {text: names_weekdays(text, year) for text in texts.drop_nulls().unique()}
    known = {text: bool(days & wanted) for text, days in told.items() if days}
    return pl.Series([known.get(text) if text else None for text in texts], dtype=pl.Boolean)


def names_weekdays(text: str, year: int) -> frozenset[int]:
    """Return the days of the week (0 is Monday) that a text about a time names, by themselves or by dates; none where it says none."""
    if named := find_weekdays(text):
        return named
    dated = _FIGURES.sub(r"\1年\2月\3日", text)
    return frozenset(day for found in _DATE.finditer(dated) for day in _of_date(found, dated, year))


def _of_date(found: re.Match[str], text: str, year: int) -> frozenset[int]:
    """Return the days of the week of a date, of those named after it (7月5日、12日), or from it to another; all where a span has a week."""
    year, month, days, at = int(found[1] or year), int(found[2]), [int(found[3])], found.end()
    if until := _TO.match(text, at):
        return _of_span(_day(year, month, days[0]), _day(year, int(until[1] or month), int(until[2])))
    while more := _AND.match(text, at):
        days, at = [*days, int(more[1])], more.end(1)
    return frozenset(day.weekday() for number in days if (day := _day(year, month, number)))


def _of_span(first: date | None, last: date | None) -> frozenset[int]:
    if first is None or last is None or last < first:
        return frozenset()
    return frozenset((first.weekday() + more) % 7 for more in range(min((last - first).days + 1, len(WEEK))))


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
