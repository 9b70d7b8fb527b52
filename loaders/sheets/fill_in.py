"""What the lines around a table say: who sent it (填报单位：…) and as of which day (填报时间：2026年6月)."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

_END = (
    r"(?=\s{2,}|[;；|]|\s*(?:填报|填表|报送|上报|制表|编制|统计|审核|联系|负责|经办|分管|主管)(?:单位|部门|人|领导|电话|时间"
    r"|日期)|\s*(?:日期|时间|电话|单位)\s*[:：]|$)"
)
_SENDER = re.compile(
    r"(?:填报|填表|报送|上报|制表|编制|统计|呈报)\s*(?:单位|部门|机构)[^:：\s]{0,10}[:：]\s*(.*?)" + _END
    + r"|^\s*(?:填报|填表|报送|上报|呈报|汇总|备案|街道)\s*[:：]\s*(.*?)" + _END
    + r"|^\s*(?:单位名称|单位|部门)\s*(?:\([^)]*\))?\s*[:：]\s*(.*?)" + _END
)  # fmt: skip
_WHEN = re.compile(
    r"(?:(?:填报|填表|报送|上报|制表|编制|统计|呈报|数据|信息采集|更新|截至|截止)\s*(?:时间|日期)?|^\s*(?:时间|日期)|\s(?:时间"
    r"|日期))\s*[:：]\s*(.*?)(?:\s{2,}|[;；|]|\s*(?:填报|填表|审核|联系|负责)|$)"
)
_AS_OF = re.compile(r"(?:截至|截止(?:到|至)?)\s*([0-9〇零一二三四五六七八九十]{2,4}\s*[年./-][^)）\]。;；,，]*)")
_NUMERALS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_DAY = re.compile(r"^(\d{4})\s*[-./年]\s*(\d{1,2})(?:\s*[-./月]\s*(\d{1,2}))?|^(\d{4})(\d{2})(\d{2})?(?!\d)")
_QUARTER = re.compile(r"^(\d{4})\s*年?\s*第?\s*([1-4])\s*季度")
_HALF = re.compile(r"^(\d{4})\s*年?\s*(上|下)半年")
_SERIAL = re.compile(r"^([2-6]\d{4})(?:\.0)?$")
_ALONE = re.compile(
    r"\d{4}\s*[年./-]\s*\d{1,2}\s*(?:月|[月./-]\s*\d{1,2}\s*日?)"
)  # a day beside the sender, without a word
_UNIT_IN_NAME = re.compile(r"^[\s_—-]+|[\s_—-]+$")


def read_sender(lines: Iterable[str]) -> str:
    """Return the unit that filled the sheet in, as written; '' where no line says it."""
    for line in lines:
        for found in _SENDER.finditer(unicodedata.normalize("NFKC", line)):
            name = _UNIT_IN_NAME.sub("", found.group(1) or found.group(2) or found.group(3) or "")
            if name and ":" not in name:
                return name
    return ""


def read_reported(filled: Sequence[str], titles: Iterable[str] = ()) -> date | None:
    """Return the day as of which a sheet speaks: a month stands for its last day; None where no line says it."""
    for line in filled:
        for found in _WHEN.finditer(unicodedata.normalize("NFKC", line)):
            day = read_day(found.group(1))
            if day is not None:
                return day
    for line in filled:
        alone = [
            part for part in re.split(r"\s{2,}", _arabic(unicodedata.normalize("NFKC", line))) if _ALONE.fullmatch(part)
        ]
        if alone:
            return read_day(alone[0])
    for line in titles:
        said = _AS_OF.search(unicodedata.normalize("NFKC", line))
        if said:
            return read_day(said.group(1))
    return None


def read_day(text: str) -> date | None:
    """Return the day that a text names, the last day of a month, quarter or half year; None for anything else."""
    text = _arabic(text.strip())
    serial = _SERIAL.match(text)
    if serial:
        return date(1899, 12, 30) + timedelta(days=int(serial[1]))
    quarter, half, day = _QUARTER.match(text), _HALF.match(text), _DAY.match(text)
    if quarter:
        return _last_of(int(quarter[1]), 3 * int(quarter[2]))
    if half:
        return _last_of(int(half[1]), 6 if half[2] == "上" else 12)
    if day is None:
        return None
    year, month, number = (day[1], day[2], day[3]) if day[1] else (day[4], day[5], day[6])
    return _day_of(int(year), int(month), int(number)) if number else _last_of(int(year), int(month))


def _day_of(year: int, month: int, day: int) -> date | None:
    last = _last_of(year, month)
    return date(year, month, day) if last and 1 <= day <= last.day else None


def _last_of(year: int, month: int) -> date | None:
    known = 1 <= month <= 12 and 1 <= year <= 9999  # a calendar's months and years
    return date(year, month, monthrange(year, month)[1]) if known else None


def _arabic(text: str) -> str:
    """Return a text with its Chinese numerals as digits: 2026年6月 for 二〇二六年六月."""

    def tens(found: re.Match[str]) -> str:
        return str(
            (int(found[1].translate(_NUMERALS)) if found[1] else 1) * 10
            + (int(found[2].translate(_NUMERALS)) if found[2] else 0)
        )

    return re.sub(r"([一二三四五六七八九])?十([一二三四五六七八九])?", tens, text).translate(_NUMERALS)
