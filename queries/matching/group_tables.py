"""Numbers that only some pairings have, for few of all pairs: told of single left units, or of groups of them that are alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from queries.matching.arrays import BoolArray, FloatArray, IntArray, PairTable, Side, as_ints, join_ranges, pair_table
from queries.matching.rows import Rows

GROUP = "group"  # the column of left units that tables speak of; without it they speak of ids
# So many right units, those with the largest numbers for a group, are candidates of all its left units, however far apart.
MOST_LINKED = 200


@dataclass(frozen=True)
class GroupTable:
    """A number for few pairs of a group of left units and a right unit, and the rows that state it."""

    names: pl.Series  # of each left unit's group
    group: IntArray  # of each left unit, −1 where the table has none
    table: PairTable  # by group·n+right
    right: Side
    rows: Rows

    def spread(self, left: IntArray, right: IntArray) -> FloatArray:
        """Return the number of each pair, 0 where the table has none."""
        keys, found = self.table.keys, np.zeros(len(left))
        if len(keys):
            asked = self.group[left] * len(self.right) + right
            at = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
            here = keys[at] == asked
            found[here] = self.table.values[at[here]]
        return found

    def tell(self, left: int, right: int) -> list[dict[str, Any]]:
        """Return the rows behind one pair."""
        return self.rows.of((self.names[left], self.right.ids[right]))

    @property
    def linked(self) -> IntArray:
        """Return the keys (left·n+right) of every left unit and the right units with the largest numbers for its group."""
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
        """Return of which left units another table of the same left side tells anything else."""
        one, two = (
            table.rows.frame.sort("left", "right", "value").group_by("left", "right", maintain_order=True)
            for table in (self, other)
        )
        first, second = one.agg(pl.col("value").sum()), two.agg(pl.col("value").sum())
        changed = [a.join(b, on=["left", "right", "value"], how="anti") for a, b in ((first, second), (second, first))]
        differs: BoolArray = self.names.is_in(pl.concat(changed)["left"].unique().implode()).fill_null(False).to_numpy()
        return differs


def make_group_table(frame: pl.DataFrame, left: Side, right: Side) -> GroupTable:
    """Return a frame left (an id, or a group's name), right, value, … as a table; a pair's rows are added up."""
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
