"""Conditions that an asker sets: which things meet them all, of which something is not known, and which fail only just, and by what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from graph.documents import FrameRow
from graph.texts import Said, join_said

Fit = Literal["fits", "to_ask", "narrowly"]
FIT_WORDS = {
    "fits": Said("符合", "fits"), "to_ask": Said("待核实", "to be asked about"), "narrowly": Said("差一项", "misses one condition"),
}  # fmt: skip
_FITS: tuple[Fit, ...] = ("fits", "to_ask", "narrowly")


NEAR = pl.lit(True)  # whoever misses the condition does so only just


@dataclass(frozen=True)
class Condition:
    """One condition: whether a row of a frame meets it (null: not known), whether it misses it only just, and how a row tells of it."""

    met: pl.Expr
    tell: Callable[[FrameRow], Said]
    near: pl.Expr = NEAR


def judge_conditions(frame: pl.DataFrame, conditions: Sequence[Condition]) -> pl.DataFrame:
    """Return the rows that meet all conditions as far as is known (`fit`: fits, to_ask) or miss a single one only just (narrowly).

    Of each condition a column `met_0`, `met_1`, … says whether it is met; `fit_order` is 0 for the best.
    """
    if not conditions:
        return frame.with_columns(fit=pl.lit(_FITS[0]), fit_order=pl.lit(0))
    met = [f"met_{n}" for n in range(len(conditions))]
    judged = frame.with_columns(one.met.alias(name) for one, name in zip(conditions, met, strict=True))
    missed = pl.sum_horizontal((~pl.col(name)).fill_null(False).cast(pl.Int32) for name in met)
    far = pl.any_horizontal(
        ~pl.col(name) & ~one.near.fill_null(False) for one, name in zip(conditions, met, strict=True)
    ).fill_null(False)
    order = (
        pl.when((missed == 0) & pl.all_horizontal(pl.col(name).is_not_null() for name in met)).then(0)
        .when(missed == 0).then(1)
        .when((missed == 1) & ~far).then(2)
    )  # fmt: skip
    ordered = judged.with_columns(fit_order=order).filter(pl.col("fit_order").is_not_null())
    return ordered.with_columns(fit=pl.col("fit_order").replace_strict(dict(enumerate(_FITS)), return_dtype=pl.String))


def tell_open(row: FrameRow, conditions: Sequence[Condition]) -> Said:
    """Say what a row misses and what is not known of it, in the order of the conditions; nothing where it meets them all."""
    told = {
        state: [one.tell(row) for n, one in enumerate(conditions) if row[f"met_{n}"] is state]
        for state in (False, None)
    }
    return join_said([*told[False], *told[None]])
