"""Which unit should use an idle resource: one near by, with needs that the room serves, that borrows its like elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graph.schema.organizations import Community, Enterprise, Institution
from graph.schema.resources import RedBase, ResourceUse
from graph.texts import Said
from queries.matching.arrays import BoolArray
from queries.matching.pairs import Pairs
from queries.matching.sides import Sides
from queries.matching.signal import Evidence, PairSpec, Signal, known_values, rule, signal
from queries.pairing.reasons import cells_of, list_classes, list_words
from queries.pairing.rules import forbidden, same_unit
from queries.pairing.signals import FOLDER, find_signals, needs_met_other_way
from queries.pairing.things import make_table, read_side, stand_behind
from queries.reading.facts import CELL, Facts, read_facts
from queries.reading.period import LAST_YEAR, Days
from queries.reading.use import IDLE, classify, measure, read_logged
from queries.words.fit_figures import PARTLY_COUNTS
from queries.words.services import load_words

if TYPE_CHECKING:
    from graph.graph import Graph

WEIGHTS = FOLDER / "weights_resource_unit.toml"
USERS = (Community, Enterprise, Institution)
HALF_TIMES = 5.0  # so many uses of the like in the period make `borrows_like` one half


def read_idle(graph: Graph) -> Facts:
    """Return the facts of the resources that lay idle in the last year."""
    days = LAST_YEAR.resolve(graph.as_of)
    resources = classify(measure(graph, days), days)
    return read_resource_facts(graph, resources.filter(pl.col("status").is_in(IDLE)), resources, days)


def read_resource_facts(graph: Graph, idle: pl.DataFrame, resources: pl.DataFrame, days: Days) -> Facts:
    """Return the facts of some idle resources among all (frames of queries.reading.use) and of the units that may use them."""
    # A venue of which nobody knows what kind of room it is is like no other.
    group = pl.when(pl.col("label") == RedBase.label).then("label").otherwise("id")
    idle, resources = (one.with_columns(like=pl.coalesce("kind", group), entity="label") for one in (idle, resources))
    uses = read_logged(graph).filter(pl.col("day").is_between(days.start, days.end))
    uses = uses.join(resources.select("like", "owner_id", resource_id="id"), on="resource_id")
    owned = resources.select("like", "name", *CELL, right="owner_id").drop_nulls("right")
    borrowed = _count_borrowed(uses, owned)
    lefts = idle.with_columns(
        group="like",
        free=(pl.col("hours_offered") - pl.col("hours")).clip(0),
        logged=pl.col("like").is_in(uses["like"].unique().implode()),
    )
    missing = borrowed.group_by("right", maintain_order=True).agg(missing=pl.col("hours").sum()).rename({"right": "id"})
    users = read_side(graph, USERS, "User").join(missing, on="id", how="left", maintain_order="left")
    units = pl.concat([stand_behind(graph, lefts, "Resource"), users], how="diagonal_relaxed")
    tables = {
        "borrowed": make_table(borrowed.with_columns(left="like", value="times")),
        "hours": make_table(borrowed.with_columns(left="like", value="hours")),
        "has_like": make_table(owned.with_columns(left="like", value=pl.lit(1.0), note="name")),
    }
    return replace(read_facts(graph), units=units, offers=_serve(idle), tables=tables)


def _serve(idle: pl.DataFrame) -> pl.DataFrame:
    """Return which services can be given in each resource, by its kind: unit, title, availability."""
    rooms, likes = load_words().rooms, idle["like"].unique().sort()
    served = [(like, word) for like in likes for part, words in rooms.items() if part in like for word in words]
    known = pl.DataFrame(served, schema={"like": pl.String, "title": pl.String}, orient="row").unique()
    rows = idle.join(known, on="like").with_columns(availability=pl.lit(1.0))
    return rows.select("title", "availability", *CELL, unit="id").sort("unit", "title")


def _count_borrowed(uses: pl.DataFrame, owned: pl.DataFrame) -> pl.DataFrame:
    """Return how often and for how many hours each unit (`right`) used what is like a resource and what it has none of itself."""
    used = uses.select("id", "like", "day", "time_hours", "load_id", "sheet", "row", right="user_id").drop_nulls(
        "right"
    )
    lent = used.join(owned.select("right", "like").unique(), on=["right", "like"], how="anti")
    last = pl.col("load_id", "sheet", "row").last()
    counted = lent.sort("right", "like", "day", "id").group_by("right", "like", maintain_order=True)
    return counted.agg(last, entity=pl.lit(ResourceUse.label), times=pl.len(), hours=pl.col("time_hours").sum())


def tell_served(sides: Sides, left: int, right: int) -> Evidence:
    """Tell for which of the unit's needs the resource has room; what it would serve only in part is not said of it."""
    wanted, own = sides.asks_back.wanted(right), sides.told.needs.of(sides.right.ids[right])
    amounts = sides.asks_back.amounts(right, left)
    met = [word for word, fit in zip(wanted, amounts, strict=True) if fit > PARTLY_COUNTS]
    if not met:
        return Evidence(
            f"不适合其需求：{list_classes(wanted, own)}", f"serves none of its needs: {list_classes(wanted, own, ', ')}"
        )
    needed = [row for row in own if row["service"] in set(met)]
    return Evidence(
        f"可在此开展其所需：{list_classes(met, own)}（{len(met)}/{len(wanted)} 项）",
        f"has room for what it needs: {list_classes(met, own, ', ')} ({len(met)}/{len(wanted)})",
        cells_of(needed),
    )


