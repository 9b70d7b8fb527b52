"""Computes the scores of pairs as weighted sums of signals; an unknown signal counts its prior and lowers confidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from queries.matching import kernels
from queries.matching.arrays import BILLION, BoolArray, FloatArray, IntArray, run_edges
from queries.matching.kernels import OnePass, Terms
from queries.matching.pairs import Pairs
from queries.matching.sides import Sides
from queries.matching.signal import PairSpec
from queries.matching.weights import Weights

DIGITS = 9  # scores closer than this are ties, whatever order sums were taken in
FIELDS = ("left", "right", "score", "confidence")


@dataclass(frozen=True)
class Scored:
    """Scored pairs, ascending by left and right; `confidence` is the share of the weights whose signals are known."""

    left: IntArray
    right: IntArray
    score: FloatArray
    confidence: FloatArray

    def take(self, places: IntArray) -> Scored:
        """Return the scored pairs at the given positions, in that order."""
        return Scored(*(getattr(self, name).take(places) for name in FIELDS))

    def put(self, places: IntArray, others: Scored) -> None:
        """Write other scored pairs to the given positions."""
        for name in FIELDS:
            getattr(self, name)[places] = getattr(others, name)


class Keep(NamedTuple):
    """How many of the best pairs of each left unit are kept (`most`); ties go to the smaller id.

    Where `rights` says how many right units there are, a different stretch of the equals is kept of each left unit.
    """

    most: int
    rights: int = 0

    def thin_out(self, scored: Scored) -> Scored:
        """Return the best pairs of each left unit, given all pairs of these units."""
        edges = run_edges(scored.left)
        return scored if self.keeps_all(edges) else scored.take(self.find(edges, scored))

    def keeps_all(self, edges: IntArray) -> bool:
        """Return whether no left unit has more pairs than are kept."""
        return bool(np.diff(edges).max(initial=0) <= self.most)

    def find(self, edges: IntArray, scored: Scored) -> IntArray:
        """Return the ascending positions of the best pairs of each left unit."""
        turn = (scored.right - scored.left) % self.rights if self.rights else scored.right
        return kernels.current().first(edges, scored.score, turn, self.most)


def measure(spec: PairSpec, pairs: Pairs) -> tuple[FloatArray, BoolArray]:
    """Return the value of every signal for every pair, and whether it is known (both: signals × pairs).

    Where it is unknown, the value is the signal's prior.
    """
    measured = [(kind.measure(pairs), kind.prior) for kind in spec.signals]
    filled = np.stack([np.where(one.known, one.values, prior) for one, prior in measured])
    return filled, np.stack([one.known for one, _ in measured])


def apply_rules(spec: PairSpec, pairs: Pairs) -> IntArray:
    """Return for each pair the place of the first rule that excludes it, −1 for none."""
    found = np.full(len(pairs), -1, dtype=np.int64)
    for place, one in reversed(list(enumerate(spec.rules))):
        found[one.excludes(pairs)] = place
    return found


def score_pairs(spec: PairSpec, weights: Weights, pairs: Pairs, keep: Keep | None = None) -> Scored:
    """Return the scores of pairs without applying the rules; with `keep` only the best of each left unit.

    Then all pairs of these left units must be given.
    """
    weight = tuple(weights.by_signal[kind.name] for kind in spec.signals)
    keep = None if keep is None or keep.keeps_all(pairs.edges) else keep
    found, runs = find_pass(pairs.sides), (pairs.lefts, pairs.edges, pairs.right)
    terms, apart = _part_signals(spec, weight, found[0].formulas if found else ())
    if found and keep is not None and not apart:
        best = found[0].best(runs, found[1], terms, keep)
        left = np.repeat(pairs.lefts, np.diff(best.edges))
        return Scored(left, best.right, best.score / BILLION, _confidences(weight)[best.known])
    score, known = np.zeros(len(pairs)), np.zeros(len(pairs), dtype=np.int64)
    if found:
        found[0].add((score, known), runs, found[1], terms)
    for place in apart:
        measured = spec.signals[place].measure(pairs)
        term = (weight[place], spec.signals[place].prior, 1 << place)
        kernels.current().add((score, known), measured.values, measured.known, term)
    score /= BILLION
    scored = Scored(pairs.left, pairs.right, score, _confidences(weight)[known])
    return scored if keep is None else scored.take(keep.find(pairs.edges, scored))


def find_pass(sides: Sides) -> tuple[OnePass, Any] | None:
    """Return the object that adds several signals in one loop, and the data it reads; None where there is no such loop."""
    one_pass = kernels.current().one_pass
    tables = None if one_pass is None else sides.pass_tables
    return None if one_pass is None or tables is None else (one_pass, tables)


def takes_one_pass(spec: PairSpec, sides: Sides) -> bool:
    """Return whether one compiled loop computes all signals of a pairing."""
    found = find_pass(sides)
    return found is not None and len({kind.formula for kind in spec.signals} & set(found[0].formulas)) == len(
        spec.signals
    )


def _part_signals(spec: PairSpec, weight: tuple[float, ...], formulas: Sequence[str]) -> tuple[Terms, list[int]]:
    """Return the terms of the signals that one compiled pass can add together, and the places of the others."""
    terms = Terms(np.zeros(len(formulas)), np.zeros(len(formulas)), np.zeros(len(formulas), dtype=np.int64))
    apart = []
    for place, kind in enumerate(spec.signals):
        slot = formulas.index(kind.formula) if kind.formula in formulas else -1
        if slot < 0 or terms.bit[slot]:  # what a pairing measures twice is added once more apart
            apart.append(place)
        else:
            terms.weight[slot], terms.prior[slot], terms.bit[slot] = weight[place], kind.prior, 1 << place
    return terms, apart


def harmonic_mean(left: FloatArray, right: FloatArray) -> FloatArray:
    """Return 2·a·b ÷ (a + b) for scores as either side sees them, 0 where both are 0."""
    both = left + right
    mean: FloatArray = np.divide(2 * left * right, both, out=np.zeros(len(both)), where=both > 0)
    return np.round(mean, DIGITS)


def score_as_chosen(spec: PairSpec, weights: Weights, pairs: Pairs, keep: Keep | None = None) -> Scored:
    """Return the scores of pairs; where both sides choose, the harmonic mean of the scores that either side gives."""
    if not spec.both_choose:
        return score_pairs(spec, weights, pairs, keep)
    one, other = (score_pairs(spec, view, pairs) for view in (weights, weights.turned(spec.opposites)))
    confidence = np.round((one.confidence + other.confidence) / 2, DIGITS)
    both = replace(one, score=harmonic_mean(one.score, other.score), confidence=confidence)
    return both if keep is None else keep.thin_out(both)


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
    """Return arrays for the given number of scored pairs, to be filled by the caller."""
    return Scored(np.empty(pairs, np.int64), np.empty(pairs, np.int64), np.empty(pairs), np.empty(pairs))
