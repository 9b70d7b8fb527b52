"""Publishing to a server: what it holds afterwards equals the tables, whatever was there, and whatever broke off."""

import threading
from dataclasses import replace
from datetime import date
from unittest.mock import patch

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from polars.testing import assert_frame_equal

from graph.backends.neo4j import Neo4jEngine
from graph.errors import EngineError, PublishTakenOverError, ServerEmptyError, ServerForeignError
from graph.publish import publish
from graph.server import cypher_texts, packed_columns
from graph.server import publish_plan as planning
from graph.server.backend import ServerBackend
from graph.server.server_publish import compare_with_server, publish_to_server
from graph.server.server_tables import read_all
from graph.server.state import read_state
from graph.stored_tables import arrange, read_tables
from graph.tables import Tables
from graph.workspace import Workspace
from tests.contract.engines import SERVERS, open_engine
from tests.graph.random_tables import random_tables
from tests.graph.small import SMALL, joined, knows, people, small_tables, with_person
from tests.neo4j.fixtures import ALWAYS, empty
from tests.neo4j.plans import assert_looked_up, explain

JOINED = ("JOINED", "Person", "Club")


@pytest.fixture
def workspace(tmp_path):
    return Workspace.open(tmp_path / "w", create=True)


@pytest.fixture(params=[SERVERS[0], *(pytest.param(name, marks=pytest.mark.drill) for name in SERVERS[1:])])
def engine(request, on_server):
    opened = open_engine(request.param, on_server)
    yield opened
    opened.close()


def assert_holds(engine, tables):
    held, expected = read_all(engine, SMALL), arrange(tables, SMALL)
    for name, frame in {**expected.entities, **expected.relations}.items():
        found = held.entities[name] if isinstance(name, str) else held.relations[name]
        assert_frame_equal(found, frame)


def publish_both(engine, workspace, tables, **options):
    publish(workspace, tables, SMALL, {"as_of": "2026-06-30"})
    return publish_to_server(engine, workspace, SMALL, **options)


def test_an_empty_server_is_filled_and_says_what_it_holds(engine, workspace):
    publish_both(engine, workspace, small_tables())
    assert_holds(engine, small_tables())
    backend, current = ServerBackend(engine, SMALL), workspace.current()
    assert (backend.facts.snapshot, backend.facts.digest, backend.facts.as_of) == ("1", current.digest, current.as_of)
    assert backend.facts.counts == current.counts
    assert backend.facts.publishing is None
    assert backend.look() == backend.facts


def test_a_server_without_a_graph_says_so(engine):
    with pytest.raises(ServerEmptyError, match="shilian load"):
        ServerBackend(engine, SMALL)


def test_only_the_difference_is_written(engine, workspace, monkeypatch):
    tables = small_tables()
    publish_both(engine, workspace, tables)
    changed = with_person(with_person(tables, id="p00003", name="改", tags=None), id="q1", name="新")
    rows = tables.relations[JOINED]
    changed = Tables(
        changed.entities,
        {**changed.relations, JOINED: rows.head(-2).with_columns(fee=pl.col("fee") + (pl.col("source") == "p00001"))},
    )
    written = []
    write = type(engine).write
    monkeypatch.setattr(type(engine), "write", lambda self, guard, all: written.extend(all) or write(self, guard, all))
    publish_both(engine, workspace, changed)
    assert_holds(engine, changed)
    rows_of = [next(iter(parameters.values())) for text, parameters in written if "ShilianTable" not in text]
    assert sorted(map(len, rows_of)) == [1, 2, 3]


def test_the_same_again_writes_nothing(engine, workspace):
    publish_both(engine, workspace, small_tables())
    assert publish_both(engine, workspace, small_tables()) == 0


def test_the_same_content_under_another_number_is_only_renamed(engine, workspace):
    publish_both(engine, workspace, small_tables())
    publish(workspace, small_tables(), SMALL, {"as_of": "2026-06-30"}, anew=True)
    assert publish_to_server(engine, workspace, SMALL) == 2
    assert ServerBackend(engine, SMALL).facts.snapshot == "2"


