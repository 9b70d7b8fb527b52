"""The proof of a plan: potentials, found by the method of Bellman and Ford, by which no change of the plan is a gain.

A plan that was solved with some of the pairs is a best one of all pairs where the others fit under its potentials (column generation;
Ahuja, Magnanti and Orlin, Network Flows, 1993, ch. 9 and 17).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.errors import EngineError
from queries.matching.arrays import BoolArray, IntArray
from queries.matching.plans.flow_network import Network, Potentials, Residual

PATIENCE = 20  # rounds for pairs left out at first to fit in; where they do not, the plan is likely to gain by them


@dataclass(frozen=True)
class Proof:
    """The potentials of a plan, None where it can be bettered; `active` are the pairs that were looked at, or should be."""

    potentials: Potentials | None
    active: BoolArray


def prove(network: Network, taken: BoolArray, active: BoolArray) -> Proof:
    """Prove that a best plan of the `active` pairs is one of all pairs; raises EngineError where it is not even the former."""
    labels = _Labels(network, taken)
    if not labels.settle(active, len(network.left_capacity) + len(network.right_capacity) + 3):
        raise EngineError(reason="the solver's plan is not the best one")
    while True:
        missing = labels.gains() & ~active
        if not missing.any():
            return Proof(labels.potentials, active)
        active = active | missing
        if not labels.settle(active, PATIENCE):
            return Proof(None, active)


class _Labels:
    """Shortest distances in the residual network of a plan, in the making."""

    def __init__(self, network: Network, taken: BoolArray) -> None:
        self.net, self.residual = network, Residual(network, taken)
        chosen = np.flatnonzero(taken)
        self.taken = network.left[chosen], network.right[chosen], network.weight[chosen]
        self.left, self.right = (
            np.zeros(len(places), np.int64) for places in (network.left_capacity, network.right_capacity)
        )
        self.hub = self.cover = 0

    @property
    def potentials(self) -> Potentials:
        """Return the distances."""
        return Potentials(self.left, self.right, self.hub, self.cover)

    def gains(self) -> BoolArray:
        """Return which pairs would better the plan as the distances stand."""
        ahead: BoolArray = np.repeat(self.left, np.diff(self.net.starts)) - self.net.weight < self.right[self.net.right]
        return ahead

    def settle(self, active: BoolArray, rounds: int) -> bool:
        """Shorten the distances until nothing changes; tells whether so many rounds were enough."""
        residual, net, toll = self.residual, self.net, self.net.toll
        free = np.flatnonzero(active & ~residual.taken)
        free = free[np.argsort(net.right[free])]
        left, weight = net.left[free], net.weight[free]
        heads, starts = np.unique(net.right[free], return_index=True)
        full, held = np.flatnonzero(residual.hub_to_right), np.flatnonzero(residual.right_to_hub)
        give_up, take_up = (residual.next_toll - toll)[full], residual.next_toll[held]
        inward, outward = np.flatnonzero(residual.hub_to_left), np.flatnonzero(residual.left_to_hub)
        coming, covered = np.flatnonzero(residual.cover_to_left), np.flatnonzero(residual.left_to_cover)
        for _ in range(rounds):
            before = self.left.copy(), self.right.copy(), self.hub, self.cover
            if len(free):
                _shorten(self.right, heads, np.minimum.reduceat(self.left[left] - weight, starts))
            _shorten(self.right, full, self.hub - give_up)
            np.minimum.at(self.left, self.taken[0], self.right[self.taken[1]] + self.taken[2])
            _shorten(self.left, inward, self.hub)
            _shorten(self.left, coming, self.cover)
            taken_up = int((self.right[held] + take_up).min(initial=self.hub))
            self.hub = min(taken_up, int(self.left[outward].min(initial=self.hub)))
            self.cover = int(self.left[covered].min(initial=self.cover))
            same = (self.hub, self.cover) == before[2:] and np.array_equal(self.left, before[0])
            if same and np.array_equal(self.right, before[1]):
                return True
        return False


def _shorten(distance: IntArray, nodes: IntArray, reached: IntArray | int) -> None:
    distance[nodes] = np.minimum(distance[nodes], reached)
