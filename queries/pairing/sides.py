"""The two sides of a pairing as arrays: everything that signals and rules read, made once per snapshot and asker's role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from scipy import sparse

from queries.facts import Facts
from queries.pairing.arrays import BoolArray, FloatArray, Needs, PairTable, Side, make_needs, make_side, make_supply, pair_table
from queries.pairing.words import fit_sectors, fit_services, fit_skills, load_words, usual_services

Count = Callable[[int], int | None]  # a number of members as the asker may see it
HALF_LIFE_YEARS = 3.0
LARGEST_SHARED = 200  # units; what more of them share says nothing about any two


@dataclass(frozen=True)
class Asks:
    """The needs of one side and what the other supplies for them (units × services)."""

    needs: Needs
    offers: sparse.csc_array
    offering: BoolArray  # which units of the other side said what they offer
    fit: pl.DataFrame  # word, service: which word of an offer answers which need

    @cached_property
    def answers(self) -> dict[str, frozenset[str]]:
        """Return the needed services that each offered word answers."""
        return {word: frozenset(services) for word, services in self.fit.group_by("word").agg("service").iter_rows()}

    @cached_property
    def _by_unit(self) -> sparse.csr_array:
        return self.offers.tocsr()

    def wanted(self, asking: int) -> list[str]:
        """Return the services that a unit needs."""
        return [self.needs.services[i] for i in self._numbers(asking)]

    def amounts(self, asking: int, giving: int) -> list[float]:
        """Return how far `giving` answers each service that `asking` needs."""
        row = self._by_unit[[giving], :].toarray()[0]
        return [float(row[i]) for i in self._numbers(asking)]

    def _numbers(self, asking: int) -> list[int]:
        numbers: list[int] = self.needs.service[self.needs.start[asking] : self.needs.start[asking + 1]].tolist()
        return numbers


@dataclass(frozen=True)
class Sides:
    """Left chooses, right is chosen; tables are by pair, arrays by unit of the right side.

    `homes` counts members as the asker may see them; `helpers` is the chance that a member of a right unit helps with a service.
    """

    facts: Facts
    count: Count
    left: Side
    right: Side
    needs: pl.DataFrame  # of the facts, with the usual word for each service
    offers: pl.DataFrame
    asks: Asks
    asks_back: Asks
    helpers: sparse.csc_array
    has_skills: BoolArray
    sectors: sparse.csc_array
    homes: PairTable
    has_homes: BoolArray
    skill_counts: pl.DataFrame  # right, skill, members (as the asker may see them)
    signed: pl.DataFrame  # left, right, agreement and its columns; one row a pair and agreement
    ratings: pl.DataFrame  # right, agreement, value, recency
    closeness: PairTable
    shared_left: BoolArray
    shared_right: BoolArray

    @cached_property
    def in_force(self) -> PairTable:
        """Return the pairs with an agreement in force."""
        return self.pairs_where(pl.col("in_force"))

    @cached_property
    def busy(self) -> tuple[FloatArray, FloatArray]:
        """Return how many agreements in force each unit of the left and the right side has."""
        frame = self.signed.filter("in_force").select("left", "right", "agreement")
        counts = [np.bincount(frame.select(side, "agreement").unique()[side].to_numpy(), minlength=size) for side, size in (("left", len(self.left)), ("right", len(self.right)))]
        return counts[0].astype(np.float64), counts[1].astype(np.float64)

    @cached_property
    def own_ratings(self) -> tuple[PairTable, PairTable]:
        """Return Σ recency and Σ recency·rating over each pair's own rated agreements."""
        own = self.ratings.join(self.signed.select("left", "right", "agreement"), on=["right", "agreement"])
        cells = own["left"].to_numpy(), own["right"].to_numpy()
        recency, value = own["recency"].to_numpy(), own["value"].to_numpy()
        return pair_table(*cells, recency, len(self.right)), pair_table(*cells, recency * value, len(self.right))

    @property
    def hides_few(self) -> bool:
        """Tell whether the asker may not see small numbers of members."""
        return self.count(1) is None

    def pairs_where(self, chosen: pl.Expr) -> PairTable:
        """Return the pairs whose agreements are `chosen`, with how many they are."""
        frame = self.signed.filter(chosen)
        return pair_table(frame["left"].to_numpy(), frame["right"].to_numpy(), np.ones(frame.height), len(self.right))


