"""Settings → Graph: the one place that knows which engines there are."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from graph.backends.address import SCHEMES, read_address
from graph.errors import ArgumentError, SnapshotDamagedError, WorkspaceError, WorkspaceMissingError
from graph.settings import Settings
from graph.shown import FOLDER, ShownLog
from graph.snapshot import GRAPH_FILE, HASHED_ON_OPEN, Snapshot
from graph.workspace import LEDGER, Workspace

if TYPE_CHECKING:
    from graph.backends.protocol import FileEngine, ServerEngine
    from graph.graph import Graph
    from graph.history import WorkspaceHistory
    from graph.kinds import Schema
    from graph.server.server_tables import Finder

log = logging.getLogger("shilian.graph")
EMBEDDED = ""
PY2NEO = "py2neo+"  # before the scheme: the same server through py2neo


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
    scheme = settings.graph.partition("://")[0].lower() if settings.graph else EMBEDDED
    if scheme not in ENGINES:
        known = (
            "、".join(f"{name}://…" for name in ENGINES if name)
            or "嵌入式引擎，不写地址 (the embedded engine: no address)"
        )
        raise ArgumentError(argument="graph", value=settings.graph, reason=f"可用 (available): {known}")
    return ENGINES[scheme](settings)


def open_embedded(settings: Settings) -> Graph:
    """Open the workspace's current snapshot with the embedded engine."""
    from graph.backends.ladybug import LadybugBackend
    from graph.backends.protocol import GraphFacts
    from graph.graph import Graph
    from graph.history import WorkspaceHistory
    from graph.schema import SCHEMA
    from graph.stored_tables import StoredTables

    workspace = Workspace.open(settings.workspace)
    snapshot = find_whole_snapshot(workspace, SCHEMA)
    facts = GraphFacts(snapshot.name, snapshot.digest, snapshot.as_of, snapshot.counts, snapshot.loads)
    backend = LadybugBackend(snapshot.folder / GRAPH_FILE, facts, settings.buffer_pool_bytes, settings.query_seconds)
    return Graph(backend, SCHEMA, StoredTables(snapshot), WorkspaceHistory(workspace), find_shown_log(settings))


def open_server(settings: Settings) -> Graph:
    """Open the graph that a server holds; a workspace of the same content adds the history of its loads, and none is needed."""
    from graph.graph import Graph
    from graph.schema import SCHEMA
    from graph.server.backend import ServerBackend
    from graph.server.server_tables import ServerTables

    engine = open_server_engine(settings)
    try:
        backend = ServerBackend(engine, SCHEMA)
        history, find_sources = _open_history(settings, backend.mark)
    except BaseException:
        engine.close()
        raise
    return Graph(backend, SCHEMA, ServerTables(engine, SCHEMA, find_sources), history, find_shown_log(settings))


def find_shown_log(settings: Settings) -> ShownLog | None:
    """Return the log of what is shown, in the workspace; None where it is switched off or there is no workspace here."""
    there = settings.shown_log and (settings.workspace / LEDGER).is_file()
    return ShownLog(settings.workspace / FOLDER) if there else None


def open_server_engine(settings: Settings, patience: float = 15.0) -> ServerEngine:
    """Connect to the server that the settings name; what breaks off is tried again for `patience` seconds."""
    if settings.graph.startswith(PY2NEO):
        from graph.backends.py2neo import Py2neoEngine

        return Py2neoEngine(read_address(settings.graph.removeprefix(PY2NEO)))
    from graph.backends.neo4j import Neo4jEngine

    return Neo4jEngine(read_address(settings.graph), settings.query_seconds, patience)


def _open_history(settings: Settings, mark: str) -> tuple[WorkspaceHistory | None, Finder | None]:
    """Return the history and the statements that the workspace keeps, where it holds the content with this mark."""
    from graph.history import WorkspaceHistory
    from graph.server.state import content_mark
    from graph.stored_tables import StoredTables

    try:
        workspace = Workspace.open(settings.workspace)
        snapshot = workspace.current()
    except WorkspaceError:
        return None, None
    if snapshot is None or content_mark(snapshot) != mark:
        return None, None
    return WorkspaceHistory(workspace), StoredTables(snapshot).find_sources


def file_engine() -> FileEngine:
    """Return the engine that graph files are written by."""
    from graph.backends import ladybug

    return ladybug


def find_whole_snapshot(workspace: Workspace, schema: Schema) -> Snapshot:
    """Return the current snapshot with a graph file that is whole and of this program's schema, made anew where it is not."""
    from graph.cypher import fingerprint
    from graph.publish import rebuild_graph_file

    snapshot = workspace.current()
    if snapshot is None:
        if not workspace.ledger.revision:
            raise WorkspaceMissingError(path=str(workspace.path))
        raise SnapshotDamagedError(snapshot="-", reason="还没有发布 (not published yet)")
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


ENGINES: dict[str, Callable[[Settings], Graph]] = {
    EMBEDDED: open_embedded,
    **dict.fromkeys(SCHEMES, open_server),
    **{f"{PY2NEO}{scheme}": open_server for scheme in SCHEMES},
}
