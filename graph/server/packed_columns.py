"""Rows as the parameters of a write: each column one list, and a value that all rows share but once.

A map for each row repeats every property's name, and packing it is most of a driver's work: docs/decisions/0011.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from graph.digest import RELATION_KEY
from graph.kinds import PROVENANCE, VALIDITY
from graph.server import cypher_texts

ORIGIN = [*VALIDITY, *(name for name in PROVENANCE if name != "row")]
SHARED_FROM = 1_000  # rows; fewer are written by the one text of their table, which the server has planned already


@dataclass(frozen=True)
class Columns:
    """Which columns of a table are sent as lists, and the value of those that have the same in every row."""

    varied: tuple[str, ...]
    shared: Mapping[str, Any]

    def parameters(self, part: pl.DataFrame) -> dict[str, Any]:
        """Return some of the table's rows as parameters."""
        return {**part.select(self.varied).to_dict(as_series=False), **self.shared}

    def without_nulls(self) -> Columns:
        """Return the same without what no row has: what is new needs not be told so."""
        return Columns(self.varied, {name: value for name, value in self.shared.items() if value is not None})


def share_columns(frame: pl.DataFrame, key: Iterable[str]) -> Columns:
    """Return how the rows of a table are sent; the key's columns are always lists."""
    if frame.height < SHARED_FROM:
        return Columns(tuple(frame.columns), {})
    first = frame.row(0, named=True)
    same = frame.select(pl.all().eq_missing(pl.all().first()).all()).row(0, named=True)
    shared = [name for name, is_same in same.items() if is_same and name not in key]
    return Columns(tuple(name for name in frame.columns if name not in shared), {name: first[name] for name in shared})


def split_by_origin(frame: pl.DataFrame, least: int) -> list[pl.DataFrame]:
    """Return rows in parts of at least so many that come from one sheet and hold for one period, and at last those of all the others.

    So a table that is made from several files shares within a part what it does not share as a whole.
    """
    if frame.height <= least:
        return [frame]
    rows = frame.select(pl.len().over(ORIGIN)).to_series()
    parts = frame.filter(rows >= least).partition_by(ORIGIN, maintain_order=True)
    rest = frame.filter(rows < least)
    return [*parts, rest] if rest.height else parts


def choose_hub(frame: pl.DataFrame) -> tuple[str, str]:
    """Return the ends of relations, that which fewer entities have first; of a table of few rows always the same."""
    if frame.height < SHARED_FROM:
        return RELATION_KEY
    hub, other = sorted(RELATION_KEY, key=lambda end: frame[end].n_unique())
    return hub, other


def group_rows(part: pl.DataFrame, hub: str) -> dict[str, Any]:
    """Return the entities of relations' hub end, and where the rows of each begin and the last ends; rows come sorted by it."""
    runs = part[hub].rle().struct.unnest()
    return {cypher_texts.HUBS: runs["value"].to_list(), cypher_texts.FIRST: [0, *runs["len"].cum_sum()]}
