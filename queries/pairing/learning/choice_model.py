"""Weights from choices that were made: which partner each unit took among all it could have taken.

The model is the conditional logit (McFadden 1974): the chance of a choice is its exp(v·x + s·shown) over the sum of all that stood to
choose from, so candidates are compared with their rivals only. Weights are never negative, and are drawn towards the weights in use:
few choices change little (ridge).

What somebody was shown is taken more easily than what nobody saw. The term s, which no score contains, soaks that up (as the rank shown
is a feature of training alone in Zhao et al. 2019, "Recommending what video to watch next"): a pair that was shown and passed over
weighs e^s times as much against the choice as one that nobody saw, and a choice among what was shown says little about the rest.

A pair that was refused is compared with what the chooser was shown beside it and did not refuse (pairwise logistic loss, Burges 2005),
on average over those: a refusal counts at most as one choice. Where nothing else was shown it is a rival like others: compared with all
candidates it would teach only that scores are too high, since what is shown scores high.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from scipy.optimize import minimize, minimize_scalar
from scipy.special import expit

from queries.matching.arrays import BoolArray, FloatArray, IntArray, join_ranges

RIDGE = 1.0  # what moving a weight away from the one in use costs, in choices
STEEPEST = 1e3  # the largest factor between a score and the logarithm of a chance


def _none() -> BoolArray:
    return np.zeros(0, dtype=np.bool_)


@dataclass(frozen=True)
class Choices:
    """What was chosen: `values` (pairs × signals) of every pair that stood to choose, ascending by `chooser`; which were `chosen`.

    `shown` are the pairs that the chooser is known to have seen, `refused` those decided against (which were seen, too); without them
    nothing of the kind is on record.
    """

    values: FloatArray
    chooser: IntArray
    chosen: BoolArray
    shown: BoolArray = field(default_factory=_none)
    refused: BoolArray = field(default_factory=_none)

    def __post_init__(self) -> None:
        for name in ("shown", "refused"):
            if not len(getattr(self, name)):
                object.__setattr__(self, name, np.zeros(len(self.chooser), dtype=np.bool_))

    @cached_property
    def starts(self) -> IntArray:
        """Return where the pairs of each chooser begin."""
        return (
            np.flatnonzero(np.append(True, self.chooser[1:] != self.chooser[:-1]))
            if len(self.chooser)
            else self.chooser
        )

    @cached_property
    def segment(self) -> IntArray:
        """Return for each pair the number of its chooser, counted from 0."""
        return np.repeat(np.arange(len(self.starts)), np.diff(np.append(self.starts, len(self.chooser))))

    def of(self, choosers: IntArray) -> Choices:
        """Return the choices of some choosers only."""
        kept = np.isin(self.chooser, choosers)
        return Choices(self.values[kept], self.chooser[kept], self.chosen[kept], self.shown[kept], self.refused[kept])

    def __len__(self) -> int:
        return int(self.chosen.sum())


@dataclass(frozen=True)
class Learned:
    """Learned weights (they add up to 1) and the factor by which a score becomes the logarithm of a chance.

    `pull` is what being shown adds to that logarithm; no score contains it.
    """

    weights: FloatArray
    steepness: float
    pull: float = 0.0


def learn(choices: Choices, weights: FloatArray, ridge: float = RIDGE) -> Learned:
    """Return the weights that explain the choices best, drawn towards `weights`; these themselves where nothing was chosen.

    Minimises −log likelihood + ridge·(|v − c·weights|² + s²), v ≥ 0, s ≥ 0, with c the factor that suits `weights` best.
    """
    if not len(choices):
        return Learned(weights, 1.0)
    one = Choices(choices.values @ weights[:, None], choices.chooser, choices.chosen)
    factor = float(minimize_scalar(lambda c: _loss(one, np.array([c]))[0], bounds=(0, STEEPEST), method="bounded").x)
    centre = np.append(factor * weights, 0.0)
    seen = Choices(np.column_stack([choices.values, choices.shown]), choices.chooser, choices.chosen)
    refusals = compare_refused(choices)

    def cost(v: FloatArray) -> tuple[float, FloatArray]:
        loss, slope = _loss(seen, v)
        refused, back = refusals.loss(v[:-1])
        away = v - centre
        return loss + refused + ridge * float(away @ away), slope + np.append(back, 0.0) + 2 * ridge * away

    bounds = [(0, None)] * len(weights) + [(0, None if choices.shown.any() else 0)]
    found = minimize(cost, centre, jac=True, bounds=bounds, method="L-BFGS-B").x
    total = float(found[:-1].sum())
    return Learned(found[:-1] / total, total, float(found[-1])) if total > 0 else Learned(weights, 0.0)


def _loss(choices: Choices, v: FloatArray) -> tuple[float, FloatArray]:
    """Return −log likelihood and its slope; of several choices of one chooser each is compared with what was not chosen."""
    score = choices.values @ v
    score = score - np.maximum.reduceat(score, choices.starts)[choices.segment]
    power = np.exp(score)
    rivals = np.add.reduceat(np.where(choices.chosen, 0, power), choices.starts)
    taken = np.flatnonzero(choices.chosen)
    total = rivals[choices.segment[taken]] + power[taken]
    loss = float((np.log(total) - score[taken]).sum())
    share = np.bincount(choices.segment[taken], weights=1 / total, minlength=len(choices.starts))
    pull = np.where(choices.chosen, 0, power * share[choices.segment])
    pull[taken] = power[taken] / total - 1
    return loss, pull @ choices.values


@dataclass(frozen=True)
class Refusals:
    """How much better (comparisons × signals) what was shown beside a refused pair is, and what each comparison counts."""

    better_by: FloatArray
    share: FloatArray

    def __len__(self) -> int:
        return len(self.share)

    def loss(self, v: FloatArray) -> tuple[float, FloatArray]:
        """Return −log likelihood that the refused pair is the worse one, and its slope."""
        gap = self.better_by @ v
        loss = float(self.share @ np.logaddexp(0, -gap))
        return loss, -(self.share * expit(-gap)) @ self.better_by


def compare_refused(choices: Choices) -> Refusals:
    """Return every refused pair against each pair that its chooser was shown and did not refuse."""
    kept = np.flatnonzero(choices.shown & ~choices.refused)
    refused = np.flatnonzero(choices.refused)
    count = np.bincount(choices.segment[kept], minlength=len(choices.starts))
    first = np.cumsum(count) - count
    of = choices.segment[refused]
    rival = kept[join_ranges(first[of], count[of])]
    against = np.repeat(refused, count[of])
    share = np.repeat(1 / np.maximum(count[of], 1), count[of])
    return Refusals(choices.values[rival] - choices.values[against], share)