def test_several_relations_of_a_pair_are_kept_apart(engine, workspace):
    persons = people({"id": "a", "name": "a"}, {"id": "b", "name": "b"})
    pair = {"source": "a", "target": "b"}

    def tables(*rows):
        return Tables({"Person": persons}, {("KNOWS", "Person", "Person"): knows(*(pair | row for row in rows))})

    states = [
        ({"since": date(2020, 1, 1), "note": "x"}, {"since": date(2021, 1, 1)}, {"since": None}),
        ({"since": date(2020, 1, 1), "note": "y"}, {"since": None}),
        ({"since": date(2022, 1, 1)},),
        (),
    ]
    for rows in states:
        publish_both(engine, workspace, tables(*rows))
        assert_holds(engine, tables(*rows))


def test_an_entity_goes_with_its_relations(engine, workspace):
    publish_both(engine, workspace, small_tables())
    publish_both(engine, workspace, small_tables(12))
    assert_holds(engine, small_tables(12))
    publish_both(engine, workspace, Tables({}, {}))
    assert_holds(engine, Tables({}, {}))


def test_constraints_and_indexes_come_from_the_schema(neo4j_engine, workspace):
    publish_both(neo4j_engine, workspace, small_tables())
    with neo4j_engine._driver.session(database="neo4j") as session:
        unique = {tuple(row["labelsOrTypes"]) for row in session.run("SHOW CONSTRAINTS") if row["properties"] == ["id"]}
        named = {tuple(row["labelsOrTypes"]) for row in session.run("SHOW INDEXES") if row["properties"] == ["name"]}
    assert {("Person",), ("Club",)} <= unique
    assert {("Person",), ("Club",)} <= named


def test_a_database_with_entities_from_elsewhere_is_left_alone(engine, neo4j_engine, workspace):
    neo4j_engine.write(ALWAYS, [("CREATE (:Person {id: 'theirs'})", {})])
    publish(workspace, small_tables(), SMALL, {})
    with pytest.raises(ServerForeignError, match="Person"):
        publish_to_server(engine, workspace, SMALL)
    assert neo4j_engine.read("MATCH (n) RETURN count(*) AS n", {}).item() == 1


def break_off(monkeypatch, engine, after):
    """Have the engine fail after so many writes, as a killed program leaves it."""
    write, left = type(engine).write, [after]

    def failing(self, guard, statements):
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        return write(self, guard, statements)

    monkeypatch.setattr(type(engine), "write", failing)


@pytest.mark.parametrize("after", [0, 4, *(pytest.param(after, marks=pytest.mark.drill) for after in (1, 2, 6, 8))])
def test_a_first_fill_that_broke_off_goes_on_where_it_stood(engine, workspace, monkeypatch, after):
    monkeypatch.setattr(planning, "BATCH_ROWS", 20)
    with monkeypatch.context() as patch:
        break_off(patch, engine, after)
        with pytest.raises(KeyboardInterrupt):
            publish_both(engine, workspace, small_tables())
    state = read_state(engine)
    assert (state.unfinished.step if state else -1) == after - 1
    with pytest.raises(ServerEmptyError):
        ServerBackend(engine, SMALL)
    all_steps = 2 + 1 + 2 + 3  # people, clubs, joined, known
    beside = 1  # the packed tables
    assert publish_to_server(engine, workspace, SMALL) == 2 + all_steps + beside - max(0, after - 1)
    assert_holds(engine, small_tables())


def test_a_first_fill_that_broke_off_under_another_plan_is_read_and_completed(engine, workspace, monkeypatch, caplog):
    with monkeypatch.context() as patch:
        patch.setattr(planning, "BATCH_ROWS", 20)
        break_off(patch, engine, 6)  # with some of the relations written
        with pytest.raises(KeyboardInterrupt):
            publish_both(engine, workspace, small_tables())
    assert any(frame.height for frame in read_all(engine, SMALL).relations.values())
    publish_to_server(engine, workspace, SMALL)
    assert_holds(engine, small_tables())
    assert "comparing" not in caplog.text  # nothing was written twice, to be mended afterwards


