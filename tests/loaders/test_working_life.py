"""Bookings, claims, closings, renewals and needs listed twice: refused with the reason where impossible, else in the questions at once."""

from contextlib import nullcontext
from datetime import date
from functools import cache

import pytest

from graph.decisions import make_decision
from graph.errors import ShilianError
from graph.schema import SCHEMA
from graph.tables import Tables
from loaders.merging.derive import derive_tables
from queries.asking import ask
from queries.decision_checks import check_decision
from queries.reading.clock_span import ClockSpan
from queries.reading.scope import Scope
from tests.queries.memory_graph import MemoryGraph
from tests.queries.small_graph import AS_OF, make_tables

VIEWER = Scope("viewer", "viewer")
day = date.fromisoformat
ENTITIES = {
    "Enterprise": [{"id": "ent:yt", "name": "中国一拖集团有限公司", "short_name": "一拖"}, {"id": "ent:lz", "name": "洛阳轴承集团有限公司", "short_name": "洛轴"}],
    "Community": [{"id": "com:ce", "name": "重二社区"}, {"id": "com:ca", "name": "长安社区"}],
    "Venue": [
        {"id": "ven:1", "name": "一拖会议室", "kind": "会议室", "capacity": 60, "open_hours": "Mo-Fr 09:00-18:00", "open_hours_weekly": 45.0, "keeps_log": True, "status": "在用"},
        {"id": "ven:2", "name": "一拖礼堂", "status": "停用"},
    ],
    "ResourceUse": [{"id": "use:1", "day": day("2026-07-09"), "time_from": "09:00", "time_to": "11:00", "purpose": "培训"}, {"id": "use:2", "day": day("2026-07-08"), "purpose": "联谊"}],
    "Need": [
        {"id": "need:1", "title": "健康义诊", "status": "待对接", "deadline": day("2026-07-05")}, {"id": "need:2", "title": "健康义诊", "status": "待对接", "quantity": 3, "unit": "场"},
        {"id": "need:3", "title": "旧书桌", "category": "微心愿", "status": "待对接"}, {"id": "need:4", "title": "法律讲座", "status": "已满足"},
    ],
    "Offering": [{"id": "off:1", "title": "健康义诊", "category": "健康医疗"}],
    "ActionItem": [
        {"id": "task:1", "number": "DB-2026-03", "name": "路灯更换", "due": day("2026-06-20"), "status": "办理中"},
        {"id": "task:2", "number": "DB-2026-04", "name": "管线勘察", "due": day("2026-03-01"), "status": "已销号", "closed_at": day("2026-02-20")},
    ],
    "Agreement": [
        {"id": "agr:1", "number": "共建〔2024〕1号", "signed": day("2024-07-01"), "ends": day("2026-07-03"), "expires": day("2026-07-03"), "status": "履行中"},
        {"id": "agr:2", "number": "共建〔2023〕2号", "signed": day("2023-01-01"), "ends": day("2026-05-31"), "expires": day("2026-05-31"), "status": "已到期"},
        {"id": "agr:3", "number": "共建〔2022〕3号", "signed": day("2022-01-01"), "status": "已终止"},
    ],
}  # fmt: skip
RELATIONS = [
    ("OWNS", "ent:yt", "ven:1"), ("OWNS", "ent:yt", "ven:2"), ("USES", "use:1", "ven:1"), ("USED_BY", "use:1", "com:ca"), ("USES", "use:2", "ven:1"), ("USED_BY", "use:2", "com:ca"),
    ("SEEKS", "com:ce", "need:1"), ("SEEKS", "com:ca", "need:2"), ("SEEKS", "com:ca", "need:3"), ("SEEKS", "com:ca", "need:4"), ("ASSIGNED_TO", "task:1", "ent:yt", {"role": "责任"}),
    ("OFFERS", "ent:lz", "off:1"),
    ("CLAIMED", "ent:lz", "need:3", {"status": "已认领", "at": day("2026-05-01")}),
    *(("SIGNED", unit, agreement) for agreement in ("agr:1", "agr:2", "agr:3") for unit in ("com:ce", "ent:yt")),
]  # fmt: skip


