"""Reads assessments of units and compounds: yearly scores with their parts, and star ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from graph.schema.assessing import ASSESSES
from graph.schema.governance import Assessment
from graph.schema.organizations import Community
from graph.schema.supervision import ABOUT_UNIT
from queries.reading.entities import open_entities, open_relations
from queries.reading.meeting_records import name_units

if TYPE_CHECKING:
    from graph.graph import Graph

SAFETY = "平安"  # how the scheme of every star rating begins
COLUMNS = (
    "scheme", "period", "period_precision", "subject", "indicator", "full_score", "score", "bonus", "deductions", "rank", "grade",
    "stars_claimed", "stars", "stars_by_score", "assessed", "incentive",
)  # fmt: skip


def read_assessments(graph: Graph) -> pl.DataFrame:
    """Return the assessments, a row for each whole and each indicator, with the cell: assessment, unit, unit_name, community, and the rest.

    `unit` is null where what is assessed is no unit in the graph (a compound); `community` is where the list says that it lies.
    """
    rows = open_entities(graph, Assessment, *COLUMNS).rename({"id": "assessment"})
    units = name_units(graph)
    assessed = open_relations(graph, ASSESSES).select(assessment="source", unit="target").join(units, on="unit")
    about = open_relations(graph, ABOUT_UNIT).filter(
        pl.col("source_label") == Assessment.label, pl.col("target_label") == Community.label
    )
    inside = about.select(assessment="source", community_id="target").join(
        units.select(community_id="unit", community="unit_name"), on="community_id"
    )
    for more in (assessed, inside):
        first = more.sort("assessment").unique("assessment", keep="first", maintain_order=True)
        rows = rows.join(first, on="assessment", how="left", maintain_order="left")
    own = pl.when(pl.col("label") == Community.label)
    return rows.with_columns(
        name=pl.coalesce("unit_name", "subject"),
        community_id=pl.coalesce("community_id", own.then("unit")),
        community=pl.coalesce("community", own.then("unit_name")),
    ).sort("scheme", "name", "period", "indicator", "assessment", nulls_last=False)


def is_rating() -> pl.Expr:
    """Tell whether an assessment is one of the star ratings of safety."""
    return pl.col("scheme").str.starts_with(SAFETY)
