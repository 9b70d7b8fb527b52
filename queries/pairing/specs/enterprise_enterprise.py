"""Which enterprise makes what another one wants: products and techniques needed, against those offered in the district."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from graph.schema.organizations import Enterprise
from graph.texts import Said
from queries.matching.signal import PairSpec
from queries.pairing.rules import forbidden, same_unit, unserved
from queries.pairing.signals import FOLDER, find_signals, needs_met, needs_met_other_way
from queries.pairing.things import PRODUCT, read_side
from queries.reading.facts import CELL, TEXTS, Facts, read_facts, read_offers, read_wanted

if TYPE_CHECKING:
    from graph.graph import Graph

WEIGHTS = FOLDER / "weights_enterprise_enterprise.toml"


def read_trade(graph: Graph) -> Facts:
    """Return the facts of the enterprises that want products or techniques, and of all that may make them."""
    facts = read_facts(graph)
    needs, offers = (rows.filter(PRODUCT) for rows in (read_wanted(graph, facts.as_of), read_offers(graph)))
    buyers = read_side(graph, (Enterprise,), "Buyer").filter(pl.col("id").is_in(needs["owner_id"].unique().implode()))
    return replace(
        facts,
        units=pl.concat([buyers, read_side(graph, (Enterprise,), "Maker")]),
        needs=needs.select(*TEXTS, "urgency", *CELL, unit="owner_id").unique().sort("unit", *TEXTS, "urgency", *CELL),
        offers=offers.select(*TEXTS, "availability", *CELL, unit="owner_id").unique().sort("unit", *TEXTS, *CELL),
    )


makes_wanted = replace(
    needs_met,
    name="makes_wanted",
    zh="所需产品",
    en="products wanted",
    missing=Said("对方没有报送产品名录，此项暂不计", "the other has no list of products; not counted for now"),
)
wants_made = replace(
    needs_met_other_way,
    name="wants_made",
    zh="反向供货",
    en="products wanted, the other way",
    missing=Said(
        "对方没有产品需求或己方没有产品名录，此项暂不计",
        "the other wants nothing or this one lists nothing; not counted for now",
    ),
)

ENTERPRISE_ENTERPRISE = PairSpec(
    "enterprise-enterprise", left="Buyer", right="Maker",
    signals=find_signals(WEIGHTS, globals()),
    rules=(same_unit, forbidden, unserved), capacities=(3, 3), read=read_trade, weights=WEIGHTS,
    opposites=(("makes_wanted", "wants_made"),), both_choose=True,
    kinds=(Enterprise.label, Enterprise.label),
)  # fmt: skip
