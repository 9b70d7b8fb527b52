"""Reads agreements, who signed them, and which had no joint activity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from graph.schema.cooperation import LEADS, SIGNED, TAKES_PART_IN, Activity, Agreement
from graph.schema.resources import OWNS
from graph.state_vocabulary import PLANNED
from graph.states import find_state, in_force
from graph.texts import Said
from queries.answers.contents import Drawing, DrawnEntity, DrawnRelation
from queries.reading.area import AreaName, is_of, is_within
from queries.reading.entities import open_entities, open_relations, read_units
from queries.reading.period import Days
from queries.reading.use import read_logged

if TYPE_CHECKING:
    from graph.graph import Graph


def read_paper_agreements(graph: Graph, days: Days, since_signing: bool = True) -> pl.DataFrame:
    """Return the agreements whose parties held nothing together in the time, with what is known of them; in force first.

    What is only planned binds nobody, and is none of them.
    """
    agreements = open_entities(graph, Agreement, "number", "title", "signed", "expires", "status", "performance")
    agreements = agreements.filter(find_state(graph.as_of, begins="signed") != PLANNED)
    agreements = agreements.with_columns(in_force=in_force(graph.as_of))
    first = pl.col("signed").fill_null(days.start) if since_signing else pl.lit(days.start)
    agreements = agreements.with_columns(first=first).filter(
        pl.col("signed").is_null() | (pl.col("signed") <= days.end)
    )
    if not since_signing:
        agreements = agreements.filter(pl.col("expires").is_null() | (pl.col("expires") >= days.start))
    active = (
        read_joint_activities(graph)
        .join(agreements.select("id", "first"), on="id")
        .filter(pl.col("day").is_between(pl.col("first"), days.end))
    )
    idle = agreements.join(active, on="id", how="anti").join(read_contacts(graph, days), on="id", how="left")
    return idle.sort(~pl.col("in_force"), pl.col("signed").fill_null(date.min), "id")


def read_signers(graph: Graph) -> pl.DataFrame:
    """Return who signed each agreement, the first side first: id (of the agreement), unit, side."""
    return (
        open_relations(graph, SIGNED)
        .select(pl.col("target").alias("id"), pl.col("source").alias("unit"), "side")
        .unique(["id", "unit"])
        .sort("id", pl.col("side").replace({"甲": "1", "乙": "2", "丙": "3"}), "unit")
    )


def keep_signed_by(graph: Graph, agreements: pl.DataFrame, area: AreaName | None, unit: str | None) -> pl.DataFrame:
    """Return the agreements that some unit of an area has signed, and a unit itself; where neither is given, all."""
    if area is None and unit is None:
        return agreements
    signers = read_signers(graph)
    for chosen in (is_within(graph, area, "unit"), is_of(graph, unit, "unit")):
        agreements = agreements.join(signers.filter(chosen), on="id", how="semi")
    return agreements


def read_parties(graph: Graph) -> dict[str, list[DrawnEntity]]:
    """Return the parties of each agreement, the first side first, as pictures and sentences name them."""
    units = read_units(graph).select(pl.col("id").alias("unit"), "label", "name")
    parties: dict[str, list[DrawnEntity]] = {}
    for row in read_signers(graph).join(units, on="unit", maintain_order="left").iter_rows(named=True):
        parties.setdefault(row["id"], []).append({"id": row["unit"], "label": row["label"], "name": row["name"]})
    return parties


def name_agreement(number: str | None, title: str | None, signed: date | None, parties: Sequence[DrawnEntity]) -> str:
    """Return what an agreement is called: its number, its title, or its parties with the month (甲—乙 2024 年 5 月协议), never an id."""
    told = "—".join(party["name"] for party in parties)
    zh, en = (f" {signed.year} 年 {signed.month} 月", f", {signed:%Y-%m}") if signed else ("", "")
    return number or title or Said(f"{told}{zh}协议", f"agreement {told}{en}")


def draw_agreements(names: Mapping[str, str], parties: Mapping[str, Sequence[DrawnEntity]]) -> Drawing:
    """Return what a picture of agreements (names by id) shows: them and their parties."""
    entities: dict[str, DrawnEntity] = {}
    relations: list[DrawnRelation] = []
    for id, name in names.items():
        entities[id] = {"id": id, "label": Agreement.label, "name": name}
        for party in parties.get(id, []):
            entities[party["id"]] = party
            relations.append({"source": party["id"], "target": id, "type": SIGNED.type})
    return {"entities": list(entities.values()), "relations": relations}


def read_joint_activities(graph: Graph) -> pl.DataFrame:
    """Return the activities in which at least two parties of an agreement took part: id (of the agreement), day."""
    days = open_entities(graph, Activity, "day").select(pl.col("id").alias("activity"), "day")
    parts = [
        open_relations(graph, kind).select(pl.col("source").alias("unit"), pl.col("target").alias("activity"))
        for kind in (LEADS, TAKES_PART_IN)
    ]
    there = pl.concat(parts).unique().join(days, on="activity")
    together = (
        read_signers(graph)
        .join(there, on="unit")
        .group_by("id", "activity", "day")
        .agg(parties=pl.col("unit").n_unique())
    )
    return together.filter(pl.col("parties") > 1).select("id", "day")


def read_contacts(graph: Graph, days: Days) -> pl.DataFrame:
    """Return per agreement how often and when last one party used another's venue: id, contacts, last_contact."""
    owners = open_relations(graph, OWNS).select(pl.col("target").alias("resource_id"), pl.col("source").alias("unit"))
    uses = read_logged(graph).filter(days.hold("day")).select("resource_id", pl.col("user_id").alias("guest"), "day")
    guests = read_signers(graph).select("id", pl.col("unit").alias("guest"))
    visits = (
        read_signers(graph)
        .join(owners, on="unit")
        .join(uses, on="resource_id")
        .join(guests, on=["id", "guest"])
        .filter(pl.col("unit") != pl.col("guest"))
    )
    return visits.group_by("id").agg(contacts=pl.len(), last_contact=pl.col("day").max())
