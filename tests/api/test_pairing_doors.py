"""Pairing at the doors: accepting, drafting an agreement, plans made before, learning weights and putting them to use."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from graph.settings import Settings
from loaders.district import generate_workbooks
from tests.api.doors import serving
from tests.loaded import Loaded, load_folder

EQUAL = {
    "needs_met",
    "members_living_there",
    "near",
    "skills",
    "track_record",
    "needs_met_other_way",
    "close_in_graph",
    "sector_fit",
}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """A district with agreements enough to learn from."""
    folder = tmp_path_factory.mktemp("many")
    truth = generate_workbooks(folder / "workbooks", seed=3, communities=60, enterprises=20, members=300)
    return load_folder(folder / "workbooks", folder, date.fromisoformat(truth["as_of"]))


def pages(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def pair_of(sample: Loaded) -> tuple[str, str]:
    known = sample.truth["obvious_partners"][0]
    return known["community"], known["enterprise"]


def test_an_accepted_pairing_is_seen_afterwards_and_no_longer_proposed(shilian, sample, own):
    where = ("--workspace", own.workspace, "--json")
    community, enterprise = pair_of(sample)
    before = shilian("ask", "partners", community, *where).json
    assert before["rows"][0]["partner"] == enterprise
    decided = shilian("decide", "accept", community, enterprise, "--reason", "双方同意", *where).json
    assert decided["changed"] is True
    after = shilian("ask", "partners", community, "--why-not", enterprise, *where).json
    assert enterprise not in [row["partner"] for row in after["rows"]]
    assert [one["unit"] for one in after["accepted"]] == [enterprise]
    assert after["accepted"][0]["text"] == after["why_not"]["text"] == "已采纳结对，协议待签"
    assert after["why_not"]["excluded"]["rule"] == "already_accepted"
    seen = shilian("ask", "partners", enterprise, *where).json
    assert [one["unit"] for one in seen["accepted"]] == [community]
    plan = shilian("ask", "pairing-plan", *where).json
    assert [(one["left"], one["right"]) for one in plan["accepted"]] == [(community, enterprise)]
    assert community not in [row["left"] for row in plan["rows"]] + [one["unit"] for one in plan["uncovered"]]
    taken_back = shilian("decide", "undo", decided["id"], *where).json
    assert taken_back["changed"] is True
    assert shilian("ask", "partners", community, *where).json["rows"] == before["rows"]


def test_accepting_writes_a_draft_of_the_agreement(shilian, sample, own, tmp_path):
    where = ("--workspace", own.workspace, "--json")
    community, enterprise = pair_of(sample)
    path = tmp_path / "deep" / "协议.docx"
    assert shilian("decide", "accept", community, enterprise, "--draft", path, *where).json["kind"] == "accept"
    text = pages(path)
    for said in ("共驻共建协议（草案）", f"甲方：{community}", f"乙方：{enterprise}", "甲方需求", "代表签字", "党员"):
        assert said in text
    again = tmp_path / "again.docx"
    assert shilian("export", "agreement", enterprise, community, "-o", again, *where).json["file"] == str(again)
    assert pages(again) == text


def test_a_draft_shows_no_small_number_of_people_and_no_person(shilian, sample, own, tmp_path):
    path = tmp_path / "draft.docx"
    for community, enterprise in list({tuple(pair.split("|")[::-1]) for pair in sample.truth["members_living_in"]})[:5]:
        assert shilian("export", "agreement", community, enterprise, "-o", path, "--workspace", own.workspace).code == 0
        text = pages(path)
        assert not any(hidden in text for hidden in sample.truth["must_not_appear"])
        living = sample.truth["members_living_in"][f"{enterprise}|{community}"]
        shown = f"{living - living % 5} 名以上党员住在该社区" if living >= 5 else "住在该社区的党员少于5人"
        assert shown in text


@pytest.mark.parametrize(
    "words",
    [("agreement", "A"), ("agreement", "A", "B"), ("FOLDER", "-o", "x.docx"), ("agreement", "A", "B", "-o", "x.pdf")],
)
def test_an_export_that_makes_no_sense_is_refused_in_words(shilian, own, words):
    assert shilian("export", *words, "--workspace", own.workspace).code == 1


def test_nothing_is_recorded_where_the_draft_cannot_be_written(shilian, sample, own):
    where = ("--workspace", own.workspace, "--json")
    community, enterprise = pair_of(sample)
    assert shilian("decide", "accept", community, enterprise, "--draft", "x.pdf", *where).code == 1
    assert shilian("decide", "list", *where).json == {"decisions": []}


def test_a_plan_made_before_is_kept_and_compared(shilian, sample, tmp_path):
    where = ("--workspace", sample.workspace, "--json")
    path = tmp_path / "plan.json"
    path.write_text(shilian("ask", "pairing-plan", *where).out, encoding="utf-8")
    rows = json.loads(path.read_text(encoding="utf-8"))["rows"]
    again = shilian("ask", "pairing-plan", "--keep", path, "--compare", path, *where).json
    assert again["comparison"]["kept"] == len(rows)
    assert again["comparison"]["added"] == again["comparison"]["dropped"] == again["unknown_pairs"] == []
    gone = {"rows": [*rows, {"left_id": "com:gone", "right_id": "ent:gone"}]}
    path.write_text(json.dumps(gone), encoding="utf-8")
    assert shilian("ask", "pairing-plan", "--compare", path, *where).json["unknown_pairs"] == ["com:gone|ent:gone"]
    path.write_text("[]", encoding="utf-8")
    assert shilian("ask", "pairing-plan", "--compare", path, *where).code == 1
    assert shilian("ask", "pairing-plan", "--keep", tmp_path / "none.json", *where).code == 1


def test_a_picture_stands_beside_the_answer(shilian, sample, tmp_path):
    where = ("--workspace", sample.workspace, "--json")
    community, enterprise = pair_of(sample)
    asked = shilian("ask", "partners", community, "--picture", tmp_path / "why.html", *where)
    assert asked.json["rows"][0]["partner"] == enterprise
    page = (tmp_path / "why.html").read_text(encoding="utf-8")
    for drawn in (community, enterprise, "满足", "建议结对"):
        assert drawn in page or drawn.encode("unicode_escape").decode() in page
    assert shilian("ask", "partners", community, "--picture", tmp_path / "why.png", *where).code == 1


def test_too_few_choices_teach_nothing_even_by_force(shilian, sample, own):
    where = ("--workspace", own.workspace, "--json")
    shown = shilian("learn", *where).json
    assert shown["proof"] is None and {row["signal"] for row in shown["rows"]} == EQUAL
    refused = shilian("learn", "--apply", "--force", *where)
    assert refused.code == 1 and refused.json["error"]["code"] == "weights.unproven"
    assert shilian("decide", "list", *where).json == {"decisions": []}


def test_learned_weights_are_put_to_use_named_and_taken_back(shilian, many):
    where = ("--workspace", many.workspace, "--json")
    unit = many.truth["obvious_partners"][0]["community"]
    shown = shilian("learn", *where).json
    assert shown["proof"]["judged_on"] > 0
    if not shown["better"]:
        assert shilian("learn", "--apply", *where).json["error"]["code"] == "weights.unproven"
    before = shilian("ask", "partners", unit, *where).json
    assert before["weights"]["name"] == "default"
    decided = shilian("learn", "--apply", "--force", *where).json
    assert decided["kind"] == "weights" and decided["changed"] is True
    learned = {row["signal"]: row["learned"] for row in shown["rows"]}
    for question in (("partners", unit), ("pairing-plan",), ("pairing-weights",)):
        assert shilian("ask", *question, *where).json["weights"] == {
            "name": "learned",
            "version": 2,
            "weights": learned,
        }
    row = shilian("ask", "partners", unit, *where).json["rows"][0]
    assert sum(reason["contribution"] for reason in row["reasons"]) == pytest.approx(row["score"], abs=1e-6)
    assert all(reason["weight"] == learned[reason["signal"]] for reason in row["reasons"])
    digest = shilian("status", *where).json["digest"]
    assert shilian("rebuild", *where).json["digest"] == digest
    assert shilian("decide", "undo", decided["id"], *where).json["changed"] is True
    assert shilian("ask", "partners", unit, *where).json["rows"] == before["rows"]


@pytest.mark.parametrize(
    "wrong",
    [{"weights": "near=1"}, {"weights": "near"}, {"version": "two"}, {"pairing": "cats-dogs"}, {"weights": "near=nan"}],
)
def test_weights_of_another_form_are_refused_at_every_door(own: Settings, wrong: dict[str, str]) -> None:
    good = {"kind": "weights", "pairing": "enterprise-community", "name": "mine", "version": "2", "proof": "手工"}
    with serving(replace(own, port=0) if hasattr(own, "port") else own) as client:
        assert client.post("/api/v1/decisions", json=good | {"weights": "near=1"} | wrong).status_code == 422
