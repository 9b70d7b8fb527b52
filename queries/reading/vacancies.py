"""Whether a post still seeks somebody, and how many places it has left: those wanted less those taken."""

from __future__ import annotations

import polars as pl

from graph.state_vocabulary import SUSPENDED, UNDER_WAY
from graph.states import OVER, said_state

HELD = (UNDER_WAY, SUSPENDED)  # a post in this state seeks nobody, where its register does not count places


def places_left() -> pl.Expr:
    """Return the expression for the places left of posts (places, taken); null where nobody wrote down how many are wanted."""
    return (pl.col("places") - pl.col("taken").fill_null(0)).clip(lower_bound=0)


def is_vacant() -> pl.Expr:
    """Return the expression for whether posts (status, places, taken) seek somebody: by their places where both are known."""
    counted = pl.col("places").is_not_null() & pl.col("taken").is_not_null()
    seeks = pl.when(counted).then(places_left() > 0).otherwise(~said_state().is_in(HELD))
    return seeks & ~said_state().is_in(OVER)
