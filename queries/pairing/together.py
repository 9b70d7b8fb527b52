"""What the signals that one compiled pass adds together read, as plain arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from queries.pairing.arrays import BoolArray, FloatArray, PairTable
from queries.pairing.kernels.contract import Common, Demand, Tables
from queries.pairing.needs import Needs, Supply

if TYPE_CHECKING:
    from queries.pairing.sides import Sides


def make_tables(sides: Sides) -> Tables | None:
    """Return what the signals read of two sides; None where what units supply is too much to be written out."""
    asks, back, everybody = sides.asks, sides.asks_back, np.ones(len(sides.right), dtype=np.bool_)
    if any(supply.shared is None for supply in (asks.offers, back.offers, sides.helpers, sides.sectors)):
        return None

    def common(table: PairTable, usual: FloatArray) -> Common:
        edges = np.arange(len(sides.left) + 1) * len(sides.right)
        start = np.searchsorted(table.keys, edges)
        return Common(start, table.keys - np.repeat(edges[:-1], np.diff(start)), _plain(table.values), _plain(usual))

    def none_where(known: BoolArray) -> FloatArray:
        return np.where(known, 0.0, np.nan)

    return Tables(
        needs=_demand(asks.needs, asks.needs.weight, asks.offers, asks.offering),
        needs_back=_demand(back.needs, back.needs.weight, back.offers, back.offering),
        skills=_demand(asks.needs, asks.needs.ones, sides.helpers, sides.has_skills),
        sectors=_demand(asks.needs, asks.needs.ones, sides.sectors, everybody),
        members=common(sides.members_share, none_where(sides.has_homes)),
        closeness=common(sides.closeness_share, none_where(sides.has_shared[1])),
        record=common(sides.own_record, sides.record),
        has_shared=_plain(sides.has_shared[0]),
        size=(_plain(sides.sizes[0]), _plain(sides.sizes[1])),
        crowd=_plain(sides.crowd),
    )


def _demand(needs: Needs, weight: FloatArray, supply: Supply, told: BoolArray) -> Demand:
    assert supply.shared is not None  # noqa: S101 - asked before
    return Demand(*map(_plain, (needs.start, needs.service, weight, *supply.shared, told)))


def _plain(array: Any) -> Any:
    """Return an array of the one kind that kernels are compiled for: contiguous, writable."""
    return np.require(array, requirements=["C", "W"])
