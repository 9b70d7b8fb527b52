"""Which offering meets a need: the same service, near by, enough of it, from a unit that kept its word."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from queries.matching.pairs import Pairs
from queries.matching.sides import Sides
from queries.matching.signal import Evidence, PairSpec, Signal, known_values, signal
from queries.matching.weights import FOLDER
from queries.pairing.reasons import registry
from queries.pairing.rules import same_unit
from queries.pairing.signals import close_in_graph, near, needs_met, track_record
from queries.pairing.things import stand_behind
from queries.reading.facts import CELL, Facts, read_facts, read_needs, read_offers

if TYPE_CHECKING:
    from graph.graph import Graph

COLUMNS = ("id", "name", "owner_id", "quantity", "measure", *CELL)


def read_things(graph: Graph) -> Facts:
    """Return the facts of every open need and every offering; a thing needs or offers what it is about."""
    facts = read_facts(graph)
    needs, offers = read_needs(graph, facts.as_of), read_offers(graph)
    return replace(
        facts,
        units=list_things(graph, needs, offers),
        needs=needs.select("service", "urgency", *CELL, unit="id").unique().sort("unit", "service"),
        offers=offers.select("service", "availability", *CELL, unit="id").unique().sort("unit", "service"),
    )


def list_things(graph: Graph, needs: pl.DataFrame, offers: pl.DataFrame) -> pl.DataFrame:
    """Return needs and offerings as the two sides of a pairing; what is measured alike has one number in `counted_in`."""
    sides = [stand_behind(graph, pick_things(rows), label) for rows, label in ((needs, "Need"), (offers, "Offering"))]
    return pl.concat(sides, how="diagonal_relaxed").with_columns(
        counted_in=pl.col("measure").fill_null("").rank("dense").cast(pl.Int64)
    )


def pick_things(rows: pl.DataFrame) -> pl.DataFrame:
    """Return each need or offering once, from a frame with a row per class word."""
    named = rows.with_columns(name="title").select(COLUMNS)
    return named.sort("id", "owner_id").unique("id", keep="first", maintain_order=True)


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
    missing=("没有可比的数量，按一般水平计", "no quantities to compare; the usual level counts"),
)
def enough(pairs: Pairs) -> Signal:
    """min(1, offered ÷ needed), known where both are counted in one measure."""
    left, right = pairs.sides.left, pairs.sides.right
    needed, offered = left.numbers("quantity")[pairs.left], right.numbers("quantity")[pairs.right]
    alike = left.numbers("counted_in")[pairs.left] == right.numbers("counted_in")[pairs.right]
    share = np.minimum(offered / np.where(alike & (needed > 0), needed, np.nan), 1)
    return known_values(share, prior=0.7)


NEED_OFFERING = PairSpec(
    "need-offering", left="Need", right="Offering", signals=(needs_met, near, enough, track_record, close_in_graph),
    rules=(same_unit,), capacities=(1, 3), read=read_things, weights=FOLDER / "weights_need_offering.toml",
)  # fmt: skip
