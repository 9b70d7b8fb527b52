"""Which pairs are worth scoring: the nearest, those already linked, those that share a need; in blocks, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from queries.pairing import kernels
from queries.pairing.arrays import FloatArray, IntArray, Side, join_ranges
from queries.pairing.sides import Sides

NEAREST = 200  # units nearest to each, with all ties at the last of them
NEAREST_PROVIDERS = 20  # units nearest to each for every service that it needs, however far
EVERY_PAIR = 200_000  # up to so many pairs a choice saves no time
LEFTS_A_BLOCK = 160  # with their nearest, what a core keeps near
LARGEST_SMALL = np.iinfo(np.int32).max


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
        return rows[found], self._located[place]

    def reach(self, points: FloatArray, most: int) -> FloatArray:
        """Return the straight distance from each point to the last of the `most` nearest; infinite where there are no more."""
        reach = np.full(len(points), np.inf)
        if len(self._located) > most:
            row, unit = self.find(points, most)
            square = kernels.current().square_chords((row, unit), (points, self._points))
            rows, start = np.unique(row, return_index=True)
            reach[rows] = np.sqrt(np.maximum.reduceat(square, start)) if len(rows) else reach[rows]
        return reach


class Candidates:
    """The candidates of one pair of sides, found for a few left units at a time; safe to use from several threads."""

    def __init__(self, sides: Sides) -> None:
        self._sides, self._rights = sides, len(sides.right)
        self._linked = sort_distinct(sides.linked)
        self._everyone = NearestSearch(sides.right, np.arange(self._rights))

    @cached_property
    def _providers(self) -> dict[int, NearestSearch]:
        """Return the search among the units that offer a service, by service."""
        offers = self._sides.asks.offers.table
        units = {s: offers.indices[offers.indptr[s] : offers.indptr[s + 1]] for s in range(offers.shape[1])}
        return {s: NearestSearch(self._sides.right, np.sort(u).astype(np.int64)) for s, u in units.items() if len(u)}

    def find(self, block: IntArray) -> IntArray:
        """Return the keys of the candidates of some left units (ascending), ascending."""
        row, unit = self._everyone.find(self._sides.left.points[block], NEAREST)
        parts = [(row, unit), self._find_linked(block), *self._same_needs(block, row, unit)]
        rows, units = (np.concatenate([part[end] for part in parts]) for end in (0, 1))
        small = len(block) * self._rights <= LARGEST_SMALL  # half the bytes to sort
        local = sort_distinct((rows * self._rights + units).astype(np.int32 if small else np.int64))
        ends = np.searchsorted(local, np.arange(1, len(block) + 1) * self._rights)
        shift = (block - np.arange(len(block))) * self._rights
        return local + np.repeat(shift, np.diff(ends, prepend=0))

    def _find_linked(self, block: IntArray) -> tuple[IntArray, IntArray]:
        """Return the pairs of a block that have something in common already, as row and unit."""
        first, end = (np.searchsorted(self._linked, edge * self._rights) for edge in (block, block + 1))
        row = np.repeat(np.arange(len(block)), end - first)
        return row, self._linked[join_ranges(first, end - first)] - block[row] * self._rights

    def _same_needs(self, block: IntArray, row: IntArray, unit: IntArray) -> Iterator[tuple[IntArray, IntArray]]:
        """Yield the nearest providers of each service that a block needs, as row and unit, given its nearest units.

        Where so many of the nearest units offer a service, the nearest providers are among them and no search is needed.
        """
        sides = self._sides
        needs, offers, located = sides.asks.needs, sides.asks.offers.by_unit, sides.left.located[block]
        seeker = np.repeat(np.arange(len(block)), needs.count[block])
        service = needs.service[join_ranges(needs.start[block], needs.count[block])]
        near = kernels.current().count_offers(row, unit, (offers.indptr, offers.indices), (len(block), offers.shape[1]))
        for asked in np.unique(service).tolist():
            search, seeking = self._providers.get(asked), seeker[service == asked]
            if search is None:
                continue
            far = seeking[located[seeking] & (near[seeking, asked] < NEAREST_PROVIDERS)]
            if len(far):
                found, provider = search.find(sides.left.points[block[far]], NEAREST_PROVIDERS)
                yield far[found], provider
            nowhere = seeking[~located[seeking]]
            if len(nowhere):  # without a position any provider is as near as another: the first by id
                yield _each_with(nowhere, search.units[:NEAREST_PROVIDERS])
            if len(search.unlocated):
                yield _each_with(seeking, search.unlocated[:NEAREST_PROVIDERS])


def left_blocks(lefts: IntArray) -> Iterator[IntArray]:
    """Yield left units in blocks whose candidates are found and scored together."""
    for start in range(0, len(lefts), LEFTS_A_BLOCK):
        yield lefts[start : start + LEFTS_A_BLOCK]


def takes_every_pair(sides: Sides, lefts: int) -> bool:
    """Return whether there are so few pairs that all of them are candidates."""
    return len(sides.right) <= NEAREST or lefts * len(sides.right) <= EVERY_PAIR


def candidate_blocks(sides: Sides, lefts: IntArray | None = None) -> Iterator[IntArray]:
    """Yield the keys of the candidates of `lefts` (default: all), ascending, block by block; every pair of a small right side."""
    chosen = np.arange(len(sides.left)) if lefts is None else lefts
    if takes_every_pair(sides, len(chosen)):
        yield from all_pairs(sides, chosen)
        return
    kernels.prepare(len(chosen) * NEAREST)
    candidates = Candidates(sides)
    yield from map(candidates.find, left_blocks(chosen))


def all_pairs(sides: Sides, lefts: IntArray) -> Iterator[IntArray]:
    """Yield the keys of every pair of `lefts`, block by block."""
    rights = len(sides.right)
    step = max(1, NEAREST * LEFTS_A_BLOCK // max(1, rights))
    for start in range(0, len(lefts) if rights else 0, step):
        block = lefts[start : start + step]
        yield (block[:, None] * rights + np.arange(rights)[None, :]).ravel()


def sort_distinct(keys: IntArray) -> IntArray:
    """Return keys ascending, each once."""
    keys = np.sort(keys)
    return keys[np.append(True, keys[1:] != keys[:-1])] if len(keys) else keys


def _each_with(rows: IntArray, units: IntArray) -> tuple[IntArray, IntArray]:
    """Return every pair of some rows and some units."""
    return np.repeat(rows, len(units)), np.tile(units, len(rows))
