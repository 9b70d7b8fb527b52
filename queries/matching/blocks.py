"""Scores candidate pairs block by block on all cores and keeps only the best of each block, so that memory stays bounded."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from itertools import chain, islice
from threading import Lock
from typing import TypeVar

import numpy as np

from queries.matching import kernels
from queries.matching.arrays import IntArray, join_ranges, run_edges
from queries.matching.candidates import NEAREST, Candidates, all_pairs, left_blocks, takes_every_pair
from queries.matching.distance import curve_code
from queries.matching.pairs import NO_LIMITS, Limits, Pairs
from queries.matching.score import Keep, Scored, find_pass, join_scored, room_for, score_as_chosen, takes_one_pass
from queries.matching.sides import Sides
from queries.matching.signal import PairSpec
from queries.matching.weights import Weights

PAIRS_AT_ONCE = 24_000  # where few pairs are shared among the cores; fewer, and steps cost more than pairs
PAIRS_IN_ONE_PASS = 50_000  # the same where one pass does all: a core is done before it has woken another
PAIRS_OF_A_BLOCK = 200_000  # where a core has a block to itself; more only if thousands share an address
WORKERS = min(4, os.cpu_count() or 1)

Item = TypeVar("Item")
Made = TypeVar("Made")


def score_candidates(
    spec: PairSpec, weights: Weights, sides: Sides, blocks: Iterable[Pairs], limits: Limits, keep: Keep | None = None
) -> Scored:  # fmt: skip
    """Return the scores of candidate pairs that no rule excludes, or with `keep` only the best of each left unit.

    Each block has all pairs of its left units.
    """

    def score_block(pairs: Pairs) -> Scored:
        return _score_block(spec, weights, replace(pairs, limits=limits), keep)

    find_pass(sides)  # what it reads is made here, before each thread makes it for itself
    most = PAIRS_IN_ONE_PASS if keep is not None and takes_one_pass(spec, sides) else PAIRS_AT_ONCE
    return join_scored(_map_in_order(score_block, _cut(blocks, most)))


def best_partners(
    spec: PairSpec, weights: Weights, sides: Sides, k: int, lefts: IntArray | None = None, limits: Limits = NO_LIMITS
) -> Scored:  # fmt: skip
    """Return the `k` best pairs of each of `lefts` (default: all), ascending by left and right; of equals those with the smaller id."""
    return score_lefts(spec, weights, sides, Keep(k), lefts, limits)


def score_lefts(
    spec: PairSpec, weights: Weights, sides: Sides, keep: Keep, lefts: IntArray | None = None, limits: Limits = NO_LIMITS
) -> Scored:  # fmt: skip
    """Return the scores of the candidates of `lefts` (default: all), found and scored block by block on all cores."""
    chosen = np.arange(len(sides.left)) if lefts is None else lefts
    if takes_every_pair(sides, len(sides.left)):
        return score_candidates(spec, weights, sides, all_pairs(sides, chosen), limits, keep)
    kernels.prepare(len(chosen) * NEAREST)
    candidates = Candidates(sides)
    along = chosen[np.argsort(curve_code(sides.left.points[chosen]), kind="stable")]

    def score_block(block: IntArray) -> Scored:
        pieces = _cut([candidates.find(block)], PAIRS_OF_A_BLOCK)
        return join_scored(_score_block(spec, weights, replace(pairs, limits=limits), keep) for pairs in pieces)

    find_pass(sides)
    blocks = (np.sort(block) for block in left_blocks(along))  # of neighbours, who look at the same units
    return _sort_by_left(_map_in_order(score_block, blocks))


def _score_block(spec: PairSpec, weights: Weights, pairs: Pairs, keep: Keep | None) -> Scored:
    excluded = np.zeros(len(pairs), dtype=np.bool_)
    for one in spec.rules:
        excluded |= one.excludes(pairs)
    return score_as_chosen(spec, weights, pairs.without(excluded), keep)


def _sort_by_left(parts: list[Scored]) -> Scored:
    """Return the scored pairs of parts, each of which holds all pairs of some left units, ascending by left.

    Each part is put in its places at once: to join them first would touch twice the memory.
    """
    starts = [run_edges(part.left) for part in parts]
    count = np.concatenate([np.empty(0, np.int64), *map(np.diff, starts)])
    order = np.argsort(np.concatenate([np.empty(0), *(p.left[s[:-1]] for p, s in zip(parts, starts, strict=True))]))
    place = np.empty(len(count), dtype=np.int64)
    place[order] = np.cumsum(count[order]) - count[order]
    sorted_ = room_for(int(count.sum()))
    ends = np.cumsum([len(start) - 1 for start in starts])

    def put(part: int) -> None:
        runs = slice(ends[part] - len(starts[part]) + 1, ends[part])
        sorted_.put(join_ranges(place[runs], count[runs]), parts[part])

    _map_in_order(put, range(len(parts)))
    return sorted_


def _map_in_order(work: Callable[[Item], Made], items: Iterable[Item]) -> list[Made]:
    """Return the results in the order of the items; all cores take items (numpy and compiled code let go of the interpreter).

    The caller works, too, and waits for nobody who has not begun: helpers may be busy with what another caller asked for.
    """
    queue: Iterator[tuple[int, Item]] = enumerate(items)
    first = list(islice(queue, 2))
    if len(first) < 2:  # nobody need be woken
        return [work(item) for _, item in first]
    queue = chain(first, queue)
    results: dict[int, Made] = {}
    lock = Lock()

    def take_items() -> None:
        while True:
            with lock:
                place, item = next(queue, (-1, None))
            if item is None:
                return
            results[place] = work(item)

    others = [_helpers().submit(take_items) for _ in range(WORKERS - 1)]
    take_items()
    for other in others:
        if not other.cancel():
            other.result()
    return [results[place] for place in range(len(results))]


@cache
def _helpers() -> ThreadPoolExecutor:
    """Return threads that are kept: to start some costs a tenth of what a district's scores do."""
    return ThreadPoolExecutor(max(1, WORKERS - 1), "pairing")


def _cut(blocks: Iterable[Pairs], most: int) -> Iterator[Pairs]:
    """Yield pieces of blocks, of about `most` pairs, that hold all pairs of a left unit or none, so that cutting changes no result."""
    for block in blocks:
        pieces = -(-len(block) // most)
        pieces += -pieces % WORKERS if pieces > 1 else 0  # of one size, as many for each core
        wanted = np.arange(1, pieces + 1) * len(block) // max(1, pieces)
        begin = 0
        for end in np.unique(np.searchsorted(block.edges, wanted)).tolist():
            yield block.part(begin, end)
            begin = end
