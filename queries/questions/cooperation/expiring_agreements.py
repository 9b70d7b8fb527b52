"""哪些协议快到期，哪些已到期仍在履行？ Which agreements are about to expire, and which have expired while their parties go on?

An agreement that a newer one of the same parties has taken over from is not listed; one without an end on record is only counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Literal

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.schema.assets import Project
from graph.schema.cooperation import LEADS, TAKES_PART_IN, Agreement
from graph.schema.projects import BENEFITS
from graph.state_vocabulary import EXPIRED, UNDER_WAY
from graph.states import find_state, in_force, is_open, said_state
from graph.texts import NOTHING, Said, join_said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.contents import DrawnEntity
from queries.answers.rows import Record, column
from queries.reading.agreements import (
    draw_agreements,
    keep_signed_by,
    name_agreement,
    read_contacts,
    read_joint_activities,
    read_parties,
    read_signers,
)  # fmt: skip
from queries.reading.area import InArea, OfUnit
from queries.reading.entities import open_entities, open_relations, record_of
from queries.reading.period import Days
from queries.reading.scope import Scope
from queries.reading.unloaded import tell_unloaded

if TYPE_CHECKING:
    from graph.graph import Graph

Standing = Literal["expiring", "expired", "called_active"]
STANDING_WORDS = {
    "expiring": Said("即将到期", "about to expire"), "expired": Said("已到期仍有往来", "expired, and still active"),
    "called_active": Said("已到期，台账仍列为有效", "expired, but still called active"),
}  # fmt: skip
MOST_ENDLESS = 20  # agreements without an end that are named
COLUMNS = ("number", "title", "signed", "expires", "term_open", "status", "rating")


@dataclass(frozen=True)
class ExpiringAgreement:
    """An agreement that ends soon, or has ended though its parties still do things together or its register calls it active."""

    agreement_id: str = column("协议标识", "agreement id", show="hidden")
    number: str | None = column("协议编号", "number")
    title: str | None = column("协议名称", "title", show="detail")
    parties: str = column("签约单位", "parties")
    signed: date | None = column("签订日期", "signed")
    expires: date = column("到期日", "expires")
    days_left: int = column("距到期（天）", "days left")
    standing: Standing = column("情况", "standing", words=STANDING_WORDS)
    last_activity: date | None = column("最近一次共同活动", "last activity together")
    open_projects: int = column("未完成的共同项目", "projects still open")
    text: Said = column("说明", "what is known")
    records: list[Record] = column("出处", "records", show="hidden")


@question(
    answers=(mechanisms.AGREEMENTS,),
    phrases=Said(
        "协议 到期；协议 过期；快到期 协议；共建 协议 到期；协议 续签；协议 期满；结对 协议 快到期；"
        "协议 到期 仍 履行；协议 还有 多久 到期；半年内 到期 协议",
        "agreements expire; expired agreements",
    ),
)
def expiring_agreements(  # noqa: PLR0913 -- the arguments are what a user may ask for
    graph: Graph,
    scope: Scope,
    *,
    days: Annotated[int, Between(0, 3650), Said("多少天之内到期", "expiring within so many days")] = 90,
    unit: OfUnit = None,
    area: InArea = None,
    as_of: Annotated[
        date | None, Said("以哪一天计算，默认为数据截至日", "counted from this day; the day of the data by default")
    ] = None,
    limit: Annotated[int, Between(1, 2000), Said("最多几份", "at most so many")] = 200,
) -> Answer[ExpiringAgreement]:
    """哪些协议快到期，哪些已到期仍在履行？ Which agreements expire soon, and which have expired but go on? Those to come first."""
    today = as_of or graph.as_of or date.today()
    agreements = open_entities(graph, Agreement, *COLUMNS).with_columns(
        state=find_state(today, begins="signed", ends="expires"), in_force=in_force(today), said=said_state()
    )
    agreements = keep_signed_by(graph, agreements, area, unit)
    seen = _with_doings(graph, _without_successor(graph, agreements, today), today)
    soon = pl.col("in_force") & (pl.col("expires") <= today + timedelta(days=days))
    goes_on = ((pl.col("last") > pl.col("expires")).fill_null(False)) | (pl.col("projects") > 0)
    gone = (pl.col("state") == EXPIRED) & pl.col("expires").is_not_null()
    standing = (
        pl.when(soon).then(pl.lit("expiring")).when(gone & goes_on).then(pl.lit("expired"))
        .when(gone & (pl.col("said") == UNDER_WAY)).then(pl.lit("called_active"))
    )  # fmt: skip
    chosen = (
        seen.with_columns(standing=standing).drop_nulls("standing").sort(pl.col("expires") < today, "expires", "id")
    )
    parties = read_parties(graph)
    rows = [_row(graph, row, parties.get(row["id"], []), today) for row in chosen.head(limit).iter_rows(named=True)]
    names = {
        row.agreement_id: name_agreement(row.number, row.title, row.signed, parties.get(row.agreement_id, []))
        for row in rows
    }
    extra = _tell_endless(agreements, parties) | tell_unloaded(graph, Agreement)
    return Answer(rows, truncated=chosen.height > limit, extra=extra, **draw_agreements(names, parties))


def _without_successor(graph: Graph, agreements: pl.DataFrame, today: date) -> pl.DataFrame:
    """Return the agreements without those of whose parties a later one is in force."""
    sides = read_signers(graph).group_by("id").agg(pl.col("unit").sort().str.join("|").alias("sides"))
    listed = agreements.join(sides, on="id", how="left")
    running = listed.filter("in_force").select("sides", later="id", until=pl.col("expires").fill_null(date.max))
    replaced = listed.join(running, on="sides").filter(
        pl.col("later") != pl.col("id"), pl.col("until") > pl.col("expires"), pl.col("until") > today
    )
    return listed.join(replaced, on="id", how="anti")


def _with_doings(graph: Graph, agreements: pl.DataFrame, today: date) -> pl.DataFrame:
    """Return agreements with the last day on which the parties did something together, and how many of their projects are open."""
    held = read_joint_activities(graph).filter(pl.col("day") <= today).group_by("id").agg(held=pl.col("day").max())
    visits = read_contacts(graph, Days(date.min, today)).select("id", "last_contact")
    joined = agreements.join(held, on="id", how="left").join(visits, on="id", how="left")
    joined = joined.join(_open_projects(graph, today), on="id", how="left")
    return joined.with_columns(last=pl.max_horizontal("held", "last_contact"), projects=pl.col("projects").fill_null(0))


def _open_projects(graph: Graph, today: date) -> pl.DataFrame:
    """Return for each agreement how many open projects at least two of its parties have a part in: id, projects, project_names."""
    going = open_entities(graph, Project, "title", "start", "end", "status").filter(is_open(today))
    ends = ((LEADS, "source", "target"), (TAKES_PART_IN, "source", "target"), (BENEFITS, "target", "source"))
    parts = [open_relations(graph, kind).select(unit=unit, project=thing) for kind, unit, thing in ends]
    known = pl.concat(parts).unique().join(going.select("title", project="id"), on="project")
    both = (
        read_signers(graph).join(known, on="unit").group_by("id", "project", "title").agg(n=pl.col("unit").n_unique())
    )
    shared = both.filter(pl.col("n") > 1).sort("title").group_by("id", maintain_order=True)
    return shared.agg(projects=pl.len(), project_names=pl.col("title").str.join("、"))


def _row(graph: Graph, row: FrameRow, parties: list[DrawnEntity], today: date) -> ExpiringAgreement:
    left, names = (row["expires"] - today).days, " — ".join(party["name"] for party in parties)
    return ExpiringAgreement(
        agreement_id=row["id"], number=row["number"], title=row["title"], parties=names, signed=row["signed"], expires=row["expires"],
        days_left=left, standing=row["standing"], last_activity=row["held"],
        open_projects=row["projects"], text=_tell(row, left), records=[record_of(graph, row, Agreement.label)],
    )  # fmt: skip


def _tell(row: FrameRow, left: int) -> Said:
    told = []
    if left < 0:
        told.append(Said(f"已过期 {-left} 天", f"expired {-left} days ago"))
        if row["said"] == UNDER_WAY:
            told.append(
                Said(
                    f"台账状态仍为“{row['status']}”，请续签或更正",
                    f"its register still says “{row['status']}”: renew or correct it",
                )
            )
    if row["held"] is None:
        told.append(Said("没有共同活动的记录", "no activity together is on record"))
    if row["last_contact"]:
        told.append(
            Said(f"最近借用对方场地：{row['last_contact']}", f"last used each other's venue: {row['last_contact']}")
        )
    if row["projects"]:
        told.append(Said(f"未完成的项目：{row['project_names']}", f"projects still open: {row['project_names']}"))
    if row["rating"]:
        told.append(Said(f"评价：{row['rating']}", f"rated: {row['rating']}"))
    return join_said(told)


def _tell_endless(agreements: pl.DataFrame, parties: Mapping[str, Sequence[DrawnEntity]]) -> dict[str, Said]:
    endless = agreements.filter(
        "in_force", pl.col("expires").is_null(), ~pl.col("term_open").cast(pl.Boolean).fill_null(False)
    ).sort("signed", "id")
    if endless.is_empty():
        return {}
    names = [
        name_agreement(row["number"], row["title"], row["signed"], parties.get(row["id"], []))
        for row in endless.head(MOST_ENDLESS).iter_rows(named=True)
    ]
    more = Said("等", " and others") if endless.height > MOST_ENDLESS else NOTHING
    words = Said(
        "另有 {n} 份履行中的协议未登记期限，何时到期不明：{names}{more}",
        "{n} more agreements in force have no end on record: {names}{more}",
    )
    return {"no_end": words.fill(n=endless.height, names=join_said(names, "、", ", "), more=more)}
