"""Of several best plans the one that comes first: ties go to smaller ids, whichever solver ran.

All best plans differ by cycles of the residual network whose arcs have reduced cost zero ("tight") under shortest-path potentials
(Ahuja, Magnanti and Orlin, Network Flows, 1993, ch. 9). Pair by pair, in order, a cycle is sought that brings the pair into the plan
without giving up one that was settled before. Two nodes stand between the units: through the hub flows what any unit may still take
or give up, through the cover node the one pair by which a left unit counts as covered.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from queries.pairing.arrays import BoolArray, IntArray
from queries.pairing.flow import Network

MOST_WORK = 100_000_000  # tied pairs × left units beyond which the solver's own choice among equals stands
NOWHERE, HUB, COVER = -1, -2, -3


def first_of_equals(network: Network, taken: BoolArray) -> BoolArray:
    """Return the best plan whose pairs come first in order of left and right, given any best plan."""
    tied = _Tied(network, taken)
    lefts = np.unique(network.left[tied.open])
    if len(lefts) * int(tied.open.sum()) <= MOST_WORK:
        for left in lefts:
            tied.settle(int(left))
    return tied.taken


class _Tied:
    """A plan, and the network in which it can still change without losing anything: `open` are the pairs not yet settled."""

    def __init__(self, network: Network, taken: BoolArray) -> None:
        self.net, self.taken = network, taken.copy()
        self.left_load = np.bincount(network.left[taken], minlength=len(network.left_capacity))
        self.right_load = np.bincount(network.right[taken], minlength=len(network.right_capacity))
        everywhere = np.ones(len(self.left_load), dtype=np.bool_)
        self._tight_hub = self._tight_cover = everywhere
        self._price: IntArray | None = None  # what one more pair of a right unit may cost; while unknown, anything
        of_left, of_right, hub, cover = self._potentials()
        tight = of_left[network.left] - network.weight == of_right[network.right]
        self._tight_hub, self._tight_cover, self._price = of_left == hub, of_left == cover, hub - of_right
        self.open = tight & self._on_cycles(tight)

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

    def _potentials(self) -> tuple[IntArray, IntArray, int, int]:
        """Return shortest distances in the residual network (Bellman and Ford), by which no arc has a negative reduced cost."""
        net, taken = self.net, self.taken
        of_left, of_right = np.zeros(len(self.left_load), np.int64), np.zeros(len(self.right_load), np.int64)
        hub = cover = 0
        free = np.flatnonzero(~taken)
        free = free[np.argsort(net.right[free], kind="stable")]
        heads, starts = np.unique(net.right[free], return_index=True)
        for _ in range(len(of_left) + len(of_right) + 2):
            before = (of_left.copy(), of_right.copy(), hub, cover)
            if len(free):
                reached = np.minimum.reduceat(of_left[net.left[free]] - net.weight[free], starts)
                of_right[heads] = np.minimum(of_right[heads], reached)
            given_up = hub - (self.next_toll - net.toll)
            of_right[self.hub_to_right] = np.minimum(of_right, given_up)[self.hub_to_right]
            np.minimum.at(of_left, net.left[taken], of_right[net.right[taken]] + net.weight[taken])
            of_left[self.hub_to_left] = np.minimum(of_left[self.hub_to_left], hub)
            of_left[self.cover_to_left] = np.minimum(of_left[self.cover_to_left], cover)
            taken_up = (of_right + self.next_toll)[self.right_to_hub]
            hub = min(int(of_left[self.left_to_hub].min(initial=hub)), int(taken_up.min(initial=hub)))
            cover = int(of_left[self.left_to_cover].min(initial=cover))
            same = np.array_equal(of_left, before[0]) and np.array_equal(of_right, before[1])
            if same and (hub, cover) == before[2:]:
                break
        return of_left, of_right, hub, cover

    def _on_cycles(self, tight: BoolArray) -> BoolArray:
        """Return which pairs join two units of one strongly connected part of the tight residual network."""
        net, lefts, rights = self.net, len(self.left_load), len(self.right_load)
        hub, cover = lefts + rights, lefts + rights + 1
        ahead, back = tight & ~self.taken, tight & self.taken
        arcs = [(net.left[ahead], lefts + net.right[ahead]), (lefts + net.right[back], net.left[back])]
        arcs += _join(hub, np.flatnonzero(self.hub_to_left), np.flatnonzero(self.left_to_hub))
        arcs += _join(cover, np.flatnonzero(self.cover_to_left), np.flatnonzero(self.left_to_cover))
        arcs += _join(hub, lefts + np.flatnonzero(self.hub_to_right), lefts + np.flatnonzero(self.right_to_hub))
        tails, heads = (np.concatenate([arc[end] for arc in arcs]) for end in (0, 1))
        network = sparse.csr_array((np.ones(len(tails)), (tails, heads)), shape=(cover + 1, cover + 1))
        _, part = connected_components(network, directed=True, connection="strong")
        together: BoolArray = part[net.left] == part[lefts + net.right]
        return together

    def settle(self, left: int) -> None:
        """Settle the pairs of one left unit in order of the right side: those that a best plan can take are taken for good."""
        place, last = (int(i) for i in np.searchsorted(self.net.left, [left, left + 1]))
        while place < last:
            choices = place + np.flatnonzero(self.open[place:last])
            if not len(choices):
                return
            chosen = int(choices[0]) if self.taken[choices[0]] else self._take_first(left, choices)
            self.open[place : chosen + 1] = False
            place = chosen + 1

    def _take_first(self, left: int, choices: IntArray) -> int:
        """Take the first of a left unit's pairs that a best plan can take and return it; the last one where there is none."""
        way = _Way(self, left)
        able = choices[self.taken[choices] | way.right_seen[self.net.right[choices]]]
        if not len(able):
            return int(choices[-1])
        if not self.taken[able[0]]:
            way.turn(int(able[0]))
        return int(able[0])


