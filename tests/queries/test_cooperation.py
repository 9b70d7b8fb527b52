"""Planted: agreements that end soon, are over but go on, were renewed; what two units did together; a project that an action item holds up."""

from datetime import date

import pytest

from queries.asking import ask
from queries.reading.scope import Scope
from tests.queries.memory_graph import District

SCOPE, VIEWER = Scope("tester", "analyst"), Scope("viewer", "viewer")


@pytest.fixture(scope="module")
def graph():
    d = District()
    street = d.entity("Subdistrict", "sub:ca", name="长安路街道")
    ce, ca, other = (d.community(name, 112.41, 34.66) for name in ("重二社区", "长安社区", "郑州路社区"))
    for one in (ce, ca):
        d.relate("BELONGS_TO", ("Community", one), ("Subdistrict", street))
    yt, lz = (
        d.enterprise("中国一拖集团有限公司", short_name="一拖"),
        d.enterprise("洛阳轴承集团有限公司", short_name="洛轴"),
    )
    end = {"signed": date(2023, 7, 1), "status": "履行中"}
    d.agreement("共建1号", ce, yt, **end, expires=date(2026, 8, 31), rating="满意")
    d.agreement("共建2号", ca, lz, **end, expires=date(2026, 5, 31))
    d.agreement("共建3号", ca, yt, signed=date(2020, 1, 1), expires=date(2022, 12, 31), status="已到期")
    d.agreement("共建4号", other, yt, **end, expires=date(2026, 7, 31))
    d.agreement("共建5号", other, yt, signed=date(2026, 6, 1), expires=date(2029, 6, 1), status="已续签")
    d.agreement("共建6号", other, lz, signed=date(2025, 1, 1), status="履行中")
    d.agreement("共建7号", ca, yt, **end, expires=date(2026, 4, 30))
    d.activity("消防演练", ce, yt, day=date(2026, 3, 5))
    d.activity("清扫家园", ca, lz, day=date(2026, 6, 10))
    d.entity(
        "Activity",
        "act:健康义诊",
        title="健康义诊",
        day=date(2025, 9, 1),
        headcount=120,
        score=96.0,
        highlights="现场建档",
    )
    d.activity("健康义诊", ce, yt, day=date(2025, 9, 1))
    room = d.entity("Venue", "ven:礼堂", name="一拖礼堂", kind="礼堂")
    d.relate("OWNS", ("Enterprise", yt), ("Venue", room))
    use = d.entity("ResourceUse", "use:1", day=date(2026, 5, 1), time_hours=3.0, purpose="联欢", headcount=80)
    d.relate("USES", ("ResourceUse", use), ("Venue", room))
    d.relate("USED_BY", ("ResourceUse", use), ("Community", ce))
    d.need(ce, "Community", "老年助餐")
    d.relate(
        "CLAIMED",
        ("Enterprise", yt),
        ("Need", f"need:{ce}:老年助餐"),
        at=date(2026, 4, 1),
        status="已完成",
        rating="非常满意",
    )
    project(d, "重二社区日间照料中心建设项目", ce, yt, status="进行中", end=date(2026, 5, 31), progress="主体完工")
    project(d, "口袋公园改造", ca, lz, status="进行中", end=date(2026, 12, 31))
    project(d, "楼道亮化工程", ca, lz, status="已完成")
    item(
        d, "督办7号", "加快重二社区日间照料中心建设", yt, due=date(2026, 6, 1), status="办理中", issues="消防验收未通过"
    )
    item(d, "督办8号", "落实口袋公园改造资金", lz, due=date(2026, 5, 1), status="已销号")
    item(d, "督办9号", "整治飞线充电", lz, due=date(2026, 5, 1), status="办理中")
    return d.graph()


def project(d, title, community, enterprise, **values):
    key = d.entity("Project", f"prj:{title}", title=title, category="民生", **values)
    d.relate("LEADS", ("Community", community), ("Project", key))
    d.relate("TAKES_PART_IN", ("Enterprise", enterprise), ("Project", key))


def item(d, number, name, enterprise, **values):
    key = d.entity("ActionItem", f"task:{number}", number=number, name=name, **values)
    d.relate("ASSIGNED_TO", ("ActionItem", key), ("Enterprise", enterprise), role="牵头")


def agreements(graph, **more):
    return ask(graph, SCOPE, "expiring-agreements", **more)


