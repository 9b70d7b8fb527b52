"""Planted: a room that fits, one too small by ten seats, one booked, one silent, one shut, one that must be booked a week ahead."""

from datetime import date

import pytest

from graph.errors import ArgumentError
from queries.asking import ask
from queries.reading.scope import Scope
from tests.queries.memory_graph import District

SCOPE, VIEWER = Scope("tester", "analyst"), Scope("viewer", "viewer")
SATURDAY = date(2026, 7, 11)
OPEN = "Sa-Su 09:00-18:00"


@pytest.fixture(scope="module")
def graph():
    district = District()
    community = district.community("重二社区", 112.41, 34.66)
    factory = district.enterprise("中国一拖集团有限公司", 112.40, 34.66, short_name="一拖")
    far = district.enterprise("洛阳轴承集团有限公司", 112.50, 34.66)

    def room(name, owner=factory, **values):
        key = district.entity("Venue", f"ven:{name}", name=name, kind="会议室", **values)
        label = "Community" if owner.startswith("com") else "Enterprise"
        district.relate("OWNS", (label, owner), ("Venue", key))
        return key

    room("大会议室", capacity=80, open_hours=OPEN, equipment=["投影仪", "音响"], lead_days=3, fee="免费")
    room("小会议室", capacity=50, open_hours=OPEN, equipment=["投影仪"], lead_days=0)
    room("极小会议室", capacity=20, open_hours=OPEN, equipment=["投影仪"])
    busy = room("职工之家", capacity=70, open_hours=OPEN, equipment=["LED屏"])
    room("党群中心", owner=community)
    room("停用的礼堂", capacity=300, open_hours=OPEN, status="已停用")
    room("自用会议室", capacity=300, open_hours=OPEN, remark="仅供本单位使用")
    room("预约一月的报告厅", far, capacity=100, open_hours=OPEN, equipment=["投影"], lead_days=30)
    room("周一至周五的教室", far, capacity=100, open_hours="Mo-Fr 09:00-18:00", equipment=["投影"])
    district.entity("Venue", "ven:停车场", name="东门停车场", kind="停车场", capacity=120, open_hours=OPEN)
    use = district.entity("ResourceUse", "use:1", day=SATURDAY, time_from="13:00", time_to="15:00", purpose="义诊")
    district.relate("USES", ("ResourceUse", use), ("Venue", busy))
    district.relate("USED_BY", ("ResourceUse", use), ("Community", community))
    return district.graph()


def found(graph, scope=SCOPE, **more):
    asked = {"people": 60, "day": SATURDAY, "time": "14:00-16:30", "equipment": ["投影"], "near": "重二社区"}
    return ask(graph, scope, "venues-for", **asked | more)


def test_those_that_fit_come_before_those_to_ask_about_and_those_that_miss_one_thing(graph):
    rows = found(graph).rows
    assert [(row.venue, row.fit) for row in rows] == [
        ("大会议室", "fits"), ("党群中心", "to_ask"), ("小会议室", "narrowly"), ("职工之家", "narrowly"),
        ("周一至周五的教室", "narrowly"), ("预约一月的报告厅", "narrowly"),
    ]  # fmt: skip
    best = rows[0]
    assert (best.margin, best.km, best.fee, best.text) == (20, 0.9, "免费", "")
    assert best.lead == "需提前 3 天，来得及" and best.bookings == "未见登记"
    assert best.opening.startswith("2026-07-11（周六） 14:00—16:30 开放")


def test_each_says_what_it_misses_and_what_is_not_registered(graph):
    told = {row.venue: str(row.text) for row in found(graph).rows}
    assert told["小会议室"] == "可容纳 50 人，差 10 座"
    assert told["职工之家"] == "与已登记的使用冲突：13:00—15:00 重二社区“义诊”"
    assert told["预约一月的报告厅"] == "需提前 30 天，只剩 11 天"
    assert "周六" in told["周一至周五的教室"] and "不开放" in told["周一至周五的教室"]
    assert told["党群中心"] == "未登记可容纳人数；未登记开放时间；未登记设施设备，有无投影待核实"


def test_a_booking_at_another_hour_is_not_in_the_way(graph):
    row = next(row for row in found(graph, time="15:00-17:00").rows if row.venue == "职工之家")
    assert (row.fit, row.bookings, len(row.records)) == ("fits", "13:00—15:00 重二社区“义诊”", 2)


def test_a_fee_an_owner_and_no_number_of_people_can_be_asked_for(graph):
    assert [(row.venue, row.fit) for row in found(graph, free=True, unit="一拖", day=None, time=None).rows] == [
        ("大会议室", "fits"), ("职工之家", "to_ask"), ("小会议室", "narrowly"),
    ]  # fmt: skip
    any_size = found(graph, people=None, unit="一拖", day=None, time=None).rows
    assert [(row.venue, row.margin) for row in any_size][:1] == [("极小会议室", None)]


def test_what_is_shut_or_kept_for_its_own_is_only_counted(graph):
    answer = found(graph, people=200)
    assert answer.rows == [] or {row.venue for row in answer.rows} == {"党群中心"}
    assert answer.extra["left_out"] == "另有 2 处停用、已出租或不对外，未列入"


def test_a_car_park_is_no_venue_unless_one_is_asked_for(graph):
    assert "东门停车场" not in {row.venue for row in found(graph, people=100, equipment=[]).rows}
    assert [row.venue for row in found(graph, people=100, equipment=[], kind="停车").rows] == ["东门停车场"]


def test_the_day_of_booking_and_the_place_can_be_named(graph):
    late = found(graph, as_of=date(2026, 7, 10)).rows
    assert next(row.text for row in late if row.venue == "大会议室") == "需提前 3 天，只剩 1 天"
    rows = found(graph, near="洛阳轴承集团有限公司", people=90, equipment=[]).rows
    assert next(row.km for row in rows if row.venue == "预约一月的报告厅") == 0.0


def test_a_viewer_sees_the_same(graph):
    assert found(graph, VIEWER).rows == found(graph).rows


def test_a_time_that_nobody_can_read_is_refused(graph):
    with pytest.raises(ArgumentError, match="14:00-16:30"):
        found(graph, time="改天")


def test_venues_within_so_many_kilometres_of_a_place_and_what_has_no_position_is_counted(graph):
    near = found(graph, within=2)
    assert {row.venue for row in near.rows} == {"大会议室", "党群中心", "小会议室", "职工之家"}
    assert "大会议室" not in {row.venue for row in found(graph, within=0.5).rows}
    assert "无法计算距离" in found(graph, near="", within=2).extra["unplaced"]
