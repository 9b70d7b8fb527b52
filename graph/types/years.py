"""The year of days that are written without one (11月2日): from the sheet's title, the day of its report, or the days around them."""

from __future__ import annotations

import re
from datetime import date, timedelta

import polars as pl

from graph.types.numerals import numerals_to_digits
from graph.types.value_type import SheetDays

_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9]|[一二三四五六七八九十廿]{1,3})"
_WITHOUT = rf"^[^0-9一二三四五六七八九十]{{0,4}}{_MONTH}月份?(?:{_DAY}[日号]?|[初中底末上下]旬?)?(?:[^0-9年].*)?$"
# 11.2 is a day in a log of use; elsewhere it may as well be February 2011: without another sign it is taken for a day, and told.
_NUMBERS = r"^(?:1[0-2]|0?[1-9])[./-](?:3[01]|[12][0-9]|0?[1-9])[日号]?$"
_ONLY_DAY = r"^(?:1[0-2]|0?[1-9])[./-](?:3[01]|2[0-9]|1[3-9])[日号]?$"
_ONLY_YEAR = (
    r"^(?:1[3-9]|[2-9][0-9]|[0-9]{4})[./-](?:1[0-2]|0?[1-9])$"  # 19.3 beside them: months of years of two digits
)
_PARTS = r"^[^0-9]*([0-9]{1,2})(?:月份?|[./-])([0-9]{1,2})?"
_AHEAD, _BACK = timedelta(days=120), timedelta(days=31)  # of a deadline either way; of what was done after its report
_YEARS = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})(?=\s*年|\s*[./-]\s*(?:1[0-2]|0?[1-9])(?![0-9])|\s*$|[^0-9./-]{1,12}$)"
)
_LETTERED = str.maketrans("〇零○一二三四五六七八九", "000123456789")


def find_year(texts: tuple[str, ...]) -> int:
    """Return the year that the first of some titles with any names, 0 where it names several or none does."""
    for text in texts:
        digits = re.sub(r"[二〇零○一三四五六七八九]{4}(?=年)", lambda found: found[0].translate(_LETTERED), text)
        years = {int(year) for year in _YEARS.findall(digits)}
        if years:
            return years.pop() if len(years) == 1 and not re.search(r"20[0-9]{2}\s*[-—~至]\s*20[0-9]{2}", digits) else 0
    return 0


def add_years(raw: pl.Series, sheet: SheetDays, *, ahead: bool, numbers: bool = False) -> tuple[pl.Series, pl.Series]:
    """Return date texts with a year put before those without one, and where that year is not certain.

    It is the year of the sheet's title, else that nearest its report, else that of the cells above and below, else that of all other
    days in the file. What took place lies in the year before the report, or a month after it; a deadline (`ahead`) within four
    months of it. A deadline further away could be of either year, and is left as it is. `numbers` (11.2) are days; elsewhere
    they are surely where a column has some that are no months (3.22), and a guess where it has none.
    """
    nowhere = pl.Series([False] * raw.len(), dtype=pl.Boolean)
    at = find_without_year(raw, numbers=numbers).arg_true()
    if at.is_empty():
        return raw, nowhere
    texts = numerals_to_digits(raw.gather(at)).str.replace(r"^([0-9]+)-([0-9]+)", "${1}.${2}")  # 11-2 is no span
    told = _years_of(texts, raw, at, sheet, ahead)
    dated = pl.select(
        pl.when(told > 0).then(told.cast(pl.String) + "年" + texts.str.replace("^[^0-9]+", "")).otherwise(texts)
    ).to_series()
    # A list of 2025 may well have deadlines in the spring of 2026.
    early = texts.str.contains(r"^[^0-9]*0?[1-3][月./-]") & ahead
    unsure = raw.gather(at).str.contains(_NUMBERS) & (not numbers and not raw.str.contains(_ONLY_DAY).any())
    guessed = nowhere.scatter(at, ((told > 0) & ((early | unsure) if sheet.year else True)).fill_null(False))
    return raw.clone().scatter(at, dated), guessed


def find_without_year(raw: pl.Series, *, numbers: bool = False) -> pl.Series:
    """Return which cells name a day or a month, but no year; numbers (11.2) are days unless years of two digits stand beside them."""
    are_days = numbers or not raw.str.contains(_ONLY_YEAR).any()
    return raw.str.contains(f"{_WITHOUT}|{_NUMBERS if are_days else _ONLY_DAY}").fill_null(False)


def are_numbers(raw: pl.Series) -> pl.Series:
    """Return which cells are a month and a day in numbers alone: 11.2."""
    return raw.str.contains(_NUMBERS).fill_null(False)


def _years_of(texts: pl.Series, raw: pl.Series, at: pl.Series, sheet: SheetDays, ahead: bool) -> pl.Series:
    """Return the year of each day without one; 0 where nothing tells it."""
    if sheet.year or sheet.reported is not None:
        years = {text: sheet.year or _nearest_year(text, sheet.reported, ahead) for text in texts.unique().to_list()}
        return texts.replace_strict(years, return_dtype=pl.Int32)
    around = pl.DataFrame({"year": raw.str.extract(r"^\s*((?:19|20)[0-9]{2})\s*[-./年]").cast(pl.Int32)})
    around = around.select(above=pl.col("year").forward_fill(), below=pl.col("year").backward_fill())[at]
    above, below = pl.coalesce("above", "below"), pl.coalesce("below", "above")
    return around.select(
        pl.when((above == below).fill_null(False)).then(above).when(above.is_null()).then(pl.lit(sheet.around)).otherwise(0)
        .cast(pl.Int32)
    ).to_series()  # fmt: skip


def _nearest_year(text: str, reported: date | None, ahead: bool) -> int:
    found = re.match(_PARTS, text)
    if found is None or reported is None:
        return 0
    for year in (reported.year + 1, reported.year, reported.year - 1):
        try:
            day = date(year, int(found[1]), int(found[2] or 15))
        except ValueError:
            return 0
        distance = day - reported
        if ahead and abs(distance) <= _AHEAD:
            return year
        if not ahead and timedelta(days=-334) < distance <= _BACK:
            return year
    return 0
