"""哪些社区缺哪类服务？ Which communities have no provider of a service near them, and where is the nearest?

For each community and each class of service that anybody needs or offers here: how far the nearest unit that offers it to others is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated

import numpy as np
import polars as pl

from graph.schema.members import Concept
from graph.schema.organizations import Community
from graph.schema.resources import ABOUT
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.matching.distance import km_between
from queries.reading.area import InArea, list_units
from queries.reading.entities import open_entities, open_relations, read_units, record_of
from queries.reading.facts import KEPT, Recent, read_needs, read_offers, snapshot_key
from queries.reading.scope import Scope
from queries.reading.topics import names_any
from queries.reading.units_of import name_streets

if TYPE_CHECKING:
    from graph.documents import FrameRow
    from graph.graph import Graph

SERVICE = "service"  # the scheme of class words that name services
REACH_KM = 1.5
_NOBODY = Said("全区没有单位提供", "no unit of the district offers it")
_UNPLACED = Said("有单位提供，但位置未登记", "offered, but nobody knows where from")
_NEAREST = Said("最近的是{unit}，{km} 公里", "the nearest is {unit}, {km} km away")
_NO_PLACE = Said("没有位置的社区不能判断：{names}", "of communities without a position nothing can be said: {names}")


@dataclass(frozen=True)
class SupplyGap:
    """A community and a service that nobody offers near it: how many open needs it has there, and who is nearest."""

    community_id: str
    community: str = column("社区", "community")
    streets: str = column("街道", "subdistrict")
    service: str = column("服务类别", "service")
    needs: int = column("待办需求", "open needs")
    nearest_id: str | None = column("最近的单位编号", "id of the nearest", "hidden")
    nearest: str | None = column("最近的提供单位", "nearest provider")
    km: float | None = column("距离（公里）", "distance (km)")
    text: Said = column("说明", "what is known", "detail")
    records: list[Record] = column("出处", "records", "hidden")


@question(
    phrases=Said(
        "缺 服务；服务 缺口；社区 缺 哪类；没有 提供者；社区 缺 服务 附近；服务 覆盖 不到；没人 服务 公里；服务 空白",
        "supply gaps; communities lack service; no provider near",
    )
)
def supply_gaps(  # noqa: PLR0913 -- the arguments are what a user may ask for
    graph: Graph,
    scope: Scope,
    *,
    service: Annotated[
        str | None,
        Said(
            "只看这类服务，可写几种，如 健康义诊、法律援助",
            "only this class of service; several may be given, parted by commas",
        ),
    ] = None,
    radius: Annotated[float, Between(0, 100), Said("几公里以内算就近", "within how many km is near")] = REACH_KM,
    needed: Annotated[bool, Said("只看该社区有需求的", "only what the community has a need of")] = False,
    area: InArea = None,
    limit: Annotated[int, Between(1, 1000), Said("最多几行", "at most so many rows")] = 100,
) -> Answer[SupplyGap]:
    """哪些社区缺哪类服务，最近的提供者在哪里？ Which communities lack which service, and who is the nearest? Open needs come first."""
    communities, gaps = (
        read_units(graph, (Community,)),
        _RECENT.get((snapshot_key(graph), radius), partial(_find_gaps, graph, radius)),
    )
    if area:
        within = list_units(graph, area).implode()
        communities, gaps = (frame.filter(pl.col("id").is_in(within)) for frame in (communities, gaps))
    if service:
        gaps = gaps.filter(names_any(pl.col("service"), service))
    gaps = gaps.filter(pl.col("needs") > 0) if needed else gaps
    counts = dict(gaps.group_by("service").len().sort(-pl.col("len").cast(pl.Int64), "service").iter_rows())
    unplaced = communities.filter(pl.any_horizontal(pl.col("lon", "lat").is_null()))["name"].sort()
    note = {"note": _NO_PLACE.fill(names="、".join(unplaced))} if unplaced.len() else {}
    top = gaps.head(limit)
    streets = name_streets(graph, communities.filter(pl.col("id").is_in(top["id"].implode())))
    rows = [_row(graph, row, "、".join(streets.get(row["id"], ()))) for row in top.iter_rows(named=True)]
    return Answer(rows, truncated=gaps.height > limit, extra={"communities_by_service": counts} | note)


_RECENT: Recent[pl.DataFrame] = Recent(KEPT)


def _find_gaps(graph: Graph, radius: float) -> pl.DataFrame:
    """Return every gap of a snapshot for one radius, with the open needs behind it; in the order of the answer."""
    placed = read_units(graph, (Community,)).drop_nulls(["lon", "lat"]).sort("name", "id")
    asked = _needs(graph)
    gaps = pl.concat([pl.DataFrame(schema=_GAPS), *_gaps(placed, _providers(graph, asked), radius)])
    gaps = gaps.join(asked, on=["id", "service"], how="left").with_columns(pl.col("needs").fill_null(0))
    return gaps.sort(-pl.col("needs"), -pl.col("km").fill_null(float("inf")), "name", "service", "id")


_GAPS = {
    "id": pl.String, "name": pl.String, "service": pl.String, "nearest_id": pl.String, "nearest": pl.String, "km": pl.Float64,
    "providers": pl.Int64, "load_id": pl.String, "sheet": pl.String, "row": pl.Int32,
}  # fmt: skip


def _services(graph: Graph) -> pl.DataFrame:
    """Return which thing is about which service: id, service."""
    words = open_entities(graph, Concept, "name", "scheme").filter(pl.col("scheme") == SERVICE)
    return (
        open_relations(graph, ABOUT)
        .join(words.select(target="id", service="name"), on="target")
        .select(id="source", service="service")
    )


def _needs(graph: Graph) -> pl.DataFrame:
    """Return how many open needs each unit has of each service: id (of the unit), service, needs."""
    open_needs = read_needs(graph, graph.as_of or date.today()).select("id", "owner_id")
    told = open_needs.join(_services(graph), on="id")
    return told.group_by(pl.col("owner_id").alias("id"), "service").agg(needs=pl.col("id").n_unique().cast(pl.Int64))


def _providers(graph: Graph, asked: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Return by service the units that offer it to others, with their places; services that are only needed have none."""
    units = read_units(graph).select(owner_id="id", unit="name", lon="lon", lat="lat")
    offered = read_offers(graph).select("id", "owner_id").join(_services(graph), on="id").join(units, on="owner_id")
    offered = offered.select("service", "owner_id", "unit", "lon", "lat").unique().sort("service", "unit", "owner_id")
    found = {name: offered.filter(pl.col("service") == name) for name in {*offered["service"], *asked["service"]}}
    return {name: found[name] for name in sorted(found)}


