"""Exact nearest neighbours, compiled: points in the order of a space-filling curve, in boxes, boxes in larger boxes.

The query before (they are asked along the curve), or the points beside a query on the curve, give a distance within which `most`
points lie for certain; one walk down the boxes that come so near gathers everything within it (Kamel and Faloutsos, On Packing
R-trees, 1993, for boxes packed along a curve).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from queries.matching.arrays import TIE, FloatArray, IntArray
from queries.matching.curve import curve_code
from queries.matching.scale.compiling import compiled

BRANCH = 16  # points in a box, boxes in a larger one
BUCKETS = 128  # in which squared distances are sorted
FEW = 24  # numbers that are sorted at once sooner than partitioned
SAME = 1e-30  # squared distances below it need not be told apart to be sorted
WITHIN = TIE * TIE * (1 + 1e-12)  # ties belong to it, and a squared distance may be off by its last bits


@dataclass(frozen=True)
class BoxSearch:
    """Points along the curve, and their boxes, all in blocks (block × axis × place in it); `start`: where each level of boxes begins."""

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
        size = len(self.order)
        ends, place = _find(points[along], at, (size, min(most, size)), tree)
        row, unit = _unfold(ends, place, along, self.order)
        return row, unit


def make_boxes(points: FloatArray) -> BoxSearch:
    """Return a search among points (n×3, n > 0) in [-1, 1]."""
    code = curve_code(points)
    order = np.argsort(code, kind="stable")
    blocks = _in_blocks(points[order], np.nan)
    low, high = np.fmin.reduce(blocks, axis=2), np.fmax.reduce(blocks, axis=2)
    lows: list[FloatArray] = []
    highs: list[FloatArray] = []
    while not lows or len(lows[-1]) > 1:
        lows.append(_in_blocks(low, np.inf))
        highs.append(_in_blocks(high, -np.inf))
        low, high = lows[-1].min(axis=2), highs[-1].max(axis=2)
    start = np.cumsum([0, *map(len, lows)])
    return BoxSearch(order, code[order], blocks, np.concatenate(lows), np.concatenate(highs), start)


def _in_blocks(rows: FloatArray, nothing: float) -> FloatArray:
    """Return rows of three numbers as blocks in which each axis lies together, so that a block is worked on at once."""
    blocks = np.full((-(-len(rows) // BRANCH), BRANCH, 3), nothing)
    blocks.reshape(-1, 3)[: len(rows)] = rows
    return np.ascontiguousarray(blocks.swapaxes(1, 2))


@compiled
def _square_to_points(query: Any, block: Any, square: Any) -> None:
    for j in range(BRANCH):
        x, y, z = query[0] - block[0, j], query[1] - block[1, j], query[2] - block[2, j]
        square[j] = (x * x + y * y) + z * z


@compiled
def _square_to_boxes(query: Any, low: Any, high: Any, square: Any) -> None:
    for j in range(BRANCH):
        x = _outside(query[0], low[0, j], high[0, j])
        y = _outside(query[1], low[1, j], high[1, j])
        z = _outside(query[2], low[2, j], high[2, j])
        square[j] = (x * x + y * y) + z * z


@compiled
def _outside(number: float, low: float, high: float) -> float:
    """Return how far a number lies outside a range."""
    below, above = low - number, number - high
    gap = below if below > above else above
    return gap if gap > 0 else 0.0


@compiled
def _distance(one: Any, other: Any) -> Any:
    x, y, z = one[0] - other[0], one[1] - other[1], one[2] - other[2]
    return np.sqrt(x * x + y * y + z * z)


@compiled
def _limit(distance: float) -> float:
    """Return the greatest number whose root is not above a distance."""
    limit = distance * distance
    while np.sqrt(limit) > distance:
        limit = np.nextafter(limit, 0.0)
    while np.sqrt(np.nextafter(limit, np.inf)) <= distance:
        limit = np.nextafter(limit, np.inf)
    return limit


@compiled
def _bound(query: Any, at: int, sizes: Any, points: Any, near: Any) -> Any:
    """Return a squared distance within which `most` points lie: the most-th smallest among those beside the query on the curve."""
    size, most = sizes
    last = min(max(at + most, 2 * most), size)
    first = max(last - 2 * most, 0) // BRANCH
    for block in range(first, (last - 1) // BRANCH + 1):
        begin = (block - first) * BRANCH
        _square_to_points(query, points[block], near[begin : begin + BRANCH])
    beside = min(((last - 1) // BRANCH + 1) * BRANCH, size) - first * BRANCH
    return _smallest(near, beside, most, near[:beside].max()) * WITHIN


@compiled
def _smallest(squares: Any, size: int, rank: int, highest: float) -> Any:
    """Return the rank-th smallest of some squared distances, none of them above `highest`.

    Points lie about evenly in an area and so do squared distances below the largest: after one pass over buckets few are left to
    partition (partitioning all of them took eight times as long, and two thirds of the whole search).
    """
    scale = BUCKETS / highest if highest > SAME else 0.0
    tally = np.zeros(BUCKETS + 2, np.int64)
    for j in range(size):
        tally[int(squares[j] * scale)] += 1
    bucket = below = 0
    while below + tally[bucket] < rank:
        below += tally[bucket]
        bucket += 1
    inside, kept = np.empty(tally[bucket] + 1), 0
    for j in range(size):
        inside[kept] = squares[j]
        kept += int(squares[j] * scale) == bucket
    inside, rank = inside[:kept], rank - below
    if kept > FEW:
        return np.partition(inside, rank - 1)[rank - 1]
    for j in range(1, kept):
        square, at = inside[j], j
        while at and inside[at - 1] > square:
            inside[at] = inside[at - 1]
            at -= 1
        inside[at] = square
    return inside[rank - 1]


@compiled
def _shrink(found: Any, square: Any, size: int, bound: float) -> int:
    """Keep what lies within a squared distance; return how much it is."""
    kept = 0
    for j in range(size):
        found[kept], square[kept] = found[j], square[j]
        kept += square[j] <= bound
    return kept


@compiled
def _gather(query: Any, bound: float, most: int, tree: Any, room: Any) -> Any:
    """Write the points within a squared distance, or fewer but `most` with ties; return how many, and the distance at last."""
    (points, low, high, start), (found, square, stack, squares) = tree, room
    size, height, full = 0, 1, 3 * most
    stack[0, 0], stack[0, 1] = len(start) - 1, 0
    while height:
        height -= 1
        level, block = stack[height]
        if level:
            box = start[level - 1] + block
            _square_to_boxes(query, low[box], high[box], squares)
            for j in range(BRANCH):
                if squares[j] <= bound:
                    stack[height, 0], stack[height, 1] = level - 1, block * BRANCH + j
                    height += 1
            continue
        _square_to_points(query, points[block], squares)
        for j in range(BRANCH):  # without a branch, which would be guessed wrong at every border
            found[size], square[size] = block * BRANCH + j, squares[j]
            size += squares[j] <= bound
        if size >= full:
            bound = _smallest(square, size, most, bound) * WITHIN
            size = _shrink(found, square, size, bound)
            full = size + 2 * most
    return size, bound


@compiled
def _find(queries: Any, at: Any, sizes: Any, tree: Any) -> Any:
    size, most = sizes
    room = (np.empty(size + BRANCH, np.int64), np.empty(size + BRANCH),
            np.empty((BRANCH * len(tree[3]), 2), np.int64), np.empty(BRANCH))  # fmt: skip
    found, square = room[:2]
    near = np.empty(2 * (most + BRANCH))
    ends, places = np.zeros(len(queries) + 1, np.int64), np.empty(len(queries) * (most + 8), np.int64)
    reach, total = np.inf, 0
    for i in range(len(queries)):
        query = queries[i]
        step = _distance(queries[i - 1], query) if i else np.inf
        bound = (reach + step) ** 2 * WITHIN
        if i == 0 or step > reach / 2:
            bound = min(bound, _bound(query, at[i], sizes, tree[0], near))
        size, bound = _gather(query, bound, most, tree, room)
        last = _smallest(square, size, most, bound)
        reach = np.sqrt(last) * TIE
        if total + size > len(places):
            places = _longer(places, total + size)
        limit = _limit(reach)
        for j in range(size):
            places[total] = found[j]
            total += square[j] <= limit
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
