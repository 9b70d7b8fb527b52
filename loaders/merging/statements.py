"""What every live load says, register by register: records with ids, which of them still hold, and whose word counts.

A sheet that repeats most of an earlier sheet of its register is that sheet's newer version. In a full list, what the newer
version no longer mentions is closed. Between versions the later wins; between unrelated sheets the one with the later `as of`
date wins, then the order of their names – never the order of loading, which must not show in the graph.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

import polars as pl

from graph.kinds import FULL_LIST

SHEET = "_sheet"  # the column that says which sheet a record came from, by position
_COMPARED_ONE_BY_ONE = 4  # sheets; with more, finding what any two share at once is quicker
_SAME_LIST = 0.5  # share of common ids above which two sheets are versions of one list


class LoadedSheet(Protocol):
    """A sheet as it was stored by a load."""

    @property
    def load_id(self) -> str:
        """The load it came with."""
        ...

    @property
    def seq(self) -> int:
        """The place of its load in the order of loading."""
        ...

    @property
    def file(self) -> str:
        """The file's name."""
        ...

    @property
    def sheet(self) -> str:
        """The sheet's name."""
        ...

    @property
    def register(self) -> str:
        """The register it is."""
        ...

    @property
    def scope(self) -> str:
        """What a missing row means: full_list or increment."""
        ...

    @property
    def as_of(self) -> date | None:
        """The day it speaks of."""
        ...

    def frame(self) -> pl.DataFrame:
        """Return its records."""
        ...


@dataclass(frozen=True)
class SheetStanding:
    """How a sheet stands among the others: its rank (later wins), the date it speaks of, and from when it is replaced."""

    rank: int
    as_of: date | None
    group: int
    replaced: date | bool | None = False  # False: holds; a date or None: replaced, as of then


def stem(file: str) -> str:
    """Return a file's name without what versions of it vary in: 附件1：, （最终版）, (1), dates, the suffix."""
    name = file.rsplit(".", 1)[0]
    name = re.sub(r"[（(【\[][^）)】\]]*[）)】\]]", "", name)
    name = re.sub(r"^附件\s*\d*\s*[:：]?", "", name)
    return re.sub(r"\d{4}[年.-]?\d{0,2}[月.-]?\d{0,2}日?|最终版|终稿|定稿|副本|v\d+", "", name).strip(" -_")


def rank_sheets(sheets: Sequence[LoadedSheet], ids: Mapping[int, pl.Series]) -> dict[int, SheetStanding]:
    """Return the standing of each sheet (by its position in `sheets`) among those of the same register.

    `ids` are the ids of the records of each sheet.
    """
    common = _common_ids(ids)
    groups = _group_versions(sheets, ids, common)
    dates = _effective_dates(sheets, groups)
    standings = {}
    names = {group: min((stem(sheets[i].file), sheets[i].sheet) for i in members) for group, members in groups.items()}
    group_of = {i: group for group, members in groups.items() for i in members}
    order = sorted(group_of, key=lambda i: (dates[i] or date.min, names[group_of[i]], sheets[i].seq))
    for rank, i in enumerate(order):
        standings[i] = SheetStanding(rank, dates[i], group_of[i])
    for members in groups.values():
        _mark_replaced(sheets, ids, common, standings, members)
    return standings


def _group_versions(
    sheets: Sequence[LoadedSheet], ids: Mapping[int, pl.Series], common: Mapping[tuple[int, int], int]
) -> dict[int, list[int]]:
    parent = {i: i for i in ids}

    def root(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    for a in ids:
        for b in ids:
            if a < b and (
                _same_place(sheets[a], sheets[b])
                or common.get((a, b), 0) > _SAME_LIST * min(ids[a].len(), ids[b].len())
            ):
                parent[max(root(a), root(b))] = min(root(a), root(b))
    groups: dict[int, list[int]] = defaultdict(list)
    for i in sorted(ids, key=lambda i: sheets[i].seq):
        groups[root(i)].append(i)
    return dict(groups)


def _same_place(a: LoadedSheet, b: LoadedSheet) -> bool:
    return a.load_id != b.load_id and a.sheet == b.sheet and stem(a.file) == stem(b.file)


def _common_ids(ids: Mapping[int, pl.Series]) -> dict[tuple[int, int], int]:
    """Return how many records of one sheet speak of something that another speaks of, for every two sheets."""
    if len(ids) <= _COMPARED_ONE_BY_ONE:
        return {(a, b): _count_common(ids[a], ids[b]) for a in ids for b in ids if a < b}
    frame = pl.concat(
        [pl.DataFrame({"id": series.unique()}).with_columns(s=pl.lit(i, pl.Int32)) for i, series in ids.items()]
    )
    shared = frame.filter(frame["id"].is_duplicated() & frame["id"].is_not_null())
    pairs = shared.join(shared, on="id").filter(pl.col("s") < pl.col("s_right")).group_by("s", "s_right").len()
    return {(a, b): n for a, b, n in pairs.iter_rows()}


def _count_common(a: pl.Series, b: pl.Series) -> int:
    small, large = sorted((a, b), key=len)
    return int(large.drop_nulls().is_in(small.drop_nulls().implode()).sum())


def _effective_dates(sheets: Sequence[LoadedSheet], groups: Mapping[int, list[int]]) -> dict[int, date | None]:
    # A version that does not say its date is taken to be as new as the newest before it.
    dates: dict[int, date | None] = {}
    for members in groups.values():
        latest: date | None = None
        for i in members:
            dates[i] = sheets[i].as_of or latest
            latest = max(filter(None, (latest, dates[i])), default=None)
    return dates


def _mark_replaced(
    sheets: Sequence[LoadedSheet],
    ids: Mapping[int, pl.Series],
    common: Mapping[tuple[int, int], int],
    standings: dict[int, SheetStanding],
    members: list[int],
) -> None:
    lists = sorted((i for i in members if sheets[i].scope == FULL_LIST), key=lambda i: standings[i].rank)
    for older, i in enumerate(lists):
        for j in lists[older + 1 :]:
            shared = common.get((min(i, j), max(i, j)), 0)
            if _same_place(sheets[i], sheets[j]) or shared > _SAME_LIST * max(ids[i].len(), ids[j].len()):
                standings[i] = replace(standings[i], replaced=standings[j].as_of)
                break


def stamp(frame: pl.DataFrame, sheets: Sequence[LoadedSheet], standings: Mapping[int, SheetStanding]) -> pl.DataFrame:
    """Put beside each record the standing of its sheet, and where it comes from (the columns of combine.STANDING)."""
    schema = {
        SHEET: pl.Int32, "_rank": pl.Int64, "_seq": pl.Int64, "_as_of": pl.Date, "_live": pl.Boolean, "_until": pl.Date,
        "load_id": pl.String, "sheet": pl.String,
    }  # fmt: skip
    rows = [
        (i, s.rank, sheets[i].seq, s.as_of, s.replaced is False, s.replaced or None, sheets[i].load_id, sheets[i].sheet)
        for i, s in standings.items()
    ]
    if len(rows) == 1:  # the common case of one large sheet needs no join
        facts = zip(schema.items(), rows[0], strict=True)
        return frame.drop(SHEET).with_columns(
            pl.lit(value, dtype).alias(name) for (name, dtype), value in facts if name != SHEET
        )
    return frame.join(
        pl.DataFrame(rows, schema=schema, orient="row"), on=SHEET, how="left", maintain_order="left"
    ).drop(SHEET)
