"""Times of day as people write them: 9:00-11:30, 下午2点至4点半, 上午. Read into spans of minutes, and shown as HH:MM."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

import polars as pl

from graph.types.quantities import HOURS
from graph.types.value_type import CellValue, Cleaned, PolarsType, ValueType, find_problems

Span = tuple[int, int]  # minutes after midnight; the end is above 1440 where it lies on the next day
DAY = 24 * 60
# What a part of the day stands for where no hours are written: the usual office and evening hours.
PARTS_OF_DAY: dict[str, Span] = {
    "上午": (540, 720), "下午": (840, 1050), "晚上": (1140, 1260), "全天": (540, 1050), "24小时": (0, DAY),
}  # fmt: skip
UNLIKELY = range(60, 360)  # 2:00-4:00 without 凌晨 or 下午 is as likely in the afternoon
LONGEST_NIGHT = 16 * 60  # 22:00-6:00 goes over midnight; 9:00-5:00 is a slip
_WORDS = {
    "全天候": "24小时", "24h": "24小时", "24H": "24小时", "二十四小时": "24小时", "整天": "全天", "全日": "全天",
    "早上": "上午", "早晨": "上午", "清晨": "上午", "AM": "上午", "am": "上午", "午后": "下午", "PM": "下午", "pm": "下午",
    "夜间": "晚上", "夜晚": "晚上", "晚间": "晚上", "傍晚": "晚上", "第二天": "次日",
    "点钟": "点", "点整": "点", "时整": "时", "一刻": "15分", "三刻": "45分",
}  # fmt: skip
_HOURS = {"两": 2, "十一": 11, "十二": 12} | dict(zip("一二三四五六七八九十", range(1, 11), strict=True))
_WORDS |= {f"{word}点": f"{hour}点" for word, hour in _HOURS.items()}
_WORD = re.compile("|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True)))
_PART = r"(?:(上午|下午|晚上|晚|早|凌晨|中午|次日)\s*)?"
_CLOCK = r"([01]?[0-9]|2[0-4])(?:(?:[:点时]|\.(?=[0-5][0-9]))\s*([0-5][0-9]|[0-9](?=分)|半)?分?(?::[0-5][0-9])?)?"
_SPAN = re.compile(
    rf"{_PART}(?<![0-9])(?<![0-9][:.]){_CLOCK}\s*(?:-|–|—|~|至|到)+\s*{_PART}{_CLOCK}(?![0-9:])(?!\s*(?:月|年|日|楼))"
)
_WHOLE_PART = re.compile("24小时|全天|上午|下午|晚上|晚(?!上)")
_PLAIN = r"^([0-9]{1,2}):([0-5][0-9])-([0-9]{1,2}):([0-5][0-9])$"
_LENGTH = r"(?:小时|h|H|分钟|min)半?$"
_LONGEST_TEXT = 200


def fold_words(text: str) -> str:
    """Return a text about times with one word for one thing (早上 → 上午, 两点 → 2点)."""
    return _WORD.sub(lambda m: _WORDS[m[0]], text)


def read_clock(text: str) -> int | None:
    """Read a single time of day (9:00, 下午2点半) into minutes after midnight; None for anything else."""
    found = re.fullmatch(rf"[ T]*{_PART}{_CLOCK}(?:\.[0-9]+)?Z?", fold_words(text).strip())
    return _minutes(found[2], found[3], found[1]) if found and re.search("[:点时]", text) else None


def take_spans(text: str, whole_day: Span = PARTS_OF_DAY["全天"]) -> tuple[list[Span] | None, str]:
    """Take the spans of time out of a text (its words folded): the spans in order, None where one makes no sense, and the rest.

    `whole_day` is what 全天 stands for: of a booking the hours of an office, of a place that is open the whole day.
    """
    spans: list[Span | None] = []

    def take_clock(found: re.Match[str]) -> str:
        if not re.search(r"[:点时]|\.[0-5]", found[0]) and not found[1]:
            return found[0]  # 9-11 may be a date or a number of people
        spans.append(_span(found))
        return " "

    rest = _SPAN.sub(take_clock, text)

    def take_part(found: re.Match[str]) -> str:
        spans.append(whole_day if found[0] == "全天" else PARTS_OF_DAY["晚上" if found[0] == "晚" else found[0]])
        return " "

    rest = _WHOLE_PART.sub(take_part, rest) if not spans else re.sub("上午|下午|晚上|全天", " ", rest)
    known = [span for span in spans if span is not None]
    return (known if len(known) == len(spans) else None), rest


def _span(found: re.Match[str]) -> Span | None:
    part, hour, minute, part_to, hour_to, minute_to = found.groups()
    start = _minutes(hour, minute, part)
    end = _minutes(hour_to, minute_to, part_to if part_to and part_to != "次日" else part if not part_to else None)
    if part == "下午" and not part_to and end <= start and int(hour_to) <= 12:
        end = _minutes(hour_to, minute_to, "下午")
    next_day = part_to == "次日"
    if end <= start or next_day:
        end += DAY
    if start >= DAY or (not part and start in UNLIKELY):
        return None
    return (start, end) if end <= DAY or end - start <= (DAY if next_day else LONGEST_NIGHT) else None


def _minutes(hour: str, minute: str | None, part: str | None) -> int:
    """Return minutes after midnight; 下午2点 is 14:00, 晚上12点 is midnight."""
    hours = int(hour)
    if part in {"下午", "晚上", "晚"} and 1 <= hours < 12:
        hours += 12
    elif part in {"晚上", "晚"} and hours == 12:
        hours = 24
    elif part == "中午" and hours in {1, 2}:
        hours += 12
    return hours * 60 + (30 if minute == "半" else int(minute or 0))


def show_time(minutes: int) -> str:
    """Return minutes after midnight as HH:MM; the end of the day is 24:00."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}" if minutes <= DAY else show_time(minutes - DAY)


