"""The exact solvers behind a plan: coverage of the left side first, then the largest total, as a minimum-cost flow.

OR-Tools' SimpleMinCostFlow where it is installed, else scipy's HiGHS: the constraint matrix of a flow is totally unimodular, so a
vertex of the linear program is a plan of whole pairs. Both reach the same total to the integer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec

import numpy as np
from scipy import sparse
from scipy.optimize import LinearConstraint, linprog, milp
from scipy.sparse.csgraph import maximum_flow

from graph.errors import EngineError
from queries.pairing.arrays import BoolArray, FloatArray, IntArray

WHOLE = 1e-6  # how far from a whole number a solver may be
WORTH = 0.5  # weights are whole numbers: a pair that gains less than half of one gains nothing
BEGIN_WITH = 10  # pairs a unit that HiGHS begins with


@dataclass(frozen=True)
class Network:
    """Pairs (left, right, weight), ascending by left and right, and how many each unit may take.

    `seeking` marks the left units that count as uncovered without a pair; each has a capacity of at least one. The n-th pair of a
    right unit costs (n − 1)·`toll`, those that it `holds` already counted: a convex cost, so a minimum-cost flow is still exact.
    """

    left: IntArray
    right: IntArray
    weight: IntArray
    left_capacity: IntArray
    right_capacity: IntArray
    seeking: BoolArray
    holds: IntArray
    toll: int = 0

    @cached_property
    def places(self) -> tuple[IntArray, IntArray, IntArray]:
        """Return the places of the right units as arcs: unit, how many pairs it lets through, and the cost of each."""
        rights = np.arange(len(self.right_capacity))
        if not self.toll:
            return rights, self.right_capacity, np.zeros(len(rights), dtype=np.int64)
        unit = np.repeat(rights, self.right_capacity)
        turn = np.arange(len(unit)) - np.repeat(
            np.cumsum(self.right_capacity) - self.right_capacity, self.right_capacity
        )
        return unit, np.ones(len(unit), dtype=np.int64), (self.holds[unit] + turn) * self.toll

    @property
    def spare(self) -> IntArray:
        """Return what a left unit may take beyond the pair that covers it."""
        rest: IntArray = self.left_capacity - self.seeking
        return rest

    @cached_property
    def covering(self) -> BoolArray:
        """Return pairs, one a left unit, that cover as many seeking left units as can be covered at once."""
        lefts, rights = len(self.left_capacity), len(self.right_capacity)
        source, sink = lefts + rights, lefts + rights + 1
        chosen = np.flatnonzero(self.seeking[self.left])
        left, right = self.left[chosen], lefts + self.right[chosen]
        tails = np.concatenate([np.full(lefts, source), left, lefts + np.arange(rights)])
        heads = np.concatenate([np.arange(lefts), right, np.full(rights, sink)])
        room = np.concatenate([self.seeking, np.ones(len(chosen)), self.right_capacity]).astype(np.int32)
        flow = maximum_flow(sparse.csr_array((room, (tails, heads)), shape=(sink + 1, sink + 1)), source, sink).flow
        covering = np.zeros(len(self.left), dtype=np.bool_)
        covering[chosen] = sparse.coo_array(flow[left, right]).toarray().ravel() > 0
        return covering

    def part(self, chosen: BoolArray) -> Network:
        """Return the network with the chosen pairs only."""
        return replace(self, left=self.left[chosen], right=self.right[chosen], weight=self.weight[chosen])


Solver = Callable[[Network], BoolArray]


def solve(network: Network) -> BoolArray:
    """Return which pairs a best plan takes."""
    return solve_by_ortools(network) if find_spec("ortools") else solve_by_highs(network)


def solve_by_ortools(network: Network) -> BoolArray:
    """Solve by OR-Tools: as many units as can be covered leave a node of their own, each to another left unit; all else circulates."""
    min_cost_flow = import_module("ortools.graph.python.min_cost_flow")  # optional: `solve` looks whether it is there
    lefts, rights, pairs = len(network.left_capacity), len(network.right_capacity), len(network.left)
    hub, cover = lefts + rights, lefts + rights + 1
    owner, places, price = network.places
    tails = np.concatenate([network.left, np.full(lefts, cover), np.full(lefts, hub), lefts + owner])
    heads = np.concatenate([lefts + network.right, np.arange(lefts), np.arange(lefts), np.full(len(owner), hub)])
    room = np.concatenate([np.ones(pairs), network.seeking, network.spare, places]).astype(np.int64)
    cost = np.concatenate([-network.weight, np.zeros(2 * lefts, dtype=np.int64), price])
    covered = int(network.covering.sum())
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tails.astype(np.int32), heads.astype(np.int32), room, cost)
    flow.set_nodes_supplies(np.array([cover, hub], dtype=np.int32), np.array([covered, -covered], dtype=np.int64))
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise EngineError(reason=f"OR-Tools: {status}")
    taken: BoolArray = np.asarray(flow.flows(arcs))[:pairs] > 0
    return taken


def solve_by_highs(network: Network) -> BoolArray:
    """Solve by HiGHS, beginning with the best pairs of each unit and adding those that the prices of places show to be missing."""
    covered = int(network.covering.sum())
    active = network.covering | _best_of_each(network)
    while True:
        part, priced = _solve_part(network.part(active), covered)
        gain = network.weight + priced[network.left] + priced[len(network.left_capacity) + network.right]
        missing = ~active & (gain > WORTH)
        if not missing.any():
            taken = np.zeros(len(active), dtype=np.bool_)
            taken[np.flatnonzero(active)[part]] = True
            return taken
        active |= missing


def _best_of_each(network: Network) -> BoolArray:
    """Return the pairs among the heaviest `BEGIN_WITH` of their left or of their right unit."""
    best = np.zeros(len(network.left), dtype=np.bool_)
    for unit in (network.left, network.right):
        order = np.lexsort((-network.weight, unit))
        place = np.arange(len(order)) - np.searchsorted(unit[order], unit[order])
        best[order[place < BEGIN_WITH]] = True
    return best


def _solve_part(network: Network, covered: int) -> tuple[BoolArray, FloatArray]:
    """Return which pairs are taken, and the price of a place of each left and right unit (negative: what one more pair must be worth).

    The simplex ends in a vertex; should rounding leave a fraction, branch and bound follows.
    """
    matrix, low, high, room = _linear_program(network, covered)
    pairs = len(network.left)
    lefts, (_, _, toll) = len(network.left_capacity), network.places
    cost = np.concatenate(
        [-network.weight.astype(np.float64), np.zeros(2 * lefts), toll[: matrix.shape[1] - pairs - 2 * lefts]]
    )
    equal = low == high
    bounds = np.stack([np.zeros(len(room)), room], axis=1)
    rows = {"A_eq": matrix[equal], "b_eq": high[equal], "A_ub": matrix[~equal], "b_ub": high[~equal]}
    found = linprog(cost, **rows, bounds=bounds, method="highs-ds")
    if found.x is None:
        raise EngineError(reason=f"HiGHS: {found.message}")
    price = np.empty(len(high))
    price[equal], price[~equal] = found.eqlin.marginals, found.ineqlin.marginals
    whole = found.x
    if np.abs(whole - np.round(whole)).max() > WHOLE:
        whole = milp(
            cost, integrality=np.ones(len(room)), bounds=(0, room), constraints=LinearConstraint(matrix, low, high)
        ).x
    taken: BoolArray = np.round(whole[:pairs]) > 0
    return taken, price


def _linear_program(network: Network, covered: int) -> tuple[sparse.csr_array, FloatArray, FloatArray, FloatArray]:
    """Return matrix, bounds of its rows and upper bounds of its columns: pairs, then what covers each left unit, then what is beyond.

    A row a left unit (its pairs = cover + beyond), a row a right unit (its pairs ≤ capacity), one for Σ cover = `covered`. Where
    places have a toll, they are columns too, and a right unit's row says that its pairs are no more than the places it opens.
    """
    lefts, rights, pairs = len(network.left_capacity), len(network.right_capacity), len(network.left)
    cover, beyond, unit = pairs + np.arange(lefts), pairs + lefts + np.arange(lefts), np.arange(lefts)
    rows = np.concatenate([network.left, lefts + network.right, unit, unit, np.full(lefts, lefts + rights)])
    columns = np.concatenate([np.arange(pairs), np.arange(pairs), cover, beyond, cover])
    values = np.concatenate([np.ones(2 * pairs), -np.ones(2 * lefts), np.ones(lefts)])
    owner = network.places[0] if network.toll else np.empty(0, dtype=np.int64)
    rows, values = np.concatenate([rows, lefts + owner]), np.concatenate([values, -np.ones(len(owner))])
    columns = np.concatenate([columns, pairs + 2 * lefts + np.arange(len(owner))])
    matrix = sparse.csr_array((values, (rows, columns)), shape=(lefts + rights + 1, pairs + 2 * lefts + len(owner)))
    closed = 0 * network.right_capacity if network.toll else network.right_capacity
    high = np.concatenate([np.zeros(lefts), closed, [covered]]).astype(np.float64)
    low = np.concatenate([np.zeros(lefts), np.full(rights, -np.inf), [covered]])
    room = np.concatenate([np.ones(pairs), network.seeking, network.spare, np.ones(len(owner))]).astype(np.float64)
    return matrix, low, high, room
