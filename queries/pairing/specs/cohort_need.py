"""Which group of members could help with a need: those with the skills, who live there or near, and are many enough.

A group (a unit's members of one category who live in one community) exists from five members on; what few of them can do is
told to nobody who may not see members, and no row of a person stands behind a reason.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graph.people import K_ANONYMITY
from graph.schema.members import Member, MemberCohort
from graph.schema.organizations import UNITS, Community
from graph.schema.resources import Need
from graph.texts import Said
from queries.matching.pairs import Pairs
from queries.matching.sides import Sides
from queries.matching.signal import Evidence, PairSpec, Signal, known_values, signal
from queries.pairing.reasons import cells_of
from queries.pairing.signals import FOLDER, find_signals
from queries.pairing.things import PRODUCT, pick_things, stand_behind
from queries.reading.entities import read_units
from queries.reading.facts import (
    CELL,
    TEXTS,
    Facts,
    count_members,
    read_employed,
    read_entities,
    read_facts,
    read_homes,
    read_skills,
    read_wanted,
)

if TYPE_CHECKING:
    from graph.graph import Graph

WEIGHTS = FOLDER / "weights_cohort_need.toml"
OTHER = "其他"  # the category of members whose register names none
PEOPLE = r"^(?:人|名|位|人次)?$"


def read_cohorts(graph: Graph) -> Facts:
    """Return the facts of the needs that people can help with, and of the groups of members by employer, community and category."""
    facts = read_facts(graph)
    needs = read_wanted(graph, facts.as_of).filter(~PRODUCT)
    cohorts = _read_groups(graph)
    hands = pl.when(pl.col("measure").fill_null("").str.contains(PEOPLE)).then("quantity")
    lefts = stand_behind(graph, pick_things(needs).with_columns(hands=hands), Need.label)
    homes = lefts.select(home="owner_id", community="id").join(
        cohorts.select("home", "members", employer="id"), on="home"
    )
    own = cohorts.select(
        "members", employer="id", community="home"
    )  # every group lives somewhere: that much is known of all
    return replace(
        facts,
        units=pl.concat([lefts, cohorts], how="diagonal_relaxed"),
        needs=needs.select(*TEXTS, "urgency", *CELL, unit="id").unique().sort("unit", *TEXTS, *CELL),
        homes=pl.concat([part.select("employer", "community", "members") for part in (homes, own)]).sort(
            "employer", "community"
        ),
        skills=_count_skills(graph, cohorts),
    )


def _read_groups(graph: Graph) -> pl.DataFrame:
    """Return the groups of members as a side: where they live, named by their employer and community, with their number."""
    units = read_units(graph)
    employer = units.select("id", employer_name="name")
    community = units.filter(pl.col("label") == Community.label).select("id", "lon", "lat", community_name="name")
    groups = read_entities(graph, MemberCohort).filter(pl.col("count") >= K_ANONYMITY)
    groups = groups.join(employer, left_on="employer", right_on="id").join(
        community, left_on="community", right_on="id"
    )
    name = pl.format("{}·住{}·{}", "employer_name", "community_name", pl.col("category").fill_null(OTHER))
    return groups.select(
        "id",
        "lon",
        "lat",
        *CELL,
        name=name,
        label=pl.lit("Cohort"),
        members=pl.col("count").cast(pl.Int64),
        home="community",
    ).sort("id")


def _count_skills(graph: Graph, cohorts: pl.DataFrame) -> pl.DataFrame:
    """Return how many members of each group have each skill."""
    members = read_entities(graph, Member).select(member="id", category=pl.col("category").fill_null(OTHER))
    employed = read_employed(graph, *UNITS)
    living = employed.join(read_homes(graph), on="member").join(members, on="member")
    grouped = living.select("member", employer=pl.format("coh:{}:{}:{}", "employer", "community", "category"))
    known = grouped.join(cohorts.select(employer="id"), on="employer", how="semi")
    return count_members(known.join(read_skills(graph), on="member"), "employer", "skill")


def tell_hands(sides: Sides, left: int, right: int) -> Evidence:
    """Tell how many people are needed and how many the group has, as the asker may see it."""
    members, more = (
        int(sides.right.row(right)["members"]),
        Said("以上", " or more") if sides.hides_few else Said("", ""),
    )
    wanted = int(sides.left.row(left)["hands"])
    return Evidence(
        f"需要 {wanted} 人，该群组 {members} 人{more}", f"{wanted} people needed, {members}{more.en} in the group",
        cells_of([sides.left.row(left)]),
    )  # fmt: skip


@signal(
    zh="人手够",
    en="enough hands",
    because=tell_hands,
    missing=Said("没有写明需要多少人，此项暂不计", "how many people are needed is not said; not counted for now"),
)
def enough_hands(pairs: Pairs) -> Signal:
    """Return which share of the people needed a group of members can provide, at most 1.

    min(1, members of the group ÷ people needed), members as the asker may see them.
    """
    wanted = pairs.sides.left.numbers("hands")[pairs.left]
    members = pairs.sides.right.numbers("members")[pairs.right]
    return known_values(np.minimum(members / np.where(wanted > 0, wanted, np.nan), 1))


COHORT_NEED = PairSpec(
    "cohort-need", left=Need.label, right="Cohort", signals=find_signals(WEIGHTS, globals()),
    rules=(), capacities=(2, 2), read=read_cohorts, weights=WEIGHTS,
)  # fmt: skip
