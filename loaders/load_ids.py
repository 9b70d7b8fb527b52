"""The id of a load, made of the file, the options and the decisions that bear on it; and which files were loaded before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.ledger_rows import LoadReport, SheetEntry
from graph.workspace import NewLoad, Workspace
from loaders.formats.read import Source
from loaders.headers.header_decisions import HeaderDecisions
from loaders.intake import LoadOptions

_RULES = "4"  # raise when reading or cleaning changes: then files loaded under older rules are read anew


@dataclass(frozen=True)
class LoadIds:
    """Makes ids of loads, under the options of a call and the standing decisions about headers."""

    options: LoadOptions
    decisions: HeaderDecisions

    def make_id(self, source: Source, content: str, sheets: Sequence[SheetEntry]) -> str:
        """Return the id of the load of a file with this digest; `sheets` is its report: decisions about other files do not count."""
        said = (_RULES, content, source.file, *self.options.said, repr(self.decisions.that_apply(sheets)))
        return hashlib.sha256("|".join(said).encode()).hexdigest()[:16]

    def find_reports(
        self, workspace: Workspace, sources: Iterable[Source], contents: Mapping[Source, str]
    ) -> dict[Source, LoadReport]:
        """Return the report of each file of which there is a standing load as it would be made now."""
        standing: dict[tuple[str, str], list[str]] = {}
        for load in workspace.ledger.loads():
            if not load["withdrawn"]:
                standing.setdefault((load["file"], load["digest"]), []).append(load["id"])
        found: dict[Source, LoadReport] = {}
        for source in sources:
            for id_ in standing.get((source.file, contents[source]), ()):
                report = workspace.ledger.report(id_)
                if id_ == self.make_id(source, contents[source], report["files"]):
                    found[source] = report
        return found

    def find_replaced(self, workspace: Workspace, load: NewLoad) -> tuple[str, ...]:
        """Return the standing loads of the same file under the same options: they were read by other decisions or older rules."""
        ledger = workspace.ledger
        return tuple(
            row["id"]
            for row in ledger.loads()
            if (row["file"], row["digest"]) == (load.file, load.digest) and row["id"] != load.id
            and not row["withdrawn"] and ledger.report(row["id"]).get("options") == list(self.options.said)
        )  # fmt: skip


def read_digest(source: Source) -> str:
    """Return the SHA-256 of a file's bytes."""
    with source.path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
