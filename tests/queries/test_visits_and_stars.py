"""Visits by service officers, and star ratings for safety with what neighbours do."""

from datetime import date
from functools import cache

from queries.asking import ask
from queries.reading.scope import Scope
from tests.queries.small_graph import small_graph

VIEWER = Scope("viewer", "viewer")
day = date.fromisoformat


def rating(number, subject, year, **more):
    base = {
        "id": f"asm:{number}",
        "scheme": "平安企业",
        "subject": subject,
        "period": date(year, 1, 1),
        "period_precision": "year",
    }
    return base | more


ENTITIES = {
    "Subdistrict": [{"id": "sub:ca", "name": "长安路街道"}],
    "Enterprise": [{"id": "ent:yt", "name": "中国一拖集团有限公司"}, {"id": "ent:lz", "name": "洛阳轴承集团有限公司"}, {"id": "ent:lt", "name": "洛阳铜加工厂"}],
    "Post": [{"id": "post:1", "kind": "首席服务官", "title": "区工信局副局长"}],
    "Visit": [
        {"id": "visit:1", "day": day("2026-05-12"), "officer_post": "区工信局副局长", "issues": "用电增容", "referred_to": "供电公司", "status": "办理中"},
        {"id": "visit:2", "day": day("2026-02-10"), "officer_post": "区工信局副局长", "issues": "用工", "status": "已办结"},
        {"id": "visit:3", "day": day("2026-03-02"), "officer_post": "区商务局局长", "issues": "无"},
    ],
    "Assessment": [
        rating(1, "一拖", 2024, score=88.0, stars="三星"), rating(2, "一拖", 2025, score=92.0, stars="三星", stars_by_score="四星"),
        rating(9, "洛轴", 2024, score=80.0, stars="三星", deductions="值守不严"), rating(3, "一拖", 2025, indicator="消防通道", full_score=10.0, score=6.0, deductions="堆放杂物"),
        rating(4, "一拖", 2025, indicator="门卫值守", full_score=10.0, score=10.0),
        rating(5, "洛轴", 2025, score=97.0, stars="五星"), rating(6, "洛轴", 2025, indicator="消防通道", full_score=10.0, score=10.0),
        rating(10, "铜厂", 2025, score=85.0, stars="三星", deductions="台账不全"), rating(7, "铜厂", 2025, indicator="消防通道", full_score=10.0, score=10.0),
        {"id": "asm:8", "scheme": "年度目标管理考核", "subject": "一拖", "score": 80.0},
    ],
}  # fmt: skip
RELATIONS = [
    ("LOCATED_IN", "ent:yt", "sub:ca"), ("LOCATED_IN", "ent:lt", "sub:ca"), ("SERVES", "post:1", "ent:yt"), ("SERVES", "post:1", "ent:lt"),
    ("ABOUT_UNIT", "visit:1", "ent:yt"), ("ABOUT_UNIT", "visit:2", "ent:yt"), ("ABOUT_UNIT", "visit:3", "ent:lz"),
    *(("ASSESSES", f"asm:{n}", "ent:yt") for n in (1, 2, 3, 4, 8)), ("ASSESSES", "asm:5", "ent:lz"), ("ASSESSES", "asm:6", "ent:lz"),
    ("ASSESSES", "asm:7", "ent:lt"), ("ASSESSES", "asm:9", "ent:lz"), ("ASSESSES", "asm:10", "ent:lt"),
]  # fmt: skip


@cache
def district():
    return small_graph(ENTITIES, RELATIONS)


def rows(question, **given):
    return ask(district(), VIEWER, question, **given).rows


def test_enterprises_without_a_visit_this_quarter_come_first_with_the_post_that_serves_them():
    found = [(r.enterprise, r.officer, r.visits, r.last, r.note) for r in rows("visits")]
    assert found == [
        ("洛阳铜加工厂", "区工信局副局长", 0, None, "从无走访记录"),
        ("洛阳轴承集团有限公司", "区商务局局长", 0, day("2026-03-02"), "期内没有走访"),
        ("中国一拖集团有限公司", "区工信局副局长", 1, day("2026-05-12"), None),
    ]
    assert [str(one) for one in rows("visits")[2].issues] == ["2026-05-12 用电增容（未办结，交办供电公司）"]


def test_visits_are_asked_for_a_quarter_an_area_and_a_post():
    assert {r.enterprise: r.visits for r in rows("visits", period="2026Q1")} == {
        "洛阳铜加工厂": 0, "洛阳轴承集团有限公司": 1, "中国一拖集团有限公司": 1,
    }  # fmt: skip
    assert [r.enterprise for r in rows("visits", area="长安路街道", missing=True)] == ["洛阳铜加工厂"]
    assert ask(district(), VIEWER, "visits", officer="工信局").extra["by_post"] == [
        "区工信局副局长：联系 2 家，已走访 1 家、1 次"
    ]


def test_where_no_state_is_reported_what_came_of_it_tells_whether_a_problem_is_settled():
    told = [("已答复", 0), ("已协调解决", 0), ("正在办理", 1), ("答复中", 1), ("", 1)]
    visits = [
        {"id": f"visit:{n}", "day": day(f"2026-04-0{n}"), "issues": "用电增容", "result": result or None}
        for n, (result, _) in enumerate(told, 1)
    ]
    firms = [{"id": f"ent:{n}", "name": f"第{n}机床厂"} for n in range(1, 6)]
    ties = [("ABOUT_UNIT", f"visit:{n}", f"ent:{n}") for n in range(1, 6)]
    with small_graph({"Enterprise": firms, "Visit": visits}, ties) as graph:
        found = {r.enterprise: r.open_issues for r in ask(graph, VIEWER, "visits").rows}
    assert found == {f"第{n}机床厂": left for n, (_, left) in enumerate(told, 1)}


def test_a_rating_tells_its_years_the_points_lost_and_the_nearest_who_lost_none():
    found = {r.subject: r for r in rows("star-ratings")}
    own = found["中国一拖集团有限公司"]
    assert (own.stars, own.score, own.lost, own.note) == ("三星", 92.0, 4.0, "按得分应为四星")
    assert own.history == "2024年 三星 88 分；2025年 三星 92 分"
    assert [str(one.text) for one in own.lost_points] == [
        "消防通道：失 4 分（堆放杂物）；洛阳铜加工厂、洛阳轴承集团有限公司本项满分"
    ]
    assert next(iter(found)) == "洛阳铜加工厂" and len(found) == 3


def test_ratings_are_found_by_a_part_of_the_name_and_by_year():
    assert [(r.subject, r.stars) for r in rows("star-ratings", unit="一拖", period="2024")] == [
        ("中国一拖集团有限公司", "三星")
    ]
