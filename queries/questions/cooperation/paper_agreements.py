"""哪些协议只停留在纸上？ Which agreements exist on paper only?

An agreement is on paper only when its parties have held no activity together since it was signed (or at any time, where the day of
signing is not known). Visits to each other's venues are no such activity; they are shown beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from queries.answers.answer import Answer, Record, Sentence, column
from queries.answers.catalogue import question
from queries.reading.entities import open_entities, open_relations, read_units, record_of
from queries.reading.period import Days, Period
from queries.reading.scope import Scope
from queries.reading.use import read_uses

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
    text: Sentence = column("说明", "what is known", "detail")
    records: list[Record] = column("出处", "records", "hidden")


@question
def paper_agreements(graph: Graph, scope: Scope, *, period: Period | None = None) -> Answer[PaperAgreement]:
    """哪些协议只停留在纸上？ Which agreements exist on paper only? Those in force come first.

    Arguments:
        period: 只看这段时间内有无活动，如 2025；不填则自签订之日起 ¦ look for activities in this time only; without it, since the signing
    """
    days = period.resolve(graph.as_of) if period else Days(date.min, graph.as_of or date.today())
    found = read_paper_agreements(graph, days, since_signing=period is None)
    parties = _parties(graph)
    rows = [_row(graph, row, parties.get(row["id"], [])) for row in found.iter_rows(named=True)]
    return Answer(rows, **_network(rows, parties))


def read_paper_agreements(graph: Graph, days: Days, since_signing: bool = True) -> pl.DataFrame:
    """Return the agreements whose parties held nothing together in the time, with what is known of them; in force first."""
    as_of = graph.as_of or date.today()
    agreements = open_entities(graph, "Agreement", "number", "title", "signed", "expires", "status", "performance")
    ended = pl.col("status").str.contains("终止").fill_null(False) | (pl.col("expires") < as_of).fill_null(False)
    agreements = agreements.with_columns(in_force=~ended)
    first = pl.col("signed").fill_null(days.start) if since_signing else pl.lit(days.start)
    agreements = agreements.with_columns(first=first).filter(
        pl.col("signed").is_null() | (pl.col("signed") <= days.end)
    )
    if not since_signing:
        agreements = agreements.filter(pl.col("expires").is_null() | (pl.col("expires") >= days.start))
    active = (
        _joint_activities(graph)
        .join(agreements.select("id", "first"), on="id")
        .filter(pl.col("day").is_between(pl.col("first"), days.end))
    )
    idle = agreements.join(active, on="id", how="anti").join(_contacts(graph, days), on="id", how="left")
    return idle.sort(~pl.col("in_force"), pl.col("signed").fill_null(date.min), "id")


def _signers(graph: Graph) -> pl.DataFrame:
    return (
        open_relations(graph, "SIGNED")
        .select(pl.col("target").alias("id"), pl.col("source").alias("unit"), "side")
        .unique(["id", "unit"])
        .sort("id", pl.col("side").replace({"甲": "1", "乙": "2", "丙": "3"}), "unit")
    )


def _joint_activities(graph: Graph) -> pl.DataFrame:
    """Return the activities in which at least two parties of an agreement took part: id (of the agreement), day."""
    days = open_entities(graph, "Activity", "day").select(pl.col("id").alias("activity"), "day")
    parts = [
        open_relations(graph, kind).select(pl.col("source").alias("unit"), pl.col("target").alias("activity"))
        for kind in ("LEADS", "TAKES_PART_IN")
    ]
    there = pl.concat(parts).unique().join(days, on="activity")
    together = (
        _signers(graph).join(there, on="unit").group_by("id", "activity", "day").agg(parties=pl.col("unit").n_unique())
    )
    return together.filter(pl.col("parties") > 1).select("id", "day")


def _contacts(graph: Graph, days: Days) -> pl.DataFrame:
    """Return per agreement how often and when last one party used another's venue: id, contacts, last_contact."""
    owners = open_relations(graph, "OWNS").select(pl.col("target").alias("resource_id"), pl.col("source").alias("unit"))
    uses = (
        read_uses(graph)
        .filter(pl.col("day").is_between(days.start, days.end))
        .select("resource_id", pl.col("user_id").alias("guest"), "day")
    )
    guests = _signers(graph).select("id", pl.col("unit").alias("guest"))
    visits = (
        _signers(graph)
        .join(owners, on="unit")
        .join(uses, on="resource_id")
        .join(guests, on=["id", "guest"])
        .filter(pl.col("unit") != pl.col("guest"))
    )
    return visits.group_by("id").agg(contacts=pl.len(), last_contact=pl.col("day").max())


def _parties(graph: Graph) -> dict[str, list[dict[str, Any]]]:
    units = read_units(graph).select(pl.col("id").alias("unit"), "label", "name")
    frame = _signers(graph).join(units, on="unit", maintain_order="left")
    parties: dict[str, list[dict[str, Any]]] = {}
    for row in frame.iter_rows(named=True):
        parties.setdefault(row["id"], []).append({"id": row["unit"], "label": row["label"], "name": row["name"]})
    return parties


def _row(graph: Graph, row: dict[str, Any], parties: list[dict[str, Any]]) -> PaperAgreement:
    return PaperAgreement(
        agreement_id=row["id"], number=row["number"], title=row["title"], parties=" — ".join(p["name"] for p in parties),
        signed=row["signed"], expires=row["expires"], in_force=row["in_force"], reported=row["performance"],
        last_contact=row["last_contact"], text=_sentence(row), records=[record_of(graph, row)],
    )  # fmt: skip


def _sentence(row: dict[str, Any]) -> Sentence:
    zh, en = "没有双方共同参加的活动记录", "no activity of the parties together is on record"
    if row["contacts"]:
        zh, en = (
            f"{zh}，仅借用对方场地{row['contacts']}次",
            f"{en}; they used each other's venues {row['contacts']} times",
        )
    if row["performance"]:
        zh, en = f"{zh}；台账自报“{row['performance']}”", f"{en}; the register reports “{row['performance']}”"
    return Sentence(zh, en)


def _network(rows: list[PaperAgreement], parties: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    entities: dict[str, dict[str, Any]] = {}
    relations = []
    for row in rows:
        entities[row.agreement_id] = {
            "id": row.agreement_id,
            "label": "Agreement",
            "name": row.number or row.title or row.agreement_id,
        }
        for party in parties.get(row.agreement_id, []):
            entities[party["id"]] = party
            relations.append({"source": party["id"], "target": row.agreement_id, "type": "SIGNED"})
    return {"entities": list(entities.values()), "relations": relations}