def test_agreements_that_end_soon_and_those_over_that_go_on_are_told_apart(graph):
    rows = agreements(graph).rows
    assert [(row.number, row.standing, row.days_left) for row in rows] == [
        ("共建1号", "expiring", 62), ("共建7号", "called_active", -61), ("共建2号", "expired", -30),
    ]  # fmt: skip
    assert "重二社区日间照料中心建设项目" in rows[0].text and "最近借用对方场地：2026-05-01" in rows[0].text
    assert "没有共同活动的记录" in rows[1].text
    assert "已过期 30 天" in rows[2].text and "仍为“履行中”" in rows[2].text
    assert rows[2].last_activity == date(2026, 6, 10) and rows[2].open_projects == 1


def test_an_agreement_that_a_newer_one_replaces_is_not_about_to_expire(graph):
    assert "共建4号" not in {row.number for row in agreements(graph, days=365).rows}


def test_an_agreement_without_an_end_is_counted_not_dated(graph):
    assert agreements(graph).extra["no_end"] == "另有 1 份履行中的协议未登记期限，何时到期不明：共建6号"


def test_the_days_the_area_and_the_day_of_counting_narrow_the_list(graph):
    assert [row.number for row in agreements(graph, days=60).rows] == ["共建7号", "共建2号"]
    assert agreements(graph, area="郑州路社区").rows == []
    assert {row.number for row in agreements(graph, area="长安路街道").rows} == {"共建1号", "共建2号", "共建7号"}
    assert {row.number for row in agreements(graph, unit="重二社区").rows} < {
        row.number for row in agreements(graph).rows
    }
    early = agreements(graph, as_of=date(2026, 4, 1)).rows
    assert [(row.number, row.standing) for row in early] == [("共建7号", "expiring"), ("共建2号", "expiring")]


def history(graph, *units, scope=SCOPE, **more):
    return ask(graph, scope, "pair-history", unit=units[0], other=units[1], **more)


def test_what_two_units_did_is_a_timeline_with_results(graph):
    rows = history(graph, "重二社区", "一拖").rows
    dated = [(str(row.day), str(row.kind)) for row in rows]
    assert (
        dated[0] == ("2023-07-01", "共驻共建协议")
        and ("2025-09-01", "活动") in dated
        and ("2026-05-01", "场地使用") in dated
    )
    told = {str(row.kind) + str(row.day): row for row in rows}
    clinic = told["活动2025-09-01"]
    assert clinic.headcount == 120 and "互评分：96" in clinic.result and "亮点：现场建档" in clinic.result
    assert "评价：满意" in told["共驻共建协议2023-07-01"].result
    assert "使用 3 小时" in told["场地使用2026-05-01"].result and told["场地使用2026-05-01"].headcount == 80
    claim = next(row for row in rows if row.kind == "需求")
    assert "评价：非常满意" in claim.result and "认领时间" not in claim.result
    assert all(row.records for row in rows)


def test_the_history_is_the_same_from_either_side_and_for_a_viewer(graph):
    one, back = (history(graph, *units).rows for units in (("重二社区", "一拖"), ("一拖", "重二社区")))
    assert {(row.day, row.result) for row in one} == {(row.day, row.result) for row in back}
    assert history(graph, "重二社区", "一拖", scope=VIEWER).rows == one
    assert [row.kind for row in history(graph, "重二社区", "一拖", period="2025").rows] == ["活动"]


def test_two_units_without_dealings_are_said_to_have_none(graph):
    assert history(graph, "重二社区", "洛轴").extra["nothing"] == "没有重二社区与洛阳轴承集团有限公司往来的记录"


def test_a_project_is_blocked_by_the_open_items_that_name_it(graph):
    rows = ask(graph, SCOPE, "projects").rows
    assert [(row.project, row.state) for row in rows] == [
        ("重二社区日间照料中心建设项目", "expired"), ("口袋公园改造", "under way"),
    ]  # fmt: skip
    first, second = rows
    assert (
        first.blocked == "督办7号“加快重二社区日间照料中心建设”（中国一拖集团有限公司）逾期 29 天，问题：消防验收未通过"
    )
    assert second.blocked == ""  # its item is struck off, and the other is about something else
    assert (first.lead, first.helping) == ("重二社区", "中国一拖集团有限公司")
    assert {record.entity for record in first.records} == {"Project", "ActionItem"}


def test_projects_can_be_narrowed_by_words_unit_area_and_state(graph):
    names = lambda **more: [row.project for row in ask(graph, SCOPE, "projects", **more).rows]  # noqa: E731
    assert names(text="公园") == ["口袋公园改造"]
    assert names(unit="一拖") == ["重二社区日间照料中心建设项目"] and names(area="郑州路社区") == []
    assert "楼道亮化工程" in names(finished=True)