@cache
def make_graph(*decided):
    """Return the graph that follows from the lines above and decisions, each (kind, (field, value), …), taken on the first of July."""
    tables = make_tables(ENTITIES, RELATIONS)
    entities, relations = dict(tables.entities), dict(tables.relations)
    made = [
        make_decision(kind, dict(said), number=number, by="张", at="2026-07-01T09:00:00")
        for number, (kind, *said) in enumerate(decided, start=1)
    ]
    derive_tables(SCHEMA, entities, relations, AS_OF, made)
    return MemoryGraph(Tables(entities, relations))


def check(kind, standing=(), **said):
    return check_decision(make_decision(kind, said), lambda: nullcontext(make_graph()), standing).decision


def decided(kind, **said):
    return kind, *check(kind, **said).to_payload().items()


def rows(graph, question, **given):
    return ask(graph, VIEWER, question, **given).rows


BOOKING = {"venue": "一拖会议室", "unit": "重二社区", "day": "2026-07-10", "time": "14:00-16:00", "people": "40"}
REFUSED = [
    ("book", BOOKING | {"venue": "一拖礼堂"}, "停用"),
    ("book", BOOKING | {"day": "2026-07-11"}, "周六这时不开放"),
    ("book", BOOKING | {"time": "17:00-19:00"}, "周五这时不开放"),
    ("book", BOOKING | {"people": "61"}, "只能容纳 60 人"),
    ("book", BOOKING | {"day": "2026-07-09", "time": "10:30-12:00"}, "09:00—11:00 长安社区“培训”"),
    ("book", BOOKING | {"day": "2026-07-08"}, "时段未写明"),
    ("book", BOOKING | {"day": "2026-06-29"}, "已过（数据截至 2026-06-30）"),
    ("book", BOOKING | {"time": "下次"}, "14:00-16:00"),
    ("book", BOOKING | {"venue": "三楼会议室"}, "一拖会议室"),
    ("claim", {"unit": "一拖", "need": "健康义诊"}, "重二社区健康义诊、长安社区健康义诊"),
    ("claim", {"unit": "重二社区", "need": "重二社区健康义诊"}, "自己提出"),
    ("claim", {"unit": "一拖", "need": "旧书桌"}, "已由洛阳轴承集团有限公司认领"),
    ("claim", {"unit": "洛轴", "need": "旧书桌"}, "本单位已经认领"),
    ("claim", {"unit": "一拖", "need": "法律讲座"}, "已经结束（已满足）"),
    ("close", {"item": "DB-2026-04", "result": "已完成"}, "已经办结（2026-02-20）"),
    ("close", {"item": "DB-2026-03", "result": "已完成", "day": "2099-01-01"}, "还没有到"),
    ("duplicate", {"need": "旧书桌", "other": "旧书桌"}, "是同一项需求"),
    ("distinct", {"need": "旧书桌", "other": "DB-2026-03"}, "不能确定是哪一个需求"),
    ("renew", {"agreement": "共建〔2024〕1号", "until": "2026-07-03"}, "不晚于 2026-07-03"),
    ("renew", {"agreement": "共建〔2022〕3号", "until": "2028-01-01"}, "应另签新协议"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "said", "words"), REFUSED, ids=[f"{n}-{one[0]}" for n, one in enumerate(REFUSED)])
def test_what_is_impossible_is_refused_with_the_reason(kind, said, words):
    with pytest.raises(ShilianError) as refused:
        check(kind, **said)
    assert words in refused.value.message("zh")


@pytest.mark.parametrize("time", ["13:00-14:00", "16:00-18:00"])
def test_a_venue_may_be_booked_up_to_the_minute_at_which_another_has_it(time):
    first = check("book", **BOOKING)
    assert check("book", standing=[first], **BOOKING | {"time": time}).time == time
    with pytest.raises(ShilianError, match="14:00-16:00"):
        check("book", standing=[first], **BOOKING | {"time": "15:59-17:00"})


