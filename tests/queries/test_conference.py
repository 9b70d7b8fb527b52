"""The joint conference: who belongs, who came, what recurs, what is overdue, how units are assessed – on a district of ten lines."""

from datetime import date
from functools import cache

import pytest

from graph.problems import WARNING, Problem
from queries.asking import ask
from queries.reading.scope import Scope
from tests.queries.small_graph import small_graph

VIEWER = Scope("viewer", "viewer")
day = date.fromisoformat

ENTITIES = {
    "Subdistrict": [{"id": "sub:ca", "name": "长安路街道"}],
    "Enterprise": [{"id": "ent:yt", "name": "中国一拖集团有限公司", "short_name": "一拖"}, {"id": "ent:lz", "name": "洛阳轴承集团有限公司"}],
    "Community": [{"id": "com:ce", "name": "重二社区"}, {"id": "com:ca", "name": "长安社区"}],
    "PartyOrganization": [{"id": "po:yt", "name": "中国一拖集团有限公司党委"}, {"id": "po:old", "name": "一拖离退休党支部"}],
    "Post": [{"id": "post:1", "kind": "首席服务官", "title": "副主任"}],
    "JointConference": [{"id": "jc:1", "name": "地企党建联席会"}],
    "Meeting": [
        {"id": "mtg:1", "name": "第一次会议", "day": day("2026-01-15")},
        {"id": "mtg:2", "name": "第二次会议", "day": day("2026-04-15")},
        {"id": "mtg:3", "name": "第三次会议", "day": day("2026-06-10")},
    ],
    "AgendaItem": [
        {"id": "agenda:gas", "name": "家属院天然气改造", "category": "民生"},
        {"id": "agenda:road", "name": "厂前路照明", "category": "民生"},
    ],
    "ActionItem": [
        {"id": "task:1", "number": "DB-1", "name": "天然气入户", "due": day("2026-05-01"), "status": "办理中", "opened": day("2026-01-20")},
        {"id": "task:2", "number": "DB-2", "name": "路灯更换", "due": day("2026-06-20"), "status": "正在办理"},
        {"id": "task:3", "number": "DB-3", "name": "管线勘察", "due": day("2026-07-03"), "status": "办理中", "alert": "红"},
        {"id": "task:4", "number": "DB-4", "name": "方案公示", "due": day("2026-03-01"), "status": "已销号", "closed_at": day("2026-02-20"), "score": 5.0},
        {"id": "task:5", "number": "DB-5", "name": "资金落实", "due": day("2026-03-01"), "status": "已办结", "closed_at": day("2026-03-11")},
        {"id": "task:6", "number": "DB-6", "name": "长效机制", "status": "办理中"},
        {"id": "task:7", "number": "DB-7", "name": "验收", "due": day("2026-09-01"), "status": "未启动"},
        {"id": "task:8", "number": "DB-8", "name": "另设门岗", "due": day("2026-02-01"), "status": "已取消"},
    ],
    "Assessment": [
        {"id": "asm:1", "scheme": "年度目标管理考核", "period": day("2026-01-01"), "subject": "一拖", "score": 92.0, "full_score": 100.0, "rank": 2},
        {"id": "asm:2", "scheme": "年度目标管理考核", "period": day("2026-01-01"), "subject": "一拖", "indicator": "督办落实", "score": 26.0, "full_score": 30.0, "deductions": "逾期两项"},
        {"id": "asm:3", "scheme": "平安企业", "period": day("2026-01-01"), "subject": "一拖", "score": 99.0, "stars": "五星"},
    ],
}  # fmt: skip
RELATIONS = [
    ("BELONGS_TO", "com:ce", "sub:ca"), ("LOCATED_IN", "ent:yt", "sub:ca"), ("HAS_PARTY_ORGANIZATION", "ent:yt", "po:yt"), ("HAS_PARTY_ORGANIZATION", "ent:yt", "po:old"), ("OPEN_AT", "post:1", "sub:ca"), ("SERVES", "post:1", "ent:yt"),
    ("MEMBER_OF_CONFERENCE", "ent:yt", "jc:1", {"role": "牵头单位", "since": day("2020-01-01")}),
    ("MEMBER_OF_CONFERENCE", "com:ce", "jc:1", {"role": "成员单位", "since": day("2026-03-01")}),
    ("MEMBER_OF_CONFERENCE", "com:ca", "jc:1", {"role": "成员单位", "until": day("2026-05-31")}),
    *(("HELD_BY", f"mtg:{n}", "jc:1") for n in (1, 2, 3)),
    ("ATTENDED", "ent:yt", "mtg:1", {"presence": "出席"}), ("ATTENDED", "ent:yt", "mtg:2", {"presence": "出席"}),
    ("ATTENDED", "com:ca", "mtg:1", {"presence": "缺席"}), ("ATTENDED", "ent:lz", "mtg:2", {"presence": "列席"}),
    ("DISCUSSED_AT", "agenda:gas", "mtg:1", {"decision": "年内完成"}), ("DISCUSSED_AT", "agenda:gas", "mtg:2", {"decision": "加快推进"}),
    ("DISCUSSED_AT", "agenda:road", "mtg:2"), ("RAISED", "com:ce", "agenda:gas", {"submitted": day("2025-12-30")}),
    ("RESULTED_IN", "agenda:gas", "task:1"), ("RESULTED_IN", "mtg:2", "task:2"), ("RESULTED_IN", "agenda:road", "task:4"),
    ("ASSIGNED_TO", "task:1", "ent:yt", {"role": "牵头"}), ("ASSIGNED_TO", "task:1", "com:ce", {"role": "配合"}),
    ("ASSIGNED_TO", "task:2", "com:ca", {"role": "责任"}), ("ASSIGNED_TO", "task:3", "ent:yt", {"role": "责任"}),
    ("ASSIGNED_TO", "task:4", "ent:yt", {"role": "责任"}), ("ASSIGNED_TO", "task:5", "ent:yt", {"role": "责任"}),
    ("ASSIGNED_TO", "task:7", "ent:yt", {"role": "责任"}), ("ASSIGNED_TO", "task:8", "ent:yt", {"role": "责任"}),
    ("RESULTED_IN", "agenda:gas", "task:8"), ("RESULTED_IN", "mtg:2", "task:8"),
    ("ASSESSES", "asm:1", "ent:yt"), ("ASSESSES", "asm:2", "ent:yt"), ("ASSESSES", "asm:3", "ent:yt"),
]  # fmt: skip


