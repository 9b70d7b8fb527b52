"""How many of a unit's members live in which community, and what they can do: numbers as the asker may see them, never people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.people import round_down, suppress
from graph.texts import NOTHING, Said
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph
    from queries.reading.units import UnitRef

# {label} is the kind of the unit, from the schema; its id travels as a parameter.
LIVING = """MATCH (e:{label} {{id: $id}})<-[w:WORKS_AT]-(m:Member)-[l:LIVES_IN]->(c:Community)
WHERE w.valid_to IS NULL AND l.valid_to IS NULL AND m.valid_to IS NULL AND c.valid_to IS NULL
RETURN c.id AS community_id, count(DISTINCT m.id) AS members ORDER BY community_id"""
SKILLS = """MATCH (e:{label} {{id: $id}})<-[w:WORKS_AT]-(m:Member)-[l:LIVES_IN]->(c:Community)
MATCH (m)-[h:HAS_SKILL]->(s:Concept)
WHERE w.valid_to IS NULL AND l.valid_to IS NULL AND h.valid_to IS NULL AND m.valid_to IS NULL
RETURN c.id AS community_id, s.name AS skill, count(DISTINCT m.id) AS members ORDER BY community_id, members DESC, skill"""

MEMBERS = "MATCH (m:Member) WHERE m.valid_to IS NULL RETURN count(m.id) AS members"
EMPLOYED = """MATCH (m:Member)-[w:WORKS_AT]->(e)
WHERE m.valid_to IS NULL AND w.valid_to IS NULL AND e.valid_to IS NULL RETURN count(DISTINCT m.id) AS members"""
_WITHOUT = Said(
    "另有{about}{n}名党员没有可对应的工作单位（未填写，或单位不在名册中），以上人数不含其中可能属于该单位的党员",
    "{about}{n} further members have no employer that is known (none was told, or it is on no list); those of them who may work for this"
    " unit are not in the numbers above",
)
_ABOUT = Said("约", "some ")


@dataclass(frozen=True)
class MemberCount:
    """The number of a unit's members who live in one community, and of those with each skill; None where too few to be shown."""

    members: int | None
    skills: dict[str, int] = field(default_factory=dict)


def count_members(graph: Graph, scope: Scope, employer: UnitRef) -> dict[str, MemberCount]:
    """Return the counts by community id, as `scope` may see them; communities without a member are not in it."""
    rows = graph.read(LIVING.format(label=employer.label), id=employer.id).iter_rows()
    exact = {community: int(members) for community, members in rows}
    sees_all = scope.sees_members_of(employer.id)
    shown: dict[str, int | None] = {**exact} if sees_all else suppress(exact)
    skills: dict[str, dict[str, int]] = {}
    for community, skill, members in graph.read(SKILLS.format(label=employer.label), id=employer.id).iter_rows():
        count = int(members) if sees_all else round_down(int(members))
        # A skill of members whose number is withheld would tell that there are at least as many.
        if count is not None and shown.get(community) is not None:
            skills.setdefault(community, {})[skill] = count
    return {community: MemberCount(count, skills.get(community, {})) for community, count in shown.items()}


def tell_without_employer(graph: Graph, scope: Scope) -> Said:
    """Return how many members have no employer that is known, as `scope` may see it; nothing where there are none or too few."""
    total, employed = (int(graph.read(text)["members"][0]) for text in (MEMBERS, EMPLOYED))
    shown = scope.count(total - employed)
    return _WITHOUT.fill(n=shown, about=NOTHING if scope.sees_members else _ABOUT) if shown else NOTHING
