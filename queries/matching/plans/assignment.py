"""A plan for everybody, from tables: nobody who can have a partner goes without, and the total is the largest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import polars as pl

from queries.matching.arrays import IntArray
from queries.matching.plans.choosing import NO_PAIRS, Demands, Options, Room, choose_pairs
from queries.matching.plans.flow import Solver, solve

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
    wanted, unwanted = (_pair_frame(pairs, candidates) for pairs in (must, forbid))
    read = [_read_places(frame, wanted[end]) for end, frame in zip(ENDS, capacities, strict=True)]
    ids = [units for units, _ in read]
    known, (left, right) = _number(candidates, ids)
    score = candidates["score"].to_numpy()
    score = score if known is None else score[known]
    demands = Demands(_number_pairs(wanted, ids), _number_pairs(unwanted, ids), load_penalty)
    options = Options(left, right, score, score)
    rows = choose_pairs(options, (Room(*read[0]), Room(*read[1])), demands, solver, coverage_first)
    return candidates[pl.Series(rows if known is None else known[rows])]


def _pair_frame(pairs: Iterable[Pair], like: pl.DataFrame) -> pl.DataFrame:
    given = [(left, right) for left, right in pairs]
    if not given:
        return like.clear()
    return pl.DataFrame(given, schema={end: like.schema[end] for end in ENDS}, orient="row")


def _read_places(capacity: pl.DataFrame, wanted: pl.Series) -> tuple[pl.Series, IntArray]:
    """Return the units, ascending, and how many places each has; those that are `wanted` but have no row have none."""
    ids, places = capacity["id"], capacity["capacity"].cast(pl.Int64)
    ascending = not (ids.null_count() or places.null_count()) and bool((ids.slice(1) > ids.head(-1)).all())
    if not ascending or len(wanted):
        none = pl.DataFrame([wanted.alias("id"), pl.zeros(len(wanted), pl.Int64, eager=True).alias("capacity")])
        given = pl.concat([pl.DataFrame([ids, places]), none], how="vertical_relaxed").drop_nulls()
        given = given.group_by("id").agg(pl.col("capacity").max()).sort("id")
        ids, places = given["id"], given["capacity"]
    return ids, places.to_numpy()


def _number(pairs: pl.DataFrame, ids: list[pl.Series]) -> tuple[IntArray | None, tuple[IntArray, IntArray]]:
    """Return the rows of the pairs of which both units are known (None: of all), and the numbers of their units."""
    left, right = (_number_units(pairs[end], units) for end, units in zip(ENDS, ids, strict=True))
    known = (left < len(ids[0])) & (right < len(ids[1]))
    if known.all():
        return None, (left, right)
    return np.flatnonzero(known), (left[known], right[known])


def _number_pairs(pairs: pl.DataFrame, ids: list[pl.Series]) -> IntArray:
    """Return the numbers of the units of each pair, a pair a row; pairs of unknown units are left out."""
    return np.stack(_number(pairs, ids)[1], axis=1) if pairs.height else NO_PAIRS


def _number_units(units: pl.Series, ids: pl.Series) -> IntArray:
    """Return the place of each unit among ids, their number for one that is none of them; the hashing of categories is the quickest."""
    known = pl.Enum(ids.cast(pl.String))
    numbers = units.cast(pl.String).cast(known, strict=False).to_physical().cast(pl.Int64)
    return (numbers.fill_null(len(ids)) if numbers.null_count() else numbers).to_numpy()
