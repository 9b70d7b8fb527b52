"""What links two units: every path that the schema has, by kind and dated, in sentences an official would sign."""

import re
from datetime import date
from itertools import combinations_with_replacement

import polars as pl
import pytest

from graph.schema import SCHEMA
from queries.asking import ask
from queries.reading.link_ends import joining_kinds
from queries.reading.scope import Scope
from tests.queries.small_graph import small_graph

ANALYST, VIEWER = Scope("a", "analyst"), Scope("v", "viewer")
UNITS = {
    "Enterprise": [{"id": "ent:a", "name": "东拖集团"}, {"id": "ent:c", "name": "玻璃厂"}],
    "Community": [{"id": "com:b", "name": "梧桐社区"}],
}


def day(text):
    return date.fromisoformat(text)


def joined(entities, *relations, scope=ANALYST, unit="东拖集团", other="梧桐社区"):
    """Return the row that tells what links the two units of a small graph."""
    return ask(small_graph(UNITS | entities, relations), scope, "unit-links", unit=unit, other=other).rows[0]


def said(row):
    return [str(group.text) for group in row.links]


# Everything that joins the two in one graph: what an office's registers say of an enterprise and a community.
THINGS = {
    "Handover": [{"id": "hand:1", "subject": "供水管网", "day": day("2024-05-01"), "agreed": day("2024-03-01")}],
    "PartyOrganization": [{"id": "po:1", "name": "离退休联合党支部"}],
    "Need": [{"id": "need:1", "title": "老年助餐"}],
    "Project": [{"id": "prj:1", "title": "加装电梯", "start": day("2025-03-01")}],
    "Brand": [{"id": "brd:1", "name": "红色引擎"}],
    "ActionItem": [{"id": "task:1", "name": "道路维修", "opened": day("2025-06-01")}, {"id": "task:2", "name": "路灯更换"}],
    "Post": [{"id": "post:1", "kind": "党建指导员", "title": "党建指导员"}],
    "Meeting": [{"id": "mtg:1", "name": "第一次联席会议", "day": day("2025-01-10")}, {"id": "mtg:2", "name": "第二次联席会议"}],
    "AgendaItem": [{"id": "agenda:1", "name": "停车难"}, {"id": "agenda:2", "name": "飞线充电"}],
    "Visit": [{"id": "visit:1", "day": day("2025-02-02")}],
    "Activity": [{"id": "act:1", "title": "主题党日", "day": day("2025-05-01")}, {"id": "act:2", "title": "义诊", "day": day("2025-07-01")}],
    "Agreement": [{"id": "agr:com:sub:2024-05-01", "signed": day("2024-05-01")}],
    "Venue": [{"id": "ven:1", "name": "玻璃厂礼堂"}, {"id": "ven:2", "name": "东拖礼堂"}],
    "ResourceUse": [{"id": f"use:{n}", "day": day(f"2025-0{n}-01")} for n in range(1, 4)],
}  # fmt: skip
TIES = [
    ("FROM", "hand:1", "ent:a"), ("TO", "hand:1", "com:b"),
    ("HAS_PARTY_ORGANIZATION", "ent:a", "po:1"), ("HAS_PARTY_ORGANIZATION", "com:b", "po:1"),
    ("SEEKS", "com:b", "need:1"), ("CLAIMED", "ent:a", "need:1", {"at": day("2025-08-01")}),
    ("LEADS", "ent:a", "prj:1"), ("BENEFITS", "prj:1", "com:b"),
    ("CREATED", "com:b", "brd:1"), ("SUPPORTS", "ent:a", "brd:1"),
    ("ASSIGNED_TO", "task:1", "ent:a", {"role": "责任"}), ("ASSIGNED_TO", "task:1", "com:b", {"role": "配合"}),
    ("OPEN_AT", "post:1", "com:b"), ("SERVES", "post:1", "ent:a", {"since": day("2024-09-01")}),
    ("ATTENDED", "ent:a", "mtg:1"), ("ATTENDED", "com:b", "mtg:1"),
    ("RAISED", "com:b", "agenda:1"), ("DISCUSSED_AT", "agenda:1", "mtg:2"), ("ATTENDED", "ent:a", "mtg:2"),
    ("RAISED", "com:b", "agenda:2"), ("RESULTED_IN", "agenda:2", "task:2"), ("ASSIGNED_TO", "task:2", "ent:a", {"role": "责任"}),
    ("ABOUT_UNIT", "visit:1", "ent:a"), ("ABOUT_UNIT", "visit:1", "com:b"),
    ("LEADS", "ent:a", "act:1"), ("TAKES_PART_IN", "com:b", "act:1"),
    ("LEADS", "com:b", "act:2"), ("HELD_AT", "act:2", "ven:2"), ("OWNS", "ent:a", "ven:2"),
    ("SIGNED", "com:b", "agr:com:sub:2024-05-01", {"side": "甲"}), ("SIGNED", "ent:a", "agr:com:sub:2024-05-01", {"side": "乙"}),
    ("OWNS", "ent:c", "ven:1"), *(("USES", f"use:{n}", "ven:1") for n in range(1, 4)),
    ("USED_BY", "use:1", "ent:a"), ("USED_BY", "use:2", "com:b"), ("USED_BY", "use:3", "com:b"),
]  # fmt: skip


