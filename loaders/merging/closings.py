"""What newer versions of lists closed, or would close once a person says that they are complete: counted and named for the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

import polars as pl

from graph.kinds import Entity, Register
from graph.workspace import LoadedSheet
from loaders.merging.statements import SHEET, TOLD, SheetStanding

NAMED = 20  # of what one list closes, so many are named


@dataclass(frozen=True)
class Closing:
    """What one list lacks of its older version: `count` of its `of` records, closed or still waiting for a person's word."""

    load: str
    file: str
    sheet: str
    register: str
    older: str  # the older version's file
    of: int
    count: int
    names: tuple[str, ...]
    is_closed: bool

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {one.name: getattr(self, one.name) for one in fields(self)} | {"names": list(self.names)}

    @classmethod
    def restore(cls, stored: Mapping[str, Any]) -> Self:
        """Return what `as_dict` made, read from JSON."""
        return cls(**{**stored, "names": tuple(stored["names"])})


@dataclass(frozen=True)
class Lacking:
    """The ids of what the newer version of one sheet lacks, before it is known which of them others still speak of."""

    register: Register
    older: int
    newer: int
    of: int
    is_closed: bool
    ids: pl.Series
    count: int


def find_lacking(register: Register, frame: pl.DataFrame, standings: Mapping[int, SheetStanding]) -> list[Lacking]:
    """Return for each replaced sheet what its newer version lacks and no sheet that stands says; `frame` has SHEET, TOLD and id."""
    found = []
    standing = [i for i, s in standings.items() if s.newer is None]
    for i, s in standings.items():
        if s.newer is None or not s.newer.gone.len():
            continue
        said = frame.filter(pl.col(SHEET).is_in(standing))[TOLD]
        own = frame.filter((pl.col(SHEET) == i) & pl.col(TOLD).is_in(s.newer.gone.implode()))
        lost = own.filter(~pl.col(TOLD).is_in(said.implode())).unique(TOLD)
        of = frame.filter(pl.col(SHEET) == i)[TOLD].n_unique()
        if lost.height:
            found.append(
                Lacking(register, i, s.newer.sheet, of, s.newer.closes, lost["id"].unique().sort(), lost.height)
            )
    return found


def name_closings(
    lacking: Sequence[Lacking], sheets: Sequence[LoadedSheet], entities: Mapping[str, pl.DataFrame]
) -> tuple[Closing, ...]:
    """Return what was closed and what waits, named as a reader knows it; persons are counted only."""
    return tuple(_name(one, sheets, entities) for one in lacking)


def _name(one: Lacking, sheets: Sequence[LoadedSheet], entities: Mapping[str, pl.DataFrame]) -> Closing:
    newer, older = sheets[one.newer], sheets[one.older]
    names: list[str] = []
    row = one.register.row
    if isinstance(row, Entity) and not one.register.is_of_persons:
        table = entities[row.label].filter(pl.col("id").is_in(one.ids.implode()))
        shown = [c for c in row.named_by if c in table.columns]
        names = table.select(pl.coalesce(*shown).cast(pl.String))[shown[0]].drop_nulls().to_list() if shown else []
    return Closing(
        newer.load_id, newer.file, newer.sheet, one.register.name, older.file, one.of, one.count, tuple(names[:NAMED]), one.is_closed
    )  # fmt: skip
