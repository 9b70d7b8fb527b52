"""Periods and numbers in a sentence: 今年, 近三个月, 2025年3月, last year; 50人, 三公里, 90天内."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

_ONE_TO_TEN = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2, "半": 0}
_NUMBER = r"(\d+|[一二两三四五六七八九十]+)"
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9, "ten": 10, "twelve": 12}
_ENGLISH_NUMBER = rf"(\d+|{'|'.join(_WORDS)})"
_MEASURES = (
    ("人", r"人|位|people|persons"), ("天", r"天|日|days?"), ("公里", r"公里|千米|km|kilomet(?:re|er)s?"), ("步", r"步|hops?|steps?"),
    ("平方米", r"平方米|平米|平方|m2|square met(?:re|er)s?"), ("米", r"米|met(?:re|er)s?"), ("个", r"个|家|名|条|项|处|所|份"),
)  # fmt: skip
_NUMBERS = tuple(
    (measure, re.compile(rf"(?:前|最多|至少|不少于|超过|top )?{_NUMBER}\s*(?:多)?(?:{pattern})"))
    for measure, pattern in _MEASURES
)
_TOP = re.compile(r"(?:前|top )(\d+)")
Span = tuple[date, date]


def read_period_in(sentence: str, today: date) -> tuple[str, str]:
    """Return the period that a sentence speaks of, as an argument has it ('' for none), and the sentence without it."""
    for pattern, find in _PERIODS:
        said = pattern.search(sentence)
        if said is not None and (days := find(said, today)) is not None:
            return f"{days[0]}..{days[1]}", sentence[: said.start()] + " " + sentence[said.end() :]
    return "", sentence


def read_numbers_in(sentence: str) -> tuple[list[tuple[str, int]], str]:
    """Return the numbers of a sentence with their unit of measure, and the sentence without them."""
    found: list[tuple[str, int]] = []
    for measure, pattern in (*_NUMBERS, ("个", _TOP)):
        said = [
            one for one in pattern.finditer(sentence) if not (measure == "个" and one[1] == "一")
        ]  # 一个 is an article
        found += [(measure, to_number(one[1])) for one in said]
        for one in reversed(said):
            sentence = f"{sentence[: one.start()]} {sentence[one.end() :]}"
    return found, sentence


def to_number(text: str) -> int:
    """Return a whole number written in figures, in Chinese up to 99, or as an English word."""
    if text.isdigit():
        return int(text[:9])
    if text in _WORDS:
        return _WORDS[text]
    tens, ten, ones = text.rpartition("十")
    return (_ONE_TO_TEN.get(tens, 1) * 10 if ten else 0) + (_ONE_TO_TEN.get(ones, 0) if ones else 0)


def _months(first: date, count: int) -> Span:
    """Return the days of some months from the first of one of them."""
    last = _add_months(first, count - 1)
    return first, last.replace(day=calendar.monthrange(last.year, last.month)[1])


def _add_months(day: date, count: int) -> date:
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


def _quarter(today: date, back: int = 0) -> Span:
    return _months(_add_months(date(today.year, 3 * ((today.month - 1) // 3) + 1, 1), -3 * back), 3)


def _written(said: re.Match[str], today: date) -> Span | None:
    year, month = int(said[1]), int(said[2]) if said[2] else 0
    if not 1990 <= year <= 2100 or month > 12:
        return None
    return _months(date(year, month, 1), 1) if month else _months(date(year, 1, 1), 12)


def _month_of_year(said: re.Match[str], today: date) -> Span | None:
    month = to_number(said[1])
    if not 1 <= month <= 12:
        return None
    return _months(date(today.year - (month > today.month), month, 1), 1)


def _last(days: Callable[[int], int]) -> Callable[[re.Match[str], date], Span]:
    return lambda said, today: (today - timedelta(days=days(to_number(said[1]))), today)


_PERIODS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Span | None]], ...] = (
    (re.compile(r"(\d{4})\s*年?\s*[-./年]\s*(\d{1,2})月?"), _written),
    (re.compile(r"(?:in )?(20\d\d)\s*年?()(?:度)?(?!\d)"), _written),
    (re.compile(r"今年(?:以来)?上半年|上半年|first half of (?:the|this) year"), lambda _, t: _months(date(t.year, 1, 1), 6)),
    (re.compile(r"下半年|second half of (?:the|this) year"), lambda _, t: _months(date(t.year, 7, 1), 6)),
    (re.compile(r"今年(?:以来)?|本年度?|年内|this year"), lambda _, t: _months(date(t.year, 1, 1), 12)),
    (re.compile(r"去年(?:全年)?|上年度?|last year"), lambda _, t: _months(date(t.year - 1, 1, 1), 12)),
    (re.compile(r"前年"), lambda _, t: _months(date(t.year - 2, 1, 1), 12)),
    (re.compile(r"本季度?|这个?季度|this quarter"), lambda _, t: _quarter(t)),
    (re.compile(r"上个?季度|last quarter"), lambda _, t: _quarter(t, 1)),
    (re.compile(r"本月|这个月|当月|this month"), lambda _, t: _months(t.replace(day=1), 1)),
    (re.compile(r"上个?月|last month"), lambda _, t: _months(_add_months(t, -1), 1)),
    (re.compile(r"(?:最近|近|过去)半年|last half year"), lambda _, t: (_add_months(t, -6).replace(day=min(t.day, 28)), t)),
    (re.compile(r"(?:最近|近|过去)一?年|past year"), lambda _, t: (t - timedelta(days=364), t)),
    (re.compile(rf"(?:最近|近|过去){_NUMBER}\s*个?月|(?:last|past) {_ENGLISH_NUMBER} months?"), lambda s, t: (_back_months(s, t), t)),
    (re.compile(rf"(?:最近|近|过去){_NUMBER}\s*[天日]"), _last(lambda n: n)),
    (re.compile(rf"(?:last|past) {_ENGLISH_NUMBER} days?"), _last(lambda n: n)),
    (re.compile(rf"(?<!\d){_NUMBER}月份?(?!\d)"), _month_of_year),
)  # fmt: skip


def _back_months(said: re.Match[str], today: date) -> date:
    first = _add_months(today, -to_number(said[1] or said[2]))
    return first.replace(day=min(today.day, calendar.monthrange(first.year, first.month)[1]))
