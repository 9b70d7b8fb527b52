"""The exact solvers behind a plan: coverage of the left side first, then the largest total, as a minimum-cost flow.

Compiled by numba where that is installed and worth loading, else OR-Tools' SimpleMinCostFlow, else scipy's HiGHS. All reach the same
total to the integer, and each plan comes with its proof. The two libraries begin with a few pairs of each unit; the proof tells
which others are missing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.util import find_spec

import numpy as np

from graph.errors import EngineError
from queries.matching import kernels
from queries.matching.arrays import BoolArray, IntArray
from queries.matching.plans.flow_network import Network, Solution
from queries.matching.plans.linear_program import solve_program
from queries.matching.plans.potentials import prove

BEGIN_WITH = 16  # pairs of a left unit that OR-Tools begins with
BEGIN_PROGRAM_WITH = 10  # pairs of a left and of a right unit that HiGHS begins with
MANY = 2_000_000  # pairs of scarce places from which OR-Tools is the quicker one
LARGEST_BARE = 1 << 60  # what the compiled solver's whole numbers hold

Solver = Callable[[Network], Solution]


def solve(network: Network) -> Solution:
    """Return a best plan, by the quickest solver there is."""
    kernels.prepare(len(network.left))
    can_be_compiled = kernels.current().name == "numba" and _price_bare(network) < LARGEST_BARE
    if not find_spec("ortools"):
        return solve_by_numba(network) if can_be_compiled else solve_by_highs(network)
    # Where all compete for few places, a shortest path leads through ever more of them.
    is_tangled = _is_scarce(network) and len(network.left) >= MANY
    return solve_by_numba(network) if can_be_compiled and not is_tangled else solve_by_ortools(network)


def _is_scarce(network: Network) -> bool:
    """Return whether right units have fewer places than left units would fill."""
    return bool(network.right_capacity.sum() < network.left_capacity.sum())


def solve_by_numba(network: Network) -> Solution:
    """Solve by shortest paths in compiled code."""
    augmenting = import_module("queries.matching.scale.augmenting")  # it loads numba, which is optional
    solution: Solution = augmenting.solve_by_augmenting(network, _price_bare(network))
    return solution


def _price_bare(network: Network) -> int:
    """Return what covering one more left unit must be worth to outweigh all else: no way goes through a unit twice."""
    pairs = 2 * min(len(network.left_capacity), len(network.right_capacity)) + 2
    most = int((network.holds + network.right_capacity).max(initial=0))
    return pairs * int(np.abs(network.weight).max(initial=1)) + most * network.toll + 1


def solve_by_ortools(network: Network) -> Solution:
    """Solve by OR-Tools; only where not everybody can be covered at once is it found out beforehand who can."""
    begin = _begin(network, BEGIN_WITH)
    solution = _grow(network, begin, partial(_route, bare=0))
    if solution is None:
        bare = int(network.seeking.sum()) - int(network.covering.sum())
        solution = _grow(network, begin | network.covering, partial(_route, bare=bare))
    if solution is None:
        raise EngineError(reason="OR-Tools: INFEASIBLE")
    return solution


def solve_by_highs(network: Network) -> Solution:
    """Solve by HiGHS."""
    covering = network.covering
    begin = covering | _heaviest(network, network.left, BEGIN_PROGRAM_WITH)
    begin |= _heaviest(network, network.right, BEGIN_PROGRAM_WITH)
    solution = _grow(network, begin, partial(solve_program, covered=int(covering.sum())))
    if solution is None:
        raise EngineError(reason="HiGHS: infeasible")
    return solution


def _grow(network: Network, active: BoolArray, solve_part: Callable[[Network], BoolArray | None]) -> Solution | None:
    """Solve with the `active` pairs, adding those that the proof shows to be missing; None where a part has no solution."""
    while True:
        part = solve_part(network.part(active))
        if part is None:
            return None
        taken = np.zeros(len(active), dtype=np.bool_)
        taken[np.flatnonzero(active)[part]] = True
        proof = prove(network, taken, active)
        if proof.potentials is not None:
            return Solution(taken, proof.potentials)
        active = proof.active


def _begin(network: Network, most: int) -> BoolArray:
    """Return the heaviest pairs of each left unit; all of them where places are scarce, for then most of them matter."""
    if _is_scarce(network):
        return np.ones(len(network.left), dtype=np.bool_)
    return _heaviest(network, network.left, most)


def _heaviest(network: Network, unit: IntArray, most: int) -> BoolArray:
    """Return the pairs among the `most` heaviest of their unit, with all that weigh as much as the last of them."""
    count = np.bincount(unit)
    ends = np.cumsum(count)
    least = int(network.weight.max()) - network.weight
    span = int(least.max()) + 1
    key = unit * span + least if len(count) * span < 1 << 62 else np.zeros(len(unit), dtype=np.int64)
    last = np.sort(key)[np.minimum(ends - count + most, ends) - 1]
    heaviest: BoolArray = key <= last[unit]
    return heaviest


def _route(network: Network, bare: int) -> BoolArray | None:
    """Return which pairs the cheapest flow takes that leaves so many seeking left units bare; None where there is none.

    The places of a left unit flow through pairs and right units to the sink, or there directly where they stay unused.
    """
    min_cost_flow = import_module("ortools.graph.python.min_cost_flow")  # optional: `solve` looks whether it is there
    lefts, rights, pairs = len(network.left_capacity), len(network.right_capacity), len(network.left)
    sink, uncovered = lefts + rights, lefts + rights + 1
    owner, places, price = network.places
    seeking = np.flatnonzero(network.seeking) if bare else np.empty(0, dtype=np.int64)
    every = np.arange(lefts)
    tails = np.concatenate([network.left, every, lefts + owner, seeking])
    heads = np.concatenate([lefts + network.right, np.full(lefts + len(owner), sink), np.full(len(seeking), uncovered)])
    room = np.concatenate([np.ones(pairs), network.spare, places, np.ones(len(seeking))]).astype(np.int64)
    rest = np.zeros(lefts, dtype=np.int64)
    cost = np.concatenate([-network.weight, rest, price, np.zeros(len(seeking), dtype=np.int64)])
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tails.astype(np.int32), heads.astype(np.int32), room, cost)
    supply = np.concatenate([network.left_capacity, [bare - network.left_capacity.sum(), -bare]])
    ends = np.concatenate([every, [sink, uncovered]])[: lefts + 1 + bool(bare)]
    flow.set_nodes_supplies(ends.astype(np.int32), supply[: len(ends)].astype(np.int64))
    status = flow.solve()
    if status == flow.INFEASIBLE:
        return None
    if status != flow.OPTIMAL:
        raise EngineError(reason=f"OR-Tools: {status}")
    taken: BoolArray = np.asarray(flow.flows(arcs))[:pairs] > 0
    return taken
