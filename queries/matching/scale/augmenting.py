"""The exact solver compiled by numba: place by place of the left side, the cheapest way to fill it, moving others where that pays.

Successive shortest paths with Dijkstra's search under reduced costs (Ahuja, Magnanti and Orlin, Network Flows, 1993, ch. 9.7;
Jonker and Volgenant, 1987, for assignments): where few compete, a search ends after a unit or two. A place ends up with a right
unit that has room, unused (of what a left unit may take beyond the pair that covers it), or bare at the price of `bare`, which
outweighs any total. The potentials that steer the searches prove the plan.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import Any, NamedTuple

import numpy as np

from queries.matching.arrays import BoolArray, IntArray
from queries.matching.plans.flow_network import Network, Potentials, Solution
from queries.matching.scale.compiling import compiled

FAR = 1 << 62
NOTHING = -1


class _Pairs(NamedTuple):
    """A network as arrays: see `Network`; `first` and `slot` say where the pairs of a left and the places of a right unit begin."""

    first: IntArray
    left: IntArray
    right: IntArray
    weight: IntArray
    spare: IntArray
    seeking: BoolArray
    room: IntArray
    slot: IntArray
    holds: IntArray
    toll: int
    bare: int


class _Plan(NamedTuple):
    """A plan in the making: `held` are the pairs in the places of right units, `value` and `price` the potentials."""

    taken: BoolArray
    held: IntArray
    load: IntArray
    unused: IntArray
    uncovered: BoolArray
    value: IntArray
    price: IntArray


class _Search(NamedTuple):
    """One search: distance of each node (left units, then right ones), the pair that led to it, and which nodes were touched."""

    distance: IntArray
    by: IntArray
    done: BoolArray
    touched: IntArray


def solve_by_augmenting(network: Network, bare: int) -> Solution:
    """Solve a network; `bare` is what covering one more left unit is worth: more than any way through the network gains."""
    lefts, rights = len(network.left_capacity), len(network.right_capacity)
    slot = np.zeros(rights + 1, dtype=np.int64)
    np.cumsum(network.right_capacity, out=slot[1:])
    pairs = _Pairs(
        network.starts, network.left, network.right, network.weight, network.spare, network.seeking,
        network.right_capacity, slot, network.holds, network.toll, bare,
    )  # fmt: skip
    plan = _Plan(
        np.zeros(len(network.left), np.bool_), np.full(slot[-1], NOTHING), np.zeros(rights, np.int64), np.zeros(lefts, np.int64),
        np.zeros(lefts, np.bool_), np.zeros(lefts, np.int64), np.zeros(rights, np.int64),
    )  # fmt: skip
    nodes = lefts + rights
    search = _Search(np.full(nodes, FAR), np.full(nodes, NOTHING), np.zeros(nodes, np.bool_), np.zeros(nodes, np.int64))
    _fill(pairs, plan, search)
    return Solution(plan.taken, Potentials(plan.value, -plan.price, 0, -bare))


@compiled
def _fill(pairs: Any, plan: Any, search: Any) -> None:
    """Fill the places of every left unit, one by one."""
    heap = [(0, 0)]
    for left in range(len(pairs.spare)):
        best = 0 if pairs.spare[left] > 0 else -pairs.bare
        for pair in range(pairs.first[left], pairs.first[left + 1]):
            best = max(best, pairs.weight[pair])
        plan.value[left] = best
        for _ in range(pairs.spare[left] + pairs.seeking[left]):
            heap.clear()
            length, end, touched = _find_way(pairs, plan, search, heap, left)
            _turn(pairs, plan, search, end)
            _raise_prices(plan, search, length, touched)


@compiled
def _find_way(  # noqa: C901 -- in parts it takes half as long again: each call counts the references to every array
    pairs: Any, plan: Any, search: Any, heap: Any, root: int
) -> tuple[int, int, int]:
    """Return length and end of the shortest way from a left unit, and how many nodes it touched."""
    lefts, length, end, touched = len(pairs.spare), FAR, NOTHING, 1
    search.distance[root], search.by[root], search.touched[0] = 0, NOTHING, root
    heappush(heap, (0, root))
    while len(heap) > 0:
        distance, node = heappop(heap)
        if distance >= length:
            break
        if search.done[node]:
            continue
        search.done[node] = True
        if node >= lefts:  # whoever holds a place of this right unit might give it up
            right = node - lefts
            for place in range(pairs.slot[right], pairs.slot[right] + plan.load[right]):
                pair = plan.held[place]
                left = pairs.left[pair]
                reached = distance + pairs.weight[pair] - plan.price[right] - plan.value[left]
                if reached < length and reached < search.distance[left]:
                    if search.distance[left] == FAR:
                        search.touched[touched] = left
                        touched += 1
                    search.distance[left], search.by[left] = reached, pair
                    heappush(heap, (reached, left))
            continue
        value = distance + plan.value[node]
        if plan.unused[node] < pairs.spare[node]:
            if value < length:
                length, end = value, node
        elif pairs.seeking[node] and not plan.uncovered[node] and value + pairs.bare < length:
            length, end = value + pairs.bare, node
        for pair in range(pairs.first[node], pairs.first[node + 1]):
            right = pairs.right[pair]
            reached = value - pairs.weight[pair] + plan.price[right]
            if reached >= length or reached >= search.distance[lefts + right] or plan.taken[pair]:
                continue
            if search.distance[lefts + right] == FAR:
                search.touched[touched] = lefts + right
                touched += 1
            search.distance[lefts + right], search.by[lefts + right] = reached, pair
            if plan.load[right] < pairs.room[right]:
                whole = reached + (pairs.holds[right] + plan.load[right]) * pairs.toll - plan.price[right]
                if whole < length:
                    length, end = whole, lefts + right
            if reached < length:
                heappush(heap, (reached, lefts + right))
    return length, end, touched


@compiled
def _turn(pairs: Any, plan: Any, search: Any, end: int) -> None:
    """Change the plan along the way that was found, from its end back to where it began."""
    lefts, node = len(pairs.spare), end
    if node >= lefts:
        plan.load[node - lefts] += 1  # its last place holds NOTHING so far
    elif plan.unused[node] < pairs.spare[node]:
        plan.unused[node] += 1
    else:
        plan.uncovered[node] = True
    given_up = NOTHING
    while search.by[node] != NOTHING:
        pair = search.by[node]
        if node >= lefts:
            place = pairs.slot[node - lefts]
            while plan.held[place] != given_up:
                place += 1
            plan.held[place], plan.taken[pair] = pair, True
            node = pairs.left[pair]
        else:
            plan.taken[pair], given_up = False, pair
            node = lefts + pairs.right[pair]


@compiled
def _raise_prices(plan: Any, search: Any, length: int, touched: int) -> None:
    """Change the potentials of all that lies nearer than the end of the way, and forget the search."""
    lefts = len(plan.value)
    for node in search.touched[:touched]:
        nearer = length - search.distance[node]
        if nearer > 0:
            if node < lefts:
                plan.value[node] -= nearer
            else:
                plan.price[node - lefts] += nearer
        search.distance[node], search.done[node] = FAR, False
