"""Which unit should fill an open post: its members have the skills, it was asked to nominate, it is near and known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graph.names import core, map_unique
from graph.schema.organizations import Community, Enterprise, Institution, Subdistrict
from graph.schema.posts import OPEN_AT, SERVES, Post
from graph.texts import Said
from queries.matching.arrays import BoolArray
from queries.matching.pairs import Pairs
from queries.matching.sides import Sides
from queries.matching.signal import Evidence, PairSpec, Signal, rule, signal
from queries.pairing.reasons import cells_of, registry
from queries.pairing.rules import same_unit
from queries.pairing.signals import FOLDER, find_signals
from queries.pairing.things import first_owner, make_table, read_side, stand_behind
from queries.reading.entities import open_relations
from queries.reading.facts import (
    CELL,
    Facts,
    count_members,
    read_employed,
    read_entities,
    read_facts,
    read_skills,
)
from queries.reading.vacancies import is_vacant

if TYPE_CHECKING:
    from graph.graph import Graph

WEIGHTS = FOLDER / "weights_post_unit.toml"
SENDERS = (Community, Enterprise, Institution, Subdistrict)


def read_posts(graph: Graph) -> Facts:
    """Return the facts of the posts that are open and of the units that may send somebody; a post needs the skills it asks for."""
    posts = read_entities(graph, Post).filter(is_vacant())
    owned = posts.join(first_owner(graph, OPEN_AT, "target", "source", Post), on="id", how="left")
    senders = read_side(graph, SENDERS, "Sender")
    nominated = _find_nominated(posts, senders)
    owned = owned.with_columns(name="title", asks=pl.col("id").is_in(nominated["left"].unique().implode()))
    wanted = posts.explode("skills").filter(pl.col("skills").is_not_null())
    employed = read_employed(graph, *SENDERS)
    return replace(
        read_facts(graph),
        units=pl.concat([stand_behind(graph, owned, Post.label), senders], how="diagonal_relaxed"),
        needs=wanted.select(*CELL, unit="id", service="skills", urgency=pl.lit(1.0)).sort("unit", "service"),
        skills=count_members(employed.join(read_skills(graph), on="member"), "employer", "skill"),
        tables={"nominates": nominated, "serves": _find_served(graph)},
    )


def _find_nominated(posts: pl.DataFrame, senders: pl.DataFrame) -> pl.DataFrame:
    """Return the units whose full or short name, up to its usual endings, a post's list of nominating units has."""
    named = posts.explode("nominated_by").filter(pl.col("nominated_by").is_not_null())
    asked = named.select(*CELL, left="id", name=map_unique(named["nominated_by"], core))
    short = [c for c in ("name", "short_name") if c in senders.columns]
    known = pl.concat([senders.select(right="id", name=c).drop_nulls() for c in short])
    known = known.with_columns(map_unique(known["name"], core)).unique()
    alone = known.filter(pl.col("right").n_unique().over("name") == 1)
    return make_table(asked.join(alone, on="name").with_columns(value=pl.lit(1.0)).unique(("left", "right")))


def _find_served(graph: Graph) -> pl.DataFrame:
    """Return the units that a post serves already."""
    served = open_relations(graph, SERVES).select("load_id", "sheet", "row", left="source", right="target")
    return make_table(served.with_columns(entity=pl.lit(Post.label), value=pl.lit(1.0)))


def tell_nominated(sides: Sides, left: int, right: int) -> Evidence:
    """Tell whether the unit is one of those that the post asks to nominate."""
    rows = sides.tables["nominates"].tell(left, right)
    if rows:
        return Evidence("在该岗位的推荐单位之列", "is among the units that nominate for the post", cells_of(rows))
    return Evidence("不在该岗位的推荐单位之列", "is not among the units that nominate for the post")


def tell_served(sides: Sides, left: int, right: int) -> Evidence:
    """Tell that the post serves the unit already."""
    rows = sides.tables["serves"].tell(left, right)
    return Evidence(
        "该岗位已在服务这个单位", "the post serves this unit already", cells_of(rows) or registry(sides, left, right)
    )


@signal(
    zh="推荐单位",
    en="asked to nominate",
    because=tell_nominated,
    missing=Said("岗位没有写明推荐单位，此项暂不计", "the post names no units that nominate; not counted for now"),
)
def nominates(pairs: Pairs) -> Signal:
    """Return 1 for units that the post asks to nominate somebody, else 0; unknown where the post names no unit."""
    named = pairs.sides.tables["nominates"].spread(pairs.left, pairs.right) > 0
    return Signal(named.astype(np.float64), pairs.sides.left.numbers("asks")[pairs.left] > 0)


@rule(tell_served)
def served_already(pairs: Pairs) -> BoolArray:
    """Exclude units that the post serves."""
    return pairs.sides.tables["serves"].spread(pairs.left, pairs.right) > 0


POST_UNIT = PairSpec(
    "post-unit", left=Post.label, right="Sender", signals=find_signals(WEIGHTS, globals()),
    rules=(same_unit, served_already), capacities=(1, 2), read=read_posts, weights=WEIGHTS,
)  # fmt: skip
