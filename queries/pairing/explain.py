"""Why a pair scores as it does, and why another one is not proposed: exact contributions, sentences, records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from queries.answers.answer import Record, Sentence
from queries.matching.arrays import IntArray
from queries.matching.both_ways import BothWays, find_rises, tell_both_ways, weigh_pairs
from queries.matching.pairs import Limits, list_pairs
from queries.matching.score import DIGITS, apply_rules, measure
from queries.matching.sides import Sides
from queries.matching.signal import Evidence, PairSpec
from queries.matching.weights import Weights

MOST_RECORDS = 50  # rows named behind one reason


@dataclass(frozen=True)
class Reason:
    """What one signal contributes to a score; the contributions of a pair add up to its score.

    Where both sides choose, `weight` is what the signal weighs in this pair, counting both sides' scores.
    """

    signal: str
    known: bool
    value: float
    weight: float
    contribution: float
    text: Sentence
    text_en: str
    records: tuple[Record, ...] = ()


@dataclass(frozen=True)
class Explainer:
    """Tells pairs of one pairing; `files` names the file of each load."""

    spec: PairSpec
    weights: Weights
    sides: Sides
    files: Mapping[str, str]

    def explain(self, left: IntArray, right: IntArray) -> list[tuple[Reason, ...]]:
        """Return the reasons of each pair, the largest contribution first."""
        values, known = measure_in_order(self.spec, self.sides, left, right)
        weights = weigh_pairs(self.spec, self.weights, values)
        return [
            self._reasons((int(a), int(b)), weights[:, i].tolist(), values[:, i].tolist(), known[:, i])
            for i, (a, b) in enumerate(zip(left, right, strict=True))
        ]

    def both_ways(self, left: IntArray, right: IntArray) -> list[BothWays | None]:
        """Return how both sides see each pair where both choose; None where only the left side does."""
        values, _ = measure_in_order(self.spec, self.sides, left, right)
        ends = (self.sides.left.units["name"].gather(left), self.sides.right.units["name"].gather(right))
        return tell_both_ways(self.spec, self.weights, values, list(zip(*ends, strict=True)))

    def _reasons(
        self, pair: tuple[int, int], weights: Sequence[float], values: Sequence[float], known: Sequence[bool]
    ) -> tuple[Reason, ...]:
        made = []
        for kind, weight, value, is_known in zip(self.spec.signals, weights, values, known, strict=True):
            told = kind.explain(self.sides, *pair, bool(is_known))
            contribution = round(weight * value, DIGITS)
            made.append(
                Reason(
                    kind.name,
                    bool(is_known),
                    round(value, DIGITS),
                    weight,
                    contribution,
                    sentence(told),
                    told.en,
                    self.records(told),
                )
            )
        return tuple(sorted(made, key=lambda reason: (-reason.contribution, reason.signal)))

    def records(self, told: Evidence) -> tuple[Record, ...]:
        """Return the rows behind a piece of evidence."""
        return tuple(
            Record(str(c["entity"]), self.files.get(c["load_id"], ""), c["sheet"] or "", c["row"])
            for c in told.cells[:MOST_RECORDS]
        )

    def rule_against(self, left: int, right: int, limits: Limits) -> dict[str, Any] | None:
        """Return the first rule that excludes a pair, with its sentence and records; None where none does."""
        pairs = list_pairs(self.sides, np.array([left]), np.array([right]), limits)
        place = int(apply_rules(self.spec, pairs)[0])
        if place < 0:
            return None
        told = self.spec.rules[place].because(self.sides, left, right)
        return {
            "rule": self.spec.rules[place].name,
            "text": sentence(told),
            "text_en": told.en,
            "records": self.records(told),
        }

    def smallest_change(self, left: int, right: int, wanted: float) -> dict[str, Any] | None:
        """Return the signal that has to rise least for the pair to score above `wanted`; None where no single one suffices."""
        values, known = measure_in_order(self.spec, self.sides, np.array([left]), np.array([right]))
        rise = find_rises(self.spec, self.weights, values[:, 0], wanted)
        best = int(np.argmin(rise))
        if not np.isfinite(rise[best]):
            return None
        kind, now = self.spec.signals[best], float(values[best, 0])
        needed = now + float(rise[best])
        zh, en = kind.tell_wish(needed, bool(known[best, 0]))
        zh, en = f"若{zh}，即可入选", f"it would be among them if {en}"
        change = {
            "signal": kind.name,
            "known": bool(known[best, 0]),
            "value": round(now, DIGITS),
            "needed": round(needed, DIGITS),
        }
        return change | {"text": Sentence(zh, en), "text_en": en}


def sentence(told: Evidence) -> Sentence:
    """Return a piece of evidence as a sentence in both languages."""
    return Sentence(told.zh, told.en)


def measure_in_order(spec: PairSpec, sides: Sides, left: IntArray, right: IntArray) -> tuple[Any, Any]:
    """Return signal values and known bits of pairs in any order (signals themselves want pairs ascending)."""
    order = np.lexsort((right, left))
    values, known = measure(spec, list_pairs(sides, left[order], right[order]))
    back = np.argsort(order, kind="stable")
    return values[:, back], known[:, back]
