"""The first few pairs in the order in which people read them: the best first; of equals the smaller id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from queries.matching.arrays import IntArray
from queries.matching.blocks import best_partners
from queries.matching.pairs import Limits, list_pairs
from queries.matching.score import Scored
from queries.pairing.engine import Engine
from queries.pairing.rules import REACH_KM

# Whoever chooses, those who reported nothing are no candidates, and nobody is beyond reach.
CHOOSING_RIGHT, CHOOSING_LEFT = Limits(reach_km=REACH_KM, heard="right"), Limits(reach_km=REACH_KM, heard="left")


@dataclass(frozen=True)
class Ranked:
    """Scored pairs from best to worst with their ranks, the number of candidates, and whether only the first are given."""

    scored: Scored
    rank: IntArray
    candidates: int
    is_cut: bool = False

    def __len__(self) -> int:
        return len(self.rank)

    def take(self, rows: IntArray) -> Ranked:
        """Return some of the pairs, in this order."""
        return Ranked(_take(self.scored, rows), self.rank[rows], self.candidates, self.is_cut)


def best_of_each(engine: Engine, k: int) -> Ranked:
    """Return the `k` best pairs of every left unit; left units come by the score of their best."""
    best = best_partners(engine.spec, engine.weights, engine.sides, k, limits=CHOOSING_RIGHT)
    best = _take(best, np.lexsort((best.right, -best.score, best.left)))
    new = np.append(True, best.left[1:] != best.left[:-1])[: len(best.left)]
    start = np.maximum.accumulate(np.where(new, np.arange(len(new)), 0))
    rank = np.arange(len(new)) - start + 1
    return Ranked(best, rank, len(new)).take(np.lexsort((rank, best.left, -best.score[start])))


def best_of_one(engine: Engine, places: Sequence[tuple[bool, int]], k: int) -> Ranked:
    """Return the `k` best pairs of one unit, for each side of the pairing that it is on.

    `places` are (is it the left side, its index there).
    """
    found = [_rank(engine, is_left, place) for is_left, place in places]
    first = [_take(scored, np.arange(min(k, len(scored.left)))) for scored in found]
    scored = Scored(*(np.concatenate([getattr(part, field.name) for part in first]) for field in fields(Scored)))
    rank = np.concatenate([np.arange(1, len(part.left) + 1) for part in first])
    candidates = sum(len(part.left) for part in found)
    return Ranked(scored, rank, candidates, is_cut=candidates > len(rank))


def _rank(engine: Engine, is_left: bool, place: int) -> Scored:
    """Return all that one unit may be paired with, the best first; it is compared with everybody, so nothing is missed."""
    others = np.arange(len(engine.sides.right if is_left else engine.sides.left))
    own = np.full(len(others), place)
    pairs = list_pairs(engine.sides, own, others) if is_left else list_pairs(engine.sides, others, own)
    scored = engine.score([pairs], CHOOSING_RIGHT if is_left else CHOOSING_LEFT, keep_all=True)
    return _take(scored, np.lexsort((scored.right if is_left else scored.left, -scored.score)))


def _take(scored: Scored, rows: IntArray) -> Scored:
    return Scored(*(getattr(scored, field.name)[rows] for field in fields(Scored)))
