"""Which days a text about a time names (2026年7月12日上午, 7月每周六), and whether they lie in a month."""

from __future__ import annotations

import calendar
import re
from datetime import date

import polars as pl

_FULL = re.compile(r"(20\d{2})\s*[-./年]\s*(1[0-2]|0?[1-9])(?:\s*[-./月]\s*(3[01]|[12]\d|0?[1-9])(?!\d))?")
_MONTH_DAY = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])月(?:(3[01]|[12]\d|0?[1-9])[日号])?")
_SPAN = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])月?份?\s*[-~—至到]\s*(1[0-2]|0?[1-9])月")


def names_days_in(text: str, year: int, month: int) -> bool | None:
    """Tell whether a text names days of a month; None where it names no month at all (每周六上午), which may be any."""
    spans = [(int(a), int(b)) for a, b in _SPAN.findall(text)]
    if spans:
        return any((month - a) % 12 <= (b - a) % 12 for a, b in spans)
    dated = [(int(y), int(m)) for y, m, _ in _FULL.findall(text)]
    if dated:
        first, last = min(dated), max(dated)
        return first <= (year, month) <= last
    months = [int(m) for m, _ in _MONTH_DAY.findall(text)]
    return month in months if months else None


def find_in_month(texts: pl.Series, year: int, month: int) -> pl.Series:
    """Return for each text whether it names days of a month; null where it names none or is missing."""
    told = {text: names_days_in(text, year, month) for text in texts.drop_nulls().unique()}
    return pl.Series([told.get(text) if text else None for text in texts], dtype=pl.Boolean)


def month_ends(year: int, month: int) -> tuple[date, date]:
    """Return the first and the last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
