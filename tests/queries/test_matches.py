"""Every pairing by one engine: the obvious match first, with reasons that add up, honest about what is unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from graph.backends.ladybug import LadybugBackend, build
from graph.backends.protocol import GraphFacts as StoredFacts
from graph.errors import ArgumentError, UnknownUnitError
from graph.graph import Graph
from graph.schema import SCHEMA
from queries.asking import ask
from queries.matching import candidates
from queries.matching.pairs import Limits
from queries.matching.weights import load_weights
from queries.pairing.engine import open_engine
from queries.pairing.specs import SPECS, Pairing
from queries.questions.partners.matches import Match
from queries.reading.scope import Scope
from queries.words.services import load_words
from tests.queries.memory_graph import LOAD, District

ANALYST, VIEWER = Scope("a", "analyst"), Scope("v", "viewer")


def rows_of(
    district: District, pairing: str, thing: str | None = None, scope: Scope = ANALYST, **more: Any
) -> list[Match]:
    given = more if thing is None else more | {"thing": thing}
    return list(ask(district.graph(), scope, "matches", pairing=pairing, **given).rows)


def reasons_of(row: Match) -> dict[str, Any]:
    return {reason.signal: reason for reason in row.reasons}


def venue(district: District, owner: str, name: str, kind: str = "会议室", **values: Any) -> str:
    given = {"kind": kind, "keeps_log": True, "open_hours_weekly": 40.0} | values
    key = district.entity("Venue", f"ven:{name}", name=name, **given)
    district.relate("OWNS", ("Enterprise", owner), ("Venue", key))
    return key


def use(district: District, room: str, user: tuple[str, str], day: date, hours: float | None = 2.0) -> None:
    key = district.entity("ResourceUse", f"use:{room}:{user[1]}:{day}", day=day, time_hours=hours, purpose="活动")
    district.relate("USES", ("ResourceUse", key), ("Venue", room))
    district.relate("USED_BY", ("ResourceUse", key), user)


def product(district: District, enterprise: str, word: str, wanted: bool) -> None:
    label, relation = ("Need", "SEEKS") if wanted else ("Offering", "OFFERS")
    key = district.entity(label, f"{label}:{enterprise}:{word}", title=word, category="产品")
    district.relate(relation, ("Enterprise", enterprise), (label, key))
    district.relate("ABOUT", (label, key), ("Concept", district.concept("product", word)))


def post(district: District, at: str, title: str, **values: Any) -> str:
    key = district.entity("Post", f"post:{title}", kind="志愿岗", title=title, **values)
    district.relate("OPEN_AT", ("Post", key), ("Community", at))
    return key


def property_of(district: District, owner: str, name: str, **values: Any) -> str:
    key = district.entity("IdleProperty", f"prop:{name}", name=name, **values)
    district.relate("OWNS", ("Enterprise", owner), ("IdleProperty", key))
    return key


def cohort(
    district: District, employer: str, community: str, members: int, skill: str | None = None, skilled: int = 0
) -> str:
    """Add members of an employer who live in a community, some with a skill, and the group that a load makes of five or more."""
    for n in range(members):
        person = district.entity("Member", f"m:{employer}:{community}:{n}", pseudonym=f"m{n}", category="在职")
        district.relate("WORKS_AT", ("Member", person), ("Enterprise", employer))
        district.relate("LIVES_IN", ("Member", person), ("Community", community))
        if skill and n < skilled:
            district.relate("HAS_SKILL", ("Member", person), ("Concept", district.concept("skill", skill)))
    key = f"coh:{employer}:{community}:在职"
    if members >= 5:
        district.entity("MemberCohort", key, employer=employer, community=community, category="在职", count=members)
    return key


@dataclass(frozen=True)
class Planted:
    """A district with one obvious match of a pairing: its ends, and the signals that must speak for it."""

    district: District
    left: str
    right: str
    signals: frozenset[str]


def plant_partners() -> Planted:
    district = District()
    home = district.community("甲社区", needs=["法律援助"])
    district.enterprise("远厂", 113.4, offers=["环境整治"])
    best = district.enterprise("律所", 112.41, offers=["法律援助"])
    return Planted(district, home, best, frozenset({"needs_met", "near"}))


def plant_resource() -> Planted:
    district = District()
    owner, lender = district.enterprise("一拖"), district.enterprise("二拖", 112.9)
    room, other = venue(district, owner, "一拖会议室"), venue(district, lender, "二拖会议室")
    best = district.community("甲社区", 112.41, needs=["法律援助"])
    district.community("乙社区", 112.41, needs=["环境整治"])
    district.community("丙社区", 113.4, needs=["法律援助"])
    for day in range(1, 13):
        use(district, other, ("Community", best), date(2026, 5, day), 3.0)
    return Planted(district, room, best, frozenset({"near", "serves_needs", "borrows_like", "hours_wanted"}))


def plant_offering() -> Planted:
    district = District()
    home, near, far = (
        district.community("甲社区"),
        district.enterprise("律所", 112.41),
        district.enterprise("远所", 113.4),
    )
    district.need(home, "Community", "法律援助", quantity=2, unit="场")
    district.offer(near, "Enterprise", "法律咨询", quantity=3, unit="场")
    district.offer(far, "Enterprise", "法律援助", quantity=1, unit="场")
    district.offer(near, "Enterprise", "环境整治")
    left, right = f"need:{home}:法律援助", f"off:{near}:法律咨询"
    return Planted(district, left, right, frozenset({"needs_met", "near", "enough"}))


def plant_trade() -> Planted:
    district = District()
    buyer, best, other = district.enterprise("总装厂"), district.enterprise("轴承厂"), district.enterprise("纸箱厂")
    product(district, buyer, "精密轴承", wanted=True)
    product(district, best, "精密轴承", wanted=False)
    product(district, best, "拖拉机", wanted=True)
    product(district, buyer, "拖拉机", wanted=False)
    product(district, other, "纸箱", wanted=False)
    return Planted(district, buyer, best, frozenset({"makes_wanted", "wants_made"}))


def plant_post() -> Planted:
    district = District()
    home = district.community("甲社区")
    best, other = district.enterprise("洛阳轴承有限公司", short_name="洛轴"), district.enterprise("纸箱厂")
    district.members(best, None, 8, "法律")
    district.members(other, None, 8, "书法")
    open_ = post(district, home, "法律志愿岗", skills=["法律"], nominated_by=["洛轴", "不知名单位"])
    return Planted(district, open_, best, frozenset({"skills", "nominates", "near"}))


def plant_property() -> Planted:
    district = District()
    owner = district.enterprise("一拖", industry="C3571")
    best = district.enterprise("农机配件厂", industry="C3572")
    district.enterprise("饭店", industry="H6210")
    key = district.entity("Need", "need:space", title="租用厂房扩产", category="用房", quantity=900, unit="平方米")
    district.relate("SEEKS", ("Enterprise", best), ("Need", key))
    hall = property_of(
        district, owner, "三号厂房", kind="厂房", area_m2=1000.0, industries=["装备制造"], status="未使用"
    )
    return Planted(district, hall, best, frozenset({"trade_wanted", "space_sought", "area_fits", "near"}))


def plant_cohort() -> Planted:
    district = District()
    home, elsewhere = district.community("甲社区"), district.community("乙社区", 112.9)
    works, other = district.enterprise("一拖"), district.enterprise("二拖")
    district.need(home, "Community", "法律援助", quantity=6, unit="人")
    best = cohort(district, works, home, 12, "法律", 7)
    cohort(district, other, elsewhere, 20, "书法", 9)
    return Planted(
        district, f"need:{home}:法律援助", best, frozenset({"skills", "members_living_there", "near", "enough_hands"})
    )


PLANTED: Mapping[str, Callable[[], Planted]] = {
    "enterprise-community": plant_partners, "resource-unit": plant_resource, "need-offering": plant_offering,
    "enterprise-enterprise": plant_trade, "post-unit": plant_post, "property-enterprise": plant_property,
    "cohort-need": plant_cohort,
}  # fmt: skip
EVERY = pytest.mark.parametrize("pairing", sorted(PLANTED))


def test_every_pairing_is_tried_here_and_named_in_the_schema() -> None:
    assert set(PLANTED) == set(SPECS) == set(get_args(Pairing))
    assert all(name == spec.name for name, spec in SPECS.items())


def test_every_pairing_has_weights_for_its_signals_under_a_name_of_their_own() -> None:
    files = [load_weights(spec.weights) for spec in SPECS.values()]
    for weights, spec in zip(files, SPECS.values(), strict=True):
        weights.check_signals(kind.name for kind in spec.signals)
    assert len({weights.name for weights in files}) == len(SPECS)


def test_the_words_of_trades_mean_sections_that_have_names() -> None:
    words = load_words()
    meant = {section for sections in words.industries.values() for section in sections}
    assert meant | set(words.sectors) <= set(words.sections)


@EVERY
def test_the_obvious_match_comes_first_with_its_reasons(pairing: str) -> None:
    planted = PLANTED[pairing]()
    first = rows_of(planted.district, pairing, planted.left)[0]
    assert (first.left_id, first.right_id, first.rank) == (planted.left, planted.right, 1)
    told = {name for name, reason in reasons_of(first).items() if reason.known and reason.value > 0.4}
    assert planted.signals <= told
    assert all(
        reason.records or name in {"skills", "members_living_there"}
        for name, reason in reasons_of(first).items()
        if name in told
    )


@EVERY
def test_asked_from_the_other_end_the_same_match_has_the_same_score(pairing: str) -> None:
    planted = PLANTED[pairing]()
    from_left = {(row.left_id, row.right_id): row for row in rows_of(planted.district, pairing, planted.left)}
    from_right = {(row.left_id, row.right_id): row for row in rows_of(planted.district, pairing, planted.right)}
    pair = planted.left, planted.right
    assert from_left[pair].score == from_right[pair].score
    assert from_left[pair].reasons == from_right[pair].reasons


@EVERY
def test_without_a_thing_the_best_of_each_come_ordered_by_their_best(pairing: str) -> None:
    planted = PLANTED[pairing]()
    rows = rows_of(planted.district, pairing, k=2)
    alone = rows_of(planted.district, pairing, planted.left, k=2)
    assert [row for row in rows if row.left_id == planted.left] == [row for row in alone if row.left_id == planted.left]
    firsts = [row for row in rows if row.rank == 1]
    assert [row.score for row in firsts] == sorted((row.score for row in firsts), reverse=True)
    assert len({row.left_id for row in rows}) == len(firsts)


@EVERY
def test_contributions_rebuild_the_score_and_weights_are_named(pairing: str) -> None:
    planted = PLANTED[pairing]()
    answer = ask(planted.district.graph(), ANALYST, "matches", pairing=pairing)
    weights = answer.extra["weights"]["weights"]
    for row in answer.rows:
        assert sum(reason.contribution for reason in row.reasons) == pytest.approx(row.score, abs=1e-6)
        assert all(r.contribution == pytest.approx(r.weight * r.value, abs=1e-8) for r in row.reasons)
        known = [reason.signal for reason in row.reasons if reason.known]
        views = [weights] if row.both_ways is None else [weights, answer.extra["weights_other_way"]["weights"]]
        assert row.confidence == pytest.approx(sum(view[s] for view in views for s in known) / len(views), abs=1e-6)
        if len(views) == 1:
            assert {reason.signal: reason.weight for reason in row.reasons} == weights
        assert 0 <= row.score <= 1
        assert all(reason.text and reason.text_en for reason in row.reasons)


@EVERY
def test_an_unrelated_unit_changes_nobodys_score(pairing: str) -> None:
    before, after = PLANTED[pairing](), PLANTED[pairing]()
    after.district.enterprise("新来的厂", 112.45, offers=["养蜂"], industry="A0391")
    after.district.community("新来的社区", 112.45)
    known = {(row.left_id, row.right_id): row for row in rows_of(before.district, pairing, k=100, limit=1000)}
    now = {(row.left_id, row.right_id): row for row in rows_of(after.district, pairing, k=100, limit=1000)}
    assert known
    assert {pair: (row.score, row.confidence, row.reasons) for pair, row in known.items()} == {
        pair: (now[pair].score, now[pair].confidence, now[pair].reasons) for pair in known
    }


@EVERY
def test_the_order_of_rows_changes_nothing(pairing: str) -> None:
    planted = PLANTED[pairing]()
    graphs = [planted.district.graph(reverse=reverse) for reverse in (False, True)]
    first, second = (ask(graph, ANALYST, "matches", pairing=pairing).to_dict()["rows"] for graph in graphs)
    assert first == second


@EVERY
def test_chosen_candidates_score_as_all_pairs_do(pairing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    planted = PLANTED[pairing]()
    all_pairs = rows_of(planted.district, pairing)
    monkeypatch.setattr(candidates, "EVERY_PAIR", 0)
    monkeypatch.setattr(candidates, "NEAREST", 1)
    for row in rows_of(planted.district, pairing):
        same = [other for other in all_pairs if (other.left_id, other.right_id) == (row.left_id, row.right_id)]
        assert [(one.score, one.reasons) for one in same] == [(row.score, row.reasons)]
    assert (planted.left, planted.right) in {(row.left_id, row.right_id) for row in rows_of(planted.district, pairing)}


@EVERY
def test_an_empty_district_has_no_matches_and_one_unit_finds_nobody(pairing: str) -> None:
    assert rows_of(District(), pairing) == []
    alone = District()
    only = alone.enterprise("一厂", offers=["法律援助"])
    product(alone, only, "轴承", wanted=True)
    alone.need(only, "Enterprise", "法律援助")
    venue(alone, only, "会议室")
    property_of(alone, only, "厂房", kind="厂房")
    assert rows_of(alone, pairing) == []


@EVERY
def test_without_any_position_near_is_unknown_and_confidence_falls_but_no_score_is_nought(pairing: str) -> None:
    known, blind = PLANTED[pairing](), PLANTED[pairing]()
    tables = blind.district._entities
    for label in ("Community", "Enterprise"):
        for row in tables.get(label, {}).values():
            row |= {"lon": None, "lat": None}
    before, after = (rows_of(one.district, pairing, one.left)[0] for one in (known, blind))
    assert after.right_id == before.right_id
    assert not reasons_of(after)["near"].known
    assert after.confidence < before.confidence
    assert after.score > 0


@EVERY
def test_a_unit_that_states_nothing_is_unknown_rather_than_nought(pairing: str) -> None:
    spec = SPECS[pairing]
    planted = PLANTED[pairing]()
    engine = open_engine(planted.district.graph(), ANALYST, spec)
    for kind in spec.signals:
        assert callable(kind.missing) or all(kind.missing)
    silent = planted.district.enterprise("未报送厂", None, None)
    rows = {row.right_id: row for row in rows_of(planted.district, pairing, k=100)}
    if silent in rows:  # a group or an offering is never silent: it exists by what is stated
        unknown = [reason for reason in rows[silent].reasons if not reason.known and reason.signal != "track_record"]
        assert unknown
        assert sum(reason.contribution for reason in unknown) == 0
        assert rows[silent].confidence < rows[planted.right].confidence
    assert len(engine.sides.left)


def test_equals_come_in_the_order_of_their_ids() -> None:
    district = District()
    home = district.community("甲社区")
    for name in ("丙厂", "乙厂", "甲厂"):
        district.offer(district.enterprise(name), "Enterprise", "法律援助")
    district.need(home, "Community", "法律援助")
    rows = rows_of(district, "need-offering", k=3)
    assert len({row.score for row in rows}) == 1
    assert [row.right_id for row in rows] == sorted(row.right_id for row in rows)
    assert [row.rank for row in rows] == [1, 2, 3]


def test_an_unknown_pairing_is_refused_with_those_that_there_are() -> None:
    graph = District().graph()
    with pytest.raises(ArgumentError) as refused:
        ask(graph, ANALYST, "matches", pairing="cats-dogs")
    assert all(name in refused.value.message("en") for name in SPECS)


def test_an_unknown_thing_is_refused_with_what_comes_close() -> None:
    planted = plant_offering()
    with pytest.raises(UnknownUnitError) as refused:
        rows_of(planted.district, "need-offering", "法律援住服务")
    assert "法律援助服务（甲社区）" in refused.value.message("zh")


def test_a_thing_is_asked_for_where_none_is_loaded_and_the_answer_says_what_to_load() -> None:
    with pytest.raises(UnknownUnitError) as refused:
        rows_of(District(), "post-unit", "法律顾问")
    assert "《" in refused.value.message("zh") and "岗位" in refused.value.message("zh")


def test_a_thing_is_found_by_its_title_and_named_with_its_unit() -> None:
    planted = plant_offering()
    row = rows_of(planted.district, "need-offering", "法律援助服务")[0]
    assert (row.left, row.right) == ("法律援助服务（甲社区）", "法律咨询（律所）")


def test_an_enterprise_that_wants_and_makes_is_answered_for_both() -> None:
    planted = plant_trade()
    rows = rows_of(planted.district, "enterprise-enterprise", "轴承厂", k=1)
    assert [(row.left, row.right, row.rank) for row in rows] == [("轴承厂", "总装厂", 1), ("总装厂", "轴承厂", 1)]


def test_rows_beyond_the_limit_are_said_to_be_cut() -> None:
    planted = plant_partners()
    planted.district.offer(planted.district.enterprise("另一厂"), "Enterprise", "法律援助")
    answer = ask(planted.district.graph(), ANALYST, "matches", pairing="enterprise-community", limit=1)
    assert (len(answer.rows), answer.truncated) == (1, True)


def test_a_match_can_be_drawn_with_the_kinds_of_its_ends() -> None:
    planted = plant_resource()
    answer = ask(planted.district.graph(), ANALYST, "matches", pairing="resource-unit", thing="一拖会议室", k=1)
    assert {entity["label"] for entity in answer.entities} == {"Venue", "Community"}
    assert [(r["source"], r["target"]) for r in answer.relations] == [(planted.left, planted.right)]


# What each pairing has of its own


def test_a_resource_is_where_it_says_itself_else_where_its_owner_is() -> None:
    district = District()
    owner = district.enterprise("一拖", 112.4)
    district.community("近厂社区", 112.41, needs=["法律援助"])
    district.community("近馆社区", 113.01, needs=["法律援助"])
    there = venue(district, owner, "一拖会议室", lon=113.0, lat=34.6)
    half = venue(district, owner, "二楼会议室", lon=113.0)
    rows = rows_of(district, "resource-unit", k=1)
    assert {row.left_id: row.right for row in rows} == {there: "近馆社区", half: "近厂社区"}


def test_a_resource_is_not_offered_to_its_owner_nor_to_who_has_the_like() -> None:
    planted = plant_resource()
    engine = open_engine(planted.district.graph(), ANALYST, SPECS["resource-unit"])
    users = {row.right_id for row in rows_of(planted.district, "resource-unit", planted.left, k=100)}
    assert users == {"com:甲社区", "com:乙社区", "com:丙社区"}
    against = engine.explainer.rule_against(
        engine.sides.left.places[planted.left], engine.sides.right.places["ent:二拖"], Limits()
    )
    assert against is not None
    assert (against["rule"], against["text"]) == ("has_the_like", "自己已有同类资源：二拖会议室")


def test_missing_hours_are_those_of_kinds_that_a_unit_borrows_and_has_none_of() -> None:
    district = District()
    owner, lender = district.enterprise("一拖"), district.enterprise("二拖", 112.5)
    room = venue(district, owner, "小会议室", open_hours_weekly=0.5)
    lent, court = venue(district, lender, "大会议室"), venue(district, lender, "球场", "运动场")
    home = district.community("甲社区")
    for day in range(1, 11):
        use(district, lent, ("Community", home), date(2026, 5, day), 5.0)
        use(district, court, ("Community", home), date(2026, 5, day), 3.0)
    told = reasons_of(rows_of(district, "resource-unit", room)[0])["hours_wanted"]
    idle = round(0.5 * 365 / 7, 1)
    assert told.value == pytest.approx(idle / 80)
    assert told.text == f"该单位一年外借场地 80 小时，其中 {idle} 小时可安排在此"
    assert [record.entity for record in told.records] == ["ResourceUse"]


def test_without_any_log_of_the_like_borrowing_is_unknown() -> None:
    district = District()
    room = venue(district, district.enterprise("一拖"), "会议室")
    district.community("甲社区")
    told = reasons_of(rows_of(district, "resource-unit", room)[0])
    assert not told["borrows_like"].known
    assert not told["hours_wanted"].known
    assert told["borrows_like"].contribution == 0


def test_quantities_are_compared_only_in_one_measure() -> None:
    district = District()
    home, giver = district.community("甲社区"), district.enterprise("律所")
    district.need(home, "Community", "法律援助", quantity=4, unit="场")
    district.offer(giver, "Enterprise", "法律援助", quantity=3, unit="场")
    assert reasons_of(rows_of(district, "need-offering")[0])["enough"].value == pytest.approx(3 / 4)
    other = District()
    other.need(other.community("甲社区"), "Community", "法律援助", quantity=4, unit="场")
    other.offer(other.enterprise("律所"), "Enterprise", "法律援助", quantity=3, unit="小时")
    assert not reasons_of(rows_of(other, "need-offering")[0])["enough"].known


def test_what_a_unit_did_counts_for_its_offering() -> None:
    district = District()
    home, kept, broken = district.community("甲社区"), district.enterprise("守信厂"), district.enterprise("失信厂")
    district.need(home, "Community", "法律援助")
    for giver in (broken, kept):
        district.offer(giver, "Enterprise", "法律援助")
    district.agreement("1", home, kept, signed=date(2025, 6, 1), status="已到期", rating="非常满意")
    district.agreement("2", home, broken, signed=date(2025, 6, 1), status="已终止", rating="不够满意")
    district.activity("义诊", home, kept)
    rows = rows_of(district, "need-offering")
    assert [row.right for row in rows] == ["法律援助（守信厂）", "法律援助（失信厂）"]
    told = reasons_of(rows[0])
    assert told["track_record"].text == "合作评价：双方曾有 1 份协议：非常满意 1"
    assert told["close_in_graph"].text == "曾共同开展活动 1 次：义诊"


def test_services_are_no_products() -> None:
    district = District()
    buyer, maker = district.enterprise("甲厂"), district.enterprise("乙厂", offers=["法律援助"])
    district.need(buyer, "Enterprise", "法律援助")
    assert rows_of(district, "enterprise-enterprise") == []
    product(district, buyer, "轴承", wanted=True)
    assert rows_of(district, "enterprise-enterprise") == [], "nobody makes it: nothing is an answer, too"
    product(district, maker, "圆锥滚子轴承", wanted=False)
    assert [row.right_id for row in rows_of(district, "enterprise-enterprise")] == [maker]


@pytest.mark.parametrize(
    ("status", "is_open"), [("征集", True), (None, True), ("公示", False), ("在岗", False), ("期满", False)]
)
def test_only_open_posts_seek_anybody(status: str | None, is_open: bool) -> None:
    district = District()
    post(district, district.community("甲社区"), "网格岗", status=status)
    district.enterprise("一厂")
    assert bool(rows_of(district, "post-unit")) is is_open


def test_a_unit_that_a_post_serves_already_is_left_out() -> None:
    district = District()
    key = post(district, district.community("甲社区"), "指导员")
    served, free = district.enterprise("一厂"), district.enterprise("二厂")
    district.relate("SERVES", ("Post", key), ("Enterprise", served))
    assert [row.right_id for row in rows_of(district, "post-unit")] == [free]


def test_property_in_use_is_not_offered_and_a_trade_in_words_is_understood() -> None:
    district = District()
    owner = district.enterprise("一拖")
    property_of(district, owner, "在用厂房", kind="厂房", status="已使用")
    free = property_of(district, owner, "空厂房", kind="厂房", industries=["餐饮", "装备制造"])
    district.enterprise("机械厂", industry="机械加工")
    district.enterprise("学校", industry="P8321")
    district.enterprise("不详厂")
    rows = rows_of(district, "property-enterprise")
    assert {row.left_id for row in rows} == {free}
    told = {row.right: reasons_of(row)["trade_wanted"] for row in rows}
    assert told["机械厂"].text == "行业相符：制造业"
    assert (told["机械厂"].value, told["学校"].value, told["不详厂"].known) == (1, 0, False)


# People


def test_a_group_of_fewer_than_five_is_no_group() -> None:
    district = District()
    home, works = district.community("甲社区", needs=["法律援助"]), district.enterprise("一拖")
    cohort(district, works, home, 4, "法律", 4)
    assert rows_of(district, "cohort-need") == []
    district.entity(
        "MemberCohort", f"coh:{works}:{home}:在职", employer=works, community=home, category="在职", count=4
    )
    assert rows_of(district, "cohort-need") == []


def test_who_may_not_see_members_gets_bands_and_nothing_below_five() -> None:
    planted = plant_cohort()
    row = rows_of(planted.district, "cohort-need", planted.left, VIEWER)[0]
    told = reasons_of(row)
    assert told["members_living_there"].text == "该企业有 10 名以上党员居住在该社区"
    assert told["members_living_there"].value == pytest.approx(10 / 20)
    assert told["enough_hands"].text == "需要 6 人，该群组 10 人以上"
    assert told["skills"].text == "党员特长对口：法律 5 人以上"
    said = " ".join(f"{reason.text} {reason.text_en}" for reason in row.reasons)
    assert "12" not in said
    assert "7" not in said


@pytest.mark.parametrize("skilled", [0, 4])
def test_few_with_a_skill_look_like_none_to_a_viewer(skilled: int) -> None:
    answers = []
    for few in (0, skilled):
        district = District()
        home, works = district.community("甲社区", needs=["法律援助"]), district.enterprise("一拖")
        cohort(district, works, home, 12, "法律", few)
        cohort(district, works, district.community("乙社区"), 9, "法律", 9)
        district.relate("HAS_SKILL", ("Member", f"m:{works}:{home}:11"), ("Concept", district.concept("skill", "书法")))
        answers.append(
            [(row.score, row.confidence, row.reasons) for row in rows_of(district, "cohort-need", scope=VIEWER)]
        )
    assert answers[0] == answers[1]


@EVERY
def test_no_row_of_a_person_stands_behind_a_reason(pairing: str) -> None:
    planted = PLANTED[pairing]()
    entities = {
        record.entity
        for row in rows_of(planted.district, pairing)
        for reason in row.reasons
        for record in reason.records
    }
    assert not entities & {"Member", "MemberCohort", "Lecturer"}


@pytest.mark.parametrize(("members", "text"), [(4, "特长对口法律的党员少于5人"), (9, "党员特长对口：法律 5 人以上")])
def test_a_viewer_is_told_bands_of_skilled_members_for_a_post(members: int, text: str) -> None:
    district = District()
    works = district.enterprise("一拖")
    district.members(works, None, members, "法律")
    post(district, district.community("甲社区"), "法律志愿岗", skills=["法律"])
    assert reasons_of(rows_of(district, "post-unit", scope=VIEWER)[0])["skills"].text == text


# The same engine behind other questions


def test_partners_and_unused_resources_say_what_matches_says() -> None:
    planted = plant_resource()
    graph = planted.district.graph()
    partners = ask(graph, ANALYST, "partners", unit="甲社区").rows
    same = rows_of(planted.district, "enterprise-community", "甲社区")
    assert [(p.partner_id, p.rank, p.score, p.confidence, p.reasons) for p in partners] == [
        (m.right_id, m.rank, m.score, m.confidence, m.reasons) for m in same
    ]
    suggested = ask(graph, ANALYST, "unused-resources").rows[0].suggested_users
    best = rows_of(planted.district, "resource-unit", planted.left, k=3)
    assert [(user.unit_id, user.score) for user in suggested] == [(m.right_id, round(m.score, 4)) for m in best]
    assert all(user.text.endswith("本单位没有会议室") for user in suggested)


@EVERY
def test_the_embedded_engine_answers_as_the_graph_in_memory(pairing: str, tmp_path: Path) -> None:
    planted = PLANTED[pairing]()
    tables = planted.district.tables()
    build(tmp_path / "graph.lbug", tables, SCHEMA)
    facts = StoredFacts("1", pairing, date(2026, 6, 30), tables.counts(), {LOAD: "sample.xlsx"})
    with Graph(LadybugBackend(tmp_path / "graph.lbug", facts, 1 << 28), SCHEMA, None, None) as graph:
        stored = ask(graph, ANALYST, "matches", pairing=pairing).to_dict()["rows"]
    assert stored == ask(planted.district.graph(), ANALYST, "matches", pairing=pairing).to_dict()["rows"]
