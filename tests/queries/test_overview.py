from dataclasses import replace
from datetime import date

import pytest

from graph.connect import connect
from graph.errors import ArgumentError
from graph.headings import HEADINGS
from graph.past_figures import FiguresFolder
from graph.publish import publish
from graph.schema import SCHEMA
from graph.workspace import Workspace
from queries.answers.catalogue import catalogue
from queries.asking import ask
from queries.reading.noted_figures import note_figures
from queries.reading.scope import Scope
from tests.queries.memory_graph import MemoryGraph
from tests.queries.small_graph import ENTITIES, RELATIONS, make_tables

DISTRICT = MemoryGraph(make_tables(ENTITIES, RELATIONS))


def test_the_figures_of_the_district_add_up():
    answer = ask(DISTRICT, Scope("t", "viewer"), "overview")
    figures = {row.name: row.value for row in answer.rows}
    assert (figures["企业"], figures["社区"], figures["协议" if "协议" in figures else "共驻共建协议"]) == (2, 3, 4)
    assert (
        figures["闲置未用"],
        figures["使用率低"],
        figures["无使用登记（情况不明）"],
        figures["暂不可用"],
        figures["在用"],
    ) == (
        1,
        1,
        2,
        1,
        1,
    )
    assert (figures["有结对单位的社区"], figures["有结对社区的企业"]) == (1, 1)
    assert (figures["待办需求"], figures["无人认领的需求"]) == (2, 2)
    assert (figures["90天内到期"], figures["已过期未标明"], figures["签约后无活动记录（待核实）"]) == (1, 1, 3)
    assert answer.to_dict()["as_of"] == "2026-06-30"


def test_every_figure_has_an_english_name():
    answer = ask(DISTRICT, Scope("t", "analyst"), "overview")
    assert all(row["name"].isascii() for row in answer.to_dict("en")["rows"])


def test_how_fresh_the_records_are_is_told():
    notes = {row.name: row.note for row in ask(DISTRICT, Scope("t", "viewer"), "overview").rows}
    assert (notes["最近使用登记"], notes["最近活动"]) == ("2026-06-13", "2025-05-01")


VIEWER, ANALYST = Scope("t", "viewer"), Scope("t", "analyst")


def test_there_are_ten_cards_and_what_was_never_loaded_is_no_zero():
    rows = ask(DISTRICT, VIEWER, "overview").rows
    assert list(dict.fromkeys(row.card for row in rows)) == [heading.number for heading in HEADINGS]
    brands = next(row for row in rows if row.name == "党建品牌")
    assert (brands.value, brands.of, brands.question) == (None, None, "")
    assert "还没有载入" in brands.note


def test_behind_every_number_stands_the_list_of_what_it_counts():
    listed = {row.name: row for row in ask(DISTRICT, ANALYST, "overview").rows if row.question}
    assert len(listed) > 20
    for name, row in listed.items():
        answer = ask(DISTRICT, ANALYST, row.question, **row.arguments)
        assert sum(thing.number for thing in answer.rows) == row.value, name
    assert [thing.name for thing in ask(DISTRICT, VIEWER, "figure", figure="unused").rows] == ["一拖会议室"]


def test_each_subdistrict_has_its_share_and_an_area_has_no_more():
    venues = next(row for row in ask(DISTRICT, VIEWER, "overview").rows if row.name == "场地")
    assert venues.areas == {"长安路街道": 4, "郑州路街道": 1}
    inside = {row.name: row.value for row in ask(DISTRICT, VIEWER, "overview", area="长安路街道").rows}
    assert (inside["场地"], inside["社区"], inside["在用"]) == (4, 2, 0)
    assert [t.streets for t in ask(DISTRICT, VIEWER, "figure", figure="场地", area="郑州路街道").rows] == ["郑州路街道"]


def test_people_are_counted_as_the_asker_may_see_them_and_never_listed():
    shown = {
        scope.role: next(r for r in ask(DISTRICT, scope, "overview").rows if r.name == "党员")
        for scope in (VIEWER, ANALYST)
    }
    assert (shown["analyst"].areas, shown["viewer"].value) == ({"长安路街道": 18, "郑州路街道": 10}, 30)
    assert shown["viewer"].areas == {"长安路街道": 15, "郑州路街道": 10}
    with pytest.raises(ArgumentError, match="number of people"):
        ask(DISTRICT, ANALYST, "figure", figure="党员")


def test_a_figure_nobody_knows_is_answered_with_those_there_are():
    with pytest.raises(ArgumentError, match="unused"):
        ask(DISTRICT, VIEWER, "figure", figure="幸福指数")


