"""Counts of members and of appeals: the same for every role, never below five, and not to be had by subtraction."""

from datetime import date
from functools import cache

import polars as pl
import pytest

from graph.people import suppress
from queries.asking import ask
from queries.reading.cohorts import count_levels, hide_small
from queries.reading.scope import Scope
from tests.queries.small_graph import small_graph

ROLES = [Scope("v", "viewer"), Scope("o", "officer", "ent:yt"), Scope("a", "analyst"), Scope("s", "steward")]
FIRST, LATER = date(2025, 12, 31), date(2026, 6, 30)
# Who works where, lives where, reports where, can do what, and since when: 26 members of 一拖, 3 of 洛轴.
PEOPLE = [
    *(("ent:yt", "com:ce", "com:ce", "skill:law", FIRST) for _ in range(7)),
    *(("ent:yt", "com:ce", "com:ca", "skill:fix", FIRST) for _ in range(5)),
    *(("ent:yt", "com:ca", "com:ca", "skill:fix", LATER) for _ in range(12)),
    *(("ent:yt", "com:zz", "com:zz", "skill:law", FIRST) for _ in range(2)),
    *(("ent:lz", "com:zz", "com:zz", "skill:law", FIRST) for _ in range(3)),
]  # fmt: skip


def appeal(number, unit, theme, month, count, **more):
    id = f"case:{number}"
    row = {
        "id": id,
        "theme": theme,
        "month": date.fromisoformat(month),
        "month_precision": "month",
        "count": count,
        **more,
    }
    return row, ("ABOUT_UNIT", id, unit)


APPEALS = [
    appeal(1, "com:ce", "物业管理", "2026-05-01", 12, closed=9, mean_days=6.5),
    appeal(2, "com:ce", "噪声扰民", "2026-05-01", 3),
    appeal(3, "com:ce", "停车", "2026-05-01", 7),
    appeal(4, "com:ca", "物业管理", "2026-05-01", 9),
    appeal(5, "com:ca", "噪声扰民", "2026-05-01", 8),
    appeal(6, "com:zz", "物业管理", "2026-04-01", 21),
    appeal(7, "sub:zz", "停车", "2026-03-01", 9),
    appeal(8, "com:zz", "停车", "2026-03-01", 4),
]  # fmt: skip
ENTITIES = {
    "Subdistrict": [{"id": "sub:ca", "name": "长安路街道"}, {"id": "sub:zz", "name": "郑州路街道"}],
    "Enterprise": [{"id": "ent:yt", "name": "中国一拖集团有限公司", "short_name": "一拖"}, {"id": "ent:lz", "name": "洛阳轴承集团有限公司"}],
    "Community": [
        {"id": "com:ce", "name": "重二社区", "lon": 112.41, "lat": 34.66}, {"id": "com:ca", "name": "长安社区", "lon": 112.42, "lat": 34.66},
        {"id": "com:zz", "name": "郑州路社区", "lon": 112.50, "lat": 34.70},
    ],
    "Concept": [{"id": "skill:law", "name": "法律咨询", "scheme": "skill"}, {"id": "skill:fix", "name": "家电维修", "scheme": "skill"}],
    "Member": [{"id": f"m{n}", "pseudonym": f"m{n}", "category": "在职", "valid_from": since} for n, (*_, since) in enumerate(PEOPLE)],
    "Need": [{"id": "need:1", "title": "法律咨询"}, {"id": "need:2", "title": "法律咨询"}],
    "PartyOrganization": [{"id": "po:1", "name": "一拖第一党支部"}, {"id": "po:2", "name": "重二社区党支部"}],
    "MemberFlow": [{"id": "flow:1", "month": date(2026, 5, 1), "month_precision": "month", "outgoing": 13, "incoming": 6}],
    "Handover": [{"id": "hand:1", "subject": "离退休党员", "headcount": 40, "party_members": 3, "progress": "正在核对档案", "open_issues": "档案缺 2 册"},
                 {"id": "hand:2", "subject": "供水", "households": 800, "day": date(2025, 3, 1), "open_issues": "无"}],
    "CaseStatistic": [row for row, _ in APPEALS],
    "Project": [{"id": "prj:1", "title": "老旧小区物业管理提升"}],
}  # fmt: skip
RELATIONS = [
    *(("BELONGS_TO", com, sub) for com, sub in (("com:ce", "sub:ca"), ("com:ca", "sub:ca"), ("com:zz", "sub:zz"))),
    *(tie for n, (unit, home, report, skill, since) in enumerate(PEOPLE) for tie in (
        ("WORKS_AT", f"m{n}", unit, {"valid_from": since}), ("LIVES_IN", f"m{n}", home, {"valid_from": since}),
        ("REPORTED_TO", f"m{n}", report, {"valid_from": since}), ("HAS_SKILL", f"m{n}", skill, {"valid_from": since}),
    )),
    ("SEEKS", "com:zz", "need:1"), ("SEEKS", "com:ce", "need:2"), ("FLOWS_FROM", "flow:1", "po:1"), ("FLOWS_TO", "flow:1", "po:2"),
    ("FROM", "hand:1", "ent:yt"), ("TO", "hand:1", "com:ce"), ("FROM", "hand:2", "ent:yt"), ("LEADS", "sub:ca", "prj:1"),
    *(tie for _, tie in APPEALS),
]  # fmt: skip


