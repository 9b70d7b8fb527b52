"""Names that a unit had for a time, by decision: rows of that time are given the unit itself in place of the name."""

from __future__ import annotations

import polars as pl

from graph.kinds import KEY_PART, Entity, Link, Register
from graph.names import normalize, split_party_body
from loaders.cleaning.clean import MENTION
from loaders.merging.statements import SHEET, LoadedSheet
from loaders.names.resolve import Registry

_DAY = "_day"


def place_dated_names(
    register: Register, frame: pl.DataFrame, sheets: list[LoadedSheet], registry: Registry
) -> pl.DataFrame:
    """Put the unit's id where a row names a unit by a name that it had, by decision, on the row's day.

    The day is the row's own where the kind's key has one (an activity, a use, an agreement), else the day that the sheet speaks of.
    """
    if not registry.dated:
        return frame
    days = frame.with_columns(_row_day(register, frame, sheets).alias(_DAY))
    for link in register.links:
        name = MENTION + link.field
        if name in frame.columns and any(e.is_unit for e in link.other):
            days = days.with_columns(_place(days, name, link, registry))
    return days.drop(_DAY)


def _place(frame: pl.DataFrame, name: str, link: Link, registry: Registry) -> pl.Series:
    labels = {e.label for e in link.other}
    rows = frame.select(name, _DAY).with_row_index("_at")
    many = rows.schema[name] == pl.List(pl.String)
    rows = rows.explode(name, empty_as_null=True) if many else rows
    names = {
        n for n in rows[name].unique().drop_nulls() if {normalize(n), split_party_body(n)[0]} & registry.dated.keys()
    }
    met = rows.select(name, _DAY).filter(pl.col(name).is_in(names)).unique()
    held = [(m, d, registry.timely(m, d)) for m, d in met.iter_rows()]
    known = [(m, d, u) for m, d, u in held if u is not None and registry.by_id[u].label in labels]
    if not known:
        return frame[name]
    units = pl.DataFrame(known, schema={name: pl.String, _DAY: pl.Date, "_unit": pl.String}, orient="row")
    placed = rows.join(units, on=[name, _DAY], how="left", maintain_order="left", nulls_equal=True).with_columns(
        pl.coalesce("_unit", name).alias(name)
    )
    if not many:
        return placed[name]
    back = placed.group_by("_at", maintain_order=True).agg(name)
    return pl.select(pl.when(frame[name].is_not_null()).then(back[name])).to_series().alias(name)


def _row_day(register: Register, frame: pl.DataFrame, sheets: list[LoadedSheet]) -> pl.Series:
    spoken = pl.Series([s.as_of for s in sheets], dtype=pl.Date)
    day = spoken.gather(frame[SHEET].cast(pl.UInt32))
    keys = register.row.keys if isinstance(register.row, Entity) else ()
    own = [
        part["name"]
        for key in keys
        for part in KEY_PART.finditer(key)
        if part["form"] == "date" and part["name"] in frame.columns
    ]
    return pl.select(pl.coalesce(*(frame[name] for name in own), day)).to_series()
