"""Tables of numbers for pairs of a right unit and a group of similar left units, with the spreadsheet rows behind each pair."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from queries.matching.arrays import (
    BoolArray,
    Cell,
    FloatArray,
    IntArray,
    PairTable,
    Side,
    as_ints,
    join_ranges,
    pair_table,
)

GROUP = "group"  # the column of left units that tables speak of; without it they speak of ids
# So many right units, those with the largest numbers for a group, are candidates of all its left units, however far apart.
MOST_LINKED = 200
MOST_KEPT = 1_000  # values whose rows are remembered


class Rows:
    """Looks up the rows of a frame by the value of one or more columns (of several: by a tuple).

    The frame is sorted or at least grouped by these columns.
    """

    def __init__(self, frame: pl.DataFrame, *columns: str) -> None:
        self.frame, self._columns = frame, columns
        # The reasons of one pair, and of a unit's other pairs, ask for the same rows. A plain dict, for workers are sent copies.
        self._kept: dict[Any, list[Cell]] = {}

    @cached_property
    def _runs(self) -> dict[Any, tuple[int, int]]:
        """Return where the rows of each value begin and how many they are."""
        values = (
            self.frame[self._columns[0]] if len(self._columns) == 1 else self.frame.select(self._columns).to_struct()
        )
        runs = values.rle().struct.unnest().with_columns(start=pl.col("len").cum_sum() - pl.col("len"))
        found = runs.select("value", "start", "len").iter_rows()
        return {tuple(v.values()) if isinstance(v, dict) else v: (start, length) for v, start, length in found}

    def of(self, value: Any) -> list[Cell]:
        """Return the rows that have this value."""
        if value not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[value] = self._read(value)
        return self._kept[value]

    def _read(self, value: Any) -> list[Cell]:
        start, length = self._runs.get(value, (0, 0))
        rows = self.frame.slice(start, length).rows() if length else []  # quicker than rows by name
        return [dict(zip(self.frame.columns, row, strict=True)) for row in rows]


@dataclass(frozen=True)
class GroupTable:
    """Numbers for some pairs of a right unit and a group of left units, with the spreadsheet rows that state them."""

    names: pl.Series  # of each left unit's group
    group: IntArray  # of each left unit, −1 where the table has none
    table: PairTable  # by group·n+right
    right: Side
    rows: Rows

    def spread(self, left: IntArray, right: IntArray) -> FloatArray:
        """Return the table's number for each pair of a left and a right unit, 0 where it has none."""
        keys, found = self.table.keys, np.zeros(len(left))
        if len(keys):
            asked = self.group[left] * len(self.right) + right
            at = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
            here = keys[at] == asked
            found[here] = self.table.values[at[here]]
        return found

    def tell(self, left: int, right: int) -> list[Cell]:
        """Return the spreadsheet rows that state the number of one pair."""
        return self.rows.of((self.names[left], self.right.ids[right]))

    @property
    def linked(self) -> IntArray:
        """Return the pair keys (left·n+right) of every left unit with the right units that have its group's largest numbers."""
        rights = max(1, len(self.right))
        group, right = np.divmod(self.table.keys, rights)
        order = np.lexsort((right, -self.table.values, group))
        group, right = group[order], right[order]
        first = np.arange(len(group)) - np.searchsorted(group, group) < MOST_LINKED
        lefts = np.argsort(self.group, kind="stable")
        start, end = (np.searchsorted(self.group[lefts], group[first], side) for side in ("left", "right"))
        keys: IntArray = lefts[join_ranges(start, end - start)] * rights + np.repeat(right[first], end - start)
        return keys

    def differs_from(self, other: GroupTable) -> BoolArray:
        """Return for which left units another table of the same left side has different numbers."""
        one, two = (
            table.rows.frame.sort("left", "right", "value").group_by("left", "right", maintain_order=True)
            for table in (self, other)
        )
        first, second = one.agg(pl.col("value").sum()), two.agg(pl.col("value").sum())
        changed = [a.join(b, on=["left", "right", "value"], how="anti") for a, b in ((first, second), (second, first))]
        differs: BoolArray = self.names.is_in(pl.concat(changed)["left"].unique().implode()).fill_null(False).to_numpy()
        return differs


def make_group_table(frame: pl.DataFrame, left: Side, right: Side) -> GroupTable:
    """Return, as numbers for scoring, how much each group of left units has to do with each right unit.

    `frame` has the columns left (the name of a group of like units, or an id where units stand alone), right (an id) and value;
    values of one pair are added.
    """
    names = left.units[GROUP if GROUP in left.units.columns else "id"]
    groups = frame["left"].drop_nulls().unique().sort()
    numbers = pl.Series(range(len(groups)), dtype=pl.Int64)
    of_left, of_row = (
        as_ints(column.cast(pl.String).replace_strict(groups, numbers, default=-1, return_dtype=pl.Int64))
        for column in (names, frame["left"])
    )
    values = frame["value"].cast(pl.Float64).to_numpy()
    table = pair_table(of_row, right.place(frame["right"]), values, len(right))
    return GroupTable(names, of_left, table, right, Rows(frame.sort("left", "right"), "left", "right"))
