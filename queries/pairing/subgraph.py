"""The entities and relations that explain proposed pairs, as a small graph for a picture."""

from __future__ import annotations

import re

import numpy as np

from graph.schema.cooperation import SIGNED, Activity, Agreement
from graph.schema.members import IN_COMMUNITY, OF_EMPLOYER, MemberCohort
from graph.schema.resources import OFFERS, OWNS, SEEKS, Need, Offering, ResourceUse, Venue
from graph.texts import Said
from queries.answers.contents import Drawing, DrawnEntity, DrawnRelation
from queries.matching.arrays import Side
from queries.matching.needs import Asks
from queries.matching.sides import Sides
from queries.words.spoken import name_class

# Relations that pictures have and the schema does not.
PROPOSED, MEETS = Said("建议结对", "proposed as partner"), Said("满足", "meets")
JOINS, USES = Said("参加", "takes part in"), Said("使用", "uses")
TIE_OF = {
    Activity.label: JOINS,
    ResourceUse.label: USES,
}  # how a unit is tied to a thing, by the kind of row that says so; else it owns it
THING_OF = {ResourceUse.label: Venue.label}
_NO_TEXT = re.compile(r"[\x00-\x1f]")
MOST_SHARED = 6  # joint activities and resources, and agreements, of one pair


class Subgraph:
    """Collects the facts behind pairs as entities and relations of a picture, without repeating any."""

    def __init__(self, sides: Sides) -> None:
        self._sides = sides
        self._entities: dict[str, DrawnEntity] = {}
        self._relations: dict[tuple[str, str, str], DrawnRelation] = {}

    def as_dict(self) -> Drawing:
        """Return entities and relations as an answer has them."""
        return {"entities": list(self._entities.values()), "relations": list(self._relations.values())}

    def add_unit(self, side: Side, place: int) -> str:
        """Add a unit and return its id."""
        return self._add(side.ids[place], side.label, side.units["name"][place])

    def add_pair(self, left: int, right: int, reasons: bool = True) -> None:
        """Add a proposed pair (places), and with `reasons` what speaks for it."""
        sides = self._sides
        ends = self.add_unit(sides.left, left), self.add_unit(sides.right, right)
        self._relate(*ends, PROPOSED)
        if reasons:
            self._add_needs(sides.asks, (sides.left, left), (sides.right, right))
            self._add_needs(sides.asks_back, (sides.right, right), (sides.left, left))
            self._add_members(left, right, ends)
            self._add_shared(left, right, ends)
            self._add_agreements(left, right, ends)

    def _add(self, id: str, label: str, name: str) -> str:
        id = _NO_TEXT.sub(" ", id)  # a class of service has signs in it that no file of a graph may hold
        self._entities.setdefault(id, {"id": id, "label": label, "name": name})
        return id

    def _relate(self, source: str, target: str, kind: str) -> None:
        self._relations.setdefault((source, target, kind), {"source": source, "target": target, "type": kind})

    def _add_needs(self, asks: Asks, asking: tuple[Side, int], giving: tuple[Side, int]) -> None:
        """Add the needs of one unit that the other meets, and the offers that meet them."""
        seeker, giver = asking[0].ids[asking[1]], giving[0].ids[giving[1]]
        wanted, amounts = asks.wanted(asking[1]), asks.amounts(asking[1], giving[1])
        said = {row["service"]: row["said"] for row in self._sides.told.needs.of(seeker)}
        for service in (s for s, amount in zip(wanted, amounts, strict=True) if amount > 0):
            need = self._add(f"Need {seeker} {service}", Need.label, said.get(service) or name_class(service))
            self._relate(seeker, need, SEEKS.type)
            for row in self._sides.told.offers.of(giver):
                if service in asks.answers.get(row["service"], frozenset()):
                    title = row["said"] or name_class(row["service"])
                    offer = self._add(f"Offering {giver} {row['service']}", Offering.label, title)
                    self._relate(giver, offer, OFFERS.type)
                    self._relate(offer, need, MEETS)

    def _add_members(self, left: int, right: int, ends: tuple[str, str]) -> None:
        """Add how many members live there, as the asker may see it; never a single person."""
        members = int(self._sides.homes.spread(np.array([left * len(self._sides.right) + right]))[0])
        if members:
            more = "以上" if self._sides.hides_few else ""
            cohort = self._add(f"MemberCohort {ends[1]} {ends[0]}", MemberCohort.label, f"{members} 名{more}党员")
            self._relate(cohort, ends[1], OF_EMPLOYER.type)
            self._relate(cohort, ends[0], IN_COMMUNITY.type)

    def _add_shared(self, left: int, right: int, ends: tuple[str, str]) -> None:
        """Add the activities and resources that both had to do with, the latest first."""
        sides = self._sides
        behind = sides.owners[0][left], sides.owners[1][right]
        rows = [sides.told.shared.of(unit) for unit in behind]
        common = {row["thing"] for row in rows[0]} & {row["thing"] for row in rows[1]}
        last: dict[str, int] = {}
        for row in (row for part in rows for row in part if row["thing"] in common):
            last[row["thing"]] = max(last.get(row["thing"], 0), row["day"].toordinal() if row["day"] else 0)
        shown = set(sorted(last, key=lambda thing: (-last[thing], thing))[:MOST_SHARED])
        named = {row["thing"]: row for part in rows for row in part if row["entity"] not in THING_OF}
        for unit, part in zip(ends, rows, strict=True):
            for row in part:
                if row["thing"] in shown:
                    told = named.get(row["thing"], row)
                    kind = str(told["entity"])
                    thing = self._add(row["thing"], THING_OF.get(kind, kind), told["title"] or row["thing"])
                    self._relate(unit, thing, TIE_OF.get(row["entity"], OWNS.type))

    def _add_agreements(self, left: int, right: int, ends: tuple[str, str]) -> None:
        """Add the agreements of the two, and the rated ones of the right unit with others."""
        told = self._sides.told
        own = {row["agreement"]: row for row in told.signed.of(left) if row["right"] == right}
        rated = {row["agreement"]: row for row in told.ratings.of(right)}
        for agreement in sorted(own | rated, key=lambda one: (one not in own, one))[:MOST_SHARED]:
            row = own.get(agreement) or rated[agreement]
            name = self._add(agreement, Agreement.label, row["name"] or agreement)
            self._relate(ends[1], name, SIGNED.type)
            if agreement in own:
                self._relate(ends[0], name, SIGNED.type)
