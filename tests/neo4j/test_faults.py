"""What networks and servers do in the middle of things: a clear error, nothing twice, and the next command ends the work."""

import gc
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from graph.backends.address import ServerAddress, read_address
from graph.backends.neo4j import Neo4jEngine
from graph.errors import (
    ArgumentError,
    QueryTimeoutError,
    ServerAccessError,
    ServerUnreachableError,
    WriteRefusedError,
)
from graph.publish import publish
from graph.server import publish_plan as planning
from graph.server.backend import ServerBackend
from graph.server.server_publish import compare_with_server, publish_to_server
from graph.stored_tables import read_tables
from graph.workspace import Workspace
from tests.graph.small import SMALL, small_tables
from tests.neo4j.fixtures import empty
from tests.neo4j.proxy import FaultProxy
from tests.neo4j.server import free_port

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow  # a server of its own, and waiting for what stands still


@pytest.fixture
def workspace(tmp_path):
    workspace = Workspace.open(tmp_path / "w", create=True)
    publish(workspace, small_tables(200), SMALL, {"as_of": "2026-06-30"})
    return workspace


@pytest.fixture
def proxy(own_neo4j):
    with FaultProxy(own_neo4j.port) as between:
        yield between


@pytest.fixture
def sign_in(own_neo4j):
    return ("neo4j", own_neo4j.password)


@pytest.fixture
def direct(own_neo4j, sign_in):
    engine = Neo4jEngine(ServerAddress(own_neo4j.uri, "neo4j", sign_in))
    empty(engine)
    yield engine
    engine.close()


@pytest.fixture
def through(proxy, direct, sign_in):
    engine = Neo4jEngine(ServerAddress(proxy.uri, "neo4j", sign_in), seconds=20, patience=20)
    yield engine
    engine.close()


def assert_whole(engine, workspace):
    assert compare_with_server(engine, read_tables(workspace.current(), SMALL), SMALL) == {}
    assert ServerBackend(engine, SMALL).facts.publishing is None


def test_a_server_that_is_not_there_is_named():
    with pytest.raises(ServerUnreachableError, match="does not answer") as error:
        Neo4jEngine(ServerAddress(f"bolt://127.0.0.1:{free_port()}", "neo4j", None))
    assert error.value.exit_code == 3
    assert "没有应答" in error.value.message("zh")


def test_a_server_that_refuses_connections_is_named(proxy, sign_in):
    proxy.refusing = True
    with pytest.raises(ServerUnreachableError):
        Neo4jEngine(ServerAddress(proxy.uri, "neo4j", sign_in), patience=1)


def test_a_wrong_password_is_told_without_showing_it(own_neo4j):
    with pytest.raises(ServerAccessError) as error:
        Neo4jEngine(ServerAddress(own_neo4j.uri, "neo4j", ("neo4j", "not-the-password")))
    for lang in ("zh", "en"):
        assert "not-the-password" not in error.value.message(lang)
    assert "SHILIAN_NEO4J_PASSWORD" in str(error.value)


def test_a_database_that_is_not_there_is_the_arguments_fault(own_neo4j, sign_in):
    engine = Neo4jEngine(ServerAddress(own_neo4j.uri, "nowhere", sign_in))
    with pytest.raises(ArgumentError, match="nowhere"):
        engine.read("RETURN 1 AS n", {})
    engine.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_py2neo_names_the_same_faults(own_neo4j):
    pytest.importorskip("py2neo")
    from graph.backends.py2neo import Py2neoEngine

    for address in (
        ServerAddress(f"bolt://127.0.0.1:{free_port()}", "neo4j", None),
        ServerAddress(own_neo4j.uri, "neo4j", ("neo4j", "not-the-password")),
    ):
        with pytest.raises(ServerUnreachableError) as error:
            Py2neoEngine(address)
        assert "not-the-password" not in str(error.value)
    del error
    gc.collect()  # py2neo leaves the sockets of what failed to the garbage collector


def test_a_query_over_its_time_is_ended_by_the_server(own_neo4j, direct, sign_in):
    engine = Neo4jEngine(ServerAddress(own_neo4j.uri, "neo4j", sign_in), seconds=1)
    long = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a * b = -1 RETURN count(*) AS n"
    with pytest.raises(QueryTimeoutError, match="1 seconds"):
        engine.read(long, {})
    assert engine.read("RETURN 1 AS n", {}).item() == 1
    engine.close()


def test_a_write_through_reading_is_refused(direct):
    with pytest.raises(WriteRefusedError):
        direct.read("CREATE (n:Person {id: 'x'})", {})


@pytest.mark.drill
def test_a_slow_line_changes_nothing_but_the_time(proxy, through, workspace):
    proxy.delay = 0.05
    publish_to_server(through, workspace, SMALL)
    proxy.delay = 0.0
    assert_whole(through, workspace)


@pytest.mark.parametrize("after", [1_000, *(pytest.param(after, marks=pytest.mark.drill) for after in (50, 3_000))])
def test_a_connection_cut_in_the_middle_of_an_answer_is_tried_again(proxy, through, workspace, after):
    publish_to_server(through, workspace, SMALL)
    proxy.cut_after = after
    assert through.read("MATCH (n:Person) RETURN n.id AS id, n.name AS name, n.day AS day", {}).height == 200
    assert proxy.cuts == 1


@pytest.mark.parametrize("after", [200, *(pytest.param(after, marks=pytest.mark.drill) for after in (30, 500, 900))])
def test_a_connection_cut_in_the_middle_of_a_publish_writes_nothing_twice(
    proxy, through, direct, workspace, monkeypatch, after
):
    monkeypatch.setattr(planning, "BATCH_ROWS", 25)
    publish_to_server(through, workspace, SMALL)
    publish(workspace, small_tables(120), SMALL, {})
    proxy.cut_after = after
    publish_to_server(through, workspace, SMALL)
    assert_whole(direct, workspace)


