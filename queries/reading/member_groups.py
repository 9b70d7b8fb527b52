"""Reads members with what they are grouped by – branch, category, skill, home – as of a day: rows of persons, to be counted at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from graph.schema.members import BELONGS_TO_BRANCH, HAS_SKILL, LIVES_IN, REPORTED_TO, WORKS_AT, Concept, Member
from graph.schema.organizations import Community, PartyOrganization, Subdistrict
from queries.answers.rows import Record
from queries.reading.area import read_streets
from queries.reading.entities import open_entities, read_units

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Relation

NAMELESS = "未填写"
_OF_MEMBER = ("category", "stage")  # groups that a member's own row names
_TIES: dict[str, Relation] = {"branch": BELONGS_TO_BRANCH, "unit": WORKS_AT, "skill": HAS_SKILL}


def was_valid(day: date) -> pl.Expr:
    """Tell whether a row was valid on a day: on a list by then, and not missing from a later one."""
    begun = (pl.col("valid_from") <= pl.lit(day)).fill_null(True)
    return begun & (pl.col("valid_to").is_null() | (pl.col("valid_to") > pl.lit(day)))


def read_grouped(graph: Graph, by: str, day: date) -> pl.DataFrame:
    """Return which member was in which group on a day, and lived where: person, group, street, community.

    Areas are null where unknown. In groups of their own kind (`community`, `subdistrict`) all members are in one.
    """
    members = graph.entities(Member.label, *_OF_MEMBER).filter(was_valid(day)).rename({"id": "person"})
    homes = _tied(graph, LIVES_IN, day).rename({"target": "community"})
    homes = homes.sort("person", "community").unique("person", keep="first", maintain_order=True)
    streets = read_streets(graph).select(community="unit", street="area")
    placed = members.join(homes, on="person", how="left").join(streets, on="community", how="left")
    if by in _OF_MEMBER:
        grouped = placed.with_columns(group=pl.col(by).fill_null(NAMELESS))
    elif by in _TIES:
        named = _tied(graph, _TIES[by], day).join(_name_ends(graph), on="target").select("person", group="name")
        grouped = placed.join(named.unique(), on="person")
    else:
        grouped = placed.with_columns(group=pl.lit(""))
    return grouped.select("person", "group", "street", "community")


def read_present(graph: Graph) -> pl.DataFrame:
    """Return which member lives in or reports to which community: person, community."""
    members = open_entities(graph, Member, "pseudonym").select(person="id")
    day = graph.as_of or date.today()
    ties = pl.concat([_tied(graph, kind, day) for kind in (LIVES_IN, REPORTED_TO)]).rename({"target": "community"})
    return ties.unique().join(members, on="person", how="semi")


def find_first_list(graph: Graph) -> date | None:
    """Return the day of the first list of members: before it, nothing is known."""
    first = graph.entities(Member.label, "category")["valid_from"].min()
    return first if isinstance(first, date) else None


def list_member_files(graph: Graph) -> list[Record]:
    """Return the sheets that members were read from; never a row, which would be a person."""
    cells = graph.entities(Member.label, "category").select("load_id", "sheet").unique().sort("load_id", "sheet")
    return [
        Record(Member.label, graph.files.get(load, ""), sheet or "", None) for load, sheet in cells.iter_rows() if load
    ]


def _tied(graph: Graph, kind: Relation, day: date) -> pl.DataFrame:
    ties = graph.relations(kind.type).filter(was_valid(day), pl.col("source_label") == Member.label)
    return ties.select("target", person="source").unique()


def _name_ends(graph: Graph) -> pl.DataFrame:
    """Return what the units, branches and skills that group members are called: target, name."""
    units = read_units(graph).select("name", target="id")
    others = [open_entities(graph, kind, "name").select("name", target="id") for kind in (PartyOrganization, Concept)]
    return pl.concat([units, *others])


def name_areas(graph: Graph) -> pl.DataFrame:
    """Return what subdistricts and communities are called: area, name."""
    return read_units(graph, (Subdistrict, Community)).select("name", area="id")
