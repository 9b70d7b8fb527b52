"""How many of a unit's members live in which community, and what they can do: numbers as the asker may see them, never people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from queries.reading.scope import Scope, round_down, suppress

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


@dataclass(frozen=True)
class MemberCount:
    """The members of a unit who live in one community: None where too few to be told; skills by number of members."""

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
