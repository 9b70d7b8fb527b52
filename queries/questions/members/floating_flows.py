"""流动党员从哪些支部流向哪里？ Between which branches do floating members move, and how many?

Counts of the registers by branch and month, never who. The department sees them as they were reported (no register keeps fewer than
five); others see them rounded down to fives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.people import K_ANONYMITY
from graph.schema.organizations import HAS_PARTY_ORGANIZATION, PartyOrganization
from graph.schema.parties import FLOWS_FROM, FLOWS_TO, MemberFlow
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.catalogue import question
from queries.answers.contents import Drawing
from queries.answers.rows import Record, column
from queries.reading.area import InArea, is_within
from queries.reading.dated_words import show_period
from queries.reading.entities import open_entities, open_relations, record_of
from queries.reading.named_things import find_thing
from queries.reading.period import Period, is_in
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Relation

NUMBERS = ("outgoing", "incoming", "transfers_due")
RULE = Said("不足五人的不登记也不显示", "fewer than five are neither kept nor shown")
ROUNDED = Said(
    "不足五人的不登记也不显示，其余按五人一档向下取整",
    "fewer than five are neither kept nor shown; the rest is rounded down to fives",
)


@dataclass(frozen=True)
class BranchFlow:
    """How many floating members went out of or came into a branch in a month."""

    flow_id: str
    branch: str | None = column("党组织", "branch")
    other: str | None = column("流向", "to or from")
    month: Said | None = column("统计时间", "month")
    outgoing: int | None = column("流出", "gone out")
    incoming: int | None = column("流入", "come in")
    transfers_due: int | None = column("应转接组织关系", "transfers due")
    records: list[Record] = column("出处", "records", "hidden")


@question(
    answers=(mechanisms.FLOATING,),
    phrases=Said(
        "流动党员；流动党员 去 哪里；流动党员 流向；流动党员 流入 流出；流出 党员 支部；流动党员 流向 哪些",
        "floating members; flows of floating members",
    ),
)
def floating_flows(
    graph: Graph,
    scope: Scope,
    *,
    branch: Annotated[
        str | None, Said("只看这个党组织流出或流入的", "only flows from or to this Party organization")
    ] = None,
    area: InArea = None,
    period: Annotated[Period | None, Said("只看这段时间，如 2026Q2", "only this time, such as 2026Q2")] = None,
) -> Answer[BranchFlow]:
    """流动党员从哪些支部流向哪里？ Between which branches do floating members move? The latest come first, then the most."""
    rows = _read(graph)
    if area is not None:
        rows = rows.filter(
            is_within(graph, area, "from_id") | is_within(graph, area, "to_id") | is_within(graph, area, "host")
        )
    if branch is not None:
        found = find_thing(graph, branch, (PartyOrganization,)).id
        rows = rows.filter(pl.any_horizontal(pl.col("from_id", "to_id") == found).fill_null(False))
    rows = rows.filter(is_in(period, graph.as_of, "month"))
    rows = rows.sort(
        pl.col("month"),
        "outgoing",
        "incoming",
        "branch",
        "id",
        descending=[True, True, True, False, False],
        nulls_last=True,
    )
    return Answer(
        [_row(graph, scope, row) for row in rows.iter_rows(named=True)],
        extra={"rule": RULE if scope.sees_members else ROUNDED},
        **_draw(rows),
    )


def _read(graph: Graph) -> pl.DataFrame:
    frame = open_entities(graph, MemberFlow, "month", "month_precision", "place", *NUMBERS)
    hosts = open_relations(graph, HAS_PARTY_ORGANIZATION).select(from_id="target", host="source")
    hosts = hosts.sort("from_id", "host").unique("from_id", keep="first", maintain_order=True)
    joined = frame.join(_ends(graph, FLOWS_FROM, "branch", "from_id"), on="id", how="left").join(
        _ends(graph, FLOWS_TO, "target", "to_id"), on="id", how="left"
    )
    return joined.join(hosts, on="from_id", how="left").with_columns(other=pl.coalesce("target", "place"))


def _ends(graph: Graph, kind: Relation, name: str, id: str) -> pl.DataFrame:
    names = open_entities(graph, PartyOrganization, "name").select(
        pl.col("id").alias("end"), pl.col("name").alias(name)
    )
    ties = open_relations(graph, kind).select(id="source", end="target").join(names, on="end")
    return ties.sort("id", "end").unique("id", keep="first", maintain_order=True).rename({"end": id})


def _row(graph: Graph, scope: Scope, row: FrameRow) -> BranchFlow:
    numbers = {name: _show(scope, row[name]) for name in NUMBERS}
    month = show_period(row["month"], row["month_precision"])
    return BranchFlow(
        row["id"], row["branch"], row["other"], month, records=[record_of(graph, row, MemberFlow.label)], **numbers
    )


def _show(scope: Scope, number: int | None) -> int | None:
    """Return a number as the asker may see it; nobody sees one below five, whatever a list may hold."""
    return None if number is None or number < K_ANONYMITY else scope.count(number)


def _draw(rows: pl.DataFrame) -> Drawing:
    ends = {
        row[id]: row[name]
        for row in rows.iter_rows(named=True)
        for id, name in (("from_id", "branch"), ("to_id", "target"))
        if row[id]
    }
    both = rows.drop_nulls(["from_id", "to_id"]).unique(["from_id", "to_id"], maintain_order=True)
    return {
        "entities": [{"id": id, "label": PartyOrganization.label, "name": name} for id, name in ends.items()],
        "relations": [
            {"source": row["from_id"], "target": row["to_id"], "type": FLOWS_TO.type} for row in both.iter_rows(named=True)
        ],
    }  # fmt: skip
