"""Values that depend on the graph's date: which action items are overdue, and which consents to be named have expired."""

from __future__ import annotations

from datetime import date

import polars as pl

from graph.schema.governance import ActionItem
from graph.schema.members import Lecturer
from graph.state_vocabulary import CANCELLED, DONE
from graph.states import is_said_expired, said_state


def apply_deadlines(entities: dict[str, pl.DataFrame], as_of: date | None) -> None:
    """Mark overdue action items and remove names of lecturers whose consent has expired, in place.

    Without a date nothing is judged.
    """
    day = pl.lit(as_of, pl.Date)
    items, lecturers = ActionItem.label, Lecturer.label
    if items in entities:
        entities[items] = entities[items].with_columns(overdue=_overdue(day))
    if lecturers in entities:
        is_over = (pl.col("consent_until") < day).fill_null(False)
        entities[lecturers] = entities[lecturers].with_columns(display_name=pl.when(~is_over).then("display_name"))


def _overdue(day: pl.Expr) -> pl.Expr:
    """Tell whether an item's time is up: never once it is closed, always where the office says so, else by its due day.

    The due day is the last on which the item may be closed: of a month, its last day.
    """
    closed = said_state().is_in((DONE, CANCELLED)) | (pl.col("closed_at") <= day).fill_null(False)
    return pl.when(closed).then(False).when(is_said_expired()).then(True).otherwise(pl.col("due") < day)
