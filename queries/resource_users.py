"""Who should use an idle resource: units near by without one of their own, that need it or borrow its like elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from queries.answer import Sentence
from queries.period import Days
from queries.reading import open_entities, open_relations, read_units

if TYPE_CHECKING:
    from graph.graph import Graph

EARTH_KM, HALF_KM = 6371.0, 5.0
NEAREST, MOST = 60, 3
WEIGHTS = {"near": 0.4, "need": 0.3, "borrows": 0.3}
# What a kind of room lets a unit do: needs of these classes can be met in it.
NEEDS_SERVED: dict[str, tuple[str, ...]] = {
    "会议": ("法律援助", "政策咨询", "宣讲"),
    "电教": ("青少年课堂", "宣讲", "培训"),
    "多功能": ("文艺辅导", "健康义诊", "青少年课堂"),
    "球": ("文体", "文艺辅导", "青少年课堂"),
    "运动": ("文体", "青少年课堂"),
    "食堂": ("帮困助残", "助餐", "养老"),
    "停车": ("便民服务", "停车"),
    "图书": ("青少年课堂", "阅读"),
    "礼堂": ("文艺辅导", "宣讲"),
    "空地": ("环境整治", "文艺辅导", "便民服务"),
    "展馆": ("宣讲", "青少年课堂"),
}


@dataclass(frozen=True)
class SuggestedUser:
    """A unit that should use a resource, how well it fits (0 to 1), and why."""

    unit_id: str
    unit: str
    score: float
    text: str


def suggest_users(
    graph: Graph, idle: pl.DataFrame, resources: pl.DataFrame, days: Days
) -> dict[str, list[SuggestedUser]]:
    """Return the best users of each idle resource, by resource id.

    `idle` and `resources` are frames with id, kind, owner_id, lon, lat (the owner's position stands for the resource's).
    """
    units = read_units(graph, ("Community", "Enterprise")).select("id", "label", "name", "lon", "lat")
    if idle.is_empty() or units.is_empty():
        return {}
    borrowed = _borrowed(graph, resources, days)
    pairs = pl.concat([_near(idle, units), _borrowers(idle, borrowed)]).unique(maintain_order=True)
    pairs = pairs.join(idle.select("id", "kind", "owner_id", "lon", "lat"), on="id").filter(
        pl.col("unit_id") != pl.col("owner_id").fill_null("")
    )
    own = resources.select(pl.col("owner_id").alias("unit_id"), "kind").drop_nulls().unique()
    pairs = pairs.join(own, on=["unit_id", "kind"], how="anti").join(
        units.rename({"id": "unit_id", "lon": "unit_lon", "lat": "unit_lat"}), on="unit_id"
    )
    pairs = pairs.join(_needs(graph, idle), on=["unit_id", "kind"], how="left").join(
        borrowed, on=["unit_id", "kind"], how="left"
    )
    best = pairs.pipe(_score).sort(-pl.col("score"), "unit_id").group_by("id", maintain_order=True).head(MOST)
    found: dict[str, list[SuggestedUser]] = {}
    for row in best.iter_rows(named=True):
        found.setdefault(row["id"], []).append(
            SuggestedUser(row["unit_id"], row["name"], round(row["score"], 4), _sentence(row))
        )
    return found


def _near(idle: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """Return pairs (id, unit_id) of each resource with the units nearest to it."""
    from scipy.spatial import cKDTree

    placed, known = idle.drop_nulls(["lon", "lat"]), units.drop_nulls(["lon", "lat"])
    if placed.is_empty() or known.is_empty():
        return pl.DataFrame(schema={"id": pl.String, "unit_id": pl.String})
    count = min(NEAREST, known.height)
    _, places = cKDTree(_on_sphere(known)).query(_on_sphere(placed), k=count)
    flat = pl.Series(np.asarray(places).reshape(-1))
    return pl.DataFrame(
        {"id": placed["id"].gather(np.repeat(np.arange(placed.height), count)), "unit_id": known["id"].gather(flat)}
    )


def _on_sphere(frame: pl.DataFrame) -> Any:
    lon, lat = np.radians(frame["lon"].to_numpy()), np.radians(frame["lat"].to_numpy())
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _borrowed(graph: Graph, resources: pl.DataFrame, days: Days) -> pl.DataFrame:
    """Return how often each unit used each kind of resource in the period, others' and its own."""
    used = open_relations(graph, "USES").select(pl.col("source").alias("use"), pl.col("target").alias("id"))
    users = open_relations(graph, "USED_BY").select(pl.col("source").alias("use"), pl.col("target").alias("unit_id"))
    dates = (
        open_entities(graph, "ResourceUse", "day")
        .filter(pl.col("day").is_between(days.start, days.end))
        .select(pl.col("id").alias("use"))
    )
    kinds = resources.select("id", "kind").drop_nulls()
    return (
        used.join(users, on="use")
        .join(dates, on="use")
        .join(kinds, on="id")
        .group_by("unit_id", "kind")
        .agg(borrowed=pl.len())
    )


