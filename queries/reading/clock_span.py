"""A time of day that an asker names: 14:00-16:30, 下午, 上午9点到11点."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from graph.errors import ArgumentError
from graph.texts import Said
from graph.types.clock import Span, read_range, show_time
from graph.types.value_type import blank_to_null


@dataclass(frozen=True)
class ClockSpan:
    """From when to when on a day, in minutes after midnight."""

    start: int
    end: int

    @classmethod
    def parse(cls, text: str) -> ClockSpan:
        """Read a time from text: with its end, or a part of the day (上午, 下午, 晚上, 全天)."""
        found = read_range(blank_to_null(pl.Series([text])).item() or "")
        if not found or not (found[0] and found[1]):
            said = Said("应写成 14:00-16:30，或上午、下午、晚上", "must be written 14:00-16:30")
            raise ArgumentError(argument="time", value=text, reason=said)
        return cls(*read_span(found[0], found[1]))

    @property
    def span(self) -> Span:
        """Return the two ends as a span."""
        return self.start, self.end

    def __str__(self) -> str:
        return f"{show_time(self.start)}—{show_time(self.end)}"


def read_span(first: str, last: str) -> Span:
    """Return the minutes after midnight of two times of day (HH:MM); an end before its start lies on the next day."""
    start, end = (int(text[:2]) * 60 + int(text[3:5]) for text in (first, last))
    return start, end if end > start else end + 24 * 60
