"""Opens the snapshots that were served before the present one, as far as the workspace still keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from graph.backends.protocol import GraphFacts, Parameters
from graph.errors import EngineError
from graph.graph import Graph
from graph.schema import SCHEMA
from graph.snapshot import Snapshot, read_manifest
from graph.stored_tables import StoredTables
from graph.texts import Said

if TYPE_CHECKING:
    import polars as pl

KEPT_OPEN = 4


class TablesBackend:
    """A past snapshot as its tables alone: whole columns are read, no Cypher."""

    def __init__(self, facts: GraphFacts) -> None:
        self.facts = facts

    def read(self, text: str, parameters: Parameters) -> pl.DataFrame:
        """Refuse a Cypher text: no engine is started for a past snapshot."""
        raise EngineError(reason=Said("旧快照只能按表读取", "a past snapshot is read by its tables only"))

    def look(self) -> GraphFacts:
        """Return the facts of the snapshot."""
        return self.facts

    def close(self) -> None:
        """Do nothing: no file is held open."""


def list_past(graph: Graph) -> Sequence[Snapshot]:
    """Return the snapshots that the workspace keeps of those before the one of `graph`, the newest first."""
    if graph.history is None or not graph.snapshot.isdecimal():
        return ()
    before = (one for one in graph.history.snapshots() if one.number < int(graph.snapshot))
    return sorted(before, key=lambda one: -one.number)


def open_last(graph: Graph) -> Graph | None:
    """Return the snapshot before the one of `graph`, as its tables; None where none is kept."""
    return next((open_tables(one) for one in list_past(graph)), None)


def open_tables(snapshot: Snapshot) -> Graph:
    """Return a snapshot of which only the tables are read; columns that were read are kept for the next time."""
    return _open(snapshot.folder, snapshot.digest)


@lru_cache(maxsize=KEPT_OPEN)
def _open(folder: Path, digest: str) -> Graph:
    snapshot = read_manifest(folder)
    facts = GraphFacts(snapshot.name, snapshot.digest, snapshot.as_of, snapshot.counts, snapshot.loads)
    return Graph(TablesBackend(facts), SCHEMA, StoredTables(snapshot))
