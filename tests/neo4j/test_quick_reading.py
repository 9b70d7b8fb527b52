"""What a publish keeps beside the graph, so that a server's first answers are quick: packed tables, and the texts of an index."""

from graph.server import cypher_texts
from graph.server.backend import ServerBackend
from graph.server.packed_tables import list_packed
from graph.server.server_publish import publish_to_server
from graph.server.server_tables import ServerTables
from graph.tables import entity_columns, relation_columns
from graph.workspace import Workspace
from tests.contract.engines import publish_small
from tests.graph.small import JOINED, SMALL, Person, small_tables, with_person

ALWAYS = ("RETURN 1 AS one", {})
TABLES = {"Person": entity_columns(Person), "JOINED.Person.Club": relation_columns(JOINED)}


def open_tables(engine):
    return ServerTables(engine, SMALL, ServerBackend(engine, SMALL).beside)


def counting(engine, monkeypatch):
    """Return the texts that an engine reads from now on."""
    texts, read = [], engine.read
    monkeypatch.setattr(engine, "read", lambda text, given: texts.append(text) or read(text, given))
    return texts


def test_small_tables_come_packed_and_all_at_once_and_equal_those_read_row_by_row(neo4j_engine, tmp_path, monkeypatch):
    publish_small(neo4j_engine, tmp_path, small_tables())
    rows = ServerTables(neo4j_engine, SMALL)
    packed = open_tables(neo4j_engine)
    expected = {name: rows.read(name, columns) for name, columns in TABLES.items()}
    texts = counting(neo4j_engine, monkeypatch)
    for name, columns in TABLES.items():
        assert packed.read(name, columns).equals(expected[name])
    assert packed.read("KNOWS.Person.Person", relation_columns(SMALL.relation("KNOWS"))).height
    assert len(texts) == 1


def test_a_table_that_a_publish_has_begun_to_replace_is_read_row_by_row(neo4j_engine, tmp_path):
    publish_small(neo4j_engine, tmp_path, small_tables())
    served = open_tables(neo4j_engine)
    neo4j_engine.write(ALWAYS, [("MATCH (t:ShilianTable {id: 'Person#0'}) SET t.full = 'another'", {})])
    assert served.read("Person", TABLES["Person"]).height == 40
    neo4j_engine.write(ALWAYS, [("MATCH (n:Person) WHERE n.id > 'p00004' DETACH DELETE n", {})])
    assert open_tables(neo4j_engine).read("Person", TABLES["Person"]).height == 5


def test_a_change_replaces_the_tables_it_touches_and_a_graph_of_an_older_version_gets_all_of_it(neo4j_engine, tmp_path):
    workspace = publish_small(neo4j_engine, tmp_path, small_tables())
    before = list_packed(neo4j_engine)
    publish_small(neo4j_engine, tmp_path, with_person(small_tables(), id="p00001", name="王新名"))
    after = list_packed(neo4j_engine)
    assert {name for name in after if after[name] != before[name]} == {"Person"}
    assert open_tables(neo4j_engine).find_written("新名") == {"Person": ["p00001"]}
    forget = (
        "MATCH (g:ShilianGraph) REMOVE g.searched, g.tables",
        "MATCH (t:ShilianTable) DELETE t",
        "MATCH (n:Person) REMOVE n._searched",
    )
    neo4j_engine.write(ALWAYS, [(text, {}) for text in forget])
    assert open_tables(neo4j_engine).find_written("新名") is None
    assert open_tables(neo4j_engine).read("Person", TABLES["Person"]).height == 40
    publish_to_server(neo4j_engine, Workspace.open(workspace.path), SMALL)
    assert list_packed(neo4j_engine) == after
    assert open_tables(neo4j_engine).find_written("wangxin") == {"Person": ["p00001"]}
    assert publish_to_server(neo4j_engine, workspace, SMALL) == 0


def test_whoever_was_taken_over_writes_nothing_beside_the_graph_either(neo4j_engine, tmp_path):
    publish_small(neo4j_engine, tmp_path, small_tables())
    assert not neo4j_engine.write((cypher_texts.MINE, {"publisher": "somebody"}), [("MATCH (n) DETACH DELETE n", {})])


def test_an_index_of_other_kinds_is_replaced(neo4j_engine, tmp_path):
    neo4j_engine.define(["CREATE FULLTEXT INDEX shilian_searched_old IF NOT EXISTS FOR (n:Person) ON EACH [n.name]"])
    publish_small(neo4j_engine, tmp_path, small_tables())
    names = neo4j_engine.read(cypher_texts.LIST_SEARCHES, {})["name"].to_list()
    assert names == [cypher_texts.name_search(SMALL)]
    neo4j_engine.define([f"DROP INDEX {name}" for name in names])
