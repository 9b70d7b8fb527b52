"""哪些单位、基地、品牌获得了哪些荣誉？ Which units, bases and brands hold which honours? Honours of single persons are not read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.schema.assets import Brand, Honour
from graph.schema.brands import CREATED
from graph.schema.resources import OWNS, RECOGNISED_AS, RedBase
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.reading.area import InArea, is_within
from queries.reading.as_registered import as_registered
from queries.reading.dated_words import show_period
from queries.reading.entities import open_entities, open_relations, read_units, record_of
from queries.reading.period import Period, is_in
from queries.reading.scope import Scope
from queries.reading.units import find_unit
from queries.reading.unloaded import tell_unloaded
from queries.reading.waiting_names import tell_waiting
from queries.reading.written_names import find_entity

if TYPE_CHECKING:
    from graph.graph import Graph

LEVELS = ("国家", "省", "市", "区", "街道")  # the highest first
PLACE = {level: place for place, level in enumerate(LEVELS)}


@dataclass(frozen=True)
class HeldHonour:
    """An honour, who holds it, and which unit that is or belongs to."""

    honour_id: str = column("荣誉标识", "honour id", show="hidden")
    honour: str = column("荣誉", "honour")
    level: Said = column("级别", "level")
    holder: str = column("获得者", "holder")
    kind: Said = column("类型", "kind of holder")
    unit: str | None = column("所属单位", "unit")
    issuer: Said = column("命名单位", "issuer")
    awarded: Said | None = column("命名时间", "awarded")
    document: str | None = column("文号", "document", show="detail")
    records: list[Record] = column("出处", "records", show="hidden")


@question(
    answers=(mechanisms.HONOURS,),
    phrases=Said(
        "荣誉；获得 荣誉；命名；得过 荣誉；拿过 奖；省级 荣誉；全国级 荣誉；表彰 名单；评上 先进",
        "honours; honours held",
    ),
)
def honours(  # noqa: PLR0913 -- the arguments are what a user may ask for
    graph: Graph,
    scope: Scope,
    unit: Annotated[
        str | None, Said("只看该单位及其基地、品牌的荣誉", "only those of this unit, its bases and brands")
    ] = None,
    *,
    brand: Annotated[
        str | None, Said("只看这个品牌（或教育基地）的荣誉", "only those of this brand, or of this base")
    ] = None,
    level: Annotated[str | None, Said("只看这一级，如 省", "only this level")] = None,
    period: Annotated[
        Period | None, Said("只看这段时间命名的，如 2025", "only those awarded in this time, such as 2025")
    ] = None,
    area: InArea = None,
    limit: Annotated[int, Between(1, 1000), Said("最多几项", "at most so many")] = 200,
) -> Answer[HeldHonour]:
    """哪些单位、基地、品牌获得了哪些荣誉？ Which units, bases and brands hold which honours? The highest and newest come first."""
    found = _read_honours(graph).filter(is_within(graph, area, "unit_id"))
    if unit:
        found = found.filter(pl.col("unit_id") == find_unit(graph, unit).id)
    if brand:
        found = found.filter(pl.col("holder_id") == find_entity(graph, brand).id)
    if level:
        found = found.filter(pl.col("level").str.contains(level, literal=True).fill_null(False))
    found = found.filter(is_in(period, graph.as_of, "awarded"))
    order = pl.col("level").replace_strict(PLACE, default=len(LEVELS), return_dtype=pl.Int8)
    ranked = found.sort(order, "awarded", "title", "id", descending=[False, True, False, False], nulls_last=True)
    rows = [_row(graph, row) for row in ranked.head(limit).iter_rows(named=True)]
    return Answer(
        rows,
        truncated=ranked.height > limit,
        extra=_count(ranked) | tell_unloaded(graph, Honour) | tell_waiting(graph, found),
    )


def _read_honours(graph: Graph) -> pl.DataFrame:
    """Return the honours with who holds each (holder, holder_label), and the unit that this is or belongs to (unit_id, unit)."""
    units = read_units(graph).select("name", "label", unit_id="id")
    own = units.select("unit_id", holder_id="unit_id", holder="name", holder_label="label")
    things = [
        open_relations(graph, relation)
        .select(unit_id="source", holder_id="target")
        .join(open_entities(graph, kind, "name").select(holder_id="id", holder="name"), on="holder_id", how="right")
        .with_columns(holder_label=pl.lit(kind.label))
        for kind, relation in ((Brand, CREATED), (RedBase, OWNS))
    ]
    holders = pl.concat([own, *things], how="diagonal").sort("holder_id", "unit_id").unique("holder_id", keep="first")
    held = open_relations(graph, RECOGNISED_AS).select(holder_id="source", id="target").join(holders, on="holder_id")
    named = held.join(units.select("unit_id", unit="name"), on="unit_id", how="left")
    return open_entities(graph, Honour, "title", "level", "issuer", "awarded", "awarded_precision", "document").join(
        named, on="id"
    )


def _row(graph: Graph, row: FrameRow) -> HeldHonour:
    kind = graph.schema.entity(row["holder_label"])
    return HeldHonour(
        honour_id=row["id"], honour=row["title"], level=as_registered(row["level"]), holder=row["holder"],
        kind=Said(kind.zh, kind.en), unit=row["unit"], issuer=as_registered(row["issuer"]),
        awarded=show_period(row["awarded"], row["awarded_precision"]),
        document=row["document"], records=[record_of(graph, row, Honour.label)],
    )  # fmt: skip


def _count(found: pl.DataFrame) -> dict[str, Said]:
    """Return how many there are of each level, as a sentence."""
    if found.is_empty():
        return {}
    counts = dict(found.group_by(pl.col("level").fill_null("")).len().iter_rows())
    known = sorted(counts, key=lambda level: (PLACE.get(level, len(LEVELS)), level))
    zh = "、".join(f"{f'{level}级' if level else '未登记级别'} {counts[level]} 项" for level in known)
    return {"by_level": Said(f"共 {found.height} 项：{zh}", f"{found.height} in all")}