def test_a_line_that_stands_still_for_a_while_is_waited_for(proxy, through, workspace):
    threading.Timer(1.5, proxy.resume).start()
    proxy.pause()
    publish_to_server(through, workspace, SMALL)
    assert_whole(through, workspace)


def test_a_reader_meets_a_publish_that_broke_off_and_is_told(proxy, through, direct, workspace, monkeypatch):
    monkeypatch.setattr(planning, "BATCH_ROWS", 25)
    publish_to_server(direct, workspace, SMALL)
    publish(workspace, small_tables(120), SMALL, {})
    monkeypatch.setattr(Neo4jEngine, "write", _dying_after(3))
    with pytest.raises(ServerUnreachableError):
        publish_to_server(through, workspace, SMALL)
    monkeypatch.undo()
    facts = ServerBackend(direct, SMALL).facts
    assert (facts.snapshot, facts.publishing.snapshot) == ("1", "2")
    publish_to_server(direct, workspace, SMALL)
    assert_whole(direct, workspace)


def _dying_after(writes):
    write, left = Neo4jEngine.write, [writes]

    def dying(self, guard, statements):
        left[0] -= 1
        if left[0] < 0:
            raise ServerUnreachableError(address=self.address, reason="cut")
        return write(self, guard, statements)

    return dying


@pytest.mark.drill
def test_a_server_killed_in_the_middle_and_started_again_is_waited_for(
    own_neo4j, direct, sign_in, workspace, monkeypatch
):
    monkeypatch.setattr(planning, "BATCH_ROWS", 10)
    engine = Neo4jEngine(ServerAddress(own_neo4j.uri, "neo4j", sign_in), patience=150)
    killed = []

    def tell(stage, step, steps):
        if step == 12 and not killed:
            own_neo4j.kill()
            killed.append(True)
            threading.Thread(target=own_neo4j.start).start()

    publish_to_server(engine, workspace, SMALL, tell=tell)
    assert killed
    assert_whole(engine, workspace)
    engine.close()


PUBLISHER = """
import sys
from pathlib import Path
from graph.backends.address import read_address
from graph.backends.neo4j import Neo4jEngine
from graph.server import publish_plan
from graph.server.server_publish import publish_to_server
from graph.workspace import Workspace
from tests.graph.small import SMALL
publish_plan.BATCH_ROWS = 10
publish_to_server(Neo4jEngine(read_address(sys.argv[1])), Workspace.open(Path(sys.argv[2])), SMALL)
"""


@pytest.mark.drill
def test_a_publisher_killed_at_any_moment_leaves_what_the_next_one_ends(own_neo4j, direct, workspace, monkeypatch):
    monkeypatch.setattr(planning, "BATCH_ROWS", 10)
    environment = os.environ | own_neo4j.variables | {"PYTHONPATH": str(ROOT)}
    for number, delay in enumerate((0.5, 0.2, 0.1, 0.3)):
        publish(workspace, small_tables(200 - 30 * number), SMALL, {})
        before = direct.read("MATCH (g:ShilianGraph) RETURN g.touched AS t", {})
        command = [sys.executable, "-c", PUBLISHER, own_neo4j.uri, str(workspace.path)]
        with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
            until = time.monotonic() + 30
            while process.poll() is None and time.monotonic() < until:
                if not direct.read("MATCH (g:ShilianGraph) RETURN g.touched AS t", {}).equals(before):
                    break
                time.sleep(0.02)
            time.sleep(delay)
            process.kill()
        publish_to_server(direct, workspace, SMALL)
        assert_whole(direct, workspace)


@pytest.mark.parametrize(
    "address",
    [
        "neo4j://u:geheim@host:7687",
        "bolt://:geheim@host",
        "http://host",
        "neo4j://",
        "bolt://host:port",
        "bolt://host:99999",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_and_shows_no_password(address):
    with pytest.raises(ArgumentError) as error:
        read_address(address)
    assert "geheim" not in str(error.value)


def test_user_and_password_come_from_the_environment_or_a_file_and_are_not_shown(monkeypatch, tmp_path):
    for name in ("SHILIAN_NEO4J_USER", "SHILIAN_NEO4J_PASSWORD", "SHILIAN_NEO4J_PASSWORD_FILE"):
        monkeypatch.delenv(name, raising=False)
    assert read_address("neo4j://host").sign_in is None
    (tmp_path / "secret").write_text("geheim\n", encoding="utf-8")
    monkeypatch.setenv("SHILIAN_NEO4J_PASSWORD_FILE", str(tmp_path / "secret"))
    address = read_address("neo4j+s://host:7687/district")
    assert (address.uri, address.database, address.sign_in) == ("neo4j+s://host:7687", "district", ("neo4j", "geheim"))
    assert "geheim" not in repr(address)
    monkeypatch.setenv("SHILIAN_NEO4J_USER", "reader")
    monkeypatch.setenv("SHILIAN_NEO4J_PASSWORD", "andere")
    assert read_address("bolt://[::1]:7687").sign_in == ("reader", "andere")
    monkeypatch.delenv("SHILIAN_NEO4J_PASSWORD")
    monkeypatch.setenv("SHILIAN_NEO4J_PASSWORD_FILE", str(tmp_path / "nothing"))
    with pytest.raises(ArgumentError, match="PASSWORD_FILE"):
        read_address("neo4j://host")
