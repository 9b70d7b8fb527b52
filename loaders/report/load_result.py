"""What a load did, as its callers and every form of its report get it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from graph.documents import Document
from graph.ledger_rows import ReportedSheet
from graph.problem_groups import group_problems
from graph.problems import WARNING, Problem
from graph.texts import in_language
from loaders.merging.closings import Closing
from loaders.merging.outcomes import LoadOutcome, total
from loaders.merging.unresolved import UNRESOLVED
from loaders.report.load_questions import LoadQuestion, read_questions

# What a person should look at, since something was taken for true that may be otherwise.
_DOUBTFUL = frozenset(
    [
        "column.asked", "column.guessed", "column.duplicate", "column.unread",
        "conflict", "conflict.within", "date.ambiguous", "items.review", "key.apart",
        "key.duplicate", "party.single", "place.far", "row.carried", "row.joined",
        "place.spread", "place.swapped",
    ]
)  # fmt: skip


@dataclass(frozen=True)
class LoadSummary:
    """What came of the rows of a call: each that was read is in the graph, waits for a name, or was not loaded.

    Of those in the graph some are `incomplete`: a name in them waits too. `names` are all that wait; `in_doubt` counts what was taken
    for true and may be otherwise; `closings` are what lists closed.
    """

    read: int
    in_graph: int
    incomplete: int
    waiting: int
    not_loaded: int
    names: tuple[str, ...]
    in_doubt: int
    closings: tuple[Closing, ...]

    @property
    def is_complete(self) -> bool:
        """Tell whether every row that was read is in the graph, with all that it says."""
        return not (self.incomplete or self.waiting or self.not_loaded)

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
            "read": self.read, "in_graph": self.in_graph, "incomplete": self.incomplete, "waiting": self.waiting,
            "not_loaded": self.not_loaded, "names": list(self.names), "in_doubt": self.in_doubt,
            "closed": [one.as_dict() for one in self.closed], "asked": [one.as_dict() for one in self.asked],
        }  # fmt: skip


@dataclass(frozen=True)
class LoadResult:
    """What a load did: the snapshot it led to, a report per sheet, and what should be looked at.

    `loads` are those of the call, old or new; `closings` and `outcomes` (what became of the rows of each load) are the whole graph's.
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
    outcomes: Mapping[str, LoadOutcome] = field(default_factory=dict)
    is_dry: bool = False
    effect: Document = field(default_factory=dict)  # of a trial: what publishing would change, as `shilian diff` has it

    @property
    def summary(self) -> LoadSummary:
        """Return what came of the rows of the call."""
        # What several registers read are one table's rows; those of the first are all of them.
        own = [entry for entry in self.files if not entry.get("again")]
        read = sum(entry["rows_read"] + entry.get("rows_beside", 0) for entry in own)
        rows = total(self.outcomes, self.loads)
        return LoadSummary(
            read=read,
            in_graph=rows.in_graph,
            incomplete=rows.incomplete,
            waiting=rows.waiting,
            not_loaded=read - rows.in_graph - rows.waiting,
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
            "problems": [p.as_dict(lang) for p in self.problems],
            "problem_groups": [group.as_dict(lang) for group in group_problems(self.problems)], "difference": self.difference,
            "summary": self.summary.to_dict(),
        } | ({"effect": self.effect} if self.is_dry else {})  # fmt: skip
