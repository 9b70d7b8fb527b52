"""Which pairs are worth scoring: the nearest, those already linked, those that share a need; in blocks, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.spatial import cKDTree

from queries.pairing.arrays import FloatArray, IntArray, Side
from queries.pairing.needs import join_ranges
from queries.pairing.sides import Sides

NEAREST = 200  # units nearest to each, with all ties at the last of them
NEAREST_PROVIDERS = 20  # units nearest to each for every service that it needs, however far
EVERY_PAIR = 200_000  # up to so many pairs a choice saves no time
LEFTS_A_BLOCK = 500
TIE = 1 + 1e-9  # two distances that differ by less are one distance


class NearestSearch:
    """Finds the nearest of some units; units at one address are one point of the search, so ties cost nothing."""

    def __init__(self, side: Side, units: IntArray) -> None:
        points, address = side.addresses
        self.unlocated = units[address[units] < 0]
        located = units[address[units] >= 0]
        self.units = located[np.argsort(address[located], kind="stable")]
        used, self._start, self._count = np.unique(address[self.units], return_index=True, return_counts=True)
        self._tree = cKDTree(points[used]) if len(used) else None

    def find(self, points: FloatArray, most: int) -> tuple[IntArray, IntArray]:
        """Return (row of `points`, unit) for the `most` nearest units of each point, with every tie at the last."""
        rows = np.flatnonzero(np.isfinite(points[:, 0]))
        if self._tree is None or not len(rows):
            return np.empty(0, np.int64), np.empty(0, np.int64)
        asked = min(most + 1, self._tree.n)
        distance, address = (
            found.reshape(len(rows), asked) for found in self._tree.query(points[rows], k=asked, workers=-1)
        )
        before = np.cumsum(self._count[address], axis=1) - self._count[address]
        last = np.maximum((before < most).sum(axis=1) - 1, 0)
        reach = distance[np.arange(len(rows)), last] * TIE
        chosen = distance <= reach[:, None]
        open_ended = chosen[:, -1] & (asked < self._tree.n)
        chosen[open_ended] = False
        row, column = np.nonzero(chosen)
        owner, place = rows[row], address[row, column].astype(np.int64)
        if open_ended.any():
            more = self._tree.query_ball_point(points[rows[open_ended]], reach[open_ended], return_sorted=True)
            owner = np.concatenate([owner, np.repeat(rows[open_ended], [len(m) for m in more])])
            place = np.concatenate([place, np.concatenate([np.asarray(m, dtype=np.int64) for m in more])])
        return np.repeat(owner, self._count[place]), self.units[join_ranges(self._start[place], self._count[place])]


def candidate_blocks(sides: Sides, lefts: IntArray | None = None) -> Iterator[IntArray]:
    """Yield the keys of the candidates of `lefts` (default: all), ascending, block by block; every pair of a small right side."""
    chosen = np.arange(len(sides.left)) if lefts is None else lefts
    rights = len(sides.right)
    if rights <= NEAREST or len(chosen) * rights <= EVERY_PAIR:
        yield from all_pairs(sides, chosen)
        return
    everyone = NearestSearch(sides.right, np.arange(rights))
    providers = _provider_searches(sides)
    linked = np.unique(np.concatenate([sides.homes.keys, sides.closeness.keys]))
    for start in range(0, len(chosen), LEFTS_A_BLOCK):
        block = chosen[start : start + LEFTS_A_BLOCK]
        row, unit = everyone.find(sides.left.points[block], NEAREST)
        keys = [
            block[row] * rights + unit,
            linked[np.isin(linked // rights, block)],
            *_same_needs(sides, block, providers),
        ]
        yield sort_distinct(np.concatenate(keys))


def all_pairs(sides: Sides, lefts: IntArray) -> Iterator[IntArray]:
    """Yield the keys of every pair of `lefts`, block by block."""
    rights = len(sides.right)
    step = max(1, NEAREST * LEFTS_A_BLOCK // max(1, rights))
    for start in range(0, len(lefts) if rights else 0, step):
        block = lefts[start : start + step]
        yield (block[:, None] * rights + np.arange(rights)[None, :]).ravel()


def sort_distinct(keys: IntArray) -> IntArray:
    """Return keys ascending, each once (faster than a hash for what is nearly sorted)."""
    keys = np.sort(keys, kind="stable")
    return keys[np.append(True, keys[1:] != keys[:-1])] if len(keys) else keys


def _provider_searches(sides: Sides) -> dict[int, NearestSearch]:
    offers = sides.asks.offers.table
    units = {
        service: offers.indices[offers.indptr[service] : offers.indptr[service + 1]].astype(np.int64)
        for service in range(offers.shape[1])
    }
    return {service: NearestSearch(sides.right, np.sort(found)) for service, found in units.items() if len(found)}


def _same_needs(sides: Sides, block: IntArray, providers: dict[int, NearestSearch]) -> Iterator[IntArray]:
    """Yield pairs of units of a block and the nearest providers of each service that they need."""
    needs, rights = sides.asks.needs, len(sides.right)
    seeker = np.repeat(block, needs.count[block])
    service = needs.service[join_ranges(needs.start[block], needs.count[block])]
    for asked in np.unique(service):
        search = providers.get(int(asked))
        if search is None:
            continue
        seeking = seeker[service == asked]
        row, unit = search.find(sides.left.points[seeking], NEAREST_PROVIDERS)
        yield seeking[row] * rights + unit
        nowhere = seeking[
            ~sides.left.located[seeking]
        ]  # without a position any provider is as near as another: the first by id
        anyone = np.concatenate([search.unlocated, search.units])
        yield (nowhere[:, None] * rights + np.sort(anyone)[None, :NEAREST_PROVIDERS]).ravel()
        yield (seeking[:, None] * rights + search.unlocated[None, :NEAREST_PROVIDERS]).ravel()