@cache
def district():
    return small_graph(ENTITIES, RELATIONS)


def rows(question, scope=ROLES[0], **given):
    return ask(district(), scope, question, **given).rows


@pytest.mark.parametrize("question", ["member-statistics", "skills-and-needs", "appeals", "member-registrations"])
def test_every_role_sees_the_same_numbers(question):
    given = {"enterprise": "一拖"} if question == "member-registrations" else {}
    # Whoever is limited to a unit sees nobody of other units: fewer numbers of people, never more.
    limited = question in {"skills-and-needs", "appeals"}
    roles = [scope for scope in ROLES if not (limited and scope.role == "officer")]
    answers = [ask(district(), scope, question, **given).to_dict() for scope in roles]
    assert answers[0]["rows"] and all(answer == answers[0] for answer in answers)


def test_of_one_small_group_the_next_smallest_is_withheld_too():
    frame = pl.DataFrame({"group": ["a", "b", "c"], "number": [3, 9, 22]})
    assert hide_small(frame, "number", [()])["number"].to_list() == [None, None, 20]
    assert hide_small(frame.filter(pl.col("number") > 3), "number", [()])["number"].to_list() == [5, 20]


def test_what_is_withheld_of_the_whole_is_withheld_of_its_parts():
    people = pl.DataFrame(
        [(f"p{n}", group, street) for n, (group, street) in enumerate([("a", "x")] * 3 + [("b", "x")] * 8 + [("c", "y")] * 30)],
        schema=["person", "group", "street"], orient="row",
    )  # fmt: skip
    whole, parts = count_levels(people, "group", ["street"])
    assert dict(whole.select("group", "members").iter_rows()) == {"a": None, "b": None, "c": 30}
    assert parts.filter(pl.col("group") == "b")["members"].to_list() == [None]


def test_members_are_counted_by_skill_unit_and_home():
    assert [(r.group, r.members) for r in rows("member-statistics", by="skill")] == [("家电维修", 15), ("法律咨询", 10)]
    assert [
        (r.group, r.members) for r in rows("member-statistics", by="unit")
    ] == []  # 3 of 洛轴 would give 26 of 一拖 away
    places = [(r.group, r.members) for r in rows("member-statistics", by="community")]
    assert places == [("重二社区", 10), ("长安社区", 10), ("郑州路社区", 5)]


def test_an_area_narrows_the_count_to_those_who_live_there():
    assert [(r.group, r.members) for r in rows("member-statistics", by="skill", area="长安路街道")] == [
        ("家电维修", 15),
        ("法律咨询", 5),
    ]


def test_two_days_are_compared_by_the_same_rule():
    (found,) = rows("member-statistics", compare="2026-01-01")
    assert (found.group, found.members, found.before, found.change) == (
        "在职",
        25,
        15,
        "2026-01-01 约 15 人，约增加 10",
    )
    early = ask(district(), ROLES[0], "member-statistics", compare="2025-01-01")
    assert (
        early.rows[0].before is None and "最早的党员名册为 2025-12-31，无法与 2025-01-01 比较" in early.extra["remarks"]
    )


