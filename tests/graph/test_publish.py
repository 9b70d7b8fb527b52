import errno
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import ladybug as engine
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from polars.testing import assert_frame_equal

from graph import publish as publishing
from graph.backends import ladybug
from graph.cypher import read_entities, read_relations
from graph.difference import find_difference
from graph.digest import digest, sort_table
from graph.errors import EngineError, SchemaError
from graph.publish import publish, rebuild_graph_file, verify
from graph.storage_errors import DiskFullError, SnapshotDamagedError
from graph.stored_tables import StoredTables, arrange, read_tables
from graph.tables import Tables, entity_columns, relation_columns
from graph.workspace import NewLoad, NewSheet, Workspace
from tests.graph.publisher import STATES, publish_forever, state
from tests.graph.random_tables import random_tables
from tests.graph.small import SMALL, joined, people, shuffled, small_tables, with_person

META = {"as_of": date(2026, 6, 30), "note": "x"}


@pytest.fixture
def workspace(tmp_path):
    return Workspace.open(tmp_path / "w", create=True)


def read_graph_file(path):
    """Return every row that a graph file holds, by table."""
    with (
        engine.Database(str(path), read_only=True, buffer_pool_size=1 << 28) as database,
        engine.Connection(database) as connection,
    ):
        found = {
            e.label: connection.execute(read_entities(e.label, entity_columns(e))).get_as_pl() for e in SMALL.entities
        }
        for relation in SMALL.relations:
            columns = [c for c in relation_columns(relation) if c not in {"source", "target"}]
            for pair in relation.pairs():
                found[(relation.type, *pair)] = connection.execute(
                    read_relations(relation.type, *pair, columns)
                ).get_as_pl()
    return found


def assert_graph_holds(path, tables):
    found = read_graph_file(path)
    for name, frame in {**arrange(tables, SMALL).entities, **arrange(tables, SMALL).relations}.items():
        key = ["id"] if isinstance(name, str) else ["source", "target"]
        assert_frame_equal(sort_table(found[name].cast(frame.schema), key), sort_table(frame, key))


def graph_path(workspace):
    return workspace.current().folder / "graph.lbug"


def test_what_is_published_is_in_the_tables_in_the_graph_file_and_in_the_manifest(workspace):
    tables = small_tables()
    done = publish(workspace, shuffled(tables), SMALL, META)
    current = Workspace.open(workspace.path).current()
    assert (done.snapshot, done.changed, done.digest) == ("1", True, digest(tables))
    assert done.difference["Person"] == {"added": 40, "changed": 0, "removed": 0}
    assert (current.name, current.as_of, current.meta, current.counts["entities"]) == (
        "1",
        date(2026, 6, 30),
        {"note": "x"},
        {"Club": 3, "Person": 40},
    )
    assert_graph_holds(graph_path(workspace), tables)
    stored = read_tables(current, SMALL)
    assert_frame_equal(stored.entities["Person"], arrange(tables, SMALL).entities["Person"])
    assert_frame_equal(stored.sources, arrange(tables, SMALL).sources)
    assert verify(workspace) == []


def test_publishing_the_same_again_builds_nothing(workspace):
    first = publish(workspace, small_tables(), SMALL, META)
    file = describe(graph_path(workspace))
    again = publish(workspace, shuffled(small_tables()), SMALL, META)
    assert (again.snapshot, again.digest, again.changed, again.difference) == ("1", first.digest, False, {})
    assert describe(graph_path(workspace)) == file


def describe(path):
    return path.stat().st_mtime_ns, path.stat().st_size


def test_publishing_the_same_again_brings_the_revision_up_to_date(workspace):
    publish(workspace, small_tables(), SMALL, META)
    workspace.ledger.add_decision("same", {}, "张")
    assert workspace.pending
    publish(workspace, small_tables(), SMALL, META)
    assert not workspace.pending
    assert workspace.current().name == "1"


def test_it_can_be_told_to_build_anew(workspace):
    publish(workspace, small_tables(), SMALL, META)
    done = publish(workspace, small_tables(), SMALL, META, anew=True)
    assert (done.snapshot, done.changed) == ("2", False)
    assert_graph_holds(graph_path(workspace), small_tables())


