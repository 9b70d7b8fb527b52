"""Arrays for pairing: the units of each side, and tables of numbers that exist for few of all pairs only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from graph.documents import FrameRow

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
TextArray = npt.NDArray[np.str_]
Cell = FrameRow  # entity, load_id, sheet and row say where it was read
TIE = 1 + 1e-9  # two distances that differ by less are one distance
OWNER = "owner_id"  # the column that makes a unit of a side a thing of another unit
BILLION = 1e9  # scores are whole billionths, so that no order of sums shows in them


@dataclass(frozen=True)
class Side:
    """The units on one side of a pairing, sorted by id, with their positions.

    `points` (n×3) lie on the unit sphere, NaN where the position is unknown.
    A need, a post or a room can be such a unit, too: a thing with an owner, by whose deeds and place it is judged.
    """

    label: str
    units: pl.DataFrame
    points: FloatArray

    @cached_property
    def ids(self) -> list[str]:
        """Return the ids in order."""
        return self.units["id"].to_list()

    @cached_property
    def places(self) -> dict[str, int]:
        """Return the index of each unit in this side's arrays, by its id."""
        return {unit: i for i, unit in enumerate(self.ids)}

    @cached_property
    def located(self) -> BoolArray:
        """Return which units have a position."""
        known: BoolArray = np.isfinite(self.points[:, 0])
        return known

    @cached_property
    def addresses(self) -> tuple[FloatArray, IntArray]:
        """Return the distinct positions on this side, and for each unit the index of its own, −1 where it has none."""
        distinct, address = np.unique(self.points[self.located], axis=0, return_inverse=True)
        of_unit = np.full(len(self), -1, dtype=np.int64)
        of_unit[self.located] = address.ravel()
        return distinct, of_unit

    def __len__(self) -> int:
        return self.units.height

    def place(self, units: pl.Series) -> IntArray:
        """Return the place of each unit of a series, −1 for one that is not on this side."""
        return as_ints(
            units.replace_strict(
                self.units["id"], pl.Series(range(len(self)), dtype=pl.Int64), default=-1, return_dtype=pl.Int64
            )
        )

    def find(self, unit: str) -> int | None:
        """Return the index of one unit in this side's arrays; None where it is not on this side.

        For a few units this is quicker than `places`.
        """
        place = int(self.units["id"].search_sorted(unit))
        return place if place < len(self) and self.units["id"][place] == unit else None

    def row(self, place: int) -> Cell:
        """Return a unit's data and the spreadsheet row behind it, by its index."""
        known = self._rows  # of one unit's pairs each reason asks again
        if place not in known:
            known[place] = self.units.slice(place, 1).to_dicts()[0]
        return known[place]

    @cached_property
    def _rows(self) -> dict[int, Cell]:
        return {}

    @cached_property
    def owners(self) -> pl.Series:
        """Return the id of the owner of each thing on this side; of a unit, its own id."""
        if OWNER not in self.units.columns:
            return self.units["id"]
        return self.units.select(pl.coalesce(OWNER, "id")).to_series()

    def find_owned(self, units: pl.Series) -> tuple[IntArray, IntArray]:
        """Return for each unit of a series the things on this side that it owns.

        They are two arrays: the row in the series, and the index of the thing.
        """
        if OWNER not in self.units.columns:
            place = self.place(units)
            row = np.flatnonzero(place >= 0)
            return row, place[row]
        owned = pl.DataFrame({"unit": self.owners}).with_row_index("place")
        found = units.alias("unit").to_frame().with_row_index("row").join(owned, on="unit").sort("row", "place")
        return as_ints(found["row"]), as_ints(found["place"])

    def has(self, units: pl.Series) -> BoolArray:
        """Return for each unit on this side whether its id is in the series `units`."""
        named: BoolArray = self.units["id"].is_in(units.unique().implode()).to_numpy()
        return named

    def has_owned(self, units: pl.Series) -> BoolArray:
        """Return which things of the side belong to a unit that a series names."""
        if OWNER not in self.units.columns:
            return self.has(units)
        named = np.zeros(len(self), dtype=np.bool_)
        named[self.find_owned(units.unique())[1]] = True
        return named

    def texts(self, column: str) -> TextArray:
        """Return a column of words (or of days, as ISO texts), an empty text where unknown."""
        if column not in self.units.columns:
            return np.zeros(len(self), dtype=np.str_)
        values: TextArray = self.units[column].cast(pl.String).fill_null("").to_numpy().astype(np.str_)
        return values

    def numbers(self, column: str) -> FloatArray:
        """Return a numeric column, NaN where unknown; words are read by `texts`."""
        if column not in self.units.columns:
            return np.full(len(self), np.nan)
        values: FloatArray = self.units[column].cast(pl.Float64).fill_null(float("nan")).to_numpy()
        return values


