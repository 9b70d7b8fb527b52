import json

import pytest

from graph.errors import UnknownUnitError
from queries.asking import ask
from queries.reading.scope import Scope
from tests.queries.small_graph import small_district, small_graph

ANALYST, VIEWER, OFFICER = Scope("a", "analyst"), Scope("v", "viewer"), Scope("o", "officer", "ent:yt")


@pytest.fixture(scope="module")
def graph():
    return small_district()


def links(graph, scope, enterprise="一拖", community=None):
    return {
        row.community: row for row in ask(graph, scope, "member-links", enterprise=enterprise, community=community).rows
    }


def test_an_analyst_sees_exact_numbers_most_members_first(graph):
    assert [(r.community, r.members) for r in links(graph, ANALYST).values()] == [
        ("重二社区", 12),
        ("长安社区", 6),
        ("郑州路社区", 2),
    ]
    assert links(graph, ANALYST)["重二社区"].skills == {"法律": 7}
    assert links(graph, ANALYST)["长安社区"].skills == {"法律": 1}


def test_the_officer_of_the_enterprise_sees_its_own_members_and_no_others(graph):
    assert links(graph, OFFICER)["郑州路社区"].members == 2
    assert all(one.members is None for one in links(graph, OFFICER, "洛轴").values())


def test_everybody_else_sees_fives_and_nothing_that_could_be_had_by_subtraction(graph):
    shown = links(graph, VIEWER)
    # Two live by the Zhengzhou road: withheld. The six of Chang'an are withheld with them, else 20 − 12 − 6 would tell.
    assert {c: r.members for c, r in shown.items()} == {"重二社区": 10, "长安社区": None, "郑州路社区": None}
    assert shown["郑州路社区"].suppressed
    assert shown["重二社区"].skills == {"法律": 5}


def test_a_withheld_number_shows_nowhere_in_the_answer(graph):
    document = str(ask(graph, VIEWER, "member-links", enterprise="一拖", community="长安社区").to_dict())
    assert "'members': None" in document
    assert "名党员" not in document
    assert "法律': 1" not in document


def test_nobody_and_too_few_look_alike(graph):
    few = links(graph, VIEWER, "一拖", "郑州路社区")["郑州路社区"]
    none = links(graph, VIEWER, "洛轴", "重二社区")["重二社区"]
    assert (few.members, few.suppressed) == (none.members, none.suppressed) == (None, True)
    assert links(graph, ANALYST, "洛轴", "重二社区")["重二社区"].members == 0


def test_paths_go_through_members_agreements_activities_venues_and_needs(graph):
    row = links(graph, ANALYST)["重二社区"]
    assert all(path[0]["name"] == "中国一拖集团有限公司" and path[-1]["name"] == "重二社区" for path in row.paths)
    middles = [(path[1]["type"], path[2]["name"], path[3]["type"]) for path in row.paths]
    assert middles == [
        ("WORKS_AT", "12名党员", "LIVES_IN"),
        ("SIGNED", "共建〔2024〕1号", "SIGNED"),
        ("TAKES_PART_IN", "主题党日（2025-05-01）", "LEADS"),
        ("OWNS", "一拖礼堂", "USED"),
        ("OFFERS", "健康义诊", "SEEKS"),
    ]
    assert row.paths[3][3]["count"] == 1


def test_the_timeline_is_in_order(graph):
    timeline = links(graph, ANALYST)["重二社区"].timeline
    assert [(str(e["date"]), e["kind"]) for e in timeline] == [
        ("2024-03-01", "agreement"),
        ("2025-05-01", "activity"),
        ("2026-05-01", "venue"),
    ]


def test_without_any_link_a_named_community_still_gets_its_row(graph):
    row = links(graph, ANALYST, "洛轴", "重二社区")["重二社区"]
    assert (row.paths, row.timeline, row.members) == ([], [], 0)


def test_names_may_be_typed_in_any_way_but_must_be_of_the_right_kind(graph):
    assert links(graph, ANALYST, "yt", "cesq")["重二社区"].members == 12
    with pytest.raises(UnknownUnitError):
        links(graph, ANALYST, "重二社区")


def test_no_person_is_in_the_answer_or_its_picture(graph):
    answer = ask(graph, ANALYST, "member-links", enterprise="一拖")
    assert {e["label"] for e in answer.entities} == {
        "Enterprise",
        "Community",
        "MemberCohort",
        "Agreement",
        "Activity",
        "Venue",
        "Concept",
    }
    assert not any(f"'m{n}'" in str(answer.to_dict()) for n in range(30))
    assert {r["source"] for r in answer.relations} | {r["target"] for r in answer.relations} <= {
        e["id"] for e in answer.entities
    }


def test_the_terminal_says_how_the_two_are_linked(graph):
    text = ask(graph, ANALYST, "member-links", enterprise="一拖", community="重二社区").to_text(100)
    assert "中国一拖集团有限公司有 12 名党员居住在重二社区" in text
    assert "签订共驻共建协议 1 份（2024年3月1日）：共建〔2024〕1号" in text
    assert "曾共同开展活动 1 次（2025年5月1日）：主题党日" in text
    assert "重二社区借用中国一拖集团有限公司场地 1 处，共 1 次（2026年5月1日）：一拖礼堂" in text
    assert "供需相合 1 类：健康义诊" in text


def test_the_picture_shows_each_relation_in_its_direction(graph):
    answer = ask(graph, ANALYST, "member-links", enterprise="一拖", community="重二社区")
    drawn = {(s, t, facts["type"]) for s, t, facts in answer.to_networkx().edges(data=True)}
    assert ("ent:yt", "agr:1", "SIGNED") in drawn
    assert ("com:ce", "agr:1", "SIGNED") in drawn
    assert ("coh:ent:yt:com:ce", "com:ce", "LIVES_IN") in drawn
    assert ("coh:ent:yt:com:ce", "ent:yt", "WORKS_AT") in drawn
    page = answer.picture().html
    assert json.dumps("12名党员")[1:-1] in page
    assert json.dumps("借用")[1:-1] in page
    assert "企业党员和社区怎样联系在一起？ 一拖 重二社区" in page


def test_the_answer_says_how_many_members_have_no_employer_that_is_known():
    """Seven of nineteen were told without one: an analyst sees the seven, others about five, and below five nobody sees any."""

    def remark(scope, without):
        members = [{"id": f"m{n}", "pseudonym": f"m{n}"} for n in range(12 + without)]
        works = [("WORKS_AT", f"m{n}", "ent:yt") for n in range(12)]
        made = small_graph({"Member": members, "Enterprise": [{"id": "ent:yt", "name": "一拖"}]}, works)
        return str(ask(made, scope, "member-links", enterprise="一拖").extra.get("without_employer", ""))

    assert "另有7名党员没有可对应的工作单位" in remark(ANALYST, 7)
    assert "另有约5名党员" in remark(VIEWER, 7)
    assert "2名党员" in remark(ANALYST, 2)
    assert remark(VIEWER, 2) == remark(VIEWER, 0) == remark(ANALYST, 0) == ""
