"""The kernels in numpy and scipy."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

from queries.matching.arrays import BILLION, TIE, BoolArray, FloatArray, IntArray, join_ranges, sort_distinct
from queries.matching.kernels.contract import Kernels

SPARSE = 4  # a table of runs may be so many times as large as what it holds


class TreeSearch:
    """Finds the nearest by scipy's tree; equal points are one point of the tree, so ties cost nothing."""

    def __init__(self, points: FloatArray) -> None:
        distinct, of_point = np.unique(points, axis=0, return_inverse=True)
        self._places = np.argsort(of_point.ravel(), kind="stable")
        self._count = np.bincount(of_point.ravel())
        self._start = np.cumsum(self._count) - self._count
        self._tree = cKDTree(distinct)

    def find(self, points: FloatArray, most: int) -> tuple[IntArray, IntArray]:
        """Return the nearest (see `Nearest`)."""
        asked = min(most + 1, self._tree.n)
        distance, found = (a.reshape(len(points), asked) for a in self._tree.query(points, k=asked))
        before = np.cumsum(self._count[found], axis=1) - self._count[found]
        last = np.maximum((before < most).sum(axis=1) - 1, 0)
        reach = distance[np.arange(len(points)), last] * TIE
        chosen = distance <= reach[:, None]
        open_ended = chosen[:, -1] & (asked < self._tree.n)
        chosen[open_ended] = False
        row, column = np.nonzero(chosen)
        place = found[row, column]
        if open_ended.any():  # all that were asked for are chosen: there may be more
            more = self._tree.query_ball_point(points[open_ended], reach[open_ended], return_sorted=True)
            row = np.concatenate([row, np.repeat(np.flatnonzero(open_ended), [len(m) for m in more])])
            place = np.concatenate([place, *(np.asarray(m, dtype=np.int64) for m in more)])
            order = np.argsort(row, kind="stable")
            row, place = row[order], place[order]
        if len(self._count) == len(self._places):
            return row, self._places[place]
        return np.repeat(row, self._count[place]), self._places[join_ranges(self._start[place], self._count[place])]


class NumpyKernels:
    """The form that needs nothing but numpy and scipy."""

    name = "numpy"
    together = None

    def nearest(self, points: FloatArray) -> TreeSearch:
        """Return a search by scipy's tree."""
        return TreeSearch(points)

    def weigh(
        self, pairs: tuple[IntArray, IntArray], needs: tuple[IntArray, IntArray, FloatArray], supply: FloatArray
    ) -> FloatArray:
        """Return weighted means of supply (see `Kernels`): the units' first needs, then their second ones."""
        (asking, giving), (start, column, weight) = pairs, needs
        count = np.diff(start)
        met, live = np.zeros(len(asking)), np.arange(len(asking))
        total = np.zeros(len(count))
        cell, flat = giving * supply.shape[1], supply.ravel()
        for turn in range(int(count[asking].max(initial=0))):
            units = np.flatnonzero(count > turn)
            total[units] += weight[start[units] + turn]
            chosen = count[asking[live]] > turn
            live = live if chosen.all() else live[chosen]
            everywhere = len(live) == len(asking)
            at = start[asking if everywhere else asking[live]] + turn
            gain = weight[at] * flat[(cell if everywhere else cell[live]) + column[at]]
            if everywhere:
                met += gain
            else:
                met[live] += gain
        with np.errstate(invalid="ignore"):
            mean: FloatArray = met / total[asking]
        return mean

    def square_chords(self, pairs: tuple[IntArray, IntArray], points: tuple[FloatArray, FloatArray]) -> FloatArray:
        """Return squared chords (see `Kernels`)."""
        gap = points[0][pairs[0]]
        gap -= points[1][pairs[1]]
        gap *= gap
        squares: FloatArray = (gap[:, 0] + gap[:, 1]) + gap[:, 2]
        return squares

    def count_offers(
        self, row: IntArray, unit: IntArray, offers: tuple[IntArray, IntArray], shape: tuple[int, int]
    ) -> IntArray:
        """Return counts of offers (see `Kernels`) by a sparse product."""
        start, service = offers
        ones = np.ones(max(len(unit), len(service)), dtype=np.int64)
        near = sparse.csr_array(
            (ones[: len(unit)], unit, np.searchsorted(row, np.arange(shape[0] + 1))), shape=(shape[0], len(start) - 1)
        )
        given = sparse.csr_array((ones[: len(service)], service, start), shape=(len(start) - 1, shape[1]))
        counts: IntArray = (near @ given).toarray()
        return counts

    def distinct(self, row: IntArray, unit: IntArray, shape: tuple[int, int]) -> tuple[IntArray, IntArray]:
        """Return the distinct units of each row (see `Kernels`)."""
        rows, units = shape
        small = rows * units <= np.iinfo(np.int32).max  # half the bytes to sort
        keys = sort_distinct((row * units + unit).astype(np.int32 if small else np.int64)).astype(np.int64)
        ends = np.searchsorted(keys, np.arange(1, rows + 1) * units)
        count = np.diff(ends, prepend=0)
        return count, keys - np.repeat(np.arange(rows) * units, count)

    def add(
        self, sums: tuple[FloatArray, IntArray], values: FloatArray, known: BoolArray, term: tuple[float, float, int]
    ) -> None:
        """Add a signal (see `Kernels`)."""
        weight, prior, bit = term
        filled = np.where(known, values, prior)
        filled *= weight
        filled *= BILLION
        np.rint(filled, out=filled)
        np.add(sums[0], filled, out=sums[0])
        np.bitwise_or(sums[1], np.multiply(known, bit, dtype=np.int64), out=sums[1])

    def first(self, start: IntArray, score: FloatArray, turn: IntArray, most: int) -> IntArray:
        """Return the best of each run (see `Kernels`): a threshold by partition where the runs are of a length, then a sort of the rest."""
        count = np.diff(start)
        run = np.repeat(np.arange(len(count)), count)
        able = np.arange(len(score))
        longest = int(count.max(initial=0))
        if most < longest and len(count) * longest <= SPARSE * len(score):
            table = np.full((len(count), longest), -np.inf)
            table[run, able - start[run]] = score
            least = np.partition(table, longest - most, axis=1)[:, longest - most]
            able = np.flatnonzero(score >= least[run])
        order = able[np.lexsort((turn[able], -score[able], run[able]))]
        sorted_run = run[order]
        return np.sort(order[np.arange(len(order)) - np.searchsorted(sorted_run, sorted_run) < most])


NUMPY: Kernels = NumpyKernels()
