"""The picture of reasons: the two units, and only what speaks for the pair; people as numbers that the asker may see."""

from __future__ import annotations

from datetime import date
from typing import Any

from queries.questions.partners.pairing_plan import MOST_WITH_REASONS, pairing_plan
from queries.questions.partners.partners import partners
from queries.reading.scope import Scope
from tests.queries.memory_graph import District

ANALYST, VIEWER = Scope("a", "analyst"), Scope("v", "viewer")


def told_district() -> District:
    district = District()
    community = district.community("甲社区", needs=["法律援助", "健康义诊"])
    firm = district.enterprise("一厂", offers=["法律援助", "环境整治"])
    district.need(firm, "Enterprise", "文艺辅导")
    district.offer(community, "Community", "文艺辅导")
    district.members(firm, community, 7)
    district.activity("重阳节", community, firm)
    district.activity("别人的活动", district.community("乙社区"), firm)
    district.agreement("旧1号", community, firm, signed=date(2022, 1, 1), expires=date(2023, 1, 1), rating="满意")
    return district


def ties(answer: Any) -> set[tuple[str, str, str]]:
    names = {entity["id"]: entity["name"] for entity in answer.entities}
    return {(names[r["source"]], r["type"], names[r["target"]]) for r in answer.relations}


def test_what_speaks_for_a_pair_is_drawn_and_nothing_else() -> None:
    assert ties(partners(told_district().graph(), ANALYST, "甲社区")) == {
        ("甲社区", "建议结对", "一厂"),
        ("甲社区", "SEEKS", "法律援助"), ("一厂", "OFFERS", "法律援助"), ("法律援助", "满足", "法律援助"),
        ("一厂", "SEEKS", "文艺辅导"), ("甲社区", "OFFERS", "文艺辅导"), ("文艺辅导", "满足", "文艺辅导"),
        ("7 名党员", "OF_EMPLOYER", "一厂"), ("7 名党员", "IN_COMMUNITY", "甲社区"),
        ("甲社区", "参加", "重阳节"), ("一厂", "参加", "重阳节"),
        ("甲社区", "SIGNED", "旧1号"), ("一厂", "SIGNED", "旧1号"),
    }  # fmt: skip


def test_a_venue_that_both_borrow_from_another_is_drawn_by_its_name() -> None:
    district = District()
    home, firm, owner = district.community("甲社区"), district.enterprise("一厂"), district.enterprise("二厂")
    venue = district.entity("Venue", "ven:厅", name="多功能厅")
    district.relate("OWNS", ("Enterprise", owner), ("Venue", venue))
    for n, user in enumerate([("Community", home), ("Enterprise", firm)]):
        use = district.entity("ResourceUse", f"use:{n}", day=date(2026, 5, 4), purpose="联谊")
        district.relate("USES", ("ResourceUse", use), ("Venue", venue))
        district.relate("USED_BY", ("ResourceUse", use), user)
    drawn = partners(district.graph(), ANALYST, unit="甲社区", k=1)
    assert {("甲社区", "使用", "多功能厅"), ("一厂", "使用", "多功能厅")} <= ties(drawn)
    assert "联谊" not in {entity["name"] for entity in drawn.entities}


def test_who_may_not_see_members_sees_rounded_numbers() -> None:
    found = {entity["name"] for entity in partners(told_district().graph(), VIEWER, "甲社区").entities}
    assert "5 名以上党员" in found and "7 名党员" not in found


def test_both_sides_see_the_same_picture_of_a_pair() -> None:
    graph = told_district().graph()
    of_firm = {tie for tie in ties(partners(graph, ANALYST, "一厂", k=1)) if "乙社区" not in tie}
    assert of_firm == ties(partners(graph, ANALYST, "甲社区", k=1))


def test_a_plan_is_drawn_with_its_reasons_and_a_large_one_without() -> None:
    assert ("法律援助", "满足", "法律援助") in ties(pairing_plan(told_district().graph(), ANALYST))
    district = District()
    for i in range(MOST_WITH_REASONS + 1):
        district.community(f"{i:02}社区", needs=["法律援助"])
        district.enterprise(f"{i:02}厂", offers=["法律援助"])
    assert {kind for _, kind, _ in ties(pairing_plan(district.graph(), ANALYST))} == {"建议结对"}


def test_a_drawn_page_names_the_units_and_their_needs() -> None:
    page = partners(told_district().graph(), ANALYST, "甲社区").picture().html
    for name in ("甲社区", "一厂", "法律援助", "重阳节"):
        assert name in page or name.encode("unicode_escape").decode() in page
