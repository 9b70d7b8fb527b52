"""How a plan is made: the pairs it may choose from, what each is worth to it, and the best choice of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import polars as pl

from graph.errors import ArgumentError
from graph.texts import Said
from queries.matching.arrays import FloatArray, IntArray
from queries.matching.blocks import score_candidates
from queries.matching.candidates import NEAREST, all_pairs, candidate_blocks
from queries.matching.pairs import Limits, Pairs, pairs_of_keys
from queries.matching.plans.choosing import NO_PAIRS, Demands, Options, Room, choose_pairs, join_options
from queries.matching.score import Scored, harmonic_mean
from queries.matching.sides import Sides
from queries.pairing.engine import Engine

KEEP_BONUS = 0.05  # how much better than a kept pair its rivals must be together to take its place

Pair = tuple[str, str]  # ids: left, right
NOBODY: frozenset[Pair] = frozenset()


@dataclass(frozen=True)
class Wishes:
    """What the user demands of a plan: pairs to include, to exclude or to keep if possible, units to leave out, and what to optimize.

    `keep_bonus` is what a kept pair counts more. `load_penalty` is what the second, third, … partner of a right unit counts less, once,
    twice, …. With `both_choose` a pair counts the harmonic mean of its scores as the left and as the right unit sees it. No pair is
    farther apart than `reach` (km).
    """

    must: frozenset[Pair] = NOBODY
    forbid: frozenset[Pair] = NOBODY
    keep: frozenset[Pair] = NOBODY
    without: frozenset[str] = frozenset()
    keep_bonus: float = KEEP_BONUS
    load_penalty: float = 0.0
    both_choose: bool = False
    reach: float | None = None

    def __post_init__(self) -> None:
        for pair in sorted(self.must & self.forbid):
            reason = Said("同时要求又禁止", "is both demanded and forbidden")
            raise ArgumentError(argument="must", value="|".join(pair), reason=reason)


@dataclass(frozen=True)
class Plan:
    """A plan: the pairs that could be chosen (`options`) and the ascending rows of those that were.

    Units are indices in the two sides.
    """

    sides: Sides
    options: Options
    rows: IntArray

    @cached_property
    def chosen(self) -> Options:
        """Return the chosen pairs, ascending by left and right."""
        return self.options.take(self.rows)

    @property
    def pairs(self) -> frozenset[Pair]:
        """Return the ids of the chosen pairs."""
        lefts, rights = self.sides.left.units["id"], self.sides.right.units["id"]
        return frozenset(zip(lefts.gather(self.chosen.left), rights.gather(self.chosen.right), strict=True))

    @property
    def total(self) -> float:
        """Return the sum of the scores."""
        return round(float(self.chosen.score.sum()), 6)

    @property
    def covered(self) -> int:
        """Return how many left units have a partner."""
        return len(np.unique(self.chosen.left))


@dataclass(frozen=True)
class Planner:
    """Makes plans from the pairs of one engine, according to the user's wishes.

    `places` are how many partners each unit of the left and of the right side may take.
    """

    engine: Engine
    places: tuple[FloatArray, FloatArray]
    wishes: Wishes

    def make(self, asked: Iterable[Pair] = ()) -> Plan:
        """Return the best plan of the candidate pairs and the pairs in `asked`.

        For left units that are left without a partner, all possible pairs are tried in a second round, also with right units that
        reported nothing.
        """
        sides, wishes = self.engine.sides, self.wishes
        named, asked = (np.unique(self._keys_of(pairs)) for pairs in (wishes.must | wishes.keep, asked))
        options = self._score(candidate_blocks(sides), self.heard)
        if len(named) or len(asked):
            more = (self._score([pairs_of_keys(sides, named)]), self._score([pairs_of_keys(sides, asked)], self.heard))
            options = self._each_once([options, *more])
        self._check_must(options)
        plan = self.choose(options)
        bare = np.setdiff1d(np.flatnonzero(self.places[0] > 0), plan.chosen.left)
        if len(bare) and (len(sides.right) > NEAREST or sides.silent[1].any()):
            plan = self.choose(self._each_once([options, self._score(all_pairs(sides, bare))]))
        return plan

    def choose(self, options: Options) -> Plan:
        """Return the best plan that can be chosen from some pairs with their scores (options)."""
        sides, wishes = self.engine.sides, self.wishes
        if wishes.without:
            away = [side.has(pl.Series(sorted(wishes.without))) for side in (sides.left, sides.right)]
            options = options.take(~(away[0][options.left] | away[1][options.right]))
        rooms = [
            Room(side.ids, places.astype(np.int64))
            for side, places in zip((sides.left, sides.right), self.places, strict=True)
        ]
        must, forbid = (self._places_of(pairs) for pairs in (wishes.must, wishes.forbid))
        rows = choose_pairs(options, (rooms[0], rooms[1]), Demands(must, forbid, wishes.load_penalty))
        return Plan(sides, options, rows)

    def force(self, plan: Plan, pair: Pair) -> Plan:
        """Return the best plan of the same candidate pairs that contains the given pair."""
        forced = replace(self, wishes=replace(self.wishes, must=self.wishes.must | {pair}))
        return forced.choose(plan.options)

    def _places_of(self, pairs: Iterable[Pair]) -> IntArray:
        """Return the places of the units of each pair, a pair a row; pairs of units that are not there are left out."""
        named = sorted(pairs)
        if not named:
            return NO_PAIRS
        left, right = self.engine.sides.left.places, self.engine.sides.right.places
        there = [(left[a], right[b]) for a, b in named if a in left and b in right]
        return np.array(there, dtype=np.int64).reshape(-1, 2)

    def _keys_of(self, pairs: Iterable[Pair]) -> IntArray:
        places = self._places_of(pairs)
        return self._keys(places[:, 0], places[:, 1])

    def _keys(self, left: IntArray, right: IntArray) -> IntArray:
        return left * len(self.engine.sides.right) + right

    def _each_once(self, parts: list[Options]) -> Options:
        """Return the options of several parts, ascending, each once."""
        joined = join_options(parts)
        return joined.take(np.unique(self._keys(joined.left, joined.right), return_index=True)[1])

    @property
    def heard(self) -> Limits:
        """Return the limits of the first round, in which right units that reported nothing take no part."""
        return replace(self.limits, heard="right")

    @property
    def limits(self) -> Limits:
        """Return the limits that hold for every pair of the plan."""
        return Limits(forbidden=self.wishes.forbid, reach_km=self.wishes.reach)

    def _score(self, blocks: Iterable[Pairs], limits: Limits | None = None) -> Options:
        limits = limits or self.limits
        found = self.engine.score(blocks, limits)
        worth = found.score
        if self.wishes.both_choose and not self.engine.spec.both_choose:
            worth = self._mean_of_both(found, limits)
        if self.wishes.keep:
            kept = np.isin(self._keys(found.left, found.right), self._keys_of(self.wishes.keep))
            worth = worth + np.where(kept, self.wishes.keep_bonus, 0.0)
        return Options(found.left, found.right, found.score, worth)

    def _mean_of_both(self, found: Scored, limits: Limits) -> FloatArray:
        """Return the harmonic mean of the score and the score as the right unit sees it."""
        engine = self.engine
        keys, place = np.unique(self._keys(found.left, found.right), return_inverse=True)
        turned, pairs = engine.weights.turned(engine.spec.opposites), pairs_of_keys(engine.sides, keys)
        other = score_candidates(engine.spec, turned, engine.sides, [pairs], limits)
        return harmonic_mean(found.score, other.score[place])

    def _check_must(self, options: Options) -> None:
        """Refuse a demanded pair of a unit that is not there, or one that a rule excludes, with the rule's sentence."""
        sides = self.engine.sides
        for a, b in sorted(self.wishes.must):
            if a not in sides.left.places or b not in sides.right.places:
                raise ArgumentError(
                    argument="must", value=f"{a}|{b}", reason=Said("没有这样的单位", "there is no such unit")
                )
        must = self._places_of(self.wishes.must)
        possible = np.isin(self._keys(must[:, 0], must[:, 1]), self._keys(options.left, options.right))
        for left, right in must[~possible].tolist():
            against = self.engine.explainer.rule_against(left, right, self.limits)
            if against is not None:
                reason = against["text"]
                pair = f"{sides.left.ids[left]}|{sides.right.ids[right]}"
                raise ArgumentError(argument="must", value=pair, reason=reason)
