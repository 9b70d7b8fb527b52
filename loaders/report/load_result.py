"""What a load did, as its callers and every form of its report get it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from graph.documents import Document
from graph.ledger_rows import ReportedSheet
from graph.problems import Problem
from graph.texts import in_language


@dataclass(frozen=True)
class LoadResult:
    """What a load did: the snapshot it led to, a report per sheet, and what should be looked at."""

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

    def to_dict(self, lang: str = "zh") -> Document:
        """Return the result as the JSON document of `shilian load`."""
        return {
            "snapshot": self.snapshot, "digest": self.digest, "changed": self.changed, "counts": self.counts,
            "files": [in_language(file, lang) for file in self.files],
            "problems": [p.as_dict(lang) for p in self.problems], "difference": self.difference,
        }  # fmt: skip
