"""Every door logs which recommendations it showed: once a question and day, without people, beside the graph and never in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graph.settings import Settings
from graph.shown import FOLDER, ShownLog
from graph.workspace import Workspace
from queries import connect
from tests.api.doors import serving
from tests.loaded import Loaded

QUESTIONS = "/api/v1/questions"
PAIRING = "enterprise-community"


def lines(settings: Settings) -> list[dict[str, Any]]:
    return list(ShownLog(settings.workspace / FOLDER).lines())


def community_of(sample: Loaded) -> str:
    return str(sample.truth["obvious_partners"][0]["community"])


@pytest.fixture
def fresh(own: Settings) -> Settings:
    """The workspace of the test with nothing shown yet."""
    for path in (own.workspace / FOLDER).glob("*"):
        path.unlink()
    return own


def test_the_command_line_logs_whom_it_showed_in_which_rank_by_which_weights(shilian, sample, fresh):
    answer = shilian("ask", "partners", community_of(sample), "--workspace", fresh.workspace, "--json").json
    (line,) = lines(fresh)
    assert line["left"] == [row["unit_id"] for row in answer["rows"]]
    assert line["right"] == [row["partner_id"] for row in answer["rows"]]
    assert line["rank"] == [1, 2, 3, 4, 5]
    assert (line["question"], line["pairing"], line["snapshot"]) == ("partners", PAIRING, answer["snapshot"])
    assert answer["digest"].startswith(line["digest"]) and line["digest"]
    assert line["weights"].startswith("default 1 ")


def test_communities_shown_to_an_enterprise_stand_on_the_left(shilian, sample, fresh):
    enterprise = sample.truth["obvious_partners"][0]["enterprise"]
    answer = shilian("ask", "partners", enterprise, "--k", 3, "--workspace", fresh.workspace, "--json").json
    (line,) = lines(fresh)
    assert line["left"] == [row["partner_id"] for row in answer["rows"]]
    assert set(line["right"]) == {answer["rows"][0]["unit_id"]}


def test_matches_plans_and_users_of_idle_resources_are_recommendations_too(shilian, fresh):
    where = ("--workspace", fresh.workspace, "--json")
    best = shilian("ask", "matches", "need-offering", "--k", 2, *where).json
    plan = shilian("ask", "pairing-plan", *where).json
    idle = shilian("ask", "unused-resources", *where).json
    shilian("ask", "freshness", *where)
    shown = {line["question"]: line for line in lines(fresh)}
    assert set(shown) == {"matches", "pairing-plan", "unused-resources"}
    assert shown["matches"]["pairing"] == "need-offering"
    assert shown["matches"]["rank"] == [row["rank"] for row in best["rows"]]
    assert shown["pairing-plan"]["left"] == [row["left_id"] for row in plan["rows"]]
    told = {(row["resource_id"], user["unit_id"]) for row in idle["rows"] for user in row["suggested_users"]}
    line = shown["unused-resources"]
    assert set(zip(line["left"], line["right"], strict=True)) == told
    assert max(line["rank"]) <= 3


def test_http_logs_an_answer_once_a_day_however_often_it_is_sent(sample, fresh):
    community = community_of(sample)
    with serving(fresh) as client:
        for _ in range(5):
            assert client.get(f"{QUESTIONS}/partners", params={"unit": community}).status_code == 200
        assert client.post(f"{QUESTIONS}/partners", json={"unit": community}).status_code == 200
        assert len(lines(fresh)) == 1  # all but the first come from the cache, which lives for the day
        client.get(f"{QUESTIONS}/partners", params={"unit": community, "k": 2})
    assert [len(line["left"]) for line in lines(fresh)] == [5, 2]


def test_python_logs_what_it_showed(sample, fresh):
    with connect(fresh.workspace) as district:
        district.partners(community_of(sample), k=2)
    assert [line["rank"] for line in lines(fresh)] == [[1, 2]]


def test_the_log_names_no_person_and_not_the_asker(shilian, sample, fresh, monkeypatch):
    monkeypatch.setenv("SHILIAN_USER", "某某某")
    where = ("--workspace", fresh.workspace)
    shilian("ask", "partners", community_of(sample), *where)
    shilian("ask", "matches", "cohort-need", *where)
    text = "".join(path.read_text(encoding="utf-8") for path in (fresh.workspace / FOLDER).iterdir())
    assert text.count("\n") == 2
    assert not [hidden for hidden in [*sample.truth["must_not_appear"], "某某某"] if hidden in text]


def test_switched_off_nothing_is_logged(shilian, sample, fresh, monkeypatch):
    monkeypatch.setenv("SHILIAN_SHOWN_LOG", "off")
    assert shilian("ask", "partners", community_of(sample), "--workspace", fresh.workspace).code == 0
    assert lines(fresh) == []


def test_a_log_that_cannot_be_written_changes_no_answer(shilian, sample, fresh):
    asked = ("ask", "partners", community_of(sample), "--workspace", fresh.workspace, "--json")
    before = shilian(*asked).json
    for path in (fresh.workspace / FOLDER).iterdir():
        path.unlink()
    (fresh.workspace / FOLDER).rmdir()
    (fresh.workspace / FOLDER).write_text("no folder")
    after = shilian(*asked)
    assert (after.code, after.json) == (0, before)


def test_the_graph_is_the_same_with_and_without_a_log_and_a_rebuild_leaves_the_log_alone(shilian, sample, fresh):
    workspace = Workspace.open(fresh.workspace)
    digest = workspace.current().digest
    shilian("ask", "partners", community_of(sample), "--workspace", fresh.workspace)
    before = lines(fresh)
    assert shilian("rebuild", "--workspace", fresh.workspace).code == 0
    assert workspace.current().digest == digest
    assert lines(fresh) == before
    assert shilian("verify", "--workspace", fresh.workspace).code == 0
    assert not workspace.pending


def test_a_graph_server_without_a_workspace_here_keeps_no_log(tmp_path):
    from graph.connect import find_shown_log

    settings = Settings(workspace=tmp_path / "none", graph="bolt://nowhere")
    assert find_shown_log(settings) is None
    assert not (tmp_path / "none").exists()
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "ledger.sqlite").touch()
    assert find_shown_log(settings) is not None
    assert find_shown_log(replace(settings, shown_log=False)) is None
