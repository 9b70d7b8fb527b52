"""A plan for everybody: which pairs to choose so that nobody who can have a partner goes without, and the total is the largest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from graph.errors import ArgumentError
from queries.pairing.arrays import FloatArray, IntArray
from queries.pairing.plans.flow import Solver, solve
from queries.pairing.plans.network import Network
from queries.pairing.plans.ties import first_of_equals

SCALE = 1_000_000  # scores count as whole numbers of millionths
LARGEST_SCORE = 1e6
ENDS = ["left", "right"]

Pair = tuple[Any, Any]


def assign(
    candidates: pl.DataFrame,
    left_capacity: pl.DataFrame,
    right_capacity: pl.DataFrame,
    must: Iterable[Pair] = (),
    forbid: Iterable[Pair] = (),
    load_penalty: float = 0.0,
) -> pl.DataFrame:
    """Choose pairs: coverage of the left side first, then the largest total of round(score·1e6); ties by smaller ids.

    `candidates` has left, right, score; the capacities have id, capacity (a unit without a row takes none). `must` and `forbid` are
    pairs of ids. The n-th pair of a right unit counts (n − 1)·`load_penalty` less. Returns left, right, score, sorted; no
    pair twice, no unit over its capacity. Raises ArgumentError where `must` cannot be kept.
    """
    return assign_by(solve, candidates, (left_capacity, right_capacity), must, forbid, load_penalty)


def assign_by(  # noqa: PLR0913 -- the parameters of `assign`, and what benchmarks compare it with
    solver: Solver, candidates: pl.DataFrame, capacities: tuple[pl.DataFrame, pl.DataFrame],
    must: Iterable[Pair] = (), forbid: Iterable[Pair] = (), load_penalty: float = 0.0, coverage_first: bool = True,
) -> pl.DataFrame:  # fmt: skip
    """Choose pairs by a solver of one's own (see `assign`); without `coverage_first` the total alone decides."""
    candidates = pl.DataFrame([*(candidates[end] for end in ENDS), candidates["score"].cast(pl.Float64)])
    forced, banned = _pair_frame(must, candidates), _pair_frame(forbid, candidates)
    fixed = _check_must(forced, banned, candidates)
    room = [_read_room(frame, fixed[end], end) for end, frame in zip(ENDS, capacities, strict=True)]
    free = _find_free(candidates, room, [frame for frame in (forced, banned) if frame.height])
    if not len(free.rows):
        return fixed.sort(*ENDS)
    network = replace(_network(free, room, fixed), toll=_toll(load_penalty))
    network = network if coverage_first else replace(network, seeking=np.zeros_like(network.seeking))
    taken = first_of_equals(network, solver(network))
    chosen = candidates[free.rows[taken]]
    return pl.concat([fixed, chosen]).sort(*ENDS) if fixed.height else chosen


def _toll(load_penalty: float) -> int:
    if not 0 <= load_penalty <= LARGEST_SCORE:
        raise ArgumentError(
            argument="load_penalty", value=load_penalty, reason=f"应在 0 到 {LARGEST_SCORE:.0f} 之间 / must lie between"
        )
    return round(load_penalty * SCALE)


def _pair_frame(pairs: Iterable[Pair], like: pl.DataFrame) -> pl.DataFrame:
    given = [(left, right) for left, right in pairs]
    if not given:
        return like.clear()
    return pl.DataFrame(given, schema={end: like.schema[end] for end in ENDS}, orient="row")


def _check_must(forced: pl.DataFrame, banned: pl.DataFrame, candidates: pl.DataFrame) -> pl.DataFrame:
    """Return the forced pairs with their scores; refuse one that is forbidden or no candidate."""
    if not forced.height:
        return candidates.clear()
    usable = candidates.join(forced.unique(), on=ENDS, how="semi").filter(pl.col("score").is_finite())
    fixed = usable.group_by(ENDS).agg(pl.col("score").max())
    for wrong, reason in (
        (forced.join(banned, on=ENDS), "同时要求又禁止 / is both demanded and forbidden"),
        (forced.join(fixed, on=ENDS, how="anti"), "不在候选之中 / is not among the candidates"),
    ):
        if wrong.height:
            raise ArgumentError(argument="must", value="|".join(map(str, wrong.sort(*ENDS).row(0))), reason=reason)
    return fixed


