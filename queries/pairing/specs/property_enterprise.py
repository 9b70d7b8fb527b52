"""Which enterprise should take an idle plant, building or plot: its trade is wanted there, it asks for such space, of such a size."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graph.schema.assets import IdleProperty
from graph.schema.organizations import Enterprise
from graph.schema.resources import OWNS
from graph.state_vocabulary import PLANNED, SUSPENDED, UNDER_WAY
from graph.states import OVER, said_state
from graph.texts import Said
from queries.matching.pairs import Pairs
from queries.matching.sides import Sides
from queries.matching.signal import Evidence, PairSpec, Signal, known_values, signal
from queries.pairing.reasons import cells_of, list_classes, list_words, registry
from queries.pairing.rules import forbidden, same_unit
from queries.pairing.signals import FOLDER, find_signals
from queries.pairing.things import first_owner, make_table, read_side, stand_behind
from queries.reading.facts import CELL, Facts, read_entities, read_facts, read_wanted
from queries.words.services import load_words

if TYPE_CHECKING:
    from graph.graph import Graph

WEIGHTS = FOLDER / "weights_property_enterprise.toml"
TAKEN = (UNDER_WAY, SUSPENDED, PLANNED, *OVER)  # property in this state is not to be had
SQUARE_METRES = r"(?i)^(?:㎡|平方米|平米|平方|m2|m²)$"
CODED = r"^([A-T])\d{2}"  # an industry of GB/T 4754 begins with its section


def read_property(graph: Graph) -> Facts:
    """Return the facts of idle property and of the enterprises; property needs the trades it is meant for, an enterprise offers its own."""
    facts = read_facts(graph)
    property_ = read_entities(graph, IdleProperty).filter(~said_state(resource=True).is_in(TAKEN))
    property_ = property_.join(first_owner(graph, OWNS, "source", "target", IdleProperty), on="id", how="left")
    needs = read_wanted(graph, facts.as_of)
    seeking = _find_seeking(needs)
    areas = seeking.group_by("right").agg(pl.col("wanted_m2").max()).rename({"right": "id"})
    takers = read_side(graph, (Enterprise,), "Taker").join(areas, on="id", how="left", maintain_order="left")
    takers = takers.with_columns(states_needs=pl.col("id").is_in(needs["owner_id"].unique().implode()))
    return replace(
        facts,
        units=pl.concat(
            [stand_behind(graph, property_.with_columns(group="kind"), "Property"), takers], how="diagonal_relaxed"
        ),
        needs=_name_trades(property_.explode("industries"), "industries").with_columns(urgency=pl.lit(1.0)),
        offers=_name_trades(takers, "industry").with_columns(availability=pl.lit(1.0)),
        tables={"space": make_table(seeking.with_columns(left="kind", value=pl.lit(1.0), note="title"))},
    )


def _find_seeking(needs: pl.DataFrame) -> pl.DataFrame:
    """Return who seeks which kind of property, and how much of it where that is said: kind, right, wanted_m2, title and the cell."""
    spoken = pl.concat_str("title", "category", "content", separator=" ", ignore_nulls=True)
    metres = pl.when(pl.col("measure").str.contains(SQUARE_METRES)).then(pl.col("quantity").cast(pl.Float64))
    rows = needs.with_columns(wanted_m2=metres).select("title", "wanted_m2", *CELL, right="owner_id", spoken=spoken)
    kinds = [
        rows.filter(pl.col("spoken").str.contains_any(list(words))).with_columns(kind=pl.lit(kind))
        for kind, words in load_words().spaces.items()
    ]
    return pl.concat(kinds).drop("spoken").unique().sort("right", "kind", "title", *CELL)


def _name_trades(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    """Return the sections of GB/T 4754 that a column of codes or words means, else its words: unit, service and the cell."""
    texts = rows[column].drop_nulls().unique().sort()
    named = [(text, trade) for text in texts for trade in name_trades(text)]
    trades = pl.DataFrame(named, schema={"text": pl.String, "service": pl.String}, orient="row")
    found = rows.select(*CELL, unit="id", text=column).join(trades, on="text").drop("text")
    return found.unique().sort("unit", "service")


def name_trades(text: str) -> Iterable[str]:
    """Return the names of the sections of GB/T 4754 that a text means; a text that means none stands for itself."""
    words = load_words()
    section = pl.select(pl.lit(text).str.extract(CODED)).item()
    sections = [section] if section else [s for word, found in words.industries.items() if word in text for s in found]
    return [words.sections[s] for s in dict.fromkeys(sections) if s in words.sections] or [text]


def tell_trade(sides: Sides, left: int, right: int) -> Evidence:
    """Tell which trades the property is for and whether the enterprise's is one."""
    wanted = sides.asks.wanted(left)
    met = [trade for trade, fit in zip(wanted, sides.asks.amounts(left, right), strict=True) if fit > 0]
    if not met:
        return Evidence(
            f"不属于拟入驻的行业：{list_classes(wanted)}",
            f"is not of the trades wanted there: {list_classes(wanted, joint=', ')}",
            registry(sides, left, right),
        )
    return Evidence(
        f"行业相符：{list_classes(met)}",
        f"of a trade wanted there: {list_classes(met, joint=', ')}",
        registry(sides, left, right),
    )


