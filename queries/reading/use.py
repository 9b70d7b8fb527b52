"""How much shared resources were offered and used in a period, and which of them lie idle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import polars as pl

from graph.schema.cooperation import HELD_AT, LEADS, Activity
from graph.schema.resources import USED_BY, USES, ResourceUse
from graph.states import is_withdrawn
from graph.texts import Said
from queries.reading.entities import open_entities, open_relations, read_resources, read_units, where_else
from queries.reading.period import Days
from queries.reading.planned_closures import closed_in_holidays, closed_until
from queries.reading.withheld import WITHHELD, is_withheld

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Relation

Status = Literal["unused", "under_used", "used", "no_record", "withdrawn"]
STATUS_WORDS = {
    "unused": Said("闲置未用", "unused"), "under_used": Said("使用率低", "under-used"),
    "no_record": Said("无使用登记（情况不明）", "no record"), "withdrawn": Said("暂不可用", "not to be had"), "used": Said("在用", "used"),
}  # fmt: skip
MIN_USES_A_YEAR, MIN_SHARE = 6.0, 0.02
SAID = rf"([^,，;；。]*(?:{WITHHELD})[^,，;；。]*)"  # the clause of a remark that says so
IDLE = ("unused", "under_used")


def measure(graph: Graph, days: Days) -> pl.DataFrame:
    """Return the resources with their owner, hours offered and used, uses in the period and at any time, and last use.

    `logged` counts the entries of a log of use in the period, `seen` what else shows a use, such as an activity held there;
    `booked` and `next_use` tell of uses after the period.
    """
    resources = read_resources(graph, "kind", "status", "remark", "keeps_log", "open_hours_weekly", "lon", "lat")
    # What a remark says is the owner's word, too: 2026年6月起收回自用.
    taken_back = ~is_withdrawn("status") & is_withheld("remark")
    resources = resources.with_columns(
        registered=pl.when(taken_back).then(pl.col("remark").str.extract(SAID)).otherwise("status"),
        taken_back=taken_back,
        closed_until=closed_until("status", "remark"),
        holidays_off=closed_in_holidays("status", "remark"),
    )
    owners = read_units(graph).select(owner_id="id", owner="name", owner_lon="lon", owner_lat="lat")
    known = read_uses(graph)
    uses, ahead = known.filter((pl.col("day") <= days.end).fill_null(True)), known.filter(pl.col("day") > days.end)
    booked = ahead.group_by("resource_id").agg(booked=pl.len().cast(pl.Int64), next_use=pl.col("day").min())
    inside, log = (pl.col("day") >= days.start).fill_null(False), pl.col("entity") == ResourceUse.label
    per_resource = uses.group_by("resource_id").agg(
        uses=inside.sum(), last=pl.col("day").max(), hours=pl.col("time_hours").filter(inside).sum(),
        timed=pl.col("time_hours").filter(inside).count(), logged=(inside & log).sum(), seen=(inside & ~log).sum(),
        use_load=pl.col("load_id").last(), use_sheet=pl.col("sheet").last(), use_row=pl.col("row").last(), use_id=pl.col("id").last(),
    )  # fmt: skip
    # What is booked for later shows no log: else a first booking would make a venue's past unknown.
    entries = _read_entries(graph).filter((pl.col("day") <= days.end).fill_null(True))
    entries = entries.group_by("resource_id").agg(ever=pl.len())
    counts = ("uses", "ever", "hours", "timed", "logged", "seen")
    return (
        resources.join(owners, on="owner_id", how="left", maintain_order="left")
        .join(per_resource, left_on="id", right_on="resource_id", how="left", maintain_order="left")
        .join(entries, left_on="id", right_on="resource_id", how="left", maintain_order="left")
        .join(booked, left_on="id", right_on="resource_id", how="left", maintain_order="left")
        .with_columns(
            pl.col(*counts).fill_null(0),
            *where_else("owner_lon", "owner_lat"),
            hours_offered=(pl.col("open_hours_weekly").cast(pl.Float64) * days.weeks).round(1),
        )
        .drop("owner_lon", "owner_lat")
        .with_columns(days_since_use=(pl.lit(days.end) - pl.col("last")).dt.total_days())
    )


def read_logged(graph: Graph) -> pl.DataFrame:
    """Return the entries of logs of use that were not called off: id, kind of thing (`entity`), day, hours, resource, unit that used it."""
    return _read_entries(graph).filter(~pl.col("called_off").fill_null(False))


def _read_entries(graph: Graph) -> pl.DataFrame:
    """Return all entries of logs of use, those called off, too: they show that a log is kept."""
    logged = open_entities(graph, ResourceUse, "day", "time_hours", "called_off").with_columns(
        pl.col("time_hours").cast(pl.Float64), entity=pl.lit(ResourceUse.label)
    )
    return _join_ends(graph, logged, USES, USED_BY, unit_is_target=True).sort("day", "id")


def read_owners(graph: Graph) -> pl.DataFrame:
    """Return which unit owns which venue or base, with its name: resource_id, resource, owner_id."""
    return read_resources(graph).select("owner_id", resource_id="id", resource="name").drop_nulls("owner_id")


def read_uses(graph: Graph) -> pl.DataFrame:
    """Return whatever shows that a resource was used, as `read_logged` does: entries of logs, and activities held there.

    An activity on a day that the log has too is one use.
    """
    held = open_entities(graph, Activity, "day").with_columns(
        time_hours=pl.lit(None, pl.Float64), entity=pl.lit(Activity.label)
    )
    logged, activities = read_logged(graph), _join_ends(graph, held, HELD_AT, LEADS, unit_is_target=False)
    beside = activities.join(logged, on=["resource_id", "day"], how="anti")
    return pl.concat([logged, beside], how="diagonal_relaxed").sort("day", "id")


def _join_ends(graph: Graph, things: pl.DataFrame, at: Relation, by: Relation, unit_is_target: bool) -> pl.DataFrame:
    """Return things with the resource at which each took place, and one of the units whose it was."""
    place = open_relations(graph, at).select(pl.col("source").alias("id"), pl.col("target").alias("resource_id"))
    thing, unit = ("source", "target") if unit_is_target else ("target", "source")
    users = open_relations(graph, by).select(pl.col(thing).alias("id"), pl.col(unit).alias("user_id")).sort("user_id")
    users = users.unique("id", keep="first", maintain_order=True)
    return things.join(place, on="id").join(users, on="id", how="left", maintain_order="left")


def classify(
    resources: pl.DataFrame, days: Days, min_uses: float = MIN_USES_A_YEAR, min_share: float = MIN_SHARE
) -> pl.DataFrame:
    """Add to each resource its status of use, its rank by idleness, and whether its owner stopped keeping a log."""
    kept = pl.col("keeps_log").cast(pl.Boolean).fill_null(False) | (pl.col("ever") > 0)
    share = pl.col("hours") / pl.when(pl.col("hours_offered") > 0).then(pl.col("hours_offered"))
    # Hours on record for some uses only would make the share too small: then the count alone decides.
    small = (share < min_share) | share.is_null() | (pl.col("timed") < pl.col("uses"))
    # What was seen there without a log, or with one that has nothing of it, was used; how often, nobody wrote down.
    unlogged = (pl.col("logged") == 0) & (pl.col("seen") > 0)
    status = (
        pl.when(is_withdrawn("registered") | pl.col("taken_back")).then(pl.lit("withdrawn"))
        .when(unlogged).then(pl.lit("used"))
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
