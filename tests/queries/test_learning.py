"""Planted: bases visited and not, near a theme or on it; courses, lecturers who agreed and who did not; posts; calls for volunteers."""

from datetime import date

import pytest

from queries.asking import ask
from queries.reading.scope import Scope
from queries.reading.weekdays import names_weekdays
from tests.queries.memory_graph import District

SCOPE, VIEWER = Scope("tester", "analyst"), Scope("viewer", "viewer")


@pytest.fixture(scope="module")
def graph():
    d = District()
    ce, far = d.community("重二社区", 112.41, 34.66), d.community("郑州路社区", 112.60, 34.66)
    yt, law = d.enterprise("中国一拖集团有限公司", short_name="一拖"), d.enterprise("河南某某律师事务所")

    def base(name, **values):
        key = d.entity("RedBase", f"red:{name}", name=name, **values)
        d.relate("OWNS", ("Enterprise", yt), ("RedBase", key))
        return key

    museum = base(
        "东方红农耕博物馆", theme="劳模工匠精神", group_capacity=60, open_hours="Tu-Su 09:00-17:00", lead_days=3
    )
    seen = base("八路军办事处纪念馆", theme="抗战、劳模", group_capacity=100, open_hours="Tu-Su 09:00-17:00")
    base("焦裕禄事迹展览馆", theme="焦裕禄精神、工匠故事", group_capacity=45, open_hours="Mo-Su 09:00-17:00")
    base("城市规划馆", theme="城市发展", group_capacity=200, open_hours="Mo-Su 09:00-17:00")
    base("拖拉机陈列室", status="闭馆改造", theme="劳模")
    base("某旧址")
    body = d.entity("PartyOrganization", "po:yt", name="中共中国一拖集团有限公司委员会", type="党委")
    d.relate("HAS_PARTY_ORGANIZATION", ("Enterprise", yt), ("PartyOrganization", body))
    act = d.entity("Activity", "act:参观", title="主题党日", day=date(2025, 7, 1))
    d.relate("TAKES_PART_IN", ("PartyOrganization", body), ("Activity", act))
    d.relate("HELD_AT", ("Activity", act), ("RedBase", seen))

    def course(name, unit, at=None, **values):
        key = d.entity("Course", f"crs:{name}", name=name, **values)
        d.relate("OFFERS", ("Enterprise", unit), ("Course", key))
        if at:
            d.relate("HELD_AT", ("Course", key), ("RedBase", at))
        return key

    worker = course(
        "大国工匠在身边", yt, museum, topic="劳模工匠精神", minutes=45.0, offered="周二至周五上午", form="现场教学"
    )
    course("民法典进社区", law, topic="法律", offered="提前一周联系")
    for n in range(6):
        who = d.entity(
            "Lecturer",
            f"lec:{n}",
            pseudonym=str(n),
            consent="同意",
            topics=["劳模精神"],
            sessions=3,
            display_name=f"王某{n}",
        )
        d.relate("WORKS_AT", ("Lecturer", who), ("Enterprise", yt))
        d.relate("TEACHES", ("Lecturer", who), ("Course", worker))
    for n, values in enumerate(
        [{"consent": "不同意"}, {}, {"consent": "同意", "consent_until": date(2026, 1, 1)}, {"consent": "同意"}]
    ):
        who = d.entity("Lecturer", f"lec:b{n}", pseudonym=f"b{n}", topics=["反诈宣传"], sessions=90, **values)
        d.relate("WORKS_AT", ("Lecturer", who), ("Enterprise", law))

    post = d.entity(
        "Post", "post:1", kind="挂职", title="社区副书记", skills=["法律"], places=2, term="一年", status="征集中"
    )
    d.relate("OPEN_AT", ("Post", post), ("Community", ce))
    d.relate(
        "OPEN_AT", ("Post", d.entity("Post", "post:2", kind="挂职", title="网格长", status="在岗")), ("Community", ce)
    )
    guide = d.entity("Post", "post:3", kind="党建指导员", title="党建指导员")
    d.relate("OPEN_AT", ("Post", guide), ("Community", ce))
    d.relate("SERVES", ("Post", guide), ("Enterprise", yt))
    d.members(law, "com:重二社区", 8, "法律")

    def call(unit, title, **values):
        key = d.entity("Need", f"need:{title}", title=title, category="志愿服务", **values)
        d.relate("SEEKS", ("Community", unit), ("Need", key))
        return key

    call(ce, "清扫楼道", quantity=20, filled=12, time="2026年7月12日上午", place="重二社区广场")
    full = call(ce, "陪伴老人", quantity=5, time="每周六上午")
    d.relate("CLAIMED", ("Enterprise", yt), ("Need", full), quantity=6, status="已认领")
    call(far, "义务理发", time="7月-9月每周日")
    call(ce, "春节慰问", quantity=10, time="2026年2月1日")
    call(ce, "防汛值守", quantity=10, time="2026年6月30日", deadline=date(2026, 6, 30))
    d.need(ce, "Community", "老年助餐")
    return d.graph()


