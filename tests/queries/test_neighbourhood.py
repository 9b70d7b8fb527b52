import pytest

from queries.asking import ask
from queries.reading.scope import Scope
from tests.queries.small_graph import ENTITIES, RELATIONS, small_district, small_graph

ANALYST, VIEWER = Scope("a", "analyst"), Scope("v", "viewer")


@pytest.fixture(scope="module")
def graph():
    return small_district()


def around(graph, unit, scope=ANALYST, **arguments):
    return ask(graph, scope, "neighbourhood", unit=unit, **arguments)


def test_one_step_away_are_the_things_a_unit_is_tied_to(graph):
    found = {(row.id, row.relation) for row in around(graph, "重二社区").rows}
    assert {
        ("sub:ca", "属于街道"),
        ("agr:1", "签约"),
        ("ven:blind", "产权"),
        ("need:1", "需求"),
        ("ent:yt", "结对"),
        ("act:1", "承办"),
    } <= found
    assert ("ven:rare", "借用") in found


def test_many_uses_of_one_venue_are_one_relation(graph):
    answer = around(graph, "长安社区")
    used = [r for r in answer.relations if r["type"] == "USED" and r["target"] == "ven:busy"]
    assert [r["count"] for r in used] == [24]


def test_no_person_and_no_single_use_is_ever_in_it(graph):
    answer = around(graph, "一拖", hops=3, limit=1000)
    assert {"Member", "ResourceUse", "MemberCohort"}.isdisjoint(e["label"] for e in answer.entities)


def test_members_living_somewhere_show_only_as_far_as_the_asker_may_know(graph):
    assert {r["count"] for r in around(graph, "一拖").relations if r["type"] == "MEMBERS_LIVE_IN"} == {12, 6, 2}
    assert {r["count"] for r in around(graph, "一拖", VIEWER).relations if r["type"] == "MEMBERS_LIVE_IN"} == {10}


def test_two_steps_reach_further_and_say_through_what(graph):
    rows = {row.id: row for row in around(graph, "郑州路社区", hops=2).rows}
    assert (rows["ent:yt"].hops, rows["ent:yt"].via) == (2, "共建〔2020〕4号")


def test_a_list_that_was_cut_says_so(graph):
    answer = around(graph, "一拖", limit=3)
    assert (len(answer.rows), answer.truncated) == (3, True)
    assert not around(graph, "重二社区").truncated


def test_relations_are_told_in_the_direction_they_are_read(graph):
    relations = {(r["source"], r["type"], r["target"]) for r in around(graph, "郑州路街道").relations}
    assert ("com:zz", "BELONGS_TO", "sub:zz") in relations


def test_a_unit_that_nobody_knows_is_shown_by_its_name_without_the_mark_of_the_key():
    handed = {"id": "hand:?火星机械厂:ent:yt:供水", "subject": "供水"}
    with small_graph({**ENTITIES, "Handover": [handed]}, [*RELATIONS, ("TO", handed["id"], "ent:yt")]) as graph:
        answer = around(graph, "一拖")
        row = next(row for row in answer.rows if row.label == "Handover")
        assert row.name == "火星机械厂·供水"
        assert "?" not in "".join(entity["name"] for entity in answer.entities)
