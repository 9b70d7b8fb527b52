"""The solvers of a plan: whichever runs, the plan is the same and its proof holds; begun with few pairs or with all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec

import numpy as np
import pytest

from benchmarks.pairing import ask_for_plan, make_tables
from graph.errors import EngineError
from queries.matching import kernels
from queries.matching.plans import flow
from queries.matching.plans.choosing import choose_pairs
from queries.matching.plans.flow import Solver, solve_by_highs, solve_by_numba, solve_by_ortools
from queries.matching.plans.flow_network import Network, Residual, Solution
from queries.matching.plans.potentials import prove
from queries.matching.plans.ties import first_of_equals
from queries.pairing import assign

needs_ortools = pytest.mark.skipif(find_spec("ortools") is None, reason="OR-Tools is not installed")
needs_numba = pytest.mark.skipif(find_spec("numba") is None, reason="numba is not installed")


@pytest.fixture(
    params=[
        solve_by_highs,
        pytest.param(solve_by_ortools, marks=needs_ortools),
        pytest.param(solve_by_numba, marks=needs_numba),
    ],
    ids=lambda solver: solver.__name__,
)
def solver(request: pytest.FixtureRequest) -> Iterator[Solver]:
    yield request.param


def random_network(seed: int, lefts: int = 12, rights: int = 8, toll: int = 0) -> Network:
    """A network with many ties, some units already served, often too few places for everybody."""
    numbers = np.random.default_rng(seed)
    left, right = np.nonzero(numbers.random((lefts, rights)) < 0.6)
    present, left = np.unique(left, return_inverse=True)
    known, right = np.unique(right, return_inverse=True)
    weight = numbers.integers(-2, 8, len(left)) * 100_000
    return Network(
        left, right, weight, numbers.integers(1, 4, len(present)), numbers.integers(1, 3, len(known)),
        numbers.random(len(present)) < 0.8, numbers.integers(0, 2, len(known)), toll,
    )  # fmt: skip


def assert_proven(network: Network, solution: Solution) -> None:
    """No pair and no place would better the plan: reduced costs of all that may change are not negative."""
    found, taken = solution.potentials, solution.taken
    gain = network.weight + found.right[network.right] - found.left[network.left]
    assert (gain[~taken] <= 0).all() and (gain[taken] >= 0).all()
    residual = Residual(network, taken)
    next_toll = residual.next_toll
    assert (found.hub >= found.left)[residual.hub_to_left].all()
    assert (found.left >= found.hub)[residual.left_to_hub].all()
    assert (found.cover >= found.left)[residual.cover_to_left].all()
    assert (found.left >= found.cover)[residual.left_to_cover].all()
    assert (found.hub - (next_toll - network.toll) >= found.right)[residual.hub_to_right].all()
    assert (found.right + next_toll >= found.hub)[residual.right_to_hub].all()


@pytest.mark.parametrize("toll", [0, 100_000, 123_456])
def test_every_plan_is_proven_and_covers_as_many_as_can_be(solver: Solver, toll: int) -> None:
    for seed in range(40):
        network = random_network(seed, toll=toll)
        solution = solver(network)
        assert_proven(network, solution)
        residual = Residual(network, solution.taken)
        assert residual.covered.sum() == network.covering.sum()
        assert (residual.left_load <= network.left_capacity).all()
        assert (residual.right_load <= network.right_capacity).all()


def test_begun_with_one_pair_a_unit_the_plan_is_the_same(solver: Solver, monkeypatch: pytest.MonkeyPatch) -> None:
    networks = [random_network(seed, 30, 25) for seed in range(30)]
    expected = [first_of_equals(network, solver(network)) for network in networks]
    monkeypatch.setattr(flow, "BEGIN_WITH", 1)
    monkeypatch.setattr(flow, "BEGIN_PROGRAM_WITH", 1)
    monkeypatch.setattr(flow, "_begin", lambda network, most: flow._heaviest(network, network.left, most))
    for network, plan in zip(networks, expected, strict=True):
        assert np.array_equal(first_of_equals(network, solver(network)), plan)


def test_a_plan_that_is_not_the_best_is_found_out() -> None:
    network = Network(
        *(np.array(values) for values in ([0, 0], [0, 1], [5, 9])), np.array([1]), np.array([1, 1]), np.array([True]), np.array([0, 0])
    )  # fmt: skip
    everything, worse, better = np.array([True, True]), np.array([True, False]), np.array([False, True])
    with pytest.raises(EngineError):
        prove(network, worse, everything)
    proof = prove(network, worse, worse)
    assert proof.potentials is None and proof.active.all()
    assert prove(network, better, better).potentials is not None


def test_the_heaviest_pairs_of_a_unit_are_taken_with_their_equals() -> None:
    network = random_network(3)
    chosen = flow._heaviest(network, network.right, 2)
    for unit in range(len(network.right_capacity)):
        weights = network.weight[network.right == unit]
        assert sorted(network.weight[chosen & (network.right == unit)]) == sorted(
            weights[weights >= sorted(weights)[-2:][0]]
        )


@needs_numba
@needs_ortools
def test_many_pairs_of_scarce_places_are_left_to_the_solver_that_is_quicker_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    for name in ("solve_by_numba", "solve_by_ortools", "solve_by_highs"):
        monkeypatch.setattr(flow, name, lambda _, name=name: asked.append(name))
    network = random_network(1)
    scarce, plenty = (replace(network, right_capacity=np.full_like(network.right_capacity, n)) for n in (1, 12))
    with kernels.use("numba"):
        flow.solve(scarce)
        monkeypatch.setattr(flow, "MANY", len(network.left))
        flow.solve(scarce)
        flow.solve(plenty)
        monkeypatch.setattr(flow, "find_spec", lambda _: None)
        flow.solve(scarce)
    flow.solve(scarce)
    assert asked == ["solve_by_numba", "solve_by_ortools", "solve_by_numba", "solve_by_numba", "solve_by_highs"]


@needs_numba
@needs_ortools
@pytest.mark.parametrize("share", [1.0, 0.3])
def test_a_district_gets_the_same_bytes_compiled_or_not_in_any_order(share: float) -> None:
    options, rooms = ask_for_plan("district", share)
    pairs, *room = make_tables(options, rooms)
    plans = [pairs[choose_pairs(options, rooms)]]
    for form in ("numpy", "numba"):
        with kernels.use(form):
            shuffled = pairs.sample(fraction=1, shuffle=True, seed=len(plans))
            plans += [assign(pairs, *room), assign(shuffled, *(places.reverse() for places in room))]
    assert plans[0]["left"].n_unique() == 150
    assert all(plan.equals(plans[0]) for plan in plans)