@pytest.fixture(scope="module")
def graph():
    return small_graph(UNITS | THINGS, TIES)


@pytest.fixture(scope="module")
def row(graph):
    return ask(graph, ANALYST, "unit-links", unit="东拖集团", other="梧桐社区").rows[0]


def test_every_way_in_which_two_units_are_linked_is_told_by_kind_and_dated(row):
    assert set(said(row)) == {
        "签订共驻共建协议 1 份（2024年5月1日）：梧桐社区—东拖集团 2024年5月共驻共建协议",
        "曾共同开展活动 1 次（2025年5月1日）：主题党日",
        "曾共同参加会议 1 次（2025年1月10日）：第一次联席会议",
        "曾先后借用同一场地 1 处，最近一次为2025年3月1日：玻璃厂礼堂",
        "移交“供水管网”：东拖集团（移出）、梧桐社区（接收）（2024年5月1日）",
        "党组织“离退休联合党支部”：东拖集团（组建单位）、梧桐社区（组建单位）",
        "需求“老年助餐”：东拖集团（认领）、梧桐社区（提出需求）（2025年8月1日）",
        "项目“加装电梯”：东拖集团（承办）、梧桐社区（受益）（2025年3月1日）",
        "党建品牌“红色引擎”：东拖集团（支撑）、梧桐社区（创建）",
        "督办事项“道路维修”：东拖集团（责任）、梧桐社区（配合）（2025年6月1日）",
        "岗位“党建指导员”：东拖集团（服务对象）、梧桐社区（设岗单位）（2024年9月1日）",
        "东拖集团—梧桐社区 2025年2月走访：东拖集团（所涉单位）、梧桐社区（所涉单位）（2025年2月2日）",
        "联席会议“第二次联席会议”—议题“停车难”：东拖集团（参会）、梧桐社区（提交）",
        "督办事项“路灯更换”—议题“飞线充电”：东拖集团（责任）、梧桐社区（提交）",
        "场地“东拖礼堂”—活动“义诊”：东拖集团（产权单位）、梧桐社区（承办）（2025年7月1日）",
    }


def test_no_sentence_has_an_id_a_code_or_an_english_word(row):
    assert [text for text in said(row) if re.search(r"[A-Za-z_:]", text)] == []
    assert [
        step["name"] for path in row.paths for step in path[::2] if re.search("[A-Za-z_:]", str(step["name"]))
    ] == []


def test_the_english_sentences_say_the_same_without_chinese_words(row):
    names = "东拖集团|梧桐社区|" + "|".join(
        str(value) for rows in THINGS.values() for one in rows for name, value in one.items() if name in {"name", "title", "subject"}
    )  # fmt: skip
    assert [
        group.text.en for group in row.links if re.search("[\u4e00-\u9fff]", re.sub(names, "", group.text.en))
    ] == []


def test_asked_from_the_other_side_the_links_are_the_same(graph, row):
    back = ask(graph, ANALYST, "unit-links", unit="梧桐社区", other="东拖集团").rows[0]
    assert (back.number, [e["date"] for e in back.timeline]) == (row.number, [e["date"] for e in row.timeline])


def test_the_order_of_the_rows_of_a_sheet_changes_nothing():
    twice = [("ASSIGNED_TO", "task:1", "ent:a", {"role": "配合"})]
    answers = [
        ask(small_graph(UNITS | THINGS, ties), ANALYST, "unit-links", unit="东拖集团").to_dict()
        for ties in ([*TIES, *twice], [*twice, *TIES[::-1]])
    ]
    assert answers[0]["rows"] == answers[1]["rows"]


