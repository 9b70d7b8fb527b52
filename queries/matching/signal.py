"""What a signal is: a pure function from pairs to numbers between 0 and 1, and the sentence that tells a user about one pair."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from graph.texts import Said
from queries.matching.arrays import BoolArray, Cell, FloatArray
from queries.matching.pairs import Pairs
from queries.matching.sides import Sides
from queries.reading.facts import Facts, read_facts

if TYPE_CHECKING:
    from graph.graph import Graph


@dataclass(frozen=True)
class Signal:
    """A signal's values for some pairs, each between 0 and 1, and of which of them anything is known."""

    values: FloatArray
    known: BoolArray


@dataclass(frozen=True)
class Evidence:
    """What stands behind a signal or rule for one pair: a sentence in Chinese and English, and the cells it was read from."""

    zh: str
    en: str
    cells: tuple[Cell, ...] = ()

    @property
    def said(self) -> Said:
        """Return the sentence in both languages."""
        return Said(self.zh, self.en)


Because = Callable[[Sides, int, int], Evidence]
Missing = Said | Because  # a sentence, or one that depends on the pair
Wish = Callable[[Sides, int, int, float], Said]  # what would have to be true of a pair for a signal to have a value


@dataclass(frozen=True)
class SignalKind:
    """A signal of a pairing: its names, its function, and how it explains its value to users.

    `because` explains one pair, `missing` is said where nothing is known.
    `prior` is the value that counts where nothing is known: 0, so that nobody is proposed for what nobody knows (decision 26); more only
    where nothing can be known yet, as of newcomers. `formula` is the name under which a compiled pass
    (see `kernels.OnePass`) adds the signal to the bytes of `measure`; without one it is always measured by its own function.
    """

    name: str
    zh: str
    en: str
    measure: Callable[[Pairs], Signal]
    prior: float
    because: Because
    missing: Missing
    wish: Wish | None = None
    formula: str = ""

    def explain(self, sides: Sides, left: int, right: int, known: bool) -> Evidence:
        """Return the evidence for one pair."""
        if known:
            return self.because(sides, left, right)
        if isinstance(self.missing, Said):
            return Evidence(str(self.missing), self.missing.en)
        return self.missing(sides, left, right)

    def tell_wish(self, sides: Sides, pair: tuple[int, int], value: float, known: bool) -> Said:
        """Return a sentence that says what would have to be true of a pair for the signal to reach `value`."""
        if self.wish and known:
            return self.wish(sides, *pair, value)
        gap = Said("", "") if known else Said("（目前资料不足）", " (about which too little is known)")
        return Said("“{name}”{gap}达到 {value:.0%}", "“{name}”{gap} were {value:.0%}").fill(
            name=Said(self.zh, self.en), gap=gap, value=value
        )


def signal(  # noqa: PLR0913 -- what a signal says of itself stands in one place
    *, zh: str, en: str, prior: float = 0.0, because: Because, missing: Missing, wish: Wish | None = None, formula: str = "",
) -> Callable[[Callable[[Pairs], Signal]], SignalKind]:  # fmt: skip
    """Turn a function over pairs into a signal of the same name (a decorator); its weight stands in the pairing's weights file."""

    def make(measure: Callable[[Pairs], Signal]) -> SignalKind:
        return SignalKind(measure.__name__, zh, en, measure, prior, because, missing, wish, formula)

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

    `left` and `right` are labels in the `units` of the facts that `read` makes of a graph; `weights` is the file of the signals' weights.
    `opposites` are pairs of signals that look one way each, as the left and as the right unit wants it. With `both_choose` the right
    unit chooses, too: a pair's score is the harmonic mean of the scores as either side sees it (queries/matching/both_ways.py).
    `kinds` are the kinds of unit on the two sides, where the sides are units under other labels: people accept and reject pairs of them.
    """

    name: str
    left: str
    right: str
    signals: tuple[SignalKind, ...]
    rules: tuple[Rule, ...]
    weights: Path
    capacities: tuple[int, int] = (1, 2)
    read: Callable[[Graph], Facts] = read_facts
    opposites: tuple[tuple[str, str], ...] = ()
    both_choose: bool = False
    kinds: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        unknown = {name for pair in self.opposites for name in pair} - {kind.name for kind in self.signals}
        if unknown or (self.both_choose and not self.opposites):
            raise ValueError(f"{self.name}: opposites must name signals of the pairing: {sorted(unknown)}")


def known_values(values: FloatArray) -> Signal:
    """Return a signal with these values, in which NaN means that nothing is known."""
    return Signal(values, np.isfinite(values))
