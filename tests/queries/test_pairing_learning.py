"""Learning: planted weights come back, few choices change little, and better is only said where it shows."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from queries.pairing.learning.choice_model import Choices, compare_refused, learn
from queries.pairing.learning.evaluation import interval, ndcg, owners, ranks

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


# What was shown and what was refused.


def choose_among_shown(pull: float, seed: int = 7) -> Choices:
    """Choosers who were shown the best five of sixty by weights unlike the planted ones, and take what they see more easily."""
    drawn = make_choices(600, 60, seed=seed)
    ranked = (drawn.values @ PLANTED[::-1]).reshape(-1, 60)
    shown = ((-ranked).argsort(axis=1).argsort(axis=1) < 5).ravel()
    wish = 20 * drawn.values @ PLANTED + pull * shown + np.random.default_rng(seed).gumbel(size=len(shown))
    chosen = (wish.reshape(-1, 60).argmax(axis=1)[:, None] == np.arange(60)).ravel()
    return Choices(drawn.values, drawn.chooser, chosen, shown)


def test_that_people_take_what_they_are_shown_is_not_mistaken_for_what_they_want() -> None:
    choices = choose_among_shown(pull=4.0)
    aware = learn(choices, EVEN)
    blind = learn(Choices(choices.values, choices.chooser, choices.chosen), EVEN)
    assert (choices.chosen & choices.shown).sum() > 0.4 * len(choices)
    assert spearmanr(aware.weights, PLANTED).statistic > 0.95
    assert spearmanr(blind.weights, PLANTED).statistic < 0.5
    assert np.abs(blind.weights - PLANTED).max() > 2 * np.abs(aware.weights - PLANTED).max()
    assert aware.pull == pytest.approx(4.0, abs=1)
    assert blind.pull == 0


def test_where_showing_changes_nothing_nothing_is_blamed_on_it() -> None:
    learned = learn(choose_among_shown(pull=0.0), EVEN)
    assert learned.pull < 0.5
    assert np.abs(learned.weights - PLANTED).max() < 0.03


def refuse(choices: Choices, signal: int, count: int = 5) -> Choices:
    """Every chooser was shown its first `count` pairs, and refused the one that has least of a signal."""
    place = np.arange(len(choices.chooser)) - choices.starts[choices.segment]
    shown = place < count
    least = np.minimum.reduceat(np.where(shown, choices.values[:, signal], np.inf), choices.starts)
    refused = shown & (choices.values[:, signal] == least[choices.segment]) & ~choices.chosen
    return Choices(choices.values, choices.chooser, choices.chosen, shown, refused)


@pytest.mark.parametrize("signal", [2, 5, 7])
def test_who_refuses_what_lacks_something_is_held_to_want_it(signal: int) -> None:
    choices = make_choices(40, 30)
    before, after = learn(choices, EVEN).weights, learn(refuse(choices, signal), EVEN).weights
    assert after[signal] > before[signal] + 0.03
    assert (after - before).argmax() == signal


def test_refusals_teach_also_of_those_who_chose_nobody() -> None:
    choices = refuse(make_choices(40, 30), signal=5)
    first = choices.chooser < 20
    some = Choices(choices.values, choices.chooser, choices.chosen & first, choices.shown, choices.refused)
    only = some.of(np.arange(20))
    assert len(some) == len(only) == 20
    assert learn(some, EVEN).weights[5] > learn(only, EVEN).weights[5] + 0.02


def test_a_refusal_counts_at_most_as_one_choice_and_none_where_nothing_else_was_shown() -> None:
    refused = refuse(make_choices(30, 30), signal=3)
    assert compare_refused(refused).share.sum() == pytest.approx(refused.refused.sum())
    alone = Choices(refused.values, refused.chooser, refused.chosen, refused.refused, refused.refused)
    assert len(compare_refused(alone)) == 0


def test_the_slope_of_refusals_is_that_of_their_loss() -> None:
    refusals = compare_refused(refuse(make_choices(20, 30), signal=3))
    point = np.random.default_rng(1).normal(size=8)
    steps = np.eye(8) * 1e-6
    numeric = [(refusals.loss(point + step)[0] - refusals.loss(point - step)[0]) / 2e-6 for step in steps]
    np.testing.assert_allclose(refusals.loss(point)[1], numeric, rtol=1e-5, atol=1e-7)


def test_some_choosers_keep_what_they_were_shown() -> None:
    choices = refuse(make_choices(6, 10), signal=0)
    some = choices.of(np.array([1, 4]))
    assert some.shown.sum() == 10
    assert some.refused.sum() == choices.refused[np.isin(choices.chooser, [1, 4])].sum()
