"""The rules that keep a pair from being proposed at all, before any score."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.texts import Said
from queries.answers.arguments import Between
from queries.matching import kernels
from queries.matching.arrays import BoolArray
from queries.matching.distance import square_chord
from queries.matching.pairs import Pairs
from queries.matching.signal import rule
from queries.pairing import reasons

REACH_KM = 50.0  # across a large district; who is farther away sends nobody over for an afternoon
Reach = Annotated[
    float, Between(1, 20_038), Said("相距多少公里以内才可结对", "how far apart two units may be to be paired, in km")
]


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
    """Return a mask of the pairs to leave out because neither unit offers a service of a kind that the other needs."""
    served = np.zeros(len(pairs), dtype=np.bool_)
    for asks, asking, giving in (
        (pairs.sides.asks, pairs.left, pairs.right), (pairs.sides.asks_back, pairs.right, pairs.left),
    ):  # fmt: skip
        served |= asks.needs.weigh(asks.offers, asking, giving) > 0
    return ~served


@rule(reasons.tell_out_of_reach)
def out_of_reach(pairs: Pairs) -> BoolArray:
    """Exclude pairs that are farther apart than the asker's reach; a position that is not known excludes nobody."""
    reach = pairs.limits.reach_km
    if reach is None:
        return np.zeros(len(pairs), dtype=np.bool_)
    points = (pairs.sides.left.points, pairs.sides.right.points)
    far: BoolArray = kernels.current().square_chords((pairs.left, pairs.right), points) > square_chord(reach)
    return far


@rule(reasons.tell_silent)
def reported_nothing(pairs: Pairs) -> BoolArray:
    """Exclude units of the side that is chosen among which reported nothing: what is not known must not win."""
    if pairs.limits.heard is None:
        return np.zeros(len(pairs), dtype=np.bool_)
    left, right = pairs.sides.silent
    return left[pairs.left] if pairs.limits.heard == "left" else right[pairs.right]


RULES = (
    already_in_force, already_accepted, ended_in_dissatisfaction, forbidden, over_capacity, out_of_reach, reported_nothing,
)  # fmt: skip
