"""The exact choice of pairs for a plan: who can have a partner has one, and the total is the largest; ties go to smaller numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Protocol

import numpy as np

from graph.errors import ArgumentError
from queries.matching.arrays import BoolArray, FloatArray, IntArray
from queries.matching.plans.flow import Solver, solve
from queries.matching.plans.flow_network import Network
from queries.matching.plans.ties import first_of_equals

SCALE = 1_000_000  # what a pair is worth counts in whole millionths
LARGEST_WORTH = 1e6
FIELDS = ("left", "right", "score", "worth")
NO_PAIRS = np.empty((0, 2), dtype=np.int64)


@dataclass(frozen=True)
class Options:
    """The pairs that a plan chooses from, units by their numbers: the `score` of each, and the `worth` that counts."""

    left: IntArray
    right: IntArray
    score: FloatArray
    worth: FloatArray

    def take(self, rows: IntArray | BoolArray) -> Options:
        """Return some of the pairs, in the order of the rows."""
        return Options(self.left[rows], self.right[rows], self.score[rows], self.worth[rows])


def join_options(parts: list[Options]) -> Options:
    """Return the options of several parts, one after the other."""
    return Options(*(np.concatenate([getattr(part, name) for part in parts]) for name in FIELDS))


class Ids(Protocol):
    """The ids of units, by their numbers."""

    def __getitem__(self, number: int, /) -> Any:
        """Return the id of a unit."""

    def __len__(self) -> int:
        """Return how many there are."""


@dataclass(frozen=True)
class Room:
    """How many places each unit of a side has; the ids name units to who asked for too much."""

    ids: Ids
    places: IntArray


Rooms = tuple[Room, Room]


class Demands(NamedTuple):
    """Pairs (rows of left and right numbers) that a plan must hold or must not, and what a right unit's n-th pair counts less."""

    must: IntArray = NO_PAIRS
    forbid: IntArray = NO_PAIRS
    load_penalty: float = 0.0

    @property
    def toll(self) -> int:
        """Return in whole millionths what each further pair of a right unit counts less."""
        if not 0 <= self.load_penalty <= LARGEST_WORTH:
            reason = f"应在 0 到 {LARGEST_WORTH:.0f} 之间 / must lie between 0 and {LARGEST_WORTH:.0f}"
            raise ArgumentError(argument="load_penalty", value=self.load_penalty, reason=reason)
        return round(self.load_penalty * SCALE)


NO_DEMANDS = Demands()


def choose_pairs(
    options: Options, rooms: Rooms, demands: Demands = NO_DEMANDS, solver: Solver = solve, coverage_first: bool = True
) -> IntArray:
    """Return the rows of the best choice, ascending by left and right (see `assign`); without `coverage_first` the total alone decides.

    A pair that is given twice counts once with its best worth, one of no finite worth not at all. Raises ArgumentError where
    the demands cannot be kept.
    """
    toll, usable = demands.toll, _check_worth(options.worth)
    key = _keys(options.left, options.right, rooms)
    fixed = _find_demanded(options, key, usable, rooms, demands)
    rooms = _leave_room(options, fixed, rooms)
    if len(demands.must) or len(demands.forbid):
        usable &= ~_are_in(key, demands, rooms)
    free = _find_free(options, key, usable, rooms)
    if not len(free.rows):
        return fixed
    network = replace(_network(free, rooms, options.take(fixed)), toll=toll)
    network = network if coverage_first else replace(network, seeking=np.zeros_like(network.seeking))
    chosen = free.rows[first_of_equals(network, solver(network))]
    if not len(fixed):
        return chosen
    rows = np.concatenate([fixed, chosen])
    return rows[np.argsort(key[rows])]


def _keys(left: IntArray, right: IntArray, rooms: Rooms) -> IntArray:
    return left * len(rooms[1].places) + right


def _check_worth(worth: FloatArray) -> BoolArray:
    """Return which pairs have a finite worth."""
    finite: BoolArray = np.isfinite(worth)
    counted = worth if finite.all() else worth[finite]
    largest = max(counted.max(initial=0.0), -counted.min(initial=0.0))
    if largest > LARGEST_WORTH:
        reason = f"得分的绝对值不能超过 {LARGEST_WORTH:.0f} / scores must lie within ±{LARGEST_WORTH:.0f}"
        raise ArgumentError(argument="candidates", value=largest, reason=reason)
    return finite


