"""A plan by itself: covered first, the largest total, no unit over its capacity, ties by smaller ids, whichever solver runs."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from importlib.util import find_spec

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import ArgumentError
from queries.matching.plans.assignment import assign_by
from queries.matching.plans.flow import Solver, solve_by_highs, solve_by_numba, solve_by_ortools
from queries.pairing import assign

SOLVERS: list[Solver] = [solve_by_highs]
SOLVERS += [solve_by_ortools] if find_spec("ortools") else []
SOLVERS += [solve_by_numba] if find_spec("numba") else []

Pair = tuple[str, str]
Instance = tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, list[Pair], list[Pair]]


def frame(rows: list[tuple[str, str, float]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"left": pl.String, "right": pl.String, "score": pl.Float64}, orient="row")


def capacity(**places: int) -> pl.DataFrame:
    return pl.DataFrame(
        {"id": list(places), "capacity": list(places.values())}, schema={"id": pl.String, "capacity": pl.Int64}
    )


def chosen(plan: pl.DataFrame) -> list[Pair]:
    return plan.select("left", "right").rows()


def find_best(instance: Instance, penalty: int = 0) -> list[Pair] | None:
    """Return the best plan by trying every one: most left units covered, largest total, then the pairs that come first.

    The n-th pair of a right unit counts (n − 1)·`penalty` millionths less.
    """
    candidates, left, right, must, forbid = instance
    pairs = [(a, b, round(s * 1e6)) for a, b, s in sorted(candidates.iter_rows()) if (a, b) not in forbid]
    room = dict(left.iter_rows()), dict(right.iter_rows())
    best, plan = None, None
    for bits in itertools.product((1, 0), repeat=len(pairs)):
        taken = [pair for bit, pair in zip(bits, pairs, strict=True) if bit]
        loads = Counter(a for a, _, _ in taken), Counter(b for _, b, _ in taken)
        fits = all(load[unit] <= places.get(unit, 0) for load, places in zip(loads, room, strict=True) for unit in load)
        if fits and set(must) <= {(a, b) for a, b, _ in taken}:
            toll = penalty * sum(n * (n - 1) // 2 for n in loads[1].values())
            worth = (len(loads[0]), sum(w for *_, w in taken) - toll, bits)
            if best is None or worth > best:
                best, plan = worth, [(a, b) for a, b, _ in taken]
    return plan


@st.composite
def instances(draw: st.DrawFn) -> Instance:
    lefts, rights = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    every = [(f"l{i}", f"r{j}") for i in range(lefts) for j in range(rights)]
    pairs = draw(st.lists(st.sampled_from(every), unique=True, min_size=1, max_size=10))
    score = st.sampled_from([0.1, 0.2, 0.5]) | st.integers(0, 10**6).map(lambda millionths: millionths / 1e6)
    rows = [(a, b, draw(score)) for a, b in pairs]
    places = [
        capacity(**{f"{side}{i}": draw(st.integers(0, 3)) for i in range(n)})
        for side, n in (("l", lefts), ("r", rights))
    ]
    must = draw(st.lists(st.sampled_from(pairs), max_size=1))
    forbid = [pair for pair in draw(st.lists(st.sampled_from(every), max_size=2)) if pair not in must]
    return frame(rows), places[0], places[1], must, forbid


@settings(max_examples=60, deadline=None)
@given(instances())
def test_a_plan_is_the_best_of_all_that_could_be_tried(instance: Instance) -> None:
    candidates, left, right, must, forbid = instance
    expected = find_best(instance)
    if expected is None:
        with pytest.raises(ArgumentError):
            assign(candidates, left, right, must, forbid)
    else:
        for solver in SOLVERS:
            assert chosen(assign_by(solver, candidates, (left, right), must, forbid)) == expected


@settings(max_examples=60, deadline=None)
@given(instances(), st.sampled_from([0.1, 0.05, 0.3, 0.123456]))
def test_a_plan_with_a_load_penalty_is_the_best_of_all_that_could_be_tried(instance: Instance, penalty: float) -> None:
    candidates, left, right, must, forbid = instance
    expected = find_best(instance, round(penalty * 1e6))
    if expected is not None:
        for solver in SOLVERS:
            assert chosen(assign_by(solver, candidates, (left, right), must, forbid, penalty)) == expected


def random_instance(seed: int) -> Instance:
    rng = random.Random(seed)
    lefts, rights = rng.randint(2, 30), rng.randint(2, 20)
    every = [(f"l{i:02d}", f"r{j:02d}") for i in range(lefts) for j in range(rights)]
    pairs = [pair for pair in every if rng.random() < rng.choice((0.1, 0.4, 1.0))] or every[:1]
    coarse = seed % 3 == 0  # many ties
    rows = [(a, b, rng.randint(0, 4) / 4 if coarse else rng.random()) for a, b in pairs]
    scarce = rng.choice((1, 3))
    left = capacity(**{f"l{i:02d}": rng.randint(1, 3) for i in range(lefts)})
    right = capacity(**{f"r{j:02d}": rng.randint(0, scarce) for j in range(rights)})
    room = dict(right.iter_rows())
    must = [pair for pair in rng.sample(pairs, 1) if room[pair[1]] > 0] if seed % 2 else []
    forbid = [pair for pair in rng.sample(every, min(5, len(every))) if pair not in must]
    return frame(rows), left, right, must, forbid


@pytest.mark.skipif(len(SOLVERS) == 1, reason="neither OR-Tools nor numba is installed")
def test_all_solvers_choose_the_same_plan_two_hundred_times() -> None:
    for seed in range(200):
        candidates, left, right, must, forbid = random_instance(seed)
        plans = [assign_by(solver, candidates, (left, right), must, forbid, (seed % 4) / 20) for solver in SOLVERS]
        assert all(plan.equals(plans[0]) for plan in plans), f"seed {seed}"


def test_no_pair_twice_no_unit_over_its_capacity_nothing_forbidden() -> None:
    for seed in range(60):
        candidates, left, right, must, forbid = random_instance(seed)
        plan = assign(candidates, left, right, must, forbid)
        pairs = chosen(plan)
        assert len(set(pairs)) == len(pairs)
        assert not set(pairs) & set(forbid)
        assert set(must) <= set(pairs)
        for side, places in (("left", left), ("right", right)):
            room = dict(places.iter_rows())
            assert all(count <= room[unit] for unit, count in plan[side].value_counts().iter_rows())


def test_nobody_goes_without_for_the_sake_of_a_larger_total() -> None:
    candidates = frame([("a", "x", 0.9), ("a", "y", 0.8), ("b", "x", 0.01)])
    places = capacity(a=1, b=1), capacity(x=1, y=1)
    assert chosen(assign(candidates, *places)) == [("a", "y"), ("b", "x")]


def test_a_second_partner_never_costs_somebody_the_first() -> None:
    candidates = frame([("a", "x", 0.9), ("a", "y", 0.9), ("b", "y", 0.1)])
    plan = assign(candidates, capacity(a=2, b=1), capacity(x=1, y=1))
    assert chosen(plan) == [("a", "x"), ("b", "y")]


def test_a_load_penalty_spreads_pairs_over_more_units_but_costs_nobody_a_partner() -> None:
    candidates = frame([("a", "x", 0.9), ("a", "y", 0.8), ("b", "x", 0.9), ("b", "y", 0.85), ("c", "x", 0.1)])
    places = capacity(a=1, b=1, c=1), capacity(x=3, y=3)
    assert chosen(assign(candidates, *places)) == [("a", "x"), ("b", "x"), ("c", "x")]
    spread = assign(candidates, *places, load_penalty=0.06)
    assert chosen(spread) == [("a", "x"), ("b", "y"), ("c", "x")]
    assert spread["score"].to_list() == [0.9, 0.85, 0.1]


@pytest.mark.parametrize("penalty", [-0.1, float("nan"), 1e9])
def test_a_load_penalty_outside_its_limits_is_refused(penalty: float) -> None:
    with pytest.raises(ArgumentError):
        assign(frame([("a", "x", 0.5)]), capacity(a=1), capacity(x=1), load_penalty=penalty)


def test_equal_plans_are_decided_by_smaller_ids() -> None:
    candidates = frame([(a, b, 0.5) for a in "dcba" for b in "zyxw"])
    plan = assign(candidates, capacity(a=1, b=1, c=1, d=1), capacity(w=2, x=2, y=2, z=2))
    assert chosen(plan) == [("a", "w"), ("b", "w"), ("c", "x"), ("d", "x")]


def test_the_order_of_rows_changes_nothing() -> None:
    candidates, left, right, must, forbid = random_instance(9)
    plan = assign(candidates, left, right, must, forbid)
    assert plan.equals(assign(candidates.reverse(), left.reverse(), right.reverse(), must[::-1], forbid[::-1]))


def test_a_demanded_pair_is_kept_though_it_costs() -> None:
    candidates = frame([("a", "x", 0.9), ("b", "x", 0.1), ("a", "y", 0.2)])
    plan = assign(candidates, capacity(a=1, b=1), capacity(x=1, y=1), must=[("b", "x")])
    assert chosen(plan) == [("a", "y"), ("b", "x")]


@pytest.mark.parametrize(
    ("must", "forbid", "said"),
    [
        ([("a", "x")], [("a", "x")], "同时要求又禁止"),
        ([("a", "q")], [], "不在候选之中"),
        ([("a", "x"), ("b", "x")], [], "超过名额"),
    ],
)
def test_a_demand_that_cannot_be_kept_is_refused_with_a_sentence(
    must: list[Pair], forbid: list[Pair], said: str
) -> None:
    candidates = frame([("a", "x", 0.9), ("b", "x", 0.1)])
    with pytest.raises(ArgumentError) as refused:
        assign(candidates, capacity(a=1, b=1), capacity(x=1), must, forbid)
    assert said in refused.value.message("zh")


@pytest.mark.parametrize("candidates", [frame([]), frame([("a", "x", float("nan"))]), frame([("nobody", "x", 0.5)])])
def test_no_usable_candidate_gives_an_empty_plan(candidates: pl.DataFrame) -> None:
    plan = assign(candidates, capacity(a=1), capacity(x=1))
    assert plan.height == 0
    assert plan.columns == ["left", "right", "score"]


def test_capacities_of_zero_give_an_empty_plan() -> None:
    assert assign(frame([("a", "x", 0.5)]), capacity(a=0), capacity(x=1)).is_empty()
    assert assign(frame([("a", "x", 0.5)]), capacity(a=1), capacity(x=0)).is_empty()


def test_a_pair_given_twice_counts_once_with_its_best_score() -> None:
    plan = assign(frame([("a", "x", 0.2), ("a", "x", 0.6)]), capacity(a=2), capacity(x=2))
    assert plan.rows() == [("a", "x", 0.6)]


def test_ids_may_be_numbers() -> None:
    candidates = pl.DataFrame({"left": [10, 9], "right": [1, 1], "score": [0.5, 0.5]})
    places = pl.DataFrame({"id": [9, 10], "capacity": [1, 1]}), pl.DataFrame({"id": [1], "capacity": [1]})
    assert assign(candidates, *places).rows() == [(9, 1, 0.5)]


@pytest.mark.parametrize("units", [254, 255, 256, 257, 65_535, 65_536])
def test_units_without_places_take_none_however_many_there_are(units: int) -> None:
    ids = [f"r{n:05}" for n in range(units)]
    candidates = pl.DataFrame({"left": ["a"] * (units + 1), "right": [*ids, "unknown"], "score": [0.5] * units + [0.9]})
    plan = assign(candidates, capacity(a=2), pl.DataFrame({"id": ids, "capacity": [0] * (units - 2) + [1, 1]}))
    assert plan["right"].to_list() == ids[-2:]


def test_scores_beyond_what_whole_numbers_hold_are_refused() -> None:
    with pytest.raises(ArgumentError):
        assign(frame([("a", "x", 1e12)]), capacity(a=1), capacity(x=1))