def _join(middle: int, outward: IntArray, inward: IntArray) -> list[tuple[IntArray, IntArray]]:
    """Return the arcs from `middle` to some units and from others to it."""
    return [(np.full(len(outward), middle), outward), (inward, np.full(len(inward), middle))]


class _Way:
    """The ways to one left unit through the open tight residual network, found backwards, level by level.

    `left_next` and `right_next` say what leads on from a unit: a pair, HUB or COVER; `leads` where these two lead.
    """

    def __init__(self, tied: _Tied, target: int) -> None:
        self.tied, self.target = tied, target
        self.left_next, self.right_next = np.full(len(tied.left_load), NOWHERE), np.full(len(tied.right_load), NOWHERE)
        self.leads: dict[int, tuple[str, int]] = {}
        self.left_seen, self.right_seen = (
            np.zeros(len(tied.left_load), np.bool_),
            np.zeros(len(tied.right_load), np.bool_),
        )
        new_left, new_right = self.left_seen.copy(), self.right_seen.copy()
        self.left_seen[target] = new_left[target] = True
        while new_left.any() or new_right.any():
            new_left, new_right = self._step_back(new_left, new_right)

    def _step_back(self, new_left: BoolArray, new_right: BoolArray) -> tuple[BoolArray, BoolArray]:
        """Return the units, not yet seen, from which one step leads to the newly found ones."""
        tied, net = self.tied, self.tied.net
        left, right = np.zeros_like(new_left), np.zeros_like(new_right)
        back = np.flatnonzero(tied.open & tied.taken & new_left[net.left])
        self._find(self.right_next, self.right_seen, right, net.right[back], back)
        ahead = np.flatnonzero(tied.open & ~tied.taken & new_right[net.right])
        self._find(self.left_next, self.left_seen, left, net.left[ahead], ahead)
        if self._reach(HUB, new_left & tied.hub_to_left, new_right & tied.hub_to_right):
            self._find(self.left_next, self.left_seen, left, np.flatnonzero(tied.left_to_hub), HUB)
            self._find(self.right_next, self.right_seen, right, np.flatnonzero(tied.right_to_hub), HUB)
        if self._reach(COVER, new_left & tied.cover_to_left, np.zeros_like(new_right)):
            self._find(self.left_next, self.left_seen, left, np.flatnonzero(tied.left_to_cover), COVER)
        return left, right

    @staticmethod
    def _find(leads: IntArray, seen: BoolArray, new: BoolArray, units: IntArray, by: IntArray | int) -> None:
        """Note units as found, with what leads on from each, unless they were seen before."""
        fresh = ~seen[units]
        units = units[fresh]
        leads[units] = by[fresh] if isinstance(by, np.ndarray) else by
        seen[units] = new[units] = True

    def _reach(self, middle: int, lefts: BoolArray, rights: BoolArray) -> bool:
        """Note where a middle node leads, and tell whether it was just found."""
        if middle in self.leads or not (lefts.any() or rights.any()):
            return False
        self.leads[middle] = ("left", int(lefts.argmax())) if lefts.any() else ("right", int(rights.argmax()))
        return True

    def turn(self, pair: int) -> None:
        """Take a pair, and change the plan along the way from its right unit back to the left one."""
        net, side, unit = self.tied.net, "right", int(self.tied.net.right[pair])
        self._change(pair, True)
        while (side, unit) != ("left", self.target):
            lead = int((self.left_next if side == "left" else self.right_next)[unit])
            if lead < 0:
                side, unit = self.leads[lead]
                continue
            self._change(lead, side == "left")
            side, unit = ("right", int(net.right[lead])) if side == "left" else ("left", int(net.left[lead]))

    def _change(self, pair: int, take: bool) -> None:
        tied, net = self.tied, self.tied.net
        tied.taken[pair] = take
        tied.left_load[net.left[pair]] += 1 if take else -1
        tied.right_load[net.right[pair]] += 1 if take else -1
