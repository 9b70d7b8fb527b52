"""Packs rows for a write to a graph server: one list for each column, or a single value where all rows have the same.

A map for each row repeats every property's name, and packing it is most of a driver's work: docs/decisions/0011.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from graph.backends.protocol import Parameters
from graph.digest import RELATION_KEY
from graph.kinds import PROVENANCE, VALIDITY
from graph.server import cypher_texts

ORIGIN = [*VALIDITY, *(name for name in PROVENANCE if name != "row")]
SHARED_FROM = 1_000  # rows; fewer are written by the one text of their table, which the server has planned already


@dataclass(frozen=True)
class Columns:
    """Which columns of a table are sent as lists, and the value of those that have the same in every row."""

    varied: tuple[str, ...]
    shared: Parameters

    def parameters(self, part: pl.DataFrame) -> dict[str, object]:
        """Return some of the table's rows as parameters."""
        return {**part.select(self.varied).to_dict(as_series=False), **self.shared}

    def without_nulls(self) -> Columns:
        """Return the columns without those that are null in all rows, which a new entity or relation need not have set."""
        return Columns(self.varied, {name: value for name, value in self.shared.items() if value is not None})


def share_columns(frame: pl.DataFrame, key: Iterable[str]) -> Columns:
    """Return which columns of a table are sent as lists and which as one shared value; key columns are always lists."""
    if frame.height < SHARED_FROM:
        return Columns(tuple(frame.columns), {})
    first = frame.row(0, named=True)
    same = frame.select(pl.all().eq_missing(pl.all().first()).all()).row(0, named=True)
    shared = [name for name, is_same in same.items() if is_same and name not in key]
    return Columns(tuple(name for name in frame.columns if name not in shared), {name: first[name] for name in shared})


def split_by_origin(frame: pl.DataFrame, least: int) -> list[pl.DataFrame]:
    """Split rows into parts of one sheet and one period with at least `least` rows each; all other rows form the last part.

    So a table that is made from several files shares within a part what it does not share as a whole.
    """
    if frame.height <= least:
        return [frame]
    rows = frame.select(pl.len().over(ORIGIN)).to_series()
    parts = frame.filter(rows >= least).partition_by(ORIGIN, maintain_order=True)
    rest = frame.filter(rows < least)
    return [*parts, rest] if rest.height else parts


def choose_hub(frame: pl.DataFrame) -> tuple[str, str]:
    """Return the two ends of a table's relations ('source', 'target'), the one with fewer distinct entities first.

    Of a table of few rows always in that order, so that few statements differ.
    """
    if frame.height < SHARED_FROM:
        return RELATION_KEY
    hub, other = sorted(RELATION_KEY, key=lambda end: frame[end].n_unique())
    return hub, other


def group_rows(part: pl.DataFrame, hub: str) -> dict[str, object]:
    """Return the distinct entities at the end `hub` of sorted relations, and where the rows of each of them begin and end."""
    runs = part[hub].rle().struct.unnest()
    return {cypher_texts.HUBS: runs["value"].to_list(), cypher_texts.FIRST: [0, *runs["len"].cum_sum()]}
