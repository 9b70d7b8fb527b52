"""The rules that keep a pair from being proposed at all, before any score."""

from __future__ import annotations

import numpy as np

from queries.matching.arrays import BoolArray
from queries.matching.pairs import Pairs
from queries.matching.signal import rule
from queries.pairing import reasons


@rule(reasons.tell_in_force)
def already_in_force(pairs: Pairs) -> BoolArray:
    """Exclude pairs that have an agreement in force."""
    return pairs.are_in(pairs.sides.in_force)


@rule(reasons.tell_accepted)
def already_accepted(pairs: Pairs) -> BoolArray:
    """Exclude pairs that were accepted and await their agreement."""
    return pairs.are_in(pairs.sides.accepted)


@rule(reasons.tell_ended)
def ended_in_dissatisfaction(pairs: Pairs) -> BoolArray:
    """Exclude pairs whose agreement was ended and rated as not satisfying."""
    return pairs.are_in(pairs.sides.ended_badly)


@rule(reasons.tell_forbidden)
def forbidden(pairs: Pairs) -> BoolArray:
    """Exclude pairs that a decision or the asker forbids."""
    sides = pairs.sides
    banned = set(sides.facts.declined.iter_rows()) | pairs.limits.forbidden
    places = [
        (sides.left.places.get(a), sides.right.places.get(b))
        for one, other in banned
        for a, b in ((one, other), (other, one))
    ]
    keys = [left * len(sides.right) + right for left, right in places if left is not None and right is not None]
    return np.isin(pairs.keys, np.array(keys, dtype=np.int64)) if keys else np.zeros(len(pairs), dtype=np.bool_)


@rule(reasons.tell_full)
def over_capacity(pairs: Pairs) -> BoolArray:
    """Exclude pairs with a unit whose agreements in force use up its places, where the asker set a limit."""
    left_busy, right_busy = pairs.sides.busy
    full = np.zeros(len(pairs), dtype=np.bool_)
    if pairs.limits.left_capacity is not None:
        full |= left_busy[pairs.left] >= pairs.limits.left_capacity
    if pairs.limits.right_capacity is not None:
        full |= right_busy[pairs.right] >= pairs.limits.right_capacity
    return full


@rule(reasons.tell_same_unit)
def same_unit(pairs: Pairs) -> BoolArray:
    """Exclude pairs behind which one and the same unit stands."""
    left, right = pairs.sides.owner_numbers
    same: BoolArray = left[pairs.left] == right[pairs.right]
    return same


@rule(reasons.tell_unserved)
def unserved(pairs: Pairs) -> BoolArray:
    """Exclude pairs of which neither side serves anything that the other needs: what is of another class is never proposed."""
    served = np.zeros(len(pairs), dtype=np.bool_)
    for asks, asking, giving in (
        (pairs.sides.asks, pairs.left, pairs.right), (pairs.sides.asks_back, pairs.right, pairs.left),
    ):  # fmt: skip
        served |= asks.needs.weigh(asks.offers, asking, giving) > 0
    return ~served


RULES = (already_in_force, already_accepted, ended_in_dissatisfaction, forbidden, over_capacity)