def _find_demanded(options: Options, key: IntArray, usable: BoolArray, rooms: Rooms, demands: Demands) -> IntArray:
    """Return the rows of the demanded pairs, ascending by left and right; refuse one that is forbidden or no candidate."""
    must, forbid = (np.unique(_keys(p[:, 0], p[:, 1], rooms)) for p in (demands.must, demands.forbid))
    if not len(must):
        return np.empty(0, dtype=np.int64)
    rows = np.flatnonzero(usable & np.isin(key, must))
    rows = rows[np.lexsort((-options.worth[rows], key[rows]))]
    rows = rows[np.append(True, np.diff(key[rows]) > 0)] if len(rows) else rows
    for wrong, reason in (
        (np.intersect1d(must, forbid), "同时要求又禁止 / is both demanded and forbidden"),
        (np.setdiff1d(must, key[rows]), "不在候选之中 / is not among the candidates"),
    ):
        if len(wrong):
            pair = np.divmod(wrong[0], len(rooms[1].places))
            names = [str(room.ids[int(unit)]) for room, unit in zip(rooms, pair, strict=True)]
            raise ArgumentError(argument="must", value="|".join(names), reason=reason)
    return rows


def _leave_room(options: Options, fixed: IntArray, rooms: Rooms) -> Rooms:
    """Return the rooms that the demanded pairs leave."""
    if not len(fixed):
        return rooms
    left = []
    for end, room in zip(("left", "right"), rooms, strict=True):
        rest = room.places - np.bincount(getattr(options, end)[fixed], minlength=len(room.places))
        full = np.flatnonzero((rest < 0) & (rest < room.places))
        if len(full):
            reason = f"要求的结对超过名额（{end}） / more pairs are demanded than it has places"
            raise ArgumentError(argument="must", value=room.ids[int(full[0])], reason=reason)
        left.append(Room(room.ids, rest))
    return left[0], left[1]


def _are_in(key: IntArray, demands: Demands, rooms: Rooms) -> BoolArray:
    """Return which pairs are settled by a demand."""
    settled = np.concatenate([demands.must, demands.forbid])
    return np.isin(key, _keys(settled[:, 0], settled[:, 1], rooms))


@dataclass(frozen=True)
class _Free:
    """The pairs that stand to choose, ascending, each once: numbers of their units, worth, and their rows among the options."""

    left: IntArray
    right: IntArray
    worth: FloatArray
    rows: IntArray


def _find_free(options: Options, key: IntArray, usable: BoolArray, rooms: Rooms) -> _Free:
    """Return the usable pairs whose units both have a place; of equal pairs the one that is worth most."""
    left, right, worth = options.left, options.right, options.worth
    rows = np.flatnonzero(usable & (rooms[0].places > 0)[left] & (rooms[1].places > 0)[right])
    if len(rows) < len(key):
        left, right, worth, key = left[rows], right[rows], worth[rows], key[rows]
    if not (key[1:] > key[:-1]).all():  # scoring yields pairs in order, each once
        order = np.lexsort((-worth, key))
        order = order[np.append(True, np.diff(key[order]) > 0)]
        left, right, worth, rows = left[order], right[order], worth[order], rows[order]
    return _Free(left, right, worth, rows)


def _network(free: _Free, rooms: Rooms, fixed: Options) -> Network:
    """Return the pairs as a network of the units that have any; capacities are cut to the number of pairs."""
    left, left_units, left_pairs = _renumber(free.left, len(rooms[0].places))
    right, right_units, right_pairs = _renumber(free.right, len(rooms[1].places))
    weight = np.round(free.worth * SCALE).astype(np.int64)
    left_places = np.minimum(rooms[0].places[left_units], left_pairs)
    right_places = np.minimum(rooms[1].places[right_units], right_pairs)
    seeking, holds = np.ones(len(left_units), np.bool_), np.zeros(len(right_units), np.int64)
    if len(fixed.left):
        seeking = ~np.isin(left_units, fixed.left)
        holds = np.bincount(fixed.right, minlength=len(rooms[1].places))[right_units]
    return Network(left, right, weight, left_places, right_places, seeking, holds)


def _renumber(units: IntArray, most: int) -> tuple[IntArray, IntArray, IntArray]:
    """Return units numbered without gaps, which number each had, and how often each stands there."""
    count = np.bincount(units, minlength=most)
    present = np.flatnonzero(count)
    if len(present) == most:
        return units, present, count
    number = np.zeros(most, dtype=np.int64)
    number[present] = np.arange(len(present))
    return number[units], present, count[present]