def test_where_a_skill_is_short_the_nearest_communities_with_members_to_spare_are_named():
    found = {r.community: (r.needs, r.members, r.balance) for r in rows("skills-and-needs")}
    assert found == {"郑州路社区": (1, 5, "met"), "重二社区": (1, 5, "met")}
    assert {(r.community, r.balance) for r in rows("skills-and-needs", spare=True)} == {
        ("郑州路社区", "met"),
        ("重二社区", "met"),
    }


def test_members_report_beside_where_they_live_and_small_places_are_left_out():
    found = [(r.community, r.living, r.reporting, r.cover) for r in rows("member-registrations", enterprise="一拖")]
    # The two of 郑州路社区 are withheld, and with them as many as would tell of them.
    assert found == [("长安社区", None, 15, "unknown"), ("重二社区", 10, None, "none")]


def test_registrations_of_all_enterprises_show_no_number_that_one_of_them_withholds():
    def told(**given):
        return {(r.enterprise, r.community, r.living, r.reporting) for r in rows("member-registrations", **given)}

    employers = {row[0] for row in told()}
    assert "中国一拖集团有限公司" in employers and told() == set().union(*(told(enterprise=one) for one in employers))
    assert {row[1] for row in told(community="长安社区")} == {"长安社区"}
    assert {row[1] for row in told(cover="none")} == {"重二社区"}
    assert told(unpaired=True) == told()  # no community of this district has a partner
    many = {"a": 3, "b": 9, "c": 22, "d": 7}
    frame = pl.DataFrame({"employer": "x", "name": list(many), "n": list(many.values())})
    assert dict(zip(many, hide_small(frame, "n", [("employer",)])["n"], strict=True)) == suppress(many)


def test_flows_are_exact_for_the_department_and_rounded_for_others():
    assert [(r.outgoing, r.incoming) for r in rows("floating-flows", ROLES[2])] == [(13, 6)]
    assert [(r.branch, r.other, str(r.month), r.outgoing, r.incoming) for r in rows("floating-flows", branch="一拖第一党支部")] == [
        ("一拖第一党支部", "重二社区党支部", "2026年5月", 10, 5),
    ]  # fmt: skip


def test_handovers_tell_how_far_they_are_and_persons_only_as_the_asker_may_see_them():
    found = [(r.subject, r.step, r.headcount, r.party_members, r.open_issues) for r in rows("handovers")]
    assert found == [("离退休党员", "under way", 40, None, "档案缺 2 册"), ("供水", "done", None, None, None)]
    assert rows("handovers", ROLES[2])[0].party_members == 3
    assert [r.subject for r in rows("handovers", unfinished=True)] == ["离退休党员"]


def test_appeals_show_no_small_count_nor_what_would_give_it_away():
    """3 complaints of noise are withheld with 7 of parking; 4 of a community with the 9 of its subdistrict."""
    found = [
        (r.area, r.theme, str(r.month), r.cases, r.closed, r.mean_days, r.projects)
        for r in rows("appeals", period="2026")
    ]
    assert found == [
        ("重二社区", "物业管理", "2026年5月", 10, 5, 6.5, ["老旧小区物业管理提升"]),
        ("长安社区", "噪声扰民", "2026年5月", 5, None, None, []),
        ("长安社区", "物业管理", "2026年5月", 5, None, None, ["老旧小区物业管理提升"]),
        ("郑州路社区", "物业管理", "2026年4月", 20, None, None, []),
    ]  # fmt: skip


def test_appeals_are_added_up_by_subdistrict_under_the_same_rule():
    """A subdistrict's own count goes before the sum of its communities; nothing below five, nothing that gives it away."""
    found = {(r.area, r.theme, str(r.month)): r.cases for r in rows("appeals", period="2026", by="subdistrict")}
    assert all(number >= 5 and number % 5 == 0 for number in found.values())
    assert found and all(area.endswith("街道") for area, _, _ in found)


def test_no_appeal_is_found_by_its_id():
    from graph.errors import UnknownEntityError

    with pytest.raises(UnknownEntityError):
        ask(district(), ROLES[2], "provenance", entity="case:2")
