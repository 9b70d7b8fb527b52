"""下季度到哪些点观摩？ Which units should the next round of observation visit, in which order?

Chosen one after the other: each time the unit that was not observed for longest and has most to show, that adds a subdistrict, a kind
of unit or an industry which the round lacks, and that lies near the points chosen before. Units observed within a year, and those
named, are left out.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import numpy as np
import polars as pl

from graph import mechanisms
from graph.schema.assets import Brand
from graph.schema.cooperation import Activity
from graph.schema.organizations import Community, Enterprise, Institution, Subdistrict
from graph.texts import NOTHING, Said, join_said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.matching.arrays import FloatArray, sphere_points
from queries.matching.distance import distance_km
from queries.reading.area import InArea, is_within, read_streets
from queries.reading.entities import open_entities, record_of
from queries.reading.found_places import find_place
from queries.reading.period import Period
from queries.reading.scope import Scope
from queries.reading.shown_work import WORDS, read_observed, read_shown_work
from queries.reading.units import find_unit
from queries.reading.unloaded import tell_unloaded

if TYPE_CHECKING:
    from graph.documents import FrameRow
    from graph.graph import Graph

KINDS = (Community, Enterprise, Institution)
# What a point is worth to a round: the figures by which one is weighed against another.
MONTHS_NEW = 24  # so many months without observation make a unit as new as one never observed
MUCH = 4  # things to show, from which on more do not count
BONUS = {
    "street": 0.5,
    "label": 0.3,
    "section": 0.3,
}  # for what the round lacks: novelty and things to show are worth 1 each
UNKNOWN_KM = 5.0  # taken for the way to a unit without a position
MOST_NAMED = 3  # things of a kind that are named
MOST_SPARE = 10  # units that were not chosen and are named
ADDS = {
    "street": Said("补充{what}", "adds {what}"),
    "section": Said("补充行业门类 {what}", "adds section {what} of industries"),
}
A_KM = 0.03  # taken off for each kilometre from the nearest point chosen
_SECTION = r"^([A-T])"


@dataclass(frozen=True)
class ObservationPoint:
    """A unit to visit, its place on the way, and why."""

    unit_id: str = column("单位标识", "unit id", show="hidden")
    order: int = column("顺序", "order")
    unit: str = column("观摩点", "unit")
    kind: Said = column("类型", "kind")
    street: str | None = column("街道", "subdistrict")
    shows: Said = column("看什么", "what to see")
    observed: Said = column("上次观摩", "last observed")
    leg_km: float | None = column("距上一点（公里）", "km from the last", digits=1)
    reasons: Said = column("入选理由", "why")
    records: list[Record] = column("出处", "records", show="hidden")


@question(
    answers=(mechanisms.OBSERVATION,),
    phrases=Said(
        "观摩点；观摩 哪些；观摩 路线；下季度 观摩；现场 观摩 去哪；观摩 安排 点位；拉练 点；观摩 看点",
        "observation points; points to observe",
    ),
)
def observation_points(  # noqa: PLR0913 -- the arguments are what a user may ask for
    graph: Graph,
    scope: Scope,
    *,
    quarter: Annotated[
        Period | None,
        Said(
            "哪个季度，如 2026-07..2026-09，默认下季度", "which quarter, such as 2026-07..2026-09; the next by default"
        ),
    ] = None,
    points: Annotated[int, Between(1, 20), Said("几个观摩点", "how many points")] = 5,
    exclude: Annotated[Sequence[str], Said("不考虑的单位", "units not to be considered")] = (),
    start: Annotated[str | None, Said("从哪里出发", "where the round starts")] = None,
    pause: Annotated[
        int, Between(0, 60), Said("几个月内观摩过的不再安排", "months after an observation in which a unit is left out")
    ] = 12,
    area: InArea = None,
) -> Answer[ObservationPoint]:
    """下季度到哪些点观摩？ Which units should the next round of observation visit, in which order?"""
    begins = quarter.resolve(graph.as_of).start if quarter else _next_quarter(graph.as_of or date.today())
    banned = [find_unit(graph, name).id for name in exclude]
    every = _read_candidates(graph, begins).filter(is_within(graph, area, "id"), ~pl.col("id").is_in(banned))
    rested = every.filter((pl.col("months") >= pause).fill_null(True))
    places = sphere_points(*(rested[name].cast(pl.Float64).to_numpy() for name in ("lon", "lat")))
    chosen = _choose(rested, places, points)
    way, legs = _find_way(places, list(chosen), _read_start(graph, start))
    rows = [
        _row(graph, rested.row(at, named=True), number, leg, chosen[at])
        for number, (at, leg) in enumerate(zip(way, legs, strict=True), start=1)
    ]
    return Answer(rows, extra=_tell(every, rested, set(chosen), legs, begins) | tell_unloaded(graph, Activity, Brand))


def _next_quarter(day: date) -> date:
    month = (day.month - 1) // 3 * 3 + 4
    return date(day.year + (month > 12), (month - 1) % 12 + 1, 1)


def _read_candidates(graph: Graph, begins: date) -> pl.DataFrame:
    """Return the units that have something to show, with their street, industry, what they show, and months since the last observation."""
    units = pl.concat(
        [
            open_entities(graph, kind, "name", "lon", "lat", "industry").with_columns(label=pl.lit(kind.label))
            for kind in KINDS
        ],
        how="diagonal_relaxed",
    )
    streets = read_streets(graph).join(
        open_entities(graph, Subdistrict, "name").select(area="id", street="name"), on="area"
    )
    shown = read_shown_work(graph).group_by("unit").agg(kinds=pl.col("kind"), names=pl.col("name"), much=pl.len())
    seen = read_observed(graph, begins)
    joined = units.join(shown.rename({"unit": "id"}), on="id").join(
        streets.select("street", id="unit"), on="id", how="left"
    )
    joined = joined.join(seen.rename({"unit": "id"}), on="id", how="left").sort("id")
    months = (begins.year - pl.col("observed").dt.year()) * 12 + begins.month - pl.col("observed").dt.month()
    return joined.with_columns(months=months, section=pl.col("industry").str.extract(_SECTION))


def _choose(units: pl.DataFrame, places: FloatArray, points: int) -> dict[int, list[Said]]:
    """Return the rows chosen, in the order of their worth to the round, each with what it adds."""
    novelty = (units["months"].cast(pl.Float64) / MONTHS_NEW).clip(0, 1).fill_null(1.0).to_numpy()
    worth = novelty + units["much"].cast(pl.Float64).clip(0, MUCH).to_numpy() / MUCH
    chosen: dict[int, list[Said]] = {}
    near = np.zeros(units.height)
    had: dict[str, set[str]] = {"street": set(), "label": set(), "section": set()}
    columns = {name: units[name].to_list() for name in had}
    for _ in range(min(points, units.height)):
        new = {
            name: np.array([value is not None and value not in had[name] for value in columns[name]]) for name in had
        }
        gain = worth + sum(BONUS[name] * new[name] for name in had) - A_KM * near
        gain[list(chosen)] = -np.inf
        best = int(np.argmax(gain))
        chosen[best] = [
            ADDS[name].fill(what=columns[name][best]) for name in ("street", "section") if new[name][best] and chosen
        ]
        for name, values in columns.items():
            had[name].add(values[best])
        km = np.nan_to_num(distance_km(places, np.broadcast_to(places[best], places.shape)), nan=UNKNOWN_KM)
        near = km if len(chosen) == 1 else np.minimum(near, km)
    return chosen


def _read_start(graph: Graph, start: str | None) -> FloatArray | None:
    if not start:
        return None
    place = find_place(graph, start)
    return (
        None
        if place.lon is None or place.lat is None
        else sphere_points(np.array([place.lon]), np.array([place.lat]))[0]
    )


def _find_way(places: FloatArray, chosen: list[int], start: FloatArray | None) -> tuple[list[int], list[float | None]]:
    """Return the points in the order of a way that goes on to the nearest, and each leg; points without a position come last."""
    left = [at for at in chosen if np.isfinite(places[at]).all()]
    lost = [at for at in chosen if at not in left]
    way: list[int] = []
    legs: list[float | None] = []
    here = start
    while left:
        if here is None:
            nearest, leg = left[0], None
        else:
            km = distance_km(places[left], np.broadcast_to(here, (len(left), 3)))
            nearest, leg = left[int(np.argmin(km))], round(float(km.min()), 1)
        way.append(nearest)
        legs.append(leg)
        left.remove(nearest)
        here = places[nearest]
    return way + lost, legs + [None] * len(lost)


def _row(graph: Graph, row: FrameRow, order: int, leg: float | None, adds: Sequence[Said]) -> ObservationPoint:
    observed = row["observed"]
    new = Said("从未观摩过", "never observed")
    if observed is not None:
        new = Said(f"距上次观摩 {row['months']} 个月", f"{row['months']} months since")
    kinds = graph.schema.entity(row["label"])
    return ObservationPoint(
        unit_id=row["id"], order=order, unit=row["name"], kind=Said(kinds.zh, kinds.en), street=row["street"], shows=_tell_shown(row),
        observed=Said(f"{observed}", f"{observed}") if observed else Said("无记录", "none on record"), leg_km=leg,
        reasons=join_said([new, *adds]), records=[record_of(graph, row, row["label"])],
    )  # fmt: skip


def _tell_shown(row: FrameRow) -> Said:
    """Say what a unit has to show, by kind and name."""
    by_kind: dict[str, list[str]] = {}
    for kind, name in zip(row["kinds"], row["names"], strict=True):
        by_kind.setdefault(kind, []).append(name)
    told = []
    for kind, names in by_kind.items():
        more = Said(f"等 {len(names)} 项", f" and others, {len(names)} in all") if len(names) > MOST_NAMED else NOTHING
        said = Said("{kind}：{names}{more}", "{kind}: {names}{more}")
        told.append(said.fill(kind=WORDS[kind], names="、".join(names[:MOST_NAMED]), more=more))
    return join_said(told)


def _tell(
    every: pl.DataFrame, rested: pl.DataFrame, chosen: Set[int], legs: Sequence[float | None], begins: date
) -> dict[str, Said]:
    """Return how long the way is, who was left out for having been observed of late and when, and whom the places did not reach."""
    total = sum(leg for leg in legs if leg)
    length = Said(
        f"{begins} 起的季度，点间路程合计约 {total:.1f} 公里（直线）",
        f"quarter from {begins}; {total:.1f} km as the crow flies",
    )
    told = {"round": length}
    recent = every.join(rested, on="id", how="anti").sort("name")
    if recent.height:
        names = "、".join(f"{name}（{day}）" for name, day in recent.select("name", "observed").iter_rows())
        told["rested"] = Said(f"近期已观摩，未列入：{names}", f"observed of late and left out: {names}")
    spare = [name for at, name in enumerate(rested["name"]) if at not in chosen]
    if spare:
        names = "、".join(spare[:MOST_SPARE])
        words = Said(
            "有可看之处而名额未及的 {n} 家：{names}；新鲜度、看点、街道和行业的补充合计不如入选的",
            "{n} more have something to show: {names}; they add less that is new than those chosen",
        )
        told["spare"] = words.fill(n=len(spare), names=names + ("等" if len(spare) > MOST_SPARE else ""))
    told["others"] = Said(
        "没有品牌、荣誉、基地或完成项目登记的单位不作候选", "units with nothing to show on record are no candidates"
    )
    return told
