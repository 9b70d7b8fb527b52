"""The kernels compiled by numba: the same sums in the same order, in one pass over the pairs and without the interpreter's lock.

Compiling takes some ten seconds, once (see `compiling`).
"""

from __future__ import annotations

from heapq import heapify, heappushpop
from typing import Any

import numpy as np

from queries.pairing.arrays import BILLION, BoolArray, FloatArray, IntArray
from queries.pairing.kernels.boxes import BoxSearch, make_boxes
from queries.pairing.kernels.compiling import compiled
from queries.pairing.kernels.contract import Kernels


class NumbaKernels:
    """The form that needs numba."""

    name = "numba"

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

    def add(
        self, sums: tuple[FloatArray, FloatArray], values: FloatArray, known: BoolArray, prior: float, weight: float
    ) -> None:
        """Add a signal (see `Kernels`)."""
        _add(*sums, values, known, prior, weight)

    def first(self, start: IntArray, score: FloatArray, turn: IntArray, most: int) -> IntArray:
        """Return the best of each run (see `Kernels`)."""
        kept: IntArray = _first(start, score, turn, most)
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
def _add(score: Any, confidence: Any, values: Any, known: Any, prior: float, weight: float) -> None:
    for i in range(len(score)):
        value = values[i] if known[i] else prior
        score[i] += np.rint(value * weight * BILLION)
        confidence[i] += weight if known[i] else 0.0


@compiled
def _first(start: Any, score: Any, turn: Any, most: int) -> Any:
    kept = np.empty(len(score), dtype=np.int64)
    size = 0
    for run in range(len(start) - 1):
        begin, end = start[run], start[run + 1]
        worst, last = -np.inf, 0
        if end - begin > most:
            best = [(score[i], -turn[i]) for i in range(begin, begin + most)]
            heapify(best)
            for i in range(begin + most, end):
                if score[i] >= best[0][0]:
                    heappushpop(best, (score[i], -turn[i]))
            worst, last = best[0][0], -best[0][1]
        for i in range(begin, end):
            if score[i] > worst or (score[i] == worst and turn[i] <= last):
                kept[size] = i
                size += 1
    return kept[:size]


NUMBA: Kernels = NumbaKernels()
