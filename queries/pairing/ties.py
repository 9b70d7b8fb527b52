"""Of several best plans the one that comes first: ties go to smaller ids, whichever solver ran.

All best plans differ by cycles of the residual network whose arcs have reduced cost zero ("tight") under shortest-path potentials
(Ahuja, Magnanti and Orlin, Network Flows, 1993, ch. 9). Pair by pair, in order, a cycle is sought that brings the pair into the plan
without giving up one that was settled before.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from queries.pairing.arrays import BoolArray, IntArray
from queries.pairing.flow import Network

MOST_WORK = 100_000_000  # tied pairs × left units beyond which the solver's own choice among equals stands
HUB, COVER, NOWHERE = -2, -3, -1


def first_of_equals(network: Network, taken: BoolArray) -> BoolArray:
    """Return the best plan whose pairs come first in order of left and right, given any best plan."""
    tied = _Tied(network, taken)
    if len(tied.lefts) * int(tied.open.sum()) <= MOST_WORK:
        for left in tied.lefts:
            tied.settle(int(left))
    return tied.taken


class _Tied:
    """A plan and the network in which it can still change without losing anything."""

    def __init__(self, network: Network, taken: BoolArray) -> None:
        self.net, self.taken = network, taken.copy()
        lefts, rights = len(network.left_capacity), len(network.right_capacity)
        self.left_load = np.bincount(network.left[taken], minlength=lefts)
        self.right_load = np.bincount(network.right[taken], minlength=rights)
        self.covered = network.seeking & (self.left_load > 0)
        of_left, of_right, hub, cover = self._potentials()
        self.tight = of_left[network.left] - network.weight == of_right[network.right]
        self.left_hub, self.right_hub, self.left_cover = of_left == hub, of_right == hub, of_left == cover
        self.open = self.tight & self._on_cycles()
        self.lefts = np.unique(network.left[self.open])

    @property
    def beyond(self) -> IntArray:
        """Return how many pairs each left unit has beyond the one that covers it."""
        rest: IntArray = self.left_load - self.covered
        return rest

    def _potentials(self) -> tuple[IntArray, IntArray, int, int]:
        """Return shortest distances in the residual network (Bellman and Ford), by which no arc has a negative reduced cost."""
        net, taken = self.net, self.taken
        of_left, of_right, hub, cover = np.zeros(len(self.left_load), np.int64), np.zeros(len(self.right_load), np.int64), 0, 0
        free = np.flatnonzero(~taken)
        free = free[np.argsort(net.right[free], kind="stable")]
        heads, starts = np.unique(net.right[free], return_index=True)
        room_left, room_right = self.beyond < net.spare, self.right_load < net.right_capacity
        uncovered = net.seeking & ~self.covered
        for _ in range(2 * (len(of_left) + len(of_right)) + 4):
            before = (of_left.copy(), of_right.copy(), hub, cover)
            if len(free):
                of_right[heads] = np.minimum(of_right[heads], np.minimum.reduceat(of_left[net.left[free]] - net.weight[free], starts))
            of_right[self.right_load > 0] = np.minimum(of_right[self.right_load > 0], hub)
            np.minimum.at(of_left, net.left[taken], of_right[net.right[taken]] + net.weight[taken])
            of_left[room_left] = np.minimum(of_left[room_left], hub)
            of_left[uncovered] = np.minimum(of_left[uncovered], cover)
            hub = min(hub, int(of_left[self.beyond > 0].min(initial=hub)), int(of_right[room_right].min(initial=hub)))
            cover = min(cover, int(of_left[self.covered].min(initial=cover)))
            if (hub, cover) == before[2:] and np.array_equal(of_left, before[0]) and np.array_equal(of_right, before[1]):
                break
        return of_left, of_right, hub, cover

    def _on_cycles(self) -> BoolArray:
        """Return which pairs join two units of one strongly connected part of the tight residual network."""
        net, lefts, rights = self.net, len(self.left_load), len(self.right_load)
        hub, cover = lefts + rights, lefts + rights + 1
        ahead, back = self.tight & ~self.taken, self.tight & self.taken
        arcs = [
            (net.left[ahead], lefts + net.right[ahead]), (lefts + net.right[back], net.left[back]),
            *_join(hub, np.flatnonzero(self.left_hub & (self.beyond < net.spare)), np.flatnonzero(self.left_hub & (self.beyond > 0))),
            *_join(cover, np.flatnonzero(self.left_cover & net.seeking & ~self.covered), np.flatnonzero(self.left_cover & self.covered)),
            *_join(hub, lefts + np.flatnonzero(self.right_hub & (self.right_load > 0)), lefts + np.flatnonzero(self.right_hub & (self.right_load < net.right_capacity))),
        ]  # fmt: skip
        tails, heads = (np.concatenate([arc[end] for arc in arcs]) for end in (0, 1))
        network = sparse.csr_array((np.ones(len(tails), dtype=np.int8), (tails, heads)), shape=(cover + 1, cover + 1))
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
            way = None if self.taken[choices[0]] else _Way(self, left)
            able = choices if way is None else choices[self.taken[choices] | way.right_seen[self.net.right[choices]]]
            chosen = int(able[0]) if len(able) else last - 1
            if way is not None and len(able) and not self.taken[chosen]:
                way.turn(chosen)
            self.open[place : chosen + 1] = False
            place = chosen + 1


def _join(middle: int, outward: IntArray, inward: IntArray) -> list[tuple[IntArray, IntArray]]:
    """Return the arcs from `middle` to some units and from others to it."""
    return [(np.full(len(outward), middle), outward), (inward, np.full(len(inward), middle))]


class _Way:
    """The ways to one left unit through the open tight residual network, found backwards, level by level."""

    def __init__(self, tied: _Tied, target: int) -> None:
        self.tied, self.target = tied, target
        lefts, rights = len(tied.left_load), len(tied.right_load)
        self.left_next, self.right_next = np.full(lefts, NOWHERE), np.full(rights, NOWHERE)  # the pair, HUB or COVER that leads on
        self.hub_next: tuple[str, int] | None = None
        self.cover_next: int | None = None
        self.left_seen, self.right_seen = np.zeros(lefts, np.bool_), np.zeros(rights, np.bool_)
        self.left_seen[target] = True
        self._search(np.array([target]), np.empty(0, np.int64))

    def _search(self, new_lefts: IntArray, new_rights: IntArray) -> None:
        while len(new_lefts) or len(new_rights):
            mark_left, mark_right = np.zeros_like(self.left_seen), np.zeros_like(self.right_seen)
            mark_left[new_lefts], mark_right[new_rights] = True, True
            hub, cover = self._enter_middles(mark_left, mark_right)
            found_rights, found_lefts = self._follow_pairs(mark_left, mark_right)
            if hub:
                found_lefts.append(self._leave(self.left_next, self.left_seen, self.tied.left_hub & (self.tied.beyond > 0), HUB))
                room = self.tied.right_load < self.tied.net.right_capacity
                found_rights.append(self._leave(self.right_next, self.right_seen, self.tied.right_hub & room, HUB))
            if cover:
                found_lefts.append(self._leave(self.left_next, self.left_seen, self.tied.left_cover & self.tied.covered, COVER))
            new_lefts, new_rights = np.concatenate(found_lefts), np.concatenate(found_rights)

    def _enter_middles(self, mark_left: BoolArray, mark_right: BoolArray) -> tuple[bool, bool]:
        """Note how the hub and the cover node lead to the newly found units; tell which of them is new."""
        tied, new_hub, new_cover = self.tied, False, False
        if self.hub_next is None:
            lefts = np.flatnonzero(mark_left & tied.left_hub & (tied.beyond < tied.net.spare))
            rights = np.flatnonzero(mark_right & tied.right_hub & (tied.right_load > 0))
            if len(lefts) or len(rights):
                self.hub_next, new_hub = ("left", int(lefts[0])) if len(lefts) else ("right", int(rights[0])), True
        if self.cover_next is None:
            lefts = np.flatnonzero(mark_left & tied.left_cover & tied.net.seeking & ~tied.covered)
            if len(lefts):
                self.cover_next, new_cover = int(lefts[0]), True
        return new_hub, new_cover

    def _follow_pairs(self, mark_left: BoolArray, mark_right: BoolArray) -> tuple[list[IntArray], list[IntArray]]:
        """Return the right units whose taken pairs, and the left units whose free pairs, lead to the newly found units."""
        net, taken, open_ = self.tied.net, self.tied.taken, self.tied.open
        back = np.flatnonzero(open_ & taken & mark_left[net.left] & ~self.right_seen[net.right])
        self.right_next[net.right[back]] = back
        ahead = np.flatnonzero(open_ & ~taken & mark_right[net.right] & ~self.left_seen[net.left])
        self.left_next[net.left[ahead]] = ahead
        rights, lefts = np.unique(net.right[back]), np.unique(net.left[ahead])
        self.right_seen[rights], self.left_seen[lefts] = True, True
        return [rights], [lefts]

    @staticmethod
    def _leave(leads: IntArray, seen: BoolArray, able: BoolArray, middle: int) -> IntArray:
        found = np.flatnonzero(able & ~seen)
        leads[found], seen[found] = middle, True
        return found

    def turn(self, pair: int) -> None:
        """Take a pair, and change the plan along the way from its right unit back to the left one."""
        tied, net = self.tied, self.tied.net
        side, unit = "right", int(net.right[pair])
        tied.taken[pair] = True
        tied.left_load[self.target] += 1
        tied.right_load[unit] += 1
        while (side, unit) != ("left", self.target):
            lead = int((self.left_next if side == "left" else self.right_next)[unit])
            if lead >= 0:
                change = 1 if side == "left" else -1
                tied.taken[lead] = change > 0
                tied.left_load[net.left[lead]] += change
                tied.right_load[net.right[lead]] += change
                side, unit = ("right", int(net.right[lead])) if side == "left" else ("left", int(net.left[lead]))
            elif lead == HUB and self.hub_next is not None:
                side, unit = self.hub_next
            elif self.cover_next is not None:
                side, unit = "left", self.cover_next
        tied.covered = tied.net.seeking & (tied.left_load > 0)
