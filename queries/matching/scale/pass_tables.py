"""What the signals that one compiled pass adds together read, as plain arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from queries.matching.arrays import BoolArray, FloatArray, IntArray, PairTable
from queries.matching.kernels.contract import Common, Demand, PassTables
from queries.matching.needs import Needs, Supply

if TYPE_CHECKING:
    from queries.matching.sides import Sides

LINE = 64  # bytes


def make_tables(sides: Sides) -> PassTables | None:
    """Return what the signals read of two sides; None where what units supply is too much to be written out."""
    asks, back, everybody = sides.asks, sides.asks_back, np.ones(len(sides.right), dtype=np.bool_)
    if any(supply.shared is None for supply in (asks.offers, back.offers, sides.helpers, sides.sectors)):
        return None
    offers, offers_back = _list_kinds(asks.offers, asks.offering), _list_kinds(back.offers, back.offering)
    helpers, sectors = _list_kinds(sides.helpers, sides.has_skills), _list_kinds(sides.sectors, everybody)
    of_right = _side_by_side(
        offers=offers.of_unit, helpers=helpers.of_unit, sectors=sectors.of_unit, size_root=sides.size_roots[1], attention=sides.attention,
        members=_none_where(sides.has_homes), closeness=_none_where(sides.has_shared[1]), record=sides.record,
    )  # fmt: skip

    def demand(needs: Needs, weight: FloatArray, amount: FloatArray, kind: IntArray) -> Demand:
        return Demand(_plain(needs.start), _plain(needs.service), _plain(weight), _plain(amount), kind)

    def common(table: PairTable, usual: FloatArray) -> Common:
        edges = np.arange(len(sides.left) + 1) * len(sides.right)
        start = np.searchsorted(table.keys, edges)
        return Common(start, table.keys - np.repeat(edges[:-1], np.diff(start)), _plain(table.values), usual)

    return PassTables(
        needs=demand(asks.needs, asks.needs.weight, offers.amount, of_right["offers"]),
        needs_back=demand(back.needs, back.needs.weight, offers_back.amount, _plain(offers_back.of_unit)),
        skills=demand(asks.needs, asks.needs.ones, helpers.amount, of_right["helpers"]),
        sectors=demand(asks.needs, asks.needs.ones, sectors.amount, of_right["sectors"]),
        members=common(sides.members_share, of_right["members"]),
        closeness=common(sides.closeness_share, of_right["closeness"]),
        record=common(sides.own_record, of_right["record"]),
        has_shared=_plain(sides.has_shared[0]),
        size_roots=(_plain(sides.size_roots[0]), of_right["size_root"]),
        attention=of_right["attention"],
        points=(_plain(sides.left.points), _plain(sides.right.points)),
    )


class _Kinds(NamedTuple):
    """The kinds of supply there are (services × kinds), and which one each unit has."""

    amount: FloatArray
    of_unit: npt.NDArray[np.int32]


def _list_kinds(supply: Supply, told: BoolArray) -> _Kinds:
    """Return the kinds of a supply; the last is that of the units of which nothing is `told`: NaN."""
    assert supply.shared is not None  # noqa: S101 - asked before
    of_unit, rows = supply.shared
    amount = np.vstack([rows, np.full((1, rows.shape[1]), np.nan)]).T
    return _Kinds(amount, np.where(told, of_unit, len(rows)).astype(np.int32))


def _none_where(known: BoolArray) -> FloatArray:
    return np.where(known, 0.0, np.nan)


def _side_by_side(**columns: Any) -> Any:
    """Return columns as views of one array in which all that is known of a unit lies in one line of the processor's memory."""
    formats = [column.dtype for column in columns.values()]
    rows = np.empty(
        len(next(iter(columns.values()))),
        np.dtype({"names": list(columns), "formats": formats, "itemsize": LINE}, align=True),
    )
    for name, column in columns.items():
        rows[name] = column
    return rows


def _plain(array: Any) -> Any:
    """Return an array of the one kind that kernels are compiled for: contiguous, writable."""
    return np.require(array, requirements=["C", "W"])
