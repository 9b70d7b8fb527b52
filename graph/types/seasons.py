"""Opening hours that change over the year: 夏季8:00-18:00，冬季8:30-17:30, or by months (5月-9月 …, 10月-次年4月 …)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NAMES = {"春": "spring", "夏": "summer", "秋": "autumn", "冬": "winter"}
_YEARS = ({"summer", "winter"}, {"spring", "summer", "autumn", "winter"})  # names that make a whole year together
# Whole months only: a season that changes on the 15th is not read.
_FIRST = r"(?:每年)?(?<![0-9])([0-9]{1,2})月(?:份|0?1[日号]|初)?"
_LAST = r"(?:次年|翌年|第二年)?([0-9]{1,2})月(?:份|(?:2[89]|3[01])[日号]|底)?(?![0-9]{1,2}[日号])"
_SPAN = rf"{_FIRST}\s*(?:-|~|—|至|到)\s*{_LAST}"
_NAMED = r"([春夏秋冬])(?:季|令时|天)(?:时间|作息)?"
_MARK = re.compile(rf"(?:{_NAMED}\s*[:(]?\s*)?{_SPAN}\)?\s*[:,]?|{_NAMED}\s*[:,]?")
# What is said once and holds in every season: closed days, public holidays.
_ALWAYS = re.compile(
    r"(?:每?逢?周[一二三四五六日天](?:[至到、,和-]周?[一二三四五六日天])*|(?:法定)?节假日)(?:\([^)]*\))?(?:期间)?(?:闭馆|休馆|休息|不开放|除外|停止开放)"
)


@dataclass(frozen=True)
class Season:
    """A part of the year: how OpenStreetMap writes it, how many months it has, and what is said of it."""

    name: str
    months: int
    text: str


def split_seasons(text: str) -> Sequence[Season] | None:
    """Return the seasons that a text on opening hours names, each with the words that apply to it; empty where it names none.

    None (instead of an empty list) where the seasons do not make up the year exactly once.
    """
    marks = list(_MARK.finditer(text))
    if not marks:
        return []
    always = " ".join(found[0] for found in _ALWAYS.finditer(text))
    before = _ALWAYS.sub(" ", text[: marks[0].start()])
    seasons = []
    for mark, follower in zip(marks, [*marks[1:], None], strict=True):
        own = _ALWAYS.sub(" ", text[mark.end() : follower.start() if follower else len(text)])
        name, months = _name(mark)
        seasons.append(Season(name, months, f"{before} {own},{always}".strip(" ,;")))
    return seasons if _is_year(marks, seasons) else None


def write_season(name: str) -> str:
    """Return a season as an office writes it (夏季, 5月至9月); '' for what is none."""
    if name in _NAMES.values():
        return next(f"{sign}季" for sign, season in _NAMES.items() if season == name)
    first, _, last = name.partition("-")
    if first not in MONTHS or (last or first) not in MONTHS:
        return ""
    return f"{MONTHS.index(first) + 1}月至{MONTHS.index(last or first) + 1}月"


def _name(mark: re.Match[str]) -> tuple[str, int]:
    _, first, last, season = mark.groups()
    if season:
        return _NAMES[season], 0
    begin, end = int(first) - 1, int(last) - 1
    if not (0 <= begin < len(MONTHS) and 0 <= end < len(MONTHS)):
        return "", 0
    name = MONTHS[begin] if begin == end else f"{MONTHS[begin]}-{MONTHS[end]}"
    return name, (end - begin) % len(MONTHS) + 1


def _is_year(marks: Sequence[re.Match[str]], seasons: Sequence[Season]) -> bool:
    """Tell whether the seasons are a whole year: by name, or month after month with none left out or named twice."""
    if all(mark[4] for mark in marks):
        names = [season.name for season in seasons]
        return len(set(names)) == len(names) and set(names) in _YEARS
    if any(mark[4] for mark in marks) or not all(season.name for season in seasons):
        return False
    starts = [int(mark[2]) - 1 for mark in marks]
    told = [
        (start + i) % len(MONTHS) for start, season in zip(starts, seasons, strict=True) for i in range(season.months)
    ]
    return sorted(told) == list(range(len(MONTHS)))
