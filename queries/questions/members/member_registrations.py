"""企业的党员到哪些社区报到，又住在哪里？ To which communities do an enterprise's members report, and where do they live?

A row for each community where five or more of its members live or report. Numbers are the same for every role: rounded down to fives,
withheld below five and where subtraction would give them away; where both are withheld there is no row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

import polars as pl

from graph import mechanisms
from graph.schema.members import LIVES_IN, REPORTED_TO
from graph.schema.organizations import Community, Enterprise, Institution
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.catalogue import question
from queries.answers.contents import Drawing, DrawnEntity, DrawnRelation
from queries.answers.rows import MEMBERS_LIVE_IN, Record, column
from queries.reading.area import InArea, is_within
from queries.reading.entities import read_units
from queries.reading.member_groups import list_member_files
from queries.reading.member_places import count_by_place, is_told, tell_homeless, tell_ways
from queries.reading.scope import Scope
from queries.reading.units import UnitRef, find_unit

if TYPE_CHECKING:
    from graph.graph import Graph

Cover = Literal["none", "less", "more", "unknown"]
COVER_WORDS: dict[str, Said] = {
    "none": Said("有人居住，未见五人以上报到", "members live there; no five of them report"),
    "less": Said("报到少于居住", "fewer report than live there"),
    "more": Said("报到不少于居住", "as many report as live there, or more"),
    "unknown": Said("有报到，居住不足五人或不明", "members report there; fewer than five live there, or not known"),
}
RULE = Said(
    "人数按五人一档向下取整；不足五人的社区，以及会使其被推算出的社区，不列出",
    "numbers are rounded down to fives; communities with fewer than five, and those that would give them away, are left out",
)


@dataclass(frozen=True)
class Registration:
    """How many members of an enterprise live in one community, and how many report there."""

    community_id: str
    enterprise: str = column("企业", "enterprise")
    community: str = column("社区", "community")
    living: int | None = column("居住党员（约）", "members living there (about)")
    reporting: int | None = column("报到党员（约）", "members reporting there (about)")
    cover: Cover = column("报到情况", "reporting", words=COVER_WORDS)
    records: list[Record] = column("出处", "records", "hidden")


@question(
    answers=(mechanisms.DOUBLE_REPORT,),
    phrases=Said(
        "企业 党员 报到；党员 报到 社区；党员 住 哪里；党员 去 哪些社区 报到；双报到；在职党员 报到；"
        "报到 党员 人数；党员 住 哪些社区；企业 党员 住；社区 报到 党员 多少",
        "members report communities; where members live; members of enterprise report",
    ),
)
def member_registrations(
    graph: Graph,
    scope: Scope,
    enterprise: Annotated[str, Said("企业的名称、简称或编号", "the enterprise's name, short name or id")],
    *,
    area: InArea = None,
) -> Answer[Registration]:
    """企业的党员到哪些社区报到，又住在哪里？ Where do an enterprise's members report, and where do they live? Most members come first."""
    employer, anybody = find_unit(graph, enterprise, (Enterprise, Institution)), scope.as_anybody
    living, reporting = (
        {
            community: n
            for (unit, community), n in count_by_place(graph, anybody, place, employer).items()
            if unit == employer.id
        }
        for place in (LIVES_IN, REPORTED_TO)
    )
    named = read_units(graph, (Community,)).filter(
        pl.col("id").is_in([*living, *reporting]), is_within(graph, area, "id")
    )
    lists = list_member_files(graph)
    rows = [
        Registration(
            id, employer.name, name, living.get(id), reporting.get(id), _cover(living.get(id), reporting.get(id)), lists
        )
        for id, name in named.select("id", "name").iter_rows()
    ]
    rows.sort(key=lambda row: (-max(row.living or 0, row.reporting or 0), row.community))
    untold = Said("尚未载入报到登记表，报到人数不明", "no register of members reporting was loaded")
    remarks = [
        RULE,
        tell_ways(graph, employer),
        tell_homeless(graph, anybody, employer),
        *([] if is_told(graph, REPORTED_TO) else [untold]),
    ]
    return Answer(rows, extra={"remarks": [one for one in remarks if one]}, **_draw(employer, rows))


def _cover(living: int | None, reporting: int | None) -> Cover:
    if not living:
        return "unknown"
    if not reporting:
        return "none"
    return "less" if reporting < living else "more"


def _draw(employer: UnitRef, rows: list[Registration]) -> Drawing:
    entities: list[DrawnEntity] = [{"id": employer.id, "label": employer.label, "name": employer.name}]
    relations: list[DrawnRelation] = []
    for row in rows:
        entities.append({"id": row.community_id, "label": Community.label, "name": row.community})
        for kind, number in ((MEMBERS_LIVE_IN, row.living), (REPORTED_TO.type, row.reporting)):
            if number:
                relations.append({"source": employer.id, "target": row.community_id, "type": kind, "count": number})
    return {"entities": entities, "relations": relations}