def test_a_booking_is_on_record_for_both_units_and_beside_the_unused():
    graph = make_graph(decided("book", **BOOKING, purpose="主题党日"))
    for unit in ("重二社区", "一拖"):
        assert ("一拖会议室", day("2026-07-10"), "14:00—16:00 主题党日") in [
            (r.what, r.day, r.detail) for r in rows(graph, "due", unit=unit, days=10)
        ]
    with pytest.raises(ShilianError, match="14:00—16:00"):
        check_decision(make_decision("book", BOOKING), lambda: nullcontext(graph), ())
    (found,) = [r for r in rows(graph, "unused-resources", all=True) if r.resource == "一拖会议室"]
    assert found.status == "unused" and "已有预订 3 次，最近一次 2026-07-08" in found.note


@pytest.mark.parametrize(("time", "fit"), [("", "narrowly"), ("14:00-16:00", "fits")])
def test_a_venue_booked_without_a_time_is_taken_all_day(time, fit):
    graph = make_graph(decided("book", **BOOKING | {"time": time}))
    (found,) = rows(graph, "venues-for", people=30, day=day("2026-07-10"), time=ClockSpan.parse("上午"))
    assert found.fit == fit
    assert str(found.bookings) == f"{'14:00—16:00' if time else '全天'} 重二社区"


def test_for_a_need_that_is_claimed_nobody_else_is_sought_but_for_the_rest_of_one_claimed_in_part():
    def sought(*said):
        return {r.left for r in rows(make_graph(*said), "matches", pairing="need-offering")}

    one, other = (f"健康义诊（{unit}）" for unit in ("重二社区", "长安社区"))
    assert sought() == {one, other}
    whole = decided("claim", unit="一拖", need="重二社区：健康义诊")
    assert sought(whole) == {other}
    part = decided("claim", unit="一拖", need="长安社区：健康义诊", quantity="2")
    assert sought(part) == {one, other}
    rest = decided("claim", unit="重二社区", need="长安社区：健康义诊", quantity="1")
    assert sought(part, rest) == {one}


def test_a_claim_leaves_the_need_open_until_it_is_closed_with_a_result():
    claim = decided("claim", unit="一拖", need="重二社区：健康义诊", content="义诊两场")
    claimed = {(r.what, r.state) for r in rows(make_graph(claim), "due", unit="一拖")}
    assert ("健康义诊", "due") in claimed
    assert {(r.what, r.state) for r in rows(make_graph(), "due", unit="重二社区")} >= {("健康义诊", "unclaimed")}
    closed = make_graph(claim, decided("close", item="重二社区健康义诊", result="已开展两场"))
    assert "健康义诊" not in [r.what for r in rows(closed, "due", days=10)]
    tie = closed.relations("CLAIMED").filter(target="need:1").row(0, named=True)
    assert (tie["status"], tie["at"], tie["done"], tie["content"]) == (
        "已完成",
        day("2026-07-01"),
        day("2026-07-01"),
        "义诊两场",
    )


def test_a_closed_item_is_overdue_no_more_and_tells_its_result():
    assert [r.number for r in rows(make_graph(), "follow-ups")] == ["DB-2026-03"]
    graph = make_graph(decided("close", item="DB-2026-03", result="路灯已全部更换", day="2026-06-30"))
    assert rows(graph, "follow-ups") == []
    found = {r.number: (r.status, r.progress, r.note) for r in rows(graph, "follow-ups", all=True)}
    assert found["DB-2026-03"] == ("已销号", "路灯已全部更换", "2026-06-30 办结，超过时限 10 天")


def test_a_renewed_agreement_expires_later_and_its_parties_are_partners_again():
    before = make_graph()
    assert [r.what for r in rows(before, "due") if r.state == "expires"] == ["共建〔2024〕1号"]
    graph = make_graph(
        decided("renew", agreement="共建〔2024〕1号", until="2029-07-03"),
        decided("renew", agreement="共建〔2023〕2号", until="2029-05-31"),
    )
    assert [r for r in rows(graph, "due") if r.state == "expires"] == []
    assert set(before.relations("PARTNERED_WITH")["agreement"]) == {"agr:1"}
    assert set(graph.relations("PARTNERED_WITH")["agreement"]) == {"agr:1", "agr:2"}


