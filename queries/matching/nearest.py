"""The nearest of some units of a side, with every tie at the last; units without a position are listed apart."""

from __future__ import annotations

import numpy as np

from queries.matching import kernels
from queries.matching.arrays import BoolArray, FloatArray, IntArray, Side, join_ranges, run_edges
from queries.matching.needs import Supply


class NearestSearch:
    """Finds the nearest of some units (places of a side, ascending); those without a position are `unlocated`."""

    def __init__(self, side: Side, units: IntArray) -> None:
        self.units, self.unlocated = units, units[~side.located[units]]
        self._located = units[side.located[units]]
        self._points, points = side.points, side.points[self._located]
        self._search = kernels.current().nearest(points) if len(points) else None

    def find(self, points: FloatArray, most: int) -> tuple[IntArray, IntArray]:
        """Return (row of `points`, ascending; unit) for the `most` nearest units of each point, with every tie at the last."""
        rows = np.flatnonzero(np.isfinite(points[:, 0]))
        if self._search is None or not len(rows):
            return np.empty(0, np.int64), np.empty(0, np.int64)
        found, place = self._search.find(points[rows], most)
        return found if len(rows) == len(points) else rows[found], self._located[place]

    def reach(self, points: FloatArray, most: int, found: tuple[IntArray, IntArray] | None = None) -> FloatArray:
        """Return the straight distance from each point to the last of the `most` nearest; infinite where there are no more.

        `found` is what `find` returns, where that is known already.
        """
        reach = np.full(len(points), np.inf)
        row, unit = found or self.find(points, most)
        if len(self._located) > most and len(row):
            square = kernels.current().square_chords((row, unit), (points, self._points))
            start = run_edges(row)[:-1]
            reach[row[start]] = np.sqrt(np.maximum.reduceat(square, start))
        return reach


class ProviderSearches:
    """The searches among the units that offer a service, each made when it is first asked for."""

    def __init__(self, side: Side, offers: Supply) -> None:
        self._side, self._offers = side, offers.table
        self._made: dict[int, NearestSearch] = {}
        table, nowhere = offers.by_unit, np.flatnonzero(~side.located)
        services = table.indices[join_ranges(table.indptr[nowhere], np.diff(table.indptr)[nowhere])]
        self.has_unlocated: BoolArray = np.bincount(services, minlength=table.shape[1]) > 0  # by service

    def __getitem__(self, service: int) -> NearestSearch:
        """Return the search among those who offer a service."""
        if service not in self._made:
            first, last = self._offers.indptr[service : service + 2]
            self._made[service] = NearestSearch(self._side, np.sort(self._offers.indices[first:last]).astype(np.int64))
        return self._made[service]
