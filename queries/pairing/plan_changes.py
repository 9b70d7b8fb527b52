"""How two plans differ, and why a pair is not in a plan: who holds the places, and what forcing the pair would cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from graph.errors import ArgumentError
from queries.answers.answer import Sentence
from queries.matching.both_ways import score_as_chosen
from queries.matching.pairs import Limits, list_pairs
from queries.pairing.engine import Engine
from queries.pairing.planning import Pair, Plan, Planner
from queries.pairing.reasons import list_words


@dataclass(frozen=True)
class Changes:
    """Tells differences between plans of one engine in the units' names."""

    engine: Engine

    def compare(self, before: Iterable[Pair], total: float, after: Plan) -> dict[str, Any]:
        """Return pairs added, dropped and kept from one plan (its pairs and their total) to another, and what that does to both figures."""
        old, new = frozenset(before), after.pairs
        covered = len({left for left, _ in old})
        told: dict[str, Any] = {
            "added": [self.name(pair) for pair in sorted(new - old)],
            "dropped": [self.name(pair) for pair in sorted(old - new)],
            "kept": len(old & new),
            "total_before": total,
            "total": after.total,
            "total_difference": round(after.total - total, 6),
            "covered_before": covered,
            "covered": after.covered,
            "coverage_difference": after.covered - covered,
        }
        return told | _say(
            f"新增 {len(told['added'])} 对，取消 {len(told['dropped'])} 对，保留 {told['kept']} 对；"
            f"总分 {total:.3f} → {after.total:.3f}（{told['total_difference']:+.3f}），"
            f"有伙伴的社区 {covered} → {after.covered}",
            f"{len(told['added'])} pairs added, {len(told['dropped'])} dropped, {told['kept']} kept; "
            f"total {total:.3f} → {after.total:.3f} ({told['total_difference']:+.3f}), "
            f"communities with a partner {covered} → {after.covered}",
        )

    def compare_with_earlier(self, earlier: frozenset[Pair], plan: Plan) -> dict[str, Any]:
        """Return `compare` with a plan made before, its pairs scored as of today; a pair that a rule now excludes says so."""
        told = self.compare(earlier, round(sum(self.score(pair) for pair in sorted(earlier)), 6), plan)
        for pair, row in zip(sorted(earlier - plan.pairs), told["dropped"], strict=True):
            against = self.against(pair)
            if against is not None:
                row |= {"why": against["text"], "why_en": against["text_en"]}
        return told

    def explain_absence(self, planner: Planner, plan: Plan, pair: Pair) -> dict[str, Any]:
        """Return why a pair is not in a plan: the rule against it; else who holds its places, and the best plan that holds it."""
        told = self.name(pair) | {"in_plan": pair in plan.pairs, "score": self.score(pair), "excluded": None}
        if told["in_plan"]:
            return told | _say("已在方案之中", "it is in the plan")
        against = self.against(pair, planner.wishes.forbid)
        if against is not None:
            return told | {"excluded": against, "text": against["text"], "text_en": against["text_en"]}
        if planner.wishes.without & set(pair):
            return told | _say("其中一方不参加", "one of the two takes no part")
        holders = {
            side: [self.name(one) for one in sorted(plan.pairs) if one[place] == pair[place]]
            for place, side in enumerate(("left", "right"))
        }
        told |= {"holders": holders}
        try:
            forced = planner.force(plan, pair)
        except ArgumentError:
            taken = _say("其中一方没有名额", "one of the two has no place to give")
            return told | {"forced": None} | taken
        cost = self.compare(plan.pairs, plan.total, forced)
        return told | {"forced": cost} | self._tell_cost(pair, holders, cost)

    def _tell_cost(self, pair: Pair, holders: dict[str, list[dict[str, Any]]], cost: dict[str, Any]) -> dict[str, Any]:
        names = self.name(pair)
        held = [
            (names[side], [one[other] for one in holders[side]])
            for side, other in (("left", "right"), ("right", "left"))
            if holders[side]
        ]
        zh = "；".join(f"{unit}的名额给了{list_words(by)}" for unit, by in held) or "双方尚有名额"
        en = (
            "; ".join(f"the places of {unit} go to {list_words(by, ', ')}" for unit, by in held)
            or "both have places left"
        )
        lost, gained = -cost["coverage_difference"], cost["total_difference"]
        bare = f"，并使 {lost} 个社区没有伙伴" if lost else "，没有社区因此落空"
        bare_en = f" and leaves {lost} communities without a partner" if lost else " and costs nobody a partner"
        return _say(
            f"{zh}。若必须结这一对，总分变化 {gained:+.3f}{bare}",
            f"{en}. Forcing the pair changes the total by {gained:+.3f}{bare_en}",
        )

    def name(self, pair: Pair) -> dict[str, Any]:
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

    def against(self, pair: Pair, forbidden: frozenset[Pair] = frozenset()) -> dict[str, Any] | None:
        """Return the rule that excludes a pair, with its records; None where none does."""
        return self.engine.explainer.rule_against(*self._places(pair), Limits(forbidden=forbidden))

    def _places(self, pair: Pair) -> tuple[int, int]:
        return self.engine.sides.left.places[pair[0]], self.engine.sides.right.places[pair[1]]


def _say(zh: str, en: str) -> dict[str, Any]:
    return {"text": Sentence(zh, en), "text_en": en}
