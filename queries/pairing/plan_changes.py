"""How two plans differ, and why a pair is not in a plan: who holds the places, and what forcing the pair would cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NotRequired, TypedDict

import numpy as np

from graph.errors import ArgumentError
from graph.texts import Said, SaidKeys, text_keys
from queries.matching.pairs import NO_LIMITS, Limits, list_pairs
from queries.matching.score import score_as_chosen
from queries.pairing.engine import Engine
from queries.pairing.explain import Against
from queries.pairing.planning import Pair, Plan, Planner
from queries.pairing.reasons import list_words


class NamedPair(TypedDict):
    """A pair with the ids and names of its units, and if a rule now excludes it, the reason."""

    left_id: str
    left: str
    right_id: str
    right: str
    why: NotRequired[Said]
    why_en: NotRequired[str]


class Comparison(SaidKeys):
    """What changes from one plan to another."""

    added: list[NamedPair]
    dropped: list[NamedPair]
    kept: int
    total_before: float
    total: float
    total_difference: float
    covered_before: int
    covered: int
    coverage_difference: int


class Holders(TypedDict):
    """The pairs of a plan that hold the places of a left and of a right unit."""

    left: list[NamedPair]
    right: list[NamedPair]


class Absence(NamedPair, total=False):
    """Why a pair is not in a plan: the rule against it, or who holds its places and what the best plan with it would change."""

    in_plan: bool
    score: float
    excluded: Against | None
    holders: Holders
    forced: Comparison | None
    text: Said
    text_en: str


@dataclass(frozen=True)
class Changes:
    """Compares plans and explains why a pair is in none, with the units' names."""

    engine: Engine

    def compare(self, before: Iterable[Pair], total: float, after: Plan) -> Comparison:
        """Return the pairs added, dropped and kept between two plans, and how total score and number of paired units change."""
        old, new = frozenset(before), after.pairs
        added, dropped, kept = new - old, old - new, len(old & new)
        covered, difference = len({left for left, _ in old}), round(after.total - total, 6)
        return {
            "added": [self.name(pair) for pair in sorted(added)],
            "dropped": [self.name(pair) for pair in sorted(dropped)],
            "kept": kept,
            "total_before": total,
            "total": after.total,
            "total_difference": difference,
            "covered_before": covered,
            "covered": after.covered,
            "coverage_difference": after.covered - covered,
            **text_keys(
                f"新增 {len(added)} 对，取消 {len(dropped)} 对，保留 {kept} 对；"
                f"总分 {total:.3f} → {after.total:.3f}（{difference:+.3f}），"
                f"有伙伴的社区 {covered} → {after.covered}",
                f"{len(added)} pairs added, {len(dropped)} dropped, {kept} kept; "
                f"total {total:.3f} → {after.total:.3f} ({difference:+.3f}), "
                f"communities with a partner {covered} → {after.covered}",
            ),
        }

    def compare_with_earlier(self, earlier: frozenset[Pair], plan: Plan) -> Comparison:
        """Return the changes since an earlier plan, with its pairs scored as of today.

        A dropped pair that a rule excludes by now says so.
        """
        told = self.compare(earlier, round(sum(self.score(pair) for pair in sorted(earlier)), 6), plan)
        for pair, row in zip(sorted(earlier - plan.pairs), told["dropped"], strict=True):
            against = self.against(pair)
            if against is not None:
                row["why"], row["why_en"] = against["text"], against["text_en"]
        return told

    def explain_absence(self, planner: Planner, plan: Plan, pair: Pair) -> Absence:
        """Return why a pair is not in a plan: the rule against it; else who holds its places, and the best plan that holds it."""
        name = self.name(pair)
        told: Absence = {
            "left_id": name["left_id"], "left": name["left"], "right_id": name["right_id"], "right": name["right"],
            "in_plan": pair in plan.pairs, "score": self.score(pair), "excluded": None,
        }  # fmt: skip
        if told["in_plan"]:
            return {**told, **text_keys("已在方案之中", "it is in the plan")}
        against = self.against(pair, planner.heard)
        if against is not None:
            return {**told, "excluded": against, "text": against["text"], "text_en": against["text_en"]}
        if planner.wishes.without & set(pair):
            return {**told, **text_keys("其中一方不参加", "one of the two takes no part")}
        held = [[self.name(one) for one in sorted(plan.pairs) if one[place] == pair[place]] for place in (0, 1)]
        told["holders"] = {"left": held[0], "right": held[1]}
        try:
            forced = planner.force(plan, pair)
        except ArgumentError:
            return {**told, "forced": None, **text_keys("其中一方没有名额", "one of the two has no place to give")}
        cost = self.compare(plan.pairs, plan.total, forced)
        return {**told, "forced": cost, **self._tell_cost(pair, told["holders"], cost)}

    def _tell_cost(self, pair: Pair, holders: Holders, cost: Comparison) -> SaidKeys:
        names = self.name(pair)
        held = [
            (names["left"], [one["right"] for one in holders["left"]]),
            (names["right"], [one["left"] for one in holders["right"]]),
        ]
        zh = "；".join(f"{unit}的名额给了{list_words(by)}" for unit, by in held if by) or "双方尚有名额"
        en = (
            "; ".join(f"the places of {unit} go to {list_words(by, ', ')}" for unit, by in held if by)
            or "both have places left"
        )
        lost, gained = -cost["coverage_difference"], cost["total_difference"]
        bare = f"，并使 {lost} 个社区没有伙伴" if lost else "，没有社区因此落空"
        bare_en = f" and leaves {lost} communities without a partner" if lost else " and costs nobody a partner"
        return text_keys(
            f"{zh}。若必须结这一对，总分变化 {gained:+.3f}{bare}",
            f"{en}. Forcing the pair changes the total by {gained:+.3f}{bare_en}",
        )

    def name(self, pair: Pair) -> NamedPair:
        """Return a pair with its names."""
        left, right = self.engine.sides.left, self.engine.sides.right
        return {
            "left_id": pair[0], "left": left.units["name"][left.places[pair[0]]],
            "right_id": pair[1], "right": right.units["name"][right.places[pair[1]]],
        }  # fmt: skip

    def score(self, pair: Pair) -> float:
        """Return the score of a pair, whatever the rules say."""
        left, right = self._places(pair)
        pairs = list_pairs(self.engine.sides, np.array([left]), np.array([right]))
        return float(score_as_chosen(self.engine.spec, self.engine.weights, pairs).score[0])

    def against(self, pair: Pair, limits: Limits = NO_LIMITS) -> Against | None:
        """Return the rule that excludes a pair, with its records; None where none does."""
        return self.engine.explainer.rule_against(*self._places(pair), limits)

    def _places(self, pair: Pair) -> tuple[int, int]:
        return self.engine.sides.left.places[pair[0]], self.engine.sides.right.places[pair[1]]
