"""Which goods, funds, courses and idle property nobody takes: what shows a use of each, and what its absence says.

Goods and funds are used where their owner claimed a need that they serve; courses where an activity or a log names them, or their
lecturers taught; property where its register says that it is let. Where no such register was loaded, it is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from graph.schema.assets import IdleProperty
from graph.schema.claims import CLAIMED
from graph.schema.cooperation import Activity
from graph.schema.resources import Need, Offering, ResourceUse
from graph.state_vocabulary import CANCELLED, EXPIRED, UNDER_WAY
from graph.states import said_state
from graph.texts import Said
from queries.pairing.serving import Served, find_serving, read_served, understand_rows
from queries.pairing.specs.property_enterprise import TAKEN
from queries.questions.talent.consented import read_consented
from queries.reading.courses_given import read_courses
from queries.reading.entities import open_entities, open_relations, read_owned
from queries.reading.link_words import say_day
from queries.reading.period import Days
from queries.reading.scope import Scope
from queries.reading.use import Status

if TYPE_CHECKING:
    from graph.graph import Graph

GOODS, FUNDS = Said("物资", "goods"), Said("资金", "funds")
LECTURERS, PROPERTY = Said("师资", "lecturers"), Said("闲置房产", "idle property")
# What a user may call each of them.
CALLED = {
    GOODS: ("物资", "物品", "设备", "goods"), FUNDS: ("资金", "经费", "funds"),
    LECTURERS: ("师资", "讲师", "课程", "lecturers", "courses"),
    PROPERTY: ("闲置房产", "房产", "厂房", "楼宇", "载体", "property", "idle property"),
}  # fmt: skip
FORMS = {"goods": GOODS, "money": FUNDS}  # of the kinds of an offer
COLUMNS = ("id", "label", "name", "owner_id", "owner", "load_id", "sheet", "row")
SHORTEST = 4  # characters of a course's name from which on a title that has it means the course


@dataclass(frozen=True)
class Taken:
    """Whether a thing was used in the period, and what shows it."""

    status: Status
    evidence: Said
    last: date | None = None


def find_called(kind: str | None) -> Said | None:
    """Return which of goods, funds, lecturers and property a user means; None for a kind of venue or base."""
    return next((what for what, words in CALLED.items() if kind and kind.lower() in words), None)


def measure_offered(graph: Graph, scope: Scope, what: Said, days: Days) -> list[tuple[dict[str, object], Taken]]:
    """Return the goods, funds, courses or property on record, each with whether it was used in the period."""
    if what is PROPERTY:
        return _measure_property(graph)
    return _measure_courses(graph, scope, days) if what is LECTURERS else _measure_offers(graph, what, days)


def _measure_property(graph: Graph) -> list[tuple[dict[str, object], Taken]]:
    rows = read_owned(graph, IdleProperty, "name", "status", "available_from")
    rows = rows.with_columns(state=said_state(resource=True), label=pl.lit(IdleProperty.label)).sort("name", "id")
    return [(row, _tell_property(row)) for row in rows.iter_rows(named=True)]


def _tell_property(row: dict[str, object]) -> Taken:
    if row["state"] == UNDER_WAY:
        return Taken("used", Said(f"登记为“{row['status']}”", f"registered as “{row['status']}”"))
    if row["state"] in TAKEN:
        return Taken("withdrawn", Said(f"登记为“{row['status']}”", f"registered as “{row['status']}”"))
    if row["status"] is None:
        return Taken("no_record", Said("未登记使用状态", "whether it is let is not registered"))
    return Taken("unused", Said(f"登记为“{row['status']}”", f"registered as “{row['status']}”"))


def _measure_courses(graph: Graph, scope: Scope, days: Days) -> list[tuple[dict[str, object], Taken]]:
    courses = read_courses(graph).sort("name", "id")
    held = [
        open_entities(graph, kind, "day", text).select("day", text=text)
        for kind, text in ((Activity, "title"), (ResourceUse, "purpose"))
    ]
    named = pl.concat(held).drop_nulls().filter(days.hold("day"))
    names = [name for name in courses["name"].unique().to_list() if name and len(name) >= SHORTEST]
    found = named.with_columns(name=pl.col("text").str.extract_many(names)).explode("name").drop_nulls()
    given = {name: (n, last) for name, n, last in found.group_by("name").agg(pl.len(), pl.col("day").max()).iter_rows()}
    consented = read_consented(graph, scope)
    told = []
    for row in courses.iter_rows(named=True):
        load = consented.of_course(row["id"], row["owner_id"]).load
        told.append((row, _tell_course(given.get(row["name"]), load)))
    return told


def _tell_course(given: tuple[int, date] | None, load: Said) -> Taken:
    if given:
        return Taken("used", _tell_times("授课", "given", *given), given[1])
    if load:
        return Taken("used", load)
    return Taken("no_record", Said("未见授课记录", "no lecture on record"))


def _measure_offers(graph: Graph, what: Said, days: Days) -> list[tuple[dict[str, object], Taken]]:
    served = read_served(graph)
    offers, spoken = served.offers
    forms = [form for form, meant in FORMS.items() if meant is what]
    sides = spoken.kinds.filter("main", pl.col("form").is_in(forms))["side"].unique()
    said = pl.col("category").str.contains(str(what), literal=True).fill_null(False)
    chosen = offers.filter(pl.col("label") == Offering.label, pl.col("side").is_in(sides.implode()) | said)
    claims = _claims(graph, days)
    taken = _find_taken(graph, served, chosen, claims)
    rows = chosen.rename({"title": "name"}).select(COLUMNS).sort("name", "id").iter_rows(named=True)
    return [(row, _tell_offer(taken.get(str(row["id"])), not claims.is_empty())) for row in rows]


def _claims(graph: Graph, days: Days) -> pl.DataFrame:
    """Return the claims of needs up to the end of the period that were not refused and have not lapsed: unit, need, at, inside."""
    claims = open_relations(graph, CLAIMED).filter(pl.col("target_label") == Need.label)
    kept = claims.filter(~said_state().is_in([CANCELLED, EXPIRED]), (pl.col("at") <= days.end).fill_null(True))
    inside = (pl.col("at") >= days.start).fill_null(False)
    return kept.select("at", unit="source", need="target", inside=inside)


def _find_taken(
    graph: Graph, served: Served, chosen: pl.DataFrame, claims: pl.DataFrame
) -> dict[str, tuple[int, date]]:
    """Return of each offer how many needs that it serves its owner claimed in the period, and when last."""
    needs = open_entities(graph, Need, "category", "title", "content")
    needs = needs.filter(pl.col("id").is_in(claims["need"].unique().implode()))
    needs = needs.with_columns(owner_id=pl.lit(None, pl.String))
    if needs.is_empty() or chosen.is_empty():
        return {}
    met = find_serving(understand_rows(needs, served.taxonomy), (chosen, served.offers[1]), served.taxonomy)
    owned = met.join(chosen.select("owner_id", offer="id"), on="offer")
    both = owned.join(claims.filter("inside"), left_on=["need", "owner_id"], right_on=["need", "unit"])
    counted = both.group_by("offer").agg(pl.col("need").n_unique(), pl.col("at").max())
    return {offer: (n, last) for offer, n, last in counted.iter_rows()}


def _tell_offer(taken: tuple[int, date] | None, claimed: bool) -> Taken:
    if taken:
        return Taken("used", _tell_times("用于认领需求", "used for claimed needs", *taken), taken[1])
    if claimed:
        return Taken("unused", Said("期内未用于认领任何需求", "used for no need claimed in the period"))
    return Taken(
        "no_record", Said("未报送认领清单，是否用过不明", "no list of claims on record: whether it was used is unknown")
    )


def _tell_times(zh: str, en: str, times: int, last: date) -> Said:
    day = say_day(last)
    return Said(f"{zh} {times} 次，最近一次为{day}", f"{en} {times} times, last on {day.en}")
