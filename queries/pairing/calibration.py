"""How often a pair of a score is accepted, where enough pairs were decided: scores become chances by Platt's method.

"Probabilistic Outputs for Support Vector Machines" (Platt 1999): chance = 1 ÷ (1 + exp(−(slope·score + shift))), fitted to the pairs that
people accepted and refused; with so few labels it is steadier than isotonic regression (Niculescu-Mizil and Caruana 2005). It is told only
where it foretells decisions that it was not fitted to better than their mere share does (Brier 1950).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from queries.answers.answer import Sentence
from queries.matching.arrays import BoolArray, FloatArray
from queries.matching.both_ways import score_as_chosen
from queries.matching.pairs import pairs_of_keys
from queries.matching.sides import Sides
from queries.matching.signal import PairSpec
from queries.matching.weights import Weights

FEWEST = 30  # decided pairs below which nothing is told
FEWEST_OF_EACH = 5  # of the accepted and of the refused ones
FOLDS = 10
SURE = 1.645  # standard errors by which it must do better: chance gives that once in twenty times
DIGITS = 3


@dataclass(frozen=True)
class Calibration:
    """Scores as chances, and what that rests on; `brier` and `brier_of_share` are mean squared errors on pairs not fitted to."""

    slope: float
    shift: float
    decided: int
    accepted: int
    brier: float
    brier_of_share: float

    def chance(self, score: float) -> float:
        """Return the chance that a pair of this score is accepted."""
        return round(float(expit(self.slope * score + self.shift)), DIGITS)

    def as_dict(self) -> dict[str, Any]:
        """Return what answers say of the chances that they give."""
        zh = f"采纳机会由 {self.decided} 对已决定的结对（采纳 {self.accepted} 对）推算"
        en = f"chances of acceptance rest on {self.decided} pairs that were decided, {self.accepted} of them accepted"
        return asdict(self) | {"text": Sentence(zh, en), "text_en": en}


def calibrate(spec: PairSpec, weights: Weights, sides: Sides) -> Calibration | None:
    """Return how scores become chances; None where too few pairs were decided, or the scores foretell nothing of it."""
    accepted, refused = (sides.stated(pairs).keys for pairs in (sides.facts.accepted, sides.facts.declined))
    refused = np.setdiff1d(refused, accepted)
    if len(accepted) + len(refused) < FEWEST or min(len(accepted), len(refused)) < FEWEST_OF_EACH:
        return None
    keys = np.union1d(accepted, refused)
    scored = score_as_chosen(spec, weights, pairs_of_keys(sides, keys))
    return fit(scored.score, np.isin(keys, accepted))


def fit(score: FloatArray, accepted: BoolArray) -> Calibration | None:
    """Return the calibration of decided pairs; None where it is not surely better than the share accepted, on pairs left out in turn."""
    fold = np.arange(len(score)) % FOLDS  # pairs come by their ids: as good as drawn, and the same every time
    foretold, share = np.empty(len(score)), np.empty(len(score))
    for out in range(FOLDS):
        rest = fold != out
        slope, shift = _fit(score[rest], accepted[rest])
        foretold[~rest], share[~rest] = expit(slope * score[~rest] + shift), accepted[rest].mean()
    off, off_of_share = ((said - accepted) ** 2 for said in (foretold, share))
    gain = off_of_share - off
    if gain.mean() <= SURE * gain.std(ddof=1) / np.sqrt(len(gain)):
        return None
    slope, shift = _fit(score, accepted)
    return Calibration(slope, shift, len(score), int(accepted.sum()), float(off.mean()), float(off_of_share.mean()))


def _fit(score: FloatArray, accepted: BoolArray) -> tuple[float, float]:
    """Return slope (≥ 0) and shift of the likeliest curve; targets are drawn in a little, as Platt has it, so that it stays finite."""
    yes = int(accepted.sum())
    target = np.where(accepted, (yes + 1) / (yes + 2), 1 / (len(accepted) - yes + 2))

    def loss(curve: FloatArray) -> tuple[float, FloatArray]:
        at = curve[0] * score + curve[1]
        off = expit(at) - target
        return float((np.logaddexp(0, at) - target * at).sum()), np.array([off @ score, off.sum()])

    found = minimize(loss, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B", bounds=[(0, None), (None, None)])
    return float(found.x[0]), float(found.x[1])