def test_the_same_content_from_another_load_is_a_new_snapshot_with_an_equal_digest(workspace):
    first = publish(workspace, small_tables(load="L1"), SMALL, META)
    second = publish(workspace, small_tables(load="L2"), SMALL, META)
    assert (second.snapshot, second.digest, second.changed, second.difference) == ("2", first.digest, False, {})
    assert_graph_holds(graph_path(workspace), small_tables(load="L2"))


def test_a_small_difference_is_written_into_a_copy_and_counted(workspace):
    tables = small_tables(200)
    publish(workspace, tables, SMALL, META)
    changed = with_person(with_person(tables, id="p00003", name="改", tags=None), id="q1", name="新")
    gone = Tables(
        changed.entities,
        {**changed.relations, ("JOINED", "Person", "Club"): changed.relations[("JOINED", "Person", "Club")].head(-2)},
    )
    done = publish(workspace, gone, SMALL, META)
    assert workspace.current().patches == 1
    assert done.difference == {
        "Person": {"added": 1, "changed": 1, "removed": 0}, "JOINED.Person.Club": {"added": 0, "changed": 0, "removed": 2},
    }  # fmt: skip
    assert_graph_holds(graph_path(workspace), gone)


def test_tables_that_did_not_change_share_their_file(workspace):
    publish(workspace, small_tables(200), SMALL, META)
    publish(workspace, with_person(small_tables(200), id="q1", name="新"), SMALL, META)
    folders = [workspace.path / "snapshots" / n / "tables" for n in ("1", "2")]
    assert (folders[0] / "Club.parquet").samefile(folders[1] / "Club.parquet")
    assert not (folders[0] / "Person.parquet").samefile(folders[1] / "Person.parquet")


def test_after_many_changes_the_file_is_filled_anew(workspace, monkeypatch):
    monkeypatch.setattr(publishing, "MOST_PATCHES", 2)
    seen = []
    for number in range(5):
        publish(workspace, with_person(small_tables(200), id="p00001", name=str(number)), SMALL, META)
        seen.append(workspace.current().patches)
    assert seen == [0, 1, 2, 0, 1]


def test_a_difference_that_the_engine_refuses_is_no_loss(workspace, monkeypatch):
    def refuse(*arguments):
        raise EngineError(reason="buffer pool")

    publish(workspace, small_tables(200), SMALL, META)
    monkeypatch.setattr(ladybug, "apply", refuse)
    changed = with_person(small_tables(200), id="q1", name="新")
    publish(workspace, changed, SMALL, META)
    assert workspace.current().patches == 0
    assert_graph_holds(graph_path(workspace), changed)


def test_old_snapshots_go_and_the_newest_three_stay(workspace):
    for number in range(5):
        publish(workspace, with_person(small_tables(), id="p00001", name=str(number)), SMALL, META)
    assert workspace.snapshots() == [3, 4, 5]


def test_a_relation_to_nobody_is_an_error_and_the_old_snapshot_stays(workspace):
    publish(workspace, small_tables(), SMALL, META)
    loose = Tables(
        {"Person": people({"id": "p1"})}, {("JOINED", "Person", "Club"): joined({"source": "p1", "target": "nowhere"})}
    )
    with pytest.raises(EngineError):
        publish(workspace, loose, SMALL, META)
    assert workspace.current().name == "1"
    assert [p.name for p in (workspace.path / "snapshots").iterdir()] == ["1"]


def test_a_repeated_id_is_an_error_and_not_a_row_less(workspace):
    with pytest.raises(EngineError):
        publish(
            workspace, Tables({"Person": people({"id": "p1", "name": "a"}, {"id": "p1", "name": "b"})}, {}), SMALL, META
        )
    assert workspace.current() is None


def test_a_table_that_the_schema_does_not_know_is_an_error(workspace):
    with pytest.raises(SchemaError, match="Ghost"):
        publish(workspace, Tables({"Ghost": people()}, {}), SMALL, META)