def make_sides(facts: Facts, labels: tuple[str, str], count: Count) -> Sides:
    """Return the sides of a pairing of two labels, with members counted as `count` allows."""
    left, right = make_side(facts.units, labels[0]), make_side(facts.units, labels[1])
    needs = facts.needs.with_columns(usual_services(facts.needs["service"]))
    offers = facts.offers.with_columns(usual_services(facts.offers["service"]))
    idf = _idf(left, needs)
    asks, asks_back = _asks(left, right, needs, offers, idf), _asks(right, left, needs, offers, idf)
    skills = facts.skills.with_columns(visible(facts.skills["members"], count))
    homes = facts.homes.with_columns(visible(facts.homes["members"], count))
    table = pair_table(left.place(homes["community"]), right.place(homes["employer"]), homes["members"].to_numpy().astype(np.float64), len(right))
    signed = _signed(facts, left, right)
    return Sides(
        facts=facts, count=count, left=left, right=right, needs=needs, offers=offers, asks=asks, asks_back=asks_back,
        helpers=_helpers(right, skills, asks.needs.services), has_skills=_has(right, facts.skills["employer"]),
        sectors=_sectors(right, asks.needs.services), homes=table, has_homes=_has(right, facts.homes["employer"]),
        skill_counts=skills, signed=signed, ratings=_ratings(facts, right), closeness=_closeness(facts, left, right),
        shared_left=_has(left, facts.shared["unit"]), shared_right=_has(right, facts.shared["unit"]),
    )  # fmt: skip


def visible(members: pl.Series, count: Count) -> pl.Series:
    """Return numbers of members as the asker may see them; one that is hidden counts as none."""
    seen = {n: count(n) or 0 for n in members.unique().to_list()}
    return members.replace_strict(seen, default=0, return_dtype=pl.Int64) if seen else members


def _has(side: Side, units: pl.Series) -> BoolArray:
    place = side.place(units.unique())
    known = np.zeros(len(side), dtype=np.bool_)
    known[place[place >= 0]] = True
    return known


def _idf(left: Side, needs: pl.DataFrame) -> dict[str, float]:
    """Return 1 + ln((1 + N) ÷ (1 + n)) for each service: N units of the left side have needs, n need this one.

    It is taken over the left side alone, so that a unit that comes to the right side changes no other pair's score.
    """
    asked = needs.filter(pl.Series(left.place(needs["unit"]) >= 0)).select("unit", "service").unique()
    seekers = asked["unit"].n_unique()
    counts = dict(asked.group_by("service").len().iter_rows())
    return {service: 1 + float(np.log((1 + seekers) / (1 + counts.get(service, 0)))) for service in needs["service"].unique().to_list()}


def _asks(asking: Side, giving: Side, needs: pl.DataFrame, offers: pl.DataFrame, idf: dict[str, float]) -> Asks:
    wanted = make_needs(asking, needs, idf)
    own = offers.filter(pl.Series(giving.place(offers["unit"]) >= 0))
    fit = fit_services(own["service"].unique().to_list(), wanted.services)
    supply = own.join(fit.rename({"word": "service", "service": "asked"}), on="service")
    supply = supply.select("unit", service="asked", amount=pl.col("availability") * pl.col("fit"))
    return Asks(wanted, make_supply(giving, supply, wanted.services), _has(giving, own["unit"]), fit)


