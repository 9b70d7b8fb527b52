"""供需名录发给了谁？ To whom did the directory of products go, and which enterprises have none yet?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.schema.civic import DirectoryCopy
from graph.schema.organizations import Enterprise
from graph.schema.service_centre import HANDED_TO
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.reading.area import InArea, is_within
from queries.reading.entities import open_relations, read_units, record_of
from queries.reading.listed_things import read_listed
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph

_MISSING = Said("尚未收到的企业 {n} 家：{names}{more}", "enterprises that have none yet, {n}: {names}{more}")
_MORE = Said("等", " and others")
_NAMED = 10


@dataclass(frozen=True)
class HandedOut:
    """Copies of a directory that went to a unit on a day."""

    copy_id: str
    directory: str | None = column("名录", "directory")
    receiver: str | None = column("分发对象", "receiver")
    day: date | None = column("分发日期", "day")
    copies: int | None = column("份数", "copies")
    form: str | None = column("分发方式", "how")
    feedback: str | None = column("反馈", "feedback")
    records: list[Record] = column("出处", "records", "hidden")


@question(
    phrases=Said(
        "名录 发给；名录 分发；谁 没收到 名录；手册 发给谁；名录 没收到；招商手册 送到",
        "directory handed; who received directory",
    ),
    answers=(mechanisms.DISTRIBUTION,),
)
def directory_copies(
    graph: Graph,
    scope: Scope,
    *,
    area: InArea = None,
    limit: Annotated[int, Between(1, 1000), Said("最多几行", "at most so many rows")] = 200,
) -> Answer[HandedOut]:
    """供需名录、招商手册发给了谁，还有谁没收到？ To whom did the directories go, and who has none yet? The latest first."""
    found = read_listed(graph, DirectoryCopy, {"receiver": (HANDED_TO, "target")}, area)
    found = found.sort("day", "receiver", "id", descending=[True, False, False], nulls_last=True)
    rows = [
        HandedOut(
            row["id"],
            row["title"],
            row["receiver"],
            row["day"],
            row["copies"],
            row["form"],
            row["feedback"],
            [record_of(graph, row)],
        )
        for row in found.head(limit).iter_rows(named=True)
    ]
    reached = open_relations(graph, HANDED_TO)["target"]
    enterprises = read_units(graph, (Enterprise,)).filter(
        is_within(graph, area, "id"), ~pl.col("id").is_in(reached.implode())
    )
    missing = enterprises["name"].sort()
    more = _MORE if missing.len() > _NAMED else Said("", "")
    told = _MISSING.fill(n=missing.len(), names="、".join(missing.head(_NAMED)), more=more)
    return Answer(
        rows, truncated=found.height > limit, extra={"missing": told} if found.height and missing.len() else {}
    )
