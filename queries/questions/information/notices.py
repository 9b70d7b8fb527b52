"""发布了哪些通知信息？ What has been announced, by whom, on which channel, and what still holds?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.schema.governance import Notice
from graph.schema.notices import ISSUED
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.reading.area import InArea, is_within
from queries.reading.as_registered import as_registered
from queries.reading.entities import open_entities, open_relations, read_units, record_of
from queries.reading.period import Period, is_in
from queries.reading.scope import Scope
from queries.reading.unloaded import tell_unloaded

if TYPE_CHECKING:
    from graph.graph import Graph

Standing = Literal["valid", "over", "open_ended"]
STANDING_WORDS = {
    "valid": Said("有效", "holds"), "over": Said("已过期", "over"), "open_ended": Said("未登记有效期", "no end registered"),
}  # fmt: skip
COLUMNS = ("title", "day", "channel", "topics", "audience", "expires", "content")


@dataclass(frozen=True)
class IssuedNotice:
    """Something that a unit announced."""

    notice_id: str = column("通知标识", "notice id", show="hidden")
    title: str = column("标题", "title")
    channel: Said = column("栏目", "channel")
    unit: str | None = column("发布单位", "issued by")
    day: date | None = column("发布时间", "day")
    standing: Standing = column("时效", "holds", words=STANDING_WORDS)
    expires: date | None = column("有效期至", "valid until")
    audience: Said = column("发布范围", "for whom")
    topics: str | None = column("主题词", "topics")
    content: str | None = column("内容", "content", show="detail")
    records: list[Record] = column("出处", "records", show="hidden")


@question(
    answers=(mechanisms.NOTICES,),
    phrases=Said("通知 发布；公告；政务通；发了 通知；最近 公告；发布 公告", "notices issued; announcements"),
)
def notices(  # noqa: PLR0913 -- the arguments are what a user may ask for
    graph: Graph,
    scope: Scope,
    text: Annotated[
        str | None, Said("只看标题、主题词或内容中有这些字的", "only with these words in title, topics or content")
    ] = None,
    *,
    channel: Annotated[str | None, Said("只看这个栏目，如 政务通", "only this channel")] = None,
    period: Annotated[
        Period | None, Said("只看这段时间发布的，如 2026", "only those issued in this time, such as 2026")
    ] = None,
    valid: Annotated[bool, Said("只看仍有效的", "only those that still hold")] = False,
    area: InArea = None,
    limit: Annotated[int, Between(1, 1000), Said("最多几条", "at most so many")] = 100,
) -> Answer[IssuedNotice]:
    """发布了哪些通知信息？ What has been announced, by whom, on which channel, and what still holds? The newest come first."""
    today = graph.as_of or date.today()
    units = read_units(graph).select(owner_id="id", unit="name")
    issued = open_relations(graph, ISSUED).select(id="target", owner_id="source").join(units, on="owner_id")
    first = issued.sort("id", "owner_id").unique("id", keep="first")
    found = (
        open_entities(graph, Notice, *COLUMNS)
        .join(first, on="id", how="left")
        .filter(is_within(graph, area, "owner_id"))
    )
    found = found.with_columns(standing=_standing(today)).filter(_chosen(text, channel, valid))
    found = found.filter(is_in(period, graph.as_of, "day"))
    ranked = found.sort("day", "title", "id", descending=[True, False, False], nulls_last=True)
    rows = [_row(graph, row) for row in ranked.head(limit).iter_rows(named=True)]
    return Answer(rows, truncated=ranked.height > limit, extra=_count(ranked) | tell_unloaded(graph, Notice))


def _standing(today: date) -> pl.Expr:
    ends = pl.col("expires")
    return (
        pl.when(ends.is_null())
        .then(pl.lit("open_ended"))
        .when(ends < today)
        .then(pl.lit("over"))
        .otherwise(pl.lit("valid"))
    )


def _chosen(text: str | None, channel: str | None, valid: bool) -> pl.Expr:
    chosen = pl.lit(True)
    if text:
        said = pl.concat_str("title", pl.col("topics").list.join(" "), "content", separator=" ", ignore_nulls=True)
        chosen &= said.str.contains(text, literal=True)
    if channel:
        chosen &= pl.col("channel").str.contains(channel, literal=True).fill_null(False)
    return chosen & (pl.col("standing") != "over") if valid else chosen


def _row(graph: Graph, row: FrameRow) -> IssuedNotice:
    return IssuedNotice(
        notice_id=row["id"], title=row["title"], channel=as_registered(row["channel"]), unit=row["unit"], day=row["day"],
        standing=row["standing"], expires=row["expires"], audience=as_registered(row["audience"]),
        topics="、".join(row["topics"] or []) or None, content=row["content"], records=[record_of(graph, row, Notice.label)],
    )  # fmt: skip


def _count(found: pl.DataFrame) -> dict[str, Said]:
    """Return how many there are on each channel, as a sentence."""
    if found.is_empty():
        return {}
    counts = (
        found.group_by(pl.col("channel").fill_null("未登记栏目")).len().sort("len", "channel", descending=[True, False])
    )
    told = "、".join(f"{channel} {number} 条" for channel, number in counts.iter_rows())
    return {
        "by_channel": Said(
            f"共 {found.height} 条：{told}", f"{found.height} in all, by channel: {counts['len'].to_list()}"
        )
    }