def tell_borrowed(sides: Sides, left: int, right: int) -> Evidence:
    """Tell how often the unit used the like of the resource elsewhere, with the last time."""
    rows = sides.tables["borrowed"].tell(left, right)
    times = int(sum(row["value"] for row in rows))
    if not times:
        return Evidence("期内没有借用过同类资源", "did not borrow the like in the period")
    return Evidence(f"期内借用同类资源 {times} 次", f"borrowed the like {times} times in the period", cells_of(rows))


def tell_hours(sides: Sides, left: int, right: int) -> Evidence:
    """Tell for how many of the hours that the unit borrowed the resource has room."""
    rows = sides.tables["hours"].tell(left, right)
    missing, free = float(sides.right.row(right)["missing"]), float(sides.left.row(left)["free"])
    room = min(free, sum(row["value"] for row in rows))
    return Evidence(
        f"该单位一年外借场地 {missing:g} 小时，其中 {room:g} 小时可安排在此",
        f"has room for {room:g} of the {missing:g} hours that it borrowed",
        cells_of(rows),
    )


def tell_like(sides: Sides, left: int, right: int) -> Evidence:
    """Tell which resource of the same kind the unit already has."""
    rows = sides.tables["has_like"].tell(left, right)
    names = list_words(row["note"] for row in rows)
    return Evidence(f"自己已有同类资源：{names}", f"has the like of its own: {names}", cells_of(rows))


serves_needs = replace(
    needs_met_other_way,
    name="serves_needs",
    zh="可满足需求",
    en="needs that it serves",
    because=tell_served,
    missing=Said(
        "没有该单位的需求或不知此类资源的用途，此项暂不计",
        "the unit's needs or the use of such a room are unknown; not counted for now",
    ),
)


@signal(
    zh="借用同类",
    en="borrows the like",
    because=tell_borrowed,
    missing=Said(
        "期内没有同类资源的使用登记，此项暂不计", "no use of the like on record in the period; not counted for now"
    ),
)
def borrows_like(pairs: Pairs) -> Signal:
    """Return a value that rises with how often a unit without such a resource used other ones of the kind.

    n ÷ (n + 5), n the number of uses in the period.
    """
    times = pairs.sides.tables["borrowed"].spread(pairs.left, pairs.right)
    return Signal(times / (times + HALF_TIMES), pairs.sides.left.numbers("logged")[pairs.left] > 0)


@signal(
    zh="缺用小时",
    en="missing hours",
    because=tell_hours,
    missing=Said(
        "不知该单位缺多少小时或此处空闲多少小时，此项暂不计",
        "the unit's missing hours or the idle hours are unknown; not counted for now",
    ),
)
def hours_wanted(pairs: Pairs) -> Signal:
    """Return which share of the hours that a unit has to borrow resources for, having none, this resource could cover.

    Σ min(missing, idle hours) ÷ Σ missing over the kinds of resource that the unit borrows.
    """
    missing = pairs.sides.right.numbers("missing")[pairs.right]
    free = pairs.sides.left.numbers("free")[pairs.left]
    room = np.minimum(pairs.sides.tables["hours"].spread(pairs.left, pairs.right), free)
    return known_values(room / np.where(missing > 0, missing, np.nan))


@rule(tell_like)
def has_the_like(pairs: Pairs) -> BoolArray:
    """Exclude units that have a resource of the same kind themselves."""
    return pairs.sides.tables["has_like"].spread(pairs.left, pairs.right) > 0


RESOURCE_UNIT = PairSpec(
    "resource-unit", left="Resource", right="User", signals=find_signals(WEIGHTS, globals()),
    rules=(same_unit, has_the_like, forbidden), capacities=(3, 3), read=read_idle, weights=WEIGHTS,
)  # fmt: skip
