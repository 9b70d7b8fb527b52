"""Several signals of a left unit's pairs measured and added in one compiled pass, in little memory that stays near.

The sums are whole billionths and bits, so they are those of the signals' own functions, whatever is added first.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from queries.matching.arrays import BILLION, FloatArray, IntArray
from queries.matching.distance import HALVINGS, NEARBY, halve, nearness, sum_series
from queries.matching.kernels.contract import Best, PassTables, Runs, Terms, Together
from queries.matching.scale.compiling import compiled
from queries.matching.scale.first import is_among, list_able, rank

_sum_series, _halve, _nearness = compiled(sum_series), compiled(halve), compiled(nearness)


class _Together:
    """What adds several signals in one pass (see `Together`)."""

    def add(self, sums: tuple[FloatArray, IntArray], runs: Runs, tables: PassTables, terms: Terms) -> None:
        """Add to the sums of pairs."""
        _add_runs(sums, runs, tables, terms)

    def best(self, runs: Runs, tables: PassTables, terms: Terms, keep: tuple[int, int]) -> Best:
        """Return the best pairs of each run (see `Together.best`)."""
        return Best(*_find_best(runs, tables, terms, tuple(keep)))


TOGETHER: Together = _Together()


@compiled
def _add_runs(sums: Any, runs: Any, tables: Any, terms: Any) -> None:
    (scores, bits), (lefts, edges, right) = sums, runs
    room = _make_room(edges)
    for run in range(len(lefts)):
        begin, end = edges[run], edges[run + 1]
        _add_signals((scores[begin:end], bits[begin:end]), (lefts[run], right[begin:end]), tables, terms, room)


@compiled
def _find_best(runs: Any, tables: Any, terms: Any, keep: Any) -> Any:
    """Add up and thin out a run at a time, so that sums lie in the nearest cache and what is not kept is never written down."""
    (lefts, edges, right), (most, rights) = runs, keep
    longest = np.diff(edges).max() if len(edges) > 1 else 0
    room, able, turn = _make_room(edges), np.empty(longest, np.int64), np.empty(longest, np.int64)
    scores, bits, top, turns = np.empty(longest), np.empty(longest, np.int64), np.empty(most), np.empty(most, np.int64)
    size, most_kept = 0, min(len(right), most * len(lefts)) + 1  # one more is written, and left, after the last
    ends, kept = np.zeros(len(edges), np.int64), np.empty(most_kept, np.int64)
    score, known = np.empty(most_kept), np.empty(most_kept, np.int64)
    for run in range(len(lefts)):
        others = right[edges[run] : edges[run + 1]]
        own, own_bits = scores[: len(others)], bits[: len(others)]
        own[:], own_bits[:] = 0.0, 0
        _add_signals((own, own_bits), (lefts[run], others), tables, terms, room)
        few = list_able(own, top, able) if len(others) > most else np.arange(len(others))
        for i in few:
            turn[i] = (others[i] - lefts[run]) % rights if rights else others[i]
        if len(others) > most:
            rank(few, own, turn, top, turns)
        for i in few:
            kept[size], score[size], known[size] = others[i], own[i], own_bits[i]
            size += len(others) <= most or is_among(own[i], turn[i], top, turns)
        ends[run + 1] = size
    return ends, kept[:size], score[:size], known[:size]


@compiled
def _make_room(edges: Any) -> Any:
    """Return room for the values, sizes, kinds and places of the pairs of one run."""
    longest = np.diff(edges).max() if len(edges) > 1 else 0
    # Without a sign no loop has to ask whether a place counts from the end.
    return np.empty(longest), np.empty(longest), np.empty(longest, np.uint32), np.empty(longest, np.uint32)


@compiled
def _add_signals(sums: Any, run: Any, tables: Any, terms: Any, room: Any) -> None:
    """Add the signals of one run, in the order of `ADDED`; NaN is what is not known."""
    (one, right), (values, sizes, kinds, places) = run, room
    others, values = places[: len(right)], values[: len(right)]
    others[:] = right
    _supply(tables.needs, one, others, values, kinds, sizes)
    _add(sums, values, terms, 0)
    _supply_back(tables.needs_back, one, others, values)
    _add(sums, values, terms, 1)
    _supply(tables.skills, one, others, values, kinds, sizes)
    _add(sums, values, terms, 2)
    _supply(tables.sectors, one, others, values, kinds, sizes)
    _fit((tables.size_roots[0][one], tables.size_roots[1], tables.attention), others, values, sizes)
    _add(sums, values, terms, 3)
    _look_up(tables.members, one, others, values)
    _add(sums, values, terms, 4)
    _look_up(tables.closeness, one, others, values)
    if not tables.has_shared[one]:
        values[:] = np.nan
    _add(sums, values, terms, 5)
    _look_up(tables.record, one, others, values)
    _add(sums, values, terms, 6)
    _near((tables.points[0][one], tables.points[1]), others, values)
    _add(sums, values, terms, 7)


@compiled
def _add(sums: Any, values: Any, terms: Any, place: int) -> None:
    score, known = sums
    weight, bit = terms.weight[place], terms.bit[place]
    usual = np.rint(terms.prior[place] * weight * BILLION)
    for i in range(len(values)):
        here = not np.isnan(values[i])
        score[i] += np.rint(values[i] * weight * BILLION) if here else usual
        known[i] |= bit if here else 0


@compiled
def _supply(demand: Any, asking: int, giving: Any, values: Any, kinds: Any, room: Any) -> None:
    """Set the mean of what each unit supplies over the needs of one.

    What is read from afar is gathered first, here and below: the loops that calculate then take many pairs at a time.
    """
    start, service, weight, amount, kind = demand
    for i in range(len(giving)):
        kinds[i] = kind[giving[i]]
    few = amount.shape[1] <= len(giving)  # kinds: then each is weighed once, and not every unit
    means = room[: amount.shape[1]] if few else values
    means[:], total = 0.0, 0.0
    for at in range(start[asking], start[asking + 1]):
        amounts, w = amount[service[at]], weight[at]
        total += w
        if few:
            for i in range(len(means)):
                means[i] += w * amounts[i]
        else:
            for i in range(len(means)):
                means[i] += w * amounts[kinds[i]]
    for i in range(len(means)):
        means[i] /= total
    if few:
        for i in range(len(values)):
            values[i] = means[kinds[i]]


@compiled
def _supply_back(demand: Any, giving: int, asking: Any, values: Any) -> None:
    """Set the mean of what one unit supplies over the needs of each."""
    start, service, weight, amount, kind = demand
    values[:] = np.nan
    if not len(service):
        return
    supplied = amount[:, kind[giving]]
    for i in range(len(asking)):
        met = total = 0.0
        for at in range(start[asking[i]], start[asking[i] + 1]):
            met += weight[at] * supplied[service[at]]
            total += weight[at]
        values[i] = met / total


@compiled
def _fit(sizes: Any, right: Any, values: Any, room: Any) -> None:
    """Set how sector and size fit (see `signals.sector_fit`), where the values say how far the sector is at home."""
    own, others, attention = sizes
    for i in range(len(right)):
        room[i] = others[right[i]]
    for i in range(len(right)):
        home = 0.0 if np.isnan(values[i]) else values[i]
        smaller = own if own < room[i] else room[i]
        larger = room[i] if own < room[i] else own
        values[i] = (0.5 + 0.5 * home) * (smaller / larger)  # NaN where either is
    for i in range(len(right)):
        values[i] *= attention[right[i]]


@compiled
def _look_up(common: Any, left: int, right: Any, values: Any) -> None:
    """Set the number that a table has for each pair, what is usual for the right unit where it has none."""
    start, units, numbers, usual = common
    for i in range(len(right)):
        values[i] = usual[right[i]]
    for at in range(start[left], start[left + 1]):
        place = np.searchsorted(right, units[at])
        if place < len(right) and right[place] == units[at]:
            values[place] = numbers[at]


@compiled
def _near(points: Any, right: Any, values: Any) -> None:
    """Set how near each unit is (see `distance.square_arcs`)."""
    own, others = points
    far = 0
    for i in range(len(right)):
        x, y, z = own[0] - others[right[i], 0], own[1] - others[right[i], 1], own[2] - others[right[i], 2]
        values[i] = (x * x + y * y) + z * z
        far += values[i] > NEARBY
    if far:
        for i in range(len(right)):
            is_far = values[i] > NEARBY
            arc = 4**HALVINGS * _sum_series(_halve(values[i])) if is_far else _sum_series(values[i])
            values[i] = _nearness(arc)
    else:
        for i in range(len(right)):
            values[i] = _nearness(_sum_series(values[i]))
