"""What the units of a side need, as arrays, and how well the supply of the other side meets it, pair by pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from scipy import sparse

from queries.matching import kernels
from queries.matching.arrays import FloatArray, IntArray, Side, as_ints, join_ranges

SHARED_BYTES = 192 << 20  # distinct rows up to this size are written out, since every block of pairs looks into them


@dataclass(frozen=True)
class Supply:
    """How far each unit of a side answers each service: units × services, 0 where nothing is known."""

    table: sparse.csc_array

    @cached_property
    def by_unit(self) -> sparse.csr_array:
        """Return the same, row by row."""
        return self.table.tocsr()

    @cached_property
    def shared(self) -> tuple[IntArray, FloatArray] | None:
        """Return the distinct rows with every 0 written out, and which one each unit has, first; None where that takes too much memory.

        Many units supply the same, so that the rows are few and what all pairs look into stays near.
        """
        table, of_unit = self.by_unit, np.zeros(self.table.shape[0], dtype=np.int64)  # row 0: nothing at all
        unit = np.repeat(np.arange(len(of_unit)), np.diff(table.indptr))
        cells = pl.DataFrame({"unit": unit, "service": table.indices, "amount": table.data})
        alike = cells.group_by("unit", maintain_order=True).agg("service", "amount")
        alike = alike.group_by("service", "amount", maintain_order=True).agg("unit").with_row_index("row", 1)
        if 8 * (alike.height + 1) * self.table.shape[1] > SHARED_BYTES:
            return None
        units, cells = alike.explode("unit"), alike.explode("service", "amount")
        of_unit[units["unit"].to_numpy()] = units["row"].to_numpy()
        rows = np.zeros((alike.height + 1, self.table.shape[1]))
        rows[cells["row"].to_numpy(), cells["service"].to_numpy()] = cells["amount"].to_numpy()
        return of_unit, rows


@dataclass(frozen=True)
class Needs:
    """What the units of a side need: unit i needs `service[start[i]:start[i + 1]]`, with weights; `services` are the words."""

    services: Sequence[str]
    start: IntArray
    service: IntArray
    weight: FloatArray

    @cached_property
    def count(self) -> IntArray:
        """Return how many services each unit needs."""
        return np.diff(self.start)

    def weigh(self, supply: Supply, asking: IntArray, giving: IntArray, even: bool = False) -> FloatArray:
        """Return for each pair the mean of what `giving` supplies (units × services) over the needs of `asking`; NaN without needs."""
        weight = self.ones if even else self.weight
        if supply.shared is not None:
            of_unit, rows = supply.shared
            return kernels.current().weigh((asking, of_unit[giving]), (self.start, self.service, weight), rows)
        units, row = np.unique(giving, return_inverse=True)
        columns, place = self._used_columns(supply, asking, units)
        return kernels.current().weigh((asking, row), (self.start, place[self.service], weight), columns)

    @cached_property
    def ones(self) -> FloatArray:
        """Return weights by which every need counts the same."""
        return np.ones(len(self.service))

    def _used_columns(self, supply: Supply, asking: IntArray, giving: IntArray) -> tuple[FloatArray, IntArray]:
        """Return what some units supply, by columns, and which one each service has; what nobody has or asks for shares one of zeros."""
        units = np.flatnonzero(np.bincount(asking, minlength=len(self.count)))
        asked = np.zeros(len(self.services), dtype=np.bool_)
        asked[self.service[join_ranges(self.start[units], self.count[units])]] = True
        used = np.flatnonzero(asked & (np.diff(supply.table.indptr) > 0))
        place = np.full(len(self.services), len(used), dtype=np.int64)
        place[used] = np.arange(len(used))
        return np.hstack([supply.by_unit[giving][:, used].toarray(), np.zeros((len(giving), 1))]), place


def make_needs(side: Side, needs: pl.DataFrame, idf: Mapping[str, float]) -> Needs:
    """Return the needs of a side from a frame unit, service, urgency; weight = idf·urgency, of several rows the most urgent."""
    frame = needs.with_columns(place=pl.Series(side.place(needs["unit"]), dtype=pl.Int64)).filter(pl.col("place") >= 0)
    frame = frame.group_by("place", "service").agg(pl.col("urgency").max()).sort("place", "service")
    services = frame["service"].unique().sort().to_list()
    number = {service: i for i, service in enumerate(services)}
    start = np.searchsorted(frame["place"].to_numpy(), np.arange(len(side) + 1)).astype(np.int64)
    service = as_ints(frame["service"].replace_strict(number, default=None, return_dtype=pl.Int64))
    weight = np.array([idf[s] for s in services], dtype=np.float64)
    return Needs(services, start, service, weight[service] * frame["urgency"].to_numpy())


def make_supply(side: Side, supply: pl.DataFrame, services: Sequence[str]) -> Supply:
    """Return units × services from a frame unit, service, amount; of several rows the largest amount."""
    number = {service: i for i, service in enumerate(services)}
    frame = supply.with_columns(
        place=pl.Series(side.place(supply["unit"]), dtype=pl.Int64),
        column=supply["service"].replace_strict(number, default=-1, return_dtype=pl.Int64),
    )
    frame = (
        frame.filter((pl.col("place") >= 0) & (pl.col("column") >= 0))
        .group_by("place", "column")
        .agg(pl.col("amount").max())
        .sort("place", "column")
    )
    cells = (frame["amount"].cast(pl.Float64).to_numpy(), (as_ints(frame["place"]), as_ints(frame["column"])))
    return Supply(sparse.csc_array(cells, shape=(len(side), len(services))))
