import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from graph.errors import UnknownLoadError
from graph.ledger import Ledger
from graph.storage_errors import WorkspaceDamagedError, WorkspaceNewerError


@pytest.fixture
def ledger(tmp_path):
    ledger = Ledger(tmp_path / "ledger.sqlite")
    ledger.create()
    return ledger


def add_load(ledger, id="a1", report=None):
    sheet = {
        "load_id": id,
        "n": 0,
        "sheet": "表一",
        "register": "venues",
        "scope": "full_list",
        "reported": None,
        "rows": 2,
        "size": 9,
        "sha256": "00",
    }
    ledger.add_loads(
        [
            (
                {
                    "id": id,
                    "file": f"{id}.xlsx",
                    "digest": "d",
                    "as_of": "2026-01-01",
                    "by": "张",
                    "report": report or {},
                },
                [sheet],
            )
        ]
    )


def run(ledger, text):
    connection = sqlite3.connect(ledger.path)
    try:
        with connection:
            return connection.execute(text).fetchall()
    finally:
        connection.close()


def test_a_load_comes_back_as_it_was_put_in(ledger):
    add_load(ledger, report={"files": [{"rows_read": 2}]})
    (load,) = ledger.loads()
    assert (load["id"], load["file"], load["as_of"], load["by"], load["withdrawn"], load["seq"]) == (
        "a1",
        "a1.xlsx",
        "2026-01-01",
        "张",
        False,
        1,
    )
    assert ledger.report("a1") == {"files": [{"rows_read": 2}]}
    assert [s["sheet"] for s in ledger.sheets()] == ["表一"]


def test_a_withdrawn_load_stays_on_the_record_but_its_sheets_do_not_count(ledger):
    add_load(ledger)
    assert ledger.set_withdrawn("a1", True, "李")
    assert not ledger.set_withdrawn("a1", True, "李")
    assert [load["withdrawn"] for load in ledger.loads()] == [True]
    assert ledger.sheets() == []
    assert len(ledger.sheets("a1")) == 1
    assert ledger.set_withdrawn("a1", False, "李")
    assert len(ledger.sheets()) == 1


@pytest.mark.parametrize("table", ["loads", "sheets", "decisions", "withdrawals"])
@pytest.mark.parametrize("text", ["DELETE FROM {table}", "UPDATE {table} SET {column} = 'x'"])
def test_what_is_on_the_record_cannot_be_changed_or_deleted(ledger, table, text):
    add_load(ledger)
    ledger.add_decision("same", {"name": "一拖"}, "张")
    ledger.set_withdrawn("a1", True, "张")
    column = "sheet" if table == "sheets" else "by"
    with pytest.raises(sqlite3.IntegrityError, match="only grows"):
        run(ledger, text.format(table=table, column=column))


def test_the_revision_grows_with_every_load_withdrawal_and_decision(ledger):
    seen = [ledger.revision]
    add_load(ledger)
    seen.append(ledger.revision)
    ledger.set_withdrawn("a1", True, "张")
    seen.append(ledger.revision)
    number = ledger.add_decision("same", {}, "张")
    seen.append(ledger.revision)
    ledger.withdraw_decision(number, "张")
    seen.append(ledger.revision)
    assert seen == [0, 1, 2, 3, 4]


def test_decisions_come_back_by_kind_until_they_are_withdrawn(ledger):
    first = ledger.add_decision("same", {"name": "一拖", "unit": "ent:1"}, "张")
    ledger.add_decision("header", {"header": "备注"}, "李")
    (decision,) = ledger.decisions("same")
    assert (decision["id"], decision["name"], decision["unit"], decision["by"], decision["kind"]) == (
        first,
        "一拖",
        "ent:1",
        "张",
        "same",
    )
    assert [d["kind"] for d in ledger.decisions()] == ["same", "header"]
    ledger.withdraw_decision(first, "张")
    assert [d["kind"] for d in ledger.decisions()] == ["header"]


def test_an_unknown_load_or_decision_is_named(ledger):
    with pytest.raises(UnknownLoadError, match="zz"):
        ledger.set_withdrawn("zz", True, "张")
    with pytest.raises(UnknownLoadError):
        ledger.report("zz")
    with pytest.raises(UnknownLoadError):
        ledger.withdraw_decision(12, "张")


def test_a_load_whose_sheet_cannot_be_recorded_leaves_nothing(ledger):
    with pytest.raises(sqlite3.Error):
        ledger.add_loads(
            [
                (
                    {"id": "b", "file": "b", "digest": "", "as_of": None, "by": "", "report": {}},
                    [{"load_id": "b", "n": 0}],
                )
            ]
        )
    assert ledger.loads() == []


def test_many_threads_may_decide_at_once(ledger):
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda n: ledger.add_decision("same", {"n": n}, "张"), range(24)))
    assert sorted(numbers) == list(range(1, 25))


def test_making_a_ledger_twice_keeps_the_first(ledger):
    add_load(ledger)
    ledger.create()
    assert len(ledger.loads()) == 1


def test_a_ledger_of_a_newer_program_is_refused(ledger, tmp_path):
    run(ledger, "UPDATE meta SET value = '99' WHERE key = 'format'")
    with pytest.raises(WorkspaceNewerError, match="99"):
        ledger.check_format(tmp_path)


@pytest.mark.parametrize("content", [b"", b"this is no database" * 100])
def test_a_file_that_is_no_ledger_is_called_damaged(tmp_path, content):
    (tmp_path / "ledger.sqlite").write_bytes(content)
    with pytest.raises(WorkspaceDamagedError):
        Ledger(tmp_path / "ledger.sqlite").check_format(tmp_path)
