"""Brands of Party building with what they are made of: their texts, creators, partners, and what supports them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from graph.names import map_unique, normalize
from graph.schema.assets import Brand
from graph.schema.brands import CREATED, SUPPORTS
from queries.reading.area import read_streets
from queries.reading.entities import open_entities, open_relations, read_units
from queries.reading.shown_work import read_hosts

if TYPE_CHECKING:
    from graph.graph import Graph

COLUMNS = ("name", "kind", "slogan", "since", "meaning", "activities")
_COMMON = re.compile(r"[“”\"《》·\s]|党建|品牌|红色|先锋|服务|党旗下的?|工作法?")  # what names of brands have in common


def read_brands(graph: Graph) -> pl.DataFrame:
    """Return the brands with the unit that created each (unit_id, unit, street) and the particular part of their names (`stem`)."""
    units = read_units(graph).select("name", "label", unit_id="id")
    made = (
        open_relations(graph, CREATED).select(id="target", body="source").join(read_hosts(graph), on="body", how="left")
    )
    by = made.select("id", unit_id=pl.coalesce("unit", "body")).sort("id", "unit_id").unique("id", keep="first")
    named = by.join(units.rename({"name": "unit"}), on="unit_id", how="left")
    placed = named.join(read_streets(graph).select(unit_id="unit", street="area"), on="unit_id", how="left")
    brands = open_entities(graph, Brand, *COLUMNS).join(placed, on="id", how="left").sort("id")
    return brands.with_columns(stem=map_unique(brands["name"], lambda name: _COMMON.sub("", normalize(name)) or name))


def read_supporters(graph: Graph) -> pl.DataFrame:
    """Return who or what supports each brand beside its creator: brand, supporter (id), name."""
    tied = open_relations(graph, SUPPORTS).select(brand="target", supporter="source", label="source_label")
    parts = [pl.DataFrame(schema={"supporter": pl.String, "name": pl.String})]
    for kind in SUPPORTS.source:
        column = kind.named_by[0]
        parts.append(open_entities(graph, kind, column).select(supporter="id", name=column))
    return (
        tied.drop("label")
        .join(pl.concat(parts).drop_nulls(), on="supporter")
        .unique()
        .sort("brand", "name", "supporter")
    )
