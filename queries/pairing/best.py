"""The best partners of every unit of the left side at once, in little memory: only the first few of each are kept on the way."""

from __future__ import annotations

from functools import partial

from queries.pairing.arrays import IntArray
from queries.pairing.both_ways import keep_as_chosen
from queries.pairing.score import Scored, keep_first, score_lefts
from queries.pairing.sides import Sides
from queries.pairing.signal import PairSpec
from queries.pairing.weights import Weights


def best_partners(spec: PairSpec, weights: Weights, sides: Sides, k: int, lefts: IntArray | None = None) -> Scored:
    """Return the `k` best pairs of each of `lefts` (default: all), ascending by left and right; of equals those with the smaller id."""
    first = partial(keep_first, most=k)
    return score_lefts(spec, weights, sides, keep_as_chosen(spec, weights, sides, first) or first, lefts)
