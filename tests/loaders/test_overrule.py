"""Where sheets disagree, and what happens when a person decides: the value, its origin, and back again."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.deciding import decide as take_decision
from graph.decisions import make_decision
from graph.errors import ArgumentError, UnknownEntityError, UnknownRegisterError
from graph.settings import Settings
from graph.workspace import Workspace
from loaders.loading import load_paths, publish_workspace
from queries import connect as connect_district

HEADS = "所属街道,社区名称,社区代码,户数,办公地址\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for name, households, address in (("社区甲表", 2000, "解放路1号"), ("社区乙表", 2150, "解放路1号")):
        text = HEADS + f"长安路街道,重二社区,410305001001,{households},{address}\n长安路街道,{name[2]}社区,,10,\n"
        (tmp_path / "in" / f"{name}.csv").write_text(text, encoding="utf-8")
    load_paths(tmp_path / "w", [tmp_path / "in"], settings=settings(tmp_path))
    return tmp_path


def settings(folder: Path) -> Settings:
    return Settings(workspace=folder / "w", key_file=folder / "key")


def decide(folder: Path, kind: str, **said: str) -> int:
    return take_decision(make_decision(kind, said), settings(folder)).number


def publish(folder: Path) -> None:
    workspace = Workspace.open(folder / "w")
    with workspace.writing():
        publish_workspace(workspace, settings=settings(folder))


def households(folder: Path) -> int:
    graph = connect_district(folder / "w").graph
    return int(graph.entities("Community").filter(id="com:410305001001")["households"][0])


def test_the_sheets_that_disagree_are_a_question_with_both_cells(folder: Path):
    (row,) = connect_district(folder / "w").conflicts(field="households").rows
    assert (row.entity, row.name, row.field) == ("com:410305001001", "重二社区", "households")
    assert {row.in_use, row.other} == {"2000", "2150"}
    assert {r["file"] for r in row.records} == {"社区甲表.csv", "社区乙表.csv"}
    assert [r["row"] for r in row.records] == [2, 2]
    assert row.decide.startswith("shilian decide value com:410305001001 households")


def test_a_decision_overrules_the_sheets_and_its_withdrawal_brings_them_back(folder: Path):
    before, digest = households(folder), Workspace.open(folder / "w").current().digest
    number = decide(folder, "value", entity="com:410305001001", field="households", value="2,100户", reason="已核实")
    assert households(folder) == 2100
    assert connect_district(folder / "w").conflicts(field="households").rows == []
    Workspace.open(folder / "w").ledger.withdraw_decision(number, "甲")
    publish(folder)
    assert households(folder) == before
    assert Workspace.open(folder / "w").current().digest == digest


def test_the_value_says_who_decided_it_and_why(folder: Path):
    number = decide(folder, "value", entity="com:410305001001", field="households", value="2100", reason="已核实")
    rows = connect_district(folder / "w").provenance("重二社区", field="households").rows
    assert rows[0].current and rows[0].value == 2100
    assert f"人工决定 {number}" in str(rows[0].note) and "已核实" in str(rows[0].note)
    assert [r.current for r in rows[1:]] == [False, False], "what the sheets say stays on the record"


def test_a_later_load_does_not_undo_a_decision(folder: Path):
    decide(folder, "value", entity="com:410305001001", field="households", value="2100")
    (folder / "in" / "社区丙表.csv").write_text(HEADS + "长安路街道,重二社区,410305001001,9,\n", encoding="utf-8")
    load_paths(folder / "w", [folder / "in"], settings=settings(folder))
    assert households(folder) == 2100


def test_a_decision_about_something_gone_is_reported(folder: Path):
    decide(folder, "value", entity="com:410305001001", field="households", value="2100")
    workspace = Workspace.open(folder / "w")
    with workspace.writing():
        for load in workspace.ledger.loads():
            workspace.withdraw(load["id"], by="甲")
        result = publish_workspace(workspace, settings=settings(folder))
    assert [p.code for p in result.problems] == ["decision.unused"]


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"field": "households", "value": "很多"}, ArgumentError),
        ({"field": "moons", "value": "2"}, ArgumentError),
        ({"field": "address", "value": "找13912345678"}, ArgumentError),
        ({"entity": "com:nowhere", "field": "households", "value": "2"}, UnknownEntityError),
    ],
)
def test_a_value_that_cannot_be_is_refused_when_it_is_decided(
    folder: Path, said: dict[str, str], error: type[Exception]
):
    with pytest.raises(error):
        decide(folder, "value", **{"entity": "com:410305001001", **said})


def test_a_header_decision_names_a_register_and_a_field_that_exist(folder: Path):
    with pytest.raises(UnknownRegisterError, match="venues"):
        decide(folder, "header", register="venuse", header="建面", field="area_m2")
    with pytest.raises(ArgumentError, match="area_m2"):
        decide(folder, "header", register="venues", header="建面", field="area")
