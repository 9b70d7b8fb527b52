"""Pairs of two sides as arrays, and what the asker forbids of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np

from queries.matching.arrays import BoolArray, FloatArray, IntArray, PairTable, run_edges
from queries.matching.sides import Sides


@dataclass(frozen=True)
class Limits:
    """Restrictions that the user sets.

    `forbidden` are pairs of ids, the capacities how many agreements in force a unit of each side may have, `reach_km` is how far apart
    two units may be at most. Units of the side `heard` that reported nothing are left out.
    """

    forbidden: frozenset[tuple[str, str]] = frozenset()
    left_capacity: int | None = None
    right_capacity: int | None = None
    reach_km: float | None = None
    heard: Literal["left", "right"] | None = None


NO_LIMITS = Limits()


@dataclass(frozen=True)
class Pairs:
    """Candidate pairs, grouped by left unit.

    The group of `lefts[i]` has the right units `right[edges[i]:edges[i + 1]]`.
    Units are places in the two sides; `lefts` ascend, the right units of each run, too. A run may be empty.
    """

    sides: Sides
    lefts: IntArray
    edges: IntArray
    right: IntArray
    limits: Limits = NO_LIMITS

    @cached_property
    def left(self) -> IntArray:
        """Return the left unit of each pair."""
        return np.repeat(self.lefts, np.diff(self.edges))

    @cached_property
    def keys(self) -> IntArray:
        """Return each pair as one number, by which tables of pairs are searched."""
        keys = np.repeat(self.lefts * len(self.sides.right), np.diff(self.edges))
        keys += self.right
        return keys

    def without(self, some: BoolArray) -> Pairs:
        """Return the pairs for which `some` is false."""
        gone = np.flatnonzero(some)
        if not len(gone):
            return self
        return replace(self, edges=self.edges - np.searchsorted(gone, self.edges), right=self.right[~some])

    def part(self, begin: int, end: int) -> Pairs:
        """Return the pairs of the left units from number `begin` up to, not including, number `end`."""
        edges = self.edges[begin : end + 1]
        return replace(
            self, lefts=self.lefts[begin:end], edges=edges - edges[0], right=self.right[edges[0] : edges[-1]]
        )

    def spread(self, table: PairTable, usual: FloatArray | None = None) -> FloatArray:
        """Return a table's number for each pair; where the table has none, the one in `usual` (or 0)."""
        found = np.zeros(len(self)) if usual is None else usual.copy()
        at, values = self._find(table)
        found[at] = values
        return found

    def are_in(self, table: PairTable) -> BoolArray:
        """Return which pairs a table has a number for."""
        found = np.zeros(len(self), dtype=np.bool_)
        found[self._find(table)[0]] = True
        return found

    def _find(self, table: PairTable) -> tuple[IntArray, FloatArray]:
        """Return which pairs a table has a number for, and the numbers."""
        if not len(table.keys):
            return table.keys, table.values
        rights = len(self.sides.right)
        own = table.of_lefts(self.lefts, rights)
        if len(self) == len(self.lefts) * rights:  # every pair: it lies where it must
            left, right = np.divmod(own.keys, max(1, rights))
            return np.searchsorted(self.lefts, left) * rights + right, own.values
        at, place = own.find(self.keys)
        return at, own.values[place]

    def __len__(self) -> int:
        return len(self.right)


def list_pairs(sides: Sides, left: IntArray, right: IntArray, limits: Limits = NO_LIMITS) -> Pairs:
    """Return the pairs of each left unit with the right unit at the same place, ascending by left and right."""
    edges = run_edges(left)
    return Pairs(sides, left[edges[:-1]], edges, right, limits)


def pairs_of_keys(sides: Sides, keys: IntArray) -> Pairs:
    """Return the pairs that belong to ascending pair keys (left·n+right, as in `Pairs.keys`)."""
    left = keys // max(1, len(sides.right))
    return list_pairs(sides, left, keys - left * len(sides.right))
