"""What each signal says of a pair: its formula, what it does where nothing is known, and what a user reads."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from queries.matching.pairs import list_pairs
from queries.matching.score import measure
from queries.pairing.engine import Engine, open_engine
from queries.pairing.explain import Reason
from queries.pairing.reasons import _shorten
from queries.pairing.signals import wish_distance, wish_members
from queries.pairing.specs import ENTERPRISE_COMMUNITY
from queries.reading.scope import Scope
from queries.words.fit_figures import NEAR_SKILL, PARTLY_COUNTS
from queries.words.spoken import name_class
from tests.queries.memory_graph import District

ANALYST, VIEWER = Scope("a", "analyst"), Scope("v", "viewer")


def engine_of(district: District, scope: Scope = ANALYST, **options: Any) -> Engine:
    return open_engine(district.graph(**options), scope, ENTERPRISE_COMMUNITY)


def tell(district: District, community: str, enterprise: str, scope: Scope = ANALYST) -> dict[str, Reason]:
    engine = engine_of(district, scope)
    left, right = engine.sides.left.places[community], engine.sides.right.places[enterprise]
    return {reason.signal: reason for reason in engine.explainer.explain(np.array([left]), np.array([right]))[0]}


def test_needs_met_weighs_rare_and_urgent_needs_more() -> None:
    district = District()
    asked = district.community("甲社区")
    district.need(asked, "Community", "法律援助", urgency="紧急")
    district.need(asked, "Community", "便民服务")
    for n in range(3):
        district.community(f"乙{n}社区", needs=["便民服务"])
    lawyer, helper = district.enterprise("律所", offers=["法律援助"]), district.enterprise("物业", offers=["便民服务"])
    rare, common = tell(district, asked, lawyer)["needs_met"], tell(district, asked, helper)["needs_met"]
    idf_rare, idf_common = 1 + np.log(5 / 2), 1 + np.log(5 / 5)
    assert rare.value == pytest.approx(1.5 * idf_rare / (1.5 * idf_rare + idf_common))
    assert rare.value + common.value == pytest.approx(1)
    assert rare.text == "满足需求：法律援助（1/2 项）"
    assert rare.text_en == "meets needs: 法律援助 (1/2)"
    assert [record.entity for record in rare.records] == ["Need", "Offering"]


def test_an_enterprise_without_a_list_of_offers_is_unknown_and_not_zero() -> None:
    district = District()
    asked = district.community("甲社区", needs=["法律援助"])
    silent, other = district.enterprise("未报送厂"), district.enterprise("另一厂", offers=["环境整治"])
    assert not tell(district, asked, silent)["needs_met"].known
    assert tell(district, asked, silent)["needs_met"].text == "该企业未报送资源清单，此项暂不计"
    mute = tell(district, district.community("乙社区"), other)["needs_met"]
    assert (mute.known, str(mute.text)) == (False, "该社区未报送需求清单，此项暂不计")
    nothing = tell(district, asked, other)["needs_met"]
    assert nothing.known
    assert nothing.value == 0
    assert nothing.text == "未提供所需的法律援助（0/1 项）"


def test_a_need_that_is_done_or_past_its_deadline_counts_no_more() -> None:
    district = District()
    asked = district.community("甲社区", needs=["法律援助"])
    district.need(asked, "Community", "健康义诊", status="已办结")
    district.need(asked, "Community", "环境整治", deadline=date(2026, 6, 29))
    district.need(asked, "Community", "便民服务", deadline=date(2026, 6, 30))
    wanted = {name_class(service) for service in engine_of(district).sides.asks.wanted(0)}
    assert wanted == {"便民服务集市", "法律援助"}


def test_needs_in_the_register_of_communities_count_beside_the_list_of_needs() -> None:
    district = District()
    asked = district.community("甲社区", needs=["法律援助"], need_categories=["法律援助", "治安防范"])
    guard = district.enterprise("保安公司", offers=["治安防范服务"])
    told = tell(district, asked, guard)["needs_met"]
    assert told.text == "满足需求：治安防范（1/2 项）"
    assert [record.entity for record in told.records] == ["Community", "Offering"]


def test_two_words_for_one_service_meet() -> None:
    district = District()
    asked = district.community("甲社区", needs=["法律援助", "健康义诊"])
    lawyer = district.enterprise("律所", offers=["法律咨询", "义诊"])
    assert tell(district, asked, lawyer)["needs_met"].value == 1


def test_an_offer_that_serves_a_need_only_partly_counts_half() -> None:
    district = District()
    asked = district.community("甲社区", needs=["法律援助"])
    speaker, lawyer = (
        district.enterprise("讲师团", offers=["普法讲座"]),
        district.enterprise("律所", offers=["法律援助"]),
    )
    assert PARTLY_COUNTS == 0.5
    assert tell(district, asked, speaker)["needs_met"].value == pytest.approx(PARTLY_COUNTS)
    assert tell(district, asked, lawyer)["needs_met"].value == 1


def test_an_offer_for_some_of_several_things_that_a_need_names_counts_half() -> None:
    district = District()
    asked = district.community("甲社区", needs=["理发、修鞋"])
    barber = district.enterprise("理发店", offers=["义务理发"])
    both = district.enterprise("便民队", offers=["理发、修鞋"])
    assert tell(district, asked, barber)["needs_met"].value == pytest.approx(PARTLY_COUNTS)
    assert tell(district, asked, both)["needs_met"].value == 1


def test_a_need_whose_words_nobody_knows_counts_neither_as_met_nor_as_unmet() -> None:
    district = District()
    asked = district.community("甲社区", needs=["法律援助", "仟佰拾"])
    strange = district.community("乙社区", needs=["仟佰拾"])
    lawyer = district.enterprise("律所", offers=["法律援助"])
    assert tell(district, asked, lawyer)["needs_met"].value == 1
    assert not tell(district, strange, lawyer)["needs_met"].known
    district.offer(lawyer, "Enterprise", "仟佰拾")
    assert tell(district, strange, lawyer)["needs_met"].value == 1, "the same words are the same service"


def test_offers_for_payment_count_less() -> None:
    district = District()
    asked = district.community("甲社区", needs=["法律援助"])
    paid = district.enterprise("收费律所")
    district.offer(paid, "Enterprise", "法律援助", terms="有偿")
    assert tell(district, asked, paid)["needs_met"].value == pytest.approx(0.6)


@pytest.mark.parametrize(("members", "value"), [(0, 0.0), (4, 4 / 14), (10, 0.5), (24, 24 / 34)])
def test_members_living_there_saturates_at_ten(members: int, value: float) -> None:
    district = District()
    home, elsewhere = district.community("甲社区"), district.community("乙社区")
    factory = district.enterprise("一厂")
    district.members(factory, home, members)
    district.members(factory, elsewhere, 1)
    told = tell(district, home, factory)["members_living_there"]
    assert told.value == pytest.approx(value)
    assert told.text == (f"该企业有 {members} 名党员居住在该社区" if members else "没有党员登记居住在该社区")
    assert told.records == ()


@pytest.mark.parametrize(
    ("members", "text", "counted"),
    [
        (3, "住在该社区的党员少于5人", 0),
        (0, "住在该社区的党员少于5人", 0),
        (24, "该企业有 20 名以上党员居住在该社区", 20),
    ],
)
def test_who_may_not_see_members_gets_bands_in_text_value_and_score(members: int, text: str, counted: int) -> None:
    district = District()
    home = district.community("甲社区", needs=["法律援助"])
    factory = district.enterprise("一厂")
    district.members(factory, home, members, "法律")
    district.members(factory, None, 1, "书法")
    district.members(factory, district.community("乙社区"), 6)
    told = tell(district, home, factory, VIEWER)
    assert told["members_living_there"].text == text
    assert told["members_living_there"].value == pytest.approx(counted / (counted + 10))
    assert told["skills"].value == pytest.approx(1 - 0.8**counted)
    said = " ".join(f"{reason.text} {reason.text_en}" for reason in told.values())
    assert "24" not in said
    assert "3 " not in said


def test_two_members_and_no_member_look_the_same_to_a_viewer() -> None:
    answers = []
    for members in (0, 2):
        district = District()
        home = district.community("甲社区")
        factory = district.enterprise("一厂")
        district.members(factory, home, members)
        district.members(factory, district.community("乙社区"), 7)
        answers.append(tell(district, home, factory, VIEWER))
    assert answers[0] == answers[1]


def test_near_is_one_half_at_five_kilometres() -> None:
    district = District()
    home = district.community("甲社区", 112.0, 34.0)
    far = district.enterprise("远厂", 112.0, 34.0 + 5 / 111.1949)
    told = tell(district, home, far)["near"]
    assert told.value == pytest.approx(0.5, abs=1e-4)
    assert told.text == "相距 5.0 公里"
    assert [record.entity for record in told.records] == ["Community", "Enterprise"]


def test_a_unit_without_a_position_is_neither_near_nor_far() -> None:
    district = District()
    home = district.community("甲社区")
    told = tell(district, home, district.enterprise("一厂", None, None))["near"]
    assert not told.known
    assert told.text == "缺少一方的位置，此项暂不计"


def test_what_a_value_would_take_is_the_formula_read_backwards() -> None:
    sides = engine_of(District()).sides
    wish = wish_distance(sides, 0, 0, 1 / (1 + (3.05 / 5) ** 2))
    assert (wish, wish.en) == ("相距不超过 3.0 公里", "the two were no more than 3.0 km apart")
    wish = wish_members(sides, 0, 0, 18 / 28)
    assert (wish, wish.en) == ("住在该社区的党员达到 18 名", "18 members lived there")
    assert "inf" in wish_members(sides, 0, 0, 1.0)  # no number reaches it


def test_skills_ask_how_likely_somebody_helps_with_each_need() -> None:
    district = District()
    home = district.community("甲社区", needs=["法律援助", "环境整治"])
    factory = district.enterprise("一厂")
    district.members(factory, home, 3, "法律")
    told = tell(district, home, factory)["skills"]
    assert told.value == pytest.approx((1 - 0.8**3) / 2)
    assert told.text == "党员特长对口：法律 3 人"
    assert {record.entity for record in told.records} == {"Need"}


def test_a_skill_that_nobody_knows_helps_with_nothing_and_a_related_one_counts_half() -> None:
    district = District()
    home = district.community("甲社区", needs=["普法宣传"])
    strange, related = district.enterprise("一厂"), district.enterprise("二厂")
    district.members(strange, home, 1, "量子纠缠")
    district.members(related, home, 1, "公证员")
    assert tell(district, home, strange)["skills"].value == 0
    assert tell(district, home, related)["skills"].value == pytest.approx(0.2 * NEAR_SKILL)


def test_the_track_record_halves_in_three_years_and_counts_others_half() -> None:
    district = District()
    home, other = district.community("甲社区"), district.community("乙社区")
    old_friend, stranger, new = (district.enterprise(name) for name in ("老友厂", "他人厂", "新厂"))
    over = {"signed": date(2023, 7, 1), "expires": date(2024, 6, 30), "rating": "非常满意"}
    district.agreement("1号", home, old_friend, **over)
    district.agreement("2号", other, stranger, **over)
    recency = 0.5 ** ((date(2026, 6, 30) - date(2023, 7, 1)).days / 365.25 / 3)
    own, others = tell(district, home, old_friend)["track_record"], tell(district, home, stranger)["track_record"]
    assert own.value == pytest.approx((1 + recency) / (2 + recency))
    assert others.value == pytest.approx((1 + recency / 2) / (2 + recency / 2))
    assert own.text == "合作评价：双方曾有 1 份协议：非常满意 1"
    assert [record.entity for record in own.records] == ["Agreement"]
    assert not tell(district, home, new)["track_record"].known


def test_needs_of_the_enterprise_are_met_the_other_way() -> None:
    district = District()
    home = district.community("甲社区")
    district.offer(home, "Community", "政策宣讲")
    factory = district.enterprise("一厂")
    district.need(factory, "Enterprise", "政策宣讲")
    told = tell(district, home, factory)["needs_met_other_way"]
    assert told.known
    assert told.value == 1
    assert told.text == "企业所需的政策宣讲，社区可提供（1/1 项）"
    wanting = district.enterprise("二厂")
    district.need(wanting, "Enterprise", "健康义诊")
    assert tell(district, home, wanting)["needs_met_other_way"].text == "企业所需的健康义诊等 1 项，社区不能提供"


def test_joint_activities_and_venues_bring_two_units_close() -> None:
    district = District()
    home = district.community("甲社区")
    factory, other = district.enterprise("一厂"), district.enterprise("二厂")
    district.activity("清洁日", home, factory)
    venue = district.entity("Venue", "ven:厅", name="多功能厅")
    district.relate("OWNS", ("Enterprise", factory), ("Venue", venue))
    use = district.entity("ResourceUse", "use:1", day=date(2026, 5, 4), purpose="联谊")
    district.relate("USES", ("ResourceUse", use), ("Venue", venue))
    district.relate("USED_BY", ("ResourceUse", use), ("Community", home))
    district.activity("独自活动", district.community("乙社区"), other)
    told = tell(district, home, factory)["close_in_graph"]
    x = 2 / np.log(3)
    assert told.value == pytest.approx(x / (x + 1))
    assert (
        told.text == "曾共同开展活动 1 次：清洁日；一方借用另一方场地 1 处：多功能厅"
    )  # the venue by its name, not by what it was used for
    assert {record.entity for record in told.records} == {"Activity", "ResourceUse", "Venue"}
    apart = tell(district, home, other)["close_in_graph"]
    assert apart.known
    assert apart.value == 0
    third = district.entity("ResourceUse", "use:2", day=date(2026, 5, 5), purpose="培训")
    district.relate("USES", ("ResourceUse", third), ("Venue", venue))
    district.relate("USED_BY", ("ResourceUse", third), ("Enterprise", other))
    assert tell(district, home, other)["close_in_graph"].text == "曾先后借用同一场地 1 处：多功能厅"


def test_sector_fit_compares_sizes_and_counts_agreements_in_force() -> None:
    district = District()
    home = district.community("甲社区", needs=["健康义诊"], party_members=100)
    hospital = district.enterprise("医院", industry="Q8411", party_members=25)
    factory = district.enterprise("一厂", industry="C3571", party_members=100)
    district.agreement("1号", district.community("乙社区"), factory, term_open=True)
    assert tell(district, home, hospital)["sector_fit"].value == pytest.approx(0.5)
    assert tell(district, home, factory)["sector_fit"].value == pytest.approx(0.25)
    assert "履行中协议 1 份" in tell(district, home, factory)["sector_fit"].text


def test_every_signal_stays_between_zero_and_one_and_tells_in_two_languages() -> None:
    district = District()
    homes = [
        district.community(f"{i}社区", 112 + i / 50, 34.0, ["法律援助", "便民服务"][: i % 3], party_members=50 * i)
        for i in range(6)
    ]
    factories = [
        district.enterprise(f"{i}厂", 112.1, 34 + i / 50, ["便民服务"] * (i % 2), party_members=40) for i in range(6)
    ]
    for i, (home, factory) in enumerate(zip(homes, factories, strict=True)):
        district.members(factory, home, 3 * i, "法律")
        district.agreement(
            f"{i}号", home, factories[i - 1], rating="一般", signed=date(2020, 1, 1), expires=date(2021, 1, 1)
        )
        district.activity(f"活动{i}", home, factory)
    engine = engine_of(district)
    left, right = np.divmod(np.arange(36), 6)
    values, known = measure(engine.spec, list_pairs(engine.sides, left, right))
    assert np.isfinite(values).all()
    assert (values >= 0).all()
    assert (values <= 1).all()
    assert known.any(axis=1).sum() >= 6
    for reasons in engine.explainer.explain(left, right):
        assert all(reason.text and reason.text_en and reason.text_en.isprintable() for reason in reasons)


@pytest.mark.parametrize(
    ("name", "shown"), [("法" * 12, "法" * 12), ("法" * 13, "法" * 12 + "…"), ("上门修灯，换水管", "上门修灯")]
)
def test_in_a_list_of_words_a_long_one_is_cut_and_of_a_sentence_its_first_clause_stands(name, shown):
    assert _shorten(name) == shown
