"""Sheets that are asked about or refused: what is printed, pasted, or answered in place gets them into the graph, at every door."""

from __future__ import annotations

import io
import re
import time
from pathlib import Path
from typing import Any

import pytest

from graph.decisions import Decision, read_standing
from graph.settings import Settings
from graph.workspace import Workspace
from tests.api.doors import CommandLine, serving
from tests.graph.test_shell_words import in_bash

CENTRES = """序号,党群服务中心名称,地址,面积（平方米）,联系电话,开放时间
1,松一社区党群服务中心,松一路1号,760,0379-64000001,9:00-17:30
2,松二社区党群服务中心,松二路1号,350,0379-64000002,9:00-17:30
"""
ROOMS = """哎哟（"正式" 的 $x）,子丑,面积（平方米）
一号厅,红楼,120
二号厅,绿楼,80
"""
FOREIGN = "qux,blorp,zang\nx1,y1,z1\nx2,y2,z2\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A workspace that does not exist yet."""
    return Settings(workspace=tmp_path / "w", key_file=tmp_path / "key")


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8-sig")
    return path


def load(shilian: CommandLine, settings: Settings, *words: object) -> Any:
    return shilian("load", *words, "--workspace", settings.workspace)


def commands_in(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.startswith("    shilian ")]


def first_of_each_question(text: str) -> list[str]:
    """Return the first command printed for each question."""
    blocks = re.split(r"(?m)^(?! )", text)
    return [commands_in(block)[0] for block in blocks if commands_in(block)]


def test_a_sheet_of_centres_gets_in_by_what_is_printed(
    shilian: CommandLine, settings: Settings, tmp_path: Path
) -> None:
    path = write(tmp_path, "党群服务中心一览表.csv", CENTRES)
    called = load(shilian, settings, path)
    for command in first_of_each_question(called.err) if called.code else ():
        told = shilian(*in_bash(command), "--workspace", settings.workspace)
        assert told.code == 0, told.err
    called = load(shilian, settings, path, "--json")
    assert called.json["counts"]["entities"]["Venue"] == 2


def test_a_named_register_asks_which_column_is_missing_and_the_pasted_answer_counts(
    shilian: CommandLine, settings: Settings, tmp_path: Path
) -> None:
    path = write(tmp_path, "楼里.csv", ROOMS)
    called = load(shilian, settings, path, "--register", "场地")
    assert called.code == 2 or called.code == 1
    called = load(shilian, settings, path, "--register", "场地资源登记表")
    assert called.code == 1 and "—" not in called.err
    command = next(c for c in commands_in(called.err) if "哎哟" in c and c.endswith(" name"))
    assert shilian(*in_bash(command), "--workspace", settings.workspace).code == 0
    called = load(shilian, settings, path, "--register", "楼里=venues", "--json")
    assert called.json["counts"]["entities"] == {"Venue": 2}


def test_what_nothing_speaks_for_is_told_with_the_one_command_that_gets_on(
    shilian: CommandLine, settings: Settings, tmp_path: Path
) -> None:
    called = load(shilian, settings, write(tmp_path, "x.csv", FOREIGN))
    assert called.code == 1
    assert "--register" in called.err and "缺：—" not in called.err


def test_a_list_of_telephones_is_refused_with_the_command_that_loads_it(
    shilian: CommandLine, settings: Settings, tmp_path: Path
) -> None:
    path = write(tmp_path, "联系表.csv", "居委会,地址,电话\n松一居委会,松一路1号,0379-64000001\n")
    called = load(shilian, settings, path)
    if called.code:
        command = next(line.strip() for line in called.err.splitlines() if line.startswith("  shilian load"))
        assert command.endswith("--register communities")
        called = shilian(*in_bash(command), "--workspace", settings.workspace)
    assert called.code == 0


def test_a_register_named_for_a_file_that_is_not_there_is_refused_with_those_that_are(
    shilian: CommandLine, settings: Settings, tmp_path: Path
) -> None:
    called = load(shilian, settings, write(tmp_path, "楼里.csv", ROOMS), "--register", "楼外=venues")
    assert called.code == 1 and "楼里.csv" in called.err
    assert read_standing(Workspace.open(settings.workspace).ledger, Decision) == ()


def test_at_a_terminal_questions_are_asked_once_and_the_rest_loads(
    shilian: CommandLine, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, "楼里.csv", ROOMS)
    monkeypatch.setattr("api.commands.load_command.is_attended", lambda door: True)
    monkeypatch.setattr("sys.stdin", io.StringIO("nonsense\n名称\n\n\n\n\n\n\n"))
    called = load(shilian, settings, path, "--register", "venues")
    assert called.code == 0, called.err
    assert called.err.count("哎哟") == 1 and "“nonsense”" in called.err
    (kept,) = (one.to_payload() for one in read_standing(Workspace.open(settings.workspace).ledger, Decision))
    assert kept["field"] == "name"


def test_without_asking_and_in_a_dry_run_nothing_is_asked(
    shilian: CommandLine, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, "楼里.csv", ROOMS)
    monkeypatch.setattr("api.commands.load_command.is_attended", lambda door: pytest.fail("asked"))
    for option in ("--no-ask", "--dry-run"):
        assert load(shilian, settings, path, "--register", "venues", option).code == 1


def test_the_page_gets_questions_with_the_decisions_that_answer_them(settings: Settings, tmp_path: Path) -> None:
    with serving(settings) as client:
        files = {"files": ("楼里.csv", ROOMS.encode(), "text/csv")}
        failed = finish(client, client.post("/api/v1/loads?register=venues", files=files))
        question = next(q for q in failed["error"]["details"]["questions"] if "哎哟" in q["header"])
        answer = next(a for a in question["answers"] if a["name"] == "name")
        assert answer["label"].startswith("名称") and question["answers"][-1]["name"] == "ignored"
        assert client.post("/api/v1/decisions", json=answer["decision"]).status_code == 201
        done = finish(client, client.post("/api/v1/loads?register=venues", files=files))
        assert done["report"]["counts"]["entities"]["Venue"] == 2


def finish(client: Any, started: Any) -> Any:
    """Wait for a load's job and return it."""
    for _ in range(600):
        job = client.get(f"/api/v1/loads/jobs/{started.json()['id']}").json()
        if job["state"] in {"done", "failed"}:
            return job
        time.sleep(0.1)
    return pytest.fail("the job did not end")
