"""What people said that a sheet is: which register, for one sender or for everybody, asked once and never again."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.decisions import Decision
from graph.errors import NothingToLoadError
from graph.settings import Settings
from graph.workspace import Workspace
from loaders.headers.header_decisions import HeaderDecisions
from loaders.loading import LoadOptions, load_paths
from loaders.report.load_questions import LoadQuestion, form_decision
from loaders.report.load_result import LoadResult

GYMS = "号,甲乙,归口\n1,东体育馆,某厂\n2,西体育馆,某厂\n"


def load(folder: Path, dry: bool = False) -> LoadResult:
    return load_paths(folder / "w", [folder / "in"], settings=Settings(), options=LoadOptions(dry_run=dry))


def decide(folder: Path, one: Decision) -> None:
    Workspace.open(folder / "w", create=True).ledger.add_decision(one.kind, one.to_payload(), "甲")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "清册.csv").write_text(GYMS, encoding="utf-8")
    return tmp_path


def ask(*headers: str, sender: str = "甲街道") -> LoadQuestion:
    return LoadQuestion("清册.csv", "清册", sender, "venues", ("venues",), headers=headers)


def test_a_sheet_is_what_somebody_said_and_its_columns_are_then_the_question(folder: Path) -> None:
    with pytest.raises(NothingToLoadError):
        load(folder)
    decide(folder, ask("号", "甲乙", "归口", sender="").answer("venues"))
    with pytest.raises(NothingToLoadError):  # which column is the name is not said yet
        load(folder)
    column = LoadQuestion("清册.csv", "清册", "", "venues", ("name",), column="B", header="甲乙")
    decide(folder, column.answer("name"))
    assert load(folder).counts["entities"]["Venue"] == 2


def test_what_was_said_of_one_sender_is_not_said_of_another_and_goes_before_what_was_said_of_all() -> None:
    own, all_ = ask("馆名", "归口").answer("venues"), ask("馆名", "归口").answer("needs", sender="")
    said = HeaderDecisions.of([own, all_])
    assert said.register_of("甲街道", ["*馆名（必填）", "归口"]) == "venues"
    assert said.register_of("乙街道", ["馆名", "归口"]) == "needs"
    assert said.register_of("甲街道", ["馆名", "归口", "电话"]) == ""
    assert HeaderDecisions.of([own]).register_of("乙街道", ["馆名", "归口"]) == ""


def test_a_sheet_that_is_no_register_is_not_asked_about_again(folder: Path) -> None:
    decide(folder, ask("号", "甲乙", "归口", sender="").answer("ignored"))
    with pytest.raises(NothingToLoadError, match="said that it is no register"):
        load(folder)


def test_of_what_is_no_table_nobody_is_asked_which_register_it_is(folder):
    (folder / "in" / "a.csv").write_text("hello this is no table", encoding="utf-8")
    with pytest.raises(NothingToLoadError) as refused:
        load(folder, dry=True)
    asked = {sheet["file"]: form_decision(sheet) for sheet in refused.value.sheets}
    assert asked["a.csv"] == {} and asked["清册.csv"]["headers"] == "号、甲乙、归口"
