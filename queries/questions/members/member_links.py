"""企业党员和社区怎样联系在一起？ How are an enterprise's members and a community linked?

For each community: how many members of the enterprise live there, what they can do, and the paths that join the two – members,
agreements, activities, venues used, needs and offers – with what happened when. Numbers of people are exact only for who may see
them; for others they are rounded down to fives, and withheld below five or where subtraction would give them away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypedDict

from graph.schema.members import LIVES_IN, WORKS_AT, MemberCohort
from graph.schema.organizations import UNITS, Community, Enterprise, Institution
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.catalogue import question
from queries.answers.rows import column
from queries.reading.entities import read_units
from queries.reading.link_paths import Step, UnitLink, find_links
from queries.reading.member_counts import MemberCount, count_members, tell_without_employer
from queries.reading.scope import Scope
from queries.reading.units import UnitRef, find_unit

if TYPE_CHECKING:
    from graph.graph import Graph

MOST_PATHS_A_KIND, MOST_EVENTS = 5, 50
KINDS_IN_ORDER = ("agreement", "activity", "venue", "need")


class DatedLink(TypedDict):
    """What happened on a known day between an enterprise and a community: an agreement, an activity or the use of a venue."""

    date: date | None
    kind: str
    id: str
    text: Said | None


@dataclass(frozen=True)
class MemberLink:
    """How an enterprise and one community are linked."""

    enterprise: str = column("企业", "enterprise")
    community: str = column("社区", "community")
    members: int | None = column("居住党员", "members living there")
    suppressed: bool = column("人数不显示", "number withheld")
    skills: dict[str, int] = column("特长", "skills")
    paths: list[list[Step]] = column("联系", "links")
    timeline: list[DatedLink] = column("时间线", "timeline", "detail")


@question
def member_links(
    graph: Graph,
    scope: Scope,
    enterprise: Annotated[str, Said("企业的名称、简称或编号", "the enterprise's name, short name or id")],
    community: Annotated[
        str | None,
        Said("社区；不填则列出所有有联系的社区", "the community; without it, every community that is linked"),
    ] = None,
) -> Answer[MemberLink]:
    """企业党员和社区怎样联系在一起？ How are an enterprise's members and a community linked? Most members come first."""
    employer = find_unit(graph, enterprise, (Enterprise, Institution))
    counts = count_members(graph, scope, employer)
    links: dict[str, list[UnitLink]] = {}
    for link in find_links(graph, employer):
        links.setdefault(link.community, []).append(link)
    named = {row[0]: UnitRef(*row) for row in read_units(graph, (Community,)).select("id", "label", "name").iter_rows()}
    chosen = (
        [find_unit(graph, community, (Community,))]
        if community
        else [named[c] for c in _linked(counts, links) if c in named]
    )
    rows = [_row(employer, place, counts.get(place.id), links.get(place.id, []), scope) for place in chosen]
    rows.sort(key=lambda row: (-(row.members or 0), -len(row.paths), row.community))
    told = tell_without_employer(graph, scope)
    return Answer(
        rows,
        extra={"without_employer": told} if told else {},
        truncated=any(_is_cut(links.get(place.id, [])) for place in chosen),
        **network(step for row in rows for step in row.paths),
    )


def _linked(counts: dict[str, MemberCount], links: dict[str, list[UnitLink]]) -> list[str]:
    """Return the communities to list: matching needs alone link too many, and a row for a withheld number would give it away."""
    tied = {community for community, found in links.items() if any(link.kind != "need" for link in found)}
    return sorted(tied | {community for community, count in counts.items() if count.members is not None})


def _row(
    employer: UnitRef, place: UnitRef, count: MemberCount | None, links: Sequence[UnitLink], scope: Scope
) -> MemberLink:
    sees_all = scope.sees_members_of(employer.id)
    members = count.members if count else (0 if sees_all else None)
    return MemberLink(
        enterprise=employer.name, community=place.name, members=members, suppressed=members is None, skills=count.skills if count else {},
        paths=_paths(employer, place, members, links), timeline=_timeline(links),
    )  # fmt: skip


def _paths(employer: UnitRef, place: UnitRef, members: int | None, links: Sequence[UnitLink]) -> list[list[Step]]:
    """Return the paths from enterprise to community, every kind of link in its order."""
    first, last = ({"id": one.id, "label": one.label, "name": one.name} for one in (employer, place))
    between: list[Sequence[Step]] = []
    if members:
        cohort = {
            "id": f"coh:{employer.id}:{place.id}",
            "label": MemberCohort.label,
            "name": Said(f"{members}名党员", f"{members} members"),
            "count": members,
        }
        between.append(({"type": WORKS_AT.type}, cohort, {"type": LIVES_IN.type}))
    for kind in KINDS_IN_ORDER:
        between += [link.between for link in links if link.kind == kind][:MOST_PATHS_A_KIND]
    return [[first, *steps, last] for steps in between]


def _is_cut(links: Sequence[UnitLink]) -> bool:
    return any(sum(link.kind == kind for link in links) > MOST_PATHS_A_KIND for kind in KINDS_IN_ORDER)


def _timeline(links: Sequence[UnitLink]) -> list[DatedLink]:
    """Return what happened on a known day, in order; of very much, the latest."""
    dated = sorted((link for link in links if link.day), key=lambda link: (link.day, link.kind, link.between[1]["id"]))
    return [
        {"date": link.day, "kind": link.kind, "id": link.between[1]["id"], "text": link.text}
        for link in dated[-MOST_EVENTS:]
    ]


def network(paths: Iterable[Sequence[Step]]) -> dict[str, Any]:
    """Return the entities and relations that paths are made of, each once and in the direction it is read in, for a picture."""
    units = {kind.label for kind in UNITS}
    entities: dict[str, Step] = {}
    relations: dict[tuple[str, str, str], Step] = {}
    for path in paths:
        for step in path[::2]:
            entities[step["id"]] = step
        for before, tie, after in zip(path[:-2:2], path[1:-1:2], path[2::2], strict=True):
            # Relations run from a unit to a thing, save those of members, which run to the unit.
            forward = (before["label"] in units) != (tie["type"] in {WORKS_AT.type, LIVES_IN.type})
            source, target = (before["id"], after["id"]) if forward else (after["id"], before["id"])
            relations[source, tie["type"], target] = {"source": source, "target": target, **tie}
    return {"entities": list(entities.values()), "relations": list(relations.values())}
