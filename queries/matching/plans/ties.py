"""Of several best plans the one that comes first: ties go to smaller ids, whichever solver ran.

All best plans differ by cycles of the residual network whose arcs have reduced cost zero ("tight") under the potentials that prove one
of them (Ahuja, Magnanti and Orlin, Network Flows, 1993, ch. 9). Pair by pair, in order, a cycle is sought that brings the pair into the
plan without giving up one that was settled before. Two nodes stand between the units: through the hub flows what any unit may still
take or give up, through the cover node the one pair by which a left unit counts as covered.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from queries.matching.arrays import BoolArray, IntArray
from queries.matching.plans.flow_network import Network, Residual, Solution

MOST_WORK = 100_000_000  # tied pairs × left units beyond which the solver's own choice among equals stands
NOWHERE, HUB, COVER = -1, -2, -3


def first_of_equals(network: Network, solution: Solution) -> BoolArray:
    """Return the best plan whose pairs come first in order of left and right, given any best plan."""
    tied = _Tied(network, solution)
    lefts = np.unique(network.left[tied.open])
    if len(lefts) * int(tied.open.sum()) <= MOST_WORK:
        for left in lefts:
            tied.settle(int(left))
    return tied.taken


class _Tied(Residual):
    """A plan, and the network in which it can still change without losing anything: `open` are the pairs not yet settled."""

    def __init__(self, network: Network, solution: Solution) -> None:
        found = solution.potentials
        super().__init__(network, solution.taken.copy(), found)
        value = np.repeat(found.left, np.diff(network.starts))
        tight: BoolArray = value - network.weight == found.right[network.right]
        self.open = tight & self._on_cycles(tight)

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
        order = np.argsort(tails)
        starts = np.searchsorted(tails[order], np.arange(cover + 2))
        network = sparse.csr_array((np.ones(len(order)), heads[order], starts), shape=(cover + 1, cover + 1))
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
