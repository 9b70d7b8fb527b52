"""The command line as a user meets it: one command, one answer, one exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from api import cli
from queries.answers.catalogue import catalogue

HEAVY = {"polars", "fastapi", "networkx", "ladybug", "numpy", "scipy", "uvicorn", "starlette"}
CHILD = """
import json, sys
from api import cli
code = cli.run(sys.argv[1:])
print(json.dumps([code, sorted(sys.modules)]))
"""


def modules_after(*arguments):
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *map(str, arguments)],
        capture_output=True,
        check=True,
        cwd=Path(cli.__file__).parents[1],
    )
    code, modules = json.loads(done.stdout.decode("utf-8").splitlines()[-1])
    return code, set(modules)


def test_help_and_status_import_nothing_heavy(sample):
    for arguments in (
        ["--help"],
        ["status", "--workspace", sample.workspace],
        ["loads", "--workspace", sample.workspace],
    ):
        code, modules = modules_after(*arguments)
        assert code == 0
        assert HEAVY & modules == set(), arguments


def test_help_lists_every_command_in_either_language(shilian):
    zh, en = shilian("--help"), shilian("--help", "--lang", "en")
    assert zh.code == en.code == 0
    for entry in cli.COMMANDS:
        assert entry.name in zh.out
    assert "载入表格" in zh.out and "通用选项" in zh.out
    assert "load spreadsheets" in en.out and "Options of every command" in en.out
    assert "载入" not in en.out


@pytest.mark.parametrize("name", [entry.name for entry in cli.COMMANDS])
def test_every_command_teaches_with_an_example(shilian, name):
    shown = shilian(name, "--help")
    assert shown.code == 0
    assert f"例: shilian {name}" in shown.out


def test_every_question_is_a_command_with_its_arguments(shilian):
    listed = shilian("ask", "--help").out
    for question in catalogue().values():
        assert question.name in listed
        shown = shilian("ask", question.name, "--help", "--lang", "en").out
        for argument in question.arguments:
            written = argument.name.upper() if argument.positional else "--" + argument.name.replace("_", "-")
            assert written in shown, question.name


def test_options_may_stand_before_or_behind_the_command(shilian, sample):
    before = shilian("--workspace", sample.workspace, "--json", "status")
    behind = shilian("status", "--workspace", sample.workspace, "--json")
    assert before.json == behind.json
    assert before.json["snapshot"] == sample.result.snapshot
    assert before.json["counts"] == json.loads(json.dumps(sample.result.counts))


def test_the_option_behind_the_command_wins(shilian, sample, tmp_path):
    assert shilian("--workspace", tmp_path / "none", "status", "--workspace", sample.workspace, "--json").code == 0


def workbook(sample, part):
    """Return the sample's workbook whose name has a part; one loads faster than ten."""
    return next(path for path in sample.workbooks.iterdir() if part in path.name)


def test_json_is_the_only_thing_on_standard_output(shilian, sample, tmp_path):
    loaded = shilian(
        "load",
        workbook(sample, "场地资源"),
        "--workspace",
        tmp_path / "w",
        "--json",
        "--report",
        tmp_path / "report.xlsx",
    )
    assert loaded.code == 0
    assert set(loaded.json) >= {"snapshot", "digest", "changed", "counts", "files", "problems"}
    assert "report.xlsx" in loaded.err
    assert load_workbook(tmp_path / "report.xlsx").sheetnames


def test_loading_strictly_makes_row_errors_an_exit_code(shilian, sample, tmp_path):
    assert shilian("load", workbook(sample, "场地资源"), "--workspace", tmp_path / "w", "--strict").code == 1
    assert shilian("status", "--workspace", tmp_path / "w").code == 0


def test_a_dry_run_reports_and_writes_nothing(shilian, sample, tmp_path):
    tried = shilian("load", workbook(sample, "社区基本"), "--workspace", tmp_path / "w", "--dry-run", "--json")
    assert tried.json["counts"]["entities"]["Community"] == sample.truth["counts"]["communities"]
    assert shilian("status", "--workspace", tmp_path / "w").code == 3


def test_partners_are_answered_as_json_and_as_a_table(shilian, sample):
    known = sample.truth["obvious_partners"][0]
    asked = shilian("ask", "partners", known["community"], "--k", 3, "--workspace", sample.workspace, "--json").json
    assert (asked["question"], asked["snapshot"], len(asked["rows"])) == ("partners", sample.result.snapshot, 3)
    assert known["enterprise"] in [row["partner"] for row in asked["rows"]]
    assert all(row["reasons"] for row in asked["rows"])
    shown = shilian("ask", "partners", known["community"], "--k", 3, "--workspace", sample.workspace)
    assert known["enterprise"] in shown.out
    assert max(map(len, shown.out.splitlines())) <= 120


def test_an_answer_is_saved_in_the_form_its_file_name_says(shilian, sample, tmp_path):
    for name in ("idle.csv", "idle.xlsx"):
        assert shilian("ask", "unused-resources", "-o", tmp_path / name, "--workspace", sample.workspace).code == 0
        assert (tmp_path / name).stat().st_size > 500
    refused = shilian("ask", "unused-resources", "-o", tmp_path / "idle.pdf", "--workspace", sample.workspace)
    assert (refused.code, (tmp_path / "idle.pdf").exists()) == (1, False)


