import errno
import json
import multiprocessing
import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import ArgumentError, UnknownLoadError
from graph.storage_errors import (
    DiskFullError,
    LoadDamagedError,
    ReadOnlyError,
    SnapshotDamagedError,
    WorkspaceDamagedError,
    WorkspaceLockedError,
    WorkspaceMissingError,
)
from graph.workspace import NewLoad, NewSheet, Workspace

RECORDS = pl.DataFrame({"name": ["一拖", None], "capacity": [3, 4], "tags": [["a"], None]})


@pytest.fixture
def workspace(tmp_path):
    return Workspace.open(tmp_path / "工作区", create=True)


def new_load(id="a1", frame=RECORDS):
    sheet = NewSheet("表一", "venues", "full_list", frame, date(2026, 3, 1))
    return NewLoad(id, f"{id}.xlsx", "digest", date(2026, 3, 2), (sheet, sheet), {"files": []}, "张")


def test_a_folder_without_a_ledger_is_no_workspace(tmp_path):
    with pytest.raises(WorkspaceMissingError, match="shilian load"):
        Workspace.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_loads_without_their_ledger_are_never_taken_for_a_new_workspace(workspace):
    workspace.add_load(new_load())
    workspace.ledger.path.unlink()
    with pytest.raises(WorkspaceDamagedError, match=r"ledger\.sqlite"):
        Workspace.open(workspace.path, create=True)
    assert (workspace.path / "loads" / "a1" / "0.parquet").is_file()


def test_a_first_run_killed_while_making_the_ledger_is_no_obstacle(tmp_path):
    (tmp_path / "ledger.sqlite.tmp").write_bytes(b"half")
    assert Workspace.open(tmp_path, create=True).ledger.loads() == []


def test_a_file_cannot_be_a_workspace(tmp_path):
    (tmp_path / "w").write_text("x", encoding="utf-8")
    with pytest.raises(ArgumentError):
        Workspace.open(tmp_path / "w", create=True)


def test_a_new_workspace_is_empty_and_nothing_is_pending(workspace):
    assert workspace.current() is None
    assert workspace.live_sheets() == []
    assert not workspace.pending


def test_a_load_comes_back_with_its_records(workspace):
    assert workspace.add_load(new_load()) == "a1"
    first, second = Workspace.open(workspace.path).live_sheets()
    assert first.frame().equals(RECORDS)
    assert second.records.path != first.records.path
    assert (first.load_id, first.file, first.register, first.scope, first.as_of, first.reported) == (
        "a1", "a1.xlsx", "venues", "full_list", date(2026, 3, 2), date(2026, 3, 1),
    )  # fmt: skip
    assert workspace.pending


def test_the_same_load_twice_is_one_load(workspace):
    workspace.add_load(new_load())
    revision = workspace.ledger.revision
    workspace.add_load(new_load(frame=RECORDS.head(1)))
    assert workspace.ledger.revision == revision
    assert workspace.live_sheets()[0].frame().height == 2


def test_a_withdrawn_load_does_not_count_until_it_is_restored_or_loaded_again(workspace):
    workspace.add_load(new_load("a"))
    workspace.add_load(new_load("b"))
    workspace.withdraw("a")
    assert {s.load_id for s in workspace.live_sheets()} == {"b"}
    workspace.restore("a")
    assert [s.load_id for s in workspace.live_sheets()] == ["a", "a", "b", "b"]
    workspace.withdraw("b")
    workspace.add_load(new_load("b"))
    assert [s.load_id for s in workspace.live_sheets()] == ["a", "a", "b", "b"]
    with pytest.raises(UnknownLoadError):
        workspace.withdraw("c")


@pytest.mark.parametrize("id", ["", "../x", "a/b", ".hidden"])
def test_a_load_cannot_name_a_place_outside(workspace, id):
    with pytest.raises(ArgumentError):
        workspace.add_load(new_load(id))


def test_what_a_killed_load_left_is_cleaned_and_the_load_can_be_made_again(workspace):
    half, orphan = workspace.path / "loads" / "x.123.tmp", workspace.path / "loads" / "a1"
    for folder in (half, orphan, workspace.path / "snapshots" / "4.tmp"):
        folder.mkdir()
        (folder / "0.parquet").write_bytes(b"half")
    workspace.add_load(new_load())
    assert [p.name for p in (workspace.path / "loads").iterdir()] == ["a1"]
    assert list((workspace.path / "snapshots").iterdir()) == []
    assert workspace.live_sheets()[0].frame().height == 2


def test_a_full_disk_is_said_and_leaves_nothing_behind(workspace, monkeypatch):
    def write_parquet(self, path, **options):
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pl.DataFrame, "write_parquet", write_parquet)
    with pytest.raises(DiskFullError):
        workspace.add_load(new_load())
    assert list((workspace.path / "loads").iterdir()) == []
    assert workspace.ledger.loads() == []


