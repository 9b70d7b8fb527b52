"""Why a pair scores as it does, and why another one is not proposed: exact contributions, sentences, records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

import numpy as np

from graph.texts import Said, text_keys
from queries.answers.rows import Record
from queries.matching.arrays import BoolArray, FloatArray, IntArray
from queries.matching.both_ways import BothWays, find_rises, tell_both_ways, weigh_pairs
from queries.matching.pairs import Limits, list_pairs
from queries.matching.score import DIGITS, apply_rules, measure
from queries.matching.sides import Sides
from queries.matching.signal import Evidence, PairSpec
from queries.matching.weights import Weights

MOST_RECORDS = 50  # rows named behind one reason
# By the share of the weights about which something is known: at least so much.
_LEVELS = (
    (0.75, Said("依据充分", "well founded")), (0.5, Said("依据较充分", "fairly well founded")), (0.0, Said("依据不足", "little is known")),
)  # fmt: skip
_BASIS = Said("{level}（{n} 项中 {known} 项有数据）", "{level} (data on {known} of {n})")


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
    text: Said
    text_en: str
    records: tuple[Record, ...] = ()

    @property
    def speaks(self) -> bool:
        """Whether something known speaks for the pair; the middle that counts where nothing is known is no evidence."""
        return self.known and self.contribution > 0


def tell_basis(reasons: Sequence[Reason]) -> Said:
    """Return in words how much is known about a pair: of how many signals there are data, and how much they weigh."""
    known = [reason for reason in reasons if reason.known]
    share = sum(reason.weight for reason in known)
    level = next(said for least, said in _LEVELS if share >= least)
    return _BASIS.fill(level=level, n=len(reasons), known=len(known))


class Against(TypedDict):
    """The rule that excludes a pair, with its sentence and the rows behind it."""

    rule: str
    text: Said
    text_en: str
    records: tuple[Record, ...]


class SignalChange(TypedDict):
    """The one signal that would have to rise for a pair to be among the first, with its value now and the value needed."""

    signal: str
    known: bool
    value: float
    needed: float
    text: Said
    text_en: str


@dataclass(frozen=True)
class Explainer:
    """Explains the scores of pairs of one pairing; `files` gives the file name of each load."""

    spec: PairSpec
    weights: Weights
    sides: Sides
    files: Mapping[str, str]

    def explain(self, left: IntArray, right: IntArray) -> list[tuple[Reason, ...]]:
        """Return the reasons of each pair: what speaks for it, the most first, then what is not known or adds nothing."""
        values, known = measure_in_order(self.spec, self.sides, left, right)
        weights = weigh_pairs(self.spec, self.weights, values)
        return [
            self._reasons((int(a), int(b)), weights[:, i].tolist(), values[:, i].tolist(), known[:, i].tolist())
            for i, (a, b) in enumerate(zip(left, right, strict=True))
        ]

    def both_ways(self, left: IntArray, right: IntArray) -> list[BothWays | None]:
        """Return the score of each pair as either side sees it; None where only the left side chooses."""
        values, _ = measure_in_order(self.spec, self.sides, left, right)
        ends = (self.sides.left.units["name"].gather(left), self.sides.right.units["name"].gather(right))
        return tell_both_ways(self.spec, self.weights, values, list(zip(*ends, strict=True)))

    def _reasons(
        self, pair: tuple[int, int], weights: Sequence[float], values: Sequence[float], known: Sequence[bool]
    ) -> tuple[Reason, ...]:
        made = []
        for kind, weight, value, is_known in zip(self.spec.signals, weights, values, known, strict=True):
            told = kind.explain(self.sides, *pair, is_known)
            contribution = round(weight * value, DIGITS)
            made.append(
                Reason(
                    kind.name,
                    is_known,
                    round(value, DIGITS),
                    weight,
                    contribution,
                    told.said,
                    told.en,
                    self.records(told),
                )
            )
        return tuple(sorted(made, key=lambda reason: (not reason.speaks, -reason.contribution, reason.signal)))

    def records(self, told: Evidence) -> tuple[Record, ...]:
        """Return the rows behind a piece of evidence."""
        return tuple(
            Record(str(c["entity"]), self.files.get(c["load_id"], ""), c["sheet"] or "", c["row"])
            for c in told.cells[:MOST_RECORDS]
        )

    def rule_against(self, left: int, right: int, limits: Limits) -> Against | None:
        """Return the first rule that excludes a pair, with its sentence and records; None where none does."""
        pairs = list_pairs(self.sides, np.array([left]), np.array([right]), limits)
        place = int(apply_rules(self.spec, pairs)[0])
        if place < 0:
            return None
        told = self.spec.rules[place].because(self.sides, left, right)
        return {
            "rule": self.spec.rules[place].name,
            **text_keys(told.zh, told.en),
            "records": self.records(told),
        }

    def smallest_change(self, left: int, right: int, wanted: float, first: int) -> SignalChange | None:
        """Return the signal that has to rise least for the pair to score above `wanted` and be among the `first`.

        None where no single one suffices. What is known comes before what would first have to be found out.
        """
        values, known = measure_in_order(self.spec, self.sides, np.array([left]), np.array([right]))
        rise = find_rises(self.spec, self.weights, values[:, 0], wanted)
        best = int(np.argmin(rise + ~known[:, 0]))
        if not np.isfinite(rise[best]):
            return None
        kind, now = self.spec.signals[best], float(values[best, 0])
        needed = now + float(rise[best])
        wish = kind.tell_wish(self.sides, (left, right), needed, bool(known[best, 0]))
        said = Said("若{wish}，可进入前{n}名", "it would be among the first {n} if {wish}").fill(wish=wish, n=first)
        return {
            "signal": kind.name,
            "known": bool(known[best, 0]),
            "value": round(now, DIGITS),
            "needed": round(needed, DIGITS),
            **text_keys(said, said.en),
        }


def measure_in_order(spec: PairSpec, sides: Sides, left: IntArray, right: IntArray) -> tuple[FloatArray, BoolArray]:
    """Return the signal values of pairs in any order, and whether each is known (signals themselves need ascending pairs)."""
    order = np.lexsort((right, left))
    values, known = measure(spec, list_pairs(sides, left[order], right[order]))
    back = np.argsort(order, kind="stable")
    return values[:, back], known[:, back]
