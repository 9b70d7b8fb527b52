"""Settings → Graph: the workspace's current snapshot, or what a server holds."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

from graph.backends.protocol import GraphFacts
from graph.cypher import fingerprint
from graph.engines import file_engine, open_graph_file, open_server_engine
from graph.graph import Graph
from graph.history import WorkspaceHistory
from graph.kinds import Schema
from graph.publish import rebuild_graph_file
from graph.schema import SCHEMA
from graph.server.backend import ServerBackend
from graph.server.server_tables import ServerTables
from graph.server.state import content_mark
from graph.settings import Settings
from graph.shown import FOLDER, ShownLog
from graph.snapshot import GRAPH_FILE, HASHED_ON_OPEN, Snapshot
from graph.storage_errors import SnapshotDamagedError, WorkspaceError, WorkspaceMissingError
from graph.stored_tables import StoredTables
from graph.texts import Said
from graph.workspace import LEDGER, Workspace

log = logging.getLogger("shilian.graph")


def connect(
    settings: Settings | None = None, *, workspace: Path | str | None = None, graph: str | None = None
) -> Graph:
    """Open the graph that the settings name: the workspace's current snapshot, or the server at an address.

    A damaged graph file is made anew from the snapshot's tables. WorkspaceMissingError where nothing was loaded yet.
    """
    settings = settings or Settings()
    if workspace is not None:
        settings = replace(settings, workspace=Path(workspace))
    if graph is not None:
        settings = replace(settings, graph=graph)
    return open_server(settings) if settings.graph else open_embedded(settings)


def open_embedded(settings: Settings) -> Graph:
    """Open the workspace's current snapshot with the embedded engine."""
    workspace = Workspace.open(settings.workspace)
    snapshot = find_whole_snapshot(workspace, SCHEMA)
    facts = GraphFacts(snapshot.name, snapshot.digest, snapshot.as_of, snapshot.counts, snapshot.loads)
    backend = open_graph_file(snapshot, facts, settings)
    return Graph(backend, SCHEMA, StoredTables(snapshot), WorkspaceHistory(workspace), find_shown_log(settings))


def open_server(settings: Settings) -> Graph:
    """Open the graph that a graph server holds, for reading.

    Where a workspace of the same content is at hand, the history of its loads is available too; none is needed.
    """
    engine = open_server_engine(settings)
    try:
        backend = ServerBackend(engine, SCHEMA)
        history, stored = _open_history(settings, backend.mark)
    except BaseException:
        engine.close()
        raise
    return Graph(
        backend, SCHEMA, ServerTables(engine, SCHEMA, backend.beside, stored), history, find_shown_log(settings)
    )


def find_shown_log(settings: Settings) -> ShownLog | None:
    """Return the workspace's log of recommendations that users were shown; None where it is off or there is no workspace."""
    there = settings.shown_log and (settings.workspace / LEDGER).is_file()
    return ShownLog(settings.workspace / FOLDER) if there else None


def _open_history(settings: Settings, mark: str) -> tuple[WorkspaceHistory | None, StoredTables | None]:
    """Return the history and the tables that the workspace keeps, where it holds the content with this mark."""
    try:
        workspace = Workspace.open(settings.workspace)
        snapshot = workspace.current()
    except WorkspaceError:
        return None, None
    if snapshot is None or content_mark(snapshot) != mark:
        return None, None
    return WorkspaceHistory(workspace), StoredTables(snapshot)


def find_whole_snapshot(workspace: Workspace, schema: Schema) -> Snapshot:
    """Return the current snapshot, after building its graph file again if that is damaged or of another schema."""
    snapshot = workspace.current()
    if snapshot is None:
        if not workspace.ledger.revision:
            raise WorkspaceMissingError(path=str(workspace.path))
        raise SnapshotDamagedError(snapshot="-", reason=Said("还没有发布", "nothing was published yet"))
    try:
        snapshot.check_sizes()
        if snapshot.files[GRAPH_FILE].size <= HASHED_ON_OPEN:
            snapshot.check_file(GRAPH_FILE)
        if (snapshot.engine, snapshot.schema) == (file_engine().engine_version(), fingerprint(schema)):
            return snapshot
        log.info("snapshot %s was made by another version; its graph file is made anew", snapshot.name)
    except SnapshotDamagedError as error:
        log.warning("%s; its graph file is made anew from the tables", error)
    try:
        rebuild_graph_file(workspace, schema)
    except OSError as error:
        raise SnapshotDamagedError(snapshot=snapshot.name, reason=str(error)) from error
    return workspace.current() or snapshot
