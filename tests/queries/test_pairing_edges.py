"""The edges of pairing: nobody, one unit, everybody alike, nowhere, no places, one address for all, a hub of half a million links."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest

from benchmarks.pairing import make_facts
from graph.errors import ArgumentError
from queries.matching.blocks import best_partners
from queries.matching.sides import make_sides
from queries.matching.weights import load_weights
from queries.pairing.specs import ENTERPRISE_COMMUNITY
from queries.questions.partners.pairing_plan import pairing_plan
from queries.questions.partners.partners import partners
from queries.reading.scope import Scope
from tests.queries.memory_graph import District

ANALYST = Scope("a", "analyst")
LABELS = ("Community", "Enterprise")


def plan(district: District, **options: Any) -> Any:
    return pairing_plan(district.graph(), ANALYST, **options)


def test_without_candidates_there_is_no_partner_and_the_plan_says_why() -> None:
    district = District()
    district.community("甲社区")
    assert partners(district.graph(), ANALYST, "甲社区").rows == []
    answer = plan(district)
    assert answer.rows == [] and answer.extra["total"] == 0
    assert "没有可结对的企业" in answer.extra["uncovered"][0]["why"]


def test_where_a_rule_excludes_everybody_there_is_no_partner() -> None:
    district = District()
    district.agreement("1号", district.community("甲社区"), district.enterprise("一厂"), signed=date(2026, 1, 1))
    answer = partners(district.graph(), ANALYST, "甲社区", why_not="一厂")
    assert answer.rows == [] and answer.extra["why_not"]["excluded"]["rule"] == "already_in_force"
    assert answer.picture().html


@pytest.mark.parametrize("kind", ["community", "enterprise"])
def test_one_unit_alone_has_nobody(kind: str) -> None:
    district = District()
    getattr(district, kind)("独一家")
    assert partners(district.graph(), ANALYST, "独一家").rows == []
    assert plan(district).rows == []


def test_an_empty_graph_has_an_empty_plan() -> None:
    assert plan(District()).rows == []


def test_where_everybody_is_alike_scores_are_equal_and_smaller_ids_come_first() -> None:
    district = District()
    for i in range(6):
        district.community(f"{i}社区", 112.4, 34.6, ["法律援助"])
        district.enterprise(f"{i}厂", 112.4, 34.6, ["法律援助"])
    ranked = partners(district.graph(), ANALYST, "3社区", k=6).rows
    assert [row.partner for row in ranked] == [f"{i}厂" for i in range(6)]
    assert len({row.score for row in ranked}) == 1
    chosen = plan(district, enterprise_capacity=1).rows
    assert [(row.left, row.right) for row in chosen] == [(f"{i}社区", f"{i}厂") for i in range(6)]


def test_without_any_position_needs_still_decide() -> None:
    district = District()
    district.community("甲社区", None, None, ["法律援助"])
    district.enterprise("无关厂", None, None, ["健康义诊"])
    district.enterprise("对口厂", None, None, ["法律援助"])
    (first, second) = partners(district.graph(), ANALYST, "甲社区").rows
    assert first.partner == "对口厂" and first.score > second.score
    near = next(reason for reason in first.reasons if reason.signal == "near")
    assert not near.known and "缺少一方的位置" in near.text
    assert [row.right for row in plan(district).rows] == ["对口厂"]


def test_without_any_place_nobody_is_paired_and_a_demand_is_refused() -> None:
    district = District()
    for i in range(3):
        district.community(f"{i}社区")
        district.enterprise(f"{i}厂")
    answer = plan(district, community_capacity=0, enterprise_capacity=0)
    assert answer.rows == [] and len(answer.extra["uncovered"]) == 3
    with pytest.raises(ArgumentError):
        plan(district, enterprise_capacity=0, must=["0社区|0厂"])


def test_five_thousand_units_at_one_address_are_all_candidates_and_found_in_time() -> None:
    facts = make_facts(50, 5_000)
    one_place = facts.units.with_columns(lon=pl.lit(112.4), lat=pl.lit(34.6))
    sides = make_sides(replace(facts, units=one_place), LABELS, lambda n: n)
    started = time.perf_counter()
    best = best_partners(ENTERPRISE_COMMUNITY, load_weights(), sides, 10)
    assert time.perf_counter() - started < 10
    assert np.array_equal(np.bincount(best.left), np.full(50, 10))
    again = make_sides(replace(facts, units=one_place.reverse()), LABELS, lambda n: n)
    same = best_partners(ENTERPRISE_COMMUNITY, load_weights(), again, 10)
    assert np.array_equal(best.right, same.right) and np.array_equal(best.score, same.score)


def test_a_unit_with_half_a_million_links_is_answered_in_time() -> None:
    facts, links = make_facts(100, 200), 500_000
    hub = facts.units.filter(pl.col("label") == "Enterprise")["id"][0]
    things = pl.Series("thing", [f"act:hub:{n}" for n in range(links)])
    others = facts.units.filter(pl.col("label") == "Community")["id"]
    like = facts.shared.head(1).drop("unit", "label", "thing")
    rows = [
        things.to_frame().with_columns(unit=pl.lit(hub), label=pl.lit("Enterprise")),
        things.to_frame().with_columns(unit=others.gather(np.arange(links) % len(others)), label=pl.lit("Community")),
    ]
    shared = pl.concat([facts.shared, *(part.join(like, how="cross").select(facts.shared.columns) for part in rows)])
    started = time.perf_counter()
    sides = make_sides(replace(facts, shared=shared.sort("unit", "thing")), LABELS, lambda n: n)
    best = best_partners(ENTERPRISE_COMMUNITY, load_weights(), sides, 3)
    assert time.perf_counter() - started < 10
    plain = make_sides(facts, LABELS, lambda n: n)
    assert len(best.left) == 300
    met = sides.closeness.spread(np.arange(100) * 200)
    assert (met > plain.closeness.spread(np.arange(100) * 200)).all(), "everybody met the hub"
