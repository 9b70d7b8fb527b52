"""Which pairs are worth scoring: the nearest, those already linked, those that share a need; in blocks, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from queries.matching import kernels
from queries.matching.arrays import BoolArray, FloatArray, IntArray, join_ranges
from queries.matching.pairs import Pairs
from queries.matching.sides import Sides

NEAREST = 200  # units nearest to each, with all ties at the last of them
NEAREST_PROVIDERS = 20  # units nearest to each for every service that it needs, however far
EVERY_PAIR = 200_000  # up to so many pairs a choice saves no time
LEFTS_A_BLOCK = 500  # found together: so many that single steps cost little beside the work on pairs
PAIRS_A_BLOCK = 96_000  # where every pair is looked at, before it is cut for the cores


class Candidates:
    """The candidates of one pair of sides, found for a few left units at a time; safe to use from several threads."""

    def __init__(self, sides: Sides) -> None:
        self._sides, self._rights = sides, len(sides.right)
        self._linked, self._everyone, self._providers = sides.linked, sides.everyone, sides.providers

    def find(self, block: IntArray) -> Pairs:
        """Return the candidates of some left units (ascending)."""
        row, unit = self._everyone.find(self._sides.left.points[block], NEAREST)
        parts = [(row, unit), self._find_linked(block), *self._same_needs(block, row, unit)]
        rows, units = (np.concatenate([part[end] for part in parts]) for end in (0, 1))
        count, own = kernels.current().distinct(rows, units, (len(block), self._rights))
        return _make_runs(self._sides, block, count, own)

    def _find_linked(self, block: IntArray) -> tuple[IntArray, IntArray]:
        """Return the pairs of a block that have something in common already, as row and unit."""
        first, end = (np.searchsorted(self._linked, edge * self._rights) for edge in (block, block + 1))
        row = np.repeat(np.arange(len(block)), end - first)
        return row, self._linked[join_ranges(first, end - first)] - block[row] * self._rights

    def _same_needs(self, block: IntArray, row: IntArray, unit: IntArray) -> Iterator[tuple[IntArray, IntArray]]:
        """Yield the nearest providers of each service that a block needs, as row and unit, given its nearest units."""
        located, points = self._sides.left.located[block], self._sides.left.points[block]
        seeker, service, few = self._count_providers(block, row, unit)
        asks_more = few | self._providers.has_unlocated[service]
        for asked in np.flatnonzero(np.bincount(service[asks_more])).tolist():
            search, seeking = self._providers[asked], seeker[asks_more & (service == asked)]
            far = seeker[few & located[seeker] & (service == asked)]
            if len(far):
                found, provider = search.find(points[far], NEAREST_PROVIDERS)
                yield far[found], provider
            nowhere = seeking[~located[seeking]]
            if len(nowhere):  # without a position any provider is as near as another: the first by id
                yield _each_with(nowhere, search.units[:NEAREST_PROVIDERS])
            if len(search.unlocated):
                yield _each_with(seeking, search.unlocated[:NEAREST_PROVIDERS])

    def _count_providers(self, block: IntArray, row: IntArray, unit: IntArray) -> tuple[IntArray, IntArray, BoolArray]:
        """Return the needs of a block (row and service), and for which of them few of the nearest units (row and unit) offer it.

        Where enough of them do, the nearest providers are among the nearest units and need not be searched for.
        """
        needs, offers = self._sides.asks.needs, self._sides.asks.offers.by_unit
        seeker = np.repeat(np.arange(len(block)), needs.count[block])
        service = needs.service[join_ranges(needs.start[block], needs.count[block])]
        near = kernels.current().count_offers(row, unit, (offers.indptr, offers.indices), (len(block), offers.shape[1]))
        return seeker, service, near[seeker, service] < NEAREST_PROVIDERS

    def reach(self, lefts: IntArray) -> tuple[FloatArray, FloatArray]:
        """Return how far (straight, on the unit sphere) the nearest units of some left units lie, and the providers of each of their needs.

        Infinite where there are no more or no position; where the providers are among the nearest, they lie no farther than these.
        """
        parts = [self._block_reach(block) for block in left_blocks(lefts)]
        nearest, providers = (np.concatenate([np.empty(0), *(part[i] for part in parts)]) for i in (0, 1))
        return nearest, providers

    def _block_reach(self, block: IntArray) -> tuple[FloatArray, FloatArray]:
        points = self._sides.left.points[block]
        found = self._everyone.find(points, NEAREST)
        reach = self._everyone.reach(points, NEAREST, found)
        seeker, service, few = self._count_providers(block, *found)
        of_need = reach[seeker]
        for asked in np.flatnonzero(np.bincount(service[few])).tolist():
            far = np.flatnonzero(few & (service == asked))
            of_need[far] = self._providers[asked].reach(points[seeker[far]], NEAREST_PROVIDERS)
        return reach, of_need


def left_blocks(lefts: IntArray) -> Iterator[IntArray]:
    """Yield left units in blocks whose candidates are found and scored together."""
    for start in range(0, len(lefts), LEFTS_A_BLOCK):
        yield lefts[start : start + LEFTS_A_BLOCK]


def takes_every_pair(sides: Sides, lefts: int) -> bool:
    """Return whether there are so few pairs that all of them are candidates."""
    return len(sides.right) <= NEAREST or lefts * len(sides.right) <= EVERY_PAIR


def candidate_blocks(sides: Sides, lefts: IntArray | None = None) -> Iterator[Pairs]:
    """Yield the candidates of `lefts` (default: all), block by block; every pair of a small right side."""
    chosen = np.arange(len(sides.left)) if lefts is None else lefts
    if takes_every_pair(sides, len(chosen)):
        yield from all_pairs(sides, chosen)
        return
    kernels.prepare(len(chosen) * NEAREST)
    candidates = Candidates(sides)
    yield from map(candidates.find, left_blocks(chosen))


def all_pairs(sides: Sides, lefts: IntArray) -> Iterator[Pairs]:
    """Yield every pair of `lefts`, block by block."""
    rights = np.arange(len(sides.right))
    step = max(1, PAIRS_A_BLOCK // max(1, len(rights)))
    for start in range(0, len(lefts) if len(rights) else 0, step):
        block = lefts[start : start + step]
        yield _make_runs(sides, block, np.full(len(block), len(rights)), np.tile(rights, len(block)))


def _make_runs(sides: Sides, lefts: IntArray, count: IntArray, right: IntArray) -> Pairs:
    """Return the pairs of left units with so many right units each, one unit's after the other's."""
    return Pairs(sides, lefts, np.append(0, np.cumsum(count)), right)


def _each_with(rows: IntArray, units: IntArray) -> tuple[IntArray, IntArray]:
    """Return every pair of some rows and some units."""
    return np.repeat(rows, len(units)), np.tile(units, len(rows))
