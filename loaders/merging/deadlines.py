"""Values that depend on the graph's date: which action items are overdue, and which consents to be named have expired."""

from __future__ import annotations

from datetime import date

import polars as pl

from graph.schema.governance import ActionItem
from graph.schema.members import Lecturer
from graph.states import is_overdue


def apply_deadlines(entities: dict[str, pl.DataFrame], as_of: date | None) -> None:
    """Mark overdue action items and remove names of lecturers whose consent has expired, in place.

    Without a date nothing is judged.
    """
    day = pl.lit(as_of, pl.Date)
    items, lecturers = ActionItem.label, Lecturer.label
    if items in entities:
        entities[items] = entities[items].with_columns(overdue=is_overdue(as_of))
    if lecturers in entities:
        is_over = (pl.col("consent_until") < day).fill_null(False)
        entities[lecturers] = entities[lecturers].with_columns(display_name=pl.when(~is_over).then("display_name"))
