"""A plan for everybody: capacities, demands, who stays without a partner and why."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from graph.errors import ArgumentError
from queries.matching import candidates
from queries.pairing.engine import open_engine
from queries.pairing.planning import Planner, Wishes
from queries.questions.partners.pairing_plan import pairing_plan
from queries.reading.scope import Scope
from tests.queries.memory_graph import District

ANALYST = Scope("a", "analyst")


def small_district(enterprises: int = 3, communities: int = 4) -> District:
    district = District()
    services = ["法律援助", "健康义诊", "环境整治"]
    for i in range(communities):
        district.community(f"{i}社区", 112.4 + i / 50, 34.66, [services[i % 3]])
    for i in range(enterprises):
        district.enterprise(f"{i}厂", 112.4 + i / 50, 34.66, [services[i % 3]])
        district.members(f"ent:{i}厂", f"com:{i}社区", 10)
    return district


def plan(district: District, **options: Any) -> Any:
    return pairing_plan(district.graph(), ANALYST, **options)


def pairs(answer: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in answer.rows:
        found.setdefault(row.left, []).append(row.right)
    return found


def test_every_community_gets_a_partner_and_no_enterprise_too_many() -> None:
    answer = plan(small_district())
    assert set(pairs(answer)) == {"0社区", "1社区", "2社区", "3社区"}
    assert answer.extra["uncovered"] == []
    assert max(Counter(row.right for row in answer.rows).values()) <= 2
    assert pairs(answer)["0社区"] == ["0厂"]


def test_scores_and_reasons_of_a_plan_add_up() -> None:
    answer = plan(small_district())
    for row in answer.rows:
        assert sum(reason.contribution for reason in row.reasons) == pytest.approx(row.score, abs=1e-6)
    assert answer.extra["total"] == pytest.approx(sum(row.score for row in answer.rows))


def test_who_stays_without_a_partner_is_told_who_holds_the_places() -> None:
    answer = plan(small_district(), enterprise_capacity=1)
    (bare,) = answer.extra["uncovered"]
    assert len(answer.rows) == 3
    assert "名额已满" in bare["why"]
    assert bare["unit"] not in pairs(answer)
    assert bare["unit_id"] == f"com:{bare['unit']}"


def test_capacities_of_zero_leave_everybody_out_with_a_reason() -> None:
    nobody = plan(small_district(), community_capacity=0)
    assert nobody.rows == []
    assert {one["why"] for one in nobody.extra["uncovered"]} == {"名额为零"}
    full = plan(small_district(), enterprise_capacity=0)
    assert full.rows == []
    assert len(full.extra["uncovered"]) == 4


def test_a_community_whose_every_partner_is_in_force_is_told_so() -> None:
    district = small_district(enterprises=1)
    district.agreement("1号", "com:0社区", "ent:0厂", signed=date(2025, 1, 1), term_open=True)
    answer = plan(district, enterprise_capacity=9)
    (bare,) = answer.extra["uncovered"]
    assert bare["unit"] == "0社区"
    assert "没有可结对的企业" in bare["why"]


def test_agreements_in_force_use_up_places_where_the_asker_says_so() -> None:
    district = small_district()
    district.agreement("1号", "com:0社区", "ent:1厂", signed=date(2025, 1, 1), term_open=True)
    assert "0社区" in pairs(plan(district))
    counted = plan(district, count_existing=True)
    assert "0社区" not in pairs(counted)
    assert counted.extra["uncovered"] == []  # it has a partner
    assert Counter(row.right for row in counted.rows)["1厂"] <= 1


def test_demanded_pairs_are_in_the_plan_and_forbidden_ones_are_not() -> None:
    answer = plan(small_district(), must=["0社区|2厂"], forbid=["1厂|1社区"])
    assert pairs(answer)["0社区"] == ["2厂"]
    assert "1厂" not in pairs(answer)["1社区"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"must": ["0社区"]}, "社区|企业"),
        ({"must": ["0社区|1社区"]}, "一个社区和一家企业"),
        ({"must": ["0社区|0厂"], "forbid": ["0厂|0社区"]}, "同时要求又禁止"),
        ({"must": ["0社区|0厂", "1社区|0厂", "2社区|0厂"]}, "超过名额"),
        ({"must": ["3社区|1厂"]}, "履行中的协议：1号"),
        ({"enterprise_capacity": -1}, "不能为负数"),
    ],
)
def test_what_cannot_be_planned_is_refused_with_a_sentence(options: dict[str, Any], said: str) -> None:
    district = small_district()
    district.agreement("1号", "com:3社区", "ent:1厂", signed=date(2025, 1, 1), term_open=True)
    with pytest.raises(ArgumentError) as refused:
        plan(district, **options)
    assert said in refused.value.message("zh")


def test_the_order_of_rows_changes_no_byte_of_the_plan() -> None:
    district = small_district(5, 7)
    answers = [pairing_plan(district.graph(reverse=reverse), ANALYST).to_dict() for reverse in (False, True)]
    assert json.dumps(answers[0], ensure_ascii=False) == json.dumps(answers[1], ensure_ascii=False)


def test_when_everything_is_equal_smaller_ids_pair() -> None:
    district = District()
    for name in "丙甲乙":
        district.community(f"{name}社区")
        district.enterprise(f"{name}厂")
    answer = plan(district, enterprise_capacity=1)
    assert [(row.left_id, row.right_id) for row in answer.rows] == [
        (f"com:{n}社区", f"ent:{n}厂") for n in sorted("甲乙丙")
    ]


def test_who_is_left_over_among_the_nearest_is_given_everybody_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "EVERY_PAIR", 0)
    district = District()
    for n in range(3):
        district.community(f"{n}社区", 112.0, 34.0)
    for n in range(201):  # the two hundred nearest all have an agreement with community 0 in force
        district.enterprise(f"{n:03d}厂", 112.0 + n / 500, 34.0)
        if n < 200:
            district.agreement(f"{n}号", "com:0社区", f"ent:{n:03d}厂", signed=date(2025, 1, 1), term_open=True)
    answer = plan(district)
    assert pairs(answer)["0社区"] == ["200厂"]
    assert answer.extra["uncovered"] == []


def test_an_empty_district_gives_an_empty_plan() -> None:
    assert plan(District()).rows == []
    alone = District()
    alone.community("甲社区")
    answer = plan(alone)
    assert answer.rows == []
    assert [one["unit"] for one in answer.extra["uncovered"]] == ["甲社区"]


def test_the_sample_district_is_covered_whole(sample: Any) -> None:
    from graph.connect import connect

    with connect(sample.settings) as graph:
        answer = pairing_plan(graph, ANALYST)
    assert len({row.left for row in answer.rows}) == sample.truth["counts"]["communities"]
    assert answer.extra["uncovered"] == []
    planned = {(row.left, row.right) for row in answer.rows}
    obvious = [(one["community"], one["enterprise"]) for one in sample.truth["obvious_partners"]]
    assert sum(pair in planned for pair in obvious) >= len(obvious) - 1


def test_a_demanded_pair_of_a_unit_that_is_not_there_is_refused() -> None:
    engine = open_engine(small_district().graph(), ANALYST)
    places = (np.ones(len(engine.sides.left)), np.ones(len(engine.sides.right)))
    wishes = Wishes(must=frozenset({("com:0社区", "ent:不存在")}), forbid=frozenset({("com:没有", "ent:0厂")}))
    with pytest.raises(ArgumentError, match=r"com:0社区\|ent:不存在"):
        Planner(engine, places, wishes).make()
    alone = Planner(
        engine, places, replace(wishes, must=frozenset())
    ).make()  # what is not there cannot be chosen anyway
    assert alone.covered == 3
