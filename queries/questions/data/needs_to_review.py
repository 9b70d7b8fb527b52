"""哪些需求可能登记了两次？ Which needs were likely listed twice?

Two needs of one unit in two lists, in the same or in like words: a wish in the list of wishes and again in that of needs. They are never
joined by themselves; each comes with the decision that they are one, and the decision that they are two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.schema.claims import CLAIMED
from graph.schema.resources import Need
from graph.shell_words import write_command
from graph.texts import Said, join_said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column, tell_sources
from queries.pairing.alike_needs import find_alike_needs
from queries.reading.area import InArea, OfUnit, is_of, is_within
from queries.reading.as_registered import as_registered
from queries.reading.entities import open_entities, open_relations, read_units, record_of
from queries.reading.scope import Scope
from queries.reading.unloaded import tell_unloaded

if TYPE_CHECKING:
    from graph.graph import Graph

_SAME = Said("内容相同", "the same words")
_LIKE = Said("内容相近（{share:.0%}）", "like words ({share:.0%})")
_STATUS = Said("状态：前者{one}，后者{other}", "status: {one}; of the other: {other}")
_CLAIMS = Said("已有单位认领其中一项", "one of them is claimed")
_QUANTITY = Said("数量不同：前者 {one:g}，后者 {other:g}", "quantity: {one:g}; of the other: {other:g}")
_COLUMNS = ("title", "category", "quantity", "status")


@dataclass(frozen=True)
class ListedTwice:
    """Two needs that are likely one, what speaks for it and against it, and the decisions that settle it."""

    need_id: str = column("需求标识", "need id", show="hidden")
    other_id: str = column("另一项标识", "other need id", show="hidden")
    unit: str | None = column("需求单位", "who needs it")
    need: str = column("需求", "need")
    listed: Said = column("登记于", "listed in")
    other: str = column("另一项", "the other")
    other_listed: Said = column("登记于", "listed in")
    text: Said = column("说明", "what speaks for and against it")
    same: str = column("是同一项", "if they are one", show="detail")
    different: str = column("不是同一项", "if they are two", show="detail")
    records: list[Record] = column("出处", "records", show="hidden")


@question(
    least="analyst",
    answers=(mechanisms.THREE_LISTS, mechanisms.CLAIMS),
    phrases=Said(
        "需求 重复；心愿 重复；微心愿 登记 两次；需求 报了 两遍；同一个 需求 两张表；需求 重复 登记；重复 心愿；"
        "同一件事 报 两次",
        "needs listed twice; duplicate needs; wishes listed twice",
    ),
)
def needs_to_review(
    graph: Graph,
    scope: Scope,
    *,
    unit: OfUnit = None,
    area: InArea = None,
    limit: Annotated[int, Between(1, 1000), Said("最多几对", "at most so many pairs")] = 100,
) -> Answer[ListedTwice]:
    """哪些需求可能登记了两次？ Which needs were likely listed twice? Those most alike come first."""
    pairs = find_alike_needs(graph).filter(is_within(graph, area, "owner_id"), is_of(graph, unit, "owner_id"))
    needs = open_entities(graph, Need, *_COLUMNS).with_columns(claimed=pl.col("id").is_in(_list_claimed(graph)))
    units = read_units(graph).select(owner_id="id", unit="name")
    ends = [needs.rename({c: f"{c}_{end}" for c in needs.columns if c != "id"}) for end in ("need", "other")]
    told = pairs.join(ends[0], left_on="need", right_on="id").join(ends[1], left_on="other", right_on="id")
    ranked = told.join(units, on="owner_id", how="left").sort(-pl.col("alike"), "unit", "need", "other")
    rows = [_row(graph, row) for row in ranked.head(limit).iter_rows(named=True)]
    return Answer(rows, truncated=ranked.height > limit, extra=tell_unloaded(graph, Need))


def _list_claimed(graph: Graph) -> pl.Series:
    return open_relations(graph, CLAIMED)["target"].unique().implode()


def _row(graph: Graph, row: FrameRow) -> ListedTwice:
    records = [
        record_of(graph, {c: row[f"{c}_{end}"] for c in ("load_id", "sheet", "row")}, Need.label)
        for end in ("need", "other")
    ]
    return ListedTwice(
        need_id=row["need"], other_id=row["other"], unit=row["unit"], need=row["title_need"], listed=tell_sources(records[:1]),
        other=row["title_other"], other_listed=tell_sources(records[1:]), text=_tell(row),
        same=write_command("decide", "duplicate", row["need"], row["other"]),
        different=write_command("decide", "distinct", row["need"], row["other"]), records=records,
    )  # fmt: skip


def _tell(row: FrameRow) -> Said:
    told = [_SAME if row["alike"] == 1 else _LIKE.fill(share=row["alike"])]
    quantities, states = ([row[f"{name}_{end}"] for end in ("need", "other")] for name in ("quantity", "status"))
    if None not in quantities and quantities[0] != quantities[1]:
        told.append(_QUANTITY.fill(one=quantities[0], other=quantities[1]))
    if states[0] != states[1]:
        told.append(_STATUS.fill(one=as_registered(states[0]), other=as_registered(states[1])))
    if row["claimed_need"] != row["claimed_other"]:
        told.append(_CLAIMS)
    return join_said(told)