def test_what_is_due_is_told_by_day_with_the_overdue_first():
    found = [(r.what, r.days_left, r.state) for r in rows(make_graph(), "due")]
    assert found == [
        ("旧书桌", -30, "overdue"),
        ("路灯更换", -10, "overdue"),
        ("共建〔2024〕1号", 3, "expires"),
        ("健康义诊", 5, "unclaimed"),
    ]


ANALYST = Scope("analyst", "analyst")
# What wishes and needs say of one community: the same once in other words, once in the same, once met already; and what only looks like it.
TWICE = {
    "need:a1": ("sheet1", "楼道加装扶手", {"category": "微心愿", "quantity": 2}), "need:a2": ("sheet2", "安装楼道扶手", {"category": "为老服务", "place": "3号楼"}),
    "need:b1": ("sheet1", "上门理发", {"category": "微心愿"}), "need:b2": ("sheet2", "上门理发", {"category": "便民服务", "status": "已满足"}),
    "need:c1": ("sheet1", "3号楼路灯维修", {}), "need:c2": ("sheet2", "5号楼路灯维修", {}),
    "need:d1": ("sheet1", "老年助餐", {}), "need:d2": ("sheet2", "老年助浴", {}),
    "need:e1": ("sheet1", "法律咨询", {}), "need:e2": ("sheet1", "法律咨询", {"category": "普法"}),
    "need:f1": ("sheet1", "健康义诊", {"raised": day("2025-03-01")}), "need:f2": ("sheet2", "健康义诊", {"raised": day("2026-03-01")}),
}  # fmt: skip


@cache
def graph_of_twice(*decided):
    needs = [{"id": id, "title": title, "sheet": sheet, **said} for id, (sheet, title, said) in TWICE.items()]
    tables = make_tables(
        ENTITIES | {"Need": needs},
        [*(("SEEKS", "com:ce", id) for id in TWICE), ("CLAIMED", "ent:yt", "need:a2", {"status": "已认领"})],
    )
    entities, relations = dict(tables.entities), dict(tables.relations)
    made = [
        make_decision(kind, {"need": need, "other": other}, number=n) for n, (kind, need, other) in enumerate(decided)
    ]
    derive_tables(SCHEMA, entities, relations, AS_OF, made)
    return MemoryGraph(Tables(entities, relations))


def listed_twice(*decided):
    rows = ask(graph_of_twice(*decided), ANALYST, "needs-to-review").rows
    return {frozenset((row.need_id, row.other_id)) for row in rows}


def test_needs_of_two_lists_that_are_likely_one_are_shown_and_counted_as_such():
    assert listed_twice() == {frozenset(("need:a1", "need:a2")), frozenset(("need:b1", "need:b2"))}
    told = {row.need: str(row.text) for row in ask(graph_of_twice(), ANALYST, "needs-to-review").rows}
    assert told["上门理发"].startswith("内容相同；状态：前者") and "已有单位认领其中一项" in told["楼道加装扶手"]
    open_ones = ask(graph_of_twice(), VIEWER, "unmatched-needs", days=0)
    assert {row.need: str(row.twice) for row in open_ones.rows}[
        "楼道加装扶手"
    ] == "与“安装楼道扶手”可能是同一件事，请核对"
    assert "1 项可能与另一项是同一件事" in ask(graph_of_twice(), VIEWER, "overview").extra["listed_twice"]


def test_needs_decided_to_be_one_are_one_with_what_either_list_says_and_the_claims_of_both():
    graph = graph_of_twice(("duplicate", "need:a1", "need:a2"), ("duplicate", "need:b1", "need:b2"))
    kept = graph.entities("Need").rows_by_key("id", named=True, unique=True)
    assert "need:a2" not in kept and (kept["need:a1"]["quantity"], kept["need:a1"]["place"]) == (2, "3号楼")
    assert graph.relations("CLAIMED")["target"].to_list() == ["need:a1"]
    assert kept["need:b1"]["status"] == "已满足"  # met by what one of the lists says
    assert ask(graph, ANALYST, "needs-to-review").rows == []
    assert graph.relations("SEEKS").filter(target="need:a2").is_empty()


def test_needs_decided_to_be_two_are_shown_as_likely_one_no_more():
    assert listed_twice(("distinct", "need:a2", "need:a1")) == {frozenset(("need:b1", "need:b2"))}
