"""Links of two units as answers have them: in the order of their kinds, as paths, as a timeline, as a picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict

from graph.kinds import Relation
from graph.schema.members import LIVES_IN, REPORTED_TO, WORKS_AT, MemberCohort
from graph.texts import NOTHING, Said
from queries.reading.link_words import LinkGroup, Step, UnitLink, group_links

if TYPE_CHECKING:
    from queries.reading.units import UnitRef

MOST_PATHS_A_KIND, MOST_EVENTS = 50, 200
# Ties that are so common that they alone link nearly everybody with everybody: shown beside others.
COMMON = ("service", "shared_venue", "joint_conference")
FIRST = ("agreement", "activity", "venue")
DOES = {
    LIVES_IN.type: Said(
        "{employer}有 {n} 名{more}党员居住在{community}", "members of {employer} living in {community}: {more}{n}"
    ),
    REPORTED_TO.type: Said(
        "{employer}有 {n} 名{more}党员到{community}报到", "members of {employer} reporting to {community}: {more}{n}"
    ),
}
_OR_MORE = Said("以上", "at least ")


class DatedLink(TypedDict):
    """What happened on a known day between two units: an agreement, an activity, a handover, the last use of a venue …"""

    date: date | None
    kind: str
    id: str
    text: Said | None


def in_order(links: Sequence[UnitLink]) -> list[UnitLink]:
    """Return links in the order of their kinds: those that most is made of first, common ones last."""
    return sorted(
        links, key=lambda link: (FIRST.index(link.kind) if link.kind in FIRST else len(FIRST), link.kind in COMMON)
    )


def say_members(employer: UnitRef, community: UnitRef, place: Relation, number: int, *, exact: bool) -> LinkGroup:
    """Return how many members of a unit live in or report to a community, as one of the kinds of link."""
    said = DOES[place.type].fill(
        n=number, more=NOTHING if exact else _OR_MORE, employer=employer.name, community=community.name
    )
    return LinkGroup(place.type.lower(), number, None, None, said)


def draw_paths(
    unit: UnitRef, other: UnitRef, links: Sequence[UnitLink], people: Sequence[tuple[Relation, int | None]] = ()
) -> list[list[Step]]:
    """Return the paths from one unit to the other: by members, where the one employs them; then by kind."""
    first, last = ({"id": one.id, "label": one.label, "name": one.name} for one in (unit, other))
    between: list[Sequence[Step]] = [_through_members(unit, other, place, number) for place, number in people if number]
    taken: dict[str, int] = {}
    for link in links:
        taken[link.kind] = taken.get(link.kind, 0) + 1
        if taken[link.kind] <= MOST_PATHS_A_KIND:
            between.append(link.between)
    return [[first, *steps, last] for steps in between]


def _through_members(employer: UnitRef, community: UnitRef, place: Relation, number: int) -> Sequence[Step]:
    mark = "coh" if place is LIVES_IN else "rep"  # the two groups are not the same people
    cohort = {
        "id": f"{mark}:{employer.id}:{community.id}",
        "label": MemberCohort.label,
        "name": Said(f"{number}名党员", f"{number} members"),
        "count": number,
    }
    return ({"type": WORKS_AT.type, "outward": False}, cohort, {"type": place.type, "outward": True})


def is_cut(links: Sequence[UnitLink]) -> bool:
    """Tell whether there are more paths of a kind than are drawn."""
    return any(group.count > MOST_PATHS_A_KIND for group in group_links(links))


def draw_timeline(links: Sequence[UnitLink]) -> list[DatedLink]:
    """Return what happened on a known day, in order; of very much, the latest."""
    dated = sorted((link for link in links if link.day), key=lambda link: (link.day, link.kind, _about(link)))
    return [
        {"date": link.day, "kind": link.kind, "id": _about(link), "text": link.text} for link in dated[-MOST_EVENTS:]
    ]


def _about(link: UnitLink) -> str:
    """Return the id of what a link is about: the first thing between the two units; of a relation without any, the other unit."""
    return next((str(step["id"]) for step in link.between if "id" in step), link.other)


def network(paths: Iterable[Sequence[Step]]) -> dict[str, Any]:
    """Return the entities and relations that paths are made of, each once and in the direction it is read in, for a picture."""
    entities: dict[str, Step] = {}
    relations: dict[tuple[str, str, str], Step] = {}
    for path in paths:
        for step in path[::2]:
            entities[step["id"]] = step
        for before, tie, after in zip(path[:-2:2], path[1:-1:2], path[2::2], strict=True):
            source, target = (before["id"], after["id"]) if tie["outward"] else (after["id"], before["id"])
            drawn = {name: value for name, value in tie.items() if name != "outward"}
            relations[source, tie["type"], target] = {"source": source, "target": target, **drawn}
    return {"entities": list(entities.values()), "relations": list(relations.values())}
