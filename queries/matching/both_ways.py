"""The score of a pair in which both sides choose: the harmonic mean of either side's score, high only if both are high.

As the right unit sees a pair, signals that look one way (what I want of you, what you want of me) change places, so the same weights
count for the other. Of the scores a and b the mean is 2·a·b ÷ (a + b), 0 where both are 0 (Pizzato et al. 2010, "RECON: a reciprocal
recommender"). It grows in proportion with both, so that by Euler's theorem it is a·∂a + b·∂b, with ∂a = 2·b² ÷ (a + b)² and ∂b likewise:
a signal's weight in a pair is its weight in either score times these shares, and contributions still add up to the score.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.texts import Said
from queries.matching.arrays import BoolArray, FloatArray
from queries.matching.score import DIGITS, harmonic_mean
from queries.matching.signal import PairSpec
from queries.matching.weights import Weights

HALVINGS = 40  # of the range of a signal: less than a billionth is left


@dataclass(frozen=True)
class BothWays:
    """A pair's score as the left unit sees it and as the right unit sees it, with a sentence that explains both."""

    left: float
    right: float
    text: Said
    text_en: str


def weigh_pairs(spec: PairSpec, weights: Weights, values: FloatArray) -> FloatArray:
    """Return each signal's weight in the score of each pair (signals × pairs).

    Where both sides choose, it depends on the signals' `values`; else it is the same in all pairs.
    """
    own = _column(spec, weights)
    if not spec.both_choose:
        return np.repeat(own, values.shape[1], axis=1)
    other = _column(spec, weights.turned(spec.opposites))
    left, right = (own * values).sum(axis=0), (other * values).sum(axis=0)
    both = left + right
    part = np.divide(left, both, out=np.full(len(both), 0.5), where=both > 0)
    # The slopes of the harmonic mean: as it is homogeneous (Euler), contributions weighted by them add up to the score.
    shared: FloatArray = 2 * (own * (1 - part) ** 2 + other * part**2)
    return np.round(shared, DIGITS)


def find_rises(spec: PairSpec, weights: Weights, values: FloatArray, wanted: float) -> FloatArray:
    """Return how much each signal of a pair would have to rise, alone, for the score to exceed `wanted`; infinite if it cannot."""
    own = _column(spec, weights)[:, 0]
    if not spec.both_choose:
        # One unit of the last digit more, since the score has to exceed `wanted`, not to equal it.
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
    """Return the score of each pair as either side sees it, with a sentence; None where only one side chooses.

    `values` are signals × pairs, `names` those of the left and the right unit.
    """
    if not spec.both_choose:
        return [None] * len(names)
    views = [(_column(spec, one) * values).sum(axis=0) for one in (weights, weights.turned(spec.opposites))]
    return [_tell(a, b, *ends) for a, b, ends in zip(*(view.tolist() for view in views), names, strict=True)]


def _tell(left: float, right: float, name: str, other: str) -> BothWays:
    zh = f"{name}看 {left:.2f}，{other}看 {right:.2f}，取调和平均"
    en = f"{left:.2f} as {name} sees it, {right:.2f} as {other} does; the score is their harmonic mean"
    return BothWays(round(left, DIGITS), round(right, DIGITS), Said(zh, en), en)


def _column(spec: PairSpec, weights: Weights) -> FloatArray:
    return np.array([[weights.by_signal[kind.name]] for kind in spec.signals])