def test_a_column_that_older_tables_lack_is_null(workspace):
    older = Tables({"Person": people({"id": "p1", "name": "甲"}).drop("tags", "score")}, {})
    publish(workspace, older, SMALL, META)
    assert_graph_holds(graph_path(workspace), Tables({"Person": people({"id": "p1", "name": "甲"})}, {}))


# --- difference and whole -----------------------------------------------------------------------------------------------------


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(random_tables(), random_tables())
def test_a_changed_copy_holds_the_same_as_a_file_filled_anew(tmp_path_factory, before, after):
    folder = tmp_path_factory.mktemp("files")
    before, after = arrange(before, SMALL), arrange(after, SMALL)
    ladybug.build(folder / "a.lbug", before, SMALL)
    found = {label: find_difference(before.entities[label], frame, ["id"]) for label, frame in after.entities.items()}
    for key, frame in after.relations.items():
        extra = ["since", "since_precision"] if key[0] == "KNOWS" else []
        found[".".join(key)] = find_difference(before.relations[key], frame, ["source", "target", *extra])
    ladybug.apply(folder / "a.lbug", after, SMALL, {name: d for name, d in found.items() if d.rows})
    assert_graph_holds(folder / "a.lbug", after)
    shutil.rmtree(folder)


def test_a_difference_tells_added_changed_restated_and_removed():
    old = people({"id": "1", "name": "a"}, {"id": "2", "name": "b"}, {"id": "3", "name": "c", "load_id": "L1"})
    new = people({"id": "2", "name": "B"}, {"id": "3", "name": "c", "load_id": "L2"}, {"id": "4"})
    found = find_difference(old, new, ["id"])
    assert [f["id"].to_list() for f in (found.added, found.changed.sort("id"), found.removed)] == [
        ["4"],
        ["2", "3"],
        ["1"],
    ]
    assert found.counts() == {"added": 1, "changed": 1, "removed": 1}


def test_rows_that_repeat_have_no_difference():
    twice = people({"id": "1"}, {"id": "1"})
    assert find_difference(twice, twice.head(1), ["id"]) is None


# --- a broken world -----------------------------------------------------------------------------------------------------------

