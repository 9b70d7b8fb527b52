"""The notations of dates in Chinese offices, as patterns: from a text to year, month, day and precision.

A pattern names what it captures: y (four digits) or yy (two), m, d, q (quarter), h (half: 上 or 下), p (part of the year: 初, 底).
"""

from __future__ import annotations

from typing import Any

import polars as pl

from graph.types.numerals import NUMERALS, numerals_to_digits
from graph.types.value_type import change_where

_Y, _YY, _M, _D = "(?P<y>[0-9]{4})", "(?P<yy>[0-9]{2})", "(?P<m>[0-9]{1,2})", "(?P<d>[0-9]{1,2})"
_M2, _D2 = "(?P<m>0[1-9]|1[0-2])", "(?P<d>0[1-9]|[12][0-9]|3[01])"
_RECENT = "(?P<y>19[2-9][0-9]|20[0-9]{2})"  # so that 190305 is a day of 2019, not a month of 1903
NOTATIONS = (
    rf"^{_Y}(?:\.0|年度?)?$",
    rf"^{_Y}-{_M}(?:-{_D}[日号]?)?$",
    rf"^{_Y}/{_M}(?:/{_D}[日号]?)?$",
    rf"^{_Y}\.{_M}(?:\.{_D}[日号]?)?$",
    rf"^{_Y}[./-]{_M}月(?:{_D}[日号]?)?$",
    rf"^{_Y}年{_M}[./-]{_D}[日号]?$",
    rf"^{_Y}年{_M}(?:月份?(?:{_D}[日号]?)?|月(?:初|底|末|中旬?|上旬|下旬))?$",
    rf"^{_Y}(?P<m>[0-9]{{2}})(?P<d>[0-9]{{2}})$",
    rf"^{_RECENT}{_M2}$",
    rf"^{_YY}{_M2}{_D2}$",
    rf"^{_RECENT}(?P<m>[0-9]{{2}})$",
    rf"^{_YY}-{_M}-{_D}$",
    rf"^{_YY}/{_M}/{_D}$",
    rf"^{_YY}\.{_M}(?:\.{_D})?$",
    rf"^{_YY}年{_M}月?(?:{_D}[日号]?)?$",
    rf"^{_Y}年?(?:第?(?P<q>[1-4])季度?[初末底]?|-?[Qq](?P<q2>[1-4]))$",
    rf"^{_Y}年?(?:(?P<h>[上下])半年|-?[Hh](?P<h2>[12]))$",
    rf"^{_Y}年?(?P<p>初|中|底|末)$",
)
PARTS: dict[Any, Any] = {
    "index": pl.UInt32,
    "year": pl.Int32,
    "month": pl.Int32,
    "day": pl.Int32,
    "precision": pl.String,
}
_GROUPS = ("y", "yy", "m", "d", "q", "q2", "h", "h2", "p")
_CLOCK = r"(?:上午|下午|晚上|早上|中午|凌晨|全天|晚|早)?(?:[0-9]{1,2}[:时点].*)?$"
_TIDY = (
    (r"\(.*?\)|(?:星期|礼拜|周)[一二三四五六日天]", " "),
    (r"([0-9])[ T]+" + _CLOCK, "${1}"),
    (r"([日号]) *" + _CLOCK, "${1}"),
    (r"([0-9]) *(?:上午|下午|晚上|早上|中午|凌晨|全天).*$", "${1}"),
    (r"\s+", ""),
    (r"^([0-9]{4})[—–―─]([0-9]{1,2})(?:[—–―─]([0-9]{1,2}))?$", "${1}-${2}-${3}"),
    (r"([一二三四五六七八九])[Oo]([一二三四五六七八九])", "${1}〇${2}"),
    (r"([一二三四五六七八九])[Oo]{2}([一二三四五六七八九]?)", "${1}〇〇${2}"),
    (r"^['‘’`]+", ""),
    (r"[。.;,、]+$", ""),
    (r"[,、\\·•]", "."),
    ("元月", "1月"),
    (r"年年", "年"),
    (r"^(?:自|从|于|约|大约|截至|截止到|截止|至|到|成立于|签订于)", ""),
    (r"(?:开始|以来|至今|之前|以前|之后|以后|左右|前后|完成|到期|[起前后止])+$", ""),
    (r"-+$", ""),
)
_FROM = r"(?P<from>[0-9]{4}(?:[./年][0-9./年月日号]*|-[0-9]{1,2}-[0-9]{1,2})?|[0-9]{6}|[0-9]{8})"
_SPANS = (
    rf"^{_FROM}-(?P<to>[0-9]{{4}}.*|今|至今|[0-9]{{1,2}}月)$",
    r"^(?P<from>[0-9]{4}[./年][0-9]{1,2}月?)-(?P<to>[0-9]{1,2}月?)$",
    r"^(?P<from>[0-9]{4}[./年][0-9]{1,2}[./月][0-9]{1,2}[日号]?)-(?P<to>(?:[0-9]{1,2}[./月])?[0-9]{1,2}[日号]?)$",
    r"^(?P<from>[0-9]{2,4}[-./年0-9月日号]*?)(?:-*[至到~—–―─]+-*)(?P<to>.*)$",
)


