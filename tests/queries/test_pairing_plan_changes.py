"""Plans that change: pairs kept from a plan made before, what differs, what a unit changes, and what forcing a pair would cost."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from datetime import date
from typing import Any

import pytest

from graph.errors import ArgumentError
from queries.answers.rows import plain
from queries.asking import ask
from queries.questions.partners.pairing_plan import pairing_plan
from queries.reading.scope import Scope
from tests.queries.memory_graph import District

ANALYST = Scope("a", "analyst")
SERVICES = ["法律援助", "健康义诊", "环境整治", "文艺辅导"]


def random_district(seed: int, communities: int = 6, enterprises: int = 4) -> District:
    numbers = random.Random(seed)
    district = District()
    for i in range(communities):
        place = 112.4 + numbers.random() / 5, 34.6 + numbers.random() / 5
        district.community(f"{i}社区", *place, numbers.sample(SERVICES, 2))
    for i in range(enterprises):
        district.enterprise(
            f"{i}厂", 112.4 + numbers.random() / 5, 34.6 + numbers.random() / 5, numbers.sample(SERVICES, 2)
        )
    return district


def plan(district: District, **options: Any) -> Any:
    return pairing_plan(district.graph(), ANALYST, **options)


def written(answer: Any) -> list[str]:
    return [f"{row.left_id}|{row.right_id}" for row in answer.rows]


def every_score(district: District, communities: int, enterprises: int) -> dict[tuple[str, str], float]:
    """Return the score of every pair, each read off a plan in which it is demanded."""
    ids = [(f"com:{i}社区", f"ent:{j}厂") for i in range(communities) for j in range(enterprises)]
    return {pair: plan(district, why_not="|".join(pair)).extra["why_not"]["score"] for pair in ids}


def best_by_trying(scores: dict[tuple[str, str], float], forced: tuple[str, str] | None) -> tuple[int, float]:
    """Return coverage and total of the best plan (one partner a community, two communities an enterprise) by trying every one."""
    lefts, rights = sorted({a for a, _ in scores}), [None, *sorted({b for _, b in scores})]
    best = (-1, 0.0)
    for choice in itertools.product(rights, repeat=len(lefts)):
        taken = [(a, b) for a, b in zip(lefts, choice, strict=True) if b is not None]
        if max(Counter(b for _, b in taken).values(), default=0) <= 2 and (forced is None or forced in taken):
            best = max(best, (len(taken), round(sum(scores[pair] for pair in taken), 6)))
    return best


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3))])
def test_what_forcing_a_pair_costs_is_exact(seed: int) -> None:
    district = random_district(seed, communities=5, enterprises=2)
    scores = every_score(district, 5, 2)
    coverage, total = best_by_trying(scores, None)
    for pair in scores:
        told = plan(district, why_not="|".join(pair)).extra["why_not"]
        if not told["in_plan"]:
            forced = best_by_trying(scores, pair)
            assert told["forced"]["coverage_difference"] == forced[0] - coverage
            assert told["forced"]["total_difference"] == pytest.approx(forced[1] - total, abs=2e-6)


def test_why_not_tells_who_holds_the_places_in_both_languages() -> None:
    district = District()
    for name, members in (("甲", 30), ("乙", 20), ("丙", 1)):
        district.community(f"{name}社区", 112.4, 34.6)
        district.members("ent:一厂", f"com:{name}社区", members)
    district.enterprise("一厂", 112.4, 34.6)
    told = plan(district, why_not="一厂|丙社区").extra["why_not"]
    assert [one["left"] for one in told["holders"]["right"]] == ["乙社区", "甲社区"]
    assert told["holders"]["left"] == [] and not told["in_plan"] and told["excluded"] is None
    assert "一厂的名额给了乙社区、甲社区" in told["text"] and "没有社区因此落空" in told["text"]
    assert "the places of 一厂 go to 乙社区, 甲社区" in told["text_en"]
    assert [one["left"] for one in told["forced"]["dropped"]] == ["乙社区"]
    assert told["forced"]["total_difference"] < 0 == told["forced"]["coverage_difference"]


def test_why_not_names_the_rule_first_and_says_when_the_pair_is_there() -> None:
    district = random_district(5)
    district.agreement("1号", "com:0社区", "ent:0厂", signed=date(2026, 1, 1))
    told = plan(district, why_not="0社区|0厂").extra["why_not"]
    assert told["excluded"]["rule"] == "already_in_force" and told["text"] == "双方已有履行中的协议：1号"
    assert [record.entity for record in told["excluded"]["records"]] == ["Agreement"]
    first = plan(district)
    assert plan(district, why_not=written(first)[0]).extra["why_not"]["text"] == "已在方案之中"
    assert plan(district, forbid=["1社区|1厂"], why_not="1社区|1厂").extra["why_not"]["excluded"]["rule"] == "forbidden"


def test_a_pair_that_cannot_be_forced_says_so() -> None:
    told = plan(random_district(5), enterprise_capacity=0, why_not="0社区|0厂").extra["why_not"]
    assert told["forced"] is None and told["text"] == "其中一方没有名额"
    assert plan(random_district(5), without=["0厂"], why_not="0社区|0厂").extra["why_not"]["text"] == "其中一方不参加"


def test_a_kept_pair_stays_unless_its_rivals_are_better_by_more_than_the_bonus() -> None:
    district = District()
    district.community("甲社区", 112.4, 34.6)
    district.enterprise("近厂", 112.4, 34.6)
    district.enterprise("远厂", 112.43, 34.6)
    assert written(plan(district)) == ["com:甲社区|ent:近厂"]
    gap = plan(district).extra["total"] - plan(district, must=["甲社区|远厂"]).extra["total"]
    kept = plan(district, keep=["甲社区|远厂"], keep_bonus=gap + 0.001)
    assert written(kept) == ["com:甲社区|ent:远厂"]
    assert kept.extra["total"] == pytest.approx(kept.rows[0].score, abs=1e-6), (
        "the bonus decides, and is not part of the total"
    )
    assert written(plan(district, keep=["甲社区|远厂"], keep_bonus=gap - 0.001)) == ["com:甲社区|ent:近厂"]


@pytest.mark.parametrize("seed", range(4))
def test_keeping_a_plan_after_a_change_moves_fewer_pairs_and_covers_as_many(seed: int) -> None:
    district = random_district(seed, 12, 8)
    before = written(plan(district))
    district.enterprise("新厂", 112.5, 34.7, SERVICES)
    free, kept = plan(district, compare=before), plan(district, compare=before, keep=before)
    assert kept.extra["comparison"]["kept"] >= free.extra["comparison"]["kept"]
    assert kept.extra["comparison"]["covered"] == free.extra["comparison"]["covered"]
    assert kept.extra["total"] <= free.extra["total"] + 1e-6
    assert free.extra["total"] - kept.extra["total"] <= 0.05 * len(before)


def test_two_plans_are_compared_pair_by_pair() -> None:
    district = random_district(1)
    before = plan(district)
    again = plan(district, forbid=written(before)[:1], compare=written(before)).extra["comparison"]
    assert [f"{one['left_id']}|{one['right_id']}" for one in again["dropped"]][:1] == written(before)[:1]
    assert again["kept"] + len(again["dropped"]) == len(before.rows)
    assert again["total_before"] == before.extra["total"]
    assert again["total_difference"] == pytest.approx(again["total"] - again["total_before"], abs=1e-6)
    assert plain(again["text"], "en") == again["text_en"] and "dropped" in again["text_en"]


def test_a_dropped_pair_that_a_rule_excludes_now_says_why() -> None:
    district = random_district(1)
    before = written(plan(district))
    left, right = before[0].split("|")
    district.agreement("7号", left, right, signed=date(2026, 1, 1))
    (dropped,) = [
        one for one in plan(district, compare=before).extra["comparison"]["dropped"] if one["left_id"] == left
    ]
    assert dropped["why"] == "双方已有履行中的协议：7号"


def test_units_that_are_gone_are_named_and_typing_errors_in_demands_are_refused() -> None:
    district = random_district(1)
    answer = plan(district, keep=["com:gone|ent:0厂"], compare=["com:0社区|ent:gone"])
    assert answer.extra["unknown_pairs"] == ["com:0社区|ent:gone", "com:gone|ent:0厂"]
    with pytest.raises(ArgumentError):
        plan(district, compare=["0社区"])


def test_a_plan_of_a_city_fits_into_a_question_and_other_lists_stay_short() -> None:
    district = random_district(1)
    pairs = [f"com:{n}|ent:{n}" for n in range(5_000)]
    answer = ask(district.graph(), ANALYST, "pairing-plan", keep=pairs, compare=written(plan(district)))
    assert len(answer.extra["unknown_pairs"]) == 5_000
    with pytest.raises(ArgumentError):
        ask(district.graph(), ANALYST, "pairing-plan", must=pairs)


def test_what_changes_without_a_unit_is_the_plan_of_a_district_without_it() -> None:
    district = random_district(2)
    answer = plan(district, without=["3厂"])
    change = answer.extra["without"]
    assert "ent:3厂" not in {row.right_id for row in answer.rows}
    assert change["total_before"] == plan(district).extra["total"]
    assert change["total"] == answer.extra["total"] <= change["total_before"]
    smaller = random_district(2, enterprises=3)  # the same numbers were drawn for the others
    assert written(plan(smaller)) == written(answer)


def test_a_community_that_takes_no_part_is_not_told_as_uncovered() -> None:
    answer = plan(random_district(2), without=["0社区"], enterprise_capacity=1)
    assert "0社区" not in [one["unit"] for one in answer.extra["uncovered"]] + [row.left for row in answer.rows]


def test_a_load_penalty_spreads_the_plan_and_covers_as_many() -> None:
    district = District()
    for i in range(4):
        district.community(f"{i}社区", 112.4, 34.6, ["法律援助"])
        district.members("ent:大厂", f"com:{i}社区", 10)
    district.enterprise("大厂", 112.4, 34.6)
    district.enterprise("小厂", 112.4, 34.6, ["环境整治"])
    usual, spread = plan(district, enterprise_capacity=4), plan(district, enterprise_capacity=4, load_penalty=0.1)
    assert Counter(row.right for row in usual.rows) == {"大厂": 4}
    assert Counter(row.right for row in spread.rows) == {"大厂": 2, "小厂": 2}
    assert len(spread.rows) == len(usual.rows)


def test_where_both_choose_the_harmonic_mean_decides() -> None:
    district = District()
    community = district.community("甲社区", 112.4, 34.6, ["法律援助", "健康义诊"])
    district.enterprise("只给厂", 112.4, 34.6, ["法律援助", "健康义诊"])
    district.enterprise("互利厂", 112.4, 34.6, ["法律援助"])
    for firm in ("只给厂", "互利厂"):
        district.need(f"ent:{firm}", "Enterprise", "文艺辅导" if firm == "互利厂" else "治安防范")
    district.offer(community, "Community", "文艺辅导")
    one_sided, both = plan(district), plan(district, both_choose=True)
    assert [row.right for row in one_sided.rows] == ["只给厂"]
    assert [row.right for row in both.rows] == ["互利厂"]
    assert sum(reason.contribution for reason in both.rows[0].reasons) == pytest.approx(both.rows[0].score, abs=1e-6)


def test_a_terminal_and_a_notebook_show_the_sentences_beside_the_rows() -> None:
    answer = plan(random_district(2), enterprise_capacity=1, why_not="0社区|0厂", without=["3厂"])
    for shown in (answer.to_text(200), answer._repr_html_()):
        assert "企业名额不足" in shown and str(answer.extra["without"]["text"])[:6] in shown
        assert str(answer.extra["why_not"]["text"])[:6] in shown
    assert "too few places" in answer.to_text(200, "en")
    assert "条（--json 显示全部）" in plan(random_district(2, 40, 2)).to_text(200)