@dataclass(frozen=True)
class _Room:
    """The units of a side, ascending, and how many places each has left after the forced pairs."""

    ids: pl.Series
    places: IntArray

    def number(self, units: pl.Series) -> IntArray:
        """Return the number of each unit, that of all units for one that is none of them; the hashing of categories is the quickest."""
        known = pl.Enum(self.ids.cast(pl.String))
        codes = units.cast(pl.String).cast(known, strict=False).to_physical()
        if codes.null_count():
            codes = codes.cast(pl.UInt32).fill_null(len(self.ids))
        return codes.to_numpy().astype(np.int64)  # numpy looks up by no other without turning it into that each time


def _read_room(capacity: pl.DataFrame, used: pl.Series, end: str) -> _Room:
    """Return how many places each unit has left after the forced pairs, which are `used`."""
    ids, places = capacity["id"], capacity["capacity"].cast(pl.Int64)
    ascending = not (ids.null_count() or places.null_count()) and bool((ids.slice(1) > ids.head(-1)).all())
    if ascending and not len(used):
        return _Room(ids, places.to_numpy())
    given = pl.DataFrame([ids, places]).drop_nulls().group_by("id").agg(pl.col("capacity").max()).sort("id")
    if len(used):
        taken = used.to_frame("id").group_by("id").agg(pl.len().cast(pl.Int64).alias("used"))
        joined = given.join(taken, on="id", how="full", coalesce=True).fill_null(0).sort("id")
        given = joined.select("id", capacity=pl.col("capacity") - pl.col("used"))
        full = joined.filter((pl.col("capacity") < pl.col("used")) & (pl.col("used") > 0))
        if full.height:
            reason = f"要求的结对超过名额（{end}） / more pairs are demanded than it has places"
            raise ArgumentError(argument="must", value=full["id"][0], reason=reason)
    return _Room(given["id"], given["capacity"].to_numpy())


@dataclass(frozen=True)
class _Free:
    """The pairs that stand to choose, ascending, each once: numbers of their units, score, and their rows among the candidates."""

    left: IntArray
    right: IntArray
    score: FloatArray
    rows: IntArray


def _find_free(candidates: pl.DataFrame, room: list[_Room], settled: list[pl.DataFrame]) -> _Free:
    """Return the pairs whose units both have a place, without those that are settled; of equal pairs the one with the best score."""
    score = candidates["score"].to_numpy()
    finite = np.isfinite(score)
    _check_scores(score[finite] if not finite.all() else score)
    left, right = (side.number(candidates[end]) for side, end in zip(room, ENDS, strict=True))
    open_ = [np.append(side.places > 0, False) for side in room]
    usable = finite & open_[0][left] & open_[1][right]
    rights = len(room[1].ids) + 1
    key = left * rights + right
    for frame in settled:
        few = [side.number(frame[end]) for side, end in zip(room, ENDS, strict=True)]
        usable &= ~np.isin(key, few[0] * rights + few[1])
    rows = np.flatnonzero(usable)
    if len(rows) < len(key):
        left, right, score, key = left[rows], right[rows], score[rows], key[rows]
    if not (key[1:] > key[:-1]).all():  # scoring yields pairs in order, each once
        order = np.lexsort((-score, key))
        order = order[np.append(True, np.diff(key[order]) > 0)]
        left, right, score, rows = left[order], right[order], score[order], rows[order]
    return _Free(left, right, score, rows)


def _check_scores(score: FloatArray) -> None:
    largest = max(score.max(initial=0.0), -score.min(initial=0.0))
    if largest > LARGEST_SCORE:
        raise ArgumentError(
            argument="candidates",
            value=largest,
            reason=f"得分的绝对值不能超过 {LARGEST_SCORE:.0f} / scores must lie within ±{LARGEST_SCORE:.0f}",
        )


def _network(free: _Free, room: list[_Room], fixed: pl.DataFrame) -> Network:
    """Return the pairs as a network of the units that have any; capacities are cut to the number of pairs."""
    left, left_units, left_pairs = _renumber(free.left, len(room[0].ids))
    right, right_units, right_pairs = _renumber(free.right, len(room[1].ids))
    weight = np.round(free.score * SCALE).astype(np.int64)
    left_places = np.minimum(room[0].places[left_units], left_pairs)
    right_places = np.minimum(room[1].places[right_units], right_pairs)
    seeking, holds = np.ones(len(left_units), np.bool_), np.zeros(len(right_units), np.int64)
    if fixed.height:
        fixed_of = [side.number(fixed[end]) for side, end in zip(room, ENDS, strict=True)]
        seeking = ~np.isin(left_units, fixed_of[0])
        holds = np.bincount(fixed_of[1], minlength=len(room[1].ids))[right_units]
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