def test_the_change_since_the_last_snapshot_is_told_and_of_people_only_to_those_who_see_them(tmp_path):
    workspace = Workspace.open(tmp_path / "w", create=True)
    more = ENTITIES | {
        "Venue": ENTITIES["Venue"][:3],
        "Member": [*ENTITIES["Member"], {"id": "m30", "pseudonym": "m30"}],
    }
    ties = [row for row in RELATIONS if not {"ven:shut", "ven:busy"} & {row[1], row[2]}]
    for entities, relations in ((ENTITIES, RELATIONS), (more, ties)):
        publish(workspace, make_tables(entities, relations), SCHEMA, {"as_of": date(2026, 6, 30)})
    with connect(workspace=tmp_path / "w") as graph:
        answer = ask(graph, ANALYST, "overview")
        changes = {row.name: row.change for row in answer.rows}
        seen = {row.name: row.change for row in ask(graph, VIEWER, "overview").rows}
        lines = {
            row.name: [*row.points.values()] for row in ask(graph, ANALYST, "trends").rows if row.basis == "snapshot"
        }
    assert (answer.extra["before"], changes["场地"], changes["暂不可用"], changes["社区"], changes["党员"]) == (
        "1",
        -2,
        -1,
        0,
        1,
    )
    assert (seen["场地"], seen["党员"]) == (-2, None)
    assert lines["场地"][0] - lines["场地"][1] == 2 and "党员" not in lines, (
        "figures over snapshots, but never of people"
    )


def test_figures_outlive_the_snapshots_that_they_were_counted_from(tmp_path):
    workspace = Workspace.open(tmp_path / "w", create=True)
    fewer = ENTITIES | {
        "Venue": ENTITIES["Venue"][:3],
        "Member": [*ENTITIES["Member"], {"id": "m30", "pseudonym": "m30"}],
    }
    ties = [row for row in RELATIONS if not {"ven:shut", "ven:busy"} & {row[1], row[2]}]
    publish(workspace, make_tables(ENTITIES, RELATIONS), SCHEMA, {"as_of": date(2026, 6, 30)})
    note_figures(workspace)
    folder = FiguresFolder(workspace.path)
    (noted,) = folder.read()
    folder.add(replace(noted, day="2026-01-31"))
    publish(workspace, make_tables(fewer, ties), SCHEMA, {"as_of": date(2026, 7, 1)}, keep=1)
    with connect(workspace=workspace.path) as graph:
        answer = ask(graph, ANALYST, "trends")
        street = ask(graph, VIEWER, "trends", area="长安路街道")
    lines = {row.name: row.points for row in answer.rows if row.basis == "snapshot"}
    assert [*lines["场地"]] == ["2026-06-30 #1", "2026-07-01 #2"] and [*lines["场地"].values()] == [5, 3]
    assert "党员" not in lines and not [key for key in noted.figures if "党员" in key]
    assert "2026-01-31" in answer.to_dict()["since"]["text"]
    (venues,) = [row.points for row in street.rows if (row.name, row.basis) == ("场地", "snapshot")]
    assert venues["2026-06-30 #1"] <= 5


def test_the_question_that_says_more_about_a_figure_is_there_to_be_asked():
    named = {row.more for row in ask(DISTRICT, VIEWER, "overview").rows if row.more}
    assert named and named <= set(catalogue())


def test_what_took_place_is_counted_month_by_month_and_never_people():
    rows = ask(DISTRICT, ANALYST, "trends", months=14).rows
    activities = next(row for row in rows if row.name == "活动")
    assert [*activities.points][::13] == ["2025-05", "2026-06"]
    assert activities.points["2025-05"] == 1 and sum(activities.points.values()) == 1
    assert (activities.latest, activities.change) == (0, 0)
    assert not [row for row in rows if "党员" in row.name or "诉求" in row.name]
    assert "活动" not in {row.name for row in ask(DISTRICT, ANALYST, "trends").rows}, (
        "nothing took place in these months"
    )


@pytest.mark.parametrize(("status", "left"), [("已认领", 1), ("已撤回", 2), (None, 1)])
def test_a_need_that_somebody_has_claimed_waits_for_nobody(status, left):
    claim = ("CLAIMED", "ent:yt", "need:1", {"status": status})
    rows = ask(MemoryGraph(make_tables(ENTITIES, [*RELATIONS, claim])), VIEWER, "overview").rows
    assert {row.name: row.value for row in rows}["无人认领的需求"] == left
