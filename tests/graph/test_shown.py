"""The log of what was shown: small, bounded, whole lines only, and never in the way of an answer."""

import json
import logging
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from graph import shown
from graph.shown import MOST_PAIRS, Shown, ShownLog

PAIRS = Shown("enterprise-community", "default 1 0a1b2c3d", ["com:甲", "com:甲"], ["ent:1", "ent:2"], [1, 2])


def add(log, times=1, what=PAIRS):
    for _ in range(times):
        log.add(what, "partners", "3", "d" * 64)


def test_what_was_shown_is_read_back_a_row_a_pair(tmp_path):
    log = ShownLog(tmp_path / "shown")
    add(log)
    add(log, what=Shown("resource-unit", "default 1 ffffffff", ["ven:1"], ["com:甲"], [1]))
    found = log.read("enterprise-community")
    assert found.columns == ["left", "right", "at", "rank", "weights", "question"]
    assert found.drop("at").rows() == [
        ("com:甲", "ent:1", 1, "default 1 0a1b2c3d", "partners"),
        ("com:甲", "ent:2", 2, "default 1 0a1b2c3d", "partners"),
    ]
    assert abs(found["at"][0] - datetime.now(UTC).replace(tzinfo=None)) < timedelta(minutes=1)
    (line, _) = log.lines()
    assert (line["snapshot"], line["digest"]) == ("3", "d" * 16)
    assert log.read("post-unit").height == 0


def test_an_answer_that_recommends_nothing_leaves_no_line(tmp_path):
    log = ShownLog(tmp_path / "shown")
    add(log, what=Shown("enterprise-community", "w", [], [], []))
    assert not (tmp_path / "shown").exists()
    assert log.read("enterprise-community").height == 0


def test_of_a_huge_answer_the_first_pairs_are_kept_and_their_number_said(tmp_path):
    log = ShownLog(tmp_path / "shown")
    many = [f"com:{n}" for n in range(MOST_PAIRS + 7)]
    add(log, what=Shown("enterprise-community", "w", many, many, range(len(many))))
    (line,) = log.lines()
    assert (len(line["left"]), line["of"]) == (MOST_PAIRS, MOST_PAIRS + 7)


def test_the_log_never_outgrows_its_bound_and_forgets_the_oldest(tmp_path, monkeypatch):
    monkeypatch.setattr(shown, "FILE_BYTES", 1000)
    monkeypatch.setattr(shown, "FILES", 3)
    log = ShownLog(tmp_path)
    size = 0
    for number in range(60):
        log.add(PAIRS, "partners", str(number), "d")
        size = max(size, sum(path.stat().st_size for path in tmp_path.iterdir()))
    assert size < 3 * 1400  # three files, each a line over
    kept = [int(line["snapshot"]) for line in log.lines()]
    assert kept == list(range(kept[0], 60))
    assert 0 < kept[0] < 58


def test_a_line_that_was_cut_off_costs_itself_alone(tmp_path):
    log = ShownLog(tmp_path)
    add(log, 2)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    first = whole.index(b"\n") + 1
    for cut in range(len(whole)):
        file.write_bytes(whole[:cut])
        before = len(list(log.lines()))
        assert before == (cut >= first - 1) + (cut >= len(whole) - 1)
        add(log)
        assert len(list(log.lines())) == before + 1


@pytest.mark.parametrize(
    "garbage", [b"\x00\xff\n", b"[]\n", b"{}\n", b"17\n", b'{"at":"yesterday"}\n', b'{"left":["a"],"right":[]}\n']
)
def test_a_damaged_line_is_left_out(tmp_path, garbage):
    log = ShownLog(tmp_path)
    add(log)
    (file,) = tmp_path.iterdir()
    file.write_bytes(garbage + file.read_bytes() + garbage)
    assert log.read("enterprise-community").height == 2


@pytest.mark.parametrize(("name", "value"), [("rank", ["1", "2"]), ("left", ["com:甲"]), ("weights", 7)])
def test_a_line_of_the_wrong_kinds_is_left_out(tmp_path, name, value):
    log = ShownLog(tmp_path)
    add(log)
    (file,) = tmp_path.iterdir()
    line = json.loads(file.read_bytes())
    file.write_bytes(file.read_bytes() + json.dumps(line | {name: value}).encode() + b"\n")
    assert log.read("enterprise-community").height == 2


def test_where_nothing_can_be_written_one_warning_says_so_and_nothing_is_raised(tmp_path, caplog):
    (tmp_path / "shown").write_text("a file where the folder should be")
    log = ShownLog(tmp_path / "shown")
    with caplog.at_level(logging.WARNING, logger="shilian.graph"):
        add(log, 5)
    assert len(caplog.records) == 1
    assert "answers are not affected" in caplog.text


@pytest.mark.skipif(os.name != "posix", reason="a device that is always full")
def test_a_full_disk_costs_no_answer(tmp_path, caplog):
    (tmp_path / "000001.jsonl").symlink_to("/dev/full")
    add(ShownLog(tmp_path), 3)
    assert len(caplog.records) == 1
    assert "No space left" in caplog.text


def test_threads_do_not_mix_their_lines(tmp_path):
    log = ShownLog(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: add(log, 20), range(8)))
    assert len(list(log.lines())) == 160


WRITE = """
import sys
from pathlib import Path
from graph.shown import Shown, ShownLog
log, pairs = ShownLog(Path(sys.argv[1])), Shown("p", "w", ["a" * 300] * 20, ["b"] * 20, range(20))
for _ in range(200):
    log.add(pairs, "partners", "3", "d")
"""


@pytest.mark.skipif(os.name != "posix", reason="elsewhere two processes may cost each other a line")
def test_processes_do_not_mix_their_lines(tmp_path):
    workers = [subprocess.Popen([sys.executable, "-c", WRITE, str(tmp_path)]) for _ in range(2)]
    assert [worker.wait(60) for worker in workers] == [0, 0]
    assert len(list(ShownLog(tmp_path).lines())) == 400
