"""A plan for everybody: which pairs to choose so that nobody who can have a partner goes without, and the total is the largest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl

from graph.errors import ArgumentError
from queries.pairing.arrays import BoolArray, IntArray
from queries.pairing.flow import Network, solve
from queries.pairing.ties import first_of_equals

SCALE = 1_000_000  # scores count as whole numbers of millionths
LARGEST_SCORE = 1e6

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
    solver: Callable[[Network], BoolArray], candidates: pl.DataFrame, capacities: tuple[pl.DataFrame, pl.DataFrame],
    must: Iterable[Pair] = (), forbid: Iterable[Pair] = (), load_penalty: float = 0.0, coverage_first: bool = True,
) -> pl.DataFrame:  # fmt: skip
    """Choose pairs by a solver of one's own (see `assign`); without `coverage_first` the total alone decides."""
    forced, banned = _pair_frame(must, candidates), _pair_frame(forbid, candidates)
    pairs = _clean_candidates(candidates)
    fixed = _check_must(forced, banned, pairs)
    free = pairs
    for settled in (frame for frame in (banned, forced) if frame.height):
        free = free.join(settled, on=["left", "right"], how="anti")
    room = [_capacity(frame, fixed[side], side) for side, frame in zip(("left", "right"), capacities, strict=True)]
    for side in ("left", "right"):
        free = free.filter(
            pl.col(side).is_in(room[("left", "right").index(side)].filter(pl.col("capacity") > 0)["id"].implode())
        )
    if free.is_empty():
        return fixed.sort("left", "right")
    free = free if _is_ascending(free) else free.sort("left", "right")
    network = replace(_network(free, room[0], room[1], fixed), toll=_toll(load_penalty))
    network = network if coverage_first else replace(network, seeking=np.zeros_like(network.seeking))
    taken = first_of_equals(network, solver(network))
    return pl.concat([fixed, free.filter(pl.Series(taken))]).sort("left", "right")


def _toll(load_penalty: float) -> int:
    if not 0 <= load_penalty <= LARGEST_SCORE:
        raise ArgumentError(
            argument="load_penalty", value=load_penalty, reason=f"应在 0 到 {LARGEST_SCORE:.0f} 之间 / must lie between"
        )
    return round(load_penalty * SCALE)


def _clean_candidates(candidates: pl.DataFrame) -> pl.DataFrame:
    """Return the usable candidates, each pair once with its best score."""
    pairs = (
        candidates.select("left", "right", pl.col("score").cast(pl.Float64))
        .drop_nulls()
        .filter(pl.col("score").is_finite())
    )
    largest = pairs["score"].abs().max()
    if isinstance(largest, float) and largest > LARGEST_SCORE:
        raise ArgumentError(
            argument="candidates",
            value=largest,
            reason=f"得分的绝对值不能超过 {LARGEST_SCORE:.0f} / scores must lie within ±{LARGEST_SCORE:.0f}",
        )
    return pairs if _is_ascending(pairs) else pairs.group_by("left", "right").agg(pl.col("score").max())


def _is_ascending(pairs: pl.DataFrame) -> bool:
    """Return whether pairs ascend by left and right, none repeated: as scoring yields them, and then neither sort nor grouping is due."""
    left, right = pl.col("left"), pl.col("right")
    ascends = (left > left.shift()) | ((left == left.shift()) & (right > right.shift()))
    return bool(pairs.select(ascends.slice(1).all()).item())


def _pair_frame(pairs: Iterable[Pair], like: pl.DataFrame) -> pl.DataFrame:
    given = [(left, right) for left, right in pairs]
    return pl.DataFrame(given, schema={side: like.schema[side] for side in ("left", "right")}, orient="row").unique()


def _check_must(forced: pl.DataFrame, banned: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Return the forced pairs with their scores; refuse one that is forbidden or no candidate."""
    fixed = forced.join(pairs, on=["left", "right"]).select("left", "right", "score")
    for wrong, reason in (
        (forced.join(banned, on=["left", "right"]), "同时要求又禁止 / is both demanded and forbidden"),
        (forced.join(pairs, on=["left", "right"], how="anti"), "不在候选之中 / is not among the candidates"),
    ):
        if wrong.height:
            raise ArgumentError(
                argument="must", value="|".join(map(str, wrong.sort("left", "right").row(0))), reason=reason
            )
    return fixed


def _capacity(capacity: pl.DataFrame, used: pl.Series, side: str) -> pl.DataFrame:
    """Return how many places each unit has left after the forced pairs."""
    taken = used.to_frame("id").group_by("id").agg(pl.len().cast(pl.Int64).alias("used"))
    room = (
        capacity.select("id", pl.col("capacity").cast(pl.Int64))
        .drop_nulls()
        .group_by("id")
        .agg(pl.col("capacity").max())
    )
    room = room.join(taken, on="id", how="full", coalesce=True).with_columns(
        capacity=pl.col("capacity").fill_null(0) - pl.col("used").fill_null(0)
    )
    full = room.filter((pl.col("capacity") < 0) & (pl.col("used") > 0)).sort("id")
    if full.height:
        raise ArgumentError(
            argument="must",
            value=full["id"][0],
            reason=f"要求的结对超过名额（{side}） / more pairs are demanded than it has places",
        )
    return room.select("id", "capacity")


def _network(free: pl.DataFrame, left_room: pl.DataFrame, right_room: pl.DataFrame, fixed: pl.DataFrame) -> Network:
    """Return the candidates as a network; units are numbered in the order of their ids, capacities cut to the number of candidates."""
    left_ids, right_ids = (free[side].unique().sort() for side in ("left", "right"))
    left, right = _number(free["left"], left_ids), _number(free["right"], right_ids)
    left_places = np.minimum(_room(left_room, left_ids), np.bincount(left, minlength=len(left_ids)))
    right_places = np.minimum(_room(right_room, right_ids), np.bincount(right, minlength=len(right_ids)))
    weight = np.round(free["score"].to_numpy() * SCALE).astype(np.int64)
    seeking = ~left_ids.is_in(fixed["left"].implode()).to_numpy()
    held = fixed["right"].value_counts().rename({"right": "id", "count": "capacity"})
    holds = np.nan_to_num(_room(held, right_ids)).astype(np.int64)
    return Network(left, right, weight, left_places, right_places, seeking, holds)


def _number(units: pl.Series, ids: pl.Series) -> IntArray:
    numbers: IntArray = units.replace_strict(
        ids, pl.Series(range(len(ids)), dtype=pl.Int64), return_dtype=pl.Int64
    ).to_numpy()
    return numbers


def _room(frame: pl.DataFrame, ids: pl.Series) -> IntArray:
    room: IntArray = ids.to_frame("id").join(frame, on="id", how="left", maintain_order="left")["capacity"].to_numpy()
    return room
