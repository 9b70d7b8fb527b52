"""Numbers of people and things: 6548人, 约300, 百余人, 3.2万户; what counts something else, or so many in a period, is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

import polars as pl

from graph.types.numbers import RATE, SCALES, find_refused, read_with_numerals
from graph.types.value_type import PROBLEM_SCHEMA, Cleaned, PolarsType, ValueType, find_problems, join_problems

MOST_COUNTED = 1e9
_UNIT = r"(?:[\p{Han}㎡%]{1,5}(?:/\p{Han}{1,3})?)?"
# Words behind a number, by what they measure or count; a word of no family says nothing against any column.
_FAMILIES = {
    "measure": r"平方.*|平米?|㎡|亩|公?顷|公里|千米|里|厘米|毫米|米|元.*|块钱?|美元|吨|公?斤|千克|克|升|度|千瓦"
    r"|楼|号.*|大|期|届|人间|等奖?|半.*|折|成|%",
    "people": r"人|名|位|口|座|席|个?(?:座|席)位|个人|人数|(?:名|个|位)?(?:党员|职工|员工|居民|群众|学生|学员|观众|游客)",
    "visits": r"人次",
    "households": r"户|家|户家庭|栋|幢|间|处|层|个?车位|辆|台|套|张|册|本|件|盒|份|个?网格",
    "hours": r"个?小时|课时|学时",
    "time": r"分钟?|秒|天|日|周|个?星期|个?月|月份|年|季度|点",
}
_NOTHING = r"[^\s\S]"
_NOT_OF = {
    "": ("measure",),
    "people": ("measure", "visits", "households", "hours", "time"),
    "visits": ("measure", "households", "hours", "time"),
    "households": ("measure", "people", "visits", "hours", "time"),
    "hours": ("measure", "people", "visits", "households", "time"),
    "things": (),
}


@dataclass(frozen=True)
class Count(ValueType):
    """A number of people or things; of 80-100人 the lower bound, of 若干 or 面议 nothing.

    A count of people from 1 to below `least` is withheld, and told without the number: it could point at a person. `of` is what is
    counted: a word of something else behind the number (12平方公里, of people also 2万人次) and a rate (1000人/日) are refused.
    """

    suffixes: ClassVar[Mapping[str, PolarsType]] = {"": pl.Int64}
    name = "count"

    least: int = 0
    of: Literal["", "people", "visits", "households", "hours", "things"] = ""
    unit: str = ""  # of numbers without one, where the header names it: 万人

    def in_header(self, header: str) -> Count:
        """Return a copy of this type for the cells under a header that names the unit of numbers without one (万人, 人次/日)."""
        found = re.search(r"[(（](?:单位[:：]?)?([^()（）]+)[)）]$", re.sub(r"\s", "", header))
        return replace(self, unit=found[1] if found else "")

    def _clean(self, raw: pl.Series) -> Cleaned:
        read = read_with_numerals(raw, _UNIT)
        number, problems = read["number"], pl.DataFrame(schema=PROBLEM_SCHEMA)
        if self.unit or read["unit"].null_count() < raw.len():  # else all are bare numbers: most columns
            number, problems = self._check_units(raw, read)
        # 12.5 is no count; 1e308 is told as too large
        whole = (number.round() == number) | (number.abs() > MOST_COUNTED)
        number = number.zip_with(whole, pl.Series([None], dtype=pl.Float64))
        kept = pl.select(pl.when(number.is_between(0, MOST_COUNTED)).then(number)).to_series()
        problems = join_problems(problems, find_refused(raw, number, MOST_COUNTED))
        return self._withhold(kept.cast(pl.Int64), problems)

    def _check_units(self, raw: pl.Series, read: pl.DataFrame) -> tuple[pl.Series, pl.DataFrame]:
        """Return the numbers in the unit that the header names, without rates and what counts something else, which are told."""
        scale, unit, rate = self._in_header()
        said = read.with_columns(raw=raw)
        own = pl.col("raw").str.contains("[万亿萬億wW]") | pl.col("unit").is_not_null()  # 12000人 under 人口（万人）
        said = said.with_columns(
            pl.when(own).then("number").otherwise(pl.col("number") * scale), unit=pl.col("unit").fill_null(unit)
        )
        rates = (said["unit"].str.contains(RATE) | rate) & said["number"].is_not_null()
        other = "|".join(_FAMILIES[family] for family in _NOT_OF[self.of]) or _NOTHING
        odd = said["unit"].str.contains(f"^(?:{other})(?:/.*)?$")
        unusable = (rates | odd).fill_null(False)
        number = said["number"].zip_with(~unusable, pl.Series([None], dtype=pl.Float64))
        return number, join_problems(find_problems(raw, rates, "number.rate"), find_problems(raw, odd, "number.unit"))

    def _in_header(self) -> tuple[float, str, bool]:
        """Return what the header says of bare numbers: how many one of them is, of what, and whether in a period."""
        scale = SCALES.get(self.unit[:1], 1.0)
        word = self.unit[1:] if scale > 1 else self.unit
        families = "|".join(_FAMILIES.values())
        if re.search(RATE, "/" + word.rpartition("/")[2]) and "/" in word:
            return scale, "", True
        known = re.fullmatch(families, word) is not None
        return (scale if known or not word else 1.0), (word if known else ""), False

    def _withhold(self, kept: pl.Series, problems: pl.DataFrame) -> Cleaned:
        if not self.least:
            return Cleaned({"": kept}, problems)
        few = kept.is_between(1, self.least - 1)
        hidden = pl.Series([f"1–{self.least - 1}"] * kept.len(), dtype=pl.String)
        kept = pl.select(pl.when(~few).then(kept)).to_series()
        return Cleaned({"": kept}, join_problems(problems, find_problems(hidden, few, "count.withheld", "warning")))


@dataclass(frozen=True)
class CountedIn(ValueType):
    """The word behind a number in a cell, in which it is counted: 座 of 120座; null where nothing or more stands there."""

    closed = True

    def _clean(self, raw: pl.Series) -> Cleaned:
        told = raw.str.strip_chars().str.extract(
            r"^(?:约|近|共|各)?\s*(?:[0-9][0-9.,]*|[一二两三四五六七八九十百千]+)\s*[万千百余多]*\s*(\p{Han}{1,3}|㎡)$",
            1,
        )
        return Cleaned({"": told.str.replace("^(?:余|多|来)", "")})
