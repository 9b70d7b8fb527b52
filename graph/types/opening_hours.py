"""Opening hours as people write them, in the form of OpenStreetMap: 周一至周五9:00-17:00 → Mo-Fr 09:00-17:00."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, ClassVar

import polars as pl

from graph.types.clock import DAY, PARTS_OF_DAY, Span, fold_words, show_time, take_spans
from graph.types.english_values import fold_english_hours
from graph.types.seasons import split_seasons, write_season
from graph.types.value_type import CellValue, Cleaned, PolarsType, ValueType, find_problems

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH")
HOLIDAY = 7  # public holidays, written as the day 周节 once words are folded; they belong to no week
_EVERY = range(7)
_ORDER = {c: i for i, c in enumerate("一二三四五六日节")}
_ASIDE = re.compile("入场|入馆|检票|清场|预约|提前|需|凭|闭馆前|最晚|截止|讲解|免费|收费")
_FOLD: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # What a bracket says of entering and booking goes, what it says of closed days beside it stays.
    (r"\([^()]*\)", lambda m: "(" + ",".join(part for part in re.split("[,;。、]", m[0][1:-1]) if not _ASIDE.search(part)) + ")"),
    (r"\(\)", " "),
    (r"(?:其余|其他|其它|另外)(?:的)?(?:时间|时段|日期|日)?(?:一律|均|都)?(?:不(?:对外)?开放|关闭|休息|闭馆)", " "),
    (r"[0-9]{1,2}[:点][0-9]{0,2}(?:停止|禁止|后不再)(?:入场|入馆|进场|检票)+", " "),
    (r"(?:需|须|请)?提前[0-9一二三两]*(?:个?工作日|个?小时|天|日|周)?(?:以上)?(?:电话)?(?:预约|联系|申请)", " "),
    ("星期|礼拜|每周", "周"), ("周[天7]", "周日"), ("周([1-6])", lambda m: "周" + "一二三四五六"[int(m[1]) - 1]),
    ("工作日|平日|上班时间", "周一至周五"), ("双休日|周末|休息日|周六日|周六周日", "周六至周日"),
    ("每天|每日|天天|全周|全年|周内每天", "周一至周日"),
    # 周一闭馆(节假日除外): open on those days. 休息,节假日除外 says the same of offices only in brackets.
    (r"(闭馆[\s,(]*|休馆[\s,(]*|(?:休息|不开放|关闭)\s?\()(?:遇|逢)?(?:法定|国家)*(?:节假日|假日|节日)(?:期间)?除外", r"\1"),
    (r"(周[一二三四五六日])(?:、|及|和)(?:法定|国家)*(?:节假日|节日)(闭馆|休息|不开放|关闭)", r"\1\2,假休"),
    (r"(?:法定|国家)*(?:节假日|假日|节日)(?:期间)?(?:及|和)?(?:除外|闭馆|休息|不开放|关闭|暂停开放|停止开放)|除(?:法定)?节假日外?", "假休"),
    (r"(?:法定|国家)*(?:节假日|假日|节日)(?:期间)?(?:照常|正常|不休|也?开放)", " "),  # with the hours of that day of the week
    (r"(?:法定|国家)*(?:节假日|假日|节日)(?:期间)?", "周节"),
)  # fmt: skip
_DAY_SET = re.compile(r"周[一二三四五六日节](?:\s*(?:至|到|-|~|、|,|和|及|/)\s*周?[一二三四五六日节](?!月))*")
_CLOSED = re.compile(r"闭馆|休馆|休息|不开放|关闭|除外|停止开放|不对外|闭园|歇业|关门")
_UNREADABLE = re.compile(r"[夏冬春秋淡旺][季令天]|寒暑?假|暑假|[0-9]+月|单周|双周|隔周|月初|月底|第[一二三四1-4]个?周")
_ALLOWED = re.compile(
    r"[\s、,;/。.:()\[\]~-]|开放|对外|时间|营业|可用|可预约|预约|需|提前|免费|全部|时段|正常|照常|工作|为|的|及|和|与|每|均|外|逢|其余|其他|其它|[一-龥]{0,2}服务"
)
_LONGEST_TEXT = 300
_NO_HOLIDAYS = "PH off"


@dataclass
class _Week:
    """The spans read so far for each day, the days that are closed, and whether public holidays are."""

    spans: dict[int, list[Span]]
    closed: set[int]
    holidays_off: bool = False

    def opened(self) -> dict[int, list[Span]]:
        return {day: sorted(set(spans)) for day, spans in self.spans.items() if spans and day not in self.closed}


def _days(text: str) -> list[int]:
    """Return the days that 周一至周三、周五 names, as 0 to 6, and HOLIDAY; a span may go over the end of the week."""
    days: list[int] = []
    joined = False
    for token in re.findall(r"[一二三四五六日节]|至|到|-|~", text):
        if token in _ORDER:
            day = _ORDER[token]
            start = days[-1] + 1 if joined and days else day
            days += [(start + i) % 7 for i in range((day - start) % 7 + 1)] if joined else [day]
        joined = token not in _ORDER
    return list(dict.fromkeys(days))


def _pieces(text: str) -> Iterator[tuple[list[int], str]]:
    """Split a text at its day sets: the days of each piece (none for what stands before the first) and the words behind them."""
    at, days = 0, list[int]()
    for found in _DAY_SET.finditer(text):
        yield days, text[at : found.start()]
        at, days = found.end(), _days(found[0])
    yield days, text[at:]


def _read_week(text: str, whole_day: Span) -> _Week | None:
    """Read a whole text; None where something in it is not understood."""
    week = _Week({day: [] for day in range(len(DAYS))}, set())
    waiting: list[int] = []  # days named whose hours follow behind the next days: 周六、周日及周三9:00-11:00
    general: list[Span] = []  # hours that stand without days
    for days, words in _pieces(text):
        closing = _CLOSED.search(words)
        closed = closing is not None and bool(days)
        if closing is not None and take_spans(words[: closing.start()], whole_day)[0]:
            return None  # 夜间不开放, 周一9:00-11:00闭馆: nobody knows when it is open
        spans, rest = take_spans(_CLOSED.sub(" ", words), whole_day)
        if spans is None or re.sub(_ALLOWED, "", rest.replace("假休", "")):
            return None
        week.holidays_off |= "假休" in rest
        if closed:
            week.closed |= {*waiting, *days}
            waiting, general = [], general + spans
        elif not spans:
            waiting += days
        elif days:
            for day in (*waiting, *days):
                week.spans[day] += spans
            waiting = []
        else:
            general += spans
    # 9:00-17:00(周一至周五) has its days behind; hours without any days hold on every day that says nothing else.
    for day in waiting or _EVERY:
        if not week.spans[day]:
            week.spans[day] = list(general)
    return week


def _overlap(spans: list[Span]) -> bool:
    return any(a[1] > b[0] for a, b in pairwise(spans))


def _show_days(days: list[int]) -> str:
    """Return days as Mo-Fr or Mo,We; neighbours become a span."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1 and day != HOLIDAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(DAYS[r[0]] if len(r) == 1 else f"{DAYS[r[0]]}-{DAYS[r[-1]]}" for r in runs)


