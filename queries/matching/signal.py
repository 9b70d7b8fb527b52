"""What a signal is: a pure function from pairs to numbers between 0 and 1, and the sentence that tells a user about one pair."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from queries.matching.arrays import BoolArray, FloatArray
from queries.matching.pairs import Pairs
from queries.matching.sides import Sides
from queries.reading.facts import Facts, read_facts

if TYPE_CHECKING:
    from graph.graph import Graph

Cell = Mapping[str, Any]  # entity, load_id, sheet, row: where a fact was read


@dataclass(frozen=True)
class Signal:
    """A signal's values for some pairs; where `known` is false, `prior` (what a usual pair has) stands in."""

    values: FloatArray
    known: BoolArray
    prior: float

    @property
    def filled(self) -> FloatArray:
        """Return the values with the prior where nothing is known."""
        filled: FloatArray = np.where(self.known, self.values, self.prior)
        return filled


@dataclass(frozen=True)
class Evidence:
    """What stands behind a signal or rule for one pair: a sentence in Chinese and English, and the cells it was read from."""

    zh: str
    en: str
    cells: tuple[Cell, ...] = ()


Because = Callable[[Sides, int, int], Evidence]
Wish = Callable[[float], tuple[str, str]]  # what would have to be true for a signal to have a value


@dataclass(frozen=True)
class SignalKind:
    """A signal as the pairing has it; `because` tells one pair, `missing` is said where nothing is known."""

    name: str
    zh: str
    en: str
    measure: Callable[[Pairs], Signal]
    because: Because
    missing: tuple[str, str]
    wish: Wish | None = None

    def explain(self, sides: Sides, left: int, right: int, known: bool) -> Evidence:
        """Return the evidence for one pair."""
        return self.because(sides, left, right) if known else Evidence(*self.missing)

    def tell_wish(self, value: float, known: bool) -> tuple[str, str]:
        """Return what would have to be true for the signal to have this value, in Chinese and English."""
        if self.wish and known:
            return self.wish(value)
        gap = ("", "") if known else ("（目前资料不足）", " (about which too little is known)")
        return f"“{self.zh}”{gap[0]}达到 {value:.0%}", f"“{self.en}”{gap[1]} were {value:.0%}"


def signal(
    *, zh: str, en: str, because: Because, missing: tuple[str, str], wish: Wish | None = None
) -> Callable[[Callable[[Pairs], Signal]], SignalKind]:
    """Make a signal of a function over pairs; its name is the function's, its weight stands in weights.toml."""

    def make(measure: Callable[[Pairs], Signal]) -> SignalKind:
        return SignalKind(measure.__name__, zh, en, measure, because, missing, wish)

    return make


@dataclass(frozen=True)
class Rule:
    """A reason why a pair is never proposed, whatever its signals."""

    name: str
    excludes: Callable[[Pairs], BoolArray]
    because: Because


def rule(because: Because) -> Callable[[Callable[[Pairs], BoolArray]], Rule]:
    """Make a rule of a function that says which pairs it excludes; its name is the function's."""

    def make(excludes: Callable[[Pairs], BoolArray]) -> Rule:
        return Rule(excludes.__name__, excludes, because)

    return make


@dataclass(frozen=True)
class PairSpec:
    """A pairing: who chooses (left) among whom (right), by which signals and rules, and how many partners each may take.

    `left` and `right` are labels in the `units` of the facts that `read` makes of a graph; `weights` is the file of the weights.
    `opposites` are pairs of signals that look one way each, as the left and as the right unit wants it. With `both_choose` the right
    unit chooses, too: a pair's score is the harmonic mean of the scores as either side sees it (queries/matching/both_ways.py).
    """

    name: str
    left: str
    right: str
    signals: tuple[SignalKind, ...]
    rules: tuple[Rule, ...]
    capacities: tuple[int, int] = (1, 2)
    read: Callable[[Graph], Facts] = read_facts
    weights: Path | None = None
    opposites: tuple[tuple[str, str], ...] = ()
    both_choose: bool = False

    def __post_init__(self) -> None:
        unknown = {name for pair in self.opposites for name in pair} - {kind.name for kind in self.signals}
        if unknown or (self.both_choose and not self.opposites):
            raise ValueError(f"{self.name}: opposites must name signals of the pairing: {sorted(unknown)}")


def known_values(values: FloatArray, prior: float) -> Signal:
    """Return a signal that is known wherever its value is a number."""
    return Signal(values, np.isfinite(values), prior)
