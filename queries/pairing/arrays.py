"""The arrays that pairing works on: the units of a side, their needs, and numbers that only few pairs have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import sparse

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
EARTH_KM = 6371.0088


@dataclass(frozen=True)
class Side:
    """The units of one side, sorted by id; `points` (n×3) lie on the unit sphere, NaN where the position is unknown."""

    label: str
    units: pl.DataFrame
    points: FloatArray

    @cached_property
    def ids(self) -> list[str]:
        """Return the ids in order."""
        return self.units["id"].to_list()

    @cached_property
    def places(self) -> dict[str, int]:
        """Return the place of each id."""
        return {unit: i for i, unit in enumerate(self.ids)}

    @cached_property
    def located(self) -> BoolArray:
        """Return which units have a position."""
        known: BoolArray = np.isfinite(self.points[:, 0])
        return known

    def __len__(self) -> int:
        return self.units.height

    def place(self, units: pl.Series) -> IntArray:
        """Return the place of each unit of a series, −1 for one that is not on this side."""
        return as_ints(units.replace_strict(self.units["id"], pl.Series(range(len(self)), dtype=pl.Int64), default=-1, return_dtype=pl.Int64))

    def numbers(self, column: str) -> FloatArray:
        """Return a numeric column, NaN where unknown."""
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


def distance_km(first: FloatArray, second: FloatArray) -> FloatArray:
    """Return great-circle distances between points on the unit sphere, in kilometres, from their chords."""
    chord = np.sqrt(((first - second) ** 2).sum(axis=1))
    km: FloatArray = 2 * EARTH_KM * np.arcsin(np.minimum(chord / 2, 1))
    return km


@dataclass(frozen=True)
class PairTable:
    """A number for few of all pairs: `keys` are left·n+right, ascending and distinct (n: the units on the right)."""

    keys: IntArray
    values: FloatArray

    def spread(self, keys: IntArray) -> FloatArray:
        """Return the number of each of the ascending `keys`, 0 where the table has none."""
        found = np.zeros(len(keys))
        if len(keys):
            at = np.minimum(np.searchsorted(keys, self.keys), len(keys) - 1)
            here = keys[at] == self.keys
            found[at[here]] = self.values[here]
        return found


def pair_table(left: IntArray, right: IntArray, values: FloatArray, rights: int) -> PairTable:
    """Return a table of the sums of `values` by pair; pairs with a unit outside the sides (−1) are left out."""
    inside = (left >= 0) & (right >= 0)
    keys = left[inside] * rights + right[inside]
    distinct, inverse = np.unique(keys, return_inverse=True)
    return PairTable(distinct.astype(np.int64), np.bincount(inverse, weights=values[inside], minlength=len(distinct)).astype(np.float64))


@dataclass(frozen=True)
class Needs:
    """What the units of a side need: unit i needs `service[start[i]:start[i + 1]]`, with weights; `services` are the words."""

    services: Sequence[str]
    start: IntArray
    service: IntArray
    weight: FloatArray

    @cached_property
    def count(self) -> IntArray:
        """Return how many services each unit needs."""
        return np.diff(self.start)

    def weigh(self, supply: sparse.csc_array, asking: IntArray, giving: IntArray, even: bool = False) -> FloatArray:
        """Return for each pair the weighted mean of what `giving` supplies (units × services) over what `asking` needs; NaN without needs."""
        columns, place = self._used_columns(supply, asking)
        met, total = np.zeros(len(asking)), np.zeros(len(asking))
        live = np.flatnonzero(self.count[asking] > 0)
        for turn in range(int(self.count.max(initial=0))):  # the units' first needs, then their second ones
            live = live[self.count[asking[live]] > turn]
            at = self.start[asking[live]] + turn
            weight = 1.0 if even else self.weight[at]
            met[live] += weight * columns[giving[live], place[self.service[at]]]
            total[live] += weight
        with np.errstate(invalid="ignore"):
            mean: FloatArray = met / total
        return mean

    def _used_columns(self, supply: sparse.csc_array, asking: IntArray) -> tuple[FloatArray, IntArray]:
        """Return the supply of the services that the asking units need and somebody has; all others share a last column of zeros."""
        units = np.flatnonzero(np.bincount(asking, minlength=len(self.count)))
        asked = np.zeros(len(self.services), dtype=np.bool_)
        asked[self.service[join_ranges(self.start[units], self.count[units])]] = True
        used = np.flatnonzero(asked & (np.diff(supply.indptr) > 0))
        place = np.full(len(self.services), len(used), dtype=np.int64)
        place[used] = np.arange(len(used))
        return np.hstack([supply[:, used].toarray(), np.zeros((supply.shape[0], 1))]), place


def make_needs(side: Side, needs: pl.DataFrame, idf: Mapping[str, float]) -> Needs:
    """Return the needs of a side from a frame unit, service, urgency; weight = idf·urgency, of several rows the most urgent."""
    frame = needs.with_columns(place=pl.Series(side.place(needs["unit"]), dtype=pl.Int64)).filter(pl.col("place") >= 0)
    frame = frame.group_by("place", "service").agg(pl.col("urgency").max()).sort("place", "service")
    services = frame["service"].unique().sort().to_list()
    number = {service: i for i, service in enumerate(services)}
    start = np.searchsorted(frame["place"].to_numpy(), np.arange(len(side) + 1)).astype(np.int64)
    service = as_ints(frame["service"].replace_strict(number, default=None, return_dtype=pl.Int64))
    weight = np.array([idf[s] for s in services], dtype=np.float64)
    return Needs(services, start, service, weight[service] * frame["urgency"].to_numpy())


def make_supply(side: Side, supply: pl.DataFrame, services: Sequence[str]) -> sparse.csc_array:
    """Return units × services from a frame unit, service, amount; of several rows the largest amount."""
    number = {service: i for i, service in enumerate(services)}
    frame = supply.with_columns(
        place=pl.Series(side.place(supply["unit"]), dtype=pl.Int64),
        column=supply["service"].replace_strict(number, default=-1, return_dtype=pl.Int64),
    )
    frame = frame.filter((pl.col("place") >= 0) & (pl.col("column") >= 0)).group_by("place", "column").agg(pl.col("amount").max()).sort("place", "column")
    cells = (frame["amount"].cast(pl.Float64).to_numpy(), (as_ints(frame["place"]), as_ints(frame["column"])))
    return sparse.csc_array(cells, shape=(len(side), len(services)))


def join_ranges(start: IntArray, count: IntArray) -> IntArray:
    """Return start[0], start[0]+1, … (count[0] numbers), then start[1], … as one array."""
    ends = np.cumsum(count)
    total = int(ends[-1]) if len(ends) else 0
    joined: IntArray = np.arange(total) + np.repeat(start - (ends - count), count)
    return joined


def as_ints(series: pl.Series) -> IntArray:
    """Return a whole-number series as an array."""
    values: IntArray = series.cast(pl.Int64).to_numpy()
    return values
