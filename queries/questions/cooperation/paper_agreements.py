"""哪些协议签约后无活动记录？ Which agreements have no activity on record?

An agreement is on paper only when its parties have held no activity together since it was signed (or at any time, where the day of
signing is not known). Visits to each other's venues are no such activity; they are shown beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

from graph import mechanisms
from graph.documents import FrameRow
from graph.texts import Said, join_said
from queries.answers.answer import Answer
from queries.answers.catalogue import question
from queries.answers.contents import DrawnEntity
from queries.answers.rows import Record, column
from queries.reading.agreements import (
    draw_agreements,
    keep_signed_by,
    name_agreement,
    read_paper_agreements,
    read_parties,
)
from queries.reading.area import InArea, OfUnit
from queries.reading.entities import record_of
from queries.reading.period import Days, Period
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph


@dataclass(frozen=True)
class PaperAgreement:
    """An agreement whose parties have done nothing together under it."""

    agreement_id: str
    number: str | None = column("协议编号", "number")
    title: str | None = column("协议名称", "title", "detail")
    parties: str = column("签约单位", "parties")
    signed: date | None = column("签订日期", "signed")
    expires: date | None = column("到期日", "expires")
    in_force: bool = column("仍有效", "in force")
    reported: str | None = column("自报履行情况", "performance as reported", "detail")
    last_contact: date | None = column("最近借用对方场地", "last use of each other's venues")
    text: Said = column("说明", "what is known", "detail")
    records: list[Record] = column("出处", "records", "hidden")


@question(
    answers=(mechanisms.AGREEMENTS,),
    phrases=Said(
        "协议 纸面；协议 没有活动；签了 没动静；协议 没落实；签约 没有 活动；签了 协议 没有 活动；协议 走过场；"
        "协议 签完 没动静；协议 一次活动 没有；空头 协议；签约 不 履行",
        "paper agreements; agreements no activity; signed nothing happened",
    ),
)
def paper_agreements(
    graph: Graph,
    scope: Scope,
    *,
    period: Annotated[
        Period | None,
        Said(
            "只看这段时间内有无活动，如 2025；不填则自签订之日起",
            "look for activities in this time only, such as 2025; without it, since the signing",
        ),
    ] = None,
    unit: OfUnit = None,
    area: InArea = None,
) -> Answer[PaperAgreement]:
    """哪些协议签约后无活动记录？ Which agreements have no activity on record? Those in force come first."""
    days = period.resolve(graph.as_of) if period else Days(date.min, graph.as_of or date.today())
    found = read_paper_agreements(graph, days, since_signing=period is None)
    found = keep_signed_by(graph, found, area, unit)
    parties = read_parties(graph)
    rows = [_row(graph, row, parties.get(row["id"], [])) for row in found.iter_rows(named=True)]
    names = {
        row.agreement_id: name_agreement(row.number, row.title, row.signed, parties.get(row.agreement_id, []))
        for row in rows
    }
    return Answer(rows, **draw_agreements(names, parties))


def _row(graph: Graph, row: FrameRow, parties: list[DrawnEntity]) -> PaperAgreement:
    return PaperAgreement(
        agreement_id=row["id"], number=row["number"], title=row["title"], parties=" — ".join(p["name"] for p in parties),
        signed=row["signed"], expires=row["expires"], in_force=row["in_force"], reported=row["performance"],
        last_contact=row["last_contact"], text=_sentence(row), records=[record_of(graph, row)],
    )  # fmt: skip


def _sentence(row: FrameRow) -> Said:
    parts = [Said("没有双方共同参加的活动记录", "no activity of the parties together is on record")]
    if row["contacts"]:
        times = row["contacts"]
        parts.append(Said(f"，仅借用对方场地{times}次", f"; they used each other's venues {times} times"))
    if row["performance"]:
        reported = row["performance"]
        parts.append(Said(f"；台账自报“{reported}”", f"; the register reports “{reported}”"))
    return join_said(parts, "", "")
