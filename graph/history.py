"""Where values come from: the loads, what was reported of each, and the records that they brought."""

from __future__ import annotations

from typing import Any, Protocol

import polars as pl

from graph.errors import UnknownLoadError
from graph.ledger_rows import LoadReport, LoadRow
from graph.problems import StoredProblem
from graph.workspace import Workspace


class History(Protocol):
    """What a graph can tell of the loads behind it."""

    def loads(self) -> list[LoadRow]:
        """Return every load, withdrawn or not, in the order of loading."""
        ...

    def report(self, load_id: str) -> LoadReport:
        """Return what was reported when a load was made."""
        ...

    def rows(self, load_id: str, sheet: str, register: str = "") -> pl.DataFrame:
        """Return the records of a sheet as they were stored, or those that one register read of it."""
        ...

    def decisions(self, kind: str) -> list[dict[str, Any]]:
        """Return the standing decisions of a kind in order: what they say, and id, kind, by, at."""
        ...

    def problems(self) -> list[StoredProblem]:
        """Return what was found when the loads were merged into the snapshot being served, as it was stored."""
        ...


class WorkspaceHistory:
    """The history that a workspace keeps."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def loads(self) -> list[LoadRow]:
        """Return every load, withdrawn or not, in the order of loading."""
        return self._workspace.ledger.loads()

    def report(self, load_id: str) -> LoadReport:
        """Return what was reported when a load was made."""
        return self._workspace.ledger.report(load_id)

    def decisions(self, kind: str) -> list[dict[str, Any]]:
        """Return the standing decisions of a kind in order: what they say, and id, kind, by, at."""
        return self._workspace.ledger.decisions(kind)

    def problems(self) -> list[StoredProblem]:
        """Return what was found when the loads were merged into the snapshot being served, as it was stored."""
        snapshot = self._workspace.current()
        return list(snapshot.meta.get("problems", ())) if snapshot else []

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
