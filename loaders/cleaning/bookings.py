"""Uses that a row tells in several cells: begin and end in columns of their own, a length, several days; each day becomes a use.

A booking of five days from 9:00 to 17:00 is five uses of eight hours: what was used in a year is then right whichever day it ends.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from graph.kinds import Register
from graph.schema.booking_columns import BEGIN, FINISH, LENGTH
from graph.types.clock import DAY, LONGEST_NIGHT
from graph.types.occasions import MOST_DAYS
from graph.types.value_type import PolarsType, find_problems
from loaders.cleaning.row_checks import Report

_ALL = "day_all"  # the days of a row, where they are several
_NEEDED: dict[str, PolarsType] = {
    "day": pl.Date, "day_precision": pl.String, _ALL: pl.List(pl.Date), "day_begin": pl.Int32, "day_finish": pl.Int32,
    BEGIN.name: pl.Date, f"{BEGIN.name}_begin": pl.Int32, FINISH.name: pl.Date, f"{FINISH.name}_begin": pl.Int32, LENGTH.name: pl.Float64,
    "time_from": pl.String, "time_to": pl.String, "time_hours": pl.Float64,
}  # fmt: skip
_KEPT = ("day", "day_precision", _ALL, "time_from", "time_to", "time_hours")


def settle_bookings(register: Register, columns: Mapping[str, pl.Series], report: Report) -> dict[str, pl.Series]:
    """Return cleaned columns with day, times and hours made of all the cells that tell of them, and the days of each row."""
    if BEGIN not in register.inputs or not columns:
        return dict(columns)
    height = next(iter(columns.values())).len()
    nothing = {name: pl.Series([None] * height, dtype=dtype) for name, dtype in _NEEDED.items()}
    rows = pl.DataFrame({name: columns.get(name, series) for name, series in nothing.items()})
    rows = rows.with_columns(
        day=pl.coalesce("day", BEGIN.name),
        day_precision=pl.when(pl.col("day").is_null() & pl.col(BEGIN.name).is_not_null()).then(pl.lit("day")).otherwise("day_precision"),
        start=pl.coalesce(f"{BEGIN.name}_begin", "day_begin"),
        end=pl.coalesce(f"{FINISH.name}_begin", "day_finish"),
    ).with_columns(nights=(pl.col(FINISH.name) - pl.col("day")).dt.total_days())  # fmt: skip
    _tell(rows, report)
    settled = rows.with_columns(_days(), **_hours()).with_columns(_end())
    aside = set(_NEEDED) | {f"{p.name}{s}" for p in (BEGIN, FINISH) for s in ("_precision", "_all", "_finish")}
    kept = {name: settled[name] for name in _KEPT if settled[name].null_count() < height or name in columns}
    return {**{name: series for name, series in columns.items() if name not in aside}, **kept}


def spread_bookings(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the records with a record for each day of those that name several."""
    if _ALL not in frame.columns:
        return frame
    if frame[_ALL].null_count() == frame.height:
        return frame.drop(_ALL)
    return frame.explode(_ALL).with_columns(day=pl.coalesce(_ALL, "day")).drop(_ALL)


def _days() -> pl.Expr:
    """Return the days from the first to the last, where both have a column; a night that ends the next morning is one use."""
    night = (pl.col("nights") == 1) & (pl.col("end") <= pl.col("start")).fill_null(value=False)
    several = pl.col("nights").is_between(1, MOST_DAYS - 1) & ~night
    span = pl.date_ranges(pl.when(several).then("day"), pl.when(several).then(FINISH.name))
    return pl.coalesce(_ALL, span).alias(_ALL)


def _hours() -> dict[str, pl.Expr]:
    start, end, nights = pl.col("start"), pl.col("end"), pl.col("nights").fill_null(0)
    over = start - end <= DAY - 1
    overnight = (
        (end <= start) & over & (end + DAY - start <= LONGEST_NIGHT) & ((nights == 1) | pl.col(FINISH.name).is_null())
    )
    minutes = pl.when(end > start).then(end - start).when(overnight).then(end + DAY - start)
    told = pl.coalesce(
        "time_hours",
        (minutes / 60).round(2),
        pl.when(pl.col(LENGTH.name).is_between(0, 24, closed="right")).then(LENGTH.name),
    )
    return {
        "time_hours": pl.when(nights >= 0).then(told).otherwise("time_hours"),
        "time_from": pl.coalesce("time_from", _clock_text(start)),
        "time_to": pl.when(pl.col("time_to").is_null() & pl.col("time_hours").is_null()).then(_clock_text(end)).otherwise("time_to"),
    }  # fmt: skip


def _end() -> pl.Expr:
    """Return the end where begin and length are known."""
    hours, minutes = (
        pl.col("time_from").str.slice(0, 2).cast(pl.Int32),
        pl.col("time_from").str.slice(3, 2).cast(pl.Int32),
    )
    end = hours * 60 + minutes + (pl.col("time_hours") * 60).cast(pl.Int32)
    return pl.coalesce("time_to", _clock_text(pl.when(end <= DAY).then(end).otherwise(end - DAY)))


def _clock_text(minutes: pl.Expr) -> pl.Expr:
    return (minutes // 60).cast(pl.String).str.zfill(2) + ":" + (minutes % 60).cast(pl.String).str.zfill(2)


def _tell(rows: pl.DataFrame, report: Report) -> None:
    """Report an end before its begin, a span of too many days, days whose hours cannot be told, and a length that none has."""
    last = rows[FINISH.name].dt.to_string("%Y-%m-%d")
    timed = rows["time_hours"].is_null() & rows["start"].is_not_null() & rows["end"].is_not_null()
    unknown = timed & (rows["end"] <= rows["start"]) & ((rows["nights"] > 1) | (rows["nights"] == 0))
    report(find_problems(last, rows["nights"] < 0, "date.order", "warning"), FINISH.name)
    report(find_problems(last, rows["nights"] >= MOST_DAYS, "date.span", "warning"), FINISH.name)
    report(find_problems(last, unknown, "hours.form", "warning"), FINISH.name)
    length = rows[LENGTH.name]
    report(
        find_problems(length.cast(pl.String), (length > 24) & rows["time_hours"].is_null(), "number.range", "warning"),
        LENGTH.name,
    )
