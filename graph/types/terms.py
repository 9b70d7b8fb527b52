"""Terms of agreements: 三年, 自签订之日起一年半, 18个月, 长期, 2023.03-2026.02, 至2025年12月31日."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import polars as pl

from graph.types.dates import Date, last_day, read_dates
from graph.types.english_values import fold_english_terms
from graph.types.notations import split_span, tidy
from graph.types.numerals import numerals_to_digits
from graph.types.value_type import CellValue, Cleaned, PolarsType, ValueType, find_problems

_OPEN = r"长期|永久|长久|长年|不定期|(?:无|没有|未约定)(?:固定)?期限?|无限期|不限期|不限"
_FROM_THEN = r"(?:自|从)?.{0,12}(?:之日起|起|生效后|签订后)(?:计算?|算|生效|执行|施行|实施)?"
_CALLED = r"(?:协议|合作|合同)?(?:有效期|期限|任期|聘期)限?(?:为|至|是)?"
_BEFORE = rf"^(?:{_FROM_THEN}|{_CALLED}|为期|为|共|暂定|满|[:,约])*"
_N = "[0-9]+(?:\\.[0-9]+)?"
_LENGTH = (
    rf"(?:(?P<years>{_N})(?:[-~至到][0-9.]+)?(?:个)?(?:周?年)(?P<half>半)?)?零?"
    rf"(?:(?P<months>{_N})(?:[-~至到][0-9.]+)?(?:个)?月(?P<half_month>半)?)?(?:(?P<days>[0-9]+)(?:天|日))?(?P<half_year>半年)?"
)
_YEARLY = r"^(?:每年|一年|1年|按年)一?(?:签|续签|续)(?:订|约|一次)?$"
_UNTIL = (
    r"^(?:自|从)?(?:.{0,14}(?:之日起|起|生效))?[,、]?(?:协议|合作|合同)?(?:有效期|期限|截止|截至|终止)?(?:日期)?[,:、为]?"
    r"(?:至|到|截至|截止)(?:日期)?[:为]?(?P<end>[0-9一二〇零○].*?)(?:止|为止|有效|终止|到期)?$"
)
_AFTER = r"(?:内|期|以内|以上|有效|左右|[。.;,])*(?:\(.*\)|[,;，。].*)?$"


@dataclass(frozen=True)
class Term(ValueType):
    """How long an agreement runs: months, or open-ended; of 3-5年 the shorter."""

    suffixes: ClassVar[Mapping[str, PolarsType]] = {"_months": pl.Int32, "_open": pl.Boolean}
    name = "term"

    def write(self, *stored: Any) -> CellValue:
        """Return 长期, 3年 or 18个月."""
        months, is_open = stored
        if months is None:
            return "长期" if is_open else None
        return f"{months // 12}年" if months % 12 == 0 else f"{months}个月"

    def _clean(self, raw: pl.Series) -> Cleaned:
        text = fold_english_terms(raw).str.replace_all(r"\s+", "")
        is_open = text.str.contains(_OPEN)
        months = _length(text.str.replace(_YEARLY, "1年"))
        at = (months.is_null() & ~is_open & raw.is_not_null()).arg_true()
        if not at.is_empty():
            months = months.scatter(at, _months_between(raw.gather(at)))
        months = pl.select(pl.when(~is_open & months.is_between(1, 1200)).then(months)).to_series()
        # A term of so many months is not open-ended; of an unreadable one nothing is known.
        opened = pl.select(pl.when(is_open).then(True).when(months.is_not_null()).then(False)).to_series()
        unread = opened.is_null() & raw.is_not_null() & _until(raw)["date"].is_null()
        suggestion = text.zip_with(text.str.contains(r"^[0-9]{1,2}$"), pl.Series([None], dtype=pl.String)) + "年"
        return Cleaned(
            {"_months": months, "_open": opened}, find_problems(raw, unread, "term.form", "warning", suggestion)
        )


@dataclass(frozen=True)
class TermEnd(Date):
    """The day on which a term ends, if its cell gives one (至2025年12月: 2025-12-31); otherwise null."""

    def _clean(self, raw: pl.Series) -> Cleaned:
        read = _until(raw).select(day=last_day("date", "precision"), precision="precision")
        spans = read_dates(raw)
        whole = spans["end"].is_not_null() & (spans["end_precision"] == "day")  # 2023.03-2026.03 is told as its length
        wrong = (spans["code"] == "date.order").fill_null(False)
        days = read["day"].zip_with(~(whole & ~wrong).fill_null(False), spans["end"])
        precision = read["precision"].zip_with(~(whole & ~wrong).fill_null(False), spans["end_precision"])
        return Cleaned({"": days, "_precision": precision}, find_problems(raw, wrong, "date.order"))


def _until(raw: pl.Series) -> pl.DataFrame:
    """Read the day that 自签订之日起至2025年12月31日 names; null for terms of another form."""
    return read_dates(raw.str.replace_all(r"\s+", "").str.extract(_UNTIL, 1))


def _length(text: pl.Series) -> pl.Series:
    """Return the months of lengths in words or digits; days only where they make whole months or years."""
    pattern = _BEFORE + _LENGTH + _AFTER
    parts = numerals_to_digits(text, quantities=True).str.extract_groups(pattern).struct.unnest()
    years, months = (pl.col(c).cast(pl.Float64, strict=False) for c in ("years", "months"))
    days = pl.col("days").cast(pl.Int32, strict=False)
    from_days = pl.when(days % 365 == 0).then(days // 365 * 12).when(days % 30 == 0).then(days // 30)
    said = pl.any_horizontal(pl.col(c).is_not_null() for c in ("years", "months", "days", "half_year"))
    total = (
        years.fill_null(0) * 12
        + months.fill_null(0)
        + pl.when(pl.col("half").is_not_null()).then(6).otherwise(0)
        + pl.when(pl.col("half_year").is_not_null()).then(6).otherwise(0)
        + pl.when(days.is_null()).then(0).otherwise(from_days)
    )
    whole = said & pl.col("half_month").is_null() & (total == total.round()) & (total < 1e6)
    return parts.select(pl.when(whole).then(total).cast(pl.Int32)).to_series()


def _months_between(raw: pl.Series) -> pl.Series:
    """Return the months from the start to the end of spans of dates, the end's last day, month or year included."""
    ends = split_span(tidy(raw))
    start, end = read_dates(ends["from"]), read_dates(ends["to"])
    rows = pl.DataFrame(
        {"start": start["date"], "end": end["date"], "unit": start["precision"], "end_unit": end["precision"]}
    )
    between = (
        (pl.col("end").dt.year() - pl.col("start").dt.year()) * 12
        + pl.col("end").dt.month()
        - pl.col("start").dt.month()
    )
    days = (pl.col("end") - pl.col("start")).dt.total_days() + 1
    months = (
        pl.when(pl.col("unit") == "year").then(between + 12)
        .when((pl.col("unit") == "month") & (between % 12 == 0)).then(between)  # 2023.03-2026.03 is meant as three years
        .when(pl.col("unit") == "month").then(between + 1)
        .when(pl.col("unit") == "day").then((days / 30.4375).round())
    )  # fmt: skip
    alike = (pl.col("unit") == pl.col("end_unit")) & (pl.col("end") >= pl.col("start"))
    return rows.select(pl.when(alike).then(months).cast(pl.Int32)).to_series()
