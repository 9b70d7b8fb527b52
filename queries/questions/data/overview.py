"""全区情况怎么样？ How do things stand in the district? Counts, who has a partner, what lies idle, which needs wait, what expires."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from graph.people import find_people
from graph.schema.cooperation import PARTNERED_WITH, Activity, Agreement
from graph.schema.organizations import Community, Enterprise
from graph.schema.resources import ABOUT, Need, Offering
from graph.state_vocabulary import EXPIRED
from graph.states import find_state, in_force, is_open, said_state
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.catalogue import question
from queries.answers.rows import column
from queries.reading.agreements import read_paper_agreements
from queries.reading.entities import open_entities, open_relations
from queries.reading.facts import find_met
from queries.reading.period import LAST_YEAR, Days
from queries.reading.scope import Scope
from queries.reading.use import STATUS_WORDS, classify, measure, read_logged

if TYPE_CHECKING:
    from graph.graph import Graph

EXPIRES_SOON_DAYS = 90


@dataclass(frozen=True)
class Figure:
    """One figure about the district."""

    section: Said = column("方面", "about")
    name: Said = column("项目", "figure")
    value: int | None = column("数量", "number")
    of: int | None = column("总数", "of")
    note: str | None = column("说明", "note")


@question
def overview(graph: Graph, scope: Scope) -> Answer[Figure]:
    """全区情况怎么样？ How do things stand in the district?"""
    as_of = graph.as_of or date.today()
    rows = [
        *_counts(graph, scope),
        *_coverage(graph),
        *_resources(graph),
        *_needs(graph, as_of),
        *_agreements(graph, as_of),
        *_freshness(graph),
    ]
    return Answer(rows, extra={"as_of": as_of})


def _counts(graph: Graph, scope: Scope) -> Iterator[Figure]:
    section, people = Said("数量", "counts"), find_people(graph.schema)
    for label, number in graph.counts["entities"].items():
        kind = graph.schema.entity(label)
        if not kind.computed:
            yield Figure(
                section, Said(kind.zh, kind.en), scope.count(number) if label in people else number, None, None
            )


def _coverage(graph: Graph) -> Iterator[Figure]:
    """Yield how many communities and enterprises have a partner."""
    section = Said("结对", "partners")
    ties = open_relations(graph, PARTNERED_WITH)
    paired = pl.concat([ties["source"], ties["target"]]).unique()
    for kind, zh, en in (
        (Community, "有结对单位的社区", "communities with a partner"),
        (Enterprise, "有结对社区的企业", "enterprises with a partner"),
    ):
        ids = open_entities(graph, kind, "name")["id"]
        yield Figure(section, Said(zh, en), int(ids.is_in(paired.implode()).sum()), ids.len(), None)


def _resources(graph: Graph) -> Iterator[Figure]:
    section = Said("共享资源", "shared resources")
    days = LAST_YEAR.resolve(graph.as_of)
    resources = classify(measure(graph, days), days)
    counts = dict(resources.group_by("status").len().iter_rows())
    for status, words in STATUS_WORDS.items():
        yield Figure(section, words, int(counts.get(status, 0)), resources.height, f"{days.start}..{days.end}")


def _needs(graph: Graph, as_of: date) -> Iterator[Figure]:
    """Yield how many needs are open, and of how many nobody offers the class of service."""
    section = Said("需求", "needs")
    waiting = open_entities(graph, Need, "status", "deadline").filter(
        is_open(as_of, ends="deadline"), ~pl.col("id").is_in(find_met(graph))
    )
    about = open_relations(graph, ABOUT)
    offered = about.filter(pl.col("source_label") == Offering.label)["target"].unique()
    matched = about.filter(pl.col("source_label") == Need.label, pl.col("target").is_in(offered.implode()))[
        "source"
    ].unique()
    unmet = int((~waiting["id"].is_in(matched.implode())).sum())
    yield Figure(
        section, Said("待办需求", "open needs"), waiting.height, graph.counts["entities"].get(Need.label, 0), None
    )
    yield Figure(
        section, Said("无人能供的需求", "open needs of a class that nobody offers"), unmet, waiting.height, None
    )


def _agreements(graph: Graph, as_of: date) -> Iterator[Figure]:
    section = Said("协议", "agreements")
    frame = open_entities(graph, Agreement, "signed", "expires", "status")
    soon = in_force(graph.as_of) & (pl.col("expires") <= as_of + timedelta(days=EXPIRES_SOON_DAYS))
    unmarked = (find_state(graph.as_of, begins="signed", ends="expires") == EXPIRED) & (said_state() != EXPIRED)
    paper = read_paper_agreements(graph, Days(date.min, as_of)).height
    for zh, en, number in (
        (f"{EXPIRES_SOON_DAYS}天内到期", f"expiring within {EXPIRES_SOON_DAYS} days", frame.filter(soon).height),
        ("已过期未标明", "expired but not marked so", frame.filter(unmarked).height),
        ("签约后无活动记录（待核实）", "signed, but no activity on record", paper),
    ):
        yield Figure(section, Said(zh, en), number, frame.height, None)


def _freshness(graph: Graph) -> Iterator[Figure]:
    """Yield the day that the graph speaks of, and the last day on which anything is on record."""
    section = Said("时效", "freshness")
    days: tuple[tuple[str, str, Any], ...] = (
        ("数据截至", "data as of", graph.as_of),
        ("最近使用登记", "last use on record", read_logged(graph)["day"].max()),
        ("最近活动", "last activity on record", open_entities(graph, Activity, "day")["day"].max()),
    )
    for zh, en, day in days:
        yield Figure(section, Said(zh, en), None, None, str(day) if day else None)
