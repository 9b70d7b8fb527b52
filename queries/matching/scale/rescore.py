"""After a few units changed, score only the left units that they can reach; the result equals a full run.

A right unit reaches a left one while it is among its candidates: one of its nearest, one of the nearest who offer what it needs, or
linked with it. `Standing` remembers how far each left unit had to look, so that who is reached is known without looking again.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from queries.matching.arrays import TIE, BoolArray, FloatArray, IntArray, PairTable
from queries.matching.blocks import best_partners
from queries.matching.candidates import Candidates, takes_every_pair
from queries.matching.score import Scored, join_scored
from queries.matching.sides import Sides
from queries.matching.signal import PairSpec
from queries.matching.weights import Weights


@dataclass(frozen=True)
class Standing:
    """The best `k` pairs of each left unit, and how far it looked for them (straight distances on the unit sphere).

    `reach` is how far the nearest of each left unit lie, `provider_reach` how far the nearest who offer each of its needs (aligned
    with `sides.asks.needs.service`); infinite where there are no more, or no position.
    """

    spec: PairSpec
    weights: Weights
    sides: Sides
    k: int
    best: Scored
    reach: FloatArray
    provider_reach: FloatArray

    def rescore(self, sides: Sides, changed: Collection[str]) -> tuple[Standing, IntArray]:
        """Return what stands on the sides as they are now, and the places of the left units that were scored again.

        `changed` are the ids of all units that a changed fact names. Where the left side or what it needs has changed, or every
        pair is a candidate, everything is scored again.
        """
        if _has_other_lefts(self.sides, sides) or any(takes_every_pair(s, len(s.left)) for s in (self.sides, sides)):
            return stand(self.spec, self.weights, sides, self.k), np.arange(len(sides.left))
        place = sides.right.place(self.sides.right.units["id"])
        reached = _differ(self.sides, sides, place)
        for one in (self.sides, sides):
            for unit in changed:
                left, right = one.left.find(unit), one.right.find(unit)
                if left is not None:
                    reached[left] = True
                if right is not None:
                    reached |= self._reached_by(one, right)
        lefts = np.flatnonzero(reached)
        anew = best_partners(self.spec, self.weights, sides, self.k, lefts)
        reach, provider_reach = self.reach.copy(), self.provider_reach.copy()
        entries = np.repeat(reached, sides.asks.needs.count)
        reach[lefts], provider_reach[entries] = Candidates(sides).reach(lefts)
        best = _merge(_move(self.best, ~reached, place), anew)
        return Standing(self.spec, self.weights, sides, self.k, best, reach, provider_reach), lefts

    def _reached_by(self, sides: Sides, unit: int) -> BoolArray:
        """Return which left units have a right unit among their candidates, or would have if it came to be where it is."""
        left, needs, rights = sides.left, sides.asks.needs, len(sides.right)
        distance = np.sqrt(((left.points - sides.right.points[unit]) ** 2).sum(axis=1))
        reached: BoolArray = distance <= self.reach * TIE * TIE
        linked = sides.linked[sides.linked % rights == unit]
        reached[linked // rights] = True
        offered = sides.asks.offers.by_unit[[unit], :].indices
        entry = np.flatnonzero(np.isin(needs.service, offered))
        owner = np.repeat(np.arange(len(left)), needs.count)[entry]
        # A distance that is not known is nobody's nearest by distance, but may be by id.
        near = ~(distance[owner] > self.provider_reach[entry] * TIE * TIE)
        reached[owner[near]] = True
        return reached


def stand(spec: PairSpec, weights: Weights, sides: Sides, k: int) -> Standing:
    """Return the best `k` pairs of each left unit with how far each had to look (a full run)."""
    best = best_partners(spec, weights, sides, k)
    return Standing(spec, weights, sides, k, best, *Candidates(sides).reach(np.arange(len(sides.left))))


def _has_other_lefts(before: Sides, after: Sides) -> bool:
    """Return whether the left side, or what it needs, is another one (its needs weigh more or less as others have them, too)."""
    old, new = before.asks.needs, after.asks.needs
    return not (
        before.left.units.equals(after.left.units)
        and list(old.services) == list(new.services)
        and all(np.array_equal(getattr(old, name), getattr(new, name)) for name in ("start", "service", "weight"))
    )


def _differ(before: Sides, after: Sides, place: IntArray) -> BoolArray:
    """Return which left units stand otherwise in a table of pairs: one who joins an activity changes what it says of the others.

    `place` is where each of the right units of before stands now.
    """
    differ = np.zeros(len(after.left), dtype=np.bool_)
    tables = [(before.homes, after.homes), (before.closeness, after.closeness)]
    for old, new in tables:
        for left in _differing_lefts(old, new, (place, len(before.right), len(after.right))):
            differ[left] = True
    for name, table in after.tables.items():
        differ |= table.differs_from(before.tables[name])
    return differ


def _differing_lefts(old: PairTable, new: PairTable, rights: tuple[IntArray, int, int]) -> list[IntArray]:
    """Return the left units of the pairs that one table has and the other has not or otherwise; `rights`: new places, counts."""
    place, count, new_count = rights
    left, right = np.divmod(old.keys, max(1, count))
    stays = place[right] >= 0 if len(right) else np.zeros(0, dtype=np.bool_)
    keys = left[stays] * new_count + place[right[stays]]  # ascending still: places follow ids on both sides
    moved = PairTable(keys, old.values[stays])
    if np.array_equal(keys, new.keys):  # most often only who is gone made a difference
        return [left[~stays], keys[moved.values != new.values] // max(1, new_count)]
    return [
        left[~stays],
        keys[new.spread(keys) != moved.values] // max(1, new_count),
        new.keys[moved.spread(new.keys) != new.values] // max(1, new_count),
    ]


def _move(best: Scored, stays: BoolArray, place: IntArray) -> Scored:
    """Return the pairs of the left units that stay as they are, with the places that their partners have now."""
    kept = best.take(np.flatnonzero(stays[best.left]))
    return replace(kept, right=place.take(kept.right))


def _merge(first: Scored, second: Scored) -> Scored:
    """Return two sets of scored pairs as one, ascending by left and right."""
    both = join_scored([first, second])
    return both.take(np.argsort(both.left, kind="stable"))
