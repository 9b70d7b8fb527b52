"""How many of a unit's members live in which community, and what they can do: numbers as the asker may see them, never people."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from graph.people import round_down, suppress
from graph.schema.members import WORKS_AT, Member
from graph.schema.organizations import Community
from graph.texts import NOTHING, Said
from queries.reading.entities import open_entities
from queries.reading.facts import KEPT, Recent, read_employed, read_homes, read_skills, snapshot_key
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph
    from queries.reading.units import UnitRef

_WITHOUT = Said(
    "另有{about}{n}名党员没有可对应的工作单位（未填写，或单位不在名册中），以上人数不含其中可能属于该单位的党员",
    "{about}{n} further members have no employer that is known (none was told, or it is on no list); those of them who may work for this"
    " unit are not in the numbers above",
)
_EMPLOYERLESS: Recent[int] = Recent(KEPT)
_RESIDENTS: Recent[pl.DataFrame] = Recent(KEPT)
_ABOUT = Said("约", "some ")


@dataclass(frozen=True)
class MemberCount:
    """The number of a unit's members who live in one community, and of those with each skill; None where too few to be shown."""

    members: int | None
    skills: dict[str, int] = field(default_factory=dict)


def count_members(graph: Graph, scope: Scope, employer: UnitRef) -> dict[str, MemberCount]:
    """Return the counts by community id, as `scope` may see them; communities without a member are not in it."""
    residents = _read_residents(graph, employer)
    exact = dict(_count(residents, "community").sort("community").iter_rows())
    sees_all = scope.sees_members_of(employer.id)
    shown: dict[str, int | None] = {**exact} if sees_all else suppress(exact)
    skills: dict[str, dict[str, int]] = {}
    skilled = _count(residents.join(read_skills(graph), on="member"), "community", "skill")
    for community, skill, members in skilled.sort("community", -pl.col("members"), "skill").iter_rows():
        count = members if sees_all else round_down(members)
        # A skill of members whose number is withheld would tell that there are at least as many.
        if count is not None and shown.get(community) is not None:
            skills.setdefault(community, {})[skill] = count
    return {community: MemberCount(count, skills.get(community, {})) for community, count in shown.items()}


def tell_without_employer(graph: Graph, scope: Scope) -> Said:
    """Return how many members have no employer that is known, as `scope` may see it; nothing where there are none or too few."""
    shown = scope.count(_EMPLOYERLESS.get(snapshot_key(graph), partial(_count_employerless, graph)))
    return _WITHOUT.fill(n=shown, about=NOTHING if scope.sees_members else _ABOUT) if shown else NOTHING


def _count_employerless(graph: Graph) -> int:
    members = open_entities(graph, Member, "pseudonym")["id"]
    units = pl.concat([open_entities(graph, kind, "name")["id"] for kind in WORKS_AT.target])
    employed = read_employed(graph, *WORKS_AT.target).filter(pl.col("employer").is_in(units.implode()))["member"]
    return int((~members.is_in(employed.implode())).sum())


def _count(frame: pl.DataFrame, *by: str) -> pl.DataFrame:
    return frame.group_by(by).agg(members=pl.col("member").n_unique().cast(pl.Int64))


def _read_residents(graph: Graph, employer: UnitRef) -> pl.DataFrame:
    """Return a unit's members with the community in which each lives: member, community."""
    every = _RESIDENTS.get(snapshot_key(graph), partial(_read_all_residents, graph))
    return every.filter(pl.col("employer") == employer.id).select("member", "community")


def _read_all_residents(graph: Graph) -> pl.DataFrame:
    members = open_entities(graph, Member, "pseudonym").select(member="id")
    communities = open_entities(graph, Community, "name").select(community="id")
    staff = read_employed(graph, *WORKS_AT.target)
    homes = read_homes(graph).join(communities, on="community", how="semi")
    return staff.join(members, on="member", how="semi").join(homes, on="member")