def test_the_timeline_has_every_dated_link_in_order(row):
    assert [str(event["date"]) for event in row.timeline] == sorted(str(event["date"]) for event in row.timeline)
    assert len(row.timeline) == len([g for g in row.links if g.last])


def test_the_picture_has_each_relation_in_the_direction_of_the_graph(graph):
    answer = ask(graph, ANALYST, "unit-links", unit="梧桐社区", other="东拖集团")
    drawn = {(r["type"], r["source"], r["target"]) for r in answer.relations if r["type"] != "USED"}
    assert drawn == {tie[:3] for tie in TIES if tie[0] not in {"USES", "USED_BY"} and tie[1] != "ent:c"}


def test_two_guests_of_a_third_ones_room_held_nothing_together(graph):
    """Nor does it alone make them a row of the list: half a district has met in the same hall."""
    assert not any(
        "共同开展" in text for text in said(ask(graph, ANALYST, "unit-links", unit="玻璃厂", other="梧桐社区").rows[0])
    )
    only_guests = small_graph(UNITS | THINGS, [tie for tie in TIES if tie[0] in {"USES", "USED_BY"}])
    assert ask(only_guests, ANALYST, "unit-links", unit="东拖集团").rows == []


def test_a_longer_way_between_two_things_that_both_join_the_units_is_not_told():
    """The meeting is held by their conference: nothing new. That the one's item came up there is."""
    entities = {
        "Meeting": [{"id": "mtg:1", "name": "联席会议"}],
        "JointConference": [{"id": "jc:1", "name": "联席会"}],
        "AgendaItem": [{"id": "agenda:1", "name": "停车难"}],
    }
    ties = [
        ("HELD_BY", "mtg:1", "jc:1"),
        *((kind, unit, to) for unit in ("ent:a", "com:b") for kind, to in (("ATTENDED", "mtg:1"), ("MEMBER_OF_CONFERENCE", "jc:1"))),
        ("RAISED", "com:b", "agenda:1"), ("DISCUSSED_AT", "agenda:1", "mtg:1"),
    ]  # fmt: skip
    assert {group.kind for group in joined(entities, *ties).links} == {
        "meeting",
        "joint_conference",
        "meeting_agenda_item",
    }


@pytest.mark.parametrize(("status", "count"), [("拟签", "尚在计划或已取消"), ("履行中", "签订共驻共建协议 1 份")])
def test_what_is_only_planned_is_not_told_as_done(status, count):
    ties = [("SIGNED", "com:b", "agr:1", {"side": "甲"}), ("SIGNED", "ent:a", "agr:1", {"side": "乙"})]
    row = joined({"Agreement": [{"id": "agr:1", "number": "共建〔2025〕1号", "status": status}]}, *ties)
    assert count in said(row)[0]


def pairs():
    """Yield every two ties by which two units may have one thing in common, for every kind of thing of the schema."""
    for label in joining_kinds(SCHEMA):
        ends = [(r, out) for r in SCHEMA.relations for s, t in r.pairs() for out in (True, False)
                if (s, t) == (("Enterprise", label) if out else (label, "Enterprise"))]  # fmt: skip
        ends = [end for end in ends if end[0].type != "USED_BY"]
        yield from ((label, *two) for two in combinations_with_replacement(ends, 2))


@pytest.fixture(scope="module")
def all_pairs():
    """A graph with a thing for every two ties of the schema."""
    entities, ties = {label: list(rows) for label, rows in UNITS.items()}, []
    for number, (label, first, second) in enumerate(pairs()):
        entities.setdefault(label, []).append({"id": f"thing:{number}"})
        for unit, (relation, outward) in (("ent:a", first), ("com:b", second)):
            ends = (unit, f"thing:{number}") if outward else (f"thing:{number}", unit)
            ties.append((relation.type, *ends))
    made = small_graph(entities, list(dict.fromkeys(ties)))
    return ask(made, ANALYST, "unit-links", unit="ent:a", other="com:b")


def test_whatever_the_schema_lets_two_units_have_in_common_is_a_link(all_pairs):
    found = {path[2]["id"] for path in all_pairs.rows[0].paths if len(path) == 5}
    missing = [pair for number, pair in enumerate(pairs()) if f"thing:{number}" not in found]
    assert len(list(pairs())) > 40
    assert missing == []


