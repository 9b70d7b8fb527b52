"""我们在外采购的，区内谁能生产？ Who in the district makes what we buy outside?

Asked of an enterprise (what it says that it buys), of any product, or of all that the district's enterprises buy outside. What is bought
from within the district already is left out unless it is asked for by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated

import polars as pl

from graph import mechanisms
from graph.documents import FrameRow
from graph.errors import UnknownUnitError
from graph.schema.resources import Need, Offering
from graph.texts import NOTHING, Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.contents import Drawing, DrawnEntity, DrawnRelation
from queries.answers.rows import SUGGESTED_TO, Record, column
from queries.matching.from_place import km_between
from queries.pairing.serving import FIT_ORDER, Served, Understood, find_serving, read_served, understand_text
from queries.questions.partners.offer_parts import FIT_WORDS
from queries.reading.area import InArea, is_within
from queries.reading.as_registered import as_registered
from queries.reading.entities import record_of
from queries.reading.found_places import find_place
from queries.reading.scope import Scope
from queries.reading.topics import names_any
from queries.reading.units import UnitRef, find_unit
from queries.reading.unloaded import tell_unloaded

if TYPE_CHECKING:
    from graph.graph import Graph

PRODUCT = "产品"  # the category under which a typed product is understood
NOBODY = "nobody"  # registered that it makes such a thing
KIND_WORDS = FIT_WORDS | {NOBODY: Said("区内无登记", "nobody here")}
HERE = r"区内|本区|辖区|本地|市内|本市"  # a present source of supply in the district
MAKER = (
    "title", "specification", "capacity", "owner_id", "owner", "owner_label", "lon", "lat", "load_id", "sheet", "row",
)  # fmt: skip
NOBODYS: Mapping[str, None] = MappingProxyType({})


@dataclass(frozen=True)
class Supplier:
    """A product that an enterprise buys, and who in the district could supply it; without a maker where nobody registered any."""

    need_id: str = column("需求标识", "need id", show="hidden")
    buyer: str | None = column("采购企业", "buyer")
    wanted: str = column("外购产品", "bought")
    quantity: Said = column("年需求量", "wanted a year")
    source: Said = column("现供应来源", "present source")
    maker: str | None = column("区内企业", "maker here")
    product: str | None = column("产品（技术）", "product")
    kind: str = column("对口程度", "kind", words=KIND_WORDS)
    capacity: Said = column("供应能力", "capacity")
    km: float | None = column("距离（公里）", "km", digits=1)
    requirements: str | None = column("配套要求", "requirements", show="detail")
    records: list[Record] = column("出处", "records", show="hidden")


@question(
    answers=(mechanisms.SUPPLY_DIRECTORY,),
    phrases=Said(
        "外购 谁生产；供应商；采购 区内；谁能 生产；外购 配套 本地 生产；产品 谁 能 供；区里 谁能造；"
        "要买 产品 有人生产；采购 本区 厂家；配件 谁 生产；进货 区内 替代；厂家",
        "suppliers; who makes what we buy",
    ),
)
def suppliers(  # noqa: PLR0913 -- the arguments are what a user may ask for
    graph: Graph,
    scope: Scope,
    wanted: Annotated[
        str | None,
        Said(
            "企业或产品的名称；不填则列出全部外购产品",
            "an enterprise or product; without it, all that is bought outside",
        ),
    ] = None,
    *,
    product: Annotated[
        str | None,
        Said(
            "只看外购产品含这些字的，可写几种，如 轴承、密封件",
            "only what is bought with these words in it; several may be given, parted by commas",
        ),
    ] = None,
    area: InArea = None,
    k: Annotated[int, Between(1, 50), Said("每种产品最多几家", "at most so many makers for each product")] = 5,
    limit: Annotated[int, Between(1, 1000), Said("最多几行", "at most so many rows")] = 200,
) -> Answer[Supplier]:
    """我们在外采购的，区内谁能生产？ Who in the district makes what we buy outside? What nobody here makes comes last."""
    served = read_served(graph)
    needs, said = _find_bought(graph, served, (wanted, product), area)
    offers, spoken = served.offers
    met = find_serving(needs, (offers.filter(pl.col("is_product").fill_null(False)), spoken), served.taxonomy)
    bought = needs[0].with_columns(alone=~pl.col("id").is_in(met["need"].unique().implode()))
    bought = bought.sort("alone", "owner", "title", "id", nulls_last=True)
    rows = _join(bought.head(limit), offers, met, k)
    shown = [_row(graph, row) for row in rows.head(limit).iter_rows(named=True)]
    alone = bought.filter("alone").height
    if alone:
        said["nobody"] = Said(
            f"其中 {alone} 种产品区内没有企业登记生产", f"{alone} of the products are registered by nobody here"
        )
    return Answer(
        shown,
        truncated=rows.height > limit or bought.height > limit,
        extra=said | tell_unloaded(graph, Need, Offering),
        **_draw(rows.head(limit)),
    )


def _find_bought(
    graph: Graph, served: Served, asked: tuple[str | None, str | None], area: InArea
) -> tuple[Understood, dict[str, Said]]:
    """Return the products bought that are meant, and what an answer says of the choice: by an enterprise or a product, and a product."""
    wanted, product = asked
    needs, spoken = served.needs
    bought = needs.filter(pl.col("is_product").fill_null(False), is_within(graph, area, "owner_id"))
    outside = bought.filter(~pl.col("supplier").fill_null("").str.contains(HERE))
    buyer = _find_buyer(graph, wanted)
    if buyer is None:
        text = wanted or product
        if text is None:
            nothing = Said("没有企业登记向区外采购的产品", "no enterprise has registered anything that it buys outside")
            return (outside, spoken), {} if outside.height else {"nothing": nothing}
        named = bought.filter(_names(text), _names(product))
        return ((named, spoken) if named.height else _type(served, text)), {}
    own = outside.filter(pl.col("owner_id") == buyer.id)
    of_product = own.filter(_names(product))
    if of_product.height or product is None:
        nothing = Said(f"{buyer.name}没有登记外购产品", f"{buyer.name} has registered nothing that it buys outside")
        return (of_product, spoken), {} if own.height else {"nothing": nothing}
    said = Said(
        f"{buyer.name}没有登记外购{product}，按所问的产品查找",
        f"{buyer.name} has not registered that it buys {product}; looked for as asked",
    )
    return _type(served, product, _place_buyer(graph, buyer)), {"not_registered": said}


def _find_buyer(graph: Graph, name: str | None) -> UnitRef | None:
    """Return the enterprise of a name; None for no name, and for one that is a product's."""
    try:
        return None if name is None else find_unit(graph, name)
    except UnknownUnitError:
        return None


