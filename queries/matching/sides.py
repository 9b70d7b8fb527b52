"""The two sides of a pairing as arrays: everything that signals and rules read, made once per snapshot and asker's role."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from graph.state_vocabulary import CANCELLED
from queries.matching import kernels
from queries.matching.arrays import (
    BoolArray,
    FloatArray,
    IntArray,
    PairTable,
    Side,
    make_side,
    pair_table,
    sort_distinct,
)
from queries.matching.classes import read_classes
from queries.matching.group_tables import GroupTable, Rows, make_group_table
from queries.matching.nearest import NearestSearch, ProviderSearches
from queries.matching.needs import (
    Answers,
    Asks,
    Supply,
    compute_idf,
    group_answers,
    make_asks,
    make_helpers,
    make_sectors,
)
from queries.matching.past import join_agreements, measure_closeness, rate_agreements
from queries.reading.facts import Facts

Count = Callable[[int], int | None]  # a number of members as the asker may see it
HALF_MEMBERS = 10.0  # with so many members living there, `members_share` is one half
OTHERS_SHARE = 0.5  # what an agreement with somebody else counts in the track record


@dataclass(frozen=True)
class ToldRows:
    """The spreadsheet rows that the explanations of pairs refer to, looked up by unit or by index.

    By unit: needs, offers, skills, shared; by index: ratings by right, signed by left.
    """

    needs: Rows
    offers: Rows
    skills: Rows
    shared: Rows
    ratings: Rows
    signed: Rows
    helps: Answers  # which services a skill helps with


@dataclass(frozen=True)
class Sides:
    """The data of both sides of a pairing, as arrays: left units choose among right units.

    Tables are by pair, arrays and sparse rows by unit of the right side.
    `homes` counts members as the asker may see them; `helpers` is the chance that a member of a right unit helps with a service.
    """

    facts: Facts
    left: Side
    right: Side
    asks: Asks
    asks_back: Asks
    helpers: Supply
    sectors: Supply
    homes: PairTable
    signed: pl.DataFrame  # left, right, agreement and its columns; one row a pair and agreement
    ratings: pl.DataFrame  # right, agreement, value, recency
    closeness: PairTable
    tables: Mapping[str, GroupTable]  # what only some pairings have, under the names of Facts.tables
    told: ToldRows
    hides_few: bool  # small numbers of members are hidden from the asker

    @cached_property
    def has_homes(self) -> BoolArray:
        """Return which right units have a member whose home is known."""
        return self.right.has(self.facts.homes["employer"])

    @cached_property
    def has_skills(self) -> BoolArray:
        """Return which right units have a member whose skills are known."""
        return self.right.has(self.facts.skills["employer"])

    @cached_property
    def has_shared(self) -> tuple[BoolArray, BoolArray]:
        """Return which left and which right units took part in any activity or shared any resource."""
        return self.left.has_owned(self.facts.shared["unit"]), self.right.has_owned(self.facts.shared["unit"])

    @cached_property
    def silent(self) -> tuple[BoolArray, BoolArray]:
        """Return which left and which right units reported nothing that pairing could go by: no needs, offers, members, activities.

        Position and size stand in a register of somebody else's. Where nobody reported anything, nobody is silent.
        """
        left_signed, right_signed = (self.signed[side].to_numpy() for side in ("left", "right"))
        left = (self.asks.needs.count > 0) | self.asks_back.offering | self.has_shared[0]
        right = (
            (self.asks_back.needs.count > 0)
            | self.asks.offering
            | self.has_shared[1]
            | self.has_homes
            | self.has_skills
        )
        left[left_signed], right[right_signed] = True, True
        return ~left & left.any(), ~right & right.any()

    @cached_property
    def linked(self) -> IntArray:
        """Return the ascending keys of pairs with some link already (members, activities, …), which are candidates at any distance."""
        more = (table.linked for table in self.tables.values())
        return sort_distinct(np.concatenate([self.homes.keys, self.closeness.keys, *more]))

    @cached_property
    def everyone(self) -> NearestSearch:
        """Return a search for the nearest among all right units."""
        return NearestSearch(self.right, np.arange(len(self.right)))

    @cached_property
    def providers(self) -> ProviderSearches:
        """Return the searches among the right units that offer a service."""
        return ProviderSearches(self.right, self.asks.offers.table)

    @cached_property
    def owners(self) -> tuple[pl.Series, pl.Series]:
        """Return the id of the unit behind each thing of the left and of the right side (a unit stands for itself)."""
        return self.left.owners, self.right.owners

    @cached_property
    def owner_numbers(self) -> tuple[IntArray, IntArray]:
        """Return a number for the owner of each left and each right unit or thing, equal where the owner is the same."""
        number = pl.concat([one.alias("unit") for one in self.owners]).rank("dense").cast(pl.Int64).to_numpy()
        return number[: len(self.left)], number[len(self.left) :]

    @cached_property
    def size_roots(self) -> tuple[FloatArray, FloatArray]:
        """Return the square root of each left and right unit's number of Party members, NaN where no register gives it.

        The ratio of two sizes enters a score as a root.
        """
        left, right = (side.numbers("party_members") for side in (self.left, self.right))
        with np.errstate(invalid="ignore"):  # fewer than none: not known
            return np.sqrt(left), np.sqrt(right)

    @cached_property
    def in_force(self) -> PairTable:
        """Return the pairs with an agreement in force."""
        return self.pairs_where(pl.col("in_force"))

    @cached_property
    def accepted(self) -> PairTable:
        """Return the pairs that were accepted, in either order, and have no agreement in force yet."""
        table = self.stated(self.facts.accepted)
        waiting = self.in_force.spread(table.keys) == 0
        return PairTable(table.keys[waiting], table.values[waiting])

    @cached_property
    def ended_badly(self) -> PairTable:
        """Return the pairs whose agreement was ended and rated as not satisfying."""
        ended = (pl.col("said") == CANCELLED) & (pl.col("rating") == "不够满意")
        return self.pairs_where(ended.fill_null(False))

    @cached_property
    def busy(self) -> tuple[FloatArray, FloatArray]:
        """Return how many agreements in force each unit of the left and the right side has."""
        frame = self.signed.filter("in_force")
        left, right = (frame.select(side, "agreement").unique()[side].to_numpy() for side in ("left", "right"))
        return np.bincount(left, minlength=len(self.left)).astype(np.float64), np.bincount(
            right, minlength=len(self.right)
        ).astype(np.float64)

    @cached_property
    def rating_sums(self) -> tuple[FloatArray, FloatArray]:
        """Return for each right unit the summed age weights of its rated agreements, and the sum of weight · rating.

        Σ recency and Σ recency·rating.
        """
        right, recency, value = (self.ratings[name].to_numpy() for name in ("right", "recency", "value"))
        weight, worth = (np.bincount(right, weights=w, minlength=len(self.right)) for w in (recency, recency * value))
        return weight.astype(np.float64), worth.astype(np.float64)

    @cached_property
    def members_share(self) -> PairTable:
        """Return for pairs a value that rises with the right unit's members who live in the left one.

        r ÷ (r + 10) for r members.
        """
        return self.homes.map(lambda r: r / (r + HALF_MEMBERS))

    @cached_property
    def closeness_share(self) -> PairTable:
        """Return for pairs their closeness by joint activities and resources, on a scale from 0 to 1.

        x ÷ (x + 1) for a closeness of x.
        """
        return self.closeness.map(lambda x: x / (x + 1))

    @cached_property
    def record(self) -> FloatArray:
        """Return the track record of each right unit for pairs without a rated agreement of their own; NaN without any rating."""
        weight, worth = (total * OTHERS_SHARE for total in self.rating_sums)
        # One good and one bad rating are assumed beforehand, so that a single rating makes no record of 0 or 1.
        return np.where(weight > 0, (1 + worth) / (2 + weight), np.nan)

    @cached_property
    def own_record(self) -> PairTable:
        """Return the track record for pairs that have a rated agreement with each other."""
        own_weight, own_worth = (table.values * (1 - OTHERS_SHARE) for table in self.own_ratings)
        right = self.own_ratings[0].keys % max(1, len(self.right))
        all_weight, all_worth = (total[right] * OTHERS_SHARE for total in self.rating_sums)
        return self.own_ratings[0].map(lambda _: (1 + (all_worth + own_worth)) / (2 + (all_weight + own_weight)))

    @cached_property
    def own_ratings(self) -> tuple[PairTable, PairTable]:
        """Return two tables of the rated agreements that a left and a right unit had with each other: Σ recency and Σ recency·rating.

        Recency is 1 for an agreement rated today and halves every three years; agreements with others count in `rating_sums`.
        """
        own = self.ratings.join(self.signed.select("left", "right", "agreement"), on=["right", "agreement"]).sort(
            "left", "right", "agreement"
        )
        left, right, recency, value = (own[name].to_numpy() for name in ("left", "right", "recency", "value"))
        return pair_table(left, right, recency, len(self.right)), pair_table(
            left, right, recency * value, len(self.right)
        )

    @cached_property
    def attention(self) -> FloatArray:
        """Return how much of each right unit's attention a new partner would get: 1 ÷ (1 + its agreements in force)."""
        return 1 / (1 + self.busy[1])

    @cached_property
    def pass_tables(self) -> Any | None:
        """Return the data that the compiled loop over pairs reads; None without such a loop, or where it takes too much memory."""
        one_pass = kernels.current().one_pass
        return None if one_pass is None else one_pass.read(self)

    def stated(self, pairs: pl.DataFrame) -> PairTable:
        """Return a table of the given pairs (source, target in either order) whose units are on the two sides."""
        first, second = pairs["source"], pairs["target"]
        left = np.concatenate([self.left.place(first), self.left.place(second)])
        right = np.concatenate([self.right.place(second), self.right.place(first)])
        return pair_table(left, right, np.ones(len(left)), len(self.right))

    def pairs_where(self, chosen: pl.Expr) -> PairTable:
        """Return the pairs that have agreements for which the expression `chosen` holds, with the number of these."""
        frame = self.signed.filter(chosen)
        return pair_table(frame["left"].to_numpy(), frame["right"].to_numpy(), np.ones(frame.height), len(self.right))


