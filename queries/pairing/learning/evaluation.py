"""How good a ranking is: where those that were really chosen stand in it, with intervals, and whether one ranking beats another."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from queries.matching.arrays import FloatArray, IntArray
from queries.pairing.learning.choice_model import Choices

DRAWS = 2_000  # bootstrap samples
LEVEL = 0.95


@dataclass(frozen=True)
class Interval:
    """A mean with its bootstrap interval."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}]"


def ranks(choices: Choices, scores: FloatArray) -> FloatArray:
    """Return the rank of each chosen pair among those not chosen by the same chooser; of equals the expected rank."""
    found = []
    ends = np.append(choices.starts, len(scores))
    for start, end in pairwise(ends):
        chosen, own = choices.chosen[start:end], scores[start:end]
        if chosen.any():
            rivals = np.sort(-own[~chosen])
            better = np.searchsorted(rivals, -own[chosen], "left")
            found.append(1 + (better + np.searchsorted(rivals, -own[chosen], "right")) / 2)
    return np.concatenate(found) if found else np.empty(0)


def owners(choices: Choices) -> IntArray:
    """Return the chooser of each chosen pair, in the order of `ranks`."""
    return choices.chooser[choices.chosen]


def interval(values: FloatArray, clusters: IntArray, seed: int = 0) -> Interval:
    """Return the mean of values with its bootstrap interval over clusters (Cameron and Miller 2015), the same for the same seed."""
    _, cluster = np.unique(clusters, return_inverse=True)
    sums, counts = np.bincount(cluster, values), np.bincount(cluster).astype(np.float64)
    drawn = np.random.default_rng(seed).integers(0, len(sums), (DRAWS, len(sums)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(values.mean()), float(low), float(high))


def ndcg(gains: FloatArray, scores: FloatArray, chooser: IntArray, first: int = 10) -> FloatArray:
    """Return for each chooser the discounted gain of its first pairs by `scores` over the best possible (Järvelin and Kekäläinen 2002)."""
    found = []
    starts = np.flatnonzero(np.append(True, chooser[1:] != chooser[:-1]))
    for start, end in zip(starts, np.append(starts[1:], len(chooser)), strict=True):
        own, gain = scores[start:end], gains[start:end]
        discount = 1 / np.log2(np.arange(2, 2 + min(first, len(own))))
        ideal = float((np.sort(gain)[::-1][:first] * discount).sum())
        reached = float((gain[np.argsort(-own, kind="stable")][:first] * discount).sum())
        found.append(reached / ideal if ideal > 0 else 1.0)
    return np.array(found)
