"""Whether something is open on a day at a time, by opening hours in OpenStreetMap's form, and those hours in words."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from graph.texts import Said, join_said
from graph.types.clock import DAY, Span
from graph.types.opening_hours import DAYS, HOLIDAY
from graph.types.seasons import MONTHS

_RULE = re.compile(
    r"^(?:(?P<season>[A-Za-z]+(?:-[A-Z][a-z]+)?) )?(?P<days>(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)[A-Za-z,-]*) (?P<hours>.+)$"
)
_NAMED_SEASONS = frozenset(["spring", "summer", "autumn", "winter"])  # nobody wrote down when they begin
# Public holidays on a fixed day of the year; those of the lunar calendar are decreed anew every year.
FIXED_HOLIDAYS = frozenset([(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)])
_IN_WORDS = {
    "Mo": Said("周一", "Mon"), "Tu": Said("周二", "Tue"), "We": Said("周三", "Wed"), "Th": Said("周四", "Thu"), "Fr": Said("周五", "Fri"),
    "Sa": Said("周六", "Sat"), "Su": Said("周日", "Sun"), "PH": Said("法定节假日", "public holidays"),
    "spring": Said("春季", "spring"), "summer": Said("夏季", "summer"), "autumn": Said("秋季", "autumn"), "winter": Said("冬季", "winter"),
    "off": Said("不开放", "closed"), "24/7": Said("全天", "at all hours"),
} | {month: Said(f"{n}月", month) for n, month in enumerate(MONTHS, start=1)}  # fmt: skip


@lru_cache(maxsize=20_000)
def opens_at(hours: str, day: date, span: Span | None = None) -> bool | None:
    """Tell whether something is open on a day, during all of `span` where it is given; None where the hours do not say."""
    told = {_opens_by(rules, day, span) for rules in _seasons(hours, day)}
    return told.pop() if len(told) == 1 else None


def _seasons(hours: str, day: date) -> list[list[tuple[str, str]]]:
    """Return the rules (days, hours) that may hold on a day: of a season that nobody dated, each of them may."""
    plain: list[tuple[str, str]] = []
    named: dict[str, list[tuple[str, str]]] = {}
    for part in hours.split("; "):
        if part == "24/7":
            plain.append(("Mo-Su", "00:00-24:00"))
        elif found := _RULE.match(part):
            rule, season = (found["days"], found["hours"]), found["season"]
            if season is None:
                plain.append(rule)
            elif season in _NAMED_SEASONS:
                named.setdefault(season, []).append(rule)
            elif _in_months(season, day):
                plain.append(rule)
    return [rules + plain for rules in named.values()] or [plain]


def _in_months(season: str, day: date) -> bool:
    first, _, last = season.partition("-")
    begin, end = MONTHS.index(first), MONTHS.index(last or first)
    return (day.month - 1 - begin) % 12 <= (end - begin) % 12


def _opens_by(rules: list[tuple[str, str]], day: date, span: Span | None) -> bool | None:
    if not rules:
        return None
    today = {day.weekday()} | ({HOLIDAY} if (day.month, day.day) in FIXED_HOLIDAYS else set())
    named = [(days, hours) for days, hours in rules if HOLIDAY in today and days == "PH"]
    for_today = named or [(days, hours) for days, hours in rules if _numbers(days) & today]
    if not for_today or any(hours == "off" for _, hours in for_today):
        return False
    spans = [_minutes(part) for _, hours in for_today for part in hours.split(",")]
    return span is None or any(start <= span[0] and span[1] <= end for start, end in spans)


def _numbers(days: str) -> set[int]:
    found: set[int] = set()
    for part in days.split(","):
        first, _, last = part.partition("-")
        found |= set(range(DAYS.index(first), DAYS.index(last or first) + 1))
    return found


def _minutes(text: str) -> Span:
    start, end = (int(clock[:2]) * 60 + int(clock[3:5]) for clock in text.split("-"))
    return start, end if end > start else end + DAY


def tell_hours(hours: str) -> Said:
    """Return opening hours as people say them: 周一至周五9:00—17:00."""
    return join_said((_tell_rule(part) for part in hours.split("; ")), "；", "; ")


def _tell_rule(part: str) -> Said:
    zh, en = part, part
    for word, said in _IN_WORDS.items():
        zh, en = (re.sub(rf"\b{re.escape(word)}\b", text, told) for told, text in ((zh, str(said)), (en, said.en)))
    zh = re.sub(r"(?<=[一二三四五六日月])-(?=[周0-9法])", "至", zh).replace(",", "、")
    zh = re.sub(r"\b0([0-9]:)", r"\1", zh).replace("-", "—").replace(" ", "")
    return Said(zh, en)
