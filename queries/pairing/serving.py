"""What is offered and what is needed in the whole graph, read and understood once per snapshot, and what serves what.

Offers are offerings, courses, and rooms to lend; the words of the workspace count. Whether one serves the other is judged by queries/words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from graph.names import map_unique, normalize
from graph.schema.assets import Course
from graph.schema.resources import OFFERS, Offering, Venue
from graph.states import is_withdrawn
from queries.pairing.things import PRODUCT, first_owner
from queries.reading.entities import open_entities, read_owned, read_units
from queries.reading.facts import KEPT, Recent, read_claims, read_needs, read_offers, read_own_words, snapshot_key
from queries.reading.withheld import is_withheld
from queries.words.fitting import fit_services
from queries.words.own_words import add_words
from queries.words.spoken import TEXTS, Spoken, understand
from queries.words.taxonomy import Taxonomy, load_taxonomy

if TYPE_CHECKING:
    from graph.graph import Graph

# How an offer serves a need, best first; `alike`: nobody knows the words, but one has those of the other.
FITS, PARTLY, ALIKE = "fits", "partly", "alike"
FIT_ORDER = {FITS: 0, PARTLY: 1, ALIKE: 2}
_SHORTEST = 2  # characters of a text that is looked for in others, where its words are not known
PLACE = "场地"  # the category under which rooms are offered
_OFFERED = (
    "id", "label", "owner_id", *TEXTS, "quantity", "measure", "terms", "available", "slots", "specification", "capacity",
    "is_product", "load_id", "sheet", "row",
)  # fmt: skip
Understood = tuple[pl.DataFrame, Spoken]  # rows with the number of their texts (`side`), and what those speak of


@dataclass(frozen=True)
class Served:
    """All offers and open needs of a graph with their owners, and how their texts are understood; of products both have more."""

    taxonomy: Taxonomy
    offers: Understood
    needs: Understood


_RECENT: Recent[Served] = Recent(KEPT)


def read_served(graph: Graph) -> Served:
    """Return what is offered and needed in a graph's current snapshot, read and understood once."""
    return _RECENT.get(snapshot_key(graph), partial(_read, graph))


def _read(graph: Graph) -> Served:
    taxonomy = add_words(load_taxonomy(), read_own_words(graph))
    offers = pl.concat([_read_offerings(graph), _read_courses(graph), _read_rooms(graph)], how="diagonal_relaxed")
    missing = [pl.lit(None, pl.String).alias(name) for name in _OFFERED if name not in offers.columns]
    needs = read_needs(graph, graph.as_of or date.today()).with_columns(is_product=PRODUCT)
    return Served(
        taxonomy,
        understand_rows(_with_owner(graph, offers.with_columns(missing).select(_OFFERED)), taxonomy),
        understand_rows(_with_owner(graph, needs), taxonomy),
    )


def understand_rows(rows: pl.DataFrame, taxonomy: Taxonomy) -> Understood:
    """Return rows (category, title, content) with the number of their texts as `side`, and what those texts speak of."""
    texts = rows.select(TEXTS).unique(maintain_order=True).with_row_index("side")
    numbered = rows.join(texts, on=TEXTS, how="left", nulls_equal=True, maintain_order="left")
    return numbered, understand(texts, taxonomy)


def understand_text(text: str, taxonomy: Taxonomy, category: str | None = None) -> Understood:
    """Return a text that somebody typed as rows of a need or offer without an owner."""
    row = {"id": "", "owner_id": None, "category": category, "title": text, "content": None}
    typed = pl.DataFrame([row], schema=dict.fromkeys(row, pl.String), orient="row")
    return understand_rows(typed, taxonomy)


def find_serving(needs: Understood, offers: Understood, taxonomy: Taxonomy) -> pl.DataFrame:
    """Return which offer serves which need of another unit, and how: need, offer (ids), verdict (FITS, PARTLY or ALIKE)."""
    (need_rows, needed), (offer_rows, offered) = (_spoken_of(*one) for one in (needs, offers))
    wanted = need_rows.select("side", need="id", seeker="owner_id").join(needed.sides, on="side")
    given = offer_rows.select("side", offer="id", giver="owner_id").join(offered.sides, on="side")
    judged = fit_services(offered, needed, taxonomy).rename({"service": "key"})
    by_kind = wanted.join(judged, on="key").join(given, left_on="word", right_on="key", suffix="_offer")
    verdict = pl.when(pl.col("fit") == 1).then(pl.lit(FITS)).otherwise(pl.lit(PARTLY))
    by_kind = by_kind.with_columns(verdict=verdict)
    alike = _find_alike(wanted.join(need_rows.select("side", *TEXTS).unique("side"), on="side"), given.join(
        offer_rows.select("side", *TEXTS).unique("side"), on="side"
    )).join(by_kind, on=["need", "offer"], how="anti")  # fmt: skip
    columns = ("need", "offer", "verdict", "seeker", "giver")
    found = pl.concat([by_kind.select(columns), alike.select(columns)])
    others = found.filter(
        pl.col("seeker").is_null() | pl.col("giver").is_null() | (pl.col("seeker") != pl.col("giver"))
    )
    return others.drop("seeker", "giver").unique(["need", "offer"], keep="first", maintain_order=True)


