"""The state of a thing – planned, open, under way, suspended, done, cancelled, expired – and whether an agreement is in force on a day.

What the status says comes first where it says that something is over or only planned; else the dates decide: what has not begun is
planned, what is past its last day is expired. The last day counts, and a date that is not known ends nothing.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from graph.state_vocabulary import CANCELLED, DONE, EXPIRED, PLANNED, SUSPENDED
from graph.state_words import read_state, says_expired

OVER = (DONE, CANCELLED, EXPIRED)
GONE = (
    CANCELLED,
    EXPIRED,
    PLANNED,
    SUSPENDED,
)  # a resource in this state is not to be had: no longer, not yet, or not for now


def said_state(status: str = "status", resource: bool = False) -> pl.Expr:
    """Return the expression for the state that the words in a status column express; UNKNOWN where they express none."""

    def read(texts: pl.Series) -> pl.Series:
        states = {text: read_state(text, resource) for text in texts.unique()}
        return texts.replace_strict(states, return_dtype=pl.String)

    return pl.col(status).cast(pl.String).map_batches(read, return_dtype=pl.String)


def is_said_expired(status: str = "status") -> pl.Expr:
    """Tell whether a status says that the time is up, whatever else it says: 逾期未完成."""

    def read(texts: pl.Series) -> pl.Series:
        return texts.replace_strict({text: says_expired(text) for text in texts.unique()}, return_dtype=pl.Boolean)

    return pl.col(status).cast(pl.String).map_batches(read, return_dtype=pl.Boolean)


def find_state(day: date | None, *, begins: str | None = None, ends: str | None = None) -> pl.Expr:
    """Return the expression for the state on a given day, from the column `status` and the columns of the first and last day.

    Without a day, only the status counts.
    """
    said = said_state()
    return (
        pl.when(said.is_in([*OVER, PLANNED, SUSPENDED])).then(said)
        .when(_is_after(begins, day)).then(pl.lit(PLANNED))
        .when(_is_before(ends, day)).then(pl.lit(EXPIRED))
        .otherwise(said)
    )  # fmt: skip


def is_over(day: date | None, *, ends: str | None = None) -> pl.Expr:
    """Tell whether a thing is done, cancelled or past its last day."""
    return find_state(day, ends=ends).is_in(OVER)


def is_open(day: date | None, *, ends: str | None = None) -> pl.Expr:
    """Tell whether a thing is there to be answered: not over, not only planned, not put off; what no word tells counts as open."""
    return ~find_state(day, ends=ends).is_in([*OVER, PLANNED, SUSPENDED])


def is_withdrawn(status: str) -> pl.Expr:
    """Tell whether a resource is not to be had, by the words of its status: no longer, not yet, or not for now."""
    return said_state(status, resource=True).is_in(GONE)


def in_force(day: date | None) -> pl.Expr:
    """Return the expression for whether an agreement is in force on a day: signed by then, not ended, not expired."""
    return ~find_state(day, begins="signed", ends="expires").is_in([*OVER, PLANNED])


def was_in_force(day: date) -> pl.Expr:
    """Return the expression for whether an agreement was in force on a past day, judged by its dates.

    One that is only planned today was never in force; one without a day of signing is not known to have been signed by then.
    """
    dated = pl.col("signed").is_not_null() & ~_is_after("signed", day) & ~_is_before("expires", day)
    return dated & (said_state() != PLANNED)


def _is_after(column: str | None, day: date | None) -> pl.Expr:
    return (pl.col(column) > pl.lit(day, pl.Date)).fill_null(False) if column else pl.lit(False)


def _is_before(column: str | None, day: date | None) -> pl.Expr:
    return (pl.col(column) < pl.lit(day, pl.Date)).fill_null(False) if column else pl.lit(False)