def make_sides(facts: Facts, labels: tuple[str, str], count: Count) -> Sides:
    """Return the sides of a pairing of two labels, with members counted as `count` allows."""
    units = facts.units
    if "members" in units.columns:
        units = units.with_columns(show_members(units["members"].fill_null(0), count))
    left, right = make_side(units, labels[0]), make_side(units, labels[1])
    classes = read_classes(facts)
    idf = compute_idf(left, classes.needs)
    asks = make_asks(left, right, classes, idf)
    skills = facts.skills.with_columns(show_members(facts.skills["members"], count))
    fit = classes.helps.filter(pl.col("service").is_in(pl.Series(asks.needs.services, dtype=pl.String).implode()))
    signed, ratings = join_agreements(facts, left, right), rate_agreements(facts, right)
    told = ToldRows(
        Rows(classes.needs, "unit"), Rows(classes.offers, "unit"), Rows(skills, "employer"), Rows(facts.shared, "unit"),
        Rows(ratings, "right"), Rows(signed, "left"), group_answers(fit),
    )  # fmt: skip
    return Sides(
        facts, left, right, asks, make_asks(right, left, classes, idf),
        helpers=make_helpers(right, skills, fit, asks.needs.services), sectors=make_sectors(right, asks.needs.services, classes.fields),
        homes=_count_homes(facts, left, right, count), signed=signed, ratings=ratings, closeness=measure_closeness(facts, left, right),
        tables={name: make_group_table(table, left, right) for name, table in facts.tables.items()}, told=told, hides_few=count(1) is None,
    )  # fmt: skip


def show_members(members: pl.Series, count: Count) -> pl.Series:
    """Return numbers of members as the asker may see them; a hidden number becomes 0."""
    seen = {n: count(n) or 0 for n in members.unique().to_list()}
    return members.replace_strict(seen, default=0, return_dtype=pl.Int64) if seen else members


def _count_homes(facts: Facts, left: Side, right: Side, count: Count) -> PairTable:
    members = show_members(facts.homes["members"], count).to_numpy().astype(np.float64)
    return pair_table(left.place(facts.homes["community"]), right.place(facts.homes["employer"]), members, len(right))