@pytest.mark.parametrize("after", [2, *(pytest.param(after, marks=pytest.mark.drill) for after in (1, 3, 5))])
def test_a_difference_that_broke_off_is_told_and_carried_out(engine, workspace, monkeypatch, after):
    monkeypatch.setattr(planning, "BATCH_ROWS", 10)
    publish_both(engine, workspace, small_tables())
    with monkeypatch.context() as patch:
        break_off(patch, engine, after)
        with pytest.raises(KeyboardInterrupt):
            publish_both(engine, workspace, small_tables(25))
    facts = ServerBackend(engine, SMALL).facts
    assert (facts.snapshot, facts.publishing.snapshot, facts.publishing.step, facts.publishing.is_under_way) == (
        "1",
        "2",
        after - 1,
        True,
    )
    assert not replace(facts.publishing, quiet_seconds=999.0).is_under_way
    publish_to_server(engine, workspace, SMALL)
    assert_holds(engine, small_tables(25))
    assert ServerBackend(engine, SMALL).facts.publishing is None


def test_after_a_publish_that_broke_off_another_content_may_follow(engine, workspace, monkeypatch):
    monkeypatch.setattr(planning, "BATCH_ROWS", 10)
    publish_both(engine, workspace, small_tables())
    with monkeypatch.context() as patch:
        break_off(patch, engine, 4)
        with pytest.raises(KeyboardInterrupt):
            publish_both(engine, workspace, small_tables(25))
    third = with_person(small_tables(33), id="p00002", name="第三")
    publish_both(engine, workspace, third)
    assert_holds(engine, third)


def test_a_step_whose_answer_was_lost_is_not_written_twice(engine, workspace, monkeypatch):
    write = type(engine).write
    answers = []

    def write_twice(self, guard, statements):  # as a driver does that never heard of the first commit
        answers.append(
            (write(self, guard, statements), guard[0] == cypher_texts.BEGIN or write(self, guard, statements))
        )
        return answers[-1][1]

    monkeypatch.setattr(type(engine), "write", write_twice)
    publish_both(engine, workspace, small_tables())
    assert_holds(engine, small_tables())
    assert (True, False) in answers


def test_a_workspace_that_never_saw_what_the_server_holds_compares_all_of_it(engine, workspace, tmp_path):
    publish_both(engine, workspace, small_tables())
    other = Workspace.open(tmp_path / "other", create=True)
    tables = with_person(small_tables(33), id="q9", name="另")
    publish_both(engine, other, tables)
    assert_holds(engine, tables)


def test_what_somebody_changed_on_the_server_is_put_right_by_comparing(engine, neo4j_engine, workspace):
    publish_both(engine, workspace, small_tables())
    for text in (
        "MATCH (n:Person {id: 'p00001'}) SET n.name = 'x', n.row = null",
        "MATCH (n:Person {id: 'p00002'}) DETACH DELETE n",
        "MATCH (:Person {id: 'p00003'})-[r:JOINED]->(c) CREATE (:Person {id: 'new'})-[:JOINED]->(c)",
        "MATCH (a:Person {id: 'p00005'})-[r:JOINED]->(c) CREATE (a)-[s:JOINED]->(c) SET s = properties(r)",
    ):
        neo4j_engine.write(ALWAYS, [(text, {})])
    assert set(compare_with_server(engine, read_tables(workspace.current(), SMALL), SMALL)) == {
        "Person", "JOINED.Person.Club", "KNOWS.Person.Person",
    }  # fmt: skip
    publish_to_server(engine, workspace, SMALL, compare=True)
    assert_holds(engine, small_tables())
    assert compare_with_server(engine, read_tables(workspace.current(), SMALL), SMALL) == {}