def make_side(units: pl.DataFrame, label: str) -> Side:
    """Return the units of a label as a side."""
    chosen = units.filter(pl.col("label") == label).sort("id")
    side = Side(label, chosen, np.empty((chosen.height, 3)))
    side.points[:] = sphere_points(side.numbers("lon"), side.numbers("lat"))
    return side


def sphere_points(lon: FloatArray, lat: FloatArray) -> FloatArray:
    """Return points on the unit sphere for longitudes and latitudes in degrees; NaN where either is unknown."""
    x, y = np.radians(lon), np.radians(lat)
    points: FloatArray = np.stack([np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y) + 0 * x], axis=1)
    points[~np.isfinite(points).all(axis=1)] = np.nan
    return points


@dataclass(frozen=True)
class PairTable:
    """A sparse table with a number for some pairs, found by the pair's key.

    `keys` are left·n+right, ascending and distinct (n: the number of units on the right).
    """

    keys: IntArray
    values: FloatArray

    def spread(self, keys: IntArray) -> FloatArray:
        """Return the table's number for each of the ascending pair `keys`, 0 where it has none."""
        at, own = self.find(keys)
        found = np.zeros(len(keys))
        found[at] = self.values[own]
        return found

    def find(self, keys: IntArray) -> tuple[IntArray, IntArray]:
        """Return which of the ascending pair `keys` are in the table, as positions in `keys` and in the table."""
        if not len(keys) or not len(self.keys):
            return np.empty(0, np.int64), np.empty(0, np.int64)
        first, last = np.searchsorted(self.keys, [keys[0], keys[-1] + 1])
        own = self.keys[first:last]
        if len(keys) < len(own):  # few pairs: look each of them up
            place = np.minimum(np.searchsorted(own, keys), len(own) - 1)
            here = np.flatnonzero(own[place] == keys)
            return here, first + place[here]
        at = np.searchsorted(keys, own)
        here = np.flatnonzero(keys[at] == own)
        return at[here], first + here

    def of_lefts(self, lefts: IntArray, rights: int) -> PairTable:
        """Return the part of the table for some left units (ascending)."""
        if len(lefts) and lefts[-1] - lefts[0] == len(lefts) - 1:  # one stretch
            first, last = np.searchsorted(self.keys, [lefts[0] * rights, (lefts[-1] + 1) * rights])
            return PairTable(self.keys[first:last], self.values[first:last])
        first, last = (np.searchsorted(self.keys, edge * rights) for edge in (lefts, lefts + 1))
        chosen = join_ranges(first, last - first)
        return PairTable(self.keys[chosen], self.values[chosen])

    def map(self, formula: Callable[[FloatArray], FloatArray]) -> PairTable:
        """Return a table of the same pairs with the function `formula` applied to their numbers."""
        return PairTable(self.keys, formula(self.values))


def pair_table(left: IntArray, right: IntArray, values: FloatArray, rights: int) -> PairTable:
    """Return a table of the sums of `values` by pair; pairs with a unit outside the sides (−1) are left out."""
    inside = (left >= 0) & (right >= 0)
    keys = left[inside] * rights + right[inside]
    distinct, inverse = np.unique(keys, return_inverse=True)
    return PairTable(
        distinct.astype(np.int64),
        np.bincount(inverse, weights=values[inside], minlength=len(distinct)).astype(np.float64),
    )


def as_ints(series: pl.Series) -> IntArray:
    """Return a whole-number series as an array."""
    values: IntArray = series.cast(pl.Int64).to_numpy()
    return values


def join_ranges(start: IntArray, count: IntArray) -> IntArray:
    """Return several ranges of whole numbers as one array, given the start and the length of each."""
    ends = np.cumsum(count)
    total = int(ends[-1]) if len(ends) else 0
    joined: IntArray = np.arange(total) + np.repeat(start - (ends - count), count)
    return joined


def run_edges(numbers: IntArray) -> IntArray:
    """Return where each run of equal numbers begins, followed by the length of the array."""
    inner = np.flatnonzero(numbers[1:] != numbers[:-1]) + 1
    return np.concatenate([np.zeros(min(1, len(numbers)), np.int64), inner, [len(numbers)]])


def sort_distinct(keys: IntArray) -> IntArray:
    """Return keys ascending, each once."""
    keys = np.sort(keys)
    return keys[np.append(True, keys[1:] != keys[:-1])] if len(keys) else keys
