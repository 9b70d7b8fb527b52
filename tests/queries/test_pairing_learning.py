"""Learning: planted weights come back, few choices change little, and better is only said where it shows."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from queries.pairing.evaluation import interval, ndcg, owners, ranks
from queries.pairing.learning import Choices, learn

PLANTED = np.array([0.30, 0.22, 0.16, 0.12, 0.09, 0.06, 0.03, 0.02])
EVEN = np.full(8, 1 / 8)


def make_choices(choosers: int, targets: int, noise: float = 1.0, seed: int = 5, each: int = 1) -> Choices:
    """Choosers who take the best by planted weights and Gumbel noise: the very model of the conditional logit."""
    numbers = np.random.default_rng(seed)
    values = numbers.beta(0.7, 1.5, (choosers * targets, len(PLANTED)))
    wish = 20 * values @ PLANTED + noise * numbers.gumbel(size=len(values))
    place = (-wish.reshape(choosers, targets)).argsort(axis=1).argsort(axis=1)
    return Choices(values, np.repeat(np.arange(choosers), targets), (place < each).ravel())


def test_planted_weights_come_back() -> None:
    learned = learn(make_choices(400, 60), EVEN)
    assert spearmanr(learned.weights, PLANTED).statistic >= 0.9
    assert np.abs(learned.weights - PLANTED).max() < 0.03
    assert learned.weights.sum() == pytest.approx(1)
    assert learned.steepness == pytest.approx(20, rel=0.15)


def test_what_was_learned_ranks_nearly_as_the_planted_truth() -> None:
    learned = learn(make_choices(300, 60, seed=1), EVEN)
    unseen = make_choices(200, 60, seed=2)
    truth = unseen.values @ PLANTED
    reached = ndcg(truth, unseen.values @ learned.weights, unseen.chooser).mean()
    assert reached > 0.99 > ndcg(truth, unseen.values[:, 7], unseen.chooser).mean()
    better = 1 / ranks(unseen, unseen.values @ learned.weights) - 1 / ranks(unseen, unseen.values @ EVEN)
    assert interval(better, owners(unseen)).low > 0


def test_several_choices_of_one_chooser_do_not_compete_with_each_other() -> None:
    learned = learn(make_choices(200, 60, each=3), EVEN)
    assert spearmanr(learned.weights, PLANTED).statistic >= 0.9


def test_few_choices_change_little_and_none_change_nothing() -> None:
    few = learn(make_choices(3, 20), EVEN, ridge=50)
    assert np.abs(few.weights - EVEN).max() < 0.05
    nothing = make_choices(3, 20)
    none = Choices(nothing.values, nothing.chooser, np.zeros(len(nothing.chosen), dtype=np.bool_))
    assert (learn(none, PLANTED).weights == PLANTED).all()


def test_a_signal_that_speaks_against_choices_gets_no_weight_rather_than_a_negative_one() -> None:
    choices = make_choices(200, 40)
    against = Choices(np.column_stack([choices.values, 1 - choices.values[:, 0]]), choices.chooser, choices.chosen)
    learned = learn(against, np.full(9, 1 / 9))
    assert learned.weights[8] == pytest.approx(0, abs=0.01)
    assert (learned.weights >= 0).all()


def test_the_order_of_pairs_within_a_chooser_changes_nothing() -> None:
    choices = make_choices(50, 30)
    numbers = np.random.default_rng(3)
    order = np.concatenate([start + numbers.permutation(30) for start in choices.starts])
    shuffled = Choices(choices.values[order], choices.chooser[order], choices.chosen[order])
    np.testing.assert_allclose(learn(choices, EVEN).weights, learn(shuffled, EVEN).weights, atol=1e-5)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=2, max_size=12), st.data())
def test_ranks_are_the_expected_ones_over_all_orders_of_equals(scores: list[int], data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.booleans(), min_size=len(scores), max_size=len(scores)))
    choices = Choices(np.zeros((len(scores), 1)), np.zeros(len(scores), np.int64), np.array(chosen))
    rivals = [s for s, c in zip(scores, chosen, strict=True) if not c]
    expected = [
        1 + sum(r > s for r in rivals) + sum(r == s for r in rivals) / 2
        for s, c in zip(scores, chosen, strict=True)
        if c
    ]
    assert ranks(choices, np.array(scores, dtype=np.float64)).tolist() == expected


def test_an_interval_holds_the_mean_and_narrows_with_more_choosers() -> None:
    numbers = np.random.default_rng(0)
    few, many = (interval(numbers.normal(1, 1, n), np.arange(n)) for n in (30, 3000))
    assert few.low < 1 < few.high
    assert many.high - many.low < (few.high - few.low) / 4
    alike = interval(np.repeat(numbers.normal(1, 1, 30), 100), np.repeat(np.arange(30), 100))
    assert alike.high - alike.low > 0.5  # a hundred choices of one chooser are not a hundred witnesses
