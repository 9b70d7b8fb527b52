"""一条龙办件办得怎么样？ Which matters did the service centre handle for enterprises, how long did they take, and which are late?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.schema.civic import HandledMatter
from graph.schema.service_centre import HANDLED_BY
from graph.schema.supervision import ABOUT_UNIT
from graph.state_vocabulary import CANCELLED, DONE
from graph.states import said_state
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.reading.area import InArea
from queries.reading.entities import record_of
from queries.reading.listed_things import read_listed
from queries.reading.period import Period, is_in
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph

_OFFICE = Said("{office}：{n} 件，平均 {days} 天", "{office}: {n} matters, {days} days on average")


@dataclass(frozen=True)
class ServiceHandled:
    """A matter that an office handled for an enterprise: when it came, how many days it took, whether longer than promised."""

    matter_id: str
    enterprise: str | None = column("企业", "enterprise")
    matter: str = column("办理事项", "matter")
    office: str | None = column("承办部门", "office")
    accepted: date | None = column("受理日期", "accepted")
    finished: date | None = column("办结日期", "finished")
    days: float | None = column("办理天数", "days")
    promised: float | None = column("承诺天数", "days promised")
    late: bool | None = column("超过承诺", "later than promised")
    status: str | None = column("办理状态", "status")
    result: str | None = column("办理结果", "result", "detail")
    records: list[Record] = column("出处", "records", "hidden")


@question(
    phrases=Said(
        "一条龙；办件；代办 几天；行政服务 平均 几天；办件 用时；办一件 几天；代办 件 超时；服务中心 办件；"
        "审批 平均 用时",
        "one stop service; matters handled",
    ),
    answers=(mechanisms.ONE_STOP,),
)
def services_handled(
    graph: Graph,
    scope: Scope,
    *,
    unfinished: Annotated[bool, Said("只看未办结的", "only what is not finished")] = False,
    period: Annotated[Period | None, Said("只看这段时间受理的，如 2026", "only what was accepted in this time")] = None,
    area: InArea = None,
    limit: Annotated[int, Between(1, 1000), Said("最多几件", "at most so many")] = 100,
) -> Answer[ServiceHandled]:
    """行政服务一条龙办了哪些件，用了几天？ Which matters did the service centre handle, in how many days? Late ones come first.

    办理天数以台账所填为准，未填的按受理到办结计算；未办结的算到数据截至日。
    Days are those of the list; where it has none, from accepted to finished, or to the day of the data for what is not finished.
    """
    found = read_listed(
        graph, HandledMatter, {"enterprise": (ABOUT_UNIT, "target"), "office": (HANDLED_BY, "target")}, area
    )
    is_done = pl.col("finished").is_not_null() | said_state().is_in([DONE, CANCELLED])
    today = pl.lit(graph.as_of or date.today(), pl.Date)
    until = pl.when(pl.col("finished").is_not_null()).then("finished").when(~is_done).then(today)
    took = pl.coalesce(pl.col("days").cast(pl.Float64), (until - pl.col("accepted")).dt.total_days().cast(pl.Float64))
    found = found.with_columns(took=took, open=~is_done).with_columns(late=pl.col("took") > pl.col("promised_days"))
    found = found.filter(is_in(period, graph.as_of, "accepted"))
    found = found.filter("open") if unfinished else found
    found = found.sort(~pl.col("late").fill_null(False), -pl.col("took").fill_null(0), "enterprise", "id")
    rows = [
        ServiceHandled(
            row["id"], row["enterprise"], row["matter"], row["office"], row["accepted"], row["finished"], row["took"], row["promised_days"],
            row["late"], row["status"], row["result"], [record_of(graph, row)],
        )
        for row in found.head(limit).iter_rows(named=True)
    ]  # fmt: skip
    return Answer(rows, truncated=found.height > limit, extra={"number": found.height, "offices": _offices(found)})


def _offices(found: pl.DataFrame) -> list[Said]:
    """Return a sentence for each office: how many matters, and in how many days on average."""
    told = (
        found.drop_nulls("office")
        .group_by("office")
        .agg(n=pl.len(), days=pl.col("took").mean())
        .sort(-pl.col("n").cast(pl.Int64), "office")
    )
    return [
        _OFFICE.fill(office=name, n=n, days="—" if days is None else f"{days:.1f}")
        for name, n, days in told.iter_rows()
    ]
