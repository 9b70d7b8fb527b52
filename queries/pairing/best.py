"""The best partners of every unit of the left side at once, in little memory: only the first few of each are kept on the way."""

from __future__ import annotations

from functools import partial

from queries.pairing.candidates import candidate_blocks
from queries.pairing.score import Scored, keep_first, score_candidates
from queries.pairing.sides import Sides
from queries.pairing.signal import Limits, PairSpec
from queries.pairing.weights import Weights


def best_partners(spec: PairSpec, weights: Weights, sides: Sides, k: int) -> Scored:
    """Return the `k` best pairs of each left unit, ascending by left and right; of equals those with the smaller id."""
    return score_candidates(spec, weights, sides, candidate_blocks(sides), Limits(), partial(keep_first, most=k))
