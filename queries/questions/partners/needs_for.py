"""我们能提供的，谁需要？ Who needs what we offer?

Asked of a unit (all that it offers), of one offer by its name or id, or of any text. Needs of units without an agreement come, too, and
are marked; what somebody has claimed already says by whom.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.errors import UnknownUnitError
from graph.names import normalize
from graph.schema.cooperation import PARTNERED_WITH
from graph.schema.resources import Need
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.contents import Drawing, DrawnEntity, DrawnRelation
from queries.answers.rows import SUGGESTED_TO, Record, column
from queries.matching.from_place import km_from
from queries.pairing.alike_needs import tell_alike
from queries.pairing.serving import (
    FIT_ORDER,
    Served,
    Understood,
    find_serving,
    read_claimed,
    read_served,
    understand_text,
)
from queries.questions.partners.offer_parts import FIT_WORDS, count_alike, tell_quantity
from queries.reading.area import InArea, is_within
from queries.reading.entities import open_relations, record_of
from queries.reading.found_places import NOWHERE, FoundPlace, find_place
from queries.reading.scope import Scope
from queries.reading.units import find_unit

if TYPE_CHECKING:
    from graph.graph import Graph


OFFERED = ("measure", "label", "owner_id", "owner", "owner_label", "load_id", "sheet", "row")


@dataclass(frozen=True)
class ServedNeed:
    """An open need that an offer serves, and how it stands between the two units."""

    need_id: str = column("需求标识", "need id", show="hidden")
    need: str = column("需求", "need")
    unit: str | None = column("需求单位", "who needs it")
    offer: str = column("可提供", "what serves it")
    kind: str = column("对口程度", "kind", words=FIT_WORDS)
    quantity: Said = column("数量", "quantity")
    deadline: date | None = column("截止日期", "deadline")
    km: float | None = column("距离（公里）", "km", digits=1)
    agreement: Said = column("协议", "agreement")
    claimed: str | None = column("已认领", "claimed by")
    records: list[Record] = column("出处", "records", show="hidden")


@question(
    answers=(
        mechanisms.THREE_LISTS,
        mechanisms.CLAIMS,
    ),
    phrases=Said(
        "谁需要；能提供 需要；资源 谁要；企业 能 帮 谁；企业 能 给 社区 提供；企业 能 为 社区 做 哪些；"
        "供给 谁 需要；资源 能 帮 社区；我们 有 谁 需要；能 满足 哪些 需求；我们 有 需求 能接；拿出来 给 谁",
        "who needs; needs for an offer",
    ),
)
def needs_for(
    graph: Graph,
    scope: Scope,
    offer: Annotated[
        str, Said("单位，或所能提供的内容（名称、编号或任意文字）", "a unit, or an offer: its name, id or any text")
    ],
    *,
    unclaimed: Annotated[bool, Said("只看无人认领的", "only needs that nobody has claimed")] = False,
    area: InArea = None,
    k: Annotated[int, Between(1, 500), Said("最多几项", "at most so many")] = 30,
) -> Answer[ServedNeed]:
    """我们能提供的，谁需要？ Who needs what we offer? The best fitting first; of these the urgent, then the nearest."""
    served = read_served(graph)
    offers, place, said = _find_offers(graph, served, offer)
    met = find_serving(served.needs, offers, served.taxonomy)
    given = offers[0].select(*OFFERED, offer="id", offered="title", quantity=pl.col("quantity").cast(pl.Float64))
    needs = served.needs[0].drop("content", "category", "side").rename({"id": "need", "measure": "need_measure"})
    needs = needs.with_columns(needed=pl.col("quantity").cast(pl.Float64)).drop("quantity")
    rows = (
        met.join(needs, on="need").join(given, on="offer", suffix="_offer").filter(is_within(graph, area, "owner_id"))
    )
    rows = count_alike(rows).with_columns(km_from(rows, place.lon, place.lat))
    ranked = _rank(rows.join(read_claimed(graph), on="need", how="left"))
    if unclaimed:
        ranked = ranked.filter(pl.col("claimers").is_null())
    partners = _partners(graph)
    shown = [_row(graph, row, partners, place) for row in ranked.head(k).iter_rows(named=True)]
    return Answer(
        shown,
        truncated=ranked.height > k,
        extra={"offer": said} | tell_alike(graph, ranked["need"]),
        **_draw(ranked.head(k), place),
    )


def _find_offers(graph: Graph, served: Served, text: str) -> tuple[Understood, FoundPlace, Said]:
    """Return the offers that are meant, the place of whoever offers them, and what an answer says of it."""
    rows, spoken = served.offers
    written = pl.Series([normalize(title or "") for title in rows["title"]], dtype=pl.String)
    named = rows.filter((pl.col("id") == text) | (written == normalize(text)))
    if not named.is_empty():
        one = named.row(0, named=True)
        place = FoundPlace(one["owner_id"] or "", one["owner"] or "", one["lon"], one["lat"])
        more = f"等 {named.height} 项同名供给" if named.height > 1 else ""
        lone = place if named["owner_id"].n_unique() == 1 else NOWHERE
        said = Said(f"{one['owner'] or ''}提供的“{one['title']}”{more}", f"“{one['title']}” offered by {one['owner']}")
        return (named, spoken), lone, said
    try:
        unit = find_unit(graph, text)
    except UnknownUnitError:
        said = Said(
            f"按文字“{text}”查找，不是已登记的单位或供给",
            f"looked for by the text “{text}”: no unit or offer on record",
        )
        typed, own = understand_text(text, served.taxonomy)
        missing = [pl.lit(None, rows.schema[name]).alias(name) for name in rows.columns if name not in typed.columns]
        return (typed.with_columns(missing), own), NOWHERE, said
    own_rows = rows.filter(pl.col("owner_id") == unit.id)
    if own_rows.is_empty():
        said = Said(
            f"{unit.name}没有登记可提供的资源、课程或场地", f"{unit.name} has no offering, course or room on record"
        )
    else:
        said = Said(f"{unit.name}登记的供给 {own_rows.height} 项", f"{own_rows.height} offers of {unit.name} on record")
    return (own_rows, spoken), find_place(graph, unit.id), said


def _rank(rows: pl.DataFrame) -> pl.DataFrame:
    """Return each need once, with what serves it best: unclaimed and urgent ones before others that are served alike."""
    kind = pl.col("verdict").replace_strict(FIT_ORDER, return_dtype=pl.Int8)
    best = rows.sort(kind, -pl.col("share").fill_null(0.5), "offer").unique("need", keep="first", maintain_order=True)
    return best.sort(
        kind, pl.col("claimers").is_not_null(), -pl.col("urgency"), "km", "deadline", "need", nulls_last=True
    )  # fmt: skip


def _partners(graph: Graph) -> dict[str, set[str]]:
    """Return for each unit those with which it has an agreement in force, or any partner at all."""
    found: dict[str, set[str]] = {}
    for unit, other in open_relations(graph, PARTNERED_WITH).select("source", "target").iter_rows():
        found.setdefault(unit, set()).add(other)
        found.setdefault(other, set()).add(unit)
    return found


def _row(graph: Graph, row: FrameRow, partners: dict[str, set[str]], place: FoundPlace) -> ServedNeed:
    records = [record_of(graph, row, Need.label)]
    if row["load_id_offer"]:
        cells = {name: row[f"{name}_offer"] for name in ("load_id", "sheet", "row")}
        records.append(record_of(graph, cells, row["label"]))
    return ServedNeed(
        need_id=row["need"], need=row["title"], unit=row["owner"], offer=row["offered"] or "", kind=row["verdict"],
        quantity=tell_quantity(row), deadline=row["deadline"], km=row["km"],
        agreement=_tell_agreement(partners.get(row["owner_id"], set()), place), claimed=row["claimers"], records=records,
    )  # fmt: skip


def _tell_agreement(partners: set[str], place: FoundPlace) -> Said:
    if place.id and place.id in partners:
        return Said("双方有协议", "an agreement with it")
    if partners:
        return Said("与其他单位有协议", "agreements with others")
    return Said("尚无任何协议", "no agreement at all")


def _draw(rows: pl.DataFrame, place: FoundPlace) -> Drawing:
    entities: dict[str, DrawnEntity] = {}
    relations: list[DrawnRelation] = []
    for row in rows.iter_rows(named=True):
        giver, seeker = row["owner_id_offer"], row["owner_id"]
        if giver and seeker:
            for unit, label, name in (
                (giver, row["owner_label_offer"], row["owner_offer"]),
                (seeker, row["owner_label"], row["owner"]),
            ):
                entities[unit] = {"id": unit, "label": label, "name": name}
            relations.append({"source": giver, "target": seeker, "type": SUGGESTED_TO})
    return {"entities": list(entities.values()), "relations": relations}
