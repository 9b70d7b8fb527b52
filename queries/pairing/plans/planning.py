"""A plan in the making: which pairs stand to choose, what each is worth to the plan, and the best choice of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
import polars as pl

from graph.errors import ArgumentError
from queries.pairing.arrays import FloatArray, IntArray
from queries.pairing.blocks import score_candidates
from queries.pairing.both_ways import harmonic_mean
from queries.pairing.candidates import NEAREST, all_pairs, candidate_blocks
from queries.pairing.engine import Engine
from queries.pairing.pairs import Limits, Pairs, pairs_of_keys
from queries.pairing.plans.assignment import assign
from queries.pairing.score import Scored

KEEP_BONUS = 0.05  # how much better than a kept pair its rivals must be together to take its place

Pair = tuple[str, str]  # ids: left, right
NOBODY: frozenset[Pair] = frozenset()


@dataclass(frozen=True)
class Wishes:
    """What the asker wants of a plan: pairs to hold, to leave out and to keep if possible, units to leave out, and by what it counts.

    `keep_bonus` is what a kept pair counts more. `load_penalty` is what the second, third, … partner of a right unit counts less, once,
    twice, …. With `both_choose` a pair counts the harmonic mean of its scores as the left and as the right unit sees it.
    """

    must: frozenset[Pair] = NOBODY
    forbid: frozenset[Pair] = NOBODY
    keep: frozenset[Pair] = NOBODY
    without: frozenset[str] = frozenset()
    keep_bonus: float = KEEP_BONUS
    load_penalty: float = 0.0
    both_choose: bool = False

    def __post_init__(self) -> None:
        for pair in sorted(self.must & self.forbid):
            reason = "同时要求又禁止 / is both demanded and forbidden"
            raise ArgumentError(argument="must", value="|".join(pair), reason=reason)
        for name in ("keep_bonus", "load_penalty"):
            if not 0 <= getattr(self, name) <= 1:
                raise ArgumentError(
                    argument=name, value=getattr(self, name), reason="应在 0 到 1 之间 / must lie between 0 and 1"
                )


@dataclass(frozen=True)
class Plan:
    """A plan: `chosen` pairs and all `scored` ones it was chosen from (left, right, score; `worth` is what a pair counts for)."""

    chosen: pl.DataFrame
    scored: pl.DataFrame

    @property
    def pairs(self) -> frozenset[Pair]:
        """Return the chosen pairs."""
        return frozenset(self.chosen.select("left", "right").iter_rows())

    @property
    def total(self) -> float:
        """Return the sum of the scores."""
        return round(float(self.chosen["score"].sum()), 6)

    @property
    def covered(self) -> int:
        """Return how many left units have a partner."""
        return self.chosen["left"].n_unique()


@dataclass(frozen=True)
class Planner:
    """Makes plans of one engine's pairs; `places` are how many partners each unit of the left and of the right side may take."""

    engine: Engine
    places: tuple[FloatArray, FloatArray]
    wishes: Wishes

    def make(self, asked: Iterable[Pair] = ()) -> Plan:
        """Return the best plan; `asked` are pairs that must stand to choose. Who stays bare is given every possible partner once more."""
        sides, wishes = self.engine.sides, self.wishes
        named = self._keys(chain(wishes.must, wishes.keep, asked))
        scored = self._score(chain(candidate_blocks(sides), [pairs_of_keys(sides, named)]))
        scored = scored.unique() if len(named) else scored
        self._check_must(scored)
        plan = self.choose(scored)
        bare = np.setdiff1d(np.flatnonzero(self.places[0] > 0), sides.left.place(plan.chosen["left"]))
        if len(bare) and len(sides.right) > NEAREST:
            plan = self.choose(pl.concat([scored, self._score(all_pairs(sides, bare))]).unique())
        return plan

    def choose(self, scored: pl.DataFrame) -> Plan:
        """Return the best plan of scored pairs (left, right, score, worth)."""
        wishes = self.wishes
        out = sorted(wishes.without)
        open_ = scored.filter(~pl.col("left").is_in(out) & ~pl.col("right").is_in(out)) if out else scored
        sides = self.engine.sides
        room = [
            pl.DataFrame({"id": side.ids, "capacity": places.astype(np.int64)}, schema_overrides={"id": pl.String})
            for side, places in zip((sides.left, sides.right), self.places, strict=True)
        ]
        counted = open_.select("left", "right", score="worth")
        pairs = assign(counted, room[0], room[1], wishes.must, wishes.forbid, wishes.load_penalty)
        chosen = pairs.select("left", "right").join(open_, on=["left", "right"]).sort("left", "right")
        return Plan(chosen, open_)

    def force(self, plan: Plan, pair: Pair) -> Plan:
        """Return the best plan of the same pairs that holds `pair`."""
        forced = replace(self, wishes=replace(self.wishes, must=self.wishes.must | {pair}))
        return forced.choose(plan.scored)

    def _keys(self, pairs: Iterable[Pair]) -> IntArray:
        left, right = self.engine.sides.left.places, self.engine.sides.right.places
        return np.unique(np.array([left[a] * len(right) + right[b] for a, b in pairs], dtype=np.int64))

    def _score(self, blocks: Iterator[Pairs]) -> pl.DataFrame:
        sides = self.engine.sides
        limits = Limits(forbidden=self.wishes.forbid)
        found = self.engine.score(blocks, limits)
        units = {
            "left": sides.left.units["id"].gather(found.left),
            "right": sides.right.units["id"].gather(found.right),
        }
        scored = pl.DataFrame(units | {"score": found.score}).with_columns(worth="score")
        if self.wishes.both_choose and not self.engine.spec.both_choose:
            scored = scored.with_columns(worth=pl.Series(self._mean_of_both(found, limits)))
        if not self.wishes.keep:
            return scored
        kept = pl.DataFrame(sorted(self.wishes.keep), schema={"left": pl.String, "right": pl.String}, orient="row")
        bonus = kept.with_columns(bonus=pl.lit(self.wishes.keep_bonus))
        scored = scored.join(bonus, on=["left", "right"], how="left", maintain_order="left")
        return scored.select("left", "right", "score", worth=pl.col("worth") + pl.col("bonus").fill_null(0.0))

    def _mean_of_both(self, found: Scored, limits: Limits) -> FloatArray:
        """Return the harmonic mean of the score and the score as the right unit sees it."""
        engine = self.engine
        keys, place = np.unique(found.left * len(engine.sides.right) + found.right, return_inverse=True)
        turned, pairs = engine.weights.turned(engine.spec.opposites), pairs_of_keys(engine.sides, keys)
        other = score_candidates(engine.spec, turned, engine.sides, [pairs], limits)
        return harmonic_mean(found.score, other.score[place])

    def _check_must(self, scored: pl.DataFrame) -> None:
        """Refuse a demanded pair that a rule excludes, with the rule's sentence."""
        left, right = self.engine.sides.left, self.engine.sides.right
        possible = set(
            scored.filter(pl.col("left").is_in([a for a, _ in self.wishes.must])).select("left", "right").iter_rows()
        )
        for a, b in sorted(self.wishes.must - possible):
            against = self.engine.explainer.rule_against(left.places[a], right.places[b], Limits())
            if against is not None:
                reason = f"{against['text']} / {against['text_en']}"
                raise ArgumentError(argument="must", value=f"{a}|{b}", reason=reason)
