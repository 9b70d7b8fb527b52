"""Quantities as offices write them: 6548人, 约300, 80-100人, 0.5万平方米, 3亩."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import ClassVar

import polars as pl

from graph.types.english_values import fold_english_quantities
from graph.types.numerals import NUMERALS, numerals_to_digits
from graph.types.value_type import Cleaned, PolarsType, ValueType, find_problems, join_problems

VAGUE = (
    r"^(?:若干|面议|无限制|多|数|几|不定|不限|不等|按需|视情况|少量|大量|适量|充足|待统计|待核实|详见|见附|根据|成百上)"
    r"[十百千万]*(?:数|多|余)?\p{Han}{0,6}$|^若干"
)
_PREFIX = (
    r"(?:第|大约|大概|约为|约|近|上|超过|超|逾|人民币|共计|共有|共|达到|达|至少|不少于|不低于|最多|至多|不超过|可容纳|容纳|可接待|接待|可坐|能坐|坐|满座|每批次?|每次|每场|总计|合计|计|有|为|"
    r"总面积|建筑面积|使用面积|占地面积|展陈面积|面积|占地|人数|总数|[:≈~>≥<≤=¥])*"
)
_NUMBER = r"(?P<number>[-−]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
_RANGE = r"(?:(?:[十百千万亿]?(?P<low_unit>UNIT)?)(?:-|~|至|到|、)+[0-9.]+)?"
_SCALE = r"(?P<scale>万|千|百|亿|[kKwW])?(?:余|多|来|几|\+)?"
_TAIL = r"(?:多|余|左右|上下|以上|以下|以内|之内|不等|余|多|[。.;,])*(?:\(.*\))?$"
_NOT_FINITE = r"(?i)^[-+]?(?:nan|inf|infinity|∞)$"
SCALES = {"万": 1e4, "w": 1e4, "W": 1e4, "千": 1e3, "k": 1e3, "K": 1e3, "百": 1e2, "亿": 1e8}
RATE = r"/(?:工作日|日|天|周|月|季度?|学期|年|小?时|分钟?)\)?$"  # so many in a period: no number of its own
AREA_UNITS = {
    "平方米": 1.0, "平方公尺": 1.0, "平米": 1.0, "平方": 1.0, "平": 1.0, "方": 1.0, "m2": 1.0, "M2": 1.0, "m^2": 1.0, "㎡": 1.0, "米2": 1.0,
    "亩": 666.67, "公亩": 100.0, "公顷": 1e4, "hm2": 1e4, "ha": 1e4, "平方公里": 1e6, "平方千米": 1e6, "km2": 1e6,
    "sqft": 0.09290304, "sq.ft": 0.09290304, "sq.ft.": 0.09290304, "ft2": 0.09290304, "ft²": 0.09290304, "squarefeet": 0.09290304,
    "squarefoot": 0.09290304, "sqm": 1.0, "sq.m": 1.0, "sq.m.": 1.0, "squaremetres": 1.0, "squaremeters": 1.0, "squaremetre": 1.0,
    "squaremeter": 1.0, "acre": 4046.8564224, "acres": 4046.8564224, "hectare": 1e4, "hectares": 1e4,
}  # fmt: skip
_OF_LAND = "平方公里|平方千米|(?i:km2|km²)"
_AREA_UNIT = "(?:" + "|".join(sorted((re.escape(u) for u in AREA_UNITS), key=len, reverse=True)) + ")"
_HEADER_UNIT = re.compile(r"[(（/](?:单位[:：]?)?([^()（）/]+)[)）]?$")
_GROUPS = "\x1f"  # between the groups of 1,234,567, until all of them are found
MOST_AREA = 1e10  # larger than any district; a telephone number in the column is above it


def read_quantities(raw: pl.Series, unit: str) -> pl.DataFrame:
    """Read texts into columns number (with its scale applied; of a range the lower bound) and unit; number is null where unreadable."""
    pattern = (
        "^"
        + _PREFIX
        + _NUMBER
        + _SCALE
        + _RANGE.replace("UNIT", unit)
        + r"(?P<scale_after>万|千|亿)?"
        + f"(?P<unit>{unit})?"
        + _TAIL
    )
    # 8,116 → 8116; the spaces of 8 116 and 300 人 carry nothing.
    bare = raw.str.replace_all(" ", "", literal=True)
    bare = bare.str.replace_all("(?i)km2", "平方公里")  # else the k would be a thousand of m2
    for _ in range(2):  # neighbouring groups share a comma: every other one is found at a time
        bare = bare.str.replace_all(r"([0-9]),([0-9]{3})(,|[^0-9,]|$)", f"${{1}}{_GROUPS}${{2}}${{3}}")
    bare = bare.str.replace_all(_GROUPS, "", literal=True)
    parts = bare.str.extract_groups(pattern).struct.unnest()
    scale = pl.coalesce("scale", "scale_after").replace_strict(SCALES, default=1.0, return_dtype=pl.Float64)
    number = pl.col("number").str.replace("−", "-", literal=True).cast(pl.Float64, strict=False)
    return parts.select(
        number=number * scale, unit=pl.coalesce(pl.col("unit").replace("", None), pl.col("low_unit").replace("", None))
    )


def _read_plain_first(raw: pl.Series, unit: str) -> pl.DataFrame:
    """Read quantities; most cells are bare numbers, which a cast reads many times faster than the pattern."""
    number = raw.cast(pl.Float64, strict=False)
    at = (number.is_null() & raw.is_not_null()).arg_true()
    read = pl.DataFrame({"number": number, "unit": pl.Series([None] * raw.len(), dtype=pl.String)})
    if at.is_empty():
        return read
    rest = read_quantities(raw.gather(at), unit)
    return pl.DataFrame([read[name].clone().scatter(at, rest[name]) for name in read.columns])


def read_with_numerals(raw: pl.Series, unit: str) -> pl.DataFrame:
    """Read quantities in digits, and what is left in Chinese numerals (十二间, 3万5)."""
    raw = fold_english_quantities(raw)
    read = _read_plain_first(raw, unit)
    left = (read["number"].is_null() & raw.is_not_null()).arg_true()
    at = left.filter(raw.gather(left).str.contains(f"[{NUMERALS}]"))
    if at.is_empty():
        return read
    again = read_quantities(numerals_to_digits(raw.gather(at), quantities=True), unit)
    return pl.DataFrame([read[name].clone().scatter(at, again[name]) for name in read.columns])


def read_header_unit(header: str, units: Mapping[str, float]) -> float:
    """Return the factor for bare numbers under a header that ends with one of `units` (万平方米: 10,000) or is one (课时), else 1."""
    text = re.sub(r"\s", "", header)
    if text in units:
        return units[text]
    found = _HEADER_UNIT.search(text.lower() if header.isascii() else text)
    word = found[1] if found else ""
    if word in units:
        return units[word]
    scale, plain = SCALES.get(word[:1], 1.0), word[1:]
    return scale * units[plain] if word[:1] in SCALES and plain in units else 1.0


def read_measures(raw: pl.Series, pattern: str, units: Mapping[str, float], bare: float) -> pl.Series:
    """Return texts like 3亩 as numbers in the first of `units`.

    `pattern` finds number and unit; a number without a unit is multiplied by `bare`.
    """
    read = read_with_numerals(raw, pattern)
    # 5 and 五十 under 金额（万元） are 50,000 and 500,000; 5万, 5千 and 五万 say so themselves.
    plain = pl.when(raw.str.contains(_OWN_SCALE)).then(1.0).otherwise(bare)
    factor = read["unit"].replace_strict(dict(units), default=None, return_dtype=pl.Float64)
    values = read["number"] * pl.select(pl.coalesce(factor, plain)).to_series()
    left = (values.is_null() & raw.is_not_null()).arg_true()
    at = left.filter(raw.gather(left).str.contains(_IN_PARTS))
    if not at.is_empty():
        texts = numerals_to_digits(raw.gather(at), quantities=True).to_list()
        values = values.scatter(at, pl.Series([_read_parts(text, pattern, units) for text in texts], dtype=pl.Float64))
    return values.round(6)


_OWN_SCALE = r"[0-9][十百千kK]|[万亿萬億wW]"
_IN_PARTS = "半|[0-9一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾].*[^0-9.,，\\s].*[0-9一二三四五六七八九十伍元整正大写]"
_WRITTEN_OUT = re.compile(r"^\(?(?:人民币)?\(?(?:大写|小写)\)?[:：]?|[整正]$|\s")


def _read_parts(text: str, pattern: str, units: Mapping[str, float]) -> float | None:
    """Read a quantity in several units (3元5角, 1小时30分) or with a half (半亩, 一亩半, 两个半小时); None for another text."""
    bare = re.sub(rf"([0-9]+)(个?{pattern})半$", r"\1.5\2", _WRITTEN_OUT.sub("", text))
    bare = re.sub(r"(^|[^0-9])半", r"\g<1>0.5", re.sub(r"([0-9]+)个半", r"\1.5个", bare))
    parts = re.findall(rf"([0-9]+(?:\.[0-9]+)?)(个?{pattern})", bare)
    if not parts or "".join(number + unit for number, unit in parts) != bare:
        return None
    factors = [units.get(unit, units.get(unit.removeprefix("个"))) for _, unit in parts]
    known = [factor for factor in factors if factor is not None]
    if len(known) < len(parts) or any(a <= b for a, b in pairwise(known)):
        return None
    return sum(float(number) * factor for (number, _), factor in zip(parts, known, strict=True))


# What is not there, or not yet, has no size, and so much a day is none.
_NOT_THERE = "[无没未不拟每]|规划|计划|预计|准备|拆|报废|最多|以[上下内]"


def read_amid(raw: pl.Series, pattern: str, units: Mapping[str, float]) -> pl.Series:
    """Return the one figure that stands with its unit amid other words (10t天车2台), in the first of `units`; null where two do.

    A rate (20吨/天), a range and what is said not to be there are no such figure.
    """
    told = raw.str.contains("[0-9一二三四五六七八九十]") & ~raw.str.contains(_NOT_THERE)
    texts = numerals_to_digits(raw.set(~told.fill_null(False), None), quantities=True)
    figure = rf"(?:^|[^0-9.\-~～—至到每/])([0-9]+(?:\.[0-9]+)?)({pattern})(?:$|[^A-Za-z0-9/／每~～—至到·²³])"
    found = texts.str.extract_all(rf"[0-9](?:{pattern})").list.len() == 1
    factor = texts.str.extract(figure, 2).replace_strict(dict(units), default=None, return_dtype=pl.Float64)
    value = texts.str.extract(figure, 1).cast(pl.Float64, strict=False) * factor
    return value.set(~found.fill_null(False), None).round(6)


def find_refused(raw: pl.Series, number: pl.Series, most: float) -> pl.DataFrame:
    """Return a problem for each cell that holds no usable quantity: no number, a negative one, or one beyond `most`."""
    vague = raw.str.contains(VAGUE)
    unbounded = raw.str.contains(_NOT_FINITE) | (number.abs() > most) | number.is_nan()
    negative = number < 0
    positive = raw.str.replace(r"^\s*[-−]", "")
    return join_problems(
        find_problems(raw, unbounded, "number.range"),
        find_problems(raw, negative, "number.negative", suggestion=positive),
        find_problems(raw, number.is_null() & raw.str.contains(RATE), "number.rate"),
        find_problems(raw, number.is_null() & raw.is_not_null() & ~vague, "number.form"),
    )


@dataclass(frozen=True)
class Area(ValueType):
    """A floor or land area in m²; 亩, 公顷 and 万平方米 are converted (1 亩 = 666.67 m²), in a cell or in its header."""

    suffixes: ClassVar[Mapping[str, PolarsType]] = {"": pl.Float64}
    name = "area"

    unit: float = 1.0  # in m², of a bare number
    indoors: bool = False  # of rooms: no square kilometres

    def in_header(self, header: str) -> Area:
        """Return a copy of this type for the cells under a header that names the unit of numbers written without one."""
        return replace(self, unit=read_header_unit(header, AREA_UNITS))

    def _clean(self, raw: pl.Series) -> Cleaned:
        number = read_measures(raw, _AREA_UNIT, AREA_UNITS, self.unit)
        odd = (
            raw.str.contains(_OF_LAND, strict=True)
            if self.indoors
            else pl.Series([False] * raw.len(), dtype=pl.Boolean)
        )
        number = number.zip_with(~odd.fill_null(False), pl.Series([None], dtype=pl.Float64))
        kept = pl.select(pl.when(number.is_between(0, MOST_AREA)).then(number)).to_series()
        problems = join_problems(find_problems(raw, odd, "number.unit"), find_refused(raw, number, MOST_AREA))
        return Cleaned({"": kept}, problems)