def tidy(raw: pl.Series) -> pl.Series:
    """Return date texts without weekday, time of day, brackets, spaces and the words around a date; numerals become digits."""
    return change_where(raw, ~raw.str.contains(r"^[0-9]{4}(?:[-./][0-9]{1,2}){1,2}$|^[0-9]+$"), _tidy)


def _tidy(texts: pl.Series) -> pl.Series:
    for pattern, replacement in _TIDY:
        texts = texts.str.replace_all(pattern, replacement)
    return change_where(texts, texts.str.contains(f"[{NUMERALS}]"), numerals_to_digits)


def split_span(texts: pl.Series) -> pl.DataFrame:
    """Return the two ends of texts like 2019.03-2022.03 as columns from and to; both null where a text is no span."""
    found = [texts.str.extract_groups(pattern) for pattern in _SPANS]
    ends = pl.DataFrame([f.alias(str(i)) for i, f in enumerate(found)])
    return ends.select(
        pl.coalesce(pl.col(str(i)).struct.field(end) for i in range(len(_SPANS))).alias(end) for end in ("from", "to")
    )


def complete_ends(ends: pl.DataFrame) -> pl.Series:
    """Return the later ends of spans with the year and month that only the earlier end says: 8日 behind 2019年3月5日 is 2019.3.8."""
    start, end = pl.col("from"), pl.col("to")
    year, month = start.str.extract("^([0-9]{4})"), start.str.extract("^[0-9]{4}[-./年]([0-9]{1,2})")
    has_day = start.str.contains("^[0-9]{4}[-./年][0-9]{1,2}[-./月][0-9]")
    month_and_day = end.str.contains("^[0-9]{1,2}[-./月][0-9]{1,2}[日号]?$")
    short = end.str.contains("^[0-9]{1,2}[日号月]?$")
    told = end.str.strip_chars_end("日号月").str.replace("月", ".")
    return ends.select(
        to=pl.when(year.is_null()).then(end)
        .when(month_and_day).then(year + "." + told)
        .when(short & has_day & ~end.str.ends_with("月")).then(year + "." + month + "." + told)
        .when(short & month.is_not_null()).then(year + "." + told)
        .otherwise(end)
    ).to_series()  # fmt: skip


def read_parts(texts: pl.Series) -> pl.DataFrame:
    """Return year, month, day and precision of each text that one of the notations fits, by its index; month and day may not exist."""
    rest = pl.DataFrame({"index": pl.arange(0, texts.len(), dtype=pl.UInt32, eager=True), "text": texts}).drop_nulls(
        "text"
    )
    found = [pl.DataFrame(schema=PARTS)]
    for pattern in NOTATIONS:
        if rest.is_empty():
            break
        groups = rest.with_columns(rest["text"].str.extract_groups(pattern).alias("groups")).unnest("groups")
        known = groups.columns[2]
        found.append(_parts(groups.filter(pl.col(known).is_not_null())))
        rest = rest.filter(groups[known].is_null())
    return pl.concat(found)


def _parts(groups: pl.DataFrame) -> pl.DataFrame:
    """Return the numbers that the groups of a notation say."""
    groups = groups.with_columns(pl.lit(None, pl.String).alias(g) for g in _GROUPS if g not in groups.columns)
    y, yy, m, d, q, q2, h, h2, p = (pl.col(g) for g in _GROUPS)
    half = pl.coalesce(h, h2)
    short = yy.cast(pl.Int32)
    quarter = pl.coalesce(q, q2).cast(pl.Int32)
    named = pl.coalesce(half, p).replace_strict(
        {"上": 1, "1": 1, "下": 7, "2": 7, "初": 1, "中": 6, "底": 12, "末": 12}, default=None, return_dtype=pl.Int32
    )
    return groups.select(
        "index",
        year=pl.coalesce(y.cast(pl.Int32), pl.when(short < 50).then(short + 2000).otherwise(short + 1900)),
        month=pl.coalesce(m.cast(pl.Int32), quarter * 3 - 2, named, pl.lit(1)),
        day=pl.coalesce(d.cast(pl.Int32), pl.lit(1)),
        precision=pl.when(d.is_not_null()).then(pl.lit("day")).when(m.is_not_null() | p.is_not_null()).then(pl.lit("month"))
        .when(quarter.is_not_null()).then(pl.lit("quarter")).when(half.is_not_null()).then(pl.lit("half")).otherwise(pl.lit("year")),
    ).cast(PARTS)  # fmt: skip
