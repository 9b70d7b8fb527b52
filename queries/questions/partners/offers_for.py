"""这项需求谁能满足？ Which offers meet a need, and which together?

The need is one of the graph (by id or content) or any text. Offers are offerings, courses and rooms of other units; each is told by the
parts in which it fits: kind, quantity, time, distance, terms. Where none is enough alone, those that together are stand below.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.names import normalize
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.matching.from_place import km_from
from queries.pairing.serving import Served, Understood, find_serving, read_served, understand_text
from queries.questions.partners.bundles import bundle_kinds, bundle_quantities
from queries.questions.partners.offer_parts import (
    FIT_WORDS,
    THING_WORDS,
    add_opening,
    count_alike,
    order_offers,
    tell_quantity,
    tell_terms,
    tell_time,
)
from queries.reading.area import InArea, is_within
from queries.reading.entities import record_of
from queries.reading.found_places import NOWHERE, FoundPlace, find_place
from queries.reading.scope import Scope
from queries.reading.units import find_unit

if TYPE_CHECKING:
    from graph.graph import Graph


@dataclass(frozen=True)
class FittingOffer:
    """An offer that serves a need, told by its parts."""

    offer_id: str = column("供给标识", "offer id", show="hidden")
    offer: str = column("可提供", "offer")
    owner: str | None = column("提供单位", "who offers it")
    thing: str = column("种类", "what it is", words=THING_WORDS)
    kind: str = column("对口程度", "kind", words=FIT_WORDS)
    quantity: Said = column("数量", "quantity")
    time: Said = column("时间", "time")
    km: float | None = column("距离（公里）", "km", digits=1)
    terms: Said = column("提供方式", "terms")
    content: str | None = column("内容", "content", show="detail")
    records: list[Record] = column("出处", "records", show="hidden")


@question(
    answers=(mechanisms.THREE_LISTS,),
    phrases=Said(
        "需求 谁能；谁能 提供；谁能 满足；谁 帮 解决；需求 企业 满足；需求 企业 提供；需要 帮忙；想搞 派人；"
        "这事 哪家 管；给 补上；请人 做；需求 谁 拿得出；谁 会 做 服务；谁能 来 给；求助 谁；懂 的人 谁能",
        "offers for a need; who can provide",
    ),
)
def offers_for(  # noqa: PLR0913 -- the arguments are what a user may ask for
    graph: Graph,
    scope: Scope,
    need: Annotated[str, Said("需求的内容或编号，也可以是任意文字", "the need: its content, its id, or any text")],
    *,
    unit: Annotated[str | None, Said("哪个单位的需求", "whose need it is")] = None,
    quantity: Annotated[float | None, Between(0), Said("需要多少", "how much is needed")] = None,
    day: Annotated[date | None, Said("哪一天要，如 2026-07-11", "on which day, such as 2026-07-11")] = None,
    near: Annotated[
        str | None, Said("在哪个单位附近，默认为需求单位", "near which unit; the one in need by default")
    ] = None,
    area: InArea = None,
    k: Annotated[int, Between(1, 200), Said("最多几项", "at most so many")] = 20,
) -> Answer[FittingOffer]:
    """这项需求谁能满足？ Which offers meet a need, and which together? The best fitting first, of these the nearest."""
    served = read_served(graph)
    asked = find_need(graph, served, need, unit)
    place = find_place(graph, near or unit or "") if near or unit else asked.place
    rows = find_serving(asked.rows, served.offers, served.taxonomy).drop("need")
    found = served.offers[0].rename({"id": "offer"}).join(rows, on="offer").filter(is_within(graph, area, "owner_id"))
    needed = quantity if quantity is not None else asked.quantity
    found = found.with_columns(
        needed=pl.lit(needed, pl.Float64),
        need_measure=pl.lit(None if quantity is not None else asked.measure, pl.String),
    ).with_columns(pl.col("quantity").cast(pl.Float64), km_from(found, place.lon, place.lat))
    ranked = order_offers(add_opening(count_alike(found), day), "offer")
    together = [*bundle_quantities(ranked, needed, asked.measure), *bundle_kinds(served, asked.rows, ranked)]
    shown = [_row(graph, row, day) for row in ranked.head(k).iter_rows(named=True)]
    return Answer(shown, truncated=ranked.height > k, extra={"need": asked.said, "bundles": together})


@dataclass(frozen=True)
class AskedNeed:
    """The need that was asked about: its texts as understood, how much of it, where, and what an answer says of it."""

    rows: Understood
    quantity: float | None
    measure: str | None
    place: FoundPlace
    said: Said


def find_need(graph: Graph, served: Served, text: str, unit: str | None = None) -> AskedNeed:
    """Return the open need of an id or of this content; without one, the text itself as a need."""
    needs, spoken = served.needs
    if unit:
        needs = needs.filter(pl.col("owner_id") == find_unit(graph, unit).id)
    written = pl.Series([normalize(title or "") for title in needs["title"]], dtype=pl.String)
    found = needs.filter((pl.col("id") == text) | (written == normalize(text)))
    if found.is_empty():
        said = Said(
            f"按文字“{text}”查找，不是已登记的需求", f"looked for by the text “{text}”, which is no need on record"
        )
        return AskedNeed(understand_text(text, served.taxonomy), None, None, NOWHERE, said)
    one = found.row(0, named=True)
    place = FoundPlace(one["owner_id"] or "", one["owner"] or "", one["lon"], one["lat"])
    said = Said(f"{one['owner']}的需求“{one['title']}”", f"the need “{one['title']}” of {one['owner']}")
    if found.height > 1:
        more = found.height - 1
        said = Said(
            f"{said}；另有 {more} 项同名需求，可指定需求单位",
            f"{said.en}; {more} more have this content: name the unit",
        )
    quantity = None if one["quantity"] is None else float(one["quantity"])
    return AskedNeed((found.head(1), spoken), quantity, one["measure"], place, said)


def _row(graph: Graph, row: FrameRow, day: date | None) -> FittingOffer:
    return FittingOffer(
        offer_id=row["offer"], offer=row["title"] or row["content"] or "", owner=row["owner"], thing=row["label"],
        kind=row["verdict"], quantity=tell_quantity(row), time=tell_time(row, day), km=row["km"], terms=tell_terms(row),
        content=row["content"], records=[record_of(graph, row, row["label"])],
    )  # fmt: skip