def _helpers(right: Side, skills: pl.DataFrame, services: Any) -> sparse.csc_array:
    """Return 1 − Π(1 − p) over the skilled members of a unit: p = participation · how well the skill fits the service."""
    fit = fit_skills(skills["skill"].unique().to_list(), services).rename({"word": "skill"})
    refuses = (1 - load_words().participation * pl.col("fit")).log() * pl.col("members")
    chance = skills.join(fit, on="skill").sort("employer", "service", "skill").group_by("employer", "service", maintain_order=True).agg(refuses.sum().alias("log"))
    return make_supply(right, chance.select(pl.col("employer").alias("unit"), "service", amount=1 - pl.col("log").exp()), services)


def _sectors(right: Side, services: Any) -> sparse.csc_array:
    section = right.units.select(unit="id", word=pl.col("industry").str.slice(0, 1).str.to_uppercase()) if "industry" in right.units.columns else None
    if section is None:
        return sparse.csc_array((len(right), len(services)))
    fit = fit_sectors(section["word"].drop_nulls().unique().to_list(), services)
    return make_supply(right, section.join(fit, on="word").select("unit", "service", amount="fit"), services)


def _signed(facts: Facts, left: Side, right: Side) -> pl.DataFrame:
    first = facts.signers.filter(pl.col("label") == left.label).select("agreement", left_id="unit")
    second = facts.signers.filter(pl.col("label") == right.label).select("agreement", right_id="unit")
    pairs = first.join(second, on="agreement").filter(pl.col("left_id") != pl.col("right_id"))
    pairs = pairs.join(facts.agreements.rename({"id": "agreement"}), on="agreement")
    pairs = pairs.with_columns(left=pl.Series(left.place(pairs["left_id"])), right=pl.Series(right.place(pairs["right_id"])))
    return pairs.filter((pl.col("left") >= 0) & (pl.col("right") >= 0)).sort("left", "right", "agreement")


def _ratings(facts: Facts, right: Side) -> pl.DataFrame:
    """Return the rated agreements of each right unit, with what the rating is worth and how recent it is (half after three years)."""
    worth = load_words().ratings
    rated = facts.agreements.filter(pl.col("rating").is_in(list(worth)) & (pl.col("signed").fill_null(facts.as_of) <= facts.as_of))
    years = (pl.lit(facts.as_of) - pl.col("signed")).dt.total_days() / 365.25
    rated = rated.with_columns(
        value=pl.col("rating").replace_strict(worth, default=None, return_dtype=pl.Float64),
        recency=pl.lit(0.5).pow(years.fill_null(HALF_LIFE_YEARS) / HALF_LIFE_YEARS),
    )
    own = facts.signers.filter(pl.col("label") == right.label).join(rated.rename({"id": "agreement"}), on="agreement")
    own = own.with_columns(right=pl.Series(right.place(own["unit"])))
    return own.filter(pl.col("right") >= 0).sort("right", "agreement")


def _closeness(facts: Facts, left: Side, right: Side) -> PairTable:
    """Return Adamic-Adar's measure of pairs: Σ 1 ÷ ln(1 + units) over the activities and resources that both had to do with."""
    links = facts.shared.select("unit", "thing").unique()
    sizes = links.group_by("thing").len("size").filter(pl.col("size").is_between(2, LARGEST_SHARED)).sort("thing").with_row_index("column")
    links = links.join(sizes, on="thing").sort("column", "unit")
    measure = [_incidence(side, links, 1 / np.log1p(links["size"].to_numpy()) if side is left else np.ones(links.height), sizes.height) for side in (left, right)]
    common = (measure[0] @ measure[1].T).tocoo()
    rows, columns = common.coords
    return pair_table(rows.astype(np.int64), columns.astype(np.int64), common.data, len(right))


def _incidence(side: Side, links: pl.DataFrame, values: FloatArray, things: int) -> sparse.csr_array:
    place = side.place(links["unit"])
    inside = place >= 0
    columns = links["column"].to_numpy().astype(np.int64)[inside]
    return sparse.csr_array((values[inside], (place[inside], columns)), shape=(len(side), things))
