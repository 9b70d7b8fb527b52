"""两个单位一起做过什么，结果如何？ What have two units done together, and with what result?

Agreements, activities, visits to each other's venues, claims, projects, meetings, reviews, whatever a register ties to both: the oldest
first, each with what the registers say of its result. What was only planned or called off is marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.schema.claims import CLAIMED
from graph.schema.resources import ResourceUse
from graph.texts import NOTHING, Said, join_said
from queries.answers.answer import Answer
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.reading.drawn_links import draw_paths, network
from queries.reading.entities import open_entities, open_relations, record_of
from queries.reading.link_paths import find_links
from queries.reading.link_words import UnitLink
from queries.reading.period import Period
from queries.reading.results import Result, read_results, tell_result
from queries.reading.scope import Scope
from queries.reading.units import UnitRef, find_unit
from queries.reading.use import read_logged, read_owners

if TYPE_CHECKING:
    from graph.graph import Graph

OF_CLAIMS = ("content", "quantity", "amount", "status", "done", "rating")  # what a claim says of itself
# Kinds of links that are told otherwise (use by use) or say nothing of what the two did together: both used a room of a third.
TOLD_ELSE = frozenset(["venue", "shared_venue", "service"])


@dataclass(frozen=True)
class SharedEvent:
    """Something that two units did together or for each other, with its result."""

    day: date | None = column("日期", "day")
    until: date | None = column("至", "until")
    kind: Said = column("类别", "kind")
    text: Said = column("内容", "what")
    headcount: int | None = column("人数（人次）", "people")
    result: Said = column("结果", "result")
    happened: bool = column("已发生", "came about")
    records: list[Record] = column("出处", "records", show="hidden")
    id: str = column("编号", "id", show="hidden")


@question(
    answers=(
        mechanisms.SAFETY_DAY,
        mechanisms.AGREEMENTS,
        mechanisms.PEER_REVIEW,
    ),
    phrases=Said(
        "一起 做过；共同 开展；一起 做过 结果；一起 干过；联合 开展 活动；合作 过；一起 办过；共同 举办；"
        "两家 做过 什么；联合 活动；一起 项目",
        "did together; history of a pair",
    ),
)
def pair_history(
    graph: Graph,
    scope: Scope,
    unit: Annotated[str, Said("单位的名称、简称或编号", "the unit's name, short name or id")],
    other: Annotated[str, Said("另一个单位", "the other unit")],
    *,
    period: Annotated[Period | None, Said("只看这段时间，如 2025", "only this time, such as 2025")] = None,
) -> Answer[SharedEvent]:
    """两个单位一起做过什么，结果如何？ What have two units done together, and with what result? The oldest comes first."""
    first, second = find_unit(graph, unit), find_unit(graph, other)
    links = find_links(graph, first, pl.Series([second.id]))
    links = [link for link in links if link.kind not in TOLD_ELSE and len(link.between) > 1]
    events = [
        *_tell_links(graph, links, (first, second)),
        *_tell_uses(graph, first, second),
        *_tell_uses(graph, second, first),
    ]
    inside = [event for event in events if _is_in(event, period, graph.as_of)]
    inside.sort(key=lambda event: (event.day or date.max, str(event.kind), str(event.text)))
    paths = draw_paths(first, second, links)
    return Answer(inside, extra=_sum_up(first, second, inside), **network(paths))


def _tell_links(graph: Graph, links: list[UnitLink], units: tuple[UnitRef, UnitRef]) -> Iterable[SharedEvent]:
    wanted: dict[str, set[str]] = {}
    for link in links:
        for step in link.between:
            if "id" in step:
                wanted.setdefault(step["label"], set()).add(step["id"])
    results = read_results(graph, wanted)
    claims = _read_claims(graph, [unit.id for unit in units])
    for link in links:
        found = [results[step["id"]] for step in link.between if step.get("id") in results]
        claimed = [row for step in link.between if "id" in step for row in claims.get(step["id"], [])]
        told = [*(one.text for one in found if one.text), *(tell_result(CLAIMED, row, OF_CLAIMS) for row in claimed)]
        yield SharedEvent(
            day=link.day, until=_end_of(link, found), kind=link.kind_word,
            text=link.text or NOTHING, headcount=_count(found), result=join_said(filter(None, told)),
            happened=link.happened, records=[*(one.record for one in found), *(record_of(graph, row, CLAIMED.type) for row in claimed)],
            id=next((step["id"] for step in link.between if "id" in step), ""),
        )  # fmt: skip


def _read_claims(graph: Graph, units: list[str]) -> Mapping[str, list[FrameRow]]:
    """Return the claims of two units by what was claimed."""
    claims = open_relations(graph, CLAIMED).filter(pl.col("source").is_in(units)).sort("target", "at", "source")
    found: dict[str, list[FrameRow]] = {}
    for row in claims.iter_rows(named=True):
        found.setdefault(row["target"], []).append(row)
    return found


def _end_of(link: UnitLink, found: Iterable[Result]) -> date | None:
    """Return when the thing between two units ended or will end; what ends on the day on which it is, has none."""
    until = next((one.until for one in found if one.until is not None), None)
    return until if until and link.day and until > link.day else None


def _count(found: Iterable[Result]) -> int | None:
    return next((one.headcount for one in found if one.headcount is not None), None)


def _tell_uses(graph: Graph, guest: UnitRef, owner: UnitRef) -> Iterable[SharedEvent]:
    """Return each use that one of the units made of a resource of the other."""
    owned = read_owners(graph).filter(pl.col("owner_id") == owner.id)
    uses = read_logged(graph).filter(pl.col("user_id") == guest.id).join(owned, on="resource_id")
    more = open_entities(graph, ResourceUse, "purpose", "headcount").select("id", "purpose", "headcount")
    for row in uses.join(more, on="id").sort("day", "id").iter_rows(named=True):
        purpose = f"“{row['purpose']}”" if row["purpose"] else ""
        zh = f"{guest.name}借用{owner.name}的{row['resource']}{purpose}"
        en = f"{guest.name} used {row['resource']} of {owner.name} {purpose}".rstrip()
        hours = row["time_hours"]
        yield SharedEvent(
            day=row["day"], until=None, kind=Said("场地使用", "use of a venue"), text=Said(zh, en), headcount=row["headcount"],
            result=Said(f"使用 {hours:g} 小时", f"{hours:g} hours") if hours else NOTHING, happened=True,
            records=[record_of(graph, row, ResourceUse.label)], id=row["resource_id"],
        )  # fmt: skip


def _is_in(event: SharedEvent, period: Period | None, as_of: date | None) -> bool:
    if period is None:
        return True
    days = period.resolve(as_of)
    return event.day is not None and days.start <= event.day <= days.end


def _sum_up(first: UnitRef, second: UnitRef, events: list[SharedEvent]) -> dict[str, Said]:
    if not events:
        return {
            "nothing": Said(
                f"没有{first.name}与{second.name}往来的记录",
                f"nothing that {first.name} and {second.name} did together is on record",
            )
        }
    undated = sum(event.day is None for event in events)
    told = {}
    if undated:
        told["undated"] = Said(
            f"其中 {undated} 项未登记日期，排在最后", f"{undated} of them have no day on record and come last"
        )
    return told