@lru_cache(maxsize=20_000)
def read_range(text: str) -> tuple[str | None, str | None, float | None] | None:
    """Read a text into start, end and hours; of several spans the first start, the last end and the hours of all.

    9:00 alone has a start only.
    """
    if len(text) > _LONGEST_TEXT:
        return None
    bare = re.sub(r"[0-9]{4}(?:[-/.][0-9]{1,2}){2}|(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}[日号]|\(.*?\)", " ", text)
    folded = fold_words(bare)
    start = read_clock(folded)
    if start is not None and start not in UNLIKELY:
        return show_time(start), None, None
    spans, rest = take_spans(folded)
    if not spans or re.search("[0-9]", rest):
        return None
    hours = sum(end - start for start, end in spans) / 60
    return show_time(spans[0][0]), show_time(spans[-1][1]), round(hours, 2)


@dataclass(frozen=True)
class TimeRange(ValueType):
    """From when to when on a day (HH:MM), and how many hours; 22:00-6:00 goes over midnight.

    上午 is taken for 09:00–12:00, 下午 for 14:00–17:30, 晚上 for 19:00–21:00 and 全天 for 09:00–17:30.
    """

    quiet: bool = False  # of a cell that is about something else, too: what cannot be read is no problem

    suffixes: ClassVar[Mapping[str, PolarsType]] = {"_from": pl.String, "_to": pl.String, "_hours": pl.Float64}
    name = "time range"
    closed = True

    def write(self, *stored: Any) -> CellValue:
        """Return 14:00-16:00, or where only its length is known 2小时."""
        begin, end, hours = stored
        if begin is not None and end is not None:
            return f"{begin}-{end}"
        return None if hours is None else f"{hours:g}小时"

    def _clean(self, raw: pl.Series) -> Cleaned:
        parts = [raw.str.extract(_PLAIN, i).cast(pl.Int32) for i in range(1, 5)]
        frame = pl.DataFrame({"raw": raw, "start": parts[0] * 60 + parts[1], "end": parts[2] * 60 + parts[3]})
        plain = (
            (pl.col("start") < pl.col("end"))
            & (pl.col("end") <= DAY)
            & ~pl.col("start").is_between(UNLIKELY.start, UNLIKELY.stop - 1)
        )
        frame = frame.select(
            "raw",
            _from=pl.when(plain).then(_clock_text("start")),
            _to=pl.when(plain).then(_clock_text("end")),
            _hours=pl.when(plain).then(((pl.col("end") - pl.col("start")) / 60).round(2)),
        )
        frame = _read_rest(frame)
        problems = find_problems(
            raw, frame["_hours"].is_null() & raw.is_not_null() & (not self.quiet), "hours.form", "warning"
        )
        return Cleaned({suffix: frame[suffix] for suffix in self.suffixes}, problems)


def _clock_text(column: str) -> pl.Expr:
    hours, minutes = pl.col(column) // 60, pl.col(column) % 60
    return hours.cast(pl.String).str.zfill(2) + ":" + minutes.cast(pl.String).str.zfill(2)


def _read_rest(frame: pl.DataFrame) -> pl.DataFrame:
    """Fill what the plain pattern could not read, each distinct text once."""
    rest = frame.filter(pl.col("_hours").is_null() & pl.col("raw").is_not_null())["raw"].unique()
    if rest.is_empty():
        return frame
    read = [read_range(text) or (None, None, None) for text in rest.to_list()]
    found = pl.DataFrame(
        read, schema={"from2": pl.String, "to2": pl.String, "hours2": pl.Float64}, orient="row"
    ).with_columns(raw=rest)
    length = HOURS.clean(rest.zip_with(rest.str.contains(_LENGTH), pl.Series([None], dtype=pl.String))).values[""]
    only = pl.when(length.is_between(0, DAY / 60, closed="right")).then(length)  # 2小时, with no word of when
    found = found.with_columns(hours2=pl.coalesce("hours2", only))
    frame = frame.join(found, on="raw", how="left", maintain_order="left")
    return frame.select(
        "raw",
        _from=pl.coalesce("_from", "from2"),
        _to=pl.coalesce("_to", "to2"),
        _hours=pl.coalesce("_hours", "hours2"),
    )
