"""What a plan chooses from: pairs with weights between units with places, and what may still change once pairs were chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import maximum_flow

from queries.matching.arrays import BoolArray, IntArray


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
    def starts(self) -> IntArray:
        """Return where the pairs of each left unit begin, and their number at last."""
        return np.searchsorted(self.left, np.arange(len(self.left_capacity) + 1)).astype(np.int64)

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

    @cached_property
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


@dataclass(frozen=True)
class Potentials:
    """What proves a plan to be a best one: a number a node by which no change of the plan costs less than nothing.

    A pair not taken has `left` − weight − `right` ≥ 0, a taken one ≤ 0; likewise the arcs of the hub, through which flows what any
    unit may still take or give up, and of the cover node, from which comes the one pair by which a left unit counts as covered.
    """

    left: IntArray
    right: IntArray
    hub: int
    cover: int


@dataclass(frozen=True)
class Solution:
    """The pairs of a best plan (one flag a pair of the network), and its proof."""

    taken: BoolArray
    potentials: Potentials


class Residual:
    """What may change in a plan: which units may take or give up a pair, through the hub or the cover node.

    With potentials, only what may change at no cost.
    """

    def __init__(self, network: Network, taken: BoolArray, potentials: Potentials | None = None) -> None:
        self.net, self.taken = network, taken
        self.left_load = np.bincount(network.left[taken], minlength=len(network.left_capacity))
        self.right_load = np.bincount(network.right[taken], minlength=len(network.right_capacity))
        self._tight_hub = self._tight_cover = np.ones(len(self.left_load), dtype=np.bool_)
        self._price: IntArray | None = None  # what one more pair of a right unit may cost; while unknown, anything
        if potentials is not None:
            self._tight_hub, self._tight_cover = (
                potentials.left == node for node in (potentials.hub, potentials.cover)
            )
            self._price = potentials.hub - potentials.right

    @property
    def covered(self) -> BoolArray:
        """Return which left units count as covered."""
        return self.net.seeking & (self.left_load > 0)

    @property
    def hub_to_left(self) -> BoolArray:
        """Return which left units may take more beyond the pair that covers them."""
        return (self.left_load - self.covered < self.net.spare) & self._tight_hub

    @property
    def left_to_hub(self) -> BoolArray:
        """Return which left units may give up a pair beyond the one that covers them."""
        return (self.left_load - self.covered > 0) & self._tight_hub

    @property
    def cover_to_left(self) -> BoolArray:
        """Return which left units may come to be covered."""
        return self.net.seeking & ~self.covered & self._tight_cover

    @property
    def left_to_cover(self) -> BoolArray:
        """Return which left units may give up being covered."""
        return self.covered & self._tight_cover

    @property
    def hub_to_right(self) -> BoolArray:
        """Return which right units may give up a pair."""
        return (self.right_load > 0) & (self._price is None or self._price == self.next_toll - self.net.toll)

    @property
    def right_to_hub(self) -> BoolArray:
        """Return which right units may take another pair."""
        return (self.right_load < self.net.right_capacity) & (self._price is None or self._price == self.next_toll)

    @property
    def next_toll(self) -> IntArray:
        """Return what one more pair of each right unit would cost."""
        toll: IntArray = (self.net.holds + self.right_load) * self.net.toll
        return toll