def tell_space(sides: Sides, left: int, right: int) -> Evidence:
    """Tell which need of the enterprise asks for such property."""
    rows = sides.tables["space"].tell(left, right)
    if not rows:
        return Evidence("其需求中没有这类用房用地", "asks for no such space among its needs")
    names = [row["note"] for row in rows]
    return Evidence(f"正在找：{list_words(names)}", f"is looking for: {list_words(names, ', ')}", cells_of(rows))


def tell_area(sides: Sides, left: int, right: int) -> Evidence:
    """Tell the area that is there and the area that is sought."""
    here, sought = float(sides.left.row(left)["area_m2"]), float(sides.right.row(right)["wanted_m2"])
    rows = sides.tables["space"].tell(left, right)
    return Evidence(
        f"面积 {here:g} ㎡，需要 {sought:g} ㎡",
        f"{here:g} m² there, {sought:g} m² sought",
        cells_of([sides.left.row(left), *rows]),
    )


@signal(
    zh="行业相符",
    en="trade wanted",
    because=tell_trade,
    missing=Said(
        "没有写明入驻产业或企业行业，此项暂不计",
        "no trades named, or the enterprise's is unknown; not counted for now",
    ),
)
def trade_wanted(pairs: Pairs) -> Signal:
    """Return how well the enterprise's trade fits the trades that the property is meant for, at most 1.

    Σ fit over these trades: an enterprise need be of one of them only.
    """
    asks = pairs.sides.asks
    fit = asks.needs.weigh(asks.offers, pairs.left, pairs.right, even=True) * asks.needs.count[pairs.left]
    return Signal(np.minimum(fit, 1), np.isfinite(fit) & asks.offering[pairs.right])


@signal(
    zh="正需用房用地",
    en="space sought",
    because=tell_space,
    missing=Said("该企业没有报送需求，此项暂不计", "the enterprise states no needs; not counted for now"),
)
def space_sought(pairs: Pairs) -> Signal:
    """Return 1 where the enterprise states a need for this kind of property, else 0; unknown where it states no needs."""
    sought = pairs.sides.tables["space"].spread(pairs.left, pairs.right) > 0
    return Signal(sought.astype(np.float64), pairs.sides.right.numbers("states_needs")[pairs.right] > 0)


@signal(
    zh="面积合适",
    en="area fits",
    because=tell_area,
    missing=Said(
        "不知现有或所需的面积，此项暂不计", "the area there or the area sought is unknown; not counted for now"
    ),
)
def area_fits(pairs: Pairs) -> Signal:
    """Return how well the property's area fits the area that the enterprise seeks.

    Smaller ÷ larger of the two areas.
    """
    here = pairs.sides.left.numbers("area_m2")[pairs.left]
    sought = pairs.sides.right.numbers("wanted_m2")[pairs.right]
    larger = np.maximum(here, sought)
    return known_values(np.minimum(here, sought) / np.where(larger > 0, larger, np.nan))


PROPERTY_ENTERPRISE = PairSpec(
    "property-enterprise", left="Property", right="Taker", signals=find_signals(WEIGHTS, globals()),
    rules=(same_unit, forbidden), capacities=(1, 1), read=read_property, weights=WEIGHTS,
    opposites=(("trade_wanted", "space_sought"),), both_choose=True,
)  # fmt: skip
