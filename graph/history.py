"""Where values come from: the loads, what was reported of each, and the records that they brought."""

from __future__ import annotations

from typing import Any, Protocol

import polars as pl

from graph.errors import UnknownLoadError
from graph.workspace import Workspace


class History(Protocol):
    """What a graph can tell of the loads behind it."""

    def loads(self) -> list[dict[str, Any]]:
        """Return every load in order: id, seq, file, digest, as_of, by, at, withdrawn."""
        ...

    def report(self, load_id: str) -> dict[str, Any]:
        """Return what was reported when a load was made."""
        ...

    def rows(self, load_id: str, sheet: str) -> pl.DataFrame:
        """Return the records of a sheet as they were stored."""
        ...


class WorkspaceHistory:
    """The history that a workspace keeps."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def loads(self) -> list[dict[str, Any]]:
        """Return every load in order: id, seq, file, digest, as_of, by, at, withdrawn."""
        return self._workspace.ledger.loads()

    def report(self, load_id: str) -> dict[str, Any]:
        """Return what was reported when a load was made."""
        return self._workspace.ledger.report(load_id)

    def rows(self, load_id: str, sheet: str) -> pl.DataFrame:
        """Return the records of a sheet as they were stored; of several tables on one sheet, all."""
        frames = [stored.frame() for stored in self._workspace.sheets_of(load_id) if stored.sheet == sheet]
        if not frames:
            raise UnknownLoadError(load=f"{load_id} / {sheet}")
        return pl.concat(frames, how="diagonal_relaxed")
