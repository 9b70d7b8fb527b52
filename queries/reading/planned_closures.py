"""When a resource is closed by plan: the day until which works or a closure last (改造中至2026年8月), and the school holidays."""

from __future__ import annotations

import polars as pl

# 至2026年8月, 预计2026.8.31恢复: the day on which a thing that is not to be had should be so again.
_UNTIL = r"(?:至|到|预计|计划|拟于|约|于)\s*(?<year>20\d{2})\s*[年.\-/]\s*(?<month>\d{1,2})(?:\s*[月.\-/]\s*(?<day>\d{1,2}))?"
_HOLIDAYS = r"(?:寒暑?假|暑假|寒假)[^,，;；。]{0,4}(?:不(?:对外)?开放|关闭|闭馆|停用|暂停|除外)|(?:除|不含)(?:寒暑?假|暑假|寒假)"


def closed_until(*texts: str) -> pl.Expr:
    """Return the last day of a planned closure that one of the text columns names; null where none does."""
    return pl.coalesce(_until(text) for text in texts)


def closed_in_holidays(*texts: str) -> pl.Expr:
    """Tell whether one of the text columns says that a resource is closed in the school holidays."""
    return pl.any_horizontal(pl.col(text).str.contains(_HOLIDAYS).fill_null(False) for text in texts)


def _until(text: str) -> pl.Expr:
    named = pl.col(text).str.extract_groups(_UNTIL)
    year, month, day = (named.struct.field(part).cast(pl.Int32, strict=False) for part in ("year", "month", "day"))
    first = pl.date(year, pl.when(month.is_between(1, 12)).then(month), 1)
    whole = first.dt.month_end()
    return pl.min_horizontal(first.dt.offset_by(pl.format("{}d", day - 1)), whole).fill_null(whole)
