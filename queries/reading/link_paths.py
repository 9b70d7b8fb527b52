"""The ways in which an enterprise and communities are linked besides members: agreements, activities, venues, needs and offers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from graph.documents import FrameRow
from graph.schema.cooperation import LEADS, SIGNED, TAKES_PART_IN, Activity, Agreement
from graph.schema.members import Concept
from graph.schema.organizations import Community
from graph.schema.resources import ABOUT, OFFERS, OWNS, SEEKS
from graph.texts import Said
from queries.answers.rows import USED
from queries.reading.entities import open_entities, open_relations, read_resources, shown_name
from queries.reading.use import read_logged

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Entity, Relation
    from queries.reading.units import UnitRef

Step = dict[str, Any]


@dataclass(frozen=True)
class UnitLink:
    """A link between an enterprise and a community: what lies between the two, and of an event its day and a sentence."""

    community: str
    kind: str
    between: tuple[Step, ...]
    day: date | None = None
    text: Said | None = None


def find_links(graph: Graph, unit: UnitRef) -> list[UnitLink]:
    """Return every link of a unit to communities, kind by kind, the latest first."""
    communities = open_entities(graph, Community).select(pl.col("id").alias("community"))
    return [link for find in (_agreements, _activities, _venues, _needs) for link in find(graph, unit, communities)]


def _shared(frame: pl.DataFrame, unit: UnitRef, communities: pl.DataFrame) -> pl.DataFrame:
    """Return, of a frame (unit, thing, type), the things of `unit` that a community has too: thing, type, community, other_type."""
    mine = frame.filter(pl.col("unit") == unit.id).select("thing", "type")
    theirs = frame.filter(pl.col("unit") != unit.id).select(
        "thing", pl.col("unit").alias("community"), pl.col("type").alias("other_type")
    )
    return (
        mine.join(theirs, on="thing")
        .join(communities, on="community", how="semi")
        .unique(["thing", "community"], keep="first", maintain_order=True)
    )


def _ends(graph: Graph, *kinds: Relation) -> pl.DataFrame:
    parts = [
        open_relations(graph, kind).select(
            pl.col("source").alias("unit"), pl.col("target").alias("thing"), pl.lit(kind.type).alias("type")
        )
        for kind in kinds
    ]
    return pl.concat(parts)


def _agreements(graph: Graph, unit: UnitRef, communities: pl.DataFrame) -> list[UnitLink]:
    known = open_entities(graph, Agreement, "number", "title", "signed", "expires")
    known = known.select(pl.col("id").alias("thing"), shown_name(known, Agreement).alias("shown"), "signed")
    found = (
        _shared(_ends(graph, SIGNED), unit, communities)
        .join(known, on="thing")
        .sort("signed", "thing", descending=[True, False], nulls_last=True)
    )
    return [
        _link(
            row,
            "agreement",
            Agreement,
            row["signed"],
            Said(f"签订协议 {row['shown']}", f"signed agreement {row['shown']}"),
        )
        for row in found.iter_rows(named=True)
    ]


def _activities(graph: Graph, unit: UnitRef, communities: pl.DataFrame) -> list[UnitLink]:
    known = open_entities(graph, Activity, "title", "day")
    known = known.select(pl.col("id").alias("thing"), "title", "day", shown_name(known, Activity).alias("shown"))
    found = (
        _shared(_ends(graph, LEADS, TAKES_PART_IN), unit, communities)
        .join(known, on="thing")
        .sort("day", "thing", descending=[True, False])
    )
    return [
        _link(
            row,
            "activity",
            Activity,
            row["day"],
            Said(f"共同活动：{row['title']}", f"held together: {row['title']}"),
        )
        for row in found.iter_rows(named=True)
    ]


def _link(row: FrameRow, link: str, kind: Entity, day: date | None, text: Said) -> UnitLink:
    thing = {"id": row["thing"], "label": kind.label, "name": row["shown"]}
    return UnitLink(row["community"], link, ({"type": row["type"]}, thing, {"type": row["other_type"]}), day, text)


def _venues(graph: Graph, unit: UnitRef, communities: pl.DataFrame) -> list[UnitLink]:
    """Return a link a venue: one of the two used what the other owns, how often and when last."""
    resources = read_resources(graph).select(pl.col("id").alias("resource_id"), "label", "name", "owner_id")
    uses = read_logged(graph).select("resource_id", "user_id", "day").join(resources, on="resource_id")
    out = uses.filter(pl.col("user_id") == unit.id).with_columns(community="owner_id", guest=pl.lit(True))
    back = uses.filter(pl.col("owner_id") == unit.id).with_columns(community="user_id", guest=pl.lit(False))
    both = (
        pl.concat([out, back])
        .join(communities, on="community", how="semi")
        .filter(pl.col("user_id") != pl.col("owner_id"))
    )
    grouped = (
        both.group_by("community", "guest", "resource_id", "label", "name")
        .agg(count=pl.len(), last=pl.col("day").max())
        .sort("last", "resource_id", descending=[True, False])
    )
    return [_venue_link(row) for row in grouped.iter_rows(named=True)]


def _venue_link(row: FrameRow) -> UnitLink:
    place = {"id": row["resource_id"], "label": row["label"], "name": row["name"]}
    used, owned = {"type": USED, "count": row["count"]}, {"type": OWNS.type}
    zh = (
        f"借用{row['name']}共{row['count']}次，此为最近一次"
        if row["guest"]
        else f"社区借用{row['name']}共{row['count']}次，此为最近一次"
    )
    en = (
        f"used {row['name']} {row['count']} times, last on this day"
        if row["guest"]
        else f"the community used {row['name']} {row['count']} times, last on this day"
    )
    return UnitLink(
        row["community"],
        "venue",
        (used, place, owned) if row["guest"] else (owned, place, used),
        row["last"],
        Said(zh, en),
    )


def _needs(graph: Graph, unit: UnitRef, communities: pl.DataFrame) -> list[UnitLink]:
    """Return a link a class of service that one of the two offers and the other needs."""
    about = open_relations(graph, ABOUT).select(pl.col("source").alias("thing"), pl.col("target").alias("concept"))
    names = open_entities(graph, Concept, "name").select(pl.col("id").alias("concept"), "name")
    offered, sought = (
        _ends(graph, kind).join(about, on="thing").select("unit", "concept", "type").unique()
        for kind in (OFFERS, SEEKS)
    )
    links = []
    for mine, theirs in ((offered, sought), (sought, offered)):
        other = theirs.select(pl.col("unit").alias("community"), "concept", pl.col("type").alias("other_type"))
        met = (
            mine.filter(pl.col("unit") == unit.id)
            .join(other, on="concept")
            .join(communities, on="community", how="semi")
            .join(names, on="concept")
        )
        for row in met.sort("community", "name").iter_rows(named=True):
            word = {"id": row["concept"], "label": Concept.label, "name": row["name"]}
            links.append(UnitLink(row["community"], "need", ({"type": row["type"]}, word, {"type": row["other_type"]})))
    return links
