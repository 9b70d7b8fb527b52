"""A plan by scipy's HiGHS: the constraint matrix of a flow is totally unimodular, so a vertex of the linear program is whole pairs."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.optimize import LinearConstraint, linprog, milp

from graph.errors import EngineError
from queries.matching.arrays import BoolArray, FloatArray
from queries.matching.plans.flow_network import Network

WHOLE = 1e-6  # how far from a whole number a solver may be


def solve_program(network: Network, covered: int) -> BoolArray:
    """Return which pairs a best plan takes that covers so many left units.

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
    whole = found.x
    if np.abs(whole - np.round(whole)).max() > WHOLE:
        whole = milp(
            cost, integrality=np.ones(len(room)), bounds=(0, room), constraints=LinearConstraint(matrix, low, high)
        ).x
    taken: BoolArray = np.round(whole[:pairs]) > 0
    return taken


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
