"""From pairs to scores: signals measured, weighted, summed; what is unknown takes the prior and lowers confidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from queries.matching import kernels
from queries.matching.arrays import BILLION, BoolArray, FloatArray, IntArray, run_edges
from queries.matching.kernels.contract import PassTables, Terms, Together
from queries.matching.pairs import Pairs
from queries.matching.sides import Sides
from queries.matching.signal import PairSpec
from queries.matching.weights import Weights
from queries.pairing.signals import TOGETHER

DIGITS = 9  # scores closer than this are ties, whatever order sums were taken in
FIELDS = ("left", "right", "score", "confidence")


@dataclass(frozen=True)
class Scored:
    """Scored pairs, ascending by left and right; `confidence` is the share of weight about which something is known."""

    left: IntArray
    right: IntArray
    score: FloatArray
    confidence: FloatArray

    def take(self, places: IntArray) -> Scored:
        """Return the pairs at some places, in their order."""
        return Scored(*(getattr(self, name).take(places) for name in FIELDS))

    def put(self, places: IntArray, others: Scored) -> None:
        """Write other pairs to some places."""
        for name in FIELDS:
            getattr(self, name)[places] = getattr(others, name)


class Keep(NamedTuple):
    """What is worth keeping: the best `most` pairs of each left unit, of equals those with the smaller id.

    Where `rights` says how many right units there are, a different stretch of the equals is kept of each left unit.
    """

    most: int
    rights: int = 0

    def thin_out(self, scored: Scored) -> Scored:
        """Return what is worth keeping of pairs that are all there are of their left units."""
        edges = run_edges(scored.left)
        return scored if self.keeps_all(edges) else scored.take(self.find(edges, scored))

    def keeps_all(self, edges: IntArray) -> bool:
        """Return whether no run of pairs is longer than what is kept of it."""
        return bool(np.diff(edges).max(initial=0) <= self.most)

    def find(self, edges: IntArray, scored: Scored) -> IntArray:
        """Return the places, ascending, of what is worth keeping."""
        turn = (scored.right - scored.left) % self.rights if self.rights else scored.right
        return kernels.current().first(edges, scored.score, turn, self.most)


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


def score_pairs(spec: PairSpec, weights: Weights, pairs: Pairs, keep: Keep | None = None) -> Scored:
    """Return the scores of pairs, without asking the rules; `keep` says what of them, where they are all of their left units."""
    weight = tuple(weights.by_signal[kind.name] for kind in spec.signals)
    one_pass, runs = find_pass(pairs.sides), (pairs.lefts, pairs.edges, pairs.right)
    terms, apart = _part_signals(spec, weight)
    keep = None if keep is None or keep.keeps_all(pairs.edges) else keep
    if one_pass is not None and keep is not None and not apart:
        together, tables = one_pass
        best = together.best(runs, tables, terms, keep)
        left = np.repeat(pairs.lefts, np.diff(best.edges))
        return Scored(left, best.right, best.score / BILLION, _confidences(weight)[best.known])
    score, known = np.zeros(len(pairs)), np.zeros(len(pairs), dtype=np.int64)
    if one_pass is not None:
        together, tables = one_pass
        together.add((score, known), runs, tables, terms)
    for place in apart if one_pass is not None else range(len(spec.signals)):
        measured = spec.signals[place].measure(pairs)
        term = (weight[place], measured.prior, 1 << place)
        kernels.current().add((score, known), measured.values, measured.known, term)
    score /= BILLION
    scored = Scored(pairs.left, pairs.right, score, _confidences(weight)[known])
    return scored if keep is None else scored.take(keep.find(pairs.edges, scored))


def find_pass(sides: Sides) -> tuple[Together, PassTables] | None:
    """Return what adds several signals in one pass, and what it reads; None where there is no such pass."""
    together = kernels.current().together
    tables = None if together is None else sides.together
    return None if together is None or tables is None else (together, tables)


def takes_one_pass(spec: PairSpec, sides: Sides) -> bool:
    """Return whether one compiled pass adds all signals of a pairing."""
    different = {kind.measure for kind in spec.signals}
    return len(different & TOGETHER.keys()) == len(spec.signals) and find_pass(sides) is not None


def _part_signals(spec: PairSpec, weight: tuple[float, ...]) -> tuple[Terms, list[int]]:
    """Return the terms of the signals that one compiled pass can add together, and the places of the others."""
    terms = Terms(np.zeros(len(TOGETHER)), np.zeros(len(TOGETHER)), np.zeros(len(TOGETHER), dtype=np.int64))
    apart = []
    for place, kind in enumerate(spec.signals):
        slot, prior = TOGETHER.get(kind.measure, (-1, 0.0))
        if slot < 0 or terms.bit[slot]:  # what a pairing measures twice is added once more apart
            apart.append(place)
        else:
            terms.weight[slot], terms.prior[slot], terms.bit[slot] = weight[place], prior, 1 << place
    return terms, apart


@lru_cache(maxsize=64)
def _confidences(weights: tuple[float, ...]) -> FloatArray:
    """Return the share of weight about which something is known, by the bits of the signals that are known."""
    bits, sums = np.arange(1 << len(weights)), np.zeros(1 << len(weights))
    for place, weight in enumerate(weights):
        np.add(sums, weight, out=sums, where=bits >> place & 1 == 1)
    return np.round(sums, DIGITS)


def join_scored(parts: Iterable[Scored]) -> Scored:
    """Return the scored pairs of several parts, one after the other."""
    made = [room_for(0), *parts]
    return Scored(*(np.concatenate([getattr(part, name) for part in made]) for name in FIELDS))


def room_for(pairs: int) -> Scored:
    """Return room for so many scored pairs, not yet written."""
    return Scored(np.empty(pairs, np.int64), np.empty(pairs, np.int64), np.empty(pairs), np.empty(pairs))
