"""What the units of one side need and how far the other side supplies it: offers, members' skills, lines of business."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from scipy import sparse

from queries.matching import kernels
from queries.matching.arrays import BoolArray, FloatArray, IntArray, Side, as_ints, join_ranges
from queries.matching.classes import Classes
from queries.words.services import load_words

SHARED_BYTES = 192 << 20  # distinct rows up to this size are written out, since every block of pairs looks into them

Answers = Mapping[str, frozenset[str]]  # which services a word answers


@dataclass(frozen=True)
class Supply:
    """How well each unit of a side supplies each service, as a sparse array (units × services), 0 where nothing is known."""

    table: sparse.csc_array

    @cached_property
    def by_unit(self) -> sparse.csr_array:
        """Return the array units × services in row order, by which the services of one unit are found quickly."""
        return self.table.tocsr()

    @cached_property
    def shared(self) -> tuple[IntArray, FloatArray] | None:
        """Return the distinct rows of the array units × services written out in full, and which row each unit has.

        The units' rows come first; row 0 supplies nothing. None where the array would take too much memory.
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
        """Return the number of services that each unit needs, as an array by unit."""
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
    """Return how well units supply services from a frame with unit, service, amount; of several rows the largest amount counts."""
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


@dataclass(frozen=True)
class Asks:
    """The needs of one side and the offers of the other side that meet them."""

    needs: Needs
    offers: Supply
    offering: BoolArray  # which units of the other side said what they offer
    answers: Answers
    wholly: Answers  # those of `answers` that an offered class meets not only in part

    def wanted(self, asking: int) -> list[str]:
        """Return the services that a unit needs."""
        return [self.needs.services[i] for i in self._numbers(asking)]

    def amounts(self, asking: int, giving: int) -> list[float]:
        """Return how far `giving` answers each service that `asking` needs."""
        table = self.offers.by_unit
        first, last = table.indptr[giving : giving + 2]
        found = dict(zip(table.indices[first:last].tolist(), table.data[first:last].tolist(), strict=True))
        return [found.get(i, 0.0) for i in self._numbers(asking)]

    def weights(self, asking: int) -> FloatArray:
        """Return the weight of each service that a unit needs."""
        weights: FloatArray = self.needs.weight[self.needs.start[asking] : self.needs.start[asking + 1]]
        return weights

    def _numbers(self, asking: int) -> list[int]:
        numbers: list[int] = self.needs.service[self.needs.start[asking] : self.needs.start[asking + 1]].tolist()
        return numbers


def make_asks(asking: Side, giving: Side, classes: Classes, idf: Mapping[str, float]) -> Asks:
    """Combine the needs of one side with the offers of the other, scored by how well an offered class serves a needed one."""
    wanted = make_needs(asking, classes.needs, idf)
    own = classes.offers.filter(pl.Series(giving.place(classes.offers["unit"]) >= 0))
    asked, given = (
        pl.Series(values, dtype=pl.String).implode() for values in (wanted.services, own["service"].unique())
    )
    fit = classes.fit.filter(pl.col("service").is_in(asked) & pl.col("word").is_in(given))
    supply = own.join(fit.rename({"word": "service", "service": "asked"}), on="service")
    supply = supply.select("unit", service="asked", amount=pl.col("availability") * pl.col("fit"))
    return Asks(
        wanted,
        make_supply(giving, supply, wanted.services),
        giving.has(own["unit"]),
        group_answers(fit),
        group_answers(fit.filter(pl.col("fit") == 1)),
    )


def group_answers(fit: pl.DataFrame) -> dict[str, frozenset[str]]:
    """Return the services that each offered word can meet, from a frame with columns word and service."""
    return {word: frozenset(services) for word, services in fit.group_by("word").agg("service").iter_rows()}


def compute_idf(left: Side, needs: pl.DataFrame) -> dict[str, float]:
    """Return the weight of each service, which is larger the fewer units need it (inverse document frequency).

    1 + ln((1 + N) ÷ (1 + n)): N units of the left side have needs, n need this service.
    It is taken over the left side alone, so that a unit that comes to the right side changes no other pair's score.
    """
    asked = needs.filter(pl.Series(left.place(needs["unit"]) >= 0)).select("unit", "service").unique()
    seekers = asked["unit"].n_unique()
    counts = dict(asked.group_by("service").len().iter_rows())
    return {
        service: 1 + float(np.log((1 + seekers) / (1 + counts.get(service, 0))))
        for service in needs["service"].unique().to_list()
    }


def make_helpers(right: Side, skills: pl.DataFrame, fit: pl.DataFrame, services: Sequence[str]) -> Supply:
    """Return for each unit and service the chance that at least one skilled member of the unit would help.

    1 − Π(1 − p) over the skilled members, p = participation · how well the skill fits the service.
    """
    refuses = (1 - load_words().participation * pl.col("fit")).log() * pl.col("members")
    # Sorted, since a sum of floats depends on the order of its terms in the last bits, and scores must repeat exactly.
    joined = skills.join(fit.rename({"word": "skill"}), on="skill").sort("employer", "service", "skill")
    chance = joined.group_by("employer", "service", maintain_order=True).agg(refuses.sum().alias("log"))
    return make_supply(right, chance.select("service", unit="employer", amount=1 - pl.col("log").exp()), services)


def make_sectors(right: Side, services: Sequence[str], fields: pl.DataFrame) -> Supply:
    """Return which services the line of business of each unit is at home in, by the fields of the services."""
    if "industry" not in right.units.columns:
        return Supply(sparse.csc_array((len(right), len(services))))
    section = right.units.select(unit="id", word=pl.col("industry").str.slice(0, 1).str.to_uppercase())
    home = [(section, field) for section, listed in load_words().sectors.items() for field in listed]
    fit = pl.DataFrame(home, schema={"word": pl.String, "field": pl.String}, orient="row").join(fields, on="field")
    at_home = section.join(fit.select("word", "service").unique(), on="word")
    return make_supply(right, at_home.select("unit", "service", amount=pl.lit(1.0)), services)
