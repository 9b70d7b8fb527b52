"""Decisions at the doors: command line, HTTP and Python take the same, refuse the same in the same words, and change the graph."""

from __future__ import annotations

import time
from typing import Any

import httpx
import pytest

from api.deciding import decide
from graph.connect import connect
from graph.decisions import (
    KINDS,
    WRITTEN,
    Accept,
    Decision,
    Reject,
    forms_of,
    is_optional,
    make_decision,
    read_standing,
)
from graph.errors import ShilianError
from graph.settings import Settings
from graph.workspace import Workspace
from loaders.loading import publish_workspace
from tests.api.doors import CommandLine, serving
from tests.loaded import Loaded

DECISIONS = "/api/v1/decisions"
MOBILE = "13912345678"


@pytest.fixture(scope="module")
def names(sample: Loaded) -> dict[str, str]:
    """Names in the sample: two communities, two enterprises, a venue, an agreement."""
    known = sample.truth["obvious_partners"]
    with connect(workspace=sample.workspace) as graph:
        ids = dict(graph.entities("Enterprise").select("name", "id").iter_rows())
        return {
            "community": known[0]["community"],
            "other_community": known[1]["community"],
            "enterprise": known[0]["enterprise"],
            "enterprise_id": ids[known[0]["enterprise"]],
            "other_enterprise": known[1]["enterprise"],
            "venue": graph.entities("Venue")["name"].unique().sort()[0],
            "venue_id": graph.entities("Venue")["id"].sort()[0],
            "agreement": graph.entities("Agreement")["number"].drop_nulls().sort()[0],
        }


def words_of(kind: str, said: dict[str, str]) -> list[str]:
    """Return a decision as the words of its command."""
    forms = forms_of(KINDS[kind])
    places = [said[WRITTEN.get(name, name)] for name in forms if not is_optional(KINDS[kind], name)]
    options = {WRITTEN.get(name, name) for name in forms if is_optional(KINDS[kind], name)} & said.keys()
    return [kind, *places, *(word for name in sorted(options) for word in (f"--{name}", said[name]))]