def _gaps(communities: pl.DataFrame, providers: dict[str, pl.DataFrame], radius: float) -> Iterator[pl.DataFrame]:
    """Yield for each service the communities that have no provider within the radius, with the nearest there is."""
    here = communities.select("lon", "lat").to_numpy()
    for service, units in providers.items():
        placed = units.drop_nulls(["lon", "lat"])
        own = communities["id"].is_in(units["owner_id"].implode()).to_numpy()
        told = communities.with_columns(service=pl.lit(service), providers=pl.lit(units.height, pl.Int64))
        if placed.is_empty() or communities.is_empty():
            missing = {name: pl.lit(None, _GAPS[name]) for name in ("nearest_id", "nearest", "km")}
            yield told.with_columns(**missing).filter(pl.Series(~own)).select(list(_GAPS))
            continue
        km = km_between(here, placed.select("lon", "lat").to_numpy())
        first = np.argmin(km, axis=1)
        least = km[np.arange(len(here)), first]
        nearest = placed.select(nearest_id="owner_id", nearest="unit")[first.tolist()]
        whole = pl.concat([told, nearest, pl.DataFrame({"km": np.round(least, 2)})], how="horizontal")
        yield whole.filter(pl.Series((least > radius) & ~own)).select(list(_GAPS))


def _row(graph: Graph, row: FrameRow, streets: str) -> SupplyGap:
    nobody = _UNPLACED if row["providers"] else _NOBODY
    text = _NEAREST.fill(unit=row["nearest"], km=f"{row['km']:.1f}") if row["nearest"] else nobody
    return SupplyGap(
        row["id"], row["name"], streets, row["service"], row["needs"], row["nearest_id"], row["nearest"], row["km"], text,
        [record_of(graph, row, Community.label)],
    )  # fmt: skip
