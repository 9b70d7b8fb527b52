"""What the product claims of its pairing: contributions rebuild scores, nobody goes without who need not, planted preferences are found."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.fairness import PARTICIPATION, count_left_out, name_best
from benchmarks.pairing import make_facts
from benchmarks.planted import GOAL, District, load_district, rank_by_truth, teach
from queries.matching.pairs import pairs_of_keys
from queries.matching.score import score_pairs
from queries.matching.sides import make_sides
from queries.matching.weights import load_weights
from queries.pairing.explain import Explainer
from queries.pairing.learning.choice_model import Choices
from queries.pairing.learning.ranker import has_ranker, rank_by_trees
from queries.pairing.specs import ENTERPRISE_COMMUNITY


@pytest.fixture(scope="module")
def district() -> District:
    return load_district(4, communities=60, enterprises=30, members=1_500)


def test_contributions_rebuild_ten_thousand_scores() -> None:
    sides = make_sides(make_facts(150, 300, seed=3), ("Community", "Enterprise"), lambda n: n)
    weights = load_weights()
    keys = np.sort(np.random.default_rng(1).choice(len(sides.left) * len(sides.right), 10_000, replace=False))
    pairs = pairs_of_keys(sides, keys)
    scores = score_pairs(ENTERPRISE_COMMUNITY, weights, pairs)
    explained = Explainer(ENTERPRISE_COMMUNITY, weights, sides, {}).explain(pairs.left, pairs.right)
    rebuilt = np.array([sum(reason.contribution for reason in reasons) for reasons in explained])
    by_parts = np.array([sum(reason.weight * reason.value for reason in reasons) for reasons in explained])
    assert np.abs(rebuilt - scores.score).max() <= 1e-6
    assert np.abs(by_parts - scores.score).max() <= 1e-6


@pytest.mark.parametrize("share", PARTICIPATION)
def test_as_few_communities_go_without_as_can_be(share: float) -> None:
    pairs = name_best("district")
    for seed in range(5):
        found = count_left_out(pairs, share, seed)
        assert found.ours == found.fewest <= min(found.greedy, found.score_only)
    assert count_left_out(pairs, share).greedy > count_left_out(pairs, share).ours, (
        "a greedy choice leaves somebody out needlessly"
    )


def test_what_is_truly_best_is_found_in_a_generated_district(district: District) -> None:
    found = {way: float(gains.mean()) for way, gains in rank_by_truth(district).items()}
    assert found["ours"] >= GOAL
    assert found["ours"] > max(found["nearest first"], found["popularity first"]) + 0.1


def test_noisy_choices_teach_the_weights_behind_them(district: District) -> None:
    lessons = [teach(district, seed) for seed in range(5)]
    learned = np.mean([lesson.gains["learned"].mean() for lesson in lessons])
    assert learned >= GOAL
    assert learned >= np.mean([lesson.gains["in use"].mean() for lesson in lessons])
    assert np.mean([lesson.correlation for lesson in lessons]) >= GOAL


@pytest.mark.skipif(not has_ranker(), reason="LightGBM is not installed")
def test_trees_learn_what_weights_cannot_and_give_the_same_scores_again() -> None:
    numbers = np.random.default_rng(0)
    values = numbers.random((400 * 20, 2))
    chooser = np.repeat(np.arange(400), 20)
    utility = np.minimum(values[:, 0], values[:, 1])  # both are needed: no weighted sum says so
    best = np.array([part.argmax() for part in utility.reshape(400, 20)])
    chosen = np.zeros(len(chooser), dtype=np.bool_)
    chosen[np.arange(400) * 20 + best] = True
    choices = Choices(values, chooser, chosen)
    past, newest = choices.of(np.arange(300)), choices.of(np.arange(300, 400))
    scores = rank_by_trees(past, newest)
    assert np.array_equal(scores, rank_by_trees(past, newest))

    def hits(given: np.ndarray) -> float:
        return float(np.mean(given.reshape(100, 20).argmax(axis=1) == best[300:]))

    assert hits(scores) > hits(newest.values.sum(axis=1))