def _borrowers(idle: pl.DataFrame, borrowed: pl.DataFrame) -> pl.DataFrame:
    """Return pairs of each resource with the units that borrow its kind most."""
    most = (
        borrowed.sort(-pl.col("borrowed").cast(pl.Int64), "unit_id").group_by("kind", maintain_order=True).head(NEAREST)
    )
    return idle.select("id", "kind").join(most, on="kind").select("id", "unit_id")


def _needs(graph: Graph, idle: pl.DataFrame) -> pl.DataFrame:
    """Return which need of each unit could be met in a resource of each kind: unit_id, kind, need."""
    served = [
        (kind, word)
        for kind in idle["kind"].drop_nulls().unique().sort()
        for part, words in NEEDS_SERVED.items()
        if part in kind
        for word in words
    ]
    wanted = open_relations(graph, "SEEKS").select(pl.col("source").alias("unit_id"), pl.col("target").alias("id"))
    open_needs = open_entities(graph, "Need", "title", "category", "status").filter(
        ~pl.col("status").str.contains("完成|关闭|满足").fill_null(False)
    )
    spoken = pl.concat_str("category", "title", separator=" ", ignore_nulls=True)
    needs = (
        open_needs.select("id", spoken=spoken)
        .join(wanted, on="id")
        .join(pl.DataFrame(served, schema={"kind": pl.String, "need": pl.String}, orient="row"), how="cross")
    )
    met = needs.filter(pl.col("spoken").str.contains(pl.col("need"), literal=True))
    return met.group_by("unit_id", "kind").agg(need=pl.col("need").sort().first())


def _score(pairs: pl.DataFrame) -> pl.DataFrame:
    """Add the distance in km and the score: near 1/(1+(d/5 km)²), has a need for it 1, borrows its like n/(n+5)."""
    lon, lat, other_lon, other_lat = (pl.col(c).radians() for c in ("lon", "lat", "unit_lon", "unit_lat"))
    half = ((other_lat - lat) / 2).sin().pow(2) + lat.cos() * other_lat.cos() * ((other_lon - lon) / 2).sin().pow(2)
    km = 2 * EARTH_KM * half.clip(0, 1).sqrt().arcsin()
    times = pl.col("borrowed").fill_null(0).cast(pl.Float64)
    parts = {
        "near": (1 / (1 + (pl.col("km") / HALF_KM).pow(2))).fill_null(0),
        "need": pl.col("need").is_not_null().cast(pl.Float64),
        "borrows": times / (times + 5),
    }
    score = pl.sum_horizontal(weight * parts[name] for name, weight in WEIGHTS.items())
    return pairs.with_columns(km=km).with_columns(score=score)


def _sentence(row: dict[str, Any]) -> Sentence:
    """Say why a unit should use a resource."""
    kind = row["kind"] or "这类资源"
    zh, en = [f"自己没有{kind}"], [f"has no {row['kind'] or 'such resource'} of its own"]
    if row["km"] is not None:
        zh.insert(0, f"相距约{row['km']:.1f}公里")
        en.insert(0, f"about {row['km']:.1f} km away")
    if row["need"]:
        zh.append(f"正需要“{row['need']}”")
        en.append(f"needs “{row['need']}”")
    if row["borrowed"]:
        zh.append(f"期内借用同类资源{row['borrowed']}次")
        en.append(f"borrowed the like {row['borrowed']} times in the period")
    return Sentence("，".join(zh), ", ".join(en))
