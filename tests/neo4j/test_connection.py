"""Encrypted connections, a server that stands still, and a reader that waits for what its process wrote."""

import threading
import time
from contextlib import closing

import pytest

from graph.backends.address import ServerAddress
from graph.backends.neo4j import Neo4jEngine
from graph.errors import ServerCertificateError, ServerUnreachableError
from graph.publish import publish
from graph.server.server_publish import compare_with_server, publish_to_server
from graph.stored_tables import read_tables
from graph.workspace import Workspace
from tests.graph.small import SMALL, small_tables
from tests.neo4j.fixtures import ALWAYS, empty
from tests.neo4j.proxy import FaultProxy

pytestmark = pytest.mark.slow  # a server of its own


@pytest.fixture
def at(own_neo4j):
    """Connect to the server by a scheme, and sign in."""

    def connect(scheme, **options):
        sign_in = ("neo4j", own_neo4j.password)
        return Neo4jEngine(ServerAddress(f"{scheme}://localhost:{own_neo4j.port}", "neo4j", sign_in), **options)

    return connect


def one(engine):
    with closing(engine):
        return engine.read("RETURN 1 AS n", {}).item()


@pytest.mark.parametrize("scheme", ["bolt+ssc", "neo4j+ssc"])
def test_a_self_signed_certificate_is_accepted_where_the_address_says_so(at, scheme):
    engine = at(scheme)
    assert engine._driver.encrypted
    assert one(engine) == 1


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
def test_a_certificate_that_nobody_vouches_for_is_refused_and_the_message_says_what_to_do(at, scheme):
    with pytest.raises(ServerCertificateError, match="self-signed") as error:
        at(scheme)
    for lang in ("zh", "en"):
        told = error.value.message(lang)
        assert f"{scheme}://localhost" in told and "bolt+ssc://" in told and "SSL_CERT_FILE" in told
    assert "证书不可信" in error.value.message("zh")


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
def test_a_certificate_that_the_system_trusts_is_accepted(at, own_neo4j, monkeypatch, scheme):
    monkeypatch.setenv("SSL_CERT_FILE", str(own_neo4j.certificate))
    assert one(at(scheme)) == 1


@pytest.fixture
def paused(own_neo4j):
    """Have the server's process stand still, and go on when the test ends, whatever came of it."""
    yield own_neo4j.pause
    own_neo4j.resume()


@pytest.mark.drill
def test_a_server_that_stands_still_is_told_of_after_the_timeout_and_then_goes_on(at, own_neo4j, paused):
    with closing(at("bolt")) as engine:
        paused()
        start = time.monotonic()
        with pytest.raises(ServerUnreachableError) as error:
            at("bolt")
        assert time.monotonic() - start < 60
        assert "没有应答" in error.value.message("zh")
        own_neo4j.resume()
        assert engine.read("RETURN 1 AS n", {}).item() == 1


def test_a_server_that_stands_still_during_a_publish_is_waited_for(at, own_neo4j, paused, tmp_path, monkeypatch):
    monkeypatch.setattr("graph.server.publish_plan.BATCH_ROWS", 10)
    workspace = Workspace.open(tmp_path / "w", create=True)
    publish(workspace, small_tables(200), SMALL, {"as_of": "2026-06-30"})
    paused_at = []

    def tell(stage, step, steps):
        if step == 12 and not paused_at:
            paused()
            paused_at.append(step)
            threading.Timer(3, own_neo4j.resume).start()

    with closing(at("bolt")) as engine:
        empty(engine)
        publish_to_server(engine, workspace, SMALL, tell=tell)
        assert paused_at
        assert compare_with_server(engine, read_tables(workspace.current(), SMALL), SMALL) == {}


def test_whoever_reads_waits_for_what_its_process_wrote(own_neo4j):
    sign_in = ("neo4j", own_neo4j.password)
    with FaultProxy(own_neo4j.port) as proxy:
        address = ServerAddress(proxy.uri, "neo4j", sign_in)
        with closing(Neo4jEngine(address)) as writer:
            empty(writer)
            writer.write(ALWAYS, [("CREATE (:Person {id: 'a'})", {})])
            written = set(writer._session["bookmark_manager"].get_bookmarks())
        assert written
        with closing(Neo4jEngine(address)) as reader:  # another one, as the next command or question opens it
            proxy.asked = bytearray()
            assert reader.read("MATCH (n:Person) RETURN n.id AS id", {})["id"].to_list() == ["a"]
        assert all(bookmark.encode() in proxy.asked for bookmark in written)
        reached_by = ServerAddress(f"bolt://localhost:{proxy.port}", "neo4j", sign_in)
        with closing(Neo4jEngine(reached_by)) as stranger:  # by another address: nothing is known to wait for
            proxy.asked = bytearray()
            stranger.read("RETURN 1 AS n", {})
        assert not any(bookmark.encode() in proxy.asked for bookmark in written)
