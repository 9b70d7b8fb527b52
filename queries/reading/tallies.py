"""What is counted under each of the ten headings: a tally knows which things it counts, so that a list stands behind each number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from graph import headings
from graph.headings import Heading
from graph.people import find_people
from graph.schema.assessing import ASSESSES
from graph.schema.brands import CREATED
from graph.schema.conference import MEMBER_OF_CONFERENCE
from graph.schema.cooperation import PARTNERED_WITH, Activity, Agreement
from graph.schema.governance import ActionItem, Assessment, CaseStatistic, Visit
from graph.schema.members import REPORTED_TO, Member
from graph.schema.organizations import Community, Enterprise
from graph.schema.posts import Post
from graph.schema.resources import Need
from graph.schema.supervision import ABOUT_UNIT
from graph.state_vocabulary import CANCELLED, DONE, EXPIRED
from graph.states import find_state, in_force, is_open, said_state
from graph.texts import Said
from queries.reading import tally_words as words
from queries.reading.agreements import read_paper_agreements
from queries.reading.entities import open_entities, open_relations
from queries.reading.facts import Recent, find_met, read_claims, snapshot_key
from queries.reading.period import LAST_YEAR, Days
from queries.reading.tally_words import FigureWords
from queries.reading.use import STATUS_WORDS, classify, measure, read_logged
from queries.reading.vacancies import is_vacant

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Entity

KEPT = 3  # snapshots whose tallies are kept: the one served, the one before, and one that readers may still have open
_NOT_LOADED = Said("还没有载入能说明这一项的表格", "no spreadsheet that tells of it was loaded yet")


@dataclass(frozen=True)
class Tally:
    """A number of the overview: under which heading, what it counts, and the things counted (id, label, number of each).

    `things` is None where nothing that was loaded could tell. `question` answers more about it. `guarded`: it is a number of people.
    """

    heading: Heading | None
    words: FigureWords
    things: pl.DataFrame | None
    of: int | None = None
    question: str = ""
    guarded: bool = False
    last: date | None = None

    @property
    def name(self) -> Said:
        """Return the title of the number on its card, in both languages."""
        return self.words.name

    @property
    def note(self) -> str:
        """Return what the figure counts; of a last day, that day; where nothing tells of it, that."""
        if self.things is None:
            return str(self.last) if self.last else _NOT_LOADED
        return self.words.about

    @property
    def key(self) -> tuple[Heading | None, str]:
        """Return by what the tally is found in another snapshot."""
        return self.heading, str(self.name)


_RECENT: Recent[tuple[Tally, ...]] = Recent(KEPT)


def read_tallies(graph: Graph) -> tuple[Tally, ...]:
    """Return the tallies of a graph in the order of their headings, made once for each snapshot."""
    return _RECENT.get(snapshot_key(graph), partial(_read, graph))


def _read(graph: Graph) -> tuple[Tally, ...]:
    parts = (
        _kinds, _conference, _follow_ups, _members, _resources, _partners, _needs, _agreements, _visits, _safety, _posts, _brands,
    )  # fmt: skip
    found = [tally for part in parts for tally in part(graph)]
    return tuple(sorted(found, key=lambda tally: tally.heading.number if tally.heading else len(found)))


def _things(frame: pl.DataFrame, kind: Entity, number: str = "") -> pl.DataFrame:
    counted = pl.col(number).cast(pl.Int64) if number else pl.lit(1, pl.Int64)
    return frame.select("id", label=pl.lit(kind.label), number=counted).sort("id")


def _narrow(kind: Entity) -> str:
    """Return one column of a kind, where only the ids are wanted: asked for none, a graph reads all of them."""
    return list(kind.columns())[-1]


def _ends(frame: pl.DataFrame, end: str) -> pl.DataFrame:
    """Return the distinct things at one end of relations."""
    found = frame.select(id=end, label=f"{end}_label", number=pl.lit(1, pl.Int64))
    return found.unique(["id", "label"]).sort("id")


def _if_told(things: pl.DataFrame, source: pl.DataFrame) -> pl.DataFrame | None:
    """Return what was counted, or None where the graph has no row from which it could be."""
    return None if source.is_empty() else things


def _kinds(graph: Graph) -> Iterator[Tally]:
    """Yield how many there are of each kind; of one without a heading, only where there are any."""
    people = find_people(graph.schema)
    for kind in graph.schema.entities:
        found = open_entities(graph, kind, _narrow(kind))
        if kind.computed or (found.is_empty() and kind.heading is None):
            continue
        things = _if_told(_things(found, kind), graph.entities(kind.label, _narrow(kind)))
        said = FigureWords(Said(kind.zh, kind.en), Said(f"已载入的{kind.zh}", f"every {kind.en} that was loaded"))
        yield Tally(kind.heading, said, things, guarded=kind.label in people)


def _conference(graph: Graph) -> Iterator[Tally]:
    members = open_relations(graph, MEMBER_OF_CONFERENCE)
    inside = _ends(members, "source")
    yield Tally(headings.ORGANIZATION, words.IN_CONFERENCE, _if_told(inside, members), question="conference-members")
    for kind, said in ((Enterprise, words.ENTERPRISES_OUTSIDE), (Community, words.COMMUNITIES_OUTSIDE)):
        units = open_entities(graph, kind, _narrow(kind))
        outside = _things(units.filter(~pl.col("id").is_in(inside["id"].implode())), kind)
        yield Tally(headings.ORGANIZATION, said, _if_told(outside, members), units.height, "conference-members")


def _follow_ups(graph: Graph) -> Iterator[Tally]:
    items = open_entities(graph, ActionItem, "status", "closed_at", "overdue")
    waiting = items.filter(pl.col("closed_at").is_null(), ~said_state().is_in([DONE, CANCELLED]))
    late = waiting.filter(pl.col("overdue").cast(pl.Boolean).fill_null(False))
    for said, found in ((words.NOT_CLOSED, waiting), (words.OVERDUE, late)):
        yield Tally(headings.AFFAIRS, said, _if_told(_things(found, ActionItem), items), items.height, "follow-ups")


def _members(graph: Graph) -> Iterator[Tally]:
    reported = _ends(open_relations(graph, REPORTED_TO), "source")
    of = open_entities(graph, Member, "pseudonym").height
    yield Tally(
        headings.MEMBERSHIP, words.REPORTED, _if_told(reported, reported), of, "member-statistics", guarded=True
    )


def _resources(graph: Graph) -> Iterator[Tally]:
    days = LAST_YEAR.resolve(graph.as_of)
    resources = classify(measure(graph, days), days)
    about = Said(f"{days.start} 至 {days.end} 的使用情况", f"by their use from {days.start} to {days.end}")
    for status, name in STATUS_WORDS.items():
        found = resources.filter(pl.col("status") == status)
        things = found.select("id", "label", number=pl.lit(1, pl.Int64)).sort("id")
        said = FigureWords(name, about)
        yield Tally(headings.FACILITIES, said, _if_told(things, resources), resources.height, "unused-resources")
    yield Tally(headings.FACILITIES, words.LAST_USE, None, last=_latest(graph, read_logged(graph)))


def _latest(graph: Graph, frame: pl.DataFrame) -> date | None:
    """Return the last day on which something was; what is booked or planned for later has not been yet."""
    day = frame.filter(pl.col("day") <= (graph.as_of or date.today()))["day"].max()
    return day if isinstance(day, date) else None


def _partners(graph: Graph) -> Iterator[Tally]:
    """Yield how many communities and enterprises have a partner."""
    ties = open_relations(graph, PARTNERED_WITH)
    paired = pl.concat([ties["source"], ties["target"]]).unique()
    agreements = open_entities(graph, Agreement, "number")
    for kind, said in ((Community, words.PAIRED_COMMUNITIES), (Enterprise, words.PAIRED_ENTERPRISES)):
        units = open_entities(graph, kind, _narrow(kind))
        things = _things(units.filter(pl.col("id").is_in(paired.implode())), kind)
        yield Tally(headings.ACTIVITIES, said, _if_told(things, agreements), units.height, "without-partner")


def _needs(graph: Graph) -> Iterator[Tally]:
    """Yield how many needs are open, and how many of these nobody has claimed."""
    as_of = graph.as_of or date.today()
    needs = open_entities(graph, Need, "status", "deadline")
    waiting = needs.filter(is_open(as_of, ends="deadline"), ~pl.col("id").is_in(find_met(graph)))
    unclaimed = waiting.filter(~pl.col("id").is_in(read_claims(graph)["target"].implode()))
    for said, found, of in ((words.WAITING, waiting, needs.height), (words.UNCLAIMED, unclaimed, waiting.height)):
        yield Tally(headings.ACTIVITIES, said, _if_told(_things(found, Need), needs), of, "unmatched-needs")


def _agreements(graph: Graph) -> Iterator[Tally]:
    as_of = graph.as_of or date.today()
    frame = open_entities(graph, Agreement, "signed", "expires", "status")
    soon = in_force(graph.as_of) & (pl.col("expires") <= as_of + timedelta(days=words.SOON_DAYS))
    unmarked = (find_state(graph.as_of, begins="signed", ends="expires") == EXPIRED) & (said_state() != EXPIRED)
    for said, found, more in (
        (words.SOON, frame.filter(soon), "expiring-agreements"),
        (words.EXPIRED_UNMARKED, frame.filter(unmarked), "expiring-agreements"),
        (words.ON_PAPER, read_paper_agreements(graph, Days(date.min, as_of)), "paper-agreements"),
    ):
        yield Tally(headings.ACTIVITIES, said, _if_told(_things(found, Agreement), frame), frame.height, more)
    last = _latest(graph, open_entities(graph, Activity, "day"))
    yield Tally(headings.ACTIVITIES, words.LAST_ACTIVITY, None, last=last)


def _visits(graph: Graph) -> Iterator[Tally]:
    as_of = graph.as_of or date.today()
    visits, enterprises = (
        open_entities(graph, Visit, "day", "issues", "status"),
        open_entities(graph, Enterprise, "name"),
    )
    recent = visits.filter(pl.col("day").is_between(as_of - timedelta(days=words.VISIT_DAYS), as_of))["id"]
    visited = open_relations(graph, ABOUT_UNIT).filter(pl.col("source").is_in(recent.implode()))["target"]
    missed = _things(enterprises.filter(~pl.col("id").is_in(visited.implode())), Enterprise)
    yield Tally(headings.SERVICES, words.NOT_VISITED, _if_told(missed, visits), enterprises.height, "visits")
    waiting = _things(visits.filter(pl.col("issues").is_not_null(), ~said_state().is_in([DONE, CANCELLED])), Visit)
    yield Tally(headings.SERVICES, words.NOT_SETTLED, _if_told(waiting, visits), visits.height, "visits")


def _safety(graph: Graph) -> Iterator[Tally]:
    days = LAST_YEAR.resolve(graph.as_of)
    within = (pl.col("month") >= days.start).fill_null(False) & (pl.col("month") <= days.end).fill_null(False)
    cases = open_entities(graph, CaseStatistic, "month", "count", "closed").filter(within)
    for said, number in ((words.APPEALS, "count"), (words.SETTLED, "closed")):
        known = cases.drop_nulls(number)
        told = FigureWords(said.name, said.about.fill(start=days.start, end=days.end))
        yield Tally(
            headings.SAFETY,
            told,
            _if_told(_things(known, CaseStatistic, number), known),
            question="appeals",
            guarded=True,
        )
    rated = open_entities(graph, Assessment, "stars").drop_nulls("stars")
    starred = open_relations(graph, ASSESSES).filter(pl.col("source").is_in(rated["id"].implode()))
    yield Tally(headings.SAFETY, words.RATED, _if_told(_ends(starred, "target"), rated), question="star-ratings")


def _posts(graph: Graph) -> Iterator[Tally]:
    posts = open_entities(graph, Post, "status", "places", "taken")
    vacant = posts.filter(pl.col("status").is_not_null() | pl.col("taken").is_not_null(), is_vacant())
    yield Tally(headings.TALENT, words.VACANT, _if_told(_things(vacant, Post), posts), posts.height, "posts")


def _brands(graph: Graph) -> Iterator[Tally]:
    """Yield which units have no brand yet, where any has."""
    created = open_relations(graph, CREATED)
    for kind, said in ((Enterprise, words.ENTERPRISES_WITHOUT_BRAND), (Community, words.COMMUNITIES_WITHOUT_BRAND)):
        units = open_entities(graph, kind, _narrow(kind))
        without = _things(units.filter(~pl.col("id").is_in(created["source"].implode())), kind)
        yield Tally(headings.BRANDS, said, _if_told(without, created), units.height, "brands")
