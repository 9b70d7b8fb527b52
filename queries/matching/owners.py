"""The units behind the things of a side: a need, a post or a room is judged by what its unit did and where its unit is."""

from __future__ import annotations

import numpy as np
import polars as pl

from queries.matching.arrays import BoolArray, IntArray, Side

OWNER = "owner_id"  # the column that makes a unit of a side a thing of another unit


def owners(side: Side) -> pl.Series:
    """Return the id of the unit that stands behind each thing of a side; a unit stands for itself."""
    if OWNER not in side.units.columns:
        return side.units["id"]
    return side.units.select(pl.coalesce(OWNER, "id")).to_series()


def find_places(side: Side, units: pl.Series) -> tuple[IntArray, IntArray]:
    """Return (row, place) for each row of a series of units and each thing of the side that belongs to the unit."""
    if OWNER not in side.units.columns:
        place = side.place(units)
        row = np.flatnonzero(place >= 0)
        return row, place[row]
    owned = pl.DataFrame({"unit": owners(side)}).with_row_index("place")
    found = units.alias("unit").to_frame().with_row_index("row").join(owned, on="unit").sort("row", "place")
    return found["row"].cast(pl.Int64).to_numpy(), found["place"].cast(pl.Int64).to_numpy()


def at_places(frame: pl.DataFrame, column: str, side: Side, name: str) -> pl.DataFrame:
    """Return the rows of a frame whose `column` names a unit of the side, with the place of each of its things as `name`."""
    row, place = find_places(side, frame[column])
    return frame[row].with_columns(pl.Series(name, place, dtype=pl.Int64))


def has_any(side: Side, units: pl.Series) -> BoolArray:
    """Return which things of a side belong to a unit that a series names."""
    if OWNER not in side.units.columns:
        return side.has(units)
    named = np.zeros(len(side), dtype=np.bool_)
    named[find_places(side, units.unique())[1]] = True
    return named
