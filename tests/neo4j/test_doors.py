"""The command line, HTTP and notebooks on a graph server."""

import json
import time

import pytest

from api import cli
from graph.server import publish_plan as planning
from loaders.district import generate_workbooks
from queries import connect
from tests.api.doors import CommandLine, serving
from tests.neo4j.fixtures import ALWAYS


@pytest.fixture
def shilian(capfd):
    return CommandLine(capfd)


@pytest.fixture
def workbooks(tmp_path):
    generate_workbooks(tmp_path / "first", members=60, headings=False)
    generate_workbooks(tmp_path / "second", members=90, headings=False)
    for name in ("first", "second"):
        (tmp_path / name / "truth.json").unlink()
    return tmp_path


def loaded(shilian, folder, workspace, uri, *more):
    called = shilian("load", folder, "--workspace", workspace, "--graph", uri, "--json", *more)
    assert called.code == 0, called.err
    return called.json


@pytest.mark.slow
def test_a_district_is_loaded_asked_checked_and_withdrawn_on_a_server(
    shilian, workbooks, on_server, tmp_path, monkeypatch
):
    workspace, uri = tmp_path / "w", on_server.routed_uri
    first = loaded(shilian, workbooks / "first", workspace, uri)
    status = shilian("status", "--workspace", workspace, "--graph", uri, "--json").json
    assert (status["server"]["snapshot"], status["server"]["digest"]) == (first["snapshot"], first["digest"])
    assert status["server"]["counts"] == first["counts"]
    assert status["server"]["publishing"] is None
    monkeypatch.setenv("SHILIAN_GRAPH", uri)
    elsewhere = tmp_path / "nothing here"
    asked = shilian("ask", "overview", "--workspace", elsewhere, "--json").json
    assert asked["digest"] == first["digest"]
    assert shilian("status", "--workspace", elsewhere, "--json").json["server"]["digest"] == first["digest"]
    second = loaded(shilian, workbooks / "second", workspace, uri)
    assert second["digest"] != first["digest"]
    assert shilian("ask", "overview", "--json", "--workspace", elsewhere).json["digest"] == second["digest"]
    assert shilian("verify", "--workspace", workspace, "--json").json["ok"]
    assert loaded(shilian, workbooks / "second", workspace, uri)["changed"] is False


@pytest.mark.drill
@pytest.mark.slow
def test_what_somebody_changed_on_the_server_is_found_by_verify_and_mended_by_rebuild(
    shilian, workbooks, on_server, neo4j_engine, tmp_path
):
    workspace, uri = tmp_path / "w", on_server.uri
    loaded(shilian, workbooks / "first", workspace, uri)
    neo4j_engine.write(ALWAYS, [("MATCH (c:Community) WITH c LIMIT 2 SET c.name = 'x'", {})])
    found = shilian("verify", "--workspace", workspace, "--graph", uri, "--json")
    assert found.code == 3
    assert "Community: +0 ~2 -0" in found.json["problems"][0]
    assert shilian("rebuild", "--workspace", workspace, "--graph", uri, "--json").code == 0
    assert shilian("verify", "--workspace", workspace, "--graph", uri, "--json").code == 0


@pytest.mark.slow
def test_serving_a_server_swaps_to_what_is_published_and_says_when_a_publish_broke_off(
    shilian, workbooks, on_server, tmp_path, monkeypatch
):
    from graph.errors import ServerUnreachableError
    from graph.settings import Settings

    workspace, uri = tmp_path / "w", on_server.uri
    first = loaded(shilian, workbooks / "first", workspace, uri)
    with serving(Settings(workspace=tmp_path / "elsewhere", graph=uri)) as client:
        assert client.get("/readyz").json() == {"status": "ready", "snapshot": "1", "digest": first["digest"]}
        assert client.get("/api/v1/questions/overview").json()["snapshot"] == "1"
        monkeypatch.setattr(planning, "BATCH_ROWS", 20)
        with monkeypatch.context() as patch:
            break_off(patch, 5, ServerUnreachableError(address=uri, reason="cut"))
            assert shilian("load", workbooks / "second", "--workspace", workspace, "--graph", uri).code == 3
        ready = client.get("/readyz").json()
        assert (ready["status"], ready["snapshot"], ready["next"], ready["step"]) == ("publishing", "1", "2", 4)
        told = shilian("status", "--workspace", workspace, "--graph", uri, "--lang", "en")
        assert "is being published to it (4/" in told.err
        second = loaded(shilian, workbooks / "second", workspace, uri)
        until = time.monotonic() + 20
        while client.get("/api/v1/questions/overview").json()["snapshot"] != "2" and time.monotonic() < until:
            time.sleep(0.1)
        assert client.get("/api/v1/questions/overview").json()["digest"] == second["digest"]
        assert client.get("/readyz").json()["status"] == "ready"


def break_off(patch, after, error):
    from graph.backends.neo4j import Neo4jEngine

    write, left = Neo4jEngine.write, [after]

    def failing(self, guard, statements):
        left[0] -= 1
        if left[0] < 0:
            raise error
        return write(self, guard, statements)

    patch.setattr(Neo4jEngine, "write", failing)


@pytest.mark.drill
@pytest.mark.slow
def test_a_notebook_needs_no_workspace(shilian, workbooks, on_server, tmp_path, monkeypatch):
    loaded(shilian, workbooks / "first", tmp_path / "w", on_server.uri)
    monkeypatch.setenv("SHILIAN_WORKSPACE", str(tmp_path / "nothing"))
    with connect(on_server.uri) as district:
        assert district.overview().rows
        name = district.graph.read("MATCH (c:Community) RETURN c.name AS name ORDER BY name LIMIT 1").item()
        assert district.partners(name, k=3).rows
        assert district.graph.sources(district.graph.entities("Community")["id"][0]).height == 1


def test_an_empty_server_says_what_to_run(shilian, on_server, tmp_path):
    asked = shilian("ask", "overview", "--workspace", tmp_path / "w", "--graph", on_server.uri, "--lang", "en")
    assert asked.code == 3
    assert "shilian load" in asked.err


def test_a_load_to_a_dead_server_writes_nothing(shilian, workbooks, tmp_path):
    called = shilian("load", workbooks / "first", "--workspace", tmp_path / "w", "--graph", "bolt://127.0.0.1:9")
    assert called.code == 3
    assert "没有应答" in called.err
    assert not (tmp_path / "w").exists()


def test_the_files_for_an_import_are_written_from_the_workspace(shilian, sample, tmp_path):
    called = shilian("export", "neo4j-import", tmp_path / "files", "--workspace", sample.workspace, "--json")
    assert called.code == 0
    entities = sample.result.counts["entities"]
    assert {name: called.json["files"][f"{name}.csv"] for name in entities} == entities
    assert called.json["command"].startswith("neo4j-admin database import full neo4j ")
    head = (tmp_path / "files" / "Member.csv").read_text(encoding="utf-8").splitlines()[0]
    assert head.startswith("id:ID(Member),")
    assert "valid_from:date" in (tmp_path / "files" / "Community.csv").read_text(encoding="utf-8").splitlines()[0]
    assert json.loads(json.dumps(called.json)) == called.json
    assert cli.run(["export", "neo4j-import"]) == 1
