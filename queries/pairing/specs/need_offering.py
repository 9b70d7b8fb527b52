"""Which offering meets a need: the same service, near by, enough of it, from a unit that kept its word."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graph.schema.resources import Need, Offering
from graph.texts import Said
from queries.matching.pairs import Pairs
from queries.matching.sides import Sides
from queries.matching.signal import Evidence, PairSpec, Signal, known_values, signal
from queries.pairing.reasons import registry
from queries.pairing.rules import same_unit, unserved
from queries.pairing.signals import FOLDER, find_signals
from queries.pairing.things import pick_things, stand_behind
from queries.reading.facts import CELL, TEXTS, Facts, read_facts, read_offers, read_wanted

if TYPE_CHECKING:
    from graph.graph import Graph

WEIGHTS = FOLDER / "weights_need_offering.toml"


def read_things(graph: Graph) -> Facts:
    """Return the facts for pairing open needs with offerings: each is treated as a unit that needs or offers its service."""
    facts = read_facts(graph)
    needs, offers = read_wanted(graph, facts.as_of), read_offers(graph)
    return replace(
        facts,
        units=list_things(graph, needs, offers),
        needs=needs.select(*TEXTS, "urgency", *CELL, unit="id").unique().sort("unit", *TEXTS, *CELL),
        offers=offers.select(*TEXTS, "availability", *CELL, unit="id").unique().sort("unit", *TEXTS, *CELL),
    )


def list_things(graph: Graph, needs: pl.DataFrame, offers: pl.DataFrame) -> pl.DataFrame:
    """Return needs and offerings as the two sides of a pairing; `counted_in` is a number equal for equal units of measure."""
    sides = [stand_behind(graph, pick_things(rows), kind.label) for rows, kind in ((needs, Need), (offers, Offering))]
    return pl.concat(sides, how="diagonal_relaxed").with_columns(
        counted_in=pl.col("measure").fill_null("").rank("dense").cast(pl.Int64)
    )


def tell_enough(sides: Sides, left: int, right: int) -> Evidence:
    """Tell how much is needed and how much offered."""
    need, offer = sides.left.row(left), sides.right.row(right)
    measure = need["measure"] or ""
    return Evidence(
        f"需要 {need['quantity']:g} {measure}，可提供 {offer['quantity']:g} {measure}".replace(" ，", "，").rstrip(),
        f"{need['quantity']:g} {measure} needed, {offer['quantity']:g} offered".replace("  ", " "),
        registry(sides, left, right),
    )


@signal(
    zh="数量够",
    en="enough of it",
    because=tell_enough,
    missing=Said("没有可比的数量，此项暂不计", "no quantities to compare; not counted for now"),
)
def enough(pairs: Pairs) -> Signal:
    """Return which share of the quantity needed is offered, at most 1; unknown unless both have the same unit of measure.

    min(1, offered ÷ needed).
    """
    left, right = pairs.sides.left, pairs.sides.right
    needed, offered = left.numbers("quantity")[pairs.left], right.numbers("quantity")[pairs.right]
    alike = left.numbers("counted_in")[pairs.left] == right.numbers("counted_in")[pairs.right]
    share = np.minimum(offered / np.where(alike & (needed > 0), needed, np.nan), 1)
    return known_values(share)


NEED_OFFERING = PairSpec(
    "need-offering", left=Need.label, right=Offering.label, signals=find_signals(WEIGHTS, globals()),
    rules=(same_unit, unserved), capacities=(1, 3), read=read_things, weights=WEIGHTS,
)  # fmt: skip
