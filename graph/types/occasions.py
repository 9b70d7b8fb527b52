"""When something took place, all that one cell says of it: a day, several days (2025年9月1日至5日; 3.1、3.8、3.15), from when to when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import ClassVar

import polars as pl

from graph.types.clock import DAY, fold_words, read_clock, take_spans
from graph.types.dates import Date
from graph.types.notations import split_span, tidy
from graph.types.value_type import Cleaned, PolarsType, find_problems, join_problems

MOST_DAYS = 92  # of one booking; a longer span is an arrangement, of which nobody knows the days
_PLAIN = r"^[0-9]{4}[-./][0-9]{1,2}[-./][0-9]{1,2}(?:[ T]([0-9]{2}):([0-9]{2})(?::[0-9]{2})?)?$"
_ASIDE = re.compile(r"\([^()]*\)|(?:星期|礼拜|周)[一二三四五六日天]|第?[0-9]+期|共[0-9]+天|[0-9]+天$")
_CLOCK = re.compile(
    r"[ T]*(?:上午|下午|晚上|早上|中午|凌晨|晚|早)?\s*(?<![0-9])(?:[01]?[0-9]|2[0-4])"
    r"(?::[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?Z?)?|[点时](?:[0-5]?[0-9]分?|半|整)?)"
)
_FULL = r"(?P<y>(?:19|20)[0-9]{2})[-./年](?P<m>1[0-2]|0?[1-9])[-./月](?P<d>3[01]|[12][0-9]|0?[1-9])[日号]?"
_COMPACT = r"(?P<cy>(?:19|20)[0-9]{2})(?P<cm>0[1-9]|1[0-2])(?P<cd>0[1-9]|[12][0-9]|3[01])"
_MONTH = r"(?P<sm>1[0-2]|0?[1-9])[-./月](?P<sd>3[01]|[12][0-9]|0?[1-9])[日号]?"
_DAY = r"(?P<od>3[01]|[12][0-9]|0?[1-9])[日号]?"
_DATE = re.compile(rf"{_FULL}|(?<![0-9]){_COMPACT}(?![0-9])|(?<![0-9]){_MONTH}(?![0-9])|(?<![0-9]){_DAY}(?![0-9])")
_MOMENTS = re.compile(rf"^(.+?)({_CLOCK.pattern})\s*(?:[-~至到—–―─]+)\s*([0-9].*?[-./月日号0-9])({_CLOCK.pattern})$")
_SPAN, _LIST = re.compile(r"^\s*(?:[-~至到—–―─]+|次年|翌年)+\s*$"), re.compile(r"^\s*[、,;和及与/+\s]+\s*$")


@dataclass(frozen=True)
class Occasion(Date):
    """A day with its precision, beside it all the days that a cell names where they are several, and the clock times it names.

    `_all` are those days, `_begin` and `_finish` minutes after midnight. Where `clock` is set, a cell may name a time of day alone.
    """

    suffixes: ClassVar[Mapping[str, PolarsType]] = {
        "": pl.Date, "_precision": pl.String, "_all": pl.List(pl.Date), "_begin": pl.Int32, "_finish": pl.Int32,
    }  # fmt: skip
    name = "occasion"
    of_days: ClassVar[bool] = True

    clock: bool = False

    def _clean(self, raw: pl.Series) -> Cleaned:
        days = super()._clean(raw)
        clock = [raw.str.extract(_PLAIN, part).cast(pl.Int32) for part in (1, 2)]
        beside = {
            "_all": pl.Series([None] * raw.len(), dtype=pl.List(pl.Date)), "_begin": clock[0] * 60 + clock[1],
            "_finish": pl.Series([None] * raw.len(), dtype=pl.Int32),
        }  # fmt: skip
        at = (~raw.str.contains(_PLAIN).fill_null(True)).arg_true()
        if at.is_empty():
            return Cleaned({**days.values, **beside}, days.problems)
        read = [read_occasion(text, self.sheet.year or None) for text in raw.gather(at).to_list()]
        first = pl.Series([days_[0] if days_ else None for days_, _, _ in read], dtype=pl.Date)
        several = pl.Series([list(found) if len(found) > 1 else None for found, _, _ in read], dtype=pl.List(pl.Date))
        values = dict(days.values)
        values[""] = values[""].scatter(at, pl.select(pl.coalesce(first, values[""].gather(at))).to_series())
        named = values["_precision"].gather(at).zip_with(first.is_null(), pl.Series(["day"] * at.len()))
        values["_precision"] = values["_precision"].scatter(at, named)
        values["_all"] = _put(beside["_all"], at, several)
        for place, suffix in ((1, "_begin"), (2, "_finish")):
            values[suffix] = beside[suffix].scatter(at, pl.Series([r[place] for r in read], dtype=pl.Int32))
        span = split_span(tidy(raw.gather(at)))["to"].is_not_null() & first.is_null()
        long = span & (values["_precision"].gather(at) == "day")
        understood = at.filter(first.is_not_null() | (pl.Series([r[1] is not None for r in read]) & self.clock))
        wrong = days.problems.filter(~pl.col("index").is_in(understood.to_list()))
        untold = pl.Series([False] * raw.len()).scatter(at, long.fill_null(False))
        return Cleaned(values, join_problems(wrong, find_problems(raw, untold, "date.span", "warning")))


def _put(into: pl.Series, at: pl.Series, lists: pl.Series) -> pl.Series:
    # Polars does not scatter lists.
    rows = pl.DataFrame({"index": pl.int_range(into.len(), dtype=pl.UInt32, eager=True)})
    return rows.join(pl.DataFrame({"index": at, "days": lists}), on="index", how="left", maintain_order="left")["days"]


@lru_cache(maxsize=20_000)
def read_occasion(text: str, year: int | None = None) -> tuple[tuple[date, ...], int | None, int | None]:
    """Return the days that a text names and the minutes at which it begins and ends there; none where it is not understood.

    `year` is that of days written without one. More than MOST_DAYS in a row are no booking: then none is given.
    """
    folded = fold_words(text)
    begin, finish, rest = _take_clocks(folded)
    days = _read_days(_ASIDE.sub(" ", rest), year)
    return days, begin, finish


def _take_clocks(text: str) -> tuple[int | None, int | None, str]:
    """Take the times of day out of a text: the first and the last, and what is left."""
    moments = _MOMENTS.match(text)
    if moments and _DATE.search(moments[3]):  # 2025-09-01 9:00 至 2025-09-05 17:00
        return read_clock(moments[2]), read_clock(moments[4]), f"{moments[1]}至{moments[3]}"
    clocks = _CLOCK.findall(text)
    spans, rest = take_spans(text) if len(clocks) != 1 else ([], text)
    if spans:
        return spans[0][0], spans[-1][1] % DAY or DAY, rest
    found = [read_clock(m[0]) for m in _CLOCK.finditer(text)]
    known = [minutes for minutes in found if minutes is not None]
    left = _CLOCK.sub(" ", text)
    if not known:
        return None, None, text
    return known[0], (known[-1] if len(known) > 1 else None), left


def _read_days(text: str, year: int | None) -> tuple[date, ...]:
    days: list[date] = []
    last: date | None = None
    position, joined = 0, ""
    for found in _DATE.finditer(text.strip(" .。,，;")):
        between = text.strip(" .。,，;")[position : found.start()]
        position = found.end()
        if last is not None:
            joined = "span" if _SPAN.match(between) else "list" if _LIST.match(between) else "?"
        elif between.strip(" 自从于"):
            return ()
        day = _day(found, last, year)
        if day is None or joined == "?" or not _extend(days, last, day, joined):
            return ()
        last = day if joined != "span" else days[-1]
    rest = text.strip(" .。,，;")[position:]
    return tuple(days) if not re.sub(r"[\s止日号期间每天全天]|之间|分别", "", rest) else ()


def _extend(days: list[date], last: date | None, day: date, joined: str) -> bool:
    """Add a day, or all days up to it; a span that goes over the end of the year ends in the next."""
    if joined != "span" or last is None:
        days.append(day)
        return True
    if day < last and day.year == last.year and (day.month, last.month) in {(1, 12), (2, 12), (1, 11)}:
        day = day.replace(year=day.year + 1)
    length = (day - last).days
    if not 0 < length < MOST_DAYS:
        return False
    days += [last + timedelta(n) for n in range(1, length + 1)]
    return True


def _day(found: re.Match[str], last: date | None, year: int | None) -> date | None:
    parts = found.groupdict()
    own_year = parts["y"] or parts["cy"] or (last.year if last else year)
    month = parts["m"] or parts["cm"] or parts["sm"] or (last.month if last else None)
    day = parts["d"] or parts["cd"] or parts["sd"] or parts["od"]
    if own_year is None or month is None or (last is None and not (parts["m"] or parts["cm"] or parts["sm"])):
        return None
    try:
        return date(int(own_year), int(month), int(day))
    except ValueError:
        return None
