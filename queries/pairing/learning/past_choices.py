"""Choices that were made: for each agreement, the partner taken among all that could have been taken on the day, as known then.

Pairs that were accepted and await their agreement are choices of today. Pairs that somebody decided against were candidates until then,
and are marked; so are those that somebody was shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

import numpy as np
import polars as pl

from queries.matching.arrays import BoolArray, IntArray
from queries.matching.candidates import candidate_blocks
from queries.matching.pairs import pairs_of_keys
from queries.matching.score import apply_rules, measure
from queries.matching.sides import Count, Sides, make_sides
from queries.matching.signal import PairSpec
from queries.pairing.learning.choice_model import Choices
from queries.pairing.learning.seen import Seen, agreed_pairs, orient
from queries.reading.facts import Facts

WINDOW = timedelta(
    days=182
)  # the graph is looked at anew every half year: agreements of one window are judged by what was known before


def facts_before(facts: Facts, day: date) -> Facts:
    """Return the facts as they were known before a day: agreements signed, activities held and resources used until then.

    Registers have no past of their own: needs, offers, homes and skills are those of today. Of accepted and declined pairs the facts do
    not tell the day: none was known.
    """
    signed = pl.col("signed").is_null() | (pl.col("signed") < day)
    in_force = (
        pl.col("signed").is_not_null()
        & (pl.col("expires").fill_null(day) >= day)
        & (pl.col("status").fill_null("") != "拟签")
    )
    agreements = facts.agreements.filter(signed).with_columns(in_force=in_force)
    return replace(
        facts,
        as_of=day,
        agreements=agreements,
        signers=facts.signers.filter(pl.col("agreement").is_in(agreements["id"].implode())),
        shared=facts.shared.filter(pl.col("day").is_null() | (pl.col("day") < day)),
        accepted=facts.accepted.clear(),
        declined=facts.declined.clear(),
    )


def past_choices(facts: Facts, spec: PairSpec, count: Count, seen: Seen | None = None) -> list[tuple[date, Choices]]:
    """Return the choices of every half year that has any, oldest first; choosers are numbered through all of them."""
    known = seen or Seen()
    windows = list(_windows(_made(facts, spec)))
    starts = [start for start, _ in windows]
    refused = _place_refused(known.refused, starts)
    found: list[tuple[date, Choices]] = []
    for n, (start, made) in enumerate(windows):
        shown = known.shown_between(start - WINDOW, starts[n + 1] if n + 1 < len(starts) else None)
        before = refused.filter(pl.col("window") < n).select(source="left", target="right")
        then = replace(facts_before(facts, start), declined=before)
        sides = make_sides(then, (spec.left, spec.right), count)
        marks = _Marks(*(_keys(sides, pairs) for pairs in (made, shown, refused.filter(pl.col("window") == n))))
        choices = _choose(spec, sides, marks, start_at=len(found) * len(sides.left))
        if len(choices):
            found.append((start, choices))
    return found


def _place_refused(refused: pl.DataFrame, starts: list[date]) -> pl.DataFrame:
    """Return the refused pairs with the number of their window: the last that had begun by the day, the newest where that is unknown."""
    place = (pl.Series(starts, dtype=pl.Date).search_sorted(refused["day"], "right").cast(pl.Int64) - 1).clip(0)
    known = pl.when(pl.col("day").is_null()).then(len(starts) - 1).otherwise(pl.col("window"))
    return refused.with_columns(window=place).with_columns(window=known)


def join_choices(parts: list[Choices], signals: int) -> Choices:
    """Return several windows' choices as one."""
    if not parts:
        return Choices(np.empty((0, signals)), np.empty(0, np.int64), np.empty(0, np.bool_))
    columns = ([getattr(part, one.name) for part in parts] for one in fields(Choices))
    return Choices(*(np.concatenate(column) for column in columns))


def _made(facts: Facts, spec: PairSpec) -> pl.DataFrame:
    """Return left, right, signed of the dated agreements between the two sides (the first of each pair) and of accepted pairs."""
    accepted = orient(facts.accepted, facts, spec).with_columns(signed=pl.lit(facts.as_of))
    every = pl.concat([agreed_pairs(facts, spec), accepted])
    return every.group_by("left", "right").agg(pl.col("signed").min()).sort("signed", "left", "right")


def _windows(made: pl.DataFrame) -> Iterator[tuple[date, pl.DataFrame]]:
    if made.is_empty():
        return
    start, last = made["signed"].min(), made["signed"].max()
    assert isinstance(start, date) and isinstance(last, date)  # noqa: S101 - the column holds dates, and no nulls
    while start <= last:
        window = made.filter(pl.col("signed").is_between(start, start + WINDOW, closed="left"))
        if window.height:
            yield start, window
        start += WINDOW


@dataclass(frozen=True)
class _Marks:
    """What is known of some pairs (keys, ascending): they were made, shown, refused."""

    made: IntArray
    shown: IntArray
    refused: IntArray


def _keys(sides: Sides, pairs: pl.DataFrame) -> IntArray:
    """Return the keys of the pairs (left, right) whose units are on the sides, ascending and distinct."""
    left, right = sides.left.place(pairs["left"]), sides.right.place(pairs["right"])
    here = (left >= 0) & (right >= 0)
    keys: IntArray = np.unique(left[here] * len(sides.right) + right[here])
    return keys


def _choose(spec: PairSpec, sides: Sides, marks: _Marks, start_at: int) -> Choices:
    """Return the choices of one window: every candidate of its choosers that no rule excluded then, and what became of it."""
    rights = max(1, len(sides.right))
    taken = np.union1d(marks.made, marks.refused)
    parts = []
    for block in candidate_blocks(sides, np.unique(taken // rights)):
        keys = np.union1d(block.keys, taken[np.isin(taken // rights, block.left)])
        pairs = pairs_of_keys(sides, keys)
        free: BoolArray = apply_rules(spec, pairs) < 0
        values, _ = measure(spec, pairs)
        made, shown, refused = (np.isin(keys, known)[free] for known in (marks.made, marks.shown, marks.refused))
        parts.append(Choices(values.T[free], start_at + pairs.left[free], made, shown | refused, refused & ~made))
    return join_choices(parts, len(spec.signals))
