"""Which engine serves which address: the one place that knows the concrete backends."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from graph.backends.address import SCHEMES, read_address
from graph.errors import ArgumentError
from graph.snapshot import GRAPH_FILE
from graph.texts import Said

if TYPE_CHECKING:
    from pathlib import Path

    from graph.backends.protocol import Backend, FileEngine, GraphFacts, ServerEngine
    from graph.settings import Settings
    from graph.snapshot import Snapshot

LEAST_POOL_BYTES, POOL_A_FILE_BYTE = 128 << 20, 4
PY2NEO = "py2neo+"  # before the scheme: the same server through py2neo

# Each engine is imported where it is opened: a command that opens none is spared up to half a second, and py2neo is optional.


def file_engine() -> FileEngine:
    """Return the engine that graph files are written by."""
    from graph.backends import ladybug

    return ladybug


def open_graph_file(snapshot: Snapshot, facts: GraphFacts, settings: Settings) -> Backend:
    """Open a snapshot's graph file for reading."""
    from graph.backends.ladybug import LadybugBackend

    # The engine fills its buffer whether a small graph needs that or not: a few times the file holds all of it and what queries need.
    wanted = max(LEAST_POOL_BYTES, POOL_A_FILE_BYTE * snapshot.files[GRAPH_FILE].size)
    pool = min(settings.buffer_pool_bytes, wanted)
    return LadybugBackend(snapshot.folder / GRAPH_FILE, facts, pool, settings.query_seconds)


def open_built_file(path: Path, facts: GraphFacts, pool_bytes: int) -> Backend:
    """Open a graph file that stands in no snapshot, for reading."""
    from graph.backends.ladybug import LadybugBackend

    return LadybugBackend(path, facts, pool_bytes)


def open_server_engine(settings: Settings, patience: float = 15.0) -> ServerEngine:
    """Connect to the graph server that the settings name; a failed connection is tried again for `patience` seconds."""
    scheme = settings.graph.partition("://")[0].lower()
    if scheme not in SERVERS:
        known = "、".join(f"{name}://…" for name in SERVERS)
        raise ArgumentError(argument="graph", value=settings.graph, reason=Said(f"可用：{known}", f"known: {known}"))
    return SERVERS[scheme](settings, patience)


def _open_neo4j(settings: Settings, patience: float) -> ServerEngine:
    from graph.backends.neo4j import Neo4jEngine

    return Neo4jEngine(read_address(settings.graph), settings.query_seconds, patience)


def _open_py2neo(settings: Settings, patience: float) -> ServerEngine:
    from graph.backends.py2neo import Py2neoEngine

    return Py2neoEngine(read_address(settings.graph.removeprefix(PY2NEO)))


SERVERS: dict[str, Callable[[Settings, float], ServerEngine]] = {
    **dict.fromkeys(SCHEMES, _open_neo4j),
    **{f"{PY2NEO}{scheme}": _open_py2neo for scheme in SCHEMES},
}
