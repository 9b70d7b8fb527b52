"""The state of a thing – planned, open, under way, suspended, done, cancelled, expired – and whether an agreement is in force on a day.

What the status says comes first where it says that something is over or only planned; else the dates decide: what has not begun is
planned, what is past its last day is expired. The last day counts, and a date that is not known ends nothing.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from graph.state_vocabulary import CANCELLED, DONE, EXPIRED, PLANNED, SUSPENDED, UNDER_WAY, UNKNOWN
from graph.state_words import read_state, says_expired

OVER = (DONE, CANCELLED, EXPIRED)
GONE = (
    CANCELLED,
    EXPIRED,
    PLANNED,
    SUSPENDED,
)  # a resource in this state is not to be had: no longer, not yet, or not for now


_READINGS = {"state": pl.String, "of_resource": pl.String, "expired": pl.Boolean}


def said_state(status: str = "status", resource: bool = False) -> pl.Expr:
    """Return the expression for the state that the words in a status column express; UNKNOWN where they express none."""
    return _read(status).struct.field("of_resource" if resource else "state")


def said_handover_state(progress: str = "progress") -> pl.Expr:
    """Return the state of a handover that its progress expresses: to hand over is what is to be done there, elsewhere it refers a thing."""
    text = pl.col(progress).cast(pl.String).str.replace_all("移交|交接|接收", "完成")
    said = text.map_batches(_read_texts, return_dtype=pl.Struct(_READINGS)).struct.field("state")
    # 正在核对档案: whatever it is that goes on there, it goes on.
    return (
        pl.when((said == UNKNOWN) & text.str.contains("正在").fill_null(False)).then(pl.lit(UNDER_WAY)).otherwise(said)
    )


def is_said_expired(status: str = "status") -> pl.Expr:
    """Tell whether a status says that the time is up, whatever else it says: 逾期未完成."""
    return _read(status).struct.field("expired")


def _read(status: str) -> pl.Expr:
    # One expression for all readings: polars takes two functions over one column for the same.
    return pl.col(status).cast(pl.String).map_batches(_read_texts, return_dtype=pl.Struct(_READINGS))


def _read_texts(texts: pl.Series) -> pl.Series:
    distinct = texts.unique()
    readings = [(read_state(text), read_state(text, resource=True), says_expired(text)) for text in distinct]
    frame = pl.DataFrame(readings, schema=_READINGS, orient="row").with_columns(text=distinct)
    return (
        pl.DataFrame({"text": texts})
        .join(frame, on="text", how="left", nulls_equal=True, maintain_order="left")
        .select(pl.struct(*_READINGS))
        .to_series()
    )


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


def is_closed(day: date | None) -> pl.Expr:
    """Tell whether an action item is closed on a day: its status says so (of the day the list speaks of), or its day of closing is past."""
    return said_state().is_in((DONE, CANCELLED)) | (pl.col("closed_at") <= pl.lit(day, pl.Date)).fill_null(False)


def is_called_off() -> pl.Expr:
    """Tell whether a status says that a thing was cancelled: it is over, and was not done."""
    return said_state() == CANCELLED


def is_overdue(day: date | None) -> pl.Expr:
    """Tell whether an item's time is up: never once it is closed, always where the office says so, else by its due day.

    The due day is the last on which the item may be closed: of a month, its last day. Null where no day says it.
    """
    late = pl.when(is_said_expired()).then(True).otherwise(pl.col("due") < pl.lit(day, pl.Date))
    return pl.when(is_closed(day)).then(False).otherwise(late)


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
