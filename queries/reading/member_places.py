"""How many of a unit's members live in, or report to, which community: numbers as the asker may see them, never people.

A number of an enterprise and a community is the same from whichever of the two it is asked: were it withheld on one way and shown on
the other, it would be withheld on none.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from graph.people import round_down, suppress
from graph.schema.members import LIVES_IN, REPORTED_TO, WORKS_AT, Member
from graph.texts import NOTHING, Said
from queries.reading.cohorts import hide_small
from queries.reading.entities import open_entities, open_relations
from queries.reading.facts import KEPT, Recent, snapshot_key
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Relation
    from queries.reading.units import UnitRef

_HOMELESS = Said(
    "该单位另有 {n} 名{more}党员的居住社区不详（未填写，或社区不在名册中），未计入居住人数",
    "it is not known where {more}{n} more members of this unit live (none was told, or the community is on no list); they are not"
    " counted above",
)
_UNATTACHED = {
    LIVES_IN.type: Said(
        "居住在该社区的党员中有 {n} 名{more}没有可对应的工作单位（未填写，或单位不在名册中），未计入各单位人数",
        "of {more}{n} members living in the community no employer is known (none was told, or it is on no list); they are not counted"
        " above",
    ),
    REPORTED_TO.type: Said(
        "到该社区报到的党员中有 {n} 名{more}没有可对应的工作单位（未填写，或单位不在名册中），未计入各单位人数",
        "of {more}{n} members reporting to the community no employer is known (none was told, or it is on no list); they are not counted"
        " above",
    ),
}
_WAYS = Said(
    "该单位党员（约数）：在居住社区报到的{same}，在别的社区报到的{elsewhere}，已报到而居住社区不详的{homeless}，未见报到登记的{nowhere}",
    "of its members (about): {same} report where they live, {elsewhere} report elsewhere, {homeless} report while it is not known where"
    " they live, {nowhere} are on no list of those who report",
)
_SOME, _FEW = Said(" {n} 人", "{n}"), Said("不足五人或不显示", "fewer than five or withheld")
_COUNTS: Recent[pl.DataFrame] = Recent(2 * KEPT)  # living and reporting
_SHOWN: Recent[pl.DataFrame] = Recent(2 * KEPT)
_EMPLOYED: Recent[pl.DataFrame] = Recent(KEPT)
_OR_MORE = Said("以上", "at least ")


def is_told(graph: Graph, place: Relation) -> bool:
    """Tell whether any list said in which community members live, or to which they report."""
    return bool(graph.counts["relations"].get(place.type))


def count_by_place(graph: Graph, scope: Scope, place: Relation, unit: UnitRef) -> dict[tuple[str, str], int]:
    """Return the numbers that may be shown, by employer and community: those of a unit's members, and those of a community.

    `place` says what members do there: live or report. A number that is withheld looks as if there were none.
    """
    pairs = _count(graph, place)
    concerned = pairs.filter(pl.any_horizontal(pl.col("employer", "community") == unit.id))["employer"].unique()
    numbers: dict[tuple[str, str], int] = {}
    # Each employer's numbers are looked at together: one could be had from the others.
    for (employer,), part in (
        pairs.filter(pl.col("employer").is_in(concerned.implode())).partition_by("employer", as_dict=True).items()
    ):
        exact = dict(part.sort("community").select("community", "members").iter_rows())
        shown = exact if scope.sees_members_of(str(employer)) else suppress(exact)
        told = {(str(employer), str(community)): members for community, members in shown.items() if members}
        numbers |= {ends: members for ends, members in told.items() if unit.id in ends}
    return numbers


def count_all_places(graph: Graph, place: Relation) -> pl.DataFrame:
    """Return the numbers of all employers and communities that anybody may see (employer, community, members); once a snapshot.

    They are those of `count_by_place` for somebody who may see no more, of whichever unit it is asked.
    """
    return _SHOWN.get((snapshot_key(graph), place.type), partial(_hide_pairs, graph, place))


def _hide_pairs(graph: Graph, place: Relation) -> pl.DataFrame:
    pairs = _count(graph, place).sort("employer", "community")
    return (
        hide_small(pairs, "members", [("employer",)]).drop_nulls("members").select("employer", "community", "members")
    )


def tell_homeless(graph: Graph, scope: Scope, employer: UnitRef) -> Said:
    """Return how many of a unit's members live nobody knows where, as the asker may see it; nothing where there are none or too few."""
    staff = _employed(graph).filter(pl.col("employer") == employer.id)
    number = staff.join(_at(graph, LIVES_IN), on="member", how="anti")["member"].n_unique()
    exact = scope.sees_members_of(employer.id)
    shown = number if exact else round_down(number)
    return _HOMELESS.fill(n=shown, more=NOTHING if exact else _OR_MORE) if shown else NOTHING


def tell_ways(graph: Graph, employer: UnitRef) -> Said:
    """Return how many of a unit's members report where they live, elsewhere, or nowhere on record, as anybody may see it."""
    if not is_told(graph, REPORTED_TO):
        return NOTHING
    staff = _employed(graph).filter(pl.col("employer") == employer.id).select("member").unique()
    homes, reports = (_at(graph, place).join(staff, on="member", how="semi") for place in (LIVES_IN, REPORTED_TO))
    both = homes.select("member").unique().join(reports.select("member").unique(), on="member")
    same = homes.join(reports, on=["member", "community"])["member"].n_unique()
    reporting = reports["member"].n_unique()
    shown = suppress({
        "same": same, "elsewhere": both.height - same, "homeless": reporting - both.height, "nowhere": staff.height - reporting,
    })  # fmt: skip
    return _WAYS.fill(**{way: _FEW if number is None else _SOME.fill(n=number) for way, number in shown.items()})


def tell_unattached(graph: Graph, scope: Scope, place: Relation, community: UnitRef) -> Said:
    """Return of how many members who live in or report to a community no employer is known; nothing where of none or too few."""
    there = _at(graph, place).filter(pl.col("community") == community.id).join(_members(graph), on="member", how="semi")
    number = there.join(_employed(graph), on="member", how="anti")["member"].n_unique()
    shown = scope.count(number)
    more = NOTHING if scope.sees_members else _OR_MORE
    return _UNATTACHED[place.type].fill(n=shown, more=more) if shown else NOTHING


def _count(graph: Graph, place: Relation) -> pl.DataFrame:
    """Return how many members of each employer are tied to each community: employer, community, members; once a snapshot."""
    return _COUNTS.get((snapshot_key(graph), place.type), partial(_count_pairs, graph, place))


def _count_pairs(graph: Graph, place: Relation) -> pl.DataFrame:
    if not is_told(graph, place):
        return pl.DataFrame(schema={"employer": pl.String, "community": pl.String, "members": pl.Int64})
    pairs = _employed(graph).join(_at(graph, place), on="member")
    return pairs.group_by("employer", "community").agg(members=pl.col("member").n_unique().cast(pl.Int64))


def _employed(graph: Graph) -> pl.DataFrame:
    """Return which member works where: member, employer; once a snapshot."""
    return _EMPLOYED.get(snapshot_key(graph), partial(_read_employed, graph))


def _read_employed(graph: Graph) -> pl.DataFrame:
    works = open_relations(graph, WORKS_AT).filter(pl.col("source_label") == Member.label)
    return works.select(member="source", employer="target").join(_members(graph), on="member", how="semi")


def _at(graph: Graph, place: Relation) -> pl.DataFrame:
    return open_relations(graph, place).select(member="source", community="target")


def _members(graph: Graph) -> pl.DataFrame:
    return open_entities(graph, Member, "pseudonym").select(member="id")