def _show_week(week: _Week) -> str:
    opened = week.opened()
    if all(opened.get(day) == [(0, DAY)] for day in _EVERY) and HOLIDAY not in opened:
        return f"24/7; {_NO_HOLIDAYS}" if week.holidays_off else "24/7"
    groups: dict[str, list[int]] = {}
    for day in sorted(opened):
        hours = ",".join(f"{show_time(start)}-{show_time(end)}" for start, end in opened[day])
        groups.setdefault(hours, []).append(day)
    parts = [f"{_show_days(days)} {hours}" for hours, days in groups.items()]
    if week.closed:
        parts.append(f"{_show_days(sorted(week.closed))} off")
    return "; ".join([*parts, _NO_HOLIDAYS] if week.holidays_off else parts)


@lru_cache(maxsize=20_000)
def read_opening_hours(text: str, whole_day: Span = (0, DAY)) -> tuple[str, float] | None:
    """Read a text into its OpenStreetMap form and the hours a week; None where it cannot be read with certainty.

    `whole_day` is what 全天 stands for. Where hours change with the season, the hours a week are their mean over the year (named
    seasons count alike).
    """
    if len(text) > _LONGEST_TEXT:
        return None
    text = fold_english_hours(text)
    seasons = split_seasons(text)
    if seasons is None:
        return None
    if not seasons:
        return _read_plain(text, whole_day)
    weeks = [_read_plain(season.text, whole_day) for season in seasons]
    read = [(season, week) for season, week in zip(seasons, weeks, strict=True) if week is not None]
    if len(read) < len(seasons):
        return None
    shown = [
        f"{season.name} {rule}" for season, (rules, _) in read for rule in rules.split("; ") if rule != _NO_HOLIDAYS
    ]
    closed = [_NO_HOLIDAYS] if any(rules.endswith(_NO_HOLIDAYS) for _, (rules, _) in read) else []
    months = sum(season.months or 1 for season in seasons)
    return "; ".join(shown + closed), round(sum((s.months or 1) * hours for s, (_, hours) in read) / months, 2)