def _spoken_of(rows: pl.DataFrame, spoken: Spoken) -> Understood:
    """Return what a few of many rows speak of: what others do is not judged with them."""
    sides = rows["side"].unique().implode()
    return rows, Spoken(
        *(
            frame.filter(pl.col("side").is_in(sides))
            for frame in (spoken.sides, spoken.kinds, spoken.modifiers, spoken.barred)
        )
    )


def _find_alike(wanted: pl.DataFrame, given: pl.DataFrame) -> pl.DataFrame:
    """Return the needs and offers of which one has the words of the other, where either is not understood."""
    found = [pl.DataFrame(schema={"need": pl.String, "offer": pl.String, "seeker": pl.String, "giver": pl.String})]
    for strange, other in ((wanted, given), (given, wanted)):
        unknown = _spell(strange.filter(~pl.col("known")))
        words = [word for word in unknown["word"].unique().to_list() if word and len(word) >= _SHORTEST]
        if words:
            said = _spell(other).with_columns(hit=pl.col("text").str.extract_many(words, overlapping=True))
            met = said.explode("hit").drop_nulls("hit").join(unknown, left_on="hit", right_on="word", suffix="_unknown")
            found.append(met.select(list(found[0].columns)))
    return pl.concat(found).unique().with_columns(verdict=pl.lit(ALIKE))


def _spell(rows: pl.DataFrame) -> pl.DataFrame:
    text = rows.select(pl.concat_str(TEXTS, separator=" ", ignore_nulls=True)).to_series()
    keep = [c for c in ("need", "seeker", "offer", "giver") if c in rows.columns]
    return rows.select(*keep, word=map_unique(rows["title"], normalize), text=map_unique(text, normalize))


def _with_owner(graph: Graph, rows: pl.DataFrame) -> pl.DataFrame:
    units = read_units(graph).select("lon", "lat", owner_id="id", owner="name", owner_label="label")
    return rows.join(units, on="owner_id", how="left", maintain_order="left").sort("id")


def _read_offerings(graph: Graph) -> pl.DataFrame:
    offers = read_offers(graph).filter(pl.col("availability") > 0)
    return offers.with_columns(label=pl.lit(Offering.label), is_product=PRODUCT)


def _read_courses(graph: Graph) -> pl.DataFrame:
    courses = open_entities(graph, Course, "name", "topic", "content", "offered")
    owned = courses.join(first_owner(graph, OFFERS, "source", "target", Course), on="id", how="left")
    return owned.rename({"name": "title", "topic": "category", "offered": "available"}).with_columns(
        label=pl.lit(Course.label), is_product=pl.lit(False)
    )


def _read_rooms(graph: Graph) -> pl.DataFrame:
    columns = ("name", "kind", "open_hours", "fee", "status", "remark")
    shut = is_withdrawn("status") | is_withheld("remark", "open_hours", "fee")
    return read_owned(graph, Venue, *columns).filter(~shut).with_columns(
        title="name", category=pl.lit(PLACE), content="kind", terms="fee", slots="open_hours", label=pl.lit(Venue.label),
        is_product=pl.lit(False),
    )  # fmt: skip


def read_claimed(graph: Graph) -> pl.DataFrame:
    """Return the needs that somebody has claimed, where the claim was neither refused nor has lapsed: need, claimers (names), units, at."""
    names = read_units(graph).select(source="id", claimer="name")
    named = read_claims(graph).join(names, on="source").sort("target", "at", "claimer")
    return named.group_by(need="target", maintain_order=True).agg(
        claimers=pl.col("claimer").unique(maintain_order=True).str.join("、"),
        claimed=pl.col("quantity").sum(),
        at=pl.col("at").max(),
    )