def visits(graph, **more):
    return ask(
        graph, SCOPE, "base-visits", **{"unit": "一拖", "theme": "劳模精神", "people": 50, "month": "2026-07"} | more
    )


def test_bases_not_visited_yet_come_with_menu_opening_and_what_they_miss(graph):
    answer = visits(graph)
    rows = {row.base: row for row in answer.rows}
    assert [(row.base, row.fit) for row in answer.rows] == [("东方红农耕博物馆", "fits"), ("某旧址", "to_ask")]
    best = rows["东方红农耕博物馆"]
    assert best.menu == "大国工匠在身边（45分钟）" and best.opening == "当月开放 27 天；周二至周日9:00—17:00"
    assert (best.lead, best.last_visit) == ("需提前 3 天", "未见前往记录")
    assert "未登记单批承载人数" in rows["某旧址"].text
    assert answer.extra["visited"] == "已去过 1 处，未列入：八路军办事处纪念馆"


def test_a_group_a_little_too_large_or_a_theme_that_is_near_is_a_near_miss(graph):
    near = {row.base: str(row.text) for row in visits(graph, theme="工匠", people=50).rows if row.fit == "narrowly"}
    assert near == {"焦裕禄事迹展览馆": "单批 45 人，需分批或减少 5 人"}
    rows = {row.base: row.fit for row in visits(graph, theme="劳动模范工匠", people=30).rows}
    assert rows["东方红农耕博物馆"] == "narrowly" and "城市规划馆" not in rows


def test_bases_visited_before_and_those_of_another_unit_can_be_asked_for(graph):
    assert "八路军办事处纪念馆" in {row.base for row in visits(graph, visited=True).rows}
    assert "八路军办事处纪念馆" in {row.base for row in visits(graph, unit="重二社区").rows}


def lecturers(graph, topic=None, scope=SCOPE, **more):
    return ask(graph, scope, "lecturers", **({"topic": topic} if topic else {}) | more)


def test_courses_on_a_topic_say_who_gives_them_and_how_many_agreed(graph):
    row = lecturers(graph, "劳模", day=date(2026, 7, 10)).rows[0]
    assert (row.course, row.unit, row.place, row.minutes) == (
        "大国工匠在身边",
        "中国一拖集团有限公司",
        "东方红农耕博物馆",
        45,
    )
    assert row.lecturers == "已同意公开 6 名" and row.load == "合计授课 18 次"
    assert row.time.startswith("2026-07-10 可授课")
    assert lecturers(graph, "劳模", day=date(2026, 7, 11)).rows[0].time.startswith("2026-07-11 不授课")


