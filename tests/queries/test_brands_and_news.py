"""Planted: brands that are alike and could be merged, units without one, honours of units, bases and brands, a round to choose, notices."""

from datetime import date

import pytest

from queries.asking import ask
from queries.reading.scope import Scope
from tests.queries.memory_graph import District

SCOPE, VIEWER = Scope("tester", "analyst"), Scope("viewer", "viewer")


@pytest.fixture(scope="module")
def graph():
    d = District()
    near, far = (d.entity("Subdistrict", f"sub:{name}", name=name) for name in ("长安路街道", "郑州路街道"))
    names = {"重二社区": (112.41, near), "长安社区": (112.42, near), "郑州路社区": (112.60, far)}
    units = {}
    for name, (lon, street) in names.items():
        units[name] = d.community(name, lon, 34.66)
        d.relate("BELONGS_TO", ("Community", units[name]), ("Subdistrict", street))
    yt = d.enterprise("中国一拖集团有限公司", 112.415, 34.66, short_name="一拖", industry="C3571")
    lz = d.enterprise("洛阳轴承集团有限公司", short_name="洛轴", lon=None, lat=None, industry="C3451")
    d.relate("LOCATED_IN", ("Enterprise", yt), ("Subdistrict", near))

    def brand(name, label, unit, **values):
        key = d.entity("Brand", f"brd:{name}", name=name, **values)
        d.relate("CREATED", (label, unit), ("Brand", key))
        return key

    one = brand("党旗下的邻里情", "Community", units["重二社区"], meaning="为老人开展助餐和义务理发")
    two = brand("邻里情党建品牌", "Community", units["长安社区"], slogan="邻里一家亲")
    three = brand("银发餐桌", "Community", units["郑州路社区"], activities=["老年助餐"])
    brand("大工匠精神", "Enterprise", yt, meaning="传承工匠技艺")
    for one_brand in (one, three):
        d.relate("SUPPORTS", ("Enterprise", yt), ("Brand", one_brand))

    def honour(title, label, holder, **values):
        key = d.entity("Honour", f"hon:{title}", title=title, **values)
        d.relate("RECOGNISED_AS", (label, holder), ("Honour", key))

    museum = d.entity("RedBase", "red:农耕", name="东方红农耕博物馆")
    d.relate("OWNS", ("Enterprise", yt), ("RedBase", museum))
    honour("先进基层党组织", "Enterprise", lz, level="省", awarded=date(2024, 7, 1), issuer="省委组织部")
    honour("爱国主义教育基地", "RedBase", museum, level="国家", awarded=date(2019, 1, 1), awarded_precision="year")
    honour("优秀党建品牌", "Brand", two, level="市", awarded=date(2025, 7, 1))

    act = d.entity("Activity", "act:观摩", title="重二社区党委", kind="观摩", day=date(2026, 3, 20), score=97.0)
    d.relate("LEADS", ("Community", units["重二社区"]), ("Activity", act))
    old = d.entity("Activity", "act:旧观摩", title="一拖党委", kind="观摩", day=date(2024, 9, 20))
    d.relate("LEADS", ("Enterprise", yt), ("Activity", old))

    def notice(title, unit, **values):
        key = d.entity("Notice", f"notice:{title}", title=title, **values)
        d.relate("ISSUED", ("Community", unit), ("Notice", key))

    notice(
        "高温补贴申领指南",
        units["重二社区"],
        channel="政务通",
        day=date(2026, 6, 1),
        expires=date(2026, 9, 30),
        topics=["补贴"],
    )
    notice("端午包粽子", units["长安社区"], channel="活动通", day=date(2026, 6, 10), expires=date(2026, 6, 19))
    notice("志愿者招募", units["郑州路社区"], day=date(2026, 5, 1))
    return d.graph()


def brands(graph, **more):
    return ask(graph, SCOPE, "brands", **more).rows


def test_brands_of_like_name_or_service_are_told_with_what_they_share(graph):
    pairs = {tuple(sorted((row.brand, row.other))): row for row in brands(graph) if row.other}
    assert set(pairs) == {("党旗下的邻里情", "邻里情党建品牌"), ("党旗下的邻里情", "银发餐桌")}
    names = pairs["党旗下的邻里情", "邻里情党建品牌"]
    assert names.finding == "mergeable" and names.evidence == "名称相近；同一街道" and len(names.records) == 2
    meal = pairs["党旗下的邻里情", "银发餐桌"]
    assert "老年助餐" in meal.evidence and "共同的支撑：中国一拖集团有限公司" in meal.evidence


