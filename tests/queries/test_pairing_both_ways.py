"""Where both sides choose, a pair is worth the harmonic mean of what it is worth to either, and its reasons still add up to that."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.answers.rows import plain
from queries.asking import ask
from queries.matching import candidates
from queries.matching.blocks import best_partners
from queries.matching.both_ways import find_rises, weigh_pairs
from queries.matching.pairs import list_pairs
from queries.matching.scale.rescore import stand
from queries.matching.score import harmonic_mean, score_as_chosen, score_pairs
from queries.matching.weights import load_weights
from queries.pairing.engine import open_engine
from queries.pairing.specs import ENTERPRISE_COMMUNITY, SPECS
from queries.reading.scope import Scope
from tests.queries.memory_graph import District
from tests.queries.test_matches import product

ANALYST = Scope("a", "analyst")
TRADE = SPECS["enterprise-enterprise"]
BOTH = replace(ENTERPRISE_COMMUNITY, name="both", both_choose=True)
values_of = st.lists(st.floats(0, 1), min_size=5, max_size=5)


def market() -> District:
    """A buyer, one who only sells to it, and one who sells it something else but buys from it, too."""
    district = District()
    buyer, seller, partner = (district.enterprise(name) for name in ("总装厂", "轴承厂", "互供厂"))
    for word in ("精密轴承", "齿轮"):
        product(district, buyer, word, wanted=True)
        product(district, seller, word, wanted=False)
    product(district, partner, "齿轮", wanted=False)
    product(district, partner, "拖拉机", wanted=True)
    product(district, buyer, "拖拉机", wanted=False)
    product(district, seller, "养蜂箱", wanted=True)
    return district


def test_which_pairings_have_two_choosers() -> None:
    assert {name for name, spec in SPECS.items() if spec.both_choose} == {
        "enterprise-enterprise",
        "property-enterprise",
    }


def test_who_trades_both_ways_comes_before_who_only_sells() -> None:
    graph = market().graph()
    one_way = replace(TRADE, name="one-way", both_choose=False)
    first = [open_engine(graph, ANALYST, spec) for spec in (one_way, TRADE)]
    names = []
    for engine in first:
        best = best_partners(engine.spec, engine.weights, engine.sides, 1)
        buyer = engine.sides.left.units["name"].to_list().index("总装厂")
        names.append(engine.sides.right.units["name"][int(best.right[best.left == buyer][0])])
    assert names == ["轴承厂", "互供厂"]


def test_an_answer_says_what_a_pair_is_worth_to_either_side_in_both_languages() -> None:
    answer = ask(market().graph(), ANALYST, "matches", pairing="enterprise-enterprise", thing="总装厂")
    row = next(row for row in answer.rows if (row.left, row.right) == ("总装厂", "轴承厂"))
    assert row.as_left > row.as_right
    assert row.score == pytest.approx(2 * row.as_left * row.as_right / (row.as_left + row.as_right), abs=1e-6)
    told = f"总装厂看 {row.as_left:.2f}，轴承厂看 {row.as_right:.2f}，取调和平均"
    assert row.both_ways == told
    assert plain(row.both_ways, "en").startswith(
        f"{row.as_left:.2f} as 总装厂 sees it, {row.as_right:.2f} as 轴承厂 does"
    )
    assert told in answer.to_text(200)
    weights, other = (answer.extra[name]["weights"] for name in ("weights", "weights_other_way"))
    assert (weights["makes_wanted"], weights["wants_made"]) == (other["wants_made"], other["makes_wanted"])
    for view, score in ((weights, row.as_left), (other, row.as_right)):
        assert sum(view[reason.signal] * reason.value for reason in row.reasons) == pytest.approx(score, abs=1e-6)


def test_where_one_side_chooses_nothing_is_said_of_the_other() -> None:
    district = District()
    district.community("甲社区", needs=["法律援助"])
    district.enterprise("律所", offers=["法律援助"])
    answer = ask(district.graph(), ANALYST, "matches", pairing="enterprise-community")
    assert [(row.as_left, row.as_right, row.both_ways) for row in answer.rows] == [(None, None, None)]
    assert "weights_other_way" not in answer.extra


@settings(max_examples=200, deadline=None)
@given(values_of)
def test_contributions_add_up_to_the_mean_and_no_weight_is_negative(values: list[float]) -> None:
    column = np.array([values]).T
    own = load_weights(TRADE.weights)
    views = [
        np.array([one.by_signal[kind.name] for kind in TRADE.signals]) @ column
        for one in (own, own.turned(TRADE.opposites))
    ]
    weights = weigh_pairs(TRADE, own, column)
    assert (weights >= 0).all()
    assert float((weights * column).sum()) == pytest.approx(float(harmonic_mean(*views)[0]), abs=1e-6)


def test_the_mean_of_nothing_is_nothing_and_of_equals_themselves() -> None:
    found = harmonic_mean(np.array([0.0, 0.0, 0.4, 0.2]), np.array([0.0, 0.9, 0.4, 0.6]))
    assert found.tolist() == [0.0, 0.0, 0.4, 0.3]


@settings(max_examples=100, deadline=None)
@given(values_of, st.floats(0, 1))
def test_the_smallest_rise_is_just_enough(values: list[float], wanted: float) -> None:
    own = load_weights(TRADE.weights)
    column = np.array(values)
    rises = find_rises(TRADE, own, column, wanted)

    def score(values: np.ndarray) -> float:
        views = (own, own.turned(TRADE.opposites))
        first, second = (
            np.array([sum(one.by_signal[k.name] * v for k, v in zip(TRADE.signals, values, strict=True))])
            for one in views
        )
        return float(harmonic_mean(first, second)[0])

    for place, rise in enumerate(rises.tolist()):
        raised = column.copy()
        # A billionth is where scores are cut off, and sums taken in another order may fall on its other side.
        raised[place] = 1.0 if np.isinf(rise) else column[place] + rise + 1e-7
        assert score(raised) > wanted or (np.isinf(rise) and score(raised) <= wanted)
        if 1e-6 < rise < np.inf:
            raised[place] = column[place] + rise * 0.99 - 1e-7
            assert score(raised) <= wanted


def town() -> District:
    """Twelve communities and enterprises, which need and offer each other's things."""
    district, words = District(), ["法律援助", "健康义诊", "环境整治", "文艺辅导"]
    for n in range(12):
        home = district.community(f"{n}社区", 112.4 + n / 60, needs=[words[n % 4], words[(n + 1) % 4]])
        firm = district.enterprise(f"{n}厂", 112.4 + n / 50, offers=[words[(n * 3) % 4]])
        district.need(firm, "Enterprise", words[(n + 2) % 4])
        district.offer(home, "Community", words[(n * 5 + 1) % 4])
    return district


