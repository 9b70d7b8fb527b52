"""What a signal is: a pure function from pairs to numbers between 0 and 1, and the sentence that tells a user about one pair."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from queries.facts import Facts, read_facts
from queries.pairing.arrays import BoolArray, FloatArray, IntArray, PairTable, run_edges, sort_distinct
from queries.pairing.sides import Sides

if TYPE_CHECKING:
    from graph.graph import Graph

Cell = Mapping[str, Any]  # entity, load_id, sheet, row: where a fact was read


@dataclass(frozen=True)
class Limits:
    """What the asker forbids: pairs of ids, and units that have so many agreements in force that they take no more."""

    forbidden: frozenset[tuple[str, str]] = frozenset()
    left_capacity: int | None = None
    right_capacity: int | None = None


@dataclass(frozen=True)
class Pairs:
    """Pairs to look at: `left` and `right` are places in the two sides, ascending by left and then by right.

    `runs` says where the pairs of each left unit begin, and the end of the last, where the maker knows (see `edges`).
    """

    sides: Sides
    left: IntArray
    right: IntArray
    limits: Limits = field(default_factory=Limits)
    runs: IntArray | None = None

    @cached_property
    def keys(self) -> IntArray:
        """Return each pair as one number, by which tables of pairs are searched."""
        return self.left * len(self.sides.right) + self.right

    @cached_property
    def edges(self) -> IntArray:
        """Return where the pairs of each left unit begin, and the end of the last."""
        return run_edges(self.left) if self.runs is None else self.runs

    @property
    def lefts(self) -> IntArray:
        """Return the left units that the pairs have, ascending."""
        return self.left[self.edges[:-1]]

    def spread(self, table: PairTable, usual: FloatArray | None = None) -> FloatArray:
        """Return the number that a table has for each pair; where it has none the `usual` one, which is 0 unless said."""
        found = np.zeros(len(self)) if usual is None else usual.copy()
        own = table.of_lefts(self.lefts, len(self.sides.right))
        at, place = own.find(self.keys)
        found[at] = own.values[place]
        return found

    def without(self, some: BoolArray) -> Pairs:
        """Return the pairs but `some`."""
        gone = np.flatnonzero(some)
        if not len(gone):
            return self
        rest, runs = ~some, self.edges - np.searchsorted(gone, self.edges)
        return replace(self, left=self.left[rest], right=self.right[rest], runs=sort_distinct(runs))

    def part(self, begin: int, end: int) -> Pairs:
        """Return the pairs of the left units from the `begin`-th to before the `end`-th."""
        first, last = self.edges[[begin, end]]
        runs = self.edges[begin : end + 1] - first
        return replace(self, left=self.left[first:last], right=self.right[first:last], runs=runs)

    def are_in(self, table: PairTable) -> BoolArray:
        """Return which pairs a table has a number for."""
        found = np.zeros(len(self), dtype=np.bool_)
        if len(table.keys):
            found[table.of_lefts(self.lefts, len(self.sides.right)).find(self.keys)[0]] = True
        return found

    def __len__(self) -> int:
        return len(self.left)


def pairs_of_keys(sides: Sides, keys: IntArray) -> Pairs:
    """Return the pairs that ascending keys stand for."""
    left = keys // max(1, len(sides.right))
    return Pairs(sides, left, keys - left * len(sides.right))


def pairs_of_lefts(sides: Sides, lefts: IntArray, count: IntArray, right: IntArray) -> Pairs:
    """Return the pairs of some left units (ascending) with so many right units each, one unit's after the other's."""
    return Pairs(sides, np.repeat(lefts, count), right, runs=np.append(0, np.cumsum(count[count > 0])))


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
    unit chooses, too: a pair's score is the harmonic mean of the scores as either side sees it (queries/pairing/both_ways.py).
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
