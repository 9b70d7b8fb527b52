"""Tables of numbers of people in the form in which anybody may see them, so that no small number can be had by subtraction.

Numbers are rounded down to fives and withheld below five. Where of numbers that have a common total exactly one is withheld, the
next smallest is withheld, too; and what is withheld of the whole is withheld of its parts.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from graph.people import K_ANONYMITY

WITHHELD = "withheld"


def hide_small(frame: pl.DataFrame, number: str, lines: Sequence[Sequence[str]]) -> pl.DataFrame:
    """Return a frame whose `number` may be shown: null where withheld, else rounded down.

    `lines` are the columns that rows with a common total share: () where all rows have one. A row that already has `withheld` set
    stays withheld. Rows of nobody are shown as withheld and count as none.
    """
    small = pl.col(number) < K_ANONYMITY
    start = pl.col(WITHHELD) | small if WITHHELD in frame.columns else small
    rows = frame.with_columns(start.alias(WITHHELD)).with_row_index("_place")
    while True:
        more = [place for line in lines for place in _find_complements(rows, number, list(line))]
        if not more:
            break
        rows = rows.with_columns(pl.col(WITHHELD) | pl.col("_place").is_in(more))
    rounded = pl.col(number) - pl.col(number) % K_ANONYMITY
    return rows.with_columns(pl.when(~pl.col(WITHHELD)).then(rounded).alias(number)).drop("_place")


def _find_complements(rows: pl.DataFrame, number: str, line: list[str]) -> list[int]:
    """Return the place of the smallest shown row of every line in which exactly one row of anybody is withheld."""
    counted = rows.filter(pl.col(number) > 0).with_columns(_all=pl.lit(0))
    keys = line or ["_all"]
    alone = counted.filter(pl.col(WITHHELD).sum().over(keys) == 1, ~pl.col(WITHHELD))
    chosen = alone.sort(number, "_place").unique(keys, keep="first", maintain_order=True)
    return chosen["_place"].to_list()


def count_levels(people: pl.DataFrame, group: str, levels: Sequence[str]) -> list[pl.DataFrame]:
    """Return how many people each group has in the whole, and in each part of it, as anybody may see it.

    `people` has a row for each person and group (`person`, the group, the areas by level, null where unknown); `levels` name the
    areas from large to small. The frames are group, the areas down to the level, members.
    """
    found: list[pl.DataFrame] = []
    for depth in range(len(levels) + 1):
        keys = list(levels[:depth])
        counted = people.drop_nulls(keys).group_by(group, *keys).agg(members=pl.col("person").n_unique().cast(pl.Int64))
        counted = counted.sort(group, *keys)
        if depth:
            above = found[-1].select(group, *keys[:-1], WITHHELD)
            counted = counted.join(above, on=[group, *keys[:-1]], how="left", maintain_order="left")
            counted = counted.with_columns(pl.col(WITHHELD).fill_null(False))
        lines = [keys, [group, *keys[:-1]]] if depth else [()]
        found.append(hide_small(counted, "members", lines))
    return found
