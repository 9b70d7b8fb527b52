"""Reads posts by what they are called in full: the post of which unit (长安路街道副主任), of what kind. Never who holds one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from graph.schema.posts import OPEN_AT, SERVES, Post
from queries.reading.entities import open_entities, open_relations
from queries.reading.meeting_records import name_units

if TYPE_CHECKING:
    from graph.graph import Graph

SERVICE_OFFICER, INSTRUCTOR = "首席服务官", "党建指导员"
OF_CONTACT = f"{SERVICE_OFFICER}|{INSTRUCTOR}"  # kinds of posts through which units are in touch


def read_contact_posts(graph: Graph, kinds: str = OF_CONTACT) -> pl.DataFrame:
    """Return the posts that serve a unit or are open at it: unit, post (whose it is and its title), kind, source (its id)."""
    posts = open_entities(graph, Post, "kind", "title").filter(pl.col("kind").str.contains(kinds))
    hosts = open_relations(graph, OPEN_AT).select("source", unit="target").join(name_units(graph), on="unit")
    hosts = hosts.sort("source", "unit").unique("source", keep="first", maintain_order=True)
    named = posts.rename({"id": "source"}).join(
        hosts.select("source", host="unit", host_name="unit_name"), on="source", how="left"
    )
    ties = pl.concat([open_relations(graph, kind).select("source", unit="target") for kind in (SERVES, OPEN_AT)])
    served = ties.unique().join(named, on="source")
    # Where it serves others, whose post it is tells the posts of one title apart.
    elsewhere = pl.col("host_name").is_not_null() & (pl.col("host") != pl.col("unit"))
    told = pl.col("title").str.starts_with(pl.col("host_name")).fill_null(False)
    post = pl.when(elsewhere & ~told).then(pl.concat_str("host_name", "title")).otherwise("title")
    return (
        served.with_columns(post=post)
        .select("unit", "post", "kind", "source")
        .unique()
        .sort("unit", "kind", "post", "source")
    )
