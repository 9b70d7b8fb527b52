"""The files for `neo4j-admin database import`: the real importer takes them, and publishing goes on by differences."""

import shlex

import polars as pl
import pytest

from graph.backends.address import read_address
from graph.backends.neo4j import Neo4jEngine
from graph.publish import publish
from graph.server.backend import ServerBackend
from graph.server.import_files import COMMAND, write_import_files
from graph.server.server_publish import compare_with_server, publish_to_server
from graph.stored_tables import read_tables
from graph.tables import Tables
from graph.workspace import Workspace
from tests.graph.small import SMALL, small_tables, with_person
from tests.neo4j.fixtures import need_programs
from tests.neo4j.server import Neo4jServer

STRANGE = {
    "id": "p,1",
    "name": "a,\"b\"\n'c'；\t=1+1",
    "tags": ['甲,"乙"', "丙 丁"],
    "score": -1.5e-300,
    "count": 2**62,
}


@pytest.fixture
def stopped_server(tmp_path):
    need_programs()
    server = Neo4jServer(tmp_path / "server", heap="512m")
    server.prepare()
    yield server
    server.kill()


def without_empty_lists(tables):
    """Return tables as loading makes them: no value type makes a list without items, which the importer takes for no list."""
    people = tables.entities["Person"].with_columns(pl.when(pl.col("tags").list.len() > 0).then("tags"))
    return Tables({**tables.entities, "Person": people}, tables.relations)


def rows_that_differ(engine, workspace):
    found = compare_with_server(engine, read_tables(workspace.current(), SMALL), SMALL)
    return [row for d in found.values() for frame in (d.added, d.changed, d.removed) for row in frame.to_dicts()]


@pytest.mark.drill
@pytest.mark.slow
def test_the_importer_takes_the_files_and_publishing_goes_on_by_differences(stopped_server, tmp_path, monkeypatch):
    workspace = Workspace.open(tmp_path / "w", create=True)
    tables = without_empty_lists(with_person(with_person(small_tables(300), **STRANGE), id="p2", name="", tags=["x"]))
    publish(workspace, tables, SMALL, {"as_of": "2026-06-30"})
    written = write_import_files(workspace.current(), SMALL, tmp_path / "files")
    assert written.rows["Person.csv"] == 302
    assert (tmp_path / "files" / COMMAND).read_text(encoding="utf-8").strip() == written.command
    program, *arguments = shlex.split(written.command)
    assert program == "neo4j-admin"
    told = stopped_server.admin(*arguments, cwd=tmp_path / "files")
    assert "IMPORT DONE" in told
    stopped_server.start()
    for name, value in stopped_server.variables.items():
        monkeypatch.setenv(name, value)
    engine = Neo4jEngine(read_address(stopped_server.uri))
    try:
        facts = ServerBackend(engine, SMALL).facts
        assert (facts.snapshot, facts.digest, facts.as_of) == (
            "1",
            workspace.current().digest,
            workspace.current().as_of,
        )
        assert rows_that_differ(engine, workspace) == []
        assert (
            publish_to_server(engine, workspace, SMALL) == 5
        )  # texts to search of two kinds, packed tables, begin and end
        assert publish_to_server(engine, workspace, SMALL) == 0
        publish(workspace, with_person(tables, id="p00003", name="改"), SMALL, {})
        assert publish_to_server(engine, workspace, SMALL) == 4
        assert compare_with_server(engine, read_tables(workspace.current(), SMALL), SMALL) == {}
    finally:
        engine.close()
