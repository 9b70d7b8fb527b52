"""Measured quantities: money, lengths, weights, electric power, each kept in one unit whatever unit a cell or its header names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

import polars as pl

from graph.types.numbers import find_refused, read_amid, read_header_unit, read_measures
from graph.types.value_type import Cleaned, PolarsType, ValueType

MOST_MEASURED = 1e10  # ten thousand million yuan; a telephone number in the column is above it


@dataclass(frozen=True)
class Quantity(ValueType):
    """A quantity in the first unit of `units` (unit as written → how many of the first it is); of a range the lower bound.

    A bare number is in `unit`, that of the column's header where it names one (意向金额（万元）), else the first.
    """

    suffixes: ClassVar[Mapping[str, PolarsType]] = {"": pl.Float64}
    name = "quantity"

    units: Mapping[str, float] = field(default_factory=dict, hash=False)
    unit: float = 1.0
    amid: bool = False  # whether the one figure in this unit counts that stands amid other words (有，20吨行车)

    def in_header(self, header: str) -> Quantity:
        """Return a copy of this type for the cells under a header that ends with the unit of numbers written without one."""
        return replace(self, unit=read_header_unit(header, self.units))

    def _clean(self, raw: pl.Series) -> Cleaned:
        words = "(?:" + "|".join(map(re.escape, sorted(self.units, key=lambda u: (-len(u), u)))) + ")"
        number = read_measures(raw, words, self.units, self.unit)
        if self.amid:
            number = number.zip_with(number.is_not_null(), read_amid(raw, words, self.units))
        kept = pl.select(pl.when(number.is_between(0, MOST_MEASURED)).then(number)).to_series()
        return Cleaned({"": kept}, find_refused(raw, number, MOST_MEASURED))


MONEY = Quantity(
    {"元": 1.0, "圆": 1.0, "块": 1.0, "块钱": 1.0, "元整": 1.0, "元正": 1.0, "圆整": 1.0, "元人民币": 1.0, "RMB": 1.0, "角": 0.1, "毛": 0.1}
)  # fmt: skip
LENGTH = Quantity(
    {
        "米": 1.0,
        "m": 1.0,
        "M": 1.0,
        "厘米": 0.01,
        "cm": 0.01,
        "毫米": 0.001,
        "mm": 0.001,
        "ft": 0.3048,
        "feet": 0.3048,
        "foot": 0.3048,
        "miles": 1609.344,
        "mile": 1609.344,
        "km": 1000.0,
        "公里": 1000.0,
    }
)
WEIGHT = Quantity({"吨": 1.0, "t": 1.0, "T": 1.0, "公斤": 0.001, "千克": 0.001, "kg": 0.001, "KG": 0.001}, amid=True)
POWER = Quantity(
    {"kVA": 1.0, "KVA": 1.0, "kva": 1.0, "千伏安": 1.0, "MVA": 1e3, "兆伏安": 1e3, "kW": 1.0, "KW": 1.0, "千瓦": 1.0},
    amid=True,
)
POINTS = Quantity({"分": 1.0})
DAYS = Quantity({"天": 1.0, "日": 1.0, "个工作日": 1.0, "工作日": 1.0, "小时": 1 / 24})
HOURS = Quantity(
    {"小时": 1.0, "个小时": 1.0, "时": 1.0, "h": 1.0, "H": 1.0, "分钟": 1 / 60, "分": 1 / 60, "min": 1 / 60}
)
MINUTES = Quantity(
    {
        "分钟": 1.0,
        "分": 1.0,
        "min": 1.0,
        "小时": 60.0,
        "个小时": 60.0,
        "h": 60.0,
        "课时": 45.0,
        "学时": 45.0,
        "天": 480.0,
    }
)
