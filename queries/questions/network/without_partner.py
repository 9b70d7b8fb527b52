"""谁还没有结对、没有资源、没有往来？ Which units have no partner, share nothing, or have had no contact; and who is near?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np
import polars as pl

from graph.documents import FrameRow
from graph.schema.cooperation import PARTNERED_WITH, Agreement
from graph.schema.organizations import Community, Enterprise
from graph.schema.resources import OFFERS, OWNS
from graph.state_vocabulary import EXPIRED
from graph.states import find_state
from graph.texts import NOTHING, Said, join_said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.matching.distance import km_between
from queries.reading.agreements import read_signers
from queries.reading.area import InArea, list_units
from queries.reading.entities import open_entities, open_relations, read_units, record_of
from queries.reading.scope import Scope
from queries.reading.unit_network import read_unit_ties
from queries.reading.units_of import name_streets
from queries.reading.waiting_names import tell_waiting

if TYPE_CHECKING:
    from graph.graph import Graph

Lack = Literal["partner", "resource", "contact"]
Side = Literal["all", "enterprise", "community"]
SIDES = {"all": (Community, Enterprise), "enterprise": (Enterprise,), "community": (Community,)}
CANDIDATES = 3
LACKS = {
    "partners": Said("结对", "partner"),
    "resources": Said("资源", "resources"),
    "contacts": Said("往来", "contact"),
}
_WITHOUT = {
    "partner": Said("没有结对", "partner"), "resource": Said("没有资源", "resources"), "contact": Said("没有往来", "contact"),
}  # fmt: skip
_AT = Said("{km} 公里", "{km} km")
_FREE = Said("，也没有结对", ", without a partner, too")


@dataclass(frozen=True)
class NearUnit:
    """A unit of the other side that is near, and whether it has no partner either."""

    unit_id: str
    unit: str
    km: float
    is_free: bool

    @property
    def text(self) -> Said:
        """Return how far it is, and whether it has no partner either, as one line says it behind its name."""
        at, free = _AT.fill(km=f"{self.km:.1f}"), _FREE if self.is_free else Said("", "")
        return Said(at + free, at.en + free.en)


@dataclass(frozen=True)
class LackingUnit:
    """A unit and what it lacks: a partner, anything to share, any contact with another unit."""

    unit_id: str
    label: str
    unit: str = column("单位", "unit")
    lacks: Said = column("缺什么", "lacks")
    expired: str | None = column("已到期的协议", "agreements that are over")
    streets: str = column("街道", "subdistrict")
    partners: int = column("结对单位", "partners")
    resources: int = column("资源", "resources")
    contacts: int = column("有往来的单位", "units in contact")
    near: list[NearUnit] = column("就近可结对", "near ones", "detail")
    records: list[Record] = column("出处", "records", "hidden")


@question(
    phrases=Said(
        "没有 结对；还没 结对；谁 没有 资源；没有 往来；社区 没有 企业 结对；企业 没有 社区 结对；"
        "没有 签订 结对 协议；没有 伙伴；一家 共建 没有",
        "without partner; no partner; no contact",
    )
)
def without_partner(
    graph: Graph,
    scope: Scope,
    *,
    lack: Annotated[
        Lack, Said("缺什么：结对、资源、往来", "what is lacking: a partner, resources, contact")
    ] = "partner",
    side: Annotated[Side, Said("看企业、社区或全部", "enterprises, communities or both")] = "all",
    area: InArea = None,
    limit: Annotated[int, Between(1, 1000), Said("最多几个单位", "at most so many units")] = 100,
) -> Answer[LackingUnit]:
    """谁还没有结对、没有资源、没有往来？ Which units have no partner, no resource or no contact, and who is near?

    资源指登记的场地、基地、闲置载体和供给；往来指共同签约、活动、借用、认领等任何一项。
    A resource is a venue, base, property or offer on record; contact is anything signed, held, lent or claimed together.
    """
    units = _count(graph, read_units(graph, (Community, Enterprise)))
    counted = {"partner": "partners", "resource": "resources", "contact": "contacts"}[lack]
    every = units.filter(pl.col("label").is_in([kind.label for kind in SIDES[side]]))
    if area:
        every = every.filter(pl.col("id").is_in(list_units(graph, area).implode()))
    chosen = every.filter(pl.col(counted) == 0).sort("contacts", "resources", "name", "id")
    top = chosen.head(limit)
    near, streets, over = _find_near(units, top), name_streets(graph, top), _find_expired(graph)
    rows = [
        LackingUnit(
            row["id"], row["label"], row["name"], _say_lacks(row), over.get(row["id"]), "、".join(streets.get(row["id"], ())),
            row["partners"], row["resources"], row["contacts"], near.get(row["id"], []), [record_of(graph, row)],
        )
        for row in top.iter_rows(named=True)
    ]  # fmt: skip
    extra = {"number": chosen.height, "summary": _sum_up(every, chosen, set(over), lack)}
    if lack == "partner":  # an agreement with a unit that nobody recognised makes nobody a partner
        extra |= tell_waiting(graph, open_entities(graph, Agreement, "number"))
    return Answer(rows, truncated=chosen.height > limit, extra=extra)


def _say_lacks(row: FrameRow) -> Said:
    return join_said([word for name, word in LACKS.items() if row[name] == 0], "、", ", ")


def _find_expired(graph: Graph) -> dict[str, str]:
    """Return the agreements of each unit that have run out, with their last days: an agreement that is over is no partner."""
    over = open_entities(graph, Agreement, "number", "title", "signed", "expires", "status").filter(
        find_state(graph.as_of, begins="signed", ends="expires") == EXPIRED
    )
    named = pl.concat_str(pl.coalesce("number", "title", "id"), pl.format("（{}）", "expires"), ignore_nulls=True)
    ties = read_signers(graph).join(over.select("id", "expires", said=named), on="id").sort("unit", "expires", "said")
    return dict(ties.group_by("unit", maintain_order=True).agg(pl.col("said").str.join("、")).iter_rows())


def _sum_up(every: pl.DataFrame, chosen: pl.DataFrame, over: set[str], lack: Lack) -> Said:
    """Return the sentence that says of how many units how many lack it, so that the rest can be counted."""
    ended = chosen.filter(pl.col("id").is_in(sorted(over))).height if lack == "partner" else 0
    expired = Said("（其中协议已到期 {n} 家）", " (of {n} the agreements are over)").fill(n=ended) if ended else NOTHING
    return Said(
        "共 {all} 家：{what}的 {n} 家{expired}，其余 {rest} 家有",
        "{all} units: {n} without {what}{expired}, {rest} with",
    ).fill(all=every.height, n=chosen.height, rest=every.height - chosen.height, what=_WITHOUT[lack], expired=expired)


def _count(graph: Graph, units: pl.DataFrame) -> pl.DataFrame:
    """Add to units how many partners, resources and contacts each has."""
    ties, partners = read_unit_ties(graph), open_relations(graph, PARTNERED_WITH)
    owned = pl.concat([open_relations(graph, kind).select("source", "target") for kind in (OWNS, OFFERS)])
    counts = {
        "partners": pl.concat([partners["source"], partners["target"].alias("source")]),
        "resources": owned["source"],
        "contacts": pl.concat([ties["left"], ties["right"].alias("left")]),
    }
    for name, ids in counts.items():
        number = ids.alias("id").to_frame().group_by("id").agg(pl.len().cast(pl.Int64).alias(name))
        units = units.join(number, on="id", how="left", maintain_order="left").with_columns(pl.col(name).fill_null(0))
    return units


def _find_near(units: pl.DataFrame, chosen: pl.DataFrame) -> dict[str, list[NearUnit]]:
    """Return for each unit the nearest of the other side; those whose place is not known have none and are none."""
    found: dict[str, list[NearUnit]] = {}
    placed = units.drop_nulls(["lon", "lat"])
    for kind, other in ((Community, Enterprise), (Enterprise, Community)):
        asking = chosen.filter(pl.col("label") == kind.label).drop_nulls(["lon", "lat"])
        others = placed.filter(pl.col("label") == other.label)
        if asking.is_empty() or others.is_empty():
            continue
        here, there = (frame.select("lon", "lat").to_numpy() for frame in (asking, others))
        km = km_between(here, there)
        # A unit without a partner goes before a nearer one that has one, up to double the way.
        free = (others["partners"] == 0).to_numpy()
        order = np.argsort(km * np.where(free, 0.5, 1.0), axis=1, kind="stable")[:, :CANDIDATES]
        ids, names = others["id"].to_list(), others["name"].to_list()
        for place, id in enumerate(asking["id"]):
            found[id] = [NearUnit(ids[j], names[j], round(float(km[place, j]), 2), bool(free[j])) for j in order[place]]
    return found
