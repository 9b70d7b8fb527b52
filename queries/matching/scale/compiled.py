"""The kernels compiled by numba: the same sums in the same order, in one pass over the pairs and without the interpreter's lock.

Compiling takes some ten seconds, once (see `compiling`).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from queries.matching.arrays import BILLION, BoolArray, FloatArray, IntArray
from queries.matching.kernels.contract import Kernels
from queries.matching.kernels.plain import NUMPY
from queries.matching.scale.boxes import BoxSearch, make_boxes
from queries.matching.scale.compiling import compiled
from queries.matching.scale.first import take_first
from queries.matching.scale.one_pass import TOGETHER

NOTHING = np.iinfo(np.int32).max  # in a place of a table that is free
MOSTLY_EMPTY = 4  # places of a table for each that is taken


class NumbaKernels:
    """The form that needs numba."""

    name = "numba"
    together = TOGETHER

    def nearest(self, points: FloatArray) -> BoxSearch:
        """Return a search by boxes."""
        return make_boxes(points)

    def weigh(
        self, pairs: tuple[IntArray, IntArray], needs: tuple[IntArray, IntArray, FloatArray], supply: FloatArray
    ) -> FloatArray:
        """Return weighted means of supply (see `Kernels`)."""
        mean: FloatArray = _weigh(*pairs, *needs, supply)
        return mean

    def square_chords(self, pairs: tuple[IntArray, IntArray], points: tuple[FloatArray, FloatArray]) -> FloatArray:
        """Return squared chords (see `Kernels`)."""
        squares: FloatArray = _square_chords(*pairs, *points)
        return squares

    def count_offers(
        self, row: IntArray, unit: IntArray, offers: tuple[IntArray, IntArray], shape: tuple[int, int]
    ) -> IntArray:
        """Return counts of offers (see `Kernels`)."""
        counts = np.zeros(shape, dtype=np.int64)
        _count_offers(row, unit, *offers, counts)
        return counts

    def distinct(self, row: IntArray, unit: IntArray, shape: tuple[int, int]) -> tuple[IntArray, IntArray]:
        """Return the distinct units of each row (see `Kernels`).

        Short rows side by side in a table are sorted in a twentieth of the time that takes one long row of them all; where a few
        rows are far longer than the others, as where thousands share an address, such a table would be mostly empty.
        """
        count = np.bincount(row, minlength=shape[0])
        width = int(count.max(initial=0))
        if shape[0] * width > MOSTLY_EMPTY * len(row) or shape[1] >= NOTHING:
            return NUMPY.distinct(row, unit, shape)
        table = _lay_out(row, unit, np.full((shape[0], width), NOTHING, dtype=np.int32))
        table.sort(axis=1)
        counts, units = _collect(table)
        return counts, units

    def add(
        self, sums: tuple[FloatArray, IntArray], values: FloatArray, known: BoolArray, term: tuple[float, float, int]
    ) -> None:
        """Add a signal (see `Kernels`)."""
        _add(sums, values, known, term)

    def first(self, start: IntArray, score: FloatArray, turn: IntArray, most: int) -> IntArray:
        """Return the best of each run (see `Kernels`)."""
        kept: IntArray = take_first(start, score, turn, most)
        return kept


@compiled
def _weigh(asking: Any, giving: Any, start: Any, column: Any, weight: Any, supply: Any) -> Any:
    mean = np.empty(len(asking))
    for i in range(len(asking)):
        met = total = 0.0
        for at in range(start[asking[i]], start[asking[i] + 1]):
            met += weight[at] * supply[giving[i], column[at]]
            total += weight[at]
        mean[i] = met / total
    return mean


@compiled
def _square_chords(left: Any, right: Any, of_left: Any, of_right: Any) -> Any:
    squares = np.empty(len(left))
    for i in range(len(left)):
        a, b = left[i], right[i]
        x, y, z = of_left[a, 0] - of_right[b, 0], of_left[a, 1] - of_right[b, 1], of_left[a, 2] - of_right[b, 2]
        squares[i] = (x * x + y * y) + z * z
    return squares


@compiled
def _count_offers(row: Any, unit: Any, start: Any, service: Any, counts: Any) -> None:
    for i in range(len(row)):
        for at in range(start[unit[i]], start[unit[i] + 1]):
            counts[row[i], service[at]] += 1


@compiled
def _lay_out(row: Any, unit: Any, table: Any) -> Any:
    size = np.zeros(len(table), dtype=np.int64)
    for i in range(len(row)):
        table[row[i], size[row[i]]] = unit[i]
        size[row[i]] += 1
    return table


@compiled
def _collect(table: Any) -> Any:
    counts, units = np.zeros(len(table), dtype=np.int64), np.empty(table.size, dtype=np.int64)
    size = 0
    for row in range(len(table)):
        begin, last = size, -1
        for unit in table[row]:
            if unit != last and unit != NOTHING:
                units[size] = unit
                size += 1
            last = unit
        counts[row] = size - begin
    return counts, units[:size]


@compiled
def _add(sums: Any, values: Any, known: Any, term: Any) -> None:
    (score, bits), (weight, prior, bit) = sums, term
    for i in range(len(score)):
        score[i] += np.rint((values[i] if known[i] else prior) * weight * BILLION)
        bits[i] |= bit if known[i] else 0


NUMBA: Kernels = NumbaKernels()
