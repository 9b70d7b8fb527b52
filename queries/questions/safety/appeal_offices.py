"""诉求到哪里反映？ Which offices take appeals, about what, where and when?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.schema.civic import AppealOffice
from graph.schema.vanguard import SET_UP
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.reading.area import InArea
from queries.reading.entities import record_of
from queries.reading.listed_things import read_listed
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph


@dataclass(frozen=True)
class OfficeForAppeals:
    """An office that takes appeals: whose it is, what it takes, when and where."""

    office_id: str
    office: str = column("受理部门", "office")
    unit: str | None = column("设立单位", "set up by")
    matters: str = column("受理范围", "what it takes")
    hours: str | None = column("受理时间", "hours")
    address: str | None = column("受理地点", "address")
    phone: str | None = column("受理电话", "office phone")
    days: float | None = column("办理时限（天）", "days until answered")
    records: list[Record] = column("出处", "records", "hidden")


@question(
    phrases=Said(
        "诉求 反映 哪里；受理 部门；哪里 反映；投诉 哪个 部门；问题 找 部门 反映；纠纷 去哪 调解；"
        "受理 时间；归 谁 管；找 哪个 部门",
        "where appeals; office takes appeals",
    ),
    answers=(mechanisms.APPEAL_OFFICES,),
)
def appeal_offices(
    graph: Graph,
    scope: Scope,
    matter: Annotated[str | None, Said("要反映的事，如 供暖", "what it is about, such as heating")] = None,
    *,
    area: InArea = None,
    limit: Annotated[int, Between(1, 1000), Said("最多几个", "at most so many")] = 100,
) -> Answer[OfficeForAppeals]:
    """群众诉求到哪些部门反映，什么时间受理？ Which offices take appeals, about what, and when?"""
    found = read_listed(graph, AppealOffice, {"unit": (SET_UP, "source")}, area)
    found = found.with_columns(told=pl.col("matters").list.join("、").fill_null(""))
    if matter:
        found = found.filter(
            pl.col("told").str.contains(matter, literal=True) | pl.col("name").str.contains(matter, literal=True)
        )
    rows = [
        OfficeForAppeals(
            row["id"], row["name"], row["unit"], row["told"], row["open_hours"], row["address"], row["phone"], row["days"],
            [record_of(graph, row)],
        )
        for row in found.sort("unit", "name", "id", nulls_last=True).head(limit).iter_rows(named=True)
    ]  # fmt: skip
    return Answer(rows, truncated=found.height > limit)
