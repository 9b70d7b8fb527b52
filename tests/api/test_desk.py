"""Behind the routes: answers kept, work done once, the snapshot swapped, and the queue that is never endless."""

import asyncio
import os
import threading
from dataclasses import dataclass

import pytest

from api.answers import AnswerDesk, state_of
from api.cache import AnswerCache, make_answer
from api.door_errors import BusyError
from api.metrics import Metrics
from api.pool import ReadPool
from api.served import LOOK_AGAIN_SECONDS, ServedGraph
from api.uploads import safe_name
from graph.settings import Settings
from graph.workspace import CURRENT


@dataclass
class FakeGraph:
    snapshot: str
    digest: str = "d"
    is_open: bool = True

    def close(self):
        self.is_open = False


class Shelf:
    """A workspace with nothing but CURRENT, and the graphs that were opened for it."""

    def __init__(self, folder):
        self.settings = Settings(workspace=folder)
        self.opened = []
        self.clock = 0
        self.publish("1")
        self.served = ServedGraph(self.settings, self.open)

    def publish(self, name):
        pointer = self.settings.workspace / CURRENT
        pointer.parent.mkdir(parents=True, exist_ok=True)
        pointer.write_text(name, encoding="utf-8")
        self.clock += 1
        os.utime(pointer, (self.clock, self.clock))

    def open(self, settings):
        self.opened.append(FakeGraph((settings.workspace / CURRENT).read_text(encoding="utf-8")))
        return self.opened[-1]


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    monkeypatch.setattr("api.served.LOOK_AGAIN_SECONDS", 0)
    return Shelf(tmp_path / "w")


def kept(size, snapshot="1"):
    return make_answer(snapshot, snapshot, "key", b"x" * size, "zh", False)


def test_a_cache_forgets_the_least_recently_used_by_number_and_by_size():
    cache = AnswerCache(most=3, most_bytes=100)
    for key in "abc":
        cache.put(key, kept(10))
    cache.get("a", "1")
    cache.put("d", kept(10))
    assert [cache.get(key, "1") is not None for key in "abcd"] == [True, False, True, True]
    cache.put("e", kept(25))
    cache.put("f", kept(24))
    cache.put("huge", kept(26))
    assert cache.get("huge", "1") is None
    assert (cache.size <= 100, len(cache) <= 3) == (True, True)


def test_an_answer_of_another_snapshot_is_not_at_hand():
    cache = AnswerCache()
    cache.put("a", kept(10))
    assert cache.get("a", "2") is None
    assert (len(cache), cache.size) == (0, 0)


def test_readers_get_the_new_snapshot_and_the_old_one_is_closed_after_its_last_reader(shelf):
    assert shelf.served.snapshot() is None
    with shelf.served.reading(None) as old:
        assert shelf.served.snapshot() == "1"
        shelf.publish("2")
        assert shelf.served.snapshot() is None
        with shelf.served.reading(None) as new:
            assert (old.snapshot, new.snapshot, old.is_open) == ("1", "2", True)
        assert old.is_open
    assert (old.is_open, new.is_open, shelf.served.snapshot()) == (False, True, "2")
    shelf.served.close()
    assert not new.is_open


def test_looking_whether_the_snapshot_changed_is_rare():
    assert 0.05 <= LOOK_AGAIN_SECONDS <= 1


def test_a_full_queue_says_come_back():
    async def fill():
        pool, gate = ReadPool(readers=1, queued=1), threading.Event()
        running = [asyncio.ensure_future(pool.run(gate.wait)) for _ in range(2)]
        await asyncio.sleep(0.05)
        with pytest.raises(BusyError) as met:
            await pool.run(lambda: None)
        gate.set()
        await asyncio.gather(*running)
        assert await pool.run(lambda: 5) == 5
        pool.close()
        return met.value

    error = asyncio.run(fill())
    assert error.status == 503


def test_the_same_question_at_the_same_time_is_worked_out_once(shelf, monkeypatch):
    asked = []

    def work(self, key, question, given, scope, lang):
        with self.served.reading(None) as graph:
            asked.append(given)
            threading.Event().wait(0.05)
            return make_answer(graph.snapshot, state_of(graph.snapshot), str(key), b"{}", lang, False)

    monkeypatch.setattr(AnswerDesk, "_ask", work)

    async def ask_together():
        from queries.answers.catalogue import find_question
        from queries.reading.scope import Scope

        desk = AnswerDesk(shelf.served, ReadPool(), Metrics())
        question, scope = find_question("unused-resources"), Scope("x", "viewer")
        answers = [desk.answer(question, {}, scope, "zh", ("short",)) for _ in range(8)]
        await asyncio.gather(*answers)
        assert len(asked) == 1
        assert desk.at_hand(("short",)) is not None
        await desk.answer(question, {"all": "true"}, scope, "zh")
        await desk.answer(question, {}, Scope("x", "analyst"), "zh")
        assert len(asked) == 3
        shelf.publish("2")
        assert desk.at_hand(("short",)) is None
        desk.pool.close()

    asyncio.run(ask_together())


@pytest.mark.parametrize(
    ("written", "kept_as"),
    [
        ("附件1：场地（最终版）.xlsx", "附件1_场地（最终版）.xlsx"), ("../../etc/passwd", "passwd"), ("C:\\Users\\a\\b.csv", "b.csv"), ("..", "file-3"),
        ("", "file-3"), ("CON.xlsx", "file-3"), ("a\x00b\n.csv", "a_b_.csv"), ("~$x.xlsx", "__x.xlsx"), (".bashrc", "bashrc"), ("x" * 500 + ".xlsx", "x" * 80 + ".xlsx"),
    ],
)  # fmt: skip
def test_uploaded_files_are_kept_under_harmless_names(written, kept_as):
    assert safe_name(written, 3) == kept_as
