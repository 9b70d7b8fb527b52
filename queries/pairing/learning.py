"""Weights from choices that were made: which partner each unit took among all it could have taken.

The model is the conditional logit (McFadden 1974): the chance of a choice is its exp(v·x) over the sum of all that stood to choose
from, so candidates are compared with their rivals only. Weights are never negative, and are drawn towards the weights in use: few
choices change little (ridge).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import minimize, minimize_scalar

from queries.pairing.arrays import BoolArray, FloatArray, IntArray

RIDGE = 1.0  # what moving a weight away from the one in use costs, in choices
STEEPEST = 1e3  # the largest factor between a score and the logarithm of a chance


@dataclass(frozen=True)
class Choices:
    """What was chosen: `values` (pairs × signals) of every pair that stood to choose, ascending by `chooser`; which were `chosen`."""

    values: FloatArray
    chooser: IntArray
    chosen: BoolArray

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
        return Choices(self.values[kept], self.chooser[kept], self.chosen[kept])

    def __len__(self) -> int:
        return int(self.chosen.sum())


@dataclass(frozen=True)
class Learned:
    """Learned weights (they add up to 1) and the factor by which a score becomes the logarithm of a chance."""

    weights: FloatArray
    steepness: float


def learn(choices: Choices, weights: FloatArray, ridge: float = RIDGE) -> Learned:
    """Return the weights that explain the choices best, drawn towards `weights`; these themselves where nothing was chosen.

    Minimises −log likelihood + ridge·|v − c·weights|², v ≥ 0, with c the factor that suits `weights` best.
    """
    if not len(choices):
        return Learned(weights, 1.0)
    one = Choices(choices.values @ weights[:, None], choices.chooser, choices.chosen)
    factor = float(minimize_scalar(lambda c: _loss(one, np.array([c]))[0], bounds=(0, STEEPEST), method="bounded").x)
    centre = factor * weights

    def cost(v: FloatArray) -> tuple[float, FloatArray]:
        loss, slope = _loss(choices, v)
        away = v - centre
        return loss + ridge * float(away @ away), slope + 2 * ridge * away

    found = minimize(cost, centre, jac=True, bounds=[(0, None)] * len(weights), method="L-BFGS-B").x
    total = float(found.sum())
    return Learned(found / total, total) if total > 0 else Learned(weights, 0.0)


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