def test_units_without_a_brand_come_with_what_they_could_build_on(graph):
    rows = brands(graph, only="missing")
    assert rows[0].unit == "洛阳轴承集团有限公司"
    assert rows[0].evidence == "可依托：荣誉“先进基层党组织”"
    assert {row.unit for row in rows} == {"洛阳轴承集团有限公司", "长安路街道", "郑州路街道"}
    assert [row.unit for row in brands(graph, only="missing", area="郑州路街道")] == ["郑州路街道"]


def test_honours_of_units_bases_and_brands_are_listed_by_level(graph):
    answer = ask(graph, SCOPE, "honours")
    assert [(row.honour, row.holder, row.unit) for row in answer.rows] == [
        ("爱国主义教育基地", "东方红农耕博物馆", "中国一拖集团有限公司"), ("先进基层党组织", "洛阳轴承集团有限公司", "洛阳轴承集团有限公司"),
        ("优秀党建品牌", "邻里情党建品牌", "长安社区"),
    ]  # fmt: skip
    assert answer.extra["by_level"] == "共 3 项：国家级 1 项、省级 1 项、市级 1 项"
    assert [row.honour for row in ask(graph, SCOPE, "honours", unit="一拖").rows] == ["爱国主义教育基地"]
    assert [str(row.awarded) for row in answer.rows] == [
        "2019年",
        "2024-07-01",
        "2025-07-01",
    ]  # a year is no first of January
    assert [row.honour for row in ask(graph, SCOPE, "honours", brand="邻里情党建品牌").rows] == ["优秀党建品牌"]
    assert ask(graph, SCOPE, "honours", brand="大工匠精神").rows == []
    assert [row.honour for row in ask(graph, SCOPE, "honours", period="2024..2025", level="省").rows] == [
        "先进基层党组织"
    ]


def points(graph, **more):
    return ask(graph, SCOPE, "observation-points", **more)


def test_a_round_leaves_out_those_observed_of_late_and_covers_streets_and_kinds(graph):
    answer = points(graph, points=3)
    assert {row.unit for row in answer.rows} == {"郑州路社区", "长安社区", "洛阳轴承集团有限公司"} or len(
        answer.rows
    ) == 3
    assert "重二社区" not in {row.unit for row in answer.rows}
    assert answer.extra["rested"] == "近期已观摩，未列入：重二社区（2026-03-20）"
    assert {row.street for row in answer.rows} >= {"长安路街道", "郑州路街道"}
    assert [row.order for row in answer.rows] == [1, 2, 3]


def test_the_way_goes_on_to_the_nearest_point_and_says_what_is_to_be_seen(graph):
    rows = points(graph, points=4, start="长安社区").rows
    assert [row.unit for row in rows] == ["长安社区", "中国一拖集团有限公司", "郑州路社区", "洛阳轴承集团有限公司"]
    assert [row.leg_km for row in rows] == [0.0, 0.5, 16.9, None]
    factory = rows[1]
    assert "教育基地：东方红农耕博物馆" in factory.shows and "距上次观摩 22 个月" in factory.reasons
    assert "从未观摩过" in rows[0].reasons


def test_units_can_be_excluded_and_an_area_asked_for(graph):
    assert "一拖" not in "".join(row.unit for row in points(graph, exclude=["一拖"]).rows)
    assert [row.unit for row in points(graph, area="郑州路街道").rows] == ["郑州路社区"]


def test_notices_say_what_still_holds(graph):
    answer = ask(graph, SCOPE, "notices")
    assert [(row.title, row.standing) for row in answer.rows] == [
        ("端午包粽子", "over"), ("高温补贴申领指南", "valid"), ("志愿者招募", "open_ended"),
    ]  # fmt: skip
    assert answer.extra["by_channel"].startswith("共 3 条：")
    assert [row.title for row in ask(graph, SCOPE, "notices", valid=True, area="长安路街道").rows] == [
        "高温补贴申领指南"
    ]
    assert [row.title for row in ask(graph, SCOPE, "notices", text="补贴", channel="政务").rows] == ["高温补贴申领指南"]


def test_a_viewer_is_told_the_same(graph):
    for name in ("brands", "honours", "observation-points", "notices"):
        assert ask(graph, VIEWER, name).rows == ask(graph, SCOPE, name).rows
