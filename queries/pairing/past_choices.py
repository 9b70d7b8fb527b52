"""Choices that were made: for each agreement, the partner taken among all that could have been taken on the day, as known then.

Pairs that were accepted and await their agreement are choices of today.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl

from queries.facts import Facts
from queries.pairing.candidates import candidate_blocks
from queries.pairing.learning import Choices
from queries.pairing.score import apply_rules, measure
from queries.pairing.sides import Count, Sides, make_sides
from queries.pairing.signal import Limits, PairSpec, pairs_of_keys

WINDOW = timedelta(
    days=182
)  # the graph is looked at anew every half year: agreements of one window are judged by what was known before


def facts_before(facts: Facts, day: date) -> Facts:
    """Return the facts as they were known before a day: agreements signed, activities held and resources used until then.

    Registers have no past of their own: needs, offers, homes and skills are those of today.
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
    )


def past_choices(facts: Facts, spec: PairSpec, count: Count) -> list[tuple[date, Choices]]:
    """Return the choices of every half year that has any, oldest first; choosers are numbered through all of them."""
    made = _made(facts, spec)
    found: list[tuple[date, Choices]] = []
    for start, window in _windows(made):
        sides = make_sides(facts_before(facts, start), (spec.left, spec.right), count)
        choices = _choose(spec, sides, window, start_at=len(found) * len(sides.left))
        if len(choices):
            found.append((start, choices))
    return found


def join_choices(parts: list[Choices], signals: int) -> Choices:
    """Return several windows' choices as one."""
    if not parts:
        return Choices(np.empty((0, signals)), np.empty(0, np.int64), np.empty(0, np.bool_))
    return Choices(
        np.concatenate([part.values for part in parts]),
        np.concatenate([part.chooser for part in parts]),
        np.concatenate([part.chosen for part in parts]),
    )


def _made(facts: Facts, spec: PairSpec) -> pl.DataFrame:
    """Return left, right, signed of the dated agreements between the two sides (the first of each pair) and of accepted pairs."""
    ends = [
        facts.signers.filter(pl.col("label") == label).select("agreement", **{side: "unit"})
        for side, label in (("left", spec.left), ("right", spec.right))
    ]
    dated = facts.agreements.filter(pl.col("signed") <= facts.as_of).select("signed", agreement="id")
    pairs = ends[0].join(ends[1], on="agreement").join(dated, on="agreement").filter(pl.col("left") != pl.col("right"))
    accepted = [facts.accepted.select(left=a, right=b) for a, b in (("source", "target"), ("target", "source"))]
    here = pl.concat(accepted).filter(
        *(pl.col(side).is_in(_ids(facts, label)) for side, label in (("left", spec.left), ("right", spec.right)))
    )
    every = pl.concat([pairs.select("left", "right", "signed"), here.with_columns(signed=pl.lit(facts.as_of))])
    return every.group_by("left", "right").agg(pl.col("signed").min()).sort("signed", "left", "right")


def _ids(facts: Facts, label: str) -> list[str]:
    return facts.units.filter(pl.col("label") == label)["id"].to_list()


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


def _choose(spec: PairSpec, sides: Sides, made: pl.DataFrame, start_at: int) -> Choices:
    """Return the choices of one window: every candidate of its choosers that no rule excluded then, and which were taken."""
    left, right = sides.left.place(made["left"]), sides.right.place(made["right"])
    here = (left >= 0) & (right >= 0)
    taken = np.unique(left[here] * len(sides.right) + right[here])
    choosers = np.unique(left[here])
    parts = []
    for block in candidate_blocks(sides, choosers):
        keys = np.union1d(block, taken[np.isin(taken // len(sides.right), block // len(sides.right))])
        pairs = pairs_of_keys(sides, keys, Limits())
        free = apply_rules(spec, pairs) < 0
        values, _ = measure(spec, pairs)
        parts.append(Choices(values.T[free], start_at + pairs.left[free], np.isin(keys, taken)[free]))
    return join_choices(parts, len(spec.signals))
