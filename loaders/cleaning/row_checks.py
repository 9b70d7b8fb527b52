"""Checks that need several cells of a row: converting its position, and an end date before its start date."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from graph.kinds import Register
from graph.types.dates import Date, last_day
from graph.types.value_type import blank_to_null, find_problems
from loaders.cleaning.sheet_positions import settle_positions

_WHOLE_DAY = "全天(?:[^候]|$)|整天|全日"
_OPEN_GROUND = "广场|公园|游园|停车|绿地|花园|步道|绿道|球场|操场|运动场|空地|场院|街区|凉亭|户外|露天|室外"
_OUTDOORS = f"{_OPEN_GROUND}|健身点|河滨|滨河|遗址|公厕|公共厕所|自助"
_INDOORS = "馆|厅|礼堂|食堂|会议室|教室|活动室|(?:楼|中心)(?:$| )"
Report = Callable[[pl.DataFrame, str], None]  # problems as in PROBLEM_SCHEMA, and the field they are about


def check_order(register: Register, columns: Mapping[str, pl.Series], report: Report) -> dict[str, pl.Series]:
    """Return cleaned columns without the ends that lie before their start; each of those is reported.

    A month that an end names lasts to its last day, so 2023.03 may be the end of what began on 2023-03-05.
    """
    checked = dict(columns)
    for end in (*register.row.properties, *register.inputs):
        start = columns.get(end.after)
        if start is None or end.name not in columns:
            continue
        days = columns[end.name]
        precision = columns.get(f"{end.name}_precision", pl.Series([None] * days.len(), dtype=pl.String))
        last = pl.DataFrame({"day": days, "precision": precision}).select(last_day("day", "precision")).to_series()
        if isinstance(end.type, Date) and end.type.last:
            last = days
        turned = (last < start).fill_null(False)
        if turned.any():
            report(find_problems(days.dt.to_string("%Y-%m-%d"), turned, "date.order"), end.name)
            checked[end.name] = days.zip_with(~turned, pl.Series([None], dtype=pl.Date))
    return checked


def check_whole_days(
    register: Register, columns: Mapping[str, pl.Series], raw: pl.Series, report: Report
) -> dict[str, pl.Series]:
    """Return cleaned columns without opening hours that say 全天 of a place indoors: nobody knows which hours are meant.

    A square, a park or a car park that is open 全天 never closes.
    """
    names = [columns[name] for name in ("kind", "name") if name in columns and columns[name].dtype == pl.String]
    said = blank_to_null(raw).str.contains(_WHOLE_DAY)
    if not said.any() or not names:
        return dict(columns)
    place = pl.select(pl.concat_str(*(n.fill_null("") for n in names), separator=" ")).to_series()
    outdoors = place.str.contains(_OUTDOORS) & ~place.str.contains(_INDOORS)
    unknown = (said & ~outdoors & columns["open_hours"].is_not_null()).fill_null(False)
    report(find_problems(raw, unknown, "hours.form", "warning"), "open_hours")
    nothing = {n: pl.Series([None] * raw.len(), dtype=columns[n].dtype) for n in ("open_hours", "open_hours_weekly")}
    return {**columns, **{name: columns[name].zip_with(~unknown, none) for name, none in nothing.items()}}


def check_positions(
    register: Register, columns: Mapping[str, pl.Series], raw_lat: pl.Series | None, datum: str | None, report: Report
) -> tuple[dict[str, pl.Series], pl.Series]:
    """Return cleaned columns with their positions in WGS-84, and the indices of rows whose longitude and latitude were swapped."""
    stored = {p.name for p in register.row.properties}
    if "datum" not in stored or not {"lon", "lat"} <= set(columns):
        return dict(columns), pl.Series([], dtype=pl.UInt32)
    settled = settle_positions(columns, raw_lat, datum)
    for field, problems in settled.problems.items():
        report(problems, field)
    return {**columns, **settled.columns}, settled.mended
