"""How much shared resources were offered and used in a period, and which of them lie idle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import polars as pl

from queries.reading.entities import open_entities, open_relations, read_resources, read_units, where_else
from queries.reading.period import Days

if TYPE_CHECKING:
    from graph.graph import Graph

Status = Literal["unused", "under_used", "used", "no_record", "withdrawn"]
STATUS_WORDS = {
    "unused": ("没人用", "unused"), "under_used": ("用得少", "under-used"), "no_record": ("无登记", "no record"),
    "withdrawn": ("已停用", "withdrawn"), "used": ("在用", "used"),
}  # fmt: skip
WITHDRAWN = "停用|撤销|撤除|拆除|改造|注销|关闭|停止|withdrawn|closed"
MIN_USES_A_YEAR, MIN_SHARE = 6.0, 0.02
IDLE = ("unused", "under_used")


def measure(graph: Graph, days: Days) -> pl.DataFrame:
    """Return the resources with their owner, hours offered and used, uses in the period and at any time, and last use."""
    resources = read_resources(graph, "kind", "status", "keeps_log", "open_hours_weekly", "lon", "lat").rename(
        {"status": "registered"}
    )
    owners = read_units(graph).select(owner_id="id", owner="name", owner_lon="lon", owner_lat="lat")
    uses = read_uses(graph).filter(pl.col("day") <= days.end)
    inside = pl.col("day") >= days.start
    per_resource = uses.group_by("resource_id").agg(
        uses=inside.sum(), ever=pl.len(), last=pl.col("day").max(), hours=pl.col("time_hours").filter(inside).sum(),
        timed=pl.col("time_hours").filter(inside).count(),
        use_load=pl.col("load_id").last(), use_sheet=pl.col("sheet").last(), use_row=pl.col("row").last(), use_id=pl.col("id").last(),
    )  # fmt: skip
    return (
        resources.join(owners, on="owner_id", how="left", maintain_order="left")
        .join(per_resource, left_on="id", right_on="resource_id", how="left", maintain_order="left")
        .with_columns(
            pl.col("uses", "ever", "hours", "timed").fill_null(0),
            *where_else("owner_lon", "owner_lat"),
            hours_offered=(pl.col("open_hours_weekly").cast(pl.Float64) * days.weeks).round(1),
        )
        .drop("owner_lon", "owner_lat")
        .with_columns(days_since_use=(pl.lit(days.end) - pl.col("last")).dt.total_days())
    )


def read_uses(graph: Graph) -> pl.DataFrame:
    """Return the uses on record by day: id, day, hours, the resource used and the unit that used it."""
    uses = open_entities(graph, "ResourceUse", "day", "time_hours").with_columns(pl.col("time_hours").cast(pl.Float64))
    used = open_relations(graph, "USES").select(pl.col("source").alias("id"), pl.col("target").alias("resource_id"))
    users = (
        open_relations(graph, "USED_BY")
        .select(pl.col("source").alias("id"), pl.col("target").alias("user_id"))
        .unique("id", keep="any")
    )
    return uses.join(used, on="id").join(users, on="id", how="left").sort("day", "id")


def classify(
    resources: pl.DataFrame, days: Days, min_uses: float = MIN_USES_A_YEAR, min_share: float = MIN_SHARE
) -> pl.DataFrame:
    """Add the status of each resource, its place in the order of idleness, and whether its owner's log has stopped."""
    kept = pl.col("keeps_log").cast(pl.Boolean).fill_null(False) | (pl.col("ever") > 0)
    share = pl.col("hours") / pl.when(pl.col("hours_offered") > 0).then(pl.col("hours_offered"))
    # Hours on record for some uses only would make the share too small: then the count alone decides.
    small = (share < min_share) | share.is_null() | (pl.col("timed") < pl.col("uses"))
    status = (
        pl.when(pl.col("registered").str.contains(WITHDRAWN).fill_null(False)).then(pl.lit("withdrawn"))
        .when(~kept).then(pl.lit("no_record"))
        .when(pl.col("uses") == 0).then(pl.lit("unused"))
        .when((pl.col("uses") < min_uses * days.years) & small).then(pl.lit("under_used"))
        .otherwise(pl.lit("used"))
    )  # fmt: skip
    stopped = ((pl.col("ever").sum() > 0) & (pl.col("uses").sum() == 0)).over("owner_id") & pl.col(
        "owner_id"
    ).is_not_null()
    order = {name: place for place, name in enumerate(STATUS_WORDS)}
    return resources.with_columns(status=status, stale=stopped).with_columns(
        order=pl.col("status").replace_strict(order, return_dtype=pl.Int8)
    )