BAD: list[tuple[str, dict[str, str], str, str]] = [
    ("accept", {"left": "查无此处", "right": "{enterprise}"}, "unit.unknown", "先载入"),
    ("accept", {"left": "com:000", "right": "{enterprise}"}, "unit.unknown", "com:000"),
    ("accept", {"left": "{community}", "right": "{other_community}"}, "argument.invalid", "社区 × 企业"),
    ("accept", {"left": "{enterprise}", "right": "{other_enterprise}"}, "argument.invalid", "社区 × 企业"),
    ("accept", {"left": "{community}", "right": "{community}"}, "argument.invalid", "同一个单位"),
    ("reject", {"left": "{enterprise_id}", "right": "{enterprise}"}, "argument.invalid", "同一个单位"),
    ("reject", {"left": "{community}", "right": "{other_community}"}, "argument.invalid", "企业 × 企业"),
    ("accept", {"left": "{community}", "right": "{venue_id}"}, "argument.invalid", "不是单位"),
    ("reject", {"left": "{agreement}", "right": "{enterprise}"}, "argument.invalid", "不是单位"),
    ("accept", {"left": "", "right": "{enterprise}"}, "argument.invalid", "left"),
    ("accept", {"left": "、。", "right": "{enterprise}"}, "argument.invalid", "不是名称"),
    ("same", {"name": "x" * 501, "unit": "{enterprise}"}, "argument.invalid", "1–500"),
    ("same", {"name": "老\x07厂", "unit": "{enterprise}"}, "argument.invalid", "控制字符"),
    ("same", {"name": MOBILE, "unit": "{enterprise}"}, "argument.invalid", "不是名称"),
    ("same", {"name": "{enterprise}", "unit": "{enterprise}"}, "argument.invalid", "已是这个单位的名称"),
    ("former", {"name": " {enterprise}", "unit": "{enterprise_id}"}, "argument.invalid", "已是这个单位的名称"),
    ("same", {"name": "老厂", "unit": "没有这个厂吗"}, "unit.unknown", "没有这个厂吗"),
    ("different", {"name": "老厂", "unit": "{agreement}"}, "argument.invalid", "不是"),
    ("former", {"name": "老厂", "unit": "{enterprise}", "until": "去年"}, "argument.invalid", "2026-06-30"),
    ("former", {"name": "老厂", "unit": "{enterprise}", "from": "2000-01-02", "until": "2000-01-01"}, "argument.invalid", "早于"),
    ("parent", {"unit": "{enterprise}", "parent": "{community}"}, "argument.invalid", "应是企业"),
    ("branch", {"branch": "{enterprise}", "unit": "{enterprise}"}, "argument.invalid", "同一个单位"),
    ("value", {"entity": "{community}", "field": "moons", "value": "2"}, "argument.invalid", "field"),
    ("value", {"entity": "{community}", "field": "address", "value": f"找{MOBILE}"}, "argument.invalid", "个人"),
    ("value", {"entity": "com:000", "field": "address", "value": "x"}, "entity.unknown", "com:000"),
    ("header", {"register": "venuse", "header": "建面", "field": "area_m2"}, "register.unknown", "venues"),
    ("header", {"register": "venues", "header": "建面", "field": "area"}, "argument.invalid", "area_m2"),
    ("word", {"word": "长者饭桌", "relation": "under", "target": "没有这个领域"}, "argument.invalid", "养老照护"),
    ("word", {"word": "长者饭桌", "relation": "像", "target": "老年助餐"}, "argument.invalid", "under"),
    ("word", {"word": "长者饭桌", "relation": "=", "target": " 长者饭桌"}, "argument.invalid", "同一个词"),
    ("book", {"venue": "{venue_id}", "unit": "{community}", "day": "2020-01-01"}, "argument.invalid", "已过"),
    ("claim", {"unit": "{community}", "need": "没有这个需求吗"}, "entity.unknown", "需求"),
    ("close", {"item": "DB-0000-00", "result": "已完成"}, "entity.unknown", "督办事项"),
    ("renew", {"agreement": "{agreement}", "until": "2001-01-01"}, "argument.invalid", "协议"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "said", "code", "words"), BAD, ids=[f"{n}-{b[0]}" for n, b in enumerate(BAD)])
def test_every_door_refuses_the_same_in_the_same_words(
    shilian: CommandLine, server: httpx.Client, sample: Loaded, names: dict[str, str], kind: str, said: dict[str, str],
    code: str, words: str,
) -> None:  # fmt: skip
    said = {name: text.format(**names) for name, text in said.items()}
    with pytest.raises(ShilianError) as refused:
        decide(make_decision(kind, said), sample.settings)
    python = refused.value.as_dict()
    http = server.post(DECISIONS, json={"kind": kind, **said})
    called = shilian("decide", *words_of(kind, said), "--workspace", sample.workspace, "--json")
    assert python["code"] == code and words in python["message"]["zh"]
    assert MOBILE not in str(python)
    assert (called.code, called.json["error"]["message"]) == (1, python["message"])
    assert (http.status_code, http.json()["message"]) == (404 if code.endswith("unknown") else 422, python["message"])
    assert read_standing(Workspace.open(sample.workspace).ledger, Decision) == ()


def wait_for(client: httpx.Client, job: str) -> dict[str, Any]:
    for _ in range(1200):
        state: dict[str, Any] = client.get(job).json()
        if state["state"] in {"done", "failed"}:
            return state
        time.sleep(0.05)
    pytest.fail("the job did not end")


