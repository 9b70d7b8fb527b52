"""From candidate pairs to scores: signals measured in blocks, weighted, summed; what is unknown takes the prior and lowers confidence."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from queries.pairing import kernels
from queries.pairing.arrays import BILLION, BoolArray, FloatArray, IntArray
from queries.pairing.candidates import NEAREST, Candidates, all_pairs, left_blocks, takes_every_pair
from queries.pairing.sides import Sides
from queries.pairing.signal import Limits, Pairs, PairSpec, pairs_of_keys
from queries.pairing.weights import Weights

PAIRS_AT_ONCE = 40_000  # what a core keeps near
WORKERS = min(4, os.cpu_count() or 1)
MOST_A_LEFT = 600  # only where very many units share an address is it more
DIGITS = 9  # scores closer than this are ties, whatever order sums were taken in


@dataclass(frozen=True)
class Scored:
    """Scored pairs, ascending by left and right; `confidence` is the share of weight about which something is known."""

    left: IntArray
    right: IntArray
    score: FloatArray
    confidence: FloatArray


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
    score, confidence = np.zeros(len(pairs)), np.zeros(len(pairs))
    for kind in spec.signals:  # in a fixed order: the same bits however pairs are blocked
        measured = kind.measure(pairs)
        kernels.current().add(
            (score, confidence), measured.values, measured.known, measured.prior, weights.by_signal[kind.name]
        )
    return Scored(pairs.left, pairs.right, score / BILLION, np.round(confidence, DIGITS))


def score_candidates(
    spec: PairSpec,
    weights: Weights,
    sides: Sides,
    blocks: Iterable[IntArray],
    limits: Limits,
    keep: Keep | None = None,
) -> Scored:
    """Return the scores of the candidates that no rule excludes; `keep` thins out each block (all pairs of a left unit are in one)."""

    def score_block(keys: IntArray) -> Scored:
        return _score_block(spec, weights, pairs_of_keys(sides, keys, limits), keep)

    return join_scored(_map_in_order(score_block, _cut(blocks, len(sides.right))))


def score_lefts(
    spec: PairSpec, weights: Weights, sides: Sides, keep: Keep, lefts: IntArray | None = None
) -> Scored:  # fmt: skip
    """Return the scores of the candidates of `lefts` (default: all), found and scored block by block on all cores."""
    chosen = np.arange(len(sides.left)) if lefts is None else lefts
    if takes_every_pair(sides, len(sides.left)):
        return score_candidates(spec, weights, sides, all_pairs(sides, chosen), Limits(), keep)
    kernels.prepare(len(chosen) * NEAREST)
    candidates = Candidates(sides)

    def score_block(block: IntArray) -> Scored:
        pieces = _cut([candidates.find(block)], len(sides.right))
        return join_scored(_score_block(spec, weights, pairs_of_keys(sides, keys, Limits()), keep) for keys in pieces)

    return join_scored(_map_in_order(score_block, left_blocks(chosen)))


def _score_block(spec: PairSpec, weights: Weights, pairs: Pairs, keep: Keep | None) -> Scored:
    free = apply_rules(spec, pairs) < 0
    if not free.all():
        pairs = replace(pairs, left=pairs.left[free], right=pairs.right[free])
    scored = score_pairs(spec, weights, pairs)
    return scored if keep is None else keep(scored)


def join_scored(parts: Iterable[Scored]) -> Scored:
    """Return the scored pairs of several parts, one after the other."""
    made = [Scored(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0), np.empty(0)), *parts]
    left, right = (np.concatenate([getattr(part, name) for part in made]) for name in ("left", "right"))
    score, confidence = (np.concatenate([getattr(part, name) for part in made]) for name in ("score", "confidence"))
    return Scored(left, right, score, confidence)


def _map_in_order(work: Callable[[IntArray], Scored], blocks: Iterable[IntArray]) -> Iterator[Scored]:
    """Yield the results in the order of the blocks, worked at by all cores (numpy lets go of the interpreter), few blocks ahead."""
    with ThreadPoolExecutor(WORKERS) as pool:
        waiting: deque[Future[Scored]] = deque()
        for block in blocks:
            waiting.append(pool.submit(work, block))
            if len(waiting) > 2 * WORKERS:
                yield waiting.popleft().result()
        for future in waiting:
            yield future.result()


def _cut(blocks: Iterable[IntArray], rights: int) -> Iterator[IntArray]:
    """Yield pieces of blocks that hold all pairs of a left unit or none, so that cutting changes no result."""
    for block in blocks:
        start = 0
        while start < len(block):
            end = min(start + PAIRS_AT_ONCE, len(block))
            if end < len(block):
                left = block[end] // rights
                end = int(np.searchsorted(block, left * rights))
                end = end if end > start else int(np.searchsorted(block, (left + 1) * rights))
            yield block[start:end]
            start = end


def keep_spread(scored: Scored, rights: int, most: int = MOST_A_LEFT) -> Scored:
    """Return the best `most` pairs of each left unit; among equals a different stretch of the right side for each."""
    return _keep(scored, (scored.right - scored.left) % max(1, rights), most)


def keep_first(scored: Scored, most: int) -> Scored:
    """Return the best `most` pairs of each left unit; of equals those with the smaller id."""
    return _keep(scored, scored.right, most)


def _keep(scored: Scored, turn: IntArray, most: int) -> Scored:
    start = np.flatnonzero(np.diff(scored.left, prepend=-1, append=-1))
    if np.diff(start).max(initial=0) <= most:
        return scored
    kept = kernels.current().first(start, scored.score, turn, most)
    return Scored(scored.left[kept], scored.right[kept], scored.score[kept], scored.confidence[kept])
