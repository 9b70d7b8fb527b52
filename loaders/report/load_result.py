"""What a load did, as its callers and every form of its report get it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from graph.documents import Document
from graph.ledger_rows import ReportedSheet
from graph.problems import WARNING, Problem
from graph.texts import in_language
from loaders.merging.closings import Closing
from loaders.merging.unresolved import UNRESOLVED
from loaders.report.load_questions import LoadQuestion, read_questions

# What a person should look at, since something was taken for true that may be otherwise.
_DOUBTFUL = frozenset(
    [
        "column.asked", "column.duplicate", "conflict", "date.ambiguous", "items.review", "key.duplicate", "place.far",
        "place.swapped",
    ]
)  # fmt: skip


@dataclass(frozen=True)
class LoadSummary:
    """What came of the rows of a call: how many were read, are in the graph, wait for a name, are in doubt; what lists closed."""

    read: int
    in_graph: int
    waiting: int
    names: tuple[str, ...]
    in_doubt: int
    closings: tuple[Closing, ...]

    @property
    def closed(self) -> tuple[Closing, ...]:
        """Return what newer versions of lists closed."""
        return tuple(one for one in self.closings if one.is_closed)

    @property
    def asked(self) -> tuple[Closing, ...]:
        """Return what newer versions of lists lack and a person must say is gone."""
        return tuple(one for one in self.closings if not one.is_closed)

    def to_dict(self) -> Document:
        """Return the summary as JSON has it."""
        return {
            "read": self.read, "in_graph": self.in_graph, "waiting": self.waiting, "names": list(self.names), "in_doubt": self.in_doubt,
            "closed": [one.as_dict() for one in self.closed], "asked": [one.as_dict() for one in self.asked],
        }  # fmt: skip


@dataclass(frozen=True)
class LoadResult:
    """What a load did: the snapshot it led to, a report per sheet, and what should be looked at.

    `loads` are those of the call, old or new; `closings`, `placed` (rows in the graph, by load) and `waiting` (rows that name something
    not known) are the whole graph's.
    """

    snapshot: str
    digest: str
    changed: bool
    counts: Mapping[str, Mapping[str, int]]
    files: tuple[ReportedSheet, ...] = ()
    problems: tuple[Problem, ...] = ()
    difference: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    records: tuple[
        tuple[str, str, Callable[[], pl.DataFrame]], ...
    ] = ()  # file, sheet, how to get what was understood of it
    loads: frozenset[str] = frozenset()
    closings: tuple[Closing, ...] = ()
    placed: Mapping[str, int] = field(default_factory=dict)
    waiting: Mapping[str, int] = field(default_factory=dict)
    is_dry: bool = False

    @property
    def summary(self) -> LoadSummary:
        """Return what came of the rows of the call."""
        read: dict[tuple[str, str], int] = {}
        for entry in self.files:  # a sheet that several registers read has its rows once
            place = entry["file"], entry["sheet"]
            read[place] = max(read.get(place, 0), entry["rows_read"])
        return LoadSummary(
            read=sum(read.values()),
            in_graph=sum(n for load, n in self.placed.items() if load in self.loads),
            waiting=sum(n for load, n in self.waiting.items() if load in self.loads),
            names=tuple(dict.fromkeys(p.value for p in self.problems if p.code in UNRESOLVED)),
            in_doubt=sum(p.severity == WARNING and p.code in _DOUBTFUL for p in self.problems),
            closings=tuple(one for one in self.closings if one.load in self.loads),
        )

    @property
    def questions(self) -> tuple[LoadQuestion, ...]:
        """Return what the sheets of the call leave open: which register they are, and what their columns mean."""
        return read_questions(self.files)

    def to_dict(self, lang: str = "zh") -> Document:
        """Return the result as the JSON document of `shilian load`."""
        return {
            "snapshot": self.snapshot, "digest": self.digest, "changed": self.changed, "dry_run": self.is_dry,
            "counts": self.counts, "files": [in_language(file, lang) for file in self.files],
            "problems": [p.as_dict(lang) for p in self.problems], "difference": self.difference,
            "summary": self.summary.to_dict(),
        }  # fmt: skip
