"""Periods in a sentence: 今年, 近三个月, 2025年3月, 三季度, 下个月, last year."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from queries.understanding.said_numbers import ENGLISH_NUMBER, NUMBER, to_number

Span = tuple[date, date]
_YEARS = {"前": -2, "去": -1, "上": -1, "今": 0, "本": 0, "明": 1}
_YEAR_BEFORE = re.compile(r"([前去上今本明])年度?(?:以来)?(?=第?[\d一二三四五六七八九十]{1,2}(?:月|季)|[上下]半年)")
_YEAR = re.compile(r"年|year|last|上|近|过去|past|\d{4}|本|这|当")  # of a period that says itself of which year it is


@dataclass(frozen=True)
class SaidPeriod:
    """A period as an argument has it; `ahead` is the same where what is to come is asked for: a month without a year is the next one.

    `said` is how it is written.
    """

    text: str = ""
    ahead: str = ""
    said: str = ""


def read_period_in(sentence: str, today: date) -> tuple[SaidPeriod, str]:
    """Return the period that a sentence speaks of, empty for none, and the sentence without it."""
    sentence = _YEAR_BEFORE.sub(lambda said: f"{today.year + _YEARS[said[1]]}年", sentence)
    for pattern, find in _PERIODS:
        said = pattern.search(sentence)
        if said is not None and (days := find(said, today)) is not None:
            ahead = days if days[1] >= today or _YEAR.search(said[0]) else _a_year_later(days)
            return SaidPeriod(
                _write(days), _write(ahead), said[0]
            ), f"{sentence[: said.start()]} {sentence[said.end() :]}"
    return SaidPeriod(), sentence


def _write(days: Span) -> str:
    return f"{days[0]}..{days[1]}"


def _a_year_later(days: Span) -> Span:
    return _months(date(days[0].year + 1, days[0].month, 1), days[1].month - days[0].month + 1)


def _months(first: date, count: int) -> Span:
    """Return the days of some months from the first of one of them."""
    last = _add_months(first, count - 1)
    return first, last.replace(day=calendar.monthrange(last.year, last.month)[1])


def _add_months(day: date, count: int) -> date:
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


def _quarter(today: date, back: int = 0) -> Span:
    return _months(_add_months(date(today.year, 3 * ((today.month - 1) // 3) + 1, 1), -3 * back), 3)


def _week(today: date, ahead: int) -> Span:
    monday = today + timedelta(days=7 * ahead - today.weekday())
    return monday, monday + timedelta(days=6)


def _written(said: re.Match[str], today: date) -> Span | None:
    year, month = int(said[1]), int(to_number(said[2])) if said[2] else 0
    if not 1990 <= year <= 2100 or month > 12:
        return None
    return _months(date(year, month, 1), 1) if month else _months(date(year, 1, 1), 12)


def _month_of_year(said: re.Match[str], today: date) -> Span | None:
    month = int(to_number(said[1]))
    if not 1 <= month <= 12:
        return None
    return _months(date(today.year - (month > today.month), month, 1), 1)


def _months_between(said: re.Match[str], today: date) -> Span | None:
    first, last = int(to_number(said[1])), int(to_number(said[2]))
    if not 1 <= first <= last <= 12:
        return None
    return _months(date(today.year - (first > today.month), first, 1), last - first + 1)


def _quarter_of_year(said: re.Match[str], today: date) -> Span | None:
    number = int(to_number(said[2] or said[3]))
    year = int(said[1]) if said[1] else today.year - (3 * number - 2 > today.month)
    return _months(date(year, 3 * number - 2, 1), 3) if 1 <= number <= 4 else None


def _last(days: Callable[[int], int]) -> Callable[[re.Match[str], date], Span]:
    return lambda said, today: (today - timedelta(days=days(int(to_number(said[1])))), today)


_PERIODS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Span | None]], ...] = (
    (re.compile(r"(?:(20\d\d)年?)?(?:第?([1-4一二三四])季度?|q([1-4])(?![\da-z]))"), _quarter_of_year),
    (re.compile(r"(\d{4})\s*年?\s*[-./年]\s*(\d{1,2}|[一二三四五六七八九十]{1,3})月?"), _written),
    (re.compile(r"(?:(20\d\d)年)?上半年|first half of (?:the|this) year"), lambda s, t: _months(date(int(s[1] or t.year), 1, 1), 6)),
    (re.compile(r"(?:(20\d\d)年)?下半年|second half of (?:the|this) year"), lambda s, t: _months(date(int(s[1] or t.year), 7, 1), 6)),
    (re.compile(r"(?:in )?(20\d\d)\s*年?()(?:度)?(?![\d平米人元吨㎡m])"), _written),
    (re.compile(r"今年(?:以来)?|本年度?|年内|this year"), lambda _, t: _months(date(t.year, 1, 1), 12)),
    (re.compile(r"去年(?:全年)?|上年度?|last year"), lambda _, t: _months(date(t.year - 1, 1, 1), 12)),
    (re.compile(r"前年"), lambda _, t: _months(date(t.year - 2, 1, 1), 12)),
    (re.compile(r"明年|来年|next year"), lambda _, t: _months(date(t.year + 1, 1, 1), 12)),
    (re.compile(r"下一?个?季度?(?!节)|next quarter"), lambda _, t: _quarter(t, -1)),
    (re.compile(r"下一?个?月(?![底末])|next month"), lambda _, t: _months(_add_months(t, 1), 1)),
    (re.compile(r"本季度?|当季|这个?季度|this quarter"), lambda _, t: _quarter(t)),
    (re.compile(r"上个?季度|last quarter"), lambda _, t: _quarter(t, 1)),
    (re.compile(r"下一?个?(?:周|星期|礼拜)(?![一二三四五六日天末])|next week"), lambda _, t: _week(t, 1)),
    (re.compile(r"上一?个?(?:周|星期|礼拜)(?![一二三四五六日天末])|last week"), lambda _, t: _week(t, -1)),
    (re.compile(r"(?:本|这一?个?)(?:周|星期|礼拜)(?![一二三四五六日天末])|this week"), lambda _, t: _week(t, 0)),
    (re.compile(r"本月|这个月|当月|this month"), lambda _, t: _months(t.replace(day=1), 1)),
    (re.compile(r"上个?月|last month"), lambda _, t: _months(_add_months(t, -1), 1)),
    (re.compile(r"(?:最近|近|过去)半年|last half year"), lambda _, t: (_add_months(t, -6).replace(day=min(t.day, 28)), t)),
    (re.compile(r"(?:最近|近|过去)一?年|past year"), lambda _, t: (t - timedelta(days=364), t)),
    (re.compile(rf"(?:最近|近|过去){NUMBER}\s*个?月|(?:last|past) {ENGLISH_NUMBER} months?"), lambda s, t: (_back_months(s, t), t)),
    (re.compile(rf"(?:最近|近|过去){NUMBER}\s*[天日]"), _last(lambda n: n)),
    (re.compile(rf"(?:last|past) {ENGLISH_NUMBER} days?"), _last(lambda n: n)),
    (re.compile(rf"(?<!\d){NUMBER}月?份?\s*(?:[-~到至—–])\s*{NUMBER}月份?(?!\d)"), _months_between),
    (re.compile(r"(?<![\d一二三四五六七八九十])(\d{1,2}|[一二三四五六七八九十]+)月(?:份|里)?(?![\d底末])"), _month_of_year),
)  # fmt: skip


def _back_months(said: re.Match[str], today: date) -> date:
    first = _add_months(today, -int(to_number(said[1] or said[2])))
    return first.replace(day=min(today.day, calendar.monthrange(first.year, first.month)[1]))