def test_english_is_english(shilian, sample):
    asked = shilian("ask", "unused-resources", "--workspace", sample.workspace, "--lang", "en")
    assert "unused" in asked.out
    assert shilian("status", "--workspace", sample.workspace, "--lang=en").out.startswith("workspace")


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["load", "nowhere.xlsx"], 1, "nowhere.xlsx"),
        (["load"], 2, "必须填写"),
        (["stauts"], 2, "status"),
        (["status", "--workspac", "x"], 2, "--workspace"),
        (["ask", "partners", "x", "--k", "ten"], 2, "参数“k”的值“ten”无效：应是整数"),
        (["status", "--workspace", "nowhere"], 3, "shilian load"),
        (["ask", "unused-resources", "--workspace", "nowhere"], 3, "nowhere"),
        (["template", "nothing", "-o", "x.xlsx"], 1, "没有“nothing”这种登记表"),
        (["serve", "--host", "0.0.0.0"], 2, "还没有令牌"),
        (["serve", "--host", "example.org"], 2, "example.org"),
    ],
)
def test_errors_are_one_sentence_and_an_exit_code(shilian, tmp_path, monkeypatch, arguments, code, sentence):
    monkeypatch.chdir(tmp_path)
    met = shilian(*arguments)
    assert (met.code, met.out) == (code, "")
    assert sentence in met.err
    assert "Traceback" not in met.err


def test_an_error_is_one_json_document_too(shilian, tmp_path):
    met = shilian("status", "--workspace", tmp_path / "none", "--json")
    assert met.code == 3
    assert met.json["error"]["code"] == "workspace.empty"
    assert set(met.json["error"]["message"]) == {"zh", "en"}


def test_an_unknown_unit_is_answered_with_names_that_come_close(shilian, sample):
    name = sample.truth["obvious_partners"][0]["community"]
    met = shilian("ask", "partners", name[:-2] + "儿社区", "--workspace", sample.workspace)
    assert met.code == 1
    assert name in met.err


def test_a_fault_of_the_program_is_one_line_without_a_traceback(shilian, sample, monkeypatch):
    def fail(*_):
        raise RuntimeError("planted fault\nsecond line")

    monkeypatch.setattr("graph.workspace.Workspace.current", fail)
    met = shilian("status", "--workspace", sample.workspace)
    assert (met.code, met.err.count("\n")) == (1, 1)
    assert "planted fault" in met.err and "second line" not in met.err
    monkeypatch.setenv("SHILIAN_DEBUG", "1")
    assert "Traceback" in shilian("status", "--workspace", sample.workspace).err


def test_a_load_is_withdrawn_and_comes_back(shilian, core, own, monkeypatch):
    monkeypatch.setenv("SHILIAN_KEY_FILE", str(own.key_file))
    where = ("--workspace", own.workspace, "--json")
    loads = shilian("loads", *where).json["loads"]
    venues = next(load["id"] for load in loads if "场地资源" in load["file"])
    without = shilian("withdraw", venues[:8], *where).json
    assert "Venue" not in without["counts"]["entities"]
    assert shilian("status", *where).json["withdrawn"] == 1
    changes = shilian("diff", core.result.snapshot, without["snapshot"], *where).json
    assert changes["entities"]["Venue"]["removed"]["count"] == core.truth["counts"]["venues"]
    assert "Community" not in changes["entities"]
    assert "Venue" in shilian("diff", core.result.snapshot, without["snapshot"], *where[:2]).out
    again = shilian("load", workbook(core, "场地资源"), "--as-of", core.truth["as_of"], *where).json
    assert again["digest"] == core.result.digest
    assert shilian("diff", core.result.snapshot, again["snapshot"], *where).json["same"] is True
    assert [shilian(*wrong, *where).code for wrong in (("withdraw", "zzzz"), ("diff", "1", "99"))] == [1, 1]


def test_rebuilding_gives_the_same_digest_and_verify_finds_damage(shilian, core, own):
    where = ("--workspace", own.workspace, "--json")
    assert shilian("rebuild", *where).json["digest"] == core.result.digest
    assert shilian("verify", *where).json == {"workspace": str(own.workspace), "ok": True, "problems": []}
    table = next((own.workspace / "snapshots").glob("*/tables/Venue.parquet"))
    table.write_bytes(table.read_bytes()[:-1] + b"!")
    damaged = shilian("verify", *where)
    assert (damaged.code, damaged.json["ok"]) == (3, False)
    assert "Venue" in damaged.json["problems"][0]


def test_a_decision_is_on_the_record_and_in_the_next_snapshot(shilian, sample, own):
    where = ("--workspace", own.workspace, "--json")
    known = sample.truth["obvious_partners"][0]
    decided = shilian("decide", "same", "那个大厂", known["enterprise"], "--reason", "问过本人单位", *where).json
    assert decided["kind"] == "same" and decided["unit"].startswith(("uscc:", "ent:"))
    assert shilian("decide", "reject", known["community"], known["enterprise"], *where).json["id"] == decided["id"] + 1
    assert shilian("status", *where).json["decisions"] == 2


def test_a_picture_is_a_page_that_needs_nothing_from_elsewhere(shilian, sample, tmp_path):
    name = sample.truth["obvious_partners"][0]["community"]
    drawn = shilian("picture", name, "-o", tmp_path / "deep" / "picture.html", "--workspace", sample.workspace)
    page = (tmp_path / "deep" / "picture.html").read_text(encoding="utf-8")
    assert drawn.code == 0
    assert name in page
    assert 'src="http' not in page and 'href="http' not in page
    assert shilian("picture", name, "-o", tmp_path / "picture.png", "--workspace", sample.workspace).code == 1


@pytest.mark.drill
def test_the_demo_answers_the_three_questions(shilian, tmp_path):
    shown = shilian(
        "demo", "--folder", tmp_path / "demo", "--workspace", tmp_path / "demo" / "workspace", "--no-serve", "--json"
    )
    assert shown.code == 0, shown.err
    assert [answer["question"] for answer in shown.json["answers"]] == ["partners", "unused-resources", "member-links"]
    assert all(answer["rows"] for answer in shown.json["answers"])
    assert Path(shown.json["picture"]).stat().st_size > 10_000
