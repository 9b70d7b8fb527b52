"""Exact nearest neighbours, compiled: points in the order of a space-filling curve, in boxes, boxes in larger boxes.

The query before (they are asked along the curve), or the points beside a query on the curve, give a distance within which `most`
points lie for certain; one walk down the boxes that come so near gathers everything within it (Kamel and Faloutsos, On Packing
R-trees, 1993, for boxes packed along a curve).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from queries.pairing.arrays import TIE, FloatArray, IntArray
from queries.pairing.kernels.compiling import compiled
from queries.pairing.kernels.curve import curve_code

BRANCH = 16  # points in a box, boxes in a larger one
BUCKETS = 128  # in which squared distances are sorted
SAME = 1e-30  # squared distances below it need not be told apart to be sorted
WITHIN = TIE * TIE * (1 + 1e-12)  # ties belong to it, and a squared distance may be off by its last bits


@dataclass(frozen=True)
class BoxSearch:
    """Points along the curve and their boxes, the smallest first; `start` says where each level begins in `low` and `high`."""

    order: IntArray
    code: IntArray
    points: FloatArray
    low: FloatArray
    high: FloatArray
    start: IntArray

    def find(self, points: FloatArray, most: int) -> tuple[IntArray, IntArray]:
        """Return the nearest (see `Nearest`)."""
        code = curve_code(points)
        along = np.argsort(code)
        at, tree = np.searchsorted(self.code, code[along]), (self.points, self.low, self.high, self.start)
        ends, place = _find(points[along], at, min(most, len(self.points)), tree)
        row, unit = _unfold(ends, place, along, self.order)
        return row, unit


def make_boxes(points: FloatArray) -> BoxSearch:
    """Return a search among points (n×3, n > 0) in [-1, 1]."""
    code = curve_code(points)
    order = np.argsort(code, kind="stable")
    low = high = along = points[order]
    lows: list[FloatArray] = []
    highs: list[FloatArray] = []
    start = [0]
    while not lows or len(low) > 1:
        first = np.arange(0, len(low), BRANCH)
        low, high = np.minimum.reduceat(low, first, axis=0), np.maximum.reduceat(high, first, axis=0)
        lows.append(low)
        highs.append(high)
        start.append(start[-1] + len(low))
    return BoxSearch(order, code[order], along, np.concatenate(lows), np.concatenate(highs), np.array(start))


@compiled
def _square(points: Any, i: int, others: Any, j: int) -> Any:
    x, y, z = points[i, 0] - others[j, 0], points[i, 1] - others[j, 1], points[i, 2] - others[j, 2]
    return (x * x + y * y) + z * z


@compiled
def _square_to_box(points: Any, i: int, low: Any, high: Any, box: int) -> float:
    square = 0.0
    for axis in range(3):
        gap = max(low[box, axis] - points[i, axis], 0.0, points[i, axis] - high[box, axis])
        square += gap * gap
    return square


@compiled
def _bound(queries: Any, i: int, at: int, most: int, points: Any, near: Any) -> Any:
    """Return a squared distance within which `most` points lie: the most-th smallest among those beside the query on the curve."""
    width = min(2 * most, len(points))
    begin = min(max(at - most, 0), len(points) - width)
    for j in range(width):
        near[j] = _square(queries, i, points, begin + j)
    return _smallest(near, width, most) * WITHIN


@compiled
def _smallest(squares: Any, size: int, rank: int) -> Any:
    """Return the rank-th smallest of some squared distances.

    Points lie about evenly in an area and so do squared distances below the largest: after one pass over buckets few are left to
    partition (partitioning all of them took eight times as long, and two thirds of the whole search).
    """
    highest = squares[:size].max()
    scale = BUCKETS / highest if highest > SAME else 0.0
    tally = np.zeros(BUCKETS + 2, np.int64)
    for j in range(size):
        tally[int(squares[j] * scale)] += 1
    bucket = below = 0
    while below + tally[bucket] < rank:
        below += tally[bucket]
        bucket += 1
    inside, kept = np.empty(tally[bucket]), 0
    for j in range(size):
        if int(squares[j] * scale) == bucket:
            inside[kept] = squares[j]
            kept += 1
    return np.partition(inside, rank - below - 1)[rank - below - 1]


@compiled
def _shrink(found: Any, square: Any, size: int, bound: float) -> int:
    """Keep what lies within a squared distance; return how much it is."""
    kept = 0
    for j in range(size):
        if square[j] <= bound:
            found[kept], square[kept] = found[j], square[j]
            kept += 1
    return kept


@compiled
def _gather(query: Any, bound: float, most: int, tree: Any, room: Any, stack: Any) -> Any:
    """Write the points within a squared distance, or fewer but `most` with ties; return how many, and the distance at last."""
    (queries, i), (found, square) = query, room
    points, low, high, start = tree
    size, height, full = 0, 1, 3 * most
    stack[0, 0], stack[0, 1] = len(start) - 2, 0
    while height:
        height -= 1
        level, box = stack[height]
        if level:
            begin, end = start[level - 1] + box * BRANCH, min(start[level - 1] + (box + 1) * BRANCH, start[level])
            for inner in range(begin, end):
                if _square_to_box(queries, i, low, high, inner) <= bound:
                    stack[height, 0], stack[height, 1] = level - 1, inner - start[level - 1]
                    height += 1
            continue
        for j in range(box * BRANCH, min((box + 1) * BRANCH, len(points))):
            s = _square(queries, i, points, j)
            if s <= bound:
                found[size], square[size] = j, s
                size += 1
        if size >= full:
            bound = _smallest(square, size, most) * WITHIN
            size = _shrink(found, square, size, bound)
            full = size + 2 * most
    return size, bound


@compiled
def _find(queries: Any, at: Any, most: int, tree: Any) -> Any:
    points = tree[0]
    found, square = np.empty(len(points), np.int64), np.empty(len(points))
    near, stack = np.empty(2 * most), np.empty((BRANCH * len(tree[3]), 2), np.int64)
    ends, places = np.zeros(len(queries) + 1, np.int64), np.empty(len(queries) * (most + 8), np.int64)
    reach, total = np.inf, 0
    for i in range(len(queries)):
        step = np.sqrt(_square(queries, i, queries, i - 1)) if i else np.inf
        bound = (reach + step) ** 2 * WITHIN
        if step > reach / 2:
            bound = min(bound, _bound(queries, i, at[i], most, points, near))
        size, bound = _gather((queries, i), bound, most, tree, (found, square), stack)
        last = _smallest(square, size, most)
        size = _shrink(found, square, size, last * WITHIN)
        reach = np.sqrt(last) * TIE
        if total + size > len(places):
            places = _longer(places, total + size)
        for j in range(size):
            if np.sqrt(square[j]) <= reach:
                places[total] = found[j]
                total += 1
        ends[i + 1] = total
    return ends, places[:total]


@compiled
def _longer(numbers: Any, least: int) -> Any:
    longer = np.empty(2 * least, np.int64)
    longer[: len(numbers)] = numbers
    return longer


@compiled
def _unfold(ends: Any, place: Any, along: Any, names: Any) -> Any:
    """Return (row, name) of what was found, rows ascending, where the i-th query was row `along[i]`."""
    begin = np.zeros(len(along) + 1, np.int64)
    for i in range(len(along)):
        begin[along[i] + 1] = ends[i + 1] - ends[i]
    begin = np.cumsum(begin)
    row, name = np.empty(len(place), np.int64), np.empty(len(place), np.int64)
    for i in range(len(along)):
        shift = begin[along[i]] - ends[i]
        for j in range(ends[i], ends[i + 1]):
            row[j + shift], name[j + shift] = along[i], names[place[j]]
    return row, name
