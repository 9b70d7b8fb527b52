"""The engines that must answer alike: the embedded one, Neo4j by its official driver, Neo4j through py2neo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from graph.backends.ladybug import LadybugBackend, build
from graph.backends.neo4j import Neo4jEngine
from graph.backends.protocol import Backend, GraphFacts, ServerEngine
from graph.kinds import Schema
from graph.publish import publish
from graph.server.backend import ServerBackend
from graph.server.server_publish import publish_to_server
from graph.stored_tables import arrange
from graph.tables import Tables
from graph.workspace import Workspace
from tests.graph.small import SMALL, small_tables
from tests.neo4j.fixtures import Reached, empty

SERVERS = ("neo4j", "py2neo")
ENGINES = ("ladybug", *SERVERS)
FACTS = GraphFacts("1", "d", date(2026, 1, 1), {}, {})


def open_engine(name: str, reached: Reached, seconds: int = 20) -> ServerEngine:
    """Connect to a server by one of the drivers."""
    if name == "neo4j":
        return Neo4jEngine(reached.address, seconds)
    pytest.importorskip("py2neo")
    from graph.backends.py2neo import Py2neoEngine

    return Py2neoEngine(reached.address)


def publish_small(engine: ServerEngine, folder: Path, tables: Tables, schema: Schema = SMALL) -> Workspace:
    """Publish tables in a workspace and on a server."""
    workspace = Workspace.open(folder, create=True)
    publish(workspace, tables, schema, {"as_of": "2026-01-01"})
    publish_to_server(engine, workspace, schema)
    return workspace


@contextmanager
def open_small(request: pytest.FixtureRequest, folder: Path) -> Iterator[Backend]:
    """Fill the engine that a test is run on with the small graph, and open it for reading."""
    if request.param == "ladybug":
        build(folder / "graph.lbug", arrange(small_tables(), SMALL), SMALL)
        embedded = LadybugBackend(folder / "graph.lbug", FACTS, pool_bytes=1 << 28, seconds=20)
        yield embedded
        embedded.close()
        return
    reached = request.getfixturevalue("neo4j_server")
    official, engine = Neo4jEngine(reached.address), open_engine(request.param, reached)
    empty(official)
    official.close()
    publish_small(engine, folder / "workspace", small_tables())
    served = ServerBackend(engine, SMALL)
    yield served
    served.close()


def plain(frame: pl.DataFrame) -> list[tuple[object, ...]]:
    """Return the rows of a frame, in one order, for comparing what engines answer."""
    return sorted(frame.rows(), key=repr)