@cache
def district():
    return small_graph(ENTITIES, RELATIONS)


def rows(question, **given):
    return ask(district(), VIEWER, question, **given).rows


def test_members_come_with_role_party_organization_and_post_and_the_others_last():
    found = [(r.unit, r.standing, r.role, r.party_organization, r.posts) for r in rows("conference-members")]
    assert found == [
        ("重二社区", "in", "成员单位", None, None),
        ("中国一拖集团有限公司", "in", "牵头单位", "中国一拖集团有限公司党委", "长安路街道副主任（首席服务官）"),
        ("长安社区", "left", "成员单位", None, None),
        ("洛阳轴承集团有限公司", "out", None, None, None),
    ]


def test_who_belonged_is_told_as_of_a_day():
    then = {r.unit: r.standing for r in rows("conference-members", as_of="2026-02-01")}
    assert then["重二社区"] == "out" and then["长安社区"] == "in"


def test_the_missing_are_listed_alone_and_within_an_area():
    assert [r.unit for r in rows("conference-members", missing=True)] == ["长安社区", "洛阳轴承集团有限公司"]
    assert [r.unit for r in rows("conference-members", area="长安路街道", as_of="2026-02-01", missing=True)] == [
        "重二社区"
    ]


def test_attendance_counts_the_meetings_a_unit_could_have_come_to():
    """The third meeting has no list of who came; 重二社区 joined after the first."""
    found = {r.unit: (r.held, r.attended, r.observed, r.absent, r.untold) for r in rows("meetings", period="2026")}
    assert found == {
        "中国一拖集团有限公司": (2, 2, 0, 0, 0),
        "洛阳轴承集团有限公司": (1, 0, 1, 0, 0),
        "长安社区": (2, 0, 0, 1, 1),
        "重二社区": (1, 0, 0, 0, 1),
    }
    assert [str(one) for one in rows("meetings", period="2026Q1")[0].meetings] == ["2026-01-15 第一次会议：缺席"]


def test_meetings_tell_themes_and_what_recurs_unresolved():
    extra = ask(district(), VIEWER, "meetings", period="2026").extra
    assert extra["themes"] == ["议题类别“民生”：2 项（厂前路照明、家属院天然气改造）"]
    assert extra["recurring"] == [
        "反复上会未解决：“家属院天然气改造”上会 2 次（2026-01-15、2026-04-15），形成的督办事项尚未全部办结"
    ]
    assert "其中 1 次没有参会记录，未计入" in extra["summary"]