def members(*places, relation="REPORTED_TO", employer="ent:a", first=0):
    """Return the ties of members of an employer to communities, and the members: (community, how many) each."""
    homes = [place for place, count in places for _ in range(count)]
    ids = [f"m{first + n}" for n in range(len(homes))]
    ties = [("WORKS_AT", one, employer) for one in ids]
    ties += [(relation, one, home) for one, home in zip(ids, homes, strict=True) if home]
    return [{"id": one, "pseudonym": one} for one in ids], ties


def test_an_enterprise_sees_where_its_members_report_beside_where_they_live():
    people, ties = members(("com:b", 12))
    made = small_graph(UNITS | {"Member": people}, [*ties, ("LIVES_IN", "m0", "com:b"), ("LIVES_IN", "m1", "com:b")])
    row = ask(made, ANALYST, "member-links", enterprise="东拖集团").rows[0]
    assert (row.members, row.reported) == (2, 12)
    assert "东拖集团有 12 名党员到梧桐社区报到" in said(row)
    assert [path[3]["type"] for path in row.paths] == ["LIVES_IN", "REPORTED_TO"]
    viewed = ask(made, VIEWER, "member-links", enterprise="东拖集团").rows[0]
    assert (viewed.members, viewed.reported) == (None, 10)
    assert said(viewed) == ["东拖集团有 10 名以上党员到梧桐社区报到"]


def test_a_community_sees_whose_members_report_there_and_what_is_withheld_is_so_from_both_sides():
    """Six report to one community and two to another: the six would tell the two, also to who asks from the community."""
    communities = [{"id": "com:b", "name": "梧桐社区"}, {"id": "com:d", "name": "桂花社区"}]
    people, ties = members(("com:b", 6), ("com:d", 2))
    others, more = members(("com:b", 7), employer="ent:c", first=50)
    made = small_graph(UNITS | {"Community": communities, "Member": [*people, *others]}, [*ties, *more])

    def reported(scope):
        rows = ask(made, scope, "unit-links", unit="梧桐社区").rows
        return {row.other: row.links[0].count for row in rows}

    assert reported(ANALYST) == {"东拖集团": 6, "玻璃厂": 7}
    assert reported(Scope("o", "officer", "ent:a")) == {"东拖集团": 6}
    assert reported(VIEWER) == {"玻璃厂": 5}
    assert [
        r.reported for r in ask(made, VIEWER, "member-links", enterprise="东拖集团", community="梧桐社区").rows
    ] == [None]


def test_the_answer_says_how_many_members_live_nobody_knows_where():
    def told(scope, without):
        people, ties = members(("com:b", 5), (None, without), relation="LIVES_IN")
        made = small_graph(UNITS | {"Member": people}, ties)
        return str(ask(made, scope, "member-links", enterprise="东拖集团").extra.get("without_community", ""))

    assert "该单位另有 7 名党员的居住社区不详" in told(ANALYST, 7)
    assert "该单位另有 5 名以上党员的居住社区不详" in told(VIEWER, 7)
    assert "4 名党员" in told(ANALYST, 4)
    assert told(VIEWER, 4) == told(ANALYST, 0) == ""


def test_a_community_is_told_of_how_many_members_there_no_employer_is_known():
    def told(scope, without):
        people, ties = members(("com:b", 5))
        strangers = [f"s{n}" for n in range(without)]
        ties += [("REPORTED_TO", one, "com:b") for one in strangers]
        made = small_graph(UNITS | {"Member": [*people, *({"id": s, "pseudonym": s} for s in strangers)]}, ties)
        return "".join(map(str, ask(made, scope, "unit-links", unit="梧桐社区").extra.values()))

    assert "到该社区报到的党员中有 8 名没有可对应的工作单位" in told(ANALYST, 8)
    assert "到该社区报到的党员中有 5 名以上没有可对应的工作单位" in told(VIEWER, 8)
    assert told(VIEWER, 4) == told(ANALYST, 0) == ""


def test_no_person_is_in_a_link():
    people, ties = members(("com:b", 9))
    made = small_graph(UNITS | {"Member": people}, ties)
    answer = ask(made, ANALYST, "unit-links", unit="梧桐社区")
    assert not re.search(r"\bm\d", str(answer.to_dict()) + str(list(answer.entities)))
    assert isinstance(answer.to_polars(), pl.DataFrame)