def find_weekdays(text: str) -> frozenset[int]:
    """Return the days of the week (0 is Monday) that a text names for something, also where its hours cannot be read (7月每周六上午)."""
    text = fold_english_hours(text)
    for pattern, replacement in _FOLD:
        text = re.sub(pattern, replacement, text)
    named: dict[bool, set[int]] = {True: {HOLIDAY}, False: set()}
    for days, words in _pieces(fold_words(text)):
        named[_CLOSED.search(words) is not None] |= set(days)
    return frozenset(named[False] - named[True])


def write_opening_hours(rules: str) -> str:
    """Return opening hours in their OpenStreetMap form as an office writes them."""
    return "；".join(_write_rule(rule) for rule in rules.split("; "))


def _write_rule(rule: str) -> str:
    if rule == _NO_HOLIDAYS:
        return "节假日除外"
    season, _, hours = rule.partition(" ")
    if written := write_season(season):
        return f"{written}{_write_rule(hours)}"
    for day, sign in zip(DAYS, _ORDER, strict=True):
        rule = rule.replace(day, "节假日" if sign == "节" else f"周{sign}")
    rule = rule.replace("24/7", "24小时").replace(" off", "闭馆")
    return re.sub(
        "(?<=周[一二三四五六日])-(?=周)", "至", re.sub("(?<=[一二三四五六日]),(?=[周节])", "、", rule)
    ).replace(" ", "")


def _read_plain(text: str, whole_day: Span) -> tuple[str, float] | None:
    """Read a text that holds all the year."""
    if _UNREADABLE.search(text):
        return None
    for pattern, replacement in _FOLD:
        text = re.sub(pattern, replacement, text)
    week = _read_week(fold_words(text), whole_day)
    if week is None:
        return None
    opened = week.opened()
    if not opened or any(_overlap(spans) for spans in opened.values()):
        return None
    minutes = sum(end - start for day, spans in opened.items() if day != HOLIDAY for start, end in spans)
    return _show_week(week), round(minutes / 60, 2)


@dataclass(frozen=True)
class OpeningHours(ValueType):
    """Weekly opening hours and how many hours a week that makes; what cannot be read is only a warning.

    24小时 and 全天 are round the clock; whether 全天 can be meant so is for those to judge who know the place. Hours of public
    holidays (PH) do not count as the week's. `quiet` is for times at which a service is given, which are kept as text beside
    (可提供时间：周末、寒暑假): it says nothing of what cannot be read, and 全天 is 09:00–17:30.
    """

    quiet: bool = False

    suffixes: ClassVar[Mapping[str, PolarsType]] = {"": pl.String, "_weekly": pl.Float64}
    name = "opening hours"
    closed = True

    def write(self, *stored: Any) -> CellValue:
        """Return the hours as an office writes them: 周一至周五09:00-17:00；节假日除外."""
        return write_opening_hours(stored[0]) if stored[0] else None

    def _clean(self, raw: pl.Series) -> Cleaned:
        distinct = raw.drop_nulls().unique()
        whole_day = PARTS_OF_DAY["全天"] if self.quiet else (0, DAY)
        read = [read_opening_hours(text, whole_day) or (None, None) for text in distinct.to_list()]
        found = pl.DataFrame(read, schema={"hours": pl.String, "weekly": pl.Float64}, orient="row").with_columns(
            raw=distinct
        )
        cells = pl.DataFrame({"raw": raw}).join(found, on="raw", how="left", maintain_order="left")
        unread = cells["hours"].is_null() & raw.is_not_null() & (not self.quiet)
        problems = find_problems(raw, unread, "hours.form", "warning")
        return Cleaned({"": cells["hours"], "_weekly": cells["weekly"]}, problems)