@pytest.mark.parametrize("every", [200_000, 0], ids=["all pairs", "candidates"])
def test_every_way_to_score_gives_the_same_mean(every: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "EVERY_PAIR", every)
    engine = open_engine(town().graph(), ANALYST, BOTH)
    best = best_partners(BOTH, engine.weights, engine.sides, 12)
    pairs = list_pairs(engine.sides, best.left, best.right)
    views = [score_pairs(BOTH, one, pairs).score for one in (engine.weights, engine.weights.turned(BOTH.opposites))]
    np.testing.assert_allclose(best.score, harmonic_mean(*views), atol=1e-9)
    assert (views[0] != views[1]).any()
    alone = score_as_chosen(BOTH, engine.weights, pairs)
    assert alone.score.tobytes() == best.score.tobytes()
    for reasons, score in zip(engine.explainer.explain(best.left, best.right), best.score, strict=True):
        assert sum(reason.contribution for reason in reasons) == pytest.approx(score, abs=1e-6)
    standing = stand(BOTH, engine.weights, engine.sides, 12)
    again, _ = standing.rescore(engine.sides, {"ent:3厂"})
    assert again.best.score.tobytes() == best.score.tobytes()


def test_why_not_looks_at_both_sides() -> None:
    engine = open_engine(town().graph(), ANALYST, BOTH)
    best = best_partners(BOTH, engine.weights, engine.sides, 12)
    left = int(best.left[0])
    own = best.left == left
    order = np.argsort(-best.score[own])
    place = int(best.right[own][order[1]])
    change = engine.explainer.smallest_change(left, place, float(best.score[own][order[0]]), 1)
    assert change is not None
    reasons = {r.signal: r for r in engine.explainer.explain(np.array([left]), np.array([place]))[0]}
    assert change["needed"] > change["value"] == reasons[change["signal"]].value


def test_a_pairing_whose_opposites_are_no_signals_of_it_is_refused() -> None:
    with pytest.raises(ValueError, match="opposites"):
        replace(TRADE, opposites=(("makes_wanted", "unheard_of"),))
    with pytest.raises(ValueError, match="opposites"):
        replace(TRADE, opposites=())