WAYS = {
    "empty": lambda b: b"",
    "cut": lambda b: b[: len(b) // 2],
    "flipped": lambda b: b[:100] + bytes([b[100] ^ 1]) + b[101:],
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ["graph.lbug", "tables/Person.parquet", "manifest.json"])
def test_damage_is_found_and_the_next_publish_mends_it(workspace, way, name):
    publish(workspace, small_tables(200), SMALL, META)
    path = workspace.current().folder / name
    path.write_bytes(WAYS[way](path.read_bytes()))
    assert verify(workspace)
    changed = with_person(small_tables(200), id="q1", name="新")
    publish(workspace, changed, SMALL, META)
    assert verify(workspace) == []
    assert_graph_holds(graph_path(workspace), changed)


def test_damage_in_a_load_is_found(workspace):
    load = NewLoad("a1", "a.xlsx", "d", None, (NewSheet("表", "venues", "full_list", pl.DataFrame({"a": [1]})),))
    workspace.add_load(load)
    path = workspace.live_sheets()[0].records.path
    path.write_bytes(WAYS["flipped"](path.read_bytes()))
    (told,) = verify(workspace)
    assert "loads/a1/0.parquet" in told and "a.xlsx" in told and "shilian withdraw a1" in told.en
    path.unlink()
    assert "loads/a1/0.parquet" in verify(workspace)[0]


def test_a_graph_file_is_made_anew_from_whole_tables_only(workspace):
    publish(workspace, small_tables(), SMALL, META)
    graph_path(workspace).unlink()
    rebuild_graph_file(workspace, SMALL)
    assert verify(workspace) == []
    assert_graph_holds(graph_path(workspace), small_tables())
    (workspace.current().folder / "tables" / "Club.parquet").write_bytes(b"")
    with pytest.raises(SnapshotDamagedError, match="Club"):
        rebuild_graph_file(workspace, SMALL)


@pytest.mark.parametrize("where", ["write_parquet", "copyfile", "fsync", "rename", "replace", "engine"])
def test_a_full_disk_at_any_step_leaves_the_old_snapshot_and_no_half_one(workspace, monkeypatch, where):
    publish(workspace, small_tables(200), SMALL, META)

    def fail(*arguments, **options):
        raise (
            RuntimeError("IO exception: Cannot write to file. Error: No space left on device")
            if where == "engine"
            else OSError(errno.ENOSPC, "No space left on device")
        )

    target = {
        "write_parquet": (pl.DataFrame, "write_parquet"), "copyfile": (shutil, "copyfile"), "fsync": (os, "fsync"),
        "rename": (Path, "rename"), "replace": (Path, "replace"), "engine": (engine.Connection, "execute"),
    }[where]  # fmt: skip
    with monkeypatch.context() as patch:
        patch.setattr(*target, fail)
        with pytest.raises(DiskFullError):
            publish(workspace, with_person(small_tables(200), id="q1", name="新"), SMALL, META)
    assert workspace.current().name == "1"
    assert [p.name for p in (workspace.path / "snapshots").iterdir() if p.name.endswith(".tmp")] == []
    assert verify(workspace) == []
    assert publish(workspace, with_person(small_tables(200), id="q1", name="新"), SMALL, META).changed


@pytest.mark.skipif(os.name != "posix", reason="limits the size of files by resource")
def test_a_real_limit_of_the_system_is_met_the_same_way(workspace):
    publish(workspace, small_tables(), SMALL, META)
    code = (
        "import resource, sys; from graph.publish import publish; from graph.workspace import Workspace; from graph.storage_errors import DiskFullError\n"
        "from tests.graph.small import SMALL, small_tables\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))\n"
        "try: publish(Workspace.open(sys.argv[1]), small_tables(5000), SMALL, {})\n"
        "except DiskFullError: print('full')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(workspace.path)], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "full", done.stderr
    assert workspace.snapshots() == [1]
    assert verify(workspace) == []


KILLS, AT_ONCE = 12, 4


def crash(context, path, seed):
    """Kill a publishing process at a random moment; return what is then found."""
    child = context.Process(target=publish_forever, args=(path, seed))
    child.start()
    time.sleep(random.Random(seed).uniform(0.05, 0.8))
    child.kill()
    child.join()
    child.close()
    return Workspace.open(path, create=True)


@pytest.fixture
def processes():
    """Return how processes are started: by copies of one that has the libraries already, where the system can do that."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.graph.publisher"])
    return context


def test_a_process_killed_at_any_moment_leaves_a_whole_snapshot(tmp_path, processes):
    known = {digest(state(n)) for n in range(STATES * 3)} | {digest(small_tables(50 + n)) for n in range(KILLS)}

    def run(worker):
        for kill in range(KILLS // AT_ONCE):
            workspace = crash(processes, tmp_path / str(worker), worker * 100 + kill)
            current = workspace.current()
            if current is not None:
                assert current.digest in known
                assert current.problems() == []
                assert digest(read_tables(current, SMALL)) == current.digest
                assert_graph_holds(current.folder / "graph.lbug", read_tables(current, SMALL))
            publish(workspace, small_tables(50 + kill), SMALL, META)
            assert workspace.current().digest == digest(small_tables(50 + kill))
            assert len(workspace.snapshots()) <= 4
        return True

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert all(pool.map(run, range(AT_ONCE)))


def test_tables_are_read_column_by_column_and_once(workspace):
    publish(workspace, small_tables(), SMALL, META)
    stored = StoredTables(workspace.current())
    columns = entity_columns(SMALL.entity("Person"))
    assert stored.read("Person", {"name": columns["name"]}).columns == ["name"]
    later = stored.read("Person", {"added_by_a_newer_version": columns["name"]})
    assert (later.height, later["added_by_a_newer_version"].null_count()) == (40, 40)
    shutil.move(workspace.current().folder / "tables", workspace.path / "away")
    assert stored.read("Person", {"name": columns["name"]}).height == 40
    with pytest.raises(SnapshotDamagedError):
        stored.read("Person", {"count": columns["count"]})