def test_rows_lost_on_the_server_are_noticed_by_the_next_difference(engine, neo4j_engine, workspace, caplog):
    publish_both(engine, workspace, small_tables())
    neo4j_engine.write(ALWAYS, [("MATCH (n:Person {id: 'p00007'}) DETACH DELETE n", {})])
    tables = with_person(small_tables(), id="p00003", name="改")
    publish_both(engine, workspace, tables)
    assert_holds(engine, tables)
    assert "comparing" in caplog.text


def test_of_two_publishes_at_once_the_later_one_wins(on_server, workspace, tmp_path, monkeypatch):
    monkeypatch.setattr(planning, "BATCH_ROWS", 5)
    first, second = Neo4jEngine(on_server.address), Neo4jEngine(on_server.address)
    other = Workspace.open(tmp_path / "other", create=True)
    publish(workspace, small_tables(40), SMALL, {})
    publish(other, small_tables(30), SMALL, {})
    started, go_on = threading.Event(), threading.Event()

    def tell(stage, step, steps):
        if step == 3:
            started.set()
            go_on.wait(120)

    raised = []

    def run():
        try:
            publish_to_server(first, workspace, SMALL, tell=tell)
        except PublishTakenOverError as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    assert started.wait(120)
    publish_to_server(second, other, SMALL)
    go_on.set()
    thread.join(20)
    assert len(raised) == 1
    assert_holds(second, small_tables(30))
    first.close()
    second.close()


def without_nulls_in_lists(tables):
    """Return tables as loading makes them: a server keeps no list with a hole in it, and no value type makes one."""
    people = tables.entities["Person"].with_columns(pl.col("tags").list.drop_nulls())
    return Tables({**tables.entities, "Person": people}, tables.relations)


def few(examples):
    return settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def check_random(engine, folder, all_tables):
    empty(engine)
    workspace = Workspace.open(folder, create=True)
    for tables in map(without_nulls_in_lists, all_tables):
        publish_both(engine, workspace, tables)
        assert_holds(engine, tables)


@few(2)
@given(random_tables(), random_tables(), random_tables())
def test_any_graph_and_any_difference_are_held_as_they_are(neo4j_engine, tmp_path_factory, first, second, third):
    with patch.object(packed_columns, "SHARED_FROM", 1):  # also in tables of a few rows
        check_random(neo4j_engine, tmp_path_factory.mktemp("random"), (first, second, third))


@pytest.mark.drill
@pytest.mark.parametrize("shared_from", [1, packed_columns.SHARED_FROM])
@few(12)
@given(random_tables(), random_tables(), random_tables())
def test_many_graphs_and_differences_are_held_as_they_are(
    neo4j_engine, tmp_path_factory, shared_from, first, second, third
):
    with patch.object(packed_columns, "SHARED_FROM", shared_from):
        check_random(neo4j_engine, tmp_path_factory.mktemp("random"), (first, second, third))


def test_every_write_is_looked_up_by_key(neo4j_engine, workspace):
    publish_both(neo4j_engine, workspace, Tables({}, {}))
    for text in (*cypher_texts.write_texts(SMALL), cypher_texts.READ_STATE):
        assert_looked_up(explain(neo4j_engine, text, {}), text)


def test_a_joined_row_without_its_ends_is_an_error_not_a_loss(neo4j_engine, workspace, monkeypatch):
    tables = Tables({"Person": people({"id": "a", "name": "a"})}, {})
    publish_both(neo4j_engine, workspace, tables)
    held = arrange(Tables(tables.entities, {JOINED: joined({"source": "a", "target": "nobody"})}), SMALL)
    monkeypatch.setattr("graph.server.server_publish.read_tables", lambda *_: held)
    monkeypatch.setattr("graph.server.server_publish.find_differences", lambda *_: None)
    monkeypatch.setattr("graph.server.server_publish.content_mark", lambda _: "another")
    with pytest.raises(EngineError, match="JOINED"):
        publish_to_server(neo4j_engine, workspace, SMALL)
