"""Dates in every notation an office writes them, each with the precision it was written with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar

import polars as pl

from graph.types.english_values import fold_english_dates, tell_orders
from graph.types.notations import complete_ends, read_parts, split_span, tidy
from graph.types.value_type import (
    NOTHING_SAID,
    CellValue,
    Cleaned,
    PolarsType,
    SheetDays,
    ValueType,
    change_where,
    find_problems,
    join_problems,
)
from graph.types.years import add_years, are_numbers, find_without_year

EXCEL_DAY_ZERO = date(1899, 12, 30)
_SERIAL = r"^[2-5][0-9]{4}(?:\.[0-9]+)?$|^60000$"
_FROM_1904 = 1462
_FIRST_YEAR, _LAST_YEAR = 1840, 2200
_AMBIGUOUS = r"^['‘’]?([0-9]{4}|[0-9]{2})\.1$"
# Placeholders of spreadsheets and databases, and words that say there is no such day.
_NO_DATE = (
    r"^(?:0|0000.*|9999.*|19000100|19000101|19700101"
    r"|(?:1900[-/.年]0?1[-/.月]0?[01]|1970[-/.年]0?1[-/.月]0?1)日?(?:[ T].*)?"
    r"|长期.*|永久.*|至今|无固定期限|无期限|不限|不定期|随时|全年|常年|近期|尽快|待.*|另行通知|即日起?"
    r"|每[年季月周天日个半两].*|自?(?:签订|签约|签署|协议).{0,4}之日起.*)$"
)
_SEVERITIES = {"date.form": "error", "date.none": "error", "date.order": "error", "date.ambiguous": "warning"}
READ: dict[Any, Any] = {
    "date": pl.Date,
    "precision": pl.String,
    "end": pl.Date,
    "end_precision": pl.String,
    "year": pl.Int32,
    "code": pl.String,
    "suggestion": pl.String,
}


def read_dates(raw: pl.Series) -> pl.DataFrame:
    """Read date texts into date (the first day of the period written), precision, year, problem code and suggestion.

    Of a span `date` is its start, and `end` with `end_precision` the first day of the period that it ends with.
    """
    written, unsure = fold_english_dates(raw)
    if unsure.any():
        read = read_dates(written.zip_with(~unsure, pl.Series([None], dtype=pl.String)))
        code = pl.when(unsure).then(pl.lit("date.ambiguous")).otherwise("code")
        return read.with_columns(
            code=code, suggestion=pl.when(unsure).then(tell_orders(written)).otherwise("suggestion")
        )
    texts = written.zip_with(~written.str.contains(_NO_DATE), pl.Series([None], dtype=pl.String))
    tidied = tidy(texts)
    ends = split_span(tidied)
    starts = ends["from"]
    read = _judge(_read_one(texts, starts.zip_with(starts.is_not_null(), tidied)))
    at = starts.is_not_null().arg_true()
    if at.is_empty():
        return read
    texts_of_ends = complete_ends(ends.select(pl.all().gather(at)))
    later = _judge(_read_one(texts_of_ends, tidy(texts_of_ends)))
    read = read.with_columns(
        end=read["end"].scatter(at, later["date"]), end_precision=read["end_precision"].scatter(at, later["precision"])
    )
    turned = (pl.col("end") < pl.col("date")).fill_null(False) & pl.col("code").is_null()
    return read.with_columns(code=pl.when(turned).then(pl.lit("date.order")).otherwise("code"))


def from_1904(raw: pl.Series) -> pl.Series:
    """Return date texts with numbers of days since 1904 as the numbers since 1900 that they would be in another workbook."""
    numbers = raw.str.contains(_SERIAL)
    return change_where(
        raw, numbers, lambda days: (days.cast(pl.Float64) + _FROM_1904).floor().cast(pl.Int64).cast(pl.String)
    )


def last_day(day: str, precision: str) -> pl.Expr:
    """Return the expression for the last day of a period, from the columns of its first day and its length (month, year, …)."""
    begin = pl.col(day)
    lengths = {"month": "1mo", "quarter": "3mo", "half": "6mo", "year": "1y"}
    ends = [
        pl.when(pl.col(precision) == name).then(begin.dt.offset_by(length).dt.offset_by("-1d"))
        for name, length in lengths.items()
    ]
    return pl.coalesce(*ends, begin)


def write_day(day: date | None, precision: str | None = "day") -> str | None:
    """Return a day or the period that it stands for, as offices write it; None for no day."""
    if day is None:
        return None
    periods = {
        "month": f"{day.year}年{day.month}月", "quarter": f"{day.year}年第{(day.month + 2) // 3}季度",
        "half": f"{day.year}年{'上' if day.month <= 6 else '下'}半年", "year": f"{day.year}年",
    }  # fmt: skip
    return periods.get(precision or "day", day.isoformat())


def _read_one(texts: pl.Series, tidied: pl.Series) -> pl.DataFrame:
    """Return what single dates say, beside their texts as written."""
    parts = read_parts(tidied.zip_with(~tidied.str.contains(_SERIAL), pl.Series([None], dtype=pl.String)))
    rows = pl.DataFrame({"text": texts, "tidied": tidied}).with_row_index()
    rows = rows.join(parts, on="index", how="left", maintain_order="left")
    rows = rows.with_columns(
        serial=pl.when(pl.col("tidied").str.contains(_SERIAL)).then(
            pl.col("tidied").cast(pl.Float64, strict=False).floor().cast(pl.Int32)
        )
    )
    return rows.with_columns(
        date=pl.coalesce(_day("year", "month", "day"), pl.lit(EXCEL_DAY_ZERO) + pl.duration(days="serial"))
    )


def _day(year: str, month: str, day: str) -> pl.Expr:
    """Return the date of three columns of numbers, null where there is no such day."""
    return pl.format("{}-{}-{}", year, month, day).str.to_date("%Y-%m-%d", strict=False)


def _judge(rows: pl.DataFrame) -> pl.DataFrame:
    """Say which texts are no date, name no existing day, or can be read in two ways, and what to write instead."""
    plausible = pl.col("year").is_between(_FIRST_YEAR, _LAST_YEAR)
    serial = pl.col("serial").is_not_null()
    ambiguous = pl.col("text").str.contains(_AMBIGUOUS) & plausible
    code = (
        pl.when(pl.col("text").is_null() | serial).then(None)
        .when(~plausible.fill_null(False)).then(pl.lit("date.form"))
        .when(pl.col("date").is_null()).then(pl.lit("date.none"))
        .when(ambiguous).then(pl.lit("date.ambiguous"))
    )  # fmt: skip
    rows = rows.with_columns(code=code)
    usable = pl.col("code").is_null() | (pl.col("code") == "date.ambiguous")
    return rows.select(
        date=pl.when(usable).then("date"),
        precision=pl.when(usable).then(pl.when(serial).then(pl.lit("day")).otherwise("precision")),
        end=pl.lit(None), end_precision=pl.lit(None),
        year=pl.when(serial).then(pl.col("date").dt.year()).when(plausible).then("year"),
        code="code",
        suggestion=pl.when(pl.col("code") == "date.none").then(_nearest_day())
        .when(pl.col("code") == "date.ambiguous").then(pl.format("{}-01 或 {}-10", "year", "year")),
    ).cast(READ)  # fmt: skip


def _nearest_day() -> pl.Expr:
    """Return an existing day near the one written: month and day exchanged where that gives one, else the last of the month."""
    exchanged = _day("year", "day", "month")
    first = pl.format("{}-{}-01", "year", pl.col("month").clip(1, 12)).str.to_date("%Y-%m-%d", strict=False)
    last = first.dt.offset_by(pl.format("{}d", pl.min_horizontal(pl.col("day").clip(1), first.dt.days_in_month()) - 1))
    whole = pl.coalesce(exchanged, last)
    return (
        pl.when(pl.col("precision") == "day").then(whole.dt.strftime("%Y-%m-%d")).otherwise(first.dt.strftime("%Y-%m"))
    )


@dataclass(frozen=True)
class Date(ValueType):
    """A date with its precision (day, month, quarter, half year, year); a month stands for its first day, a span for its start.

    For the end of something (`last`) a month stands for its last day, and a span for its end. 2024-02-30 and a span that ends
    before it begins are errors; 2019.1 may be January or October and is read as January, with a warning.
    """

    suffixes: ClassVar[Mapping[str, PolarsType]] = {"": pl.Date, "_precision": pl.String}
    name = "date"
    closed = True

    of_days: ClassVar[bool] = False  # whether 11.2 is a day here, never a month of 2011

    last: bool = False
    sheet: SheetDays = NOTHING_SAID

    def write(self, *stored: Any) -> CellValue:
        """Return a day as 2026-06-30, and a longer period as offices write it: 2026年6月, 2026年第2季度, 2026年上半年, 2026年."""
        return write_day(*stored[:2])

    def in_sheet(self, days: SheetDays) -> Date:
        """Return a copy of this type for the cells of a sheet: its year, the day of its report, its count of days."""
        return replace(self, sheet=days)

    def _clean(self, raw: pl.Series) -> Cleaned:
        counted = from_1904(raw) if self.sheet.is_1904 else raw
        dated, guessed = add_years(counted, self.sheet, ahead=self.last, numbers=self.of_days)
        without = find_without_year(dated, numbers=self.of_days)
        bare = without & are_numbers(dated)  # 11.2, of which nothing tells the year: no February of 2011
        read = read_dates(dated.zip_with(~bare, pl.Series([None], dtype=pl.String)))
        yearless = bare | (without & read["code"].is_in(["date.form", "date.none"]).fill_null(False))
        found = [
            find_problems(raw, guessed, "date.year", "warning", dated),
            find_problems(raw, yearless, "date.yearless"),
        ] + [
            find_problems(raw, (read["code"] == code) & ~yearless, code, severity, read["suggestion"])
            for code, severity in _SEVERITIES.items()
        ]
        wrong = pl.col("code") == "date.order"
        read = read.select(pl.when(~wrong.fill_null(False)).then(pl.all().exclude("code", "suggestion")))
        if self.last:
            has_end = pl.col("end").is_not_null()
            read = read.with_columns(
                date=pl.when(has_end).then(last_day("end", "end_precision")).otherwise(last_day("date", "precision")),
                precision=pl.when(has_end).then("end_precision").otherwise("precision"),
            )
        return Cleaned({"": read["date"], "_precision": read["precision"]}, join_problems(*found))


@dataclass(frozen=True)
class Year(ValueType):
    """The year of a date in any notation; a day that does not exist is an error, what is no date at all only a warning."""

    suffixes: ClassVar[Mapping[str, PolarsType]] = {"": pl.Int32}
    name = "year"

    def _clean(self, raw: pl.Series) -> Cleaned:
        read = read_dates(raw)
        unread = find_problems(raw, read["code"] == "date.form", "date.form", "warning")
        wrong = find_problems(raw, read["code"] == "date.none", "date.none", suggestion=read["suggestion"])
        return Cleaned({"": read["year"]}, join_problems(unread, wrong))
