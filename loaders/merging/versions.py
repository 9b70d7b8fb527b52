"""Which list is the newer version of which, what it closes, and whose word counts: by what the lists say, not by when they came.

A list is another's version if it is its sender's and goes by its name, or repeats most of it; never if both say that two offices
sent them. What a newer full list lacks is closed where its day is later and it lacks no more than a tenth of the older one, or
where a person decided that it is complete. Only between two lists of one day does the later load count, as an edit; it closes
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from graph.decisions import Decision, Replaces
from graph.kinds import FULL_LIST
from graph.problems import WARNING, Problem
from graph.workspace import LoadedSheet
from loaders.merging import version_figures as figures
from loaders.merging.list_names import read_list_name
from loaders.merging.statements import SheetStanding, Successor

_COMPARED_ONE_BY_ONE = 4  # sheets; with more, finding what any two share at once is quicker


@dataclass(frozen=True)
class Replacements:
    """What people decided about lists, each known by the hash of its file: that one is complete, or replaces another."""

    complete: Mapping[str, date | None] = field(default_factory=dict)
    pairs: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Replacements:
        """Return what the standing decisions say together: the day is that of the first about a list."""
        complete: dict[str, date | None] = {}
        pairs = set()
        for one in decisions:
            if isinstance(one, Replaces):
                complete.setdefault(one.list, one.taken_on if one.at else None)
                if one.older:
                    pairs.add((one.list, one.older))
        return cls(complete, frozenset(pairs))


def report_unused_lists(sheets: Sequence[LoadedSheet], decisions: Iterable[Decision]) -> list[Problem]:
    """Return a problem for each decision about a list that is no longer loaded."""
    known = {sheet.origin.list for sheet in sheets}
    return [
        Problem("decision.unused", WARNING, details=(("number", str(one.number)), ("id", gone[0])))
        for one in decisions
        if isinstance(one, Replaces) and (gone := sorted({one.list, one.older or one.list} - known))
    ]


def rank_sheets(
    sheets: Sequence[LoadedSheet], ids: Mapping[int, pl.Series], decided: Replacements
) -> dict[int, SheetStanding]:
    """Return the standing of each sheet (by its position in `sheets`) among those of the same register.

    `ids` are what tells the records of each sheet apart from those of its other versions.
    """
    if len(ids) == 1:  # one large sheet has no versions: nothing to look for among a million ids
        return {i: SheetStanding(0, sheets[i].as_of) for i in ids}
    return _Versions(sheets, ids, decided).rank()


class _Versions:
    def __init__(self, sheets: Sequence[LoadedSheet], ids: Mapping[int, pl.Series], decided: Replacements) -> None:
        self.sheets, self.decided = sheets, decided
        self.ids = {i: series.drop_nulls().unique() for i, series in ids.items()}
        self.common = _common_ids(self.ids)
        self.names = {i: read_list_name(sheets[i].file, sheets[i].sheet, sheets[i].origin) for i in ids}
        self.days = {i: sheets[i].as_of or decided.complete.get(sheets[i].origin.list) for i in ids}

    def rank(self) -> dict[int, SheetStanding]:
        group_of = self._group()
        names: dict[int, tuple[str, ...]] = {}
        for i, group in group_of.items():
            own = (self.names[i].file, self.sheets[i].sheet, self.sheets[i].load_id)
            names[group] = min(names.get(group, own), own)

        def place(i: int) -> tuple[date, tuple[str, ...], bool, int]:
            is_complete = self.sheets[i].origin.list in self.decided.complete
            return self.days[i] or date.min, names[group_of[i]], is_complete, self.sheets[i].seq

        order = sorted(group_of, key=place)
        standings = {i: SheetStanding(rank, self.sheets[i].as_of) for rank, i in enumerate(order)}
        for at, i in enumerate(order):
            newer = [j for j in order[at + 1 :] if self.sheets[j].scope == FULL_LIST and self._is_replaced(i, j)]
            standings[i] = replace(standings[i], newer=self._find_successor(i, newer))
        return standings

    def _group(self) -> dict[int, int]:
        """Return for each sheet the first of those that are, one through the other, versions of one list."""
        parent = {i: i for i in self.ids}

        def root(i: int) -> int:
            while parent[i] != i:
                i = parent[i]
            return i

        for a in self.ids:
            for b in self.ids:
                if a < b and self._is_version(a, b, wholly=False):
                    parent[max(root(a), root(b))] = min(root(a), root(b))
        return {i: root(i) for i in self.ids}

    def _is_replaced(self, older: int, newer: int) -> bool:
        pair = (self.sheets[newer].origin.list, self.sheets[older].origin.list)
        return pair in self.decided.pairs or self._is_version(older, newer, wholly=True)

    def _is_version(self, a: int, b: int, *, wholly: bool) -> bool:
        """Tell whether two sheets are versions of one list; `wholly` where each repeats most of the other, not only the smaller one."""
        one, other = self.names[a], self.names[b]
        is_from = one.is_from(other)
        if self.sheets[a].load_id == self.sheets[b].load_id or is_from is False:
            return False
        if is_from and one.is_called(other):
            return True
        small, large = sorted((self.ids[a].len(), self.ids[b].len()))
        shared = self.common.get((min(a, b), max(a, b)), 0)
        return shared > figures.MOSTLY * (large if wholly and not one.is_called(other) else small)

    def _find_successor(self, older: int, newer: Sequence[int]) -> Successor | None:
        """Return the first newer version that may close what it lacks; else the newest, which then waits for a person."""
        found = None
        for j in newer:
            found = self._succeed(older, j)
            if found.closes:
                break
        return found

    def _succeed(self, older: int, newer: int) -> Successor:
        together = [self.ids[k] for k in self.ids if self.sheets[k].load_id == self.sheets[newer].load_id]
        gone = self.ids[older].filter(~self.ids[older].is_in(pl.concat(together).implode())).sort()
        before, day = self.days[older], self.days[newer]
        is_later = day is not None and (before is None or before < day)
        is_complete = day is not None and self.sheets[newer].origin.list in self.decided.complete
        closes = is_complete or (is_later and gone.len() <= figures.UNASKED * self.ids[older].len())
        return Successor(newer, day, gone, closes or not gone.len())


def _common_ids(ids: Mapping[int, pl.Series]) -> dict[tuple[int, int], int]:
    """Return how many records of one sheet speak of something that another speaks of, for every two sheets."""
    if len(ids) <= _COMPARED_ONE_BY_ONE:
        return {(a, b): int(ids[a].is_in(ids[b].implode()).sum()) for a in ids for b in ids if a < b}
    frame = pl.concat([pl.DataFrame({"id": series}).with_columns(s=pl.lit(i, pl.Int32)) for i, series in ids.items()])
    shared = frame.filter(frame["id"].is_duplicated())
    pairs = shared.join(shared, on="id").filter(pl.col("s") < pl.col("s_right")).group_by("s", "s_right").len()
    return {(a, b): n for a, b, n in pairs.iter_rows()}