def test_an_accept_by_name_over_http_is_in_the_graph_and_is_proposed_no_more(
    own: Settings, names: dict[str, str]
) -> None:
    ask = {"unit": names["community"]}
    with serving(own) as client:
        before = client.get("/api/v1/questions/partners", params=ask).json()["rows"]
        assert before[0]["partner"] == names["enterprise"]
        said = {"left": f" {names['community']}", "right": names["enterprise"], "reason": f"问过{MOBILE}"}
        made = client.post(DECISIONS, json={"kind": "accept", **said}).json()
        assert made["units"]["right"] == {"id": names["enterprise_id"], "name": names["enterprise"]}
        assert made["left"] == before[0]["unit_id"]
        assert wait_for(client, made["job"])["state"] == "done"
        after = client.get("/api/v1/questions/partners", params=ask).json()["rows"]
        assert names["enterprise"] not in [row["partner"] for row in after]
        (listed,) = client.get(DECISIONS).json()["decisions"]
        assert (listed["right"], MOBILE in str(listed)) == (names["enterprise_id"], False)
    with connect(workspace=own.workspace) as graph:
        text = "MATCH (c:Community)-[:ACCEPTED]->(e:Enterprise) RETURN c.name AS c, e.name AS e"
        assert graph.read(text).rows() == [(names["community"], names["enterprise"])]
    assert MOBILE.encode() not in (own.workspace / "ledger.sqlite").read_bytes()


def test_a_decision_from_python_says_what_took_effect(own: Settings, names: dict[str, str]) -> None:
    done = decide(Accept(left=names["enterprise"], right=names["community"]), own)
    assert done.result is not None and done.result.changed
    assert [unit["name"] for unit in done.as_dict()["units"].values()] == [names["enterprise"], names["community"]]
    trade = decide(Reject(left=names["enterprise"], right=names["other_enterprise"]), own)
    assert trade.result is not None and trade.result.changed, "two enterprises are proposed to each other, too"


def test_a_name_may_be_said_to_be_its_units_again_after_it_was_barred(own: Settings, names: dict[str, str]) -> None:
    said = {"name": names["enterprise"], "unit": names["enterprise"]}
    decide(make_decision("different", said), own)
    assert decide(make_decision("same", said), own).number == 2


def test_what_an_older_version_stored_is_told_and_breaks_nothing(
    own: Settings, shilian: CommandLine, names: dict[str, str]
) -> None:
    workspace = Workspace.open(own.workspace)
    community = decide(Accept(left=names["community"], right=names["enterprise"]), own).checked.decision.units["left"]
    by_name = {"left": names["other_community"], "right": names["other_enterprise"]}
    old = [
        ("accept", by_name), ("same", {"name": ""}), ("merge", {"units": "a、b"}),
        ("value", {"entity": community, "field": "moons", "value": "2"}),
        ("former", {"name": "老厂", "unit": names["enterprise_id"], "until": "去年"}),
    ]  # fmt: skip
    numbers = [workspace.ledger.add_decision(kind, payload, "旧") for kind, payload in old]
    with workspace.writing():
        problems = publish_workspace(workspace, settings=own).problems
    told = {dict(p.details)["number"]: p for p in problems if p.code.startswith("decision.")}
    assert sorted(told) == [str(number) for number in numbers]
    assert by_name["left"] in told["2"].message() and "shilian decide undo 3" in told["3"].message()
    with connect(workspace=own.workspace) as graph:
        assert graph.relations("ACCEPTED").height == 1, "what can be used still is"
    listed = shilian("decide", "list", "--workspace", own.workspace)
    assert listed.code == 0 and "a、b" in listed.out
    assert shilian("decide", "undo", numbers[1], "--workspace", own.workspace).code == 0


def test_words_are_decided_as_a_sentence_and_taken_back(shilian: CommandLine, own: Settings) -> None:
    where = ("--workspace", own.workspace, "--json")
    sentences = {
        "=": ("长者饭桌", "=", "老年助餐"), "under": ("夕阳小院", "under", "养老照护"),
        "not": ("社区食堂", "is", "not", "老年助餐"),
    }  # fmt: skip
    made = {relation: shilian("decide", "word", *said, *where).json for relation, said in sentences.items()}
    assert {relation: one["relation"] for relation, one in made.items()} == {one: one for one in sentences}
    assert shilian("decide", "word", "长者饭桌", "老年助餐", *where).code == 1
    with connect(workspace=own.workspace) as graph:
        words = graph.entities("DecidedWord").sort("number").select("word", "relation", "target").rows()
    assert words == [(said[0], relation, said[-1]) for relation, said in sentences.items()]
    shilian("decide", "undo", str(made["under"]["id"]), *where)
    with connect(workspace=own.workspace) as graph:
        assert graph.entities("DecidedWord").height == 2
