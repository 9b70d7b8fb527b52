"""How many days before something must be booked: 提前3天电话预约, 需提前一周, 无需预约."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import polars as pl

from graph.types.numerals import numerals_to_digits
from graph.types.value_type import Cleaned, PolarsType, ValueType

_NONE = r"(?:无需|不需|不用|免|无须)(?:要)?(?:提前)?(?:预约|申请|登记)|随到随用|随时可?(?:用|预约|使用)|^否$"
_AHEAD = r"(?:提前|预先|至少|前)?(?:至少|不少于)?([0-9]+(?:\.5)?)(半)?(?:个)?(工作日|天|日|周|星期|礼拜|月|小时|h)"
_IN_DAYS = {
    "工作日": 1.0,
    "天": 1.0,
    "日": 1.0,
    "周": 7.0,
    "星期": 7.0,
    "礼拜": 7.0,
    "月": 30.0,
    "小时": 1 / 24,
    "h": 1 / 24,
}
_WORDS = (("半天|半日", "1天"), ("次日|第二天", "1天"), ("当天|当日", "0天"), ("半个?月", "15天"))
_BARE = r"^([0-9]{1,3})$"  # under a header that says days
_MOST = 365


@dataclass(frozen=True)
class LeadDays(ValueType):
    """Whole days between booking and use, rounded up; null where a text says only how to book (电话预约), which is no problem."""

    suffixes: ClassVar[Mapping[str, PolarsType]] = {"": pl.Int32}
    name = "days ahead"

    def _clean(self, raw: pl.Series) -> Cleaned:
        text = raw.str.replace_all(r"\s", "")
        for written, plain in _WORDS:
            text = text.str.replace_all(written, plain)
        text = numerals_to_digits(text, quantities=True)
        parts = text.str.extract_groups(_AHEAD).struct.rename_fields(["number", "half", "unit"]).struct.unnest()
        factor = pl.col("unit").replace_strict(_IN_DAYS, default=None, return_dtype=pl.Float64)
        days = parts.select(pl.col("number").cast(pl.Float64, strict=False) * factor).to_series().ceil()
        days = days.zip_with(days.is_not_null(), text.str.extract(_BARE).cast(pl.Float64, strict=False))
        none = text.str.contains(_NONE) & ~text.str.contains("提前[0-9]")
        found = pl.select(pl.when(none).then(0.0).when(days.is_between(0, _MOST)).then(days).cast(pl.Int32)).to_series()
        return Cleaned({"": found})