def _place_buyer(graph: Graph, buyer: UnitRef) -> dict[str, str | float | None]:
    """Return the columns of a need that say whose it is."""
    at = find_place(graph, buyer.id)
    return {"owner_id": buyer.id, "owner": buyer.name, "owner_label": buyer.label, "lon": at.lon, "lat": at.lat}


def _names(text: str | None) -> pl.Expr:
    return pl.lit(True) if text is None else names_any(pl.col("title"), text)


def _type(served: Served, text: str, of_buyer: Mapping[str, str | float | None] = NOBODYS) -> Understood:
    """Return a product that no register has as one that is wanted, by an enterprise where it was asked for by one."""
    typed, own = understand_text(text, served.taxonomy, PRODUCT)
    columns = served.needs[0].schema
    missing = [name for name in columns if name not in typed.columns or name in of_buyer]
    return typed.with_columns(pl.lit(of_buyer.get(name), columns[name]).alias(name) for name in missing), own


def _join(needs: pl.DataFrame, offers: pl.DataFrame, met: pl.DataFrame, k: int) -> pl.DataFrame:
    """Return a row for each product bought and each of its best `k` makers; one without a maker stays."""
    made = offers.filter(pl.col("is_product").fill_null(False))
    makers = made.select(pl.col("id").alias("offer"), *(pl.col(name).alias(f"{name}_maker") for name in MAKER))
    kind = pl.col("verdict").replace_strict(FIT_ORDER, default=len(FIT_ORDER), return_dtype=pl.Int8)
    rows = needs.rename({"id": "need"}).join(met, on="need", how="left").join(makers, on="offer", how="left")
    rows = rows.with_columns(
        km_between(rows["lon"], rows["lat"], rows["lon_maker"], rows["lat_maker"]), maker="owner_maker"
    )
    rows = rows.sort(kind, "km", "offer", nulls_last=True)
    first = rows.filter(pl.int_range(pl.len()).over("need") < k)
    return first.sort(pl.col("maker").is_null(), "owner", "title", "need", kind, "km", "offer", nulls_last=True)


def _row(graph: Graph, row: FrameRow) -> Supplier:
    quantity = None if row["quantity"] is None else f"{row['quantity']:g}{row['measure'] or ''}"
    records = [record_of(graph, row, Need.label)] if row["need"] else []
    if row["offer"]:
        cells = {name: row[f"{name}_maker"] for name in ("load_id", "sheet", "row")}
        records.append(record_of(graph, cells, Offering.label))
    product = " ".join(filter(None, (row["title_maker"], row["specification_maker"]))) or None
    capacity = as_registered(row["capacity_maker"]) if row["offer"] else NOTHING
    return Supplier(
        need_id=row["need"], buyer=row["owner"], wanted=row["title"], quantity=as_registered(quantity),
        source=as_registered(row["supplier"]), maker=row["maker"], product=product, kind=row["verdict"] or NOBODY,
        capacity=capacity, km=row["km"], requirements=row["requirements"], records=records,
    )  # fmt: skip


def _draw(rows: pl.DataFrame) -> Drawing:
    entities: dict[str, DrawnEntity] = {}
    relations: list[DrawnRelation] = []
    for row in rows.drop_nulls(["owner_id", "owner_id_maker"]).iter_rows(named=True):
        ends = (
            (row["owner_id_maker"], row["owner_label_maker"], row["maker"]),
            (row["owner_id"], row["owner_label"], row["owner"]),
        )
        entities |= {unit: {"id": unit, "label": label, "name": name} for unit, label, name in ends}
        relations.append({"source": ends[0][0], "target": ends[1][0], "type": SUGGESTED_TO})
    return {"entities": list(entities.values()), "relations": relations}