@pytest.mark.parametrize("damage", [lambda b: b"", lambda b: b[:-20], lambda b: b"\0" * len(b)])
def test_a_damaged_load_is_named(workspace, damage):
    workspace.add_load(new_load())
    sheet = workspace.live_sheets()[0]
    sheet.records.path.write_bytes(damage(sheet.records.path.read_bytes()))
    with pytest.raises(LoadDamagedError, match=r"0\.parquet.*shilian withdraw a1"):
        sheet.frame()


def flip(path, place):
    stored = bytearray(path.read_bytes())
    stored[place % len(stored)] ^= 1 << place % 8
    path.write_bytes(bytes(stored))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10_000))
def test_no_single_flipped_bit_is_ever_read_as_a_value(workspace, place):
    workspace.add_load(new_load())
    records = workspace.sheets_of("a1")[0].records
    whole = records.path.read_bytes()
    flip(records.path, place)
    try:
        assert records.damage() is not None
        with pytest.raises(LoadDamagedError):
            records.read()
    finally:
        records.path.write_bytes(whole)


def test_a_damaged_load_is_stored_again_when_its_file_is_loaded_again(workspace):
    workspace.add_load(new_load())
    sheet = workspace.live_sheets()[0]
    flip(sheet.records.path, 60)
    assert [damage.details["file"] for damage in workspace.find_damage()] == [sheet.file]
    workspace.add_load(new_load())
    assert workspace.find_damage() == []
    assert [load["id"] for load in workspace.ledger.loads()] == ["a1"]


def test_a_damaged_load_whose_rows_are_packed_otherwise_now_takes_its_own_place(workspace):
    workspace.add_load(new_load())
    whole = workspace.live_sheets()[0].frame()
    for times in (1, 2):  # also when what was stored again is damaged in its turn
        flip(workspace.live_sheets()[0].records.path, 60)
        load = new_load()
        sheets = tuple(
            replace(sheet, frame=sheet.frame.rechunk().with_columns(z=pl.lit(times))) for sheet in load.sheets
        )
        workspace.add_load(replace(load, sheets=sheets))
        assert workspace.find_damage() == []
        assert workspace.live_sheets()[0].frame().drop("z").equals(whole)
        assert [load["withdrawn"] for load in workspace.ledger.loads()] == [True] * times + [False]


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.EPERM])
def test_a_folder_that_may_not_be_written_is_said(workspace, monkeypatch, number):
    def refuse(self, path, **options):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(pl.DataFrame, "write_parquet", refuse)
    with pytest.raises(ReadOnlyError):
        workspace.add_load(new_load())
    assert workspace.ledger.loads() == []


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="a place where not even root may write is known on Linux only"
)
def test_a_workspace_in_a_place_where_nobody_may_write_is_refused_as_such():
    with pytest.raises(ReadOnlyError):
        Workspace.open(Path("/sys/shilian"), create=True)


@pytest.mark.parametrize("text", ["", "seven", "12"])
def test_a_damaged_pointer_to_the_snapshot_is_said(workspace, text):
    (workspace.path / "CURRENT").write_text(text, encoding="utf-8")
    with pytest.raises(SnapshotDamagedError):
        workspace.current()
    assert workspace.pending


def test_the_holder_may_take_the_lock_again_and_another_thread_is_told_who_holds_it(workspace):
    failures = []

    def write():
        try:
            with Workspace.open(workspace.path).writing(timeout=0.1):
                failures.append("took it")
        except WorkspaceLockedError as error:
            failures.append(error.message("zh"))

    with workspace.writing(), workspace.writing():
        other = threading.Thread(target=write)
        other.start()
        other.join()
    assert "pid" in failures[0]
    assert "since" in failures[0]
    with Workspace.open(workspace.path).writing(timeout=0.1):
        pass


def test_a_second_writer_waits_for_the_first(workspace):
    order = []

    def write():
        with Workspace.open(workspace.path).writing():
            order.append("second")

    with workspace.writing():
        other = threading.Thread(target=write)
        other.start()
        time.sleep(0.2)
        order.append("first")
    other.join()
    assert order == ["first", "second"]


def hold_forever(path, ready):
    with Workspace.open(path).writing():
        ready.set()
        time.sleep(600)


def test_the_lock_of_a_killed_process_blocks_nobody(workspace):
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    holder = context.Process(target=hold_forever, args=(workspace.path, ready))
    holder.start()
    assert ready.wait(120)
    with pytest.raises(WorkspaceLockedError, match=str(holder.pid)), workspace.writing(timeout=0.1):
        pass
    holder.kill()
    holder.join()
    with workspace.writing(timeout=5):
        pass


def test_the_state_of_a_workspace_is_told_without_the_heavy_libraries(workspace):
    workspace.add_load(new_load())
    code = (
        "import sys, json; from graph.workspace import Workspace; w = Workspace.open(sys.argv[1]);"
        "print(json.dumps([w.pending, w.current(), len(w.live_sheets()), 'polars' in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(workspace.path)], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [True, None, 2, False]
