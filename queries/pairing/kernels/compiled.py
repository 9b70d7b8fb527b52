"""The kernels compiled by numba: the same sums in the same order, in one pass over the pairs and without the interpreter's lock.

Compiling takes some ten seconds, once (see `compiling`).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from queries.pairing.arrays import BILLION, BoolArray, FloatArray, IntArray
from queries.pairing.kernels.boxes import BoxSearch, make_boxes
from queries.pairing.kernels.compiling import compiled
from queries.pairing.kernels.contract import Kernels, Tables, Terms
from queries.pairing.kernels.plain import NUMPY
from queries.pairing.kernels.together import add_together

NOTHING = np.iinfo(np.int32).max  # in a place of a table that is free
MOSTLY_EMPTY = 4  # places of a table for each that is taken


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

    def add_together(
        self,
        sums: tuple[FloatArray, IntArray],
        pairs: tuple[IntArray, IntArray, IntArray],
        tables: Tables,
        terms: Terms,
    ) -> None:
        """Add several signals (see `AddTogether`)."""
        add_together(sums, pairs, tables, terms)

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


@compiled
def _first(start: Any, score: Any, turn: Any, most: int) -> Any:
    kept = np.empty(len(score), dtype=np.int64)
    able = np.empty(np.diff(start).max() if len(start) > 1 else 0, dtype=np.int64)
    scores, turns = np.empty(most), np.empty(most, dtype=np.int64)
    size = 0
    for run in range(len(start) - 1):
        begin, end = start[run], start[run + 1]
        if end - begin <= most:
            for i in range(begin, end):
                kept[size] = i
                size += 1
            continue
        few = _list_able(begin, end, score, scores, able)
        _rank(few, score, turn, scores, turns)
        worst, last = scores[most - 1], turns[most - 1]
        for i in few:
            kept[size] = i
            size += score[i] > worst or (score[i] == worst and turn[i] <= last)
    return kept[:size]


@compiled
def _list_able(begin: int, end: int, score: Any, highest: Any, able: Any) -> Any:
    """Return the places of what may be among the best: as high as the highest of each of as many groups as there are to be."""
    groups = len(highest)
    highest[:] = score[begin : begin + groups]
    for group in range(begin + groups, end, groups):
        for i in range(min(groups, end - group)):
            highest[i] = max(highest[i], score[group + i])
    least, size = highest.min(), 0
    for i in range(begin, end):  # without a branch, which would often be guessed wrong
        able[size] = i
        size += score[i] >= least
    return able[:size]


@compiled
def _rank(places: Any, score: Any, turn: Any, scores: Any, turns: Any) -> None:
    """Write the highest scores, of equals the smaller turns first, by insertion: few of many come so far."""
    size = 0
    for i in places:
        at = size
        while at and (scores[at - 1] < score[i] or (scores[at - 1] == score[i] and turns[at - 1] > turn[i])):
            if at < len(scores):
                scores[at], turns[at] = scores[at - 1], turns[at - 1]
            at -= 1
        if at < len(scores):
            scores[at], turns[at] = score[i], turn[i]
            size = min(size + 1, len(scores))


NUMBA: Kernels = NumbaKernels()
