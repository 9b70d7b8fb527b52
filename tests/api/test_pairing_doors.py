"""Pairing at the doors: accepting, drafting an agreement, plans made before, learning weights and putting them to use."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from rich.cells import cell_len

from api.door import PLAIN_WIDTH
from graph.connect import connect
from graph.settings import Settings
from loaders.district import generate_workbooks
from queries.matching.weights import load_weights, write_weights
from queries.pairing.specs import ENTERPRISE_COMMUNITY
from queries.reading.facts import read_facts
from tests.api.doors import serving
from tests.loaded import Loaded, load_folder

SHIPPED = load_weights(ENTERPRISE_COMMUNITY.weights).by_signal


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """A district with agreements enough to learn from."""
    folder = tmp_path_factory.mktemp("many")
    truth = generate_workbooks(
        folder / "workbooks", seed=3, communities=60, enterprises=20, members=300, headings=False
    )
    return load_folder(folder / "workbooks", folder, date.fromisoformat(truth["as_of"]))


@pytest.fixture
def taught(many: Loaded, tmp_path: Path) -> Path:
    """A copy of the district with agreements enough to learn from, which the test may change: even asking leaves a trace there."""
    shutil.copytree(many.workspace, tmp_path / "taught")
    return tmp_path / "taught"


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
        shown = f"该企业有 {living - living % 5} 名以上党员居住在该社区" if living >= 5 else "住在该社区的党员少于5人"
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
    assert shown["proof"] is None and {row["signal"] for row in shown["rows"]} == set(SHIPPED)
    refused = shilian("learn", "--apply", "--force", *where)
    assert refused.code == 1 and refused.json["error"]["code"] == "weights.unproven"
    assert shilian("decide", "list", *where).json == {"decisions": []}


def test_learned_weights_are_put_to_use_named_and_taken_back(shilian, many, taught):
    where = ("--workspace", taught, "--json")
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
            "version": before["weights"]["version"] + 1,
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
    good["weights"] = write_weights(SHIPPED)
    with serving(own) as client:
        answer = client.post("/api/v1/decisions", json=good | wrong)
    assert answer.status_code == 422
    assert answer.json()["details"]["argument"].partition(".")[0] in wrong
    assert "NaN" not in answer.text


@pytest.mark.slow
def test_learned_weights_keep_what_they_were_learned_on_and_drift_is_measured_from_it(shilian, taught):
    where = ("--workspace", taught, "--json")
    before = shilian("learn", *where).json["drift"]
    assert before["since"] is None and before["rows"][0]["known_then"] is not None
    shilian("learn", "--apply", "--force", *where)
    (kept,) = shilian("decide", "list", *where).json["decisions"]
    assert kept["signals"] == before["profile"]
    assert kept["acceptance"] == "0/0"
    after = shilian("ask", "pairing-drift", *where).json
    assert after["since"] == kept["at"][:10]
    assert {row["verdict"] for row in after["rows"]} == {"same"} and after["again"] is False
    assert "权重仍然合适" in after["text"]
    listed = shilian("decide", "list", "--workspace", taught)
    assert "near=" in listed.out and '"signals"' not in listed.out


def test_learning_tells_drift_in_both_languages_within_a_page(shilian, taught):
    for lang, words in (
        ("zh", ("采纳率", "原均值", "合成街区")),
        ("en", ("acceptance", "mean then", "invented district")),
    ):
        told = shilian("learn", "--workspace", taught, "--lang", lang)
        assert told.code == 0
        assert all(word in told.out for word in words)
        assert max(cell_len(line) for line in told.out.splitlines()) <= PLAIN_WIDTH


def find_strangers(shilian, workspace: Path) -> tuple[str, str, str]:
    """Show every community its partners; return one with two of them that never signed anything with it."""
    with connect(workspace=workspace) as graph:
        signers = read_facts(graph).signers
    signed = set(signers.join(signers, on="agreement").select("unit", "unit_right").rows())
    found = []
    plan = shilian("ask", "pairing-plan", "--workspace", workspace, "--json").json["rows"]
    for community in sorted({row["left"] for row in plan}):
        rows = shilian("ask", "partners", community, "--k", 3, "--workspace", workspace, "--json").json["rows"]
        strangers = [row["partner"] for row in rows if (row["unit_id"], row["partner_id"]) not in signed]
        found += [(community, *strangers[:2])] if len(strangers) > 1 else []
    return found[0]


@pytest.mark.slow
def test_what_was_shown_and_refused_is_counted_by_the_next_learning(shilian, taught):
    where = ("--workspace", taught, "--json")
    chosen = shilian("ask", "pairing-weights", *where).json["labels"]
    assert (chosen["from_shown"], chosen["refused"], chosen["passed_over"]) == (0, 0, 0)
    community, partner, other = find_strangers(shilian, taught)
    assert shilian("decide", "reject", partner, community, *where).code == 0
    assert shilian("decide", "accept", community, other, *where).code == 0
    labels = shilian("learn", *where).json["labels"]
    assert labels["made"] == chosen["made"] + 1
    assert (labels["from_shown"], labels["refused"]) == (1, 1)
    assert labels["share_from_shown"] == pytest.approx(1 / labels["made"])
    assert labels["passed_over"] >= 1
    assert "驳回 1 对" in labels["text"]


@pytest.mark.parametrize(
    "wrong", [{"signals": "{}"}, {"signals": "near"}, {"acceptance": "many"}, {"acceptance": "3/2"}]
)
def test_what_weights_were_learned_on_is_checked_at_the_door(own: Settings, wrong: dict[str, str]) -> None:
    good = {
        "kind": "weights",
        "pairing": "enterprise-community",
        "name": "mine",
        "version": "2",
        "weights": write_weights(SHIPPED),
    }
    with serving(own) as client:
        refused = client.post("/api/v1/decisions", json=good | {"proof": "手工"} | wrong)
        assert refused.status_code == 422
        assert next(iter(wrong)) in refused.text
