"""What people said of headers: for one sender or for everybody, and which files it makes anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph.settings import Settings
from graph.workspace import Workspace
from loaders.headers.header_decisions import HeaderDecisions
from loaders.loading import LoadOptions, load_paths
from loaders.report.load_result import LoadResult

HEADS = "场地名称,资源类型,产权单位,吉祥数\n"


def decision(field: str, header: str = "吉祥数", sender: str = "", register: str = "venues") -> dict[str, str]:
    return {"register": register, "header": header, "field": field, "sender": sender}


def test_what_was_said_of_a_sender_counts_before_what_was_said_of_everybody():
    said = HeaderDecisions.of([decision("capacity", sender="武汉路街道"), decision("area_m2")])
    assert said.for_sender("武汉路街道") == {("venues", "吉祥数"): "capacity"}
    assert said.for_sender("长安路街道") == {("venues", "吉祥数"): "area_m2"}
    assert said.for_sender("") == {("venues", "吉祥数"): "area_m2"}


def test_of_two_decisions_about_one_header_the_later_counts_and_spelling_does_not_matter():
    said = HeaderDecisions.of([decision("capacity"), decision("area_m2", header="*吉祥 数（必填）")])
    assert said.for_sender("甲") == {("venues", "吉祥数"): "area_m2"}


@pytest.mark.parametrize(
    ("sheet", "applies"),
    [
        ({"register": "venues", "sender": "甲", "headers": ["吉祥数"]}, True),
        ({"register": None, "sender": "甲", "headers": ["吉祥数"]}, True),
        ({"register": "venues", "sender": "乙", "headers": ["吉祥数"]}, False),
        ({"register": "venues", "sender": "甲", "headers": ["面积"]}, False),
        ({"register": "needs", "sender": "甲", "headers": ["吉祥数"]}, False),
    ],
)
def test_a_decision_bears_on_sheets_of_its_sender_and_register_that_have_the_header(sheet, applies):
    assert bool(HeaderDecisions.of([decision("capacity", sender="甲")]).that_apply([sheet])) is applies


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for sender, venue in (("长安路街道", "东礼堂"), ("武汉路街道", "西礼堂")):
        text = f"填报单位：{sender}\n{HEADS}{venue},礼堂,,120\n"
        (tmp_path / "in" / f"{sender}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def load(folder: Path) -> LoadResult:
    settings = Settings(workspace=folder / "w", key_file=folder / "key")
    return load_paths(folder / "w", [folder / "in"], settings=settings)


def loads(folder: Path) -> list[tuple[str, str]]:
    return [(row["file"], row["id"]) for row in Workspace.open(folder / "w").ledger.loads()]


def standing(folder: Path) -> list[tuple[str, str]]:
    return [(r["file"], r["id"]) for r in Workspace.open(folder / "w").ledger.loads() if not r["withdrawn"]]


def meaning(result: LoadResult) -> dict[str, str]:
    return {f["file"]: next(c["field"] for c in f["columns"] if c["header"] == "吉祥数") for f in result.files}


def test_a_decision_for_one_sender_changes_its_file_and_no_other(folder: Path):
    load(folder)
    before = loads(folder)
    Workspace.open(folder / "w").ledger.add_decision("header", decision("capacity", sender="长安路街道"), "甲")
    result = load(folder)
    assert meaning(result) == {"长安路街道.csv": "capacity", "武汉路街道.csv": ""}
    made = [file for file, id_ in loads(folder) if (file, id_) not in before]
    assert made == ["长安路街道.csv"], "the other file is not read again"
    assert load(folder).changed is False
    assert len(loads(folder)) == 3


def test_a_file_read_anew_takes_the_place_of_its_last_load_and_gives_it_back_with_the_decision(folder: Path):
    workspace, first = Workspace.open(folder / "w", create=True), load(folder)
    number = workspace.ledger.add_decision("header", decision("capacity", sender="长安路街道"), "甲")
    decided = load(folder)
    assert len(standing(folder)) == 2, "the load made before it was decided counts no more"
    workspace.ledger.withdraw_decision(number, "甲")
    again = load(folder)
    assert (first.digest, decided.digest == first.digest) == (again.digest, False)
    assert standing(folder) == loads(folder)[:2]


def test_a_dry_run_shows_what_a_file_read_anew_would_take_the_place_of(folder: Path):
    settings = Settings(workspace=folder / "w", key_file=folder / "key")
    load(folder)
    Workspace.open(folder / "w").ledger.add_decision("header", decision("ignored", header="产权单位"), "甲")
    tried = load_paths(folder / "w", [folder / "in"], settings=settings, options=LoadOptions(dry_run=True))
    assert tried.digest == load(folder).digest


def test_the_same_file_under_other_options_is_a_load_of_its_own(folder: Path):
    settings = Settings(workspace=folder / "w", key_file=folder / "key")
    load(folder)
    load_paths(folder / "w", [folder / "in"], settings=settings, options=LoadOptions(as_of=date(2025, 1, 1)))
    assert len(standing(folder)) == 4


def test_a_decision_for_everybody_changes_both(folder: Path):
    load(folder)
    Workspace.open(folder / "w").ledger.add_decision("header", decision("capacity"), "甲")
    assert set(meaning(load(folder)).values()) == {"capacity"}


def test_a_decision_about_another_header_makes_nothing_anew(folder: Path):
    load(folder)
    before = loads(folder)
    Workspace.open(folder / "w").ledger.add_decision("header", decision("capacity", header="月相"), "甲")
    load(folder)
    assert loads(folder) == before
