"""From candidate pairs to scores: signals measured in blocks, weighted, summed; what is unknown takes the prior and lowers confidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from queries.pairing.arrays import BoolArray, FloatArray, IntArray
from queries.pairing.sides import Sides
from queries.pairing.signal import Limits, Pairs, PairSpec, pairs_of_keys
from queries.pairing.weights import Weights

PAIRS_AT_ONCE = 400_000
MOST_A_LEFT = 600  # only where very many units share an address is it more
DIGITS = 9  # scores closer than this are ties, whatever order sums were taken in


@dataclass(frozen=True)
class Scored:
    """Scored pairs, ascending by left and right; `confidence` is the share of weight about which something is known."""

    left: IntArray
    right: IntArray
    score: FloatArray
    confidence: FloatArray


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
        weight, measured = weights.by_signal[kind.name], kind.measure(pairs)
        score += np.round(weight * measured.filled, DIGITS)
        confidence += weight * measured.known
    return Scored(pairs.left, pairs.right, np.round(score, DIGITS), np.round(confidence, DIGITS))


def score_candidates(
    spec: PairSpec,
    weights: Weights,
    sides: Sides,
    blocks: Iterable[IntArray],
    limits: Limits,
    most: int | None = MOST_A_LEFT,
) -> Scored:
    """Return the scores of the candidates that no rule excludes; of a left unit with more than `most`, the best of them."""
    parts = [Scored(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0), np.empty(0))]
    for block in blocks:
        for start in range(0, len(block), PAIRS_AT_ONCE):
            pairs = pairs_of_keys(sides, block[start : start + PAIRS_AT_ONCE], limits)
            free = apply_rules(spec, pairs) < 0
            scored = score_pairs(spec, weights, Pairs(sides, pairs.left[free], pairs.right[free], limits))
            parts.append(scored if most is None else keep_best(scored, len(sides.right), most))
    left, right = (np.concatenate([getattr(part, name) for part in parts]) for name in ("left", "right"))
    score, confidence = (np.concatenate([getattr(part, name) for part in parts]) for name in ("score", "confidence"))
    return Scored(left, right, score, confidence)


def keep_best(scored: Scored, rights: int, most: int) -> Scored:
    """Return the best pairs of each left unit with more than `most`; among equals a different stretch of the right side for each."""
    if not len(scored.left) or np.bincount(scored.left).max() <= most:
        return scored
    turn = (scored.right - scored.left) % max(1, rights)
    order = np.lexsort((turn, -scored.score, scored.left))
    left = scored.left[order]
    place = np.arange(len(order)) - np.searchsorted(left, left)
    kept = np.sort(order[place < most])
    return Scored(scored.left[kept], scored.right[kept], scored.score[kept], scored.confidence[kept])
