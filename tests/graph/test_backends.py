"""The embedded engine by itself: its connections, its cache, its file; what it answers is in tests/contract."""

import os
import threading
from datetime import date

import ladybug as engine
import pytest

from graph.backends.ladybug import LadybugBackend, build
from graph.backends.protocol import GraphFacts
from graph.errors import EngineError, QueryTimeoutError
from graph.stored_tables import arrange
from tests.graph.small import SMALL, small_tables

FACTS = GraphFacts("1", "d", date(2026, 1, 1), {}, {})


@pytest.fixture(scope="module")
def graph_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("graph") / "graph.lbug"
    build(path, arrange(small_tables(), SMALL), SMALL)
    return path


@pytest.fixture
def backend(graph_file):
    opened = LadybugBackend(graph_file, FACTS, pool_bytes=1 << 28, seconds=20)
    yield opened
    opened.close()


def value(backend, text, **parameters):
    return backend.read(text, parameters).item()


def test_a_query_over_its_time_is_stopped(graph_file):
    opened = LadybugBackend(graph_file, FACTS, pool_bytes=1 << 28, seconds=1)
    try:
        with pytest.raises(QueryTimeoutError, match="1 seconds"):
            opened.read(
                "MATCH (a:Person), (b:Person), (c:Person), (d:Person), (e:Person), (f:Person) WHERE a.name + b.name + c.name + d.name + e.name + f.name = 'x' RETURN count(*) AS n",
                {},
            )
        assert value(opened, "RETURN 1 AS n") == 1
    finally:
        opened.close()


def test_many_texts_do_not_pile_up_in_a_connection(backend, monkeypatch):
    monkeypatch.setattr("graph.backends.ladybug.LONGEST_CACHE", 5)
    made = []
    monkeypatch.setattr(engine, "Connection", lambda *a, _real=engine.Connection, **k: made.append(1) or _real(*a, **k))
    assert [value(backend, f"RETURN {n} AS n") for n in range(20)] == list(range(20))
    assert len(made) == 4


def test_one_file_is_opened_once_in_a_process_and_let_go_by_the_last(graph_file):
    first, second = (LadybugBackend(graph_file, FACTS, pool_bytes=1 << 28) for _ in range(2))
    first.close()
    first.close()
    assert value(second, "MATCH (n:Club) RETURN count(*) AS n") == 3
    second.close()
    with pytest.raises(EngineError):
        second.read("RETURN 1 AS n", {})


def test_reading_leaves_nothing_beside_the_file(backend, graph_file):
    value(backend, "MATCH (n:Club) RETURN count(*) AS n")
    assert [p.name for p in graph_file.parent.iterdir()] == ["graph.lbug"]


def test_many_threads_share_a_few_connections(backend, monkeypatch):
    made = []
    monkeypatch.setattr(engine, "Connection", lambda *a, _real=engine.Connection, **k: made.append(1) or _real(*a, **k))
    for _ in range(9):
        thread = threading.Thread(target=value, args=(backend, "RETURN 1 AS n"))
        thread.start()
        thread.join()
    assert len(made) <= os.cpu_count()
