import shutil
from datetime import date

import pytest

from graph import engines
from graph.connect import connect
from graph.errors import ArgumentError
from graph.publish import publish
from graph.schema import SCHEMA
from graph.settings import Settings
from graph.storage_errors import SnapshotDamagedError, WorkspaceMissingError
from graph.tables import Tables, entity_columns
from graph.workspace import Workspace
from tests.graph.small import SMALL, frame_of, small_tables


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    workspace = Workspace.open(tmp_path_factory.mktemp("made"), create=True)
    communities = frame_of(
        entity_columns(SCHEMA.entity("Community")), [{"id": f"com:{n}", "name": f"{n}社区"} for n in "甲乙丙"]
    )
    publish(workspace, Tables({"Community": communities}, {}), SCHEMA, {"as_of": date(2026, 6, 30)})
    return workspace.path


@pytest.fixture
def path(made, tmp_path):
    shutil.copytree(made, tmp_path / "w")
    return tmp_path / "w"


def names(graph):
    return graph.read("MATCH (c:Community) RETURN c.name AS name ORDER BY name")["name"].sort().to_list()


def test_the_workspace_of_the_settings_is_opened_and_an_argument_wins(path, monkeypatch):
    monkeypatch.setenv("SHILIAN_WORKSPACE", str(path))
    with connect() as graph:
        assert graph.entities("Community", "name")["name"].sort().to_list() == sorted(["甲社区", "乙社区", "丙社区"])
        assert (graph.snapshot, graph.as_of) == ("1", date(2026, 6, 30))
    monkeypatch.setenv("SHILIAN_WORKSPACE", "nowhere")
    with connect(workspace=path) as graph:
        assert len(names(graph)) == 3


def test_without_a_load_it_says_what_to_run(tmp_path):
    with pytest.raises(WorkspaceMissingError, match="shilian load"):
        connect(workspace=tmp_path)
    Workspace.open(tmp_path, create=True)
    with pytest.raises(WorkspaceMissingError):
        connect(workspace=tmp_path)


def test_a_run_that_was_cut_before_its_first_snapshot_is_told_to_rebuild(tmp_path):
    Workspace.open(tmp_path, create=True).ledger.add_decision("same", {}, "张")
    with pytest.raises(SnapshotDamagedError, match="shilian rebuild"):
        connect(workspace=tmp_path)


@pytest.mark.parametrize("address", ["oracle://x", "neo4k://localhost:7687", "no address"])
def test_an_address_of_no_known_engine_is_refused_with_what_there_is(address, path):
    with pytest.raises(ArgumentError, match="graph"):
        connect(Settings(workspace=path, graph=address))


def test_an_engine_is_added_by_its_scheme(monkeypatch):
    monkeypatch.setitem(engines.SERVERS, "echo", lambda settings, patience: settings.graph)
    assert engines.open_server_engine(Settings(graph="echo://there")) == "echo://there"


@pytest.mark.parametrize("way", ["empty", "cut", "flipped", "deleted"])
def test_a_damaged_graph_file_is_made_anew_from_the_tables(path, way, caplog):
    file = path / "snapshots" / "1" / "graph.lbug"
    content = file.read_bytes()
    if way == "deleted":
        file.unlink()
    else:
        file.write_bytes(
            {
                "empty": b"",
                "cut": content[:5000],
                "flipped": content[:5000] + bytes([content[5000] ^ 4]) + content[5001:],
            }[way]
        )
    with connect(workspace=path) as graph:
        assert len(names(graph)) == 3
    assert "made anew" in caplog.text
    caplog.clear()
    connect(workspace=path).close()
    assert caplog.text == ""


def test_damaged_tables_are_refused_and_not_served(path):
    file = path / "snapshots" / "1" / "tables" / "Community.parquet"
    content = bytearray(file.read_bytes())
    content[40] ^= 1
    file.write_bytes(content)
    with connect(workspace=path) as graph, pytest.raises(SnapshotDamagedError, match="Community"):
        graph.entities("Community")
    file.write_bytes(b"")
    with pytest.raises(SnapshotDamagedError, match="shilian rebuild"):
        connect(workspace=path)


def test_a_damaged_manifest_is_refused(path):
    file = path / "snapshots" / "1" / "manifest.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"revision": 0', '"revision": 7'), encoding="utf-8")
    with pytest.raises(SnapshotDamagedError):
        connect(workspace=path)


def test_a_graph_file_made_for_another_schema_is_made_anew(tmp_path):
    publish(Workspace.open(tmp_path, create=True), small_tables(), SMALL, {})
    with connect(workspace=tmp_path) as graph:
        assert names(graph) == []
        assert graph.entities("Community").height == 0
