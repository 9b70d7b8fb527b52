"""Dates in every notation an office writes them, each with the precision it was written with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

import polars as pl

from graph.types.base import Cleaned, ValueType, find_problems, join_problems
from graph.types.notations import read_parts, split_span, tidy

EXCEL_DAY_ZERO = date(1899, 12, 30)
_SERIAL = r"^[2-5][0-9]{4}(?:\.[0-9]+)?$|^60000$"
_FIRST_YEAR, _LAST_YEAR = 1840, 2200
_AMBIGUOUS = r"^['‘’]?([0-9]{4}|[0-9]{2})\.1$"
# Placeholders of spreadsheets and databases, and words that say there is no such day.
_NO_DATE = (
    r"^(?:0|0000.*|9999.*|19000100|19000101|19700101"
    r"|(?:1900[-/.年]0?1[-/.月]0?[01]|1970[-/.年]0?1[-/.月]0?1)日?(?:[ T].*)?"
    r"|长期.*|永久.*|至今|无固定期限|无期限|不限|不定期|随时|全年|常年|近期|尽快|待.*|另行通知|即日起?"
    r"|每[年季月周天日个半两].*|自?(?:签订|签约|签署|协议).{0,4}之日起.*)$"
)
READ: dict[Any, Any] = {
    "date": pl.Date,
    "precision": pl.String,
    "year": pl.Int32,
    "code": pl.String,
    "suggestion": pl.String,
}


def read_dates(raw: pl.Series) -> pl.DataFrame:
    """Read date texts into date (the first day of the period written), precision, year, problem code and suggestion."""
    texts = raw.zip_with(~raw.str.contains(_NO_DATE), pl.Series([None], dtype=pl.String))
    tidied = tidy(texts)
    spans = split_span(tidied)["from"]
    tidied = spans.zip_with(spans.is_not_null(), tidied)
    parts = read_parts(tidied.zip_with(~tidied.str.contains(_SERIAL), pl.Series([None], dtype=pl.String)))
    rows = pl.DataFrame({"text": texts, "tidied": tidied}).with_row_index()
    rows = rows.join(parts, on="index", how="left", maintain_order="left")
    rows = rows.with_columns(
        serial=pl.when(pl.col("tidied").str.contains(_SERIAL)).then(
            pl.col("tidied").cast(pl.Float64, strict=False).floor().cast(pl.Int32)
        )
    )
    rows = rows.with_columns(
        date=pl.coalesce(_day("year", "month", "day"), pl.lit(EXCEL_DAY_ZERO) + pl.duration(days="serial"))
    )
    return _judge(rows)


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
        year=pl.when(serial).then(pl.col("date").dt.year()).when(plausible).then("year"),
        code="code",
        suggestion=pl.when(pl.col("code") == "date.none").then(_nearest_day())
        .when(pl.col("code") == "date.ambiguous").then(pl.format("{}-01 或 {}-10", "year", "year")),
    ).cast(READ)  # fmt: skip


def _nearest_day() -> pl.Expr:
    """Return an existing day near the one written: month and day exchanged where that gives one, else the last of the month."""
    exchanged = pl.when(pl.col("month") > 12).then(_day("year", "day", "month"))
    first = pl.format("{}-{}-01", "year", pl.col("month").clip(1, 12)).str.to_date("%Y-%m-%d", strict=False)
    last = first.dt.offset_by(pl.format("{}d", pl.min_horizontal(pl.col("day").clip(1), first.dt.days_in_month()) - 1))
    whole = pl.coalesce(exchanged, last)
    return (
        pl.when(pl.col("precision") == "day").then(whole.dt.strftime("%Y-%m-%d")).otherwise(first.dt.strftime("%Y-%m"))
    )


@dataclass(frozen=True)
class Date(ValueType):
    """A date and its precision (day, month, quarter, half, year); a month stands for its first day, a span for its start."""

    suffixes: ClassVar[Mapping[str, Any]] = {"": pl.Date, "_precision": pl.String}
    name = "date"

    def _clean(self, raw: pl.Series) -> Cleaned:
        read = read_dates(raw)
        found = [
            find_problems(raw, read["code"] == code, code, severity, read["suggestion"])
            for code, severity in (("date.form", "error"), ("date.none", "error"), ("date.ambiguous", "warning"))
        ]
        return Cleaned({"": read["date"], "_precision": read["precision"]}, join_problems(*found))


@dataclass(frozen=True)
class Year(ValueType):
    """The year of a date in any notation; a day that does not exist is an error, what is no date at all only a warning."""

    suffixes: ClassVar[Mapping[str, Any]] = {"": pl.Int32}
    name = "year"

    def _clean(self, raw: pl.Series) -> Cleaned:
        read = read_dates(raw)
        unread = find_problems(raw, read["code"] == "date.form", "date.form", "warning")
        wrong = find_problems(raw, read["code"] == "date.none", "date.none", suggestion=read["suggestion"])
        return Cleaned({"": read["year"]}, join_problems(unread, wrong))
