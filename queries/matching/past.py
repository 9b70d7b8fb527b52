"""What two sides already had to do with each other: agreements, their ratings, joint activities and resources."""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy import sparse

from queries.matching.arrays import FloatArray, PairTable, Side, pair_table
from queries.matching.owners import at_places, find_places
from queries.reading.facts import Facts
from queries.words.services import load_words

HALF_LIFE_YEARS = 3.0
LARGEST_SHARED = 200  # units; what more of them share says nothing about any two


def join_agreements(facts: Facts, left: Side, right: Side) -> pl.DataFrame:
    """Return a row for each pair and agreement that both signed: left, right (places) and the agreement's columns."""
    first = at_places(facts.signers, "unit", left, "left").select("agreement", "left", left_id="unit")
    second = at_places(facts.signers, "unit", right, "right").select("agreement", "right", right_id="unit")
    pairs = first.join(second, on="agreement").filter(pl.col("left_id") != pl.col("right_id"))
    pairs = pairs.join(facts.agreements.rename({"id": "agreement"}), on="agreement")
    return pairs.sort("left", "right", "agreement")


def rate_agreements(facts: Facts, right: Side) -> pl.DataFrame:
    """Return the rated agreements of each right unit: what the rating is worth, and how recent it is (half after three years)."""
    worth = load_words().ratings
    rated = facts.agreements.filter(
        pl.col("rating").is_in(list(worth)) & (pl.col("signed").fill_null(facts.as_of) <= facts.as_of)
    )
    years = (pl.lit(facts.as_of) - pl.col("signed")).dt.total_days() / 365.25
    rated = rated.with_columns(
        value=pl.col("rating").replace_strict(worth, default=None, return_dtype=pl.Float64),
        recency=pl.lit(0.5).pow(years.fill_null(HALF_LIFE_YEARS) / HALF_LIFE_YEARS),
    )
    own = facts.signers.join(rated.rename({"id": "agreement"}), on="agreement")
    return at_places(own, "unit", right, "right").sort("right", "agreement")


def measure_closeness(facts: Facts, left: Side, right: Side) -> PairTable:
    """Return Adamic and Adar's measure of pairs: Σ 1 ÷ ln(1 + units) over the activities and resources that both had to do with."""
    links = facts.shared.select("unit", "thing").unique()
    sizes = (
        links.group_by("thing")
        .len("size")
        .filter(pl.col("size").is_between(2, LARGEST_SHARED))
        .sort("thing")
        .with_row_index("column")
    )
    links = links.join(sizes, on="thing").sort("column", "unit")
    rarity = 1 / np.log1p(links["size"].to_numpy())
    common = (
        _incidence(left, links, rarity, sizes.height) @ _incidence(right, links, np.ones(links.height), sizes.height).T
    ).tocoo()
    rows, columns = common.coords
    return pair_table(rows.astype(np.int64), columns.astype(np.int64), common.data, len(right))


def _incidence(side: Side, links: pl.DataFrame, values: FloatArray, things: int) -> sparse.csr_array:
    row, place = find_places(side, links["unit"])
    columns = links["column"].to_numpy().astype(np.int64)[row]
    return sparse.csr_array((values[row], (place, columns)), shape=(len(side), things))
