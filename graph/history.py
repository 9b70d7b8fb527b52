"""Gives access to the loads behind a graph: which files were loaded, the report of each, and the records read from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import polars as pl

from graph.decisions import D, read_standing
from graph.errors import UnknownLoadError
from graph.ledger_rows import LoadReport, LoadRow
from graph.past_figures import FiguresFolder, PastFigures
from graph.problems import StoredProblem
from graph.snapshot import Snapshot
from graph.workspace import Workspace


class History(Protocol):
    """The interface through which a graph gives access to the loads that it was made of."""

    def loads(self) -> list[LoadRow]:
        """Return every load, withdrawn or not, in the order of loading."""
        ...

    def report(self, load_id: str) -> LoadReport:
        """Return what was reported when a load was made."""
        ...

    def rows(self, load_id: str, sheet: str, register: str = "") -> pl.DataFrame:
        """Return the records of a sheet as they were stored, or those that one register read of it."""
        ...

    def registers(self) -> dict[tuple[str, str], frozenset[str]]:
        """Return the names of the registers by which each sheet (load, sheet) of a load that stands was read, in the order of loading."""
        ...

    def decisions(self, kind: type[D]) -> tuple[D, ...]:
        """Return the standing decisions of a kind in the order they were taken."""
        ...

    def problems(self) -> list[StoredProblem]:
        """Return what was found when the loads were merged into the snapshot being served, as it was stored."""
        ...

    def outcomes(self, load_id: str) -> list[list[int]]:
        """Return what became of a load's rows in the snapshot being served: numbers of all rows, then of each sheet's."""
        ...

    def snapshots(self) -> list[Snapshot]:
        """Return the snapshots that are still kept, the oldest first; damaged ones are left out."""
        ...

    def figures(self) -> list[PastFigures]:
        """Return the figures that were noted of past snapshots, the oldest first."""
        ...


class WorkspaceHistory:
    """The history that a workspace keeps."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._read: tuple[object, Mapping[str, Any]] = (None, {})

    def loads(self) -> list[LoadRow]:
        """Return every load, withdrawn or not, in the order of loading."""
        return self._workspace.ledger.loads()

    def report(self, load_id: str) -> LoadReport:
        """Return what was reported when a load was made."""
        return self._workspace.ledger.report(load_id)

    def registers(self) -> dict[tuple[str, str], frozenset[str]]:
        """Return the names of the registers by which each sheet (load, sheet) of a load that stands was read, in the order of loading."""
        found: dict[tuple[str, str], frozenset[str]] = {}
        for row in self._workspace.ledger.sheets():
            place = (row["load_id"], row["sheet"])
            found[place] = found.get(place, frozenset()) | {row["register"]}
        return found

    def decisions(self, kind: type[D]) -> tuple[D, ...]:
        """Return the standing decisions of a kind in the order they were taken."""
        return read_standing(self._workspace.ledger, kind)

    def problems(self) -> list[StoredProblem]:
        """Return what was found when the loads were merged into the snapshot being served, as it was stored."""
        return list(self._read_meta().get("problems", ()))

    def outcomes(self, load_id: str) -> list[list[int]]:
        """Return what became of a load's rows in the snapshot being served: numbers of all rows, then of each sheet's."""
        return list(self._read_meta().get("outcomes", {}).get(load_id, ()))

    def _read_meta(self) -> Mapping[str, Any]:
        """Return what the manifest of the snapshot being served tells; it is long, and read again only after it was replaced."""
        mark = self._workspace.mark_current()
        if mark is None or mark != self._read[0]:
            snapshot = self._workspace.current()
            self._read = (mark, snapshot.meta if snapshot else {})
        return self._read[1]

    def snapshots(self) -> list[Snapshot]:
        """Return the snapshots that are still kept, the oldest first; damaged ones are left out."""
        return self._workspace.kept_snapshots()

    def figures(self) -> list[PastFigures]:
        """Return the figures that were noted of past snapshots, the oldest first."""
        return FiguresFolder(self._workspace.path).read()

    def rows(self, load_id: str, sheet: str, register: str = "") -> pl.DataFrame:
        """Return the records of a sheet as they were stored, or those that one register read; of several tables on it, all."""
        frames = [
            stored.frame()
            for stored in self._workspace.sheets_of(load_id)
            if stored.sheet == sheet and register in {"", stored.register}
        ]
        if not frames:
            raise UnknownLoadError(load=f"{load_id} / {sheet}")
        return pl.concat(frames, how="diagonal_relaxed")
