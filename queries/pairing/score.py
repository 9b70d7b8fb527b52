"""From candidate pairs to scores: signals measured in blocks, weighted, summed; what is unknown takes the prior and lowers confidence."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from threading import Lock
from typing import TypeVar

import numpy as np

from queries.pairing import kernels
from queries.pairing.arrays import BILLION, BoolArray, FloatArray, IntArray, join_ranges, run_edges
from queries.pairing.candidates import NEAREST, Candidates, all_pairs, left_blocks, takes_every_pair
from queries.pairing.kernels.contract import Terms
from queries.pairing.kernels.curve import curve_code
from queries.pairing.sides import Sides
from queries.pairing.signal import Limits, Pairs, PairSpec
from queries.pairing.signals import TOGETHER
from queries.pairing.weights import Weights

PAIRS_AT_ONCE = 24_000  # where few pairs are shared among the cores; fewer, and steps cost more than pairs
PAIRS_OF_A_BLOCK = 200_000  # where a core has a block to itself; more only if thousands share an address
WORKERS = min(4, os.cpu_count() or 1)
MOST_A_LEFT = 600  # only where very many units share an address is it more
DIGITS = 9  # scores closer than this are ties, whatever order sums were taken in


Item = TypeVar("Item")
Made = TypeVar("Made")
FIELDS = ("left", "right", "score", "confidence")


@dataclass(frozen=True)
class Scored:
    """Scored pairs, ascending by left and right; `confidence` is the share of weight about which something is known."""

    left: IntArray
    right: IntArray
    score: FloatArray
    confidence: FloatArray

    def take(self, places: IntArray) -> Scored:
        """Return the pairs at some places, in their order."""
        return Scored(*(getattr(self, name).take(places) for name in FIELDS))

    def put(self, places: IntArray, others: Scored) -> None:
        """Write other pairs to some places."""
        for name in FIELDS:
            getattr(self, name)[places] = getattr(others, name)


Keep = Callable[[Scored], Scored]  # what is worth keeping of a block that holds all pairs of its left units


def measure(spec: PairSpec, pairs: Pairs) -> tuple[FloatArray, BoolArray]:
    """Return the values (priors filled in) and known bits of every signal: signals × pairs."""
    measured = [kind.measure(pairs) for kind in spec.signals]
    return np.stack([one.filled for one in measured]), np.stack([one.known for one in measured])


def apply_rules(spec: PairSpec, pairs: Pairs) -> IntArray:
    """Return for each pair the place of the first rule that excludes it, −1 for none."""
    found = np.full(len(pairs), -1, dtype=np.int64)
    for place, one in reversed(list(enumerate(spec.rules))):
        found[one.excludes(pairs)] = place
    return found


def score_pairs(spec: PairSpec, weights: Weights, pairs: Pairs) -> Scored:
    """Return the scores of pairs, without asking the rules."""
    score, known = np.zeros(len(pairs)), np.zeros(len(pairs), dtype=np.int64)
    weight = tuple(weights.by_signal[kind.name] for kind in spec.signals)
    for place in _add_together(spec, weight, pairs, (score, known)):
        measured = spec.signals[place].measure(pairs)
        term = (weight[place], measured.prior, 1 << place)
        kernels.current().add((score, known), measured.values, measured.known, term)
    score /= BILLION
    return Scored(pairs.left, pairs.right, score, _confidences(weight)[known])


def _add_together(
    spec: PairSpec, weights: tuple[float, ...], pairs: Pairs, sums: tuple[FloatArray, IntArray]
) -> list[int]:
    """Add what one compiled pass can add to the sums, and return the places of the signals that are left."""
    add, apart = kernels.current().add_together, list(range(len(spec.signals)))
    if add is None or pairs.sides.together is None:
        return apart
    terms = Terms(np.zeros(len(TOGETHER)), np.zeros(len(TOGETHER)), np.zeros(len(TOGETHER), dtype=np.int64))
    for place, kind in enumerate(spec.signals):
        slot, prior = TOGETHER.get(kind.measure, (-1, 0.0))
        if slot >= 0 and not terms.bit[slot]:  # what a pairing measures twice is added once more apart
            terms.weight[slot], terms.prior[slot], terms.bit[slot] = weights[place], prior, 1 << place
            apart.remove(place)
    if len(apart) < len(spec.signals):
        add(sums, (pairs.left, pairs.right, pairs.edges), pairs.sides.together, terms)
    return apart


@lru_cache(maxsize=64)
def _confidences(weights: tuple[float, ...]) -> FloatArray:
    """Return the share of weight about which something is known, by the bits of the signals that are known."""
    bits, sums = np.arange(1 << len(weights)), np.zeros(1 << len(weights))
    for place, weight in enumerate(weights):
        np.add(sums, weight, out=sums, where=bits >> place & 1 == 1)
    return np.round(sums, DIGITS)


def score_candidates(
    spec: PairSpec,
    weights: Weights,
    sides: Sides,
    blocks: Iterable[Pairs],
    limits: Limits,
    keep: Keep | None = None,
) -> Scored:
    """Return the scores of the candidates that no rule excludes; `keep` thins out each block (all pairs of a left unit are in one)."""

    def score_block(pairs: Pairs) -> Scored:
        return _score_block(spec, weights, replace(pairs, limits=limits), keep)

    _make_tables(sides)
    return join_scored(_map_in_order(score_block, _cut(blocks, PAIRS_AT_ONCE)))


def score_lefts(
    spec: PairSpec, weights: Weights, sides: Sides, keep: Keep, lefts: IntArray | None = None
) -> Scored:  # fmt: skip
    """Return the scores of the candidates of `lefts` (default: all), found and scored block by block on all cores."""
    chosen = np.arange(len(sides.left)) if lefts is None else lefts
    if takes_every_pair(sides, len(sides.left)):
        return score_candidates(spec, weights, sides, all_pairs(sides, chosen), Limits(), keep)
    kernels.prepare(len(chosen) * NEAREST)
    candidates = Candidates(sides)
    along = chosen[np.argsort(curve_code(sides.left.points[chosen]), kind="stable")]

    def score_block(block: IntArray) -> Scored:
        pieces = _cut([candidates.find(block)], PAIRS_OF_A_BLOCK)
        return join_scored(_score_block(spec, weights, pairs, keep) for pairs in pieces)

    _make_tables(sides)
    blocks = (np.sort(block) for block in left_blocks(along))  # of neighbours, who look at the same units
    return _sort_by_left(_map_in_order(score_block, blocks))


def _make_tables(sides: Sides) -> None:
    """Make what all threads read, before each makes it for itself."""
    if kernels.current().add_together is not None:
        _ = sides.together


def _score_block(spec: PairSpec, weights: Weights, pairs: Pairs, keep: Keep | None) -> Scored:
    excluded = np.zeros(len(pairs), dtype=np.bool_)
    for one in spec.rules:
        excluded |= one.excludes(pairs)
    scored = score_pairs(spec, weights, pairs.without(excluded))
    return scored if keep is None else keep(scored)


def join_scored(parts: Iterable[Scored]) -> Scored:
    """Return the scored pairs of several parts, one after the other."""
    made = [_room_for(0), *parts]
    return Scored(*(np.concatenate([getattr(part, name) for part in made]) for name in FIELDS))


def _room_for(pairs: int) -> Scored:
    return Scored(np.empty(pairs, np.int64), np.empty(pairs, np.int64), np.empty(pairs), np.empty(pairs))


def _sort_by_left(parts: list[Scored]) -> Scored:
    """Return the scored pairs of parts, each of which holds all pairs of some left units, ascending by left.

    Each part is put in its places at once: to join them first would touch twice the memory.
    """
    starts = [run_edges(part.left) for part in parts]
    count = np.concatenate([np.empty(0, np.int64), *map(np.diff, starts)])
    order = np.argsort(np.concatenate([np.empty(0), *(p.left[s[:-1]] for p, s in zip(parts, starts, strict=True))]))
    place = np.empty(len(count), dtype=np.int64)
    place[order] = np.cumsum(count[order]) - count[order]
    sorted_ = _room_for(int(count.sum()))
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
    queue, lock = enumerate(items), Lock()
    results: dict[int, Made] = {}

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


def keep_spread(scored: Scored, rights: int, most: int = MOST_A_LEFT) -> Scored:
    """Return the best `most` pairs of each left unit; among equals a different stretch of the right side for each."""
    return _keep(scored, (scored.right - scored.left) % max(1, rights), most)


def keep_first(scored: Scored, most: int) -> Scored:
    """Return the best `most` pairs of each left unit; of equals those with the smaller id."""
    return _keep(scored, scored.right, most)


def _keep(scored: Scored, turn: IntArray, most: int) -> Scored:
    start = run_edges(scored.left)
    if np.diff(start).max(initial=0) <= most:
        return scored
    kept = kernels.current().first(start, scored.score, turn, most)
    return scored.take(kept)
