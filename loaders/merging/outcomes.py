"""What became of every row of every sheet: it is in the graph, or a name in it waits for a person who knows it, or neither."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field
from typing import Self

import polars as pl

from graph.workspace import LoadedSheet
from loaders.merging.statements import SHEET

_PLACES = pl.Schema({SHEET: pl.Int32, "row": pl.Int64})
_MARKS = ["_placed", "_waits", "_blocked"]


@dataclass(frozen=True)
class Outcome:
    """Numbers of rows: in the graph; of these, with a name that stands for nothing known; not in the graph since such a name waits."""

    in_graph: int = 0
    incomplete: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class LoadOutcome:
    """What became of the rows of a load: each row once, and sheet by sheet, in order, where several registers may read one row."""

    rows: Outcome = field(default_factory=Outcome)
    sheets: tuple[Outcome, ...] = ()

    def as_list(self) -> list[tuple[int, ...]]:
        """Return it as JSON has it: the numbers of all rows, then of each sheet."""
        return [astuple(self.rows), *map(astuple, self.sheets)]

    @classmethod
    def restore(cls, stored: Sequence[Sequence[int]]) -> Self:
        """Return what `as_list` made, read from JSON."""
        rows, *sheets = (Outcome(*numbers) for numbers in stored)
        return cls(rows, tuple(sheets))


@dataclass(frozen=True)
class RowNotes:
    """Where rows were placed in the graph, and where a name waits, noted register by register while they are merged."""

    sheets: Sequence[LoadedSheet]
    placed: list[pl.DataFrame] = field(default_factory=list)
    waiting: list[pl.DataFrame] = field(default_factory=list)
    blocked: list[pl.DataFrame] = field(default_factory=list)

    def note_placed(self, records: pl.DataFrame) -> None:
        """Note the records (SHEET, row) that are in the graph."""
        self.placed.append(records.select(SHEET, "row").cast(_PLACES))

    def note_waiting(self, places: pl.DataFrame, blocked: pl.DataFrame) -> None:
        """Note the records (SHEET, row) that name something unknown, and those that have no key without it."""
        self.waiting.append(places.select(SHEET, "row").cast(_PLACES))
        self.blocked.append(blocked.select(SHEET, "row").cast(_PLACES))

    def count(self) -> dict[str, LoadOutcome]:
        """Return what became of the rows of each load."""
        rows = self._mark("_placed", self.placed)
        for name, places in (("_waits", self.waiting), ("_blocked", self.blocked)):
            rows = rows.join(self._mark(name, places), on=[SHEET, "row"], how="full", coalesce=True)
        rows = rows.with_columns(pl.col(_MARKS).fill_null(value=False))
        by_sheet = dict(_count(rows, SHEET))
        # Tables beside each other share sheet and row numbers: a row is one of its table.
        origins = [(i, s.load_id, s.sheet, s.origin.table) for i, s in enumerate(self.sheets)]
        columns = {SHEET: pl.Int32, "load_id": pl.String, "sheet": pl.String, "table": pl.Int32}
        named = pl.DataFrame(origins, columns, orient="row")
        once = rows.join(named, on=SHEET).group_by("load_id", "sheet", "table", "row").agg(pl.col(_MARKS).any())
        by_load = dict(_count(once, "load_id"))
        return {
            load: LoadOutcome(
                by_load.get(load, Outcome()), tuple(by_sheet.get(i, Outcome()) for i, own, *_ in origins if own == load)
            )
            for load in sorted({s.load_id for s in self.sheets})
        }

    @staticmethod
    def _mark(name: str, places: Sequence[pl.DataFrame]) -> pl.DataFrame:
        return pl.concat([pl.DataFrame(schema=_PLACES), *places]).unique().with_columns(pl.lit(value=True).alias(name))


def _count(rows: pl.DataFrame, key: str) -> Sequence[tuple[object, Outcome]]:
    placed, waits, blocked = map(pl.col, _MARKS)
    counted = rows.group_by(key).agg(
        placed.sum(), (placed & waits).sum().alias("_incomplete"), (~placed & blocked).sum().alias("_waiting")
    )
    return [(own, Outcome(*numbers)) for own, *numbers in counted.iter_rows()]


def total(outcomes: Mapping[str, LoadOutcome], loads: frozenset[str]) -> Outcome:
    """Return what became of the rows of some loads together."""
    own = [astuple(one.rows) for load, one in outcomes.items() if load in loads]
    return Outcome(*(sum(numbers) for numbers in zip(*own, strict=True))) if own else Outcome()
