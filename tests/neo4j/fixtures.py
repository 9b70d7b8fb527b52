"""Fixtures of a graph server: one of our own for the session, or the one that SHILIAN_NEO4J_URI names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from graph.backends.address import PASSWORD, USER, ServerAddress, read_address
from graph.backends.neo4j import Neo4jEngine
from tests.neo4j.server import Neo4jServer, missing_programs, running_server

URI = "SHILIAN_NEO4J_URI"
ALWAYS = ("RETURN 1 AS one", {})


@dataclass(frozen=True)
class Reached:
    """A server that tests may fill and empty: its addresses, and the variables by which shilian reaches it."""

    uri: str
    routed_uri: str
    variables: dict[str, str]

    @property
    def address(self) -> ServerAddress:
        """Return the address with who signs in."""
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self.variables.items():
                patch.setenv(name, value)
            return read_address(self.uri)


def need_programs() -> None:
    """Skip where no server can be started; in CI that is a failure."""
    missing = missing_programs()
    if missing:
        told = f"needs {' and '.join(missing)} to start Neo4j, or {URI}"
        pytest.fail(told) if os.environ.get("CI") else pytest.skip(told)


@pytest.fixture(scope="session")
def own_neo4j(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """A server of our own, which a test may kill and start again."""
    need_programs()
    with running_server(tmp_path_factory.mktemp("neo4j"), heap="768m", encrypts=True) as server:
        yield server


@pytest.fixture(scope="session")
def neo4j_server(request: pytest.FixtureRequest) -> Iterator[Reached]:
    """A server that tests may fill; the one that is named must be empty, for it is emptied."""
    named = os.environ.get(URI)
    if not named:
        own: Neo4jServer = request.getfixturevalue("own_neo4j")
        yield Reached(own.uri, own.routed_uri, own.variables)
        return
    given = {name: os.environ[name] for name in (USER, PASSWORD) if name in os.environ}
    reached = Reached(named, named, {"SHILIAN_GRAPH": named, **given})
    engine = Neo4jEngine(reached.address)
    try:
        if engine.read("MATCH (n) RETURN n.id AS id LIMIT 1", {}).height:
            pytest.fail(f"{URI} names a database that is not empty; tests would delete what it holds")
        yield reached
        empty(engine)
    finally:
        engine.close()


@pytest.fixture
def on_server(neo4j_server: Reached, monkeypatch: pytest.MonkeyPatch) -> Reached:
    """The server emptied, with the variables set by which it is signed in to (SHILIAN_GRAPH stays unset)."""
    for name, value in neo4j_server.variables.items():
        if name != "SHILIAN_GRAPH":
            monkeypatch.setenv(name, value)
    engine = Neo4jEngine(neo4j_server.address)
    try:
        empty(engine)
    finally:
        engine.close()
    return neo4j_server


@pytest.fixture
def neo4j_engine(on_server: Reached) -> Iterator[Neo4jEngine]:
    """A connection to the emptied server."""
    engine = Neo4jEngine(on_server.address)
    yield engine
    engine.close()


def empty(engine: Neo4jEngine) -> None:
    """Delete everything that a database holds, relations first, for hubs with theirs fill a transaction; constraints stay."""
    for found in ("()-[x]->()", "(x)"):
        while engine.read(f"MATCH {found} RETURN 1 AS one LIMIT 1", {}).height:
            engine.write(ALWAYS, [(f"MATCH {found} WITH x LIMIT 10000 DELETE x", {})])
