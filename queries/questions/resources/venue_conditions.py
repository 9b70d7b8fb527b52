"""What an asker wants of a venue, as conditions with a sentence each; other questions about venues may ask them, too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from graph.documents import FrameRow
from graph.texts import NOTHING, Said
from graph.types.clock import Span, show_time
from graph.types.open_at import opens_at, tell_hours
from queries.reading.as_registered import as_registered, tell_ahead
from queries.reading.conditions import Condition
from queries.words.services import load_words

NEARLY = 0.75  # of the seats asked for: so many are few too few
WEEKDAYS = tuple(
    zip("一二三四五六日", ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True)
)

FREE = r"免费|不收费|无偿|不收取|^(?:无|否|0|0元)$"  # how registers say that a venue costs nothing


@dataclass(frozen=True)
class Wanted:
    """What somebody wants of a venue: room for so many people, on a day and at a time, with what equipment, and whether free of charge.

    `today` is the day on which it would be booked: some venues must be booked days ahead.
    """

    people: int | None
    day: date | None
    span: Span | None
    equipment: tuple[str, ...]
    today: date
    free: bool = False

    def opening(self, hours: pl.Series) -> pl.Series:
        """Return for opening hours as registered whether they cover the day and time asked for; null where that is not known."""
        told = (
            {}
            if self.day is None
            else {text: opens_at(text, self.day, self.span) for text in hours.drop_nulls().unique()}
        )
        return pl.Series("opens", [told.get(text) if text else None for text in hours], dtype=pl.Boolean)

    @property
    def days_left(self) -> int | None:
        """Return how many days there are from the booking to the use."""
        return None if self.day is None else (self.day - self.today).days

    def when(self) -> Said:
        """Return the day and time as a sentence names them."""
        if self.day is None:
            return NOTHING
        zh, en = WEEKDAYS[self.day.weekday()]
        at = f" {show_time(self.span[0])}—{show_time(self.span[1])}" if self.span else ""
        return Said(f"{self.day}（周{zh}）{at}", f"{en} {self.day}{at}")


def make_conditions(wanted: Wanted) -> list[Condition]:
    """Return the conditions that were asked for; of a frame with the columns of a venue, `opens` and `clash`."""
    seats, people = pl.col("capacity"), wanted.people
    found = []
    if people is not None:
        found.append(Condition(seats >= people, lambda row: _tell_seats(row, people), seats >= NEARLY * people))
    if wanted.free:
        found.append(Condition(pl.col("fee").str.contains(FREE), tell_fee))
    if wanted.day is not None:
        found.append(Condition(pl.col("opens"), lambda row: tell_opening(row, wanted)))
        free = pl.when(pl.col("bookings").is_null()).then(True).otherwise(~pl.col("clash"))
        found.append(Condition(free, lambda row: _tell_clash(row)))
        found.append(
            Condition(pl.col("lead_days").fill_null(0) <= wanted.days_left, lambda row: tell_lead(row, wanted))
        )
    return found + [_make_equipment(one) for one in wanted.equipment]


def _make_equipment(one: str) -> Condition:
    words = next((words for word, words in load_words().equipment.items() if one in words or word in one), [one])
    listed = pl.col("equipment").list.join("、")
    has = pl.concat_str(listed, "remark", "name", separator=" ", ignore_nulls=True).str.contains_any([one, *words])
    return Condition(
        pl.when(has).then(True).when(listed.is_not_null()).then(False), lambda row: _tell_equipment(row, one)
    )


def _tell_seats(row: FrameRow, people: int) -> Said:
    if row["capacity"] is None:
        return Said("未登记可容纳人数", "how many it holds is not registered")
    short = people - row["capacity"]
    return Said(f"可容纳 {row['capacity']} 人，差 {short} 座", f"holds {row['capacity']}, {short} seats too few")


def tell_opening(row: FrameRow, wanted: Wanted) -> Said:
    """Say whether a venue is open when it is wanted, and by which hours."""
    if row["open_hours"] is None:
        return Said("未登记开放时间", "opening hours are not registered")
    hours = tell_hours(row["open_hours"])
    if wanted.day is None:
        return hours
    verdict = {
        True: Said("开放", "open"),
        False: Said("不开放", "not open"),
        None: Said("是否开放不明", "may be open"),
    }[row["opens"]]
    return Said("{when} {verdict}（登记：{hours}）", "{verdict} on {when} (registered: {hours})").fill(
        when=wanted.when(), verdict=verdict, hours=hours
    )


def _tell_clash(row: FrameRow) -> Said:
    if row["clash"]:
        return Said("与已登记的使用冲突：{booked}", "clashes with what is booked: {booked}").fill(booked=row["booked"])
    return Said("当日已有安排，时段需核实：{booked}", "something is booked that day; ask at what time: {booked}").fill(
        booked=row["booked"]
    )


def tell_lead(row: FrameRow, wanted: Wanted) -> Said:
    """Say how many days ahead a venue must be booked, and whether that is still possible."""
    return tell_ahead(row["lead_days"], wanted.days_left)


def _tell_equipment(row: FrameRow, one: str) -> Said:
    if row["equipment"] is None:
        return Said(f"未登记设施设备，有无{one}待核实", f"equipment is not registered; ask for {one}")
    return Said(f"登记的设备中没有{one}", f"no {one} among the equipment registered")


def tell_fee(row: FrameRow) -> Said:
    """Say what a venue costs, in the words of its register."""
    return as_registered(row["fee"])
