"""Days and hours in a sentence: 下周五, 7月11日, 七一, 明天下午, 8月底前, 跟去年底比, 2026-07-11."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from queries.understanding.said_numbers import to_number

_WEEKDAYS = {c: n for n, c in enumerate("一二三四五六日")} | {"天": 6}
_ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FEASTS = {
    "七一": (7, 1),
    "八一": (8, 1),
    "十一": (10, 1),
    "国庆节": (10, 1),
    "国庆": (10, 1),
    "元旦": (1, 1),
    "五一": (5, 1),
    "重阳节": (10, 18),
}
_FEAST = re.compile(rf"(?<![\d一二三四五六七八九十月周])(?:{'|'.join(_FEASTS)})(?![\d一二三四五六七八九十月日号])")
_FIGURE = r"(\d{1,2}|[一二三四五六七八九十]+)"
_HOURS = re.compile(r"(\d{1,2}[:点]\d{0,2})分?\s*(?:[-~到至—–])\s*(\d{1,2}[:点]\d{0,2})分?")
_PART_OF_DAY = re.compile(r"上午|下午|晚上|全天")
_SAME_PART = {
    "早上": "上午",
    "傍晚": "晚上",
    "晚间": "晚上",
    "一整天": "全天",
    "整天": "全天",
    "morning": "上午",
    "afternoon": "下午",
    "evening": "晚上",
}


@dataclass(frozen=True)
class SaidDays:
    """The day, the hours, the last day (…前), the day to compare with, that of the figures (截至…), and that from which on (…以后).

    Each is "" where it is not said.
    """

    day: str = ""
    time: str = ""
    by: str = ""
    compared: str = ""
    as_of: str = ""
    since: str = ""


def read_days_in(sentence: str, today: date) -> tuple[SaidDays, str]:
    """Return the day and hours of a sentence, and the sentence without them."""
    time, sentence = _read_time(sentence)
    as_of, sentence = _take(_AS_OF, sentence, today)
    by, sentence = _take(_UNTIL, sentence, today)
    compared, sentence = _take(_COMPARED, sentence, today)
    since, sentence = _take(_SINCE, sentence, today)
    day, sentence = _take(_DAYS, sentence, today)
    return SaidDays(day, time, by, compared, as_of, since), sentence


def _read_time(sentence: str) -> tuple[str, str]:
    for word, meant in _SAME_PART.items():
        sentence = sentence.replace(word, meant)
    if hours := _HOURS.search(sentence):
        ends = [f"{h:0>2}:{m or '00':0>2}" for h, m in (re.split("[:点]", one) for one in hours.groups())]
        return "-".join(ends), f"{sentence[: hours.start()]} {sentence[hours.end() :]}"
    part = _PART_OF_DAY.search(sentence)
    return (part[0], f"{sentence[: part.start()]} {sentence[part.end() :]}") if part else ("", sentence)


def _take(patterns: tuple[Pattern, ...], sentence: str, today: date) -> tuple[str, str]:
    for pattern, find in patterns:
        said = pattern.search(sentence)
        if said is not None and (day := find(said, today)) is not None:
            return day.isoformat(), f"{sentence[: said.start()]} {sentence[said.end() :]}"
    return "", sentence


def _next(month: int, day: int, today: date, year: int = 0) -> date | None:
    """Return the next such day from today on, or that of a year; None where there is no such day."""
    try:
        found = date(year or today.year, month, day)
        return found if year or found >= today else found.replace(year=today.year + 1)
    except ValueError:
        return None


def _of_month(said: re.Match[str], today: date) -> date | None:
    return _next(int(to_number(said[2])), int(to_number(said[3])), today, int(said[1] or 0))


def _of_last(said: re.Match[str], today: date) -> date | None:
    day = _next(int(to_number(said[1])), int(to_number(said[2])), today, today.year)
    return day.replace(year=day.year - 1) if day and day > today else day


def _of_this_month(said: re.Match[str], today: date) -> date | None:
    number = int(to_number(said[1]))
    month = today.month if number >= today.day else today.month % 12 + 1
    return _next(month, number, today)


def _of_week(said: re.Match[str], today: date) -> date:
    monday = today - timedelta(days=today.weekday())
    found = monday + timedelta(days=_WEEKDAYS[said[2]] + 7 * (said[1] or "").count("下"))
    return found if said[1] or found >= today else found + timedelta(days=7)


def _english_day(said: re.Match[str], today: date) -> date:
    ahead = (_ENGLISH_DAYS.index(said[2]) - today.weekday()) % 7
    return today + timedelta(days=ahead or 7)


def _end_of_month(said: re.Match[str], today: date) -> date | None:
    month = int(to_number(said[1]))
    if not 1 <= month <= 12:
        return None
    year = today.year + (month < today.month)
    return date(year, month, calendar.monthrange(year, month)[1])


def _end_of_this_month(_: re.Match[str], today: date) -> date:
    return today.replace(day=calendar.monthrange(today.year, today.month)[1])


def _last_end_of_month(said: re.Match[str], today: date) -> date | None:
    """Return the end of a month of a year that is said, or of the last such month."""
    month = int(to_number(said[2])) if said[2] else 12
    if not 1 <= month <= 12:
        return None
    ended = today.year - (month > today.month)
    year = (
        int(said[1][:4])
        if said[1] and said[1][0].isdigit()
        else {"去": today.year - 1, "今": today.year}.get((said[1] or " ")[0], ended)
    )
    return date(year, month, calendar.monthrange(year, month)[1])


def _iso(said: re.Match[str], _: date) -> date | None:
    try:
        return date.fromisoformat(said[0])
    except ValueError:
        return None


Pattern = tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]]
_DAYS: tuple[Pattern, ...] = (
    (re.compile(r"20\d\d-\d\d-\d\d"), _iso),
    (re.compile(rf"(?:(20\d\d)年)?{_FIGURE}月{_FIGURE}[日号]?(?![\d月])"), _of_month),
    (re.compile(r"大后天"), lambda _, t: t + timedelta(days=3)), (re.compile(r"后天"), lambda _, t: t + timedelta(days=2)),
    (re.compile(r"明天|明儿|tomorrow"), lambda _, t: t + timedelta(days=1)), (re.compile(r"今天|今儿|today"), lambda _, t: t),
    (re.compile(r"(下下|下|这|本)?个?(?:周|星期|礼拜)([一二三四五六日天])"), _of_week),
    (re.compile(rf"(next|on|this) ({'|'.join(_ENGLISH_DAYS)})"), _english_day),
    (re.compile(rf"(?<![\d月]){_FIGURE}号(?!楼|线|院|人)"), _of_this_month),
    (_FEAST, lambda said, today: _next(*_FEASTS[said[0]], today)),
)  # fmt: skip
_UNTIL: tuple[Pattern, ...] = (
    (re.compile(rf"(?<!\d){_FIGURE}月[底末](?:之?前|以前)?"), _end_of_month),
    (re.compile(r"(?:今年)?年[底末](?:之?前|以前)"), lambda _, t: date(t.year, 12, 31)),
    (re.compile(r"(?:这个?|本)?月[底末](?:之?前|以前)"), _end_of_this_month),
    *((re.compile(rf"{pattern.pattern}(?:之前|以前|前)"), find) for pattern, find in _DAYS[1:2]),
)
_COMPARED: tuple[Pattern, ...] = (
    (re.compile(r"(?:跟|和|与|同|比|较)(20\d\d)年[底末]"), lambda s, _: date(int(s[1]), 12, 31)),
    (re.compile(r"(?:跟|和|与|同|比|较)去年年?[底末]"), lambda _, t: date(t.year - 1, 12, 31)),
    (re.compile(r"(?:跟|和|与|同|比|较)(?:今年)?年初"), lambda _, t: date(t.year, 1, 1)),
)
_SINCE: tuple[Pattern, ...] = ((re.compile(rf"{_FIGURE}月{_FIGURE}[日号]?(?:以后|之后|以来|起|至今)"), _of_last),)
_AS_OF: tuple[Pattern, ...] = (
    (re.compile(rf"截[至止]到?(20\d\d年|去年|今年)?(?:{_FIGURE}月)?年?[底末]"), _last_end_of_month),
    (re.compile(r"截[至止]到?(20\d\d-\d\d-\d\d)"), lambda s, _: date.fromisoformat(s[1])),
)
