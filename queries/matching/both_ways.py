"""A pair as both sides see it, where both choose: the harmonic mean of two scores, which is high only where both are high.

As the right unit sees a pair, signals that look one way (what I want of you, what you want of me) change places, so the same weights
count for the other. Of the scores a and b the mean is 2·a·b ÷ (a + b), 0 where both are 0 (Pizzato et al. 2010, "RECON: a reciprocal
recommender"). It grows in proportion with both, so that by Euler's theorem it is a·∂a + b·∂b, with ∂a = 2·b² ÷ (a + b)² and ∂b likewise:
a signal's weight in a pair is its weight in either score times these shares, and contributions still add up to the score.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from queries.answers.answer import Sentence
from queries.matching.arrays import BoolArray, FloatArray
from queries.matching.pairs import Pairs
from queries.matching.score import DIGITS, Keep, Scored, score_pairs
from queries.matching.signal import PairSpec
from queries.matching.weights import Weights

HALVINGS = 40  # of the range of a signal: less than a billionth is left


@dataclass(frozen=True)
class BothWays:
    """A pair's score as the left and as the right unit sees it, and the sentence that says both."""

    left: float
    right: float
    text: Sentence
    text_en: str


def harmonic_mean(left: FloatArray, right: FloatArray) -> FloatArray:
    """Return 2·a·b ÷ (a + b) for scores as either side sees them, 0 where both are 0."""
    both = left + right
    mean: FloatArray = np.divide(2 * left * right, both, out=np.zeros(len(both)), where=both > 0)
    return np.round(mean, DIGITS)


def score_as_chosen(spec: PairSpec, weights: Weights, pairs: Pairs, keep: Keep | None = None) -> Scored:
    """Return the scores of pairs (see `score_pairs`); where both sides choose, those of both."""
    if not spec.both_choose:
        return score_pairs(spec, weights, pairs, keep)
    one, other = (score_pairs(spec, view, pairs) for view in (weights, weights.turned(spec.opposites)))
    confidence = np.round((one.confidence + other.confidence) / 2, DIGITS)
    both = replace(one, score=harmonic_mean(one.score, other.score), confidence=confidence)
    return both if keep is None else keep.thin_out(both)


def weigh_pairs(spec: PairSpec, weights: Weights, values: FloatArray) -> FloatArray:
    """Return what each signal weighs in each pair (signals × pairs) with these values; the same in all where one side chooses."""
    own = _column(spec, weights)
    if not spec.both_choose:
        return np.repeat(own, values.shape[1], axis=1)
    other = _column(spec, weights.turned(spec.opposites))
    left, right = (own * values).sum(axis=0), (other * values).sum(axis=0)
    both = left + right
    part = np.divide(left, both, out=np.full(len(both), 0.5), where=both > 0)
    shared: FloatArray = 2 * (own * (1 - part) ** 2 + other * part**2)
    return np.round(shared, DIGITS)


def find_rises(spec: PairSpec, weights: Weights, values: FloatArray, wanted: float) -> FloatArray:
    """Return by how much each signal of one pair would have to rise alone for its score to exceed `wanted`; infinite if 1 is not enough."""
    own = _column(spec, weights)[:, 0]
    if not spec.both_choose:
        missing = wanted - float(np.round(own * values, DIGITS).sum()) + 10.0**-DIGITS
        with np.errstate(divide="ignore"):
            rise: FloatArray = missing / own
        return np.where(values + rise > 1, np.inf, rise)
    other = _column(spec, weights.turned(spec.opposites))[:, 0]

    def exceeds(rise: FloatArray) -> BoolArray:
        reached: BoolArray = harmonic_mean(own @ values + own * rise, other @ values + other * rise) > wanted
        return reached

    low, high = np.zeros(len(values)), 1 - values
    enough = exceeds(high)
    for _ in range(HALVINGS):  # the mean only grows with a signal
        middle = (low + high) / 2
        low, high = np.where(exceeds(middle), low, middle), np.where(exceeds(middle), middle, high)
    return np.where(enough, high, np.inf)


def tell_both_ways(
    spec: PairSpec, weights: Weights, values: FloatArray, names: list[tuple[str, str]]
) -> list[BothWays | None]:
    """Return how both sides see each pair (values: signals × pairs; names of left and right); None where one side chooses."""
    if not spec.both_choose:
        return [None] * len(names)
    views = [(_column(spec, one) * values).sum(axis=0) for one in (weights, weights.turned(spec.opposites))]
    return [_tell(a, b, *ends) for a, b, ends in zip(*(view.tolist() for view in views), names, strict=True)]


def _tell(left: float, right: float, name: str, other: str) -> BothWays:
    zh = f"{name}看 {left:.2f}，{other}看 {right:.2f}，取调和平均"
    en = f"{left:.2f} as {name} sees it, {right:.2f} as {other} does; the score is their harmonic mean"
    return BothWays(round(left, DIGITS), round(right, DIGITS), Sentence(zh, en), en)


def _column(spec: PairSpec, weights: Weights) -> FloatArray:
    return np.array([[weights.by_signal[kind.name]] for kind in spec.signals])