def test_an_issue_is_settled_when_what_came_of_it_is_done():
    assert [(r.issue, r.recurs, r.state, r.raised_by, r.decision) for r in rows("agenda-items")] == [
        ("家属院天然气改造", True, "open", "重二社区", "加快推进"),
        ("厂前路照明", False, "settled", None, None),
    ]


def test_overdue_items_are_red_yellow_or_blue_by_age_and_name_their_meeting():
    found = [(r.number, r.warning, r.late, r.units, r.helping, r.meeting) for r in rows("follow-ups")]
    assert found == [
        ("DB-1", "red", 60, "中国一拖集团有限公司", "重二社区", "第一次会议"),
        ("DB-2", "yellow", 10, "长安社区", None, "第二次会议"),
        ("DB-3", "blue", None, "中国一拖集团有限公司", None, None),
    ]


@pytest.mark.parametrize(("as_of", "expected"), [("2026-05-31", "yellow"), ("2026-06-01", "red")])
def test_an_item_is_red_when_overdue_for_more_than_thirty_days(as_of, expected):
    assert {r.number: r.warning for r in rows("follow-ups", as_of=as_of, unit="一拖")}["DB-1"] == expected


def test_closed_and_undated_items_are_never_overdue_and_say_why():
    notes = {r.number: (r.warning, r.note) for r in rows("follow-ups", all=True)}
    assert notes["DB-5"] == (None, "2026-03-11 办结，超过时限 10 天")
    assert notes["DB-6"] == (None, "未写完成时限，无法判断是否逾期")
    assert notes["DB-8"] == (None, "已取消，不再办理")  # not done, and in no share of what was


def test_the_meeting_of_an_item_is_the_one_its_row_names_not_the_first_that_spoke_of_its_issue():
    assert {r.number: r.meeting for r in rows("follow-ups", all=True)}["DB-8"] == "第二次会议"


def test_what_a_unit_helps_with_is_listed_beside_what_it_answers_for():
    assert [(r.number, r.units, r.helping) for r in rows("follow-ups", unit="重二社区")] == [
        ("DB-1", "中国一拖集团有限公司", "重二社区")
    ]


def test_who_was_absent_has_not_met_those_who_came():
    found = rows("unit-links", unit="一拖", other="长安社区")
    assert not [one for row in found for one in row.links if one.kind == "meeting"]
    page = {str(r.heading): str(r.text) for r in rows("unit-page", unit="长安社区")}
    assert page["参会 · 联席会议"] == "第一次会议（2026-01-15）（缺席）"


def test_overdue_items_are_added_up_by_unit():
    assert ask(district(), VIEWER, "follow-ups").extra["by_unit"] == [
        "中国一拖集团有限公司：逾期 1 项，最久 60 天", "长安社区：逾期 1 项，最久 10 天",
    ]  # fmt: skip


def test_the_assessment_counts_what_fell_due_and_makes_no_total_of_its_own():
    (found,) = rows("assessment", unit="一拖", period="2026-01..2026-06")
    assert (found.items, found.closed, found.closed_share, found.on_time, found.on_time_share, found.overdue) == (
        3,
        2,
        0.67,
        1,
        0.33,
        1,
    )
    assert (found.score, found.rank) == (92.0, 2)
    assert [str(part.text) for part in found.parts] == [
        "按时办结：方案公示（时限 2026-03-01，2026-02-20 办结）",
        "逾期办结：资金落实（时限 2026-03-01，2026-03-11 办结）",
        "逾期未办结：天然气入户（时限 2026-05-01）",
        "督办事项得分：1 项共 5 分",
        "联席会议：到会 2 次，缺席 0 次",
        "2026 年度目标管理考核：92/100 分",
        "2026 督办落实：26/30 分（逾期两项）",
    ]


class Waiting:
    """A history in which a row of the roll waits for a name, and a row of another sheet does, too."""

    def problems(self):
        told = [("MEMBER_OF_CONFERENCE", "水泵厂党组织"), ("另一张表", "无名中学")]
        return [
            Problem("unit.unknown", WARNING, "登记表.xlsx", sheet, 9, value=name, details=(("rows", 1),)).store()
            | {"load": "load1"}
            for sheet, name in told
        ]


def test_who_is_on_the_roll_under_a_name_that_nobody_knows_is_told_beside_who_is_not_in():
    with small_graph(ENTITIES, RELATIONS, Waiting()) as graph:
        told = ask(graph, VIEWER, "conference-members").extra["waiting_names"]
    assert "1 行的单位名称还没有认出，未计入（如水泵厂党组织）" in told
    assert "waiting_names" not in ask(district(), VIEWER, "conference-members").extra
