"""What units have to show of their Party work, and which of them were observed before: what a round of observation chooses from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from graph.schema.assessing import REVIEWED
from graph.schema.assets import Brand, Honour, Project
from graph.schema.brands import CREATED
from graph.schema.cooperation import LEADS, Activity
from graph.schema.organizations import HAS_PARTY_ORGANIZATION
from graph.schema.resources import OWNS, RECOGNISED_AS, RedBase
from graph.state_vocabulary import DONE
from graph.states import said_state
from graph.texts import Said
from queries.reading.entities import open_entities, open_relations

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Entity, Relation

OBSERVATION = "观摩"
# What a unit may show: the kind of thing, its relation to the unit, the unit's end, how a sentence calls it.
_SHOWN: tuple[tuple[Entity, Relation, str, str, Said], ...] = (
    (Brand, CREATED, "source", "target", Said("党建品牌", "brand")),
    (Honour, RECOGNISED_AS, "source", "target", Said("荣誉", "honour")),
    (RedBase, OWNS, "source", "target", Said("教育基地", "education base")),
    (Project, LEADS, "source", "target", Said("完成的项目", "finished project")),
)
WORDS = {kind.label: said for kind, _, _, _, said in _SHOWN}


def read_shown_work(graph: Graph) -> pl.DataFrame:
    """Return what each unit, or its Party organization, has to show: unit, kind (a key of WORDS), name."""
    hosts = read_hosts(graph)
    parts = [pl.DataFrame(schema={"unit": pl.String, "kind": pl.String, "name": pl.String})]
    for kind, relation, near, far, _ in _SHOWN:
        column = kind.named_by[0]
        status = ["status"] if kind is Project else []
        things = open_entities(graph, kind, column, *status)
        if kind is Project:
            things = things.filter(said_state() == DONE)
        named = things.select(thing="id", name=column)
        tied = open_relations(graph, relation).filter(pl.col(f"{far}_label") == kind.label)
        found = tied.select(body=near, thing=far).join(named, on="thing").join(hosts, on="body", how="left")
        parts.append(found.select(unit=pl.coalesce("unit", "body"), kind=pl.lit(kind.label), name="name"))
    return pl.concat(parts).drop_nulls("name").unique().sort("unit", "kind", "name")


def read_observed(graph: Graph, until: date) -> pl.DataFrame:
    """Return which units were observed by a day, when last, and the mean score of the reviews: unit, observed, score."""
    held = open_entities(graph, Activity, "kind", "title", "day", "score").filter(
        pl.col("kind").fill_null("").str.contains(OBSERVATION), (pl.col("day") <= until).fill_null(True)
    )
    reviews = open_relations(graph, REVIEWED).group_by(thing="target").agg(reviewed=pl.col("score").mean())
    hosts = open_relations(graph, LEADS).filter(pl.col("target_label") == Activity.label)
    joined = hosts.select(body="source", thing="target").join(held.rename({"id": "thing"}), on="thing")
    joined = joined.join(reviews, on="thing", how="left").join(read_hosts(graph), on="body", how="left")
    score = pl.coalesce("score", "reviewed")
    return (
        joined.group_by(unit=pl.coalesce("unit", "body"))
        .agg(observed=pl.col("day").max(), score=score.mean())
        .sort("unit")
    )


def read_hosts(graph: Graph) -> pl.DataFrame:
    """Return the unit of each Party organization: body, unit; what a branch does counts for the unit that it is of."""
    tied = open_relations(graph, HAS_PARTY_ORGANIZATION).select(body="target", unit="source").sort("body", "unit")
    return tied.unique("body", keep="first", maintain_order=True)
