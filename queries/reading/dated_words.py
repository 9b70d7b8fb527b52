"""Months, quarters, halves and years as a sentence names them, by the precision with which a list wrote each."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from graph.texts import Said


@lru_cache(maxsize=1024)  # long lists have few periods
def show_period(first: date | None, precision: str | None) -> Said | None:
    """Return the year, half, quarter or month that begins on a day; the day itself where it is exact."""
    if first is None:
        return None
    year, month = first.year, first.month
    half, quarter = (month > 6) + 1, (month + 2) // 3
    words = {
        "year": Said(f"{year}年", f"{year}"),
        "half": Said(f"{year}年{'上下'[half - 1]}半年", f"{year}, half {half}"),
        "quarter": Said(f"{year}年第{quarter}季度", f"{year}, quarter {quarter}"),
        "month": Said(f"{year}年{month}月", f"{first:%Y-%m}"),
    }
    return words.get(precision or "", Said(str(first), str(first)))
