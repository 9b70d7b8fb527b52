"""Collects the records of all loads that are not withdrawn, with ids, whether each still holds, and which sheet has precedence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from graph.workspace import LoadedSheet

SHEET = "_sheet"  # the column that says which sheet a record came from, by position
TOLD = "_told"  # what tells the records of two versions of a list apart


@dataclass(frozen=True)
class Successor:
    """The newer version of a list: its place among the sheets, from when it counts, and what it lacks of the older one.

    What it lacks is closed only where it `closes`; until then that still holds.
    """

    sheet: int
    until: date | None
    gone: pl.Series
    closes: bool


@dataclass(frozen=True)
class SheetStanding:
    """The precedence of a sheet among those of its register: its rank (later wins), its date, and which newer sheet replaces it."""

    rank: int
    as_of: date | None
    newer: Successor | None = None


def stamp(frame: pl.DataFrame, sheets: Sequence[LoadedSheet], standings: Mapping[int, SheetStanding]) -> pl.DataFrame:
    """Add columns to each record for its sheet's precedence and its source (the columns of combine.STANDING)."""
    schema = {
        SHEET: pl.Int32, "_rank": pl.Int64, "_seq": pl.Int64, "_as_of": pl.Date, "_live": pl.Boolean, "_until": pl.Date,
        "load_id": pl.String, "sheet": pl.String,
    }  # fmt: skip
    rows = [
        (
            i, s.rank, sheets[i].seq, s.as_of, s.newer is None, s.newer.until if s.newer else None, sheets[i].load_id,
            sheets[i].sheet,
        )
        for i, s in standings.items()
    ]  # fmt: skip
    kept = _still_said(frame, standings)
    if len(rows) == 1:  # the common case of one large sheet needs no join
        facts = zip(schema.items(), rows[0], strict=True)
        return frame.drop(SHEET, TOLD).with_columns(
            pl.lit(value, dtype).alias(name) for (name, dtype), value in facts if name != SHEET
        )
    stamped = frame.join(
        pl.DataFrame(rows, schema=schema, orient="row"), on=SHEET, how="left", maintain_order="left"
    ).drop(SHEET, TOLD)
    if kept is None:
        return stamped
    return stamped.with_columns(_live=pl.col("_live") | kept, _until=pl.when(~kept).then("_until"))


def _still_said(frame: pl.DataFrame, standings: Mapping[int, SheetStanding]) -> pl.Series | None:
    """Return which records of replaced sheets still hold, since the newer version lacks them and closes nothing; None for none."""
    waiting = [
        pl.DataFrame({TOLD: s.newer.gone}).with_columns(pl.lit(i, pl.Int32).alias(SHEET))
        for i, s in standings.items()
        if s.newer is not None and not s.newer.closes and s.newer.gone.len()
    ]
    if not waiting:
        return None
    lacking = pl.concat(waiting).with_columns(_kept=pl.lit(True))
    return frame.join(lacking, on=[SHEET, TOLD], how="left", maintain_order="left")["_kept"].fill_null(False)
