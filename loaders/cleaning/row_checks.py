"""What several cells of a row say together: positions in one datum, an end that is not before its start."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from graph.kinds import Register
from graph.types.dates import Date, last_day
from graph.types.value_type import find_problems
from loaders.cleaning.sheet_positions import settle_positions

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


def check_positions(
    register: Register, columns: Mapping[str, pl.Series], raw_lat: pl.Series | None, datum: str | None, report: Report
) -> tuple[dict[str, pl.Series], pl.Series]:
    """Return cleaned columns with their positions in WGS-84, and the places of the rows whose two cells were exchanged."""
    stored = {p.name for p in register.row.properties}
    if "datum" not in stored or not {"lon", "lat"} <= set(columns):
        return dict(columns), pl.Series([], dtype=pl.UInt32)
    settled = settle_positions(columns, raw_lat, datum)
    for field, problems in settled.problems.items():
        report(problems, field)
    return {**columns, **settled.columns}, settled.mended
