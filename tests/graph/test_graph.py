from concurrent.futures import ThreadPoolExecutor
from datetime import date

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from graph.backends.ladybug import LadybugBackend
from graph.backends.protocol import GraphFacts
from graph.errors import SchemaError, UnknownLoadError, WriteRefusedError
from graph.graph import Graph
from graph.history import WorkspaceHistory
from graph.publish import publish
from graph.stored_tables import StoredTables
from graph.workspace import NewLoad, NewSheet, Workspace
from tests.graph.small import SMALL, small_tables

AS_OF = date(2026, 6, 30)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    workspace = Workspace.open(tmp_path_factory.mktemp("w"), create=True)
    sheets = tuple(
        NewSheet("名册", "people", "full_list", pl.DataFrame({"name": [name]}), None) for name in ("甲", "乙")
    )
    workspace.add_load(NewLoad("L1", "名册.xlsx", "d", None, sheets, {"files": []}))
    publish(workspace, small_tables(), SMALL, {"as_of": AS_OF})
    return workspace


def open_graph(workspace, with_tables):
    current = workspace.current()
    facts = GraphFacts(current.name, current.digest, current.as_of, current.counts, current.loads)
    backend = LadybugBackend(current.folder / "graph.lbug", facts, pool_bytes=1 << 28)
    return Graph(backend, SMALL, StoredTables(current) if with_tables else None, WorkspaceHistory(workspace))


@pytest.fixture(params=["from tables", "by Cypher"])
def graph(request, workspace):
    with open_graph(workspace, request.param == "from tables") as graph:
        yield graph


def test_a_graph_says_what_it_is(graph):
    assert (graph.snapshot, graph.as_of, graph.files) == ("1", AS_OF, {"L1": "名册.xlsx"})
    assert graph.counts == {"entities": {"Club": 3, "Person": 40}, "relations": {"JOINED": 40, "KNOWS": 48}}
    assert len(graph.digest) == 32


def test_entities_come_with_all_columns_or_the_named_ones(graph):
    assert_frame_equal(graph.entities("Person"), small_tables().entities["Person"])
    few = graph.entities("Person", "tags", "score")
    assert few.columns == ["id", "tags", "score", "valid_from", "valid_to", "load_id", "sheet", "row"]
    assert_frame_equal(few, small_tables().entities["Person"].select(few.columns))


def test_an_unknown_label_or_property_is_said(graph):
    with pytest.raises(SchemaError, match="Ghost"):
        graph.entities("Ghost")
    with pytest.raises(SchemaError, match="weight"):
        graph.entities("Person", "weight")
    with pytest.raises(SchemaError, match="HATES"):
        graph.relations("HATES")


def test_relations_of_all_pairs_come_in_one_frame(graph):
    found = graph.relations("JOINED")
    assert found.columns[:4] == ["source_label", "target_label", "source", "target"]
    assert found.select("source_label", "target_label").unique().rows() == [("Person", "Club")]
    expected = small_tables().relations[("JOINED", "Person", "Club")]
    assert_frame_equal(found.select(expected.columns).sort("source"), expected)
    assert graph.relations("KNOWS").height == 48


def test_the_statements_about_one_entity_are_found(graph):
    assert graph.sources("p00004").rows() == [("Person", "p00004", "L1", "名册", 7)]
    assert graph.sources("nobody").height == 0


def test_cypher_reads_and_never_writes(graph):
    assert graph.read("MATCH (n:Person {name: $name}) RETURN n.id AS id", name="人7").item() == "p00007"
    for text in ("MATCH (n) DETACH DELETE n", "LOAD FROM '/etc/passwd' RETURN *", "RETURN 1; DROP TABLE Person"):
        with pytest.raises(WriteRefusedError):
            graph.read(text)


def test_the_history_tells_loads_reports_and_records(graph):
    assert [load["file"] for load in graph.history.loads()] == ["名册.xlsx"]
    assert graph.history.report("L1") == {"files": []}
    assert graph.history.rows("L1", "名册")["name"].to_list() == ["甲", "乙"]
    with pytest.raises(UnknownLoadError):
        graph.history.rows("L1", "别的")


def test_threads_may_share_a_graph(workspace):
    with open_graph(workspace, True) as graph, ThreadPoolExecutor(6) as pool:
        heights = list(
            pool.map(
                lambda n: (
                    graph.entities("Person", ["name", "count", "day"][n % 3]).height + graph.relations("KNOWS").height
                ),
                range(30),
            )
        )
    assert set(heights) == {88}


def test_a_reader_keeps_its_snapshot_while_the_next_one_is_published(workspace, tmp_path):
    other = Workspace.open(tmp_path / "w", create=True)
    publish(other, small_tables(), SMALL, {})
    with open_graph(other, True) as graph:
        publish(other, small_tables(7), SMALL, {})
        assert graph.read("MATCH (n:Person) RETURN count(*) AS n").item() == 40
        assert graph.entities("Person").height == 40
        with open_graph(other, True) as newer:
            assert newer.entities("Person").height == 7
