"""The id of a load, made of the file, the options and the decisions that bear on it; and which files were loaded before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.ledger_rows import LoadReport, ReportedSheet
from graph.workspace import AGAIN, NewLoad, Workspace
from loaders.formats.raw_sheet import plain_name
from loaders.formats.read import Source
from loaders.headers.header_decisions import HeaderDecisions
from loaders.intake import LoadOptions

_RULES = "6"  # raise when reading or cleaning changes: then files loaded under older rules are read anew


@dataclass(frozen=True)
class LoadIds:
    """Makes ids of loads, under the options of a call and the standing decisions about headers."""

    options: LoadOptions
    decisions: HeaderDecisions

    def make_id(self, source: Source, content: str, sheets: Sequence[ReportedSheet]) -> str:
        """Return the id of a file's load, a hash of its content, its name, its office's folder, the options and the decisions about it.

        `sheets` is the load's report, by which decisions about other files are left out.
        """
        said = (
            _RULES,
            content,
            source.name,
            source.folder,
            *self.options.said,
            repr(self.decisions.that_apply(sheets)),
            *(":".join(choice) for choice in self.options.registers.that_apply(sheets)),
        )
        return hashlib.sha256("|".join(said).encode()).hexdigest()[:16]

    def find_reports(
        self, workspace: Workspace, sources: Iterable[Source], contents: Mapping[Source, str]
    ) -> dict[Source, tuple[str, LoadReport]]:
        """Return the ids and reports of the loads of files that are loaded already in the same way, so that they need not be read again.

        A load whose stored records are damaged is none of them.
        """
        standing: dict[str, list[str]] = {}
        for load in workspace.ledger.loads():
            if not load["withdrawn"]:
                standing.setdefault(load["digest"], []).append(load["id"])
        found: dict[Source, tuple[str, LoadReport]] = {}
        for source in sources:
            for id_ in standing.get(contents[source], ()):
                report = workspace.ledger.report(id_)
                made = self.make_id(source, contents[source], report["files"])
                if id_.partition(AGAIN)[0] == made and not _is_damaged(workspace, id_):
                    found[source] = id_, report
        return found

    def find_replaced(self, workspace: Workspace, load: NewLoad) -> tuple[str, ...]:
        """Return the ids of older loads of the same file and options that a new load, read by other decisions or rules, replaces."""
        ledger = workspace.ledger
        rows = [row for row in ledger.loads() if row["digest"] == load.digest and not row["withdrawn"]]
        return tuple(
            row["id"]
            for row in rows
            if row["id"] != load.id and plain_name(row["file"]) == plain_name(load.file)
            and self._read_alike(ledger.report(row["id"]), load.report)
        )  # fmt: skip

    def _read_alike(self, stored: LoadReport, new: LoadReport) -> bool:
        # Older rules did not note the folder: what they read is read anew from wherever it lies.
        return stored.get("options") == list(self.options.said) and stored.get("folder") in {None, new.get("folder")}


def _is_damaged(workspace: Workspace, load_id: str) -> bool:
    return any(sheet.records.damage() for sheet in workspace.sheets_of(load_id))


def read_digest(source: Source) -> str:
    """Return the SHA-256 of a file's bytes."""
    with source.path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
