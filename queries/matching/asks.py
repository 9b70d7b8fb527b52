"""What one side needs and what the other supplies for it: offers, members' skills, lines of business."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import sparse

from queries.matching.arrays import BoolArray, Side
from queries.matching.needs import Needs, Supply, make_needs, make_supply
from queries.words.services import fit_sectors, fit_services, load_words

Answers = Mapping[str, frozenset[str]]  # which services a word answers


@dataclass(frozen=True)
class Asks:
    """The needs of one side, and the offers of the other (units × services) that answer them."""

    needs: Needs
    offers: Supply
    offering: BoolArray  # which units of the other side said what they offer
    answers: Answers

    def wanted(self, asking: int) -> list[str]:
        """Return the services that a unit needs."""
        return [self.needs.services[i] for i in self._numbers(asking)]

    def amounts(self, asking: int, giving: int) -> list[float]:
        """Return how far `giving` answers each service that `asking` needs."""
        table = self.offers.by_unit
        first, last = table.indptr[giving : giving + 2]
        found = dict(zip(table.indices[first:last].tolist(), table.data[first:last].tolist(), strict=True))
        return [found.get(i, 0.0) for i in self._numbers(asking)]

    def _numbers(self, asking: int) -> list[int]:
        numbers: list[int] = self.needs.service[self.needs.start[asking] : self.needs.start[asking + 1]].tolist()
        return numbers


def make_asks(asking: Side, giving: Side, needs: pl.DataFrame, offers: pl.DataFrame, idf: Mapping[str, float]) -> Asks:
    """Return the needs of one side against the offers of the other (frames with the usual words for services)."""
    wanted = make_needs(asking, needs, idf)
    own = offers.filter(pl.Series(giving.place(offers["unit"]) >= 0))
    fit = fit_services(own["service"].unique().to_list(), wanted.services)
    supply = own.join(fit.rename({"word": "service", "service": "asked"}), on="service")
    supply = supply.select("unit", service="asked", amount=pl.col("availability") * pl.col("fit"))
    return Asks(wanted, make_supply(giving, supply, wanted.services), giving.has(own["unit"]), group_answers(fit))


def group_answers(fit: pl.DataFrame) -> dict[str, frozenset[str]]:
    """Return the services that each word answers, from a frame word, service."""
    return {word: frozenset(services) for word, services in fit.group_by("word").agg("service").iter_rows()}


def compute_idf(left: Side, needs: pl.DataFrame) -> dict[str, float]:
    """Return 1 + ln((1 + N) ÷ (1 + n)) for each service: N units of the left side have needs, n need this one.

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
    """Return 1 − Π(1 − p) over the skilled members of a unit: p = participation · how well the skill fits the service."""
    refuses = (1 - load_words().participation * pl.col("fit")).log() * pl.col("members")
    joined = skills.join(fit.rename({"word": "skill"}), on="skill").sort("employer", "service", "skill")
    chance = joined.group_by("employer", "service", maintain_order=True).agg(refuses.sum().alias("log"))
    return make_supply(right, chance.select("service", unit="employer", amount=1 - pl.col("log").exp()), services)


def make_sectors(right: Side, services: Sequence[str]) -> Supply:
    """Return 1 where the line of business of a unit is at home in a service."""
    if "industry" not in right.units.columns:
        return Supply(sparse.csc_array((len(right), len(services))))
    section = right.units.select(unit="id", word=pl.col("industry").str.slice(0, 1).str.to_uppercase())
    fit = fit_sectors(section["word"].drop_nulls().unique().to_list(), services)
    return make_supply(right, section.join(fit, on="word").select("unit", "service", amount="fit"), services)