def test_lecturers_are_told_by_unit_and_those_without_consent_not_at_all(graph):
    rows = lecturers(graph, "反诈").rows
    assert [(row.unit, row.course, row.lecturers, row.load) for row in rows] == [
        ("河南某某律师事务所", "暂无课程，可约请授课", "已同意公开 1 名", ""),
        ("河南某某律师事务所", "民法典进社区", "已同意公开 1 名", ""),  # near the topic only
    ]  # fmt: skip
    assert [row.match for row in rows] == ["on_topic", "near"]
    seen = lecturers(graph, scope=VIEWER)
    assert {str(row.lecturers) for row in seen.rows} == {"已同意公开 5 名以上", "有已同意公开的授课志愿者"}
    shown = repr(seen.to_dict()) + repr(lecturers(graph).to_dict())
    assert "王某" not in shown and "lec:" not in shown and "Lecturer" not in shown


def test_a_topic_that_nobody_teaches_is_said_to_be_missing(graph):
    assert lecturers(graph, "量子计算").extra["nothing"].startswith("没有关于“量子计算”的课程或师资")


def test_open_posts_come_with_units_that_could_fill_them(graph):
    answer = ask(graph, SCOPE, "posts")
    assert [(row.post, row.unit, row.places) for row in answer.rows] == [("社区副书记", "重二社区", 2)]
    first = answer.rows[0]
    assert first.candidates[0].unit == "河南某某律师事务所" and first.requirements == "法律"
    assert answer.extra["without_instructor"] == "没有党建指导员联系的企业 1 家"
    assert ask(graph, SCOPE, "posts", text="医生").rows == []
    assert {"SUGGESTED_TO", "OPEN_AT"} == {one["type"] for one in answer.relations}
    assert "8 名" not in repr(ask(graph, VIEWER, "posts").to_dict())


def calls(graph, **more):
    return ask(graph, SCOPE, "volunteer-calls", **{"near": "重二社区", "month": "2026-07"} | more).rows


def test_calls_of_the_month_say_how_many_places_are_left(graph):
    rows = calls(graph)
    assert [(row.call, row.wanted, row.left) for row in rows] == [
        ("清扫楼道", 20, 8), ("义务理发", None, None), ("陪伴老人", 5, 0),
    ]  # fmt: skip
    told = {row.call: str(row.text) for row in rows}
    assert told["陪伴老人"] == "已招满；已认领：中国一拖集团有限公司；服务时间未限定月份"
    assert told["义务理发"] == "未登记招募人数"


def test_calls_can_be_limited_to_the_near_and_to_a_service_and_another_month(graph):
    assert [row.call for row in calls(graph, within=5)] == ["清扫楼道", "陪伴老人"]
    assert [row.call for row in calls(graph, skill="理发")] == ["义务理发"]
    assert [row.call for row in calls(graph, month="2026-06")] == ["防汛值守", "陪伴老人"]


def test_calls_at_weekends_or_on_a_day_of_the_week_and_what_names_no_day_comes_last(graph):
    # 2026-07-12 is a Sunday; 7月-9月每周日 names it, too.
    assert [row.call for row in calls(graph, on="sunday")] == ["清扫楼道", "义务理发"]
    assert [row.call for row in calls(graph, on="weekend")] == ["清扫楼道", "义务理发", "陪伴老人"]
    assert [row.call for row in calls(graph, on="workday", month="2026-06")] == ["防汛值守"]


@pytest.mark.parametrize(("text", "days"), [
    ("每周三、周六", {2, 5}), ("工作日早晚", {0, 1, 2, 3, 4}), ("周一至周五，周三除外", {0, 1, 3, 4}), ("7月5日、12日", {6}),
    ("2026-07-11 9:00", {5}), ("7月11日—12日", {5, 6}), ("7月1日至8月31日", {0, 1, 2, 3, 4, 5, 6}), ("weekends", {5, 6}), ("暑假", set()),
    ("2026年7月11日（周六）", {5}), ("7月31日、32日", {4}),
])  # fmt: skip
def test_the_days_of_the_week_that_a_time_names(text, days):
    assert names_weekdays(text, 2026) == days


def test_lecturers_of_one_unit_only(graph):
    assert {row.unit for row in lecturers(graph, unit="一拖").rows} == {"中国一拖集团有限公司"}
