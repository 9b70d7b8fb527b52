"""Learning from agreements: what they say about the weights, proven on the newest, judged by what was known at the time."""

import random
from datetime import date, timedelta

import pytest

from queries.pairing.learning.past_choices import facts_before
from queries.questions.partners.pairing_weights import pairing_weights, round_weights
from queries.reading.facts import read_facts
from queries.reading.scope import Scope
from tests.queries.memory_graph import District

ANALYST = Scope("a", "analyst")
SERVICES = ["法律援助", "健康义诊", "环境整治", "文艺辅导", "治安防范", "青少年课堂"]


def taught_district(agreements: int, by: str, seed: int = 4) -> District:
    """Communities that took the nearest of those that could (by="near"), whoever offered what they needed, or anybody."""
    numbers = random.Random(seed)
    district = District()
    firms = []
    for n in range(24):
        offered = numbers.sample(SERVICES, 2)
        place = (112.3 + numbers.random() / 2, 34.5 + numbers.random() / 2)
        firms.append((district.enterprise(f"第{n}厂", *place, offered), set(offered), place))
    for n in range(agreements):
        needed, place = numbers.sample(SERVICES, 2), (112.3 + numbers.random() / 2, 34.5 + numbers.random() / 2)
        community = district.community(f"社{n:03}社区", *place, needed)
        if by == "near":
            partner = min(firms, key=lambda f: (f[2][0] - place[0]) ** 2 + (f[2][1] - place[1]) ** 2)
        else:
            partner = numbers.choice(
                [f for f in firms if len(f[1] & set(needed)) == 2] or [f for f in firms if f[1] & set(needed)]
            )
        signed = date(2023, 1, 10) + timedelta(days=n * 1000 // agreements)
        district.agreement(f"{n}号", community, partner[0], signed=signed, expires=signed + timedelta(days=900))
    return district


@pytest.mark.parametrize(("by", "signal"), [("near", "near"), ("need", "needs_met")])
def test_what_communities_went_by_gains_weight_and_is_proven(by: str, signal: str) -> None:
    answer = pairing_weights(taught_district(90, by).graph(), ANALYST)
    change = {row.signal: row.change for row in answer.rows}
    assert max(change, key=lambda name: change[name]) == signal
    assert answer.extra["choices"] == 90
    assert sum(row.learned for row in answer.rows) == pytest.approx(1)


def test_better_is_only_said_where_the_newest_choices_show_it() -> None:
    taught = pairing_weights(taught_district(90, "near").graph(), ANALYST)
    assert taught.extra["better"] is True
    assert taught.extra["proof"]["gain"]["low"] > 0
    assert "确实更好" in taught.extra["text"]
    by_chance = pairing_weights(taught_district(90, "chance").graph(), ANALYST)
    assert by_chance.extra["better"] is False
    assert by_chance.extra["proof"]["gain"]["low"] <= 0
    assert "看不出更好" in by_chance.extra["text"]


def test_few_agreements_change_nothing_and_the_answer_says_why() -> None:
    answer = pairing_weights(taught_district(12, "near").graph(), ANALYST)
    assert all(row.change == 0 and row.learned == row.weight for row in answer.rows)
    assert answer.extra["better"] is False
    assert "12 次" in answer.extra["text"]
    assert "too few" in answer.extra["text"].en


def test_a_choice_is_judged_by_what_was_known_before_it() -> None:
    district = District()
    home, firm = district.community("甲社区", 112.4, 34.6), district.enterprise("一厂", 112.4, 34.6)
    district.agreement("老", home, firm, signed=date(2023, 5, 1), expires=date(2024, 4, 30), rating="满意")
    district.agreement("新", home, firm, signed=date(2025, 5, 1), expires=date(2027, 4, 30), rating="不够满意")
    known = facts_before(read_facts(district.graph()), date(2024, 1, 1))
    assert known.agreements["name"].to_list() == ["老"]
    assert known.agreements["in_force"].to_list() == [True]  # today it is over; then it was not
    assert known.signers["agreement"].n_unique() == 1
    assert known.as_of == date(2024, 1, 1)


def test_rounded_weights_still_add_up() -> None:
    import numpy as np

    rounded = round_weights(np.full(7, 1 / 7))
    assert rounded.sum() == pytest.approx(1, abs=1e-12)
    assert all(round(float(w), 4) == w for w in rounded)


def test_accepted_pairs_are_choices_of_today_and_do_not_count_twice() -> None:
    district = taught_district(40, "near")
    before = pairing_weights(district.graph(), ANALYST).extra["choices"]
    district.relate("ACCEPTED", ("Enterprise", "ent:第3厂"), ("Community", "com:社001社区"))
    district.relate("ACCEPTED", ("Community", "com:社000社区"), ("Enterprise", partner_of(district, "0号")))
    assert pairing_weights(district.graph("2"), ANALYST).extra["choices"] == before + 1


def partner_of(district: District, number: str) -> str:
    (partner,) = [
        row["source"]
        for row in district._relations["SIGNED", "Enterprise", "Agreement"]
        if row["target"] == f"agr:{number}"
    ]
    return partner


def test_a_ranker_of_trees_is_tried_on_many_choices_and_scores_stay_weighted_sums() -> None:
    pytest.importorskip("lightgbm")
    answer = pairing_weights(taught_district(260, "near").graph(), ANALYST)
    ranker = answer.extra["ranker"]
    assert ranker["better"] is (ranker["gain"]["low"] > 0)
    assert "得分仍按权重计算" in answer.extra["text"] and "stay weighted sums" in answer.extra["text_en"]
    assert pairing_weights(taught_district(40, "near").graph(), ANALYST).extra["ranker"] is None
