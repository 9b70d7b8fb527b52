"""Reads from a graph what pairing needs to know of units: needs, offers, members, skills, agreements, joint activities.

`read_facts` reads a graph once per snapshot into polars frames; every frame is sorted, so that the order of loading changes nothing.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import polars as pl

from graph.schema.claims import CLAIMED
from graph.schema.cooperation import DECLINED, LEADS, SIGNED, TAKES_PART_IN, Activity, Agreement
from graph.schema.members import HAS_SKILL, LIVES_IN, WORKS_AT, Concept, Member
from graph.schema.organizations import Community, Enterprise, Institution
from graph.schema.pairing_decisions import ACCEPTED, DecidedWord, PairingWeights
from graph.schema.resources import (
    ABOUT,
    OFFERS,
    OWNS,
    RESOURCES,
    SEEKS,
    USED_BY,
    USES,
    Need,
    Offering,
    ResourceUse,
)  # fmt: skip
from graph.state_vocabulary import CANCELLED, DONE, EXPIRED
from graph.states import in_force, is_open, said_state
from queries.reading.entities import open_entities, open_relations
from queries.reading.withheld import is_withheld

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Entity, Relation

TEXTS = ("category", "title", "content")  # what a need or an offer says of itself; each may be null
CELL = ("entity", "load_id", "sheet", "row")  # where a fact was read: becomes a Record of an answer
OWN_WORDS = {"word": pl.String, "relation": pl.String, "target": pl.String}
PAIRS = {"source": pl.String, "target": pl.String}
KEPT = 4  # snapshots whose facts are remembered
Made = TypeVar("Made")


@dataclass(frozen=True)
class Facts:
    """All the data that pairing reads from a graph, as frames: units, needs, offers, members, agreements and more.

    Each has the columns of `CELL` where a row of a file stands behind it.
    units     id, label, name and the registry's columns        needs   unit, category, title, content (or service), urgency
    offers    unit, the same texts, availability                homes   employer, community, members
    skills    employer, skill, members                          declined  source, target
    agreements id, name, signed, expires, status, said (the state that the status says), rating, in_force; one row an agreement
    signers   unit, label, agreement                            shared  unit, label, thing, title, day
    tables    by name: left, right, value; numbers that only few pairs have (left: an id, or a value of the left units' `group`)
    accepted  source, target                                    weights pairing, name, version, weights
    own_words word, relation, target: what people decided about words of services, in the order of their decisions

    `units` may be things, too (a need, a room): `owner_id` is then the unit that stands behind one, and what that unit did counts
    for the thing. A column `members` counts people and is shown as the asker may see it.
    """

    as_of: date
    units: pl.DataFrame
    needs: pl.DataFrame
    offers: pl.DataFrame
    homes: pl.DataFrame
    skills: pl.DataFrame
    agreements: pl.DataFrame
    signers: pl.DataFrame
    shared: pl.DataFrame
    declined: pl.DataFrame
    accepted: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=PAIRS))
    weights: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema={"pairing": pl.String}))
    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    own_words: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=OWN_WORDS))


class Recent(Generic[Made]):
    """A small cache of expensive objects by key, which forgets the one unused for longest; safe to use from several threads."""

    def __init__(self, kept: int) -> None:
        self._kept, self._made, self._lock = kept, OrderedDict[Any, Made](), threading.Lock()

    def holds(self, key: Any) -> bool:
        """Tell whether an object is cached for `key`."""
        with self._lock:
            return key in self._made

    def get(self, key: Any, make: Callable[[], Made]) -> Made:
        """Return the cached object for `key`; one that is not there is made by `make` and kept."""
        with self._lock:
            if key not in self._made:
                self._made[key] = make()
                while len(self._made) > self._kept:
                    self._made.popitem(last=False)
            self._made.move_to_end(key)
            return self._made[key]


_RECENT: Recent[Facts] = Recent(KEPT)


def snapshot_key(graph: Graph) -> tuple[Any, ...]:
    """Return a cache key that is different for every content of a graph, and for every part of its people that it shows."""
    return graph.snapshot, graph.digest, graph.as_of, tuple(sorted(graph.files.items())), graph.seen_as


def read_facts(graph: Graph) -> Facts:
    """Return the facts of a graph's current snapshot, read once."""
    return _RECENT.get(snapshot_key(graph), partial(_read, graph))


def read_facts_with_institutions(graph: Graph) -> Facts:
    """Return the facts of a graph in which offices, schools and associations stand among the enterprises."""
    key = (*snapshot_key(graph), Institution.label)
    return _RECENT.get(key, partial(_read, graph, (Enterprise, Institution)))


def _read(graph: Graph, employers: tuple[Entity, ...] = (Enterprise,)) -> Facts:
    as_of = graph.as_of or date.today()
    signers = open_relations(graph, SIGNED).rename({"source": "unit", "source_label": "label", "target": "agreement"})
    employed = read_employed(graph, *employers)
    return Facts(
        as_of=as_of,
        units=_units(graph, employers),
        needs=_needs(graph, as_of),
        offers=_offers(graph),
        homes=count_members(employed.join(read_homes(graph), on="member"), "employer", "community"),
        skills=count_members(employed.join(read_skills(graph), on="member"), "employer", "skill"),
        agreements=_agreements(graph),
        signers=signers.select("unit", "label", "agreement").unique().sort("agreement", "unit"),
        shared=_shared(graph),
        declined=_decided(graph, DECLINED),
        accepted=_decided(graph, ACCEPTED),
        weights=_weights(graph),
        own_words=read_own_words(graph),
    )


def read_own_words(graph: Graph) -> pl.DataFrame:
    """Return what people decided about words of services: word, relation, target, in the order of their decisions."""
    return open_entities(graph, DecidedWord).sort("number").select(list(OWN_WORDS))


def read_entities(graph: Graph, kind: Entity) -> pl.DataFrame:
    """Return the open entities of a kind, with its label as `entity`."""
    return open_entities(graph, kind).with_columns(entity=pl.lit(kind.label)).sort("id")


def _units(graph: Graph, employers: tuple[Entity, ...]) -> pl.DataFrame:
    """Return the units with the side of pairing on which they stand (`label`) and their kind (`entity`)."""
    frames = [read_entities(graph, kind) for kind in (Community, *employers)]
    sides = pl.when(pl.col("entity") == Community.label).then("entity").otherwise(pl.lit(Enterprise.label))
    return pl.concat(frames, how="diagonal_relaxed").with_columns(label=sides)


def _services(graph: Graph, kind: Entity, relation: Relation) -> pl.DataFrame:
    """Return what units seek or offer, a row each; `category` has the words of ABOUT and the category as written."""
    words = read_entities(graph, Concept).select("scheme", target="id", word="name")
    about = (
        open_relations(graph, ABOUT)
        .filter(pl.col("source_label") == kind.label)
        .join(words, on="target")
        .sort("source", "word")
        .group_by(id="source", maintain_order=True)
        .agg(pl.col("word").str.join("、"), pl.col("scheme").sort().first())
    )
    stated = (
        open_relations(graph, relation)
        .filter(pl.col("target_label") == kind.label)
        .select(owner_id="source", id="target")
    )
    rows = stated.join(read_entities(graph, kind), on="id").join(about, on="id", how="left")
    same = pl.col("word") == pl.col("category")
    category = pl.concat_str(
        pl.when(same.fill_null(False)).then(None).otherwise("word"), "category", separator="、", ignore_nulls=True
    )
    said = pl.when(pl.col("word").is_null() & pl.col("category").is_null()).then(None).otherwise(category)
    return rows.with_columns(category=said).rename({"unit": "measure"}).drop("word")


def read_needs(graph: Graph, as_of: date) -> pl.DataFrame:
    """Return the open needs with all their columns, a row each: `owner_id` seeks it, with `urgency`."""
    urgency = pl.when(pl.col("urgency") == "紧急").then(1.5).otherwise(1.0)
    needs = _services(graph, Need, SEEKS).filter(is_open(as_of, ends="deadline"), ~pl.col("id").is_in(find_met(graph)))
    return needs.with_columns(urgency=urgency)


def find_met(graph: Graph) -> list[str]:
    """Return the ids of needs that a claim has met: it is done, or was judged by those who asked."""
    claims = open_relations(graph, CLAIMED).filter(pl.col("target_label") == Need.label)
    judged = pl.col("rating").is_not_null() & (said_state() != CANCELLED)
    return claims.filter((said_state() == DONE) | judged)["target"].unique().sort().to_list()


def read_wanted(graph: Graph, as_of: date) -> pl.DataFrame:
    """Return the open needs for which somebody is still to be found: without those that claims take up whole."""
    return read_needs(graph, as_of).filter(~pl.col("id").is_in(_find_taken(graph).implode()))


def read_claims(graph: Graph) -> pl.DataFrame:
    """Return the claims of needs that were neither refused nor have lapsed: source (who claims), target (the need), quantity, …"""
    return open_relations(graph, CLAIMED).filter(
        pl.col("target_label") == Need.label, ~said_state().is_in([CANCELLED, EXPIRED])
    )


def _find_taken(graph: Graph) -> pl.Series:
    """Return the ids of needs that claims take up whole; what is claimed in part, by number, leaves the rest to others."""
    claims = read_claims(graph)
    needed = open_entities(graph, Need, "quantity").select(target="id", needed=pl.col("quantity").cast(pl.Float64))
    is_part = pl.col("quantity").is_not_null().all() & (pl.col("quantity").sum() < pl.col("needed").first())
    parts = claims.join(needed, on="target").group_by("target").agg(part=is_part.fill_null(False))
    return parts.filter(~pl.col("part"))["target"].sort()


def read_offers(graph: Graph) -> pl.DataFrame:
    """Return the offerings that others may have, with all their columns, a row each: `owner_id` offers it, `availability` is 0 to 1."""
    terms = pl.col("terms").fill_null("")
    availability = (
        pl.when(pl.col("quantity") == 0).then(0.0)
        .when(terms.str.contains("低偿|成本|优惠")).then(0.8)
        .when(terms.str.contains("有偿|收费")).then(0.6)
        .otherwise(1.0)
    )  # fmt: skip
    offers = _services(graph, Offering, OFFERS).filter(
        ~is_withheld("title", "content", "terms") & ~pl.col("taken_back").fill_null(False)
    )
    return offers.with_columns(availability=availability)


def _needs(graph: Graph, as_of: date) -> pl.DataFrame:
    rows = read_wanted(graph, as_of).select(*TEXTS, "urgency", *CELL, unit="owner_id")
    columns = ("unit", *TEXTS, "urgency", *CELL)
    kinds = read_entities(graph, Community).explode("need_categories").filter(pl.col("need_categories").is_not_null())
    kinds = kinds.select(
        *CELL,
        unit="id",
        category="need_categories",
        title=pl.lit(None, pl.String),
        content=pl.lit(None, pl.String),
        urgency=pl.lit(1.0),
    )
    told = kinds.join(
        rows, on=["unit", "category"], how="anti"
    )  # the list of needs says more than the column of a register
    return pl.concat([rows.select(columns), told.select(columns)], how="vertical_relaxed").unique().sort(*columns)


def _offers(graph: Graph) -> pl.DataFrame:
    columns = ("unit", *TEXTS, "availability", *CELL)
    return read_offers(graph).rename({"owner_id": "unit"}).select(columns).unique().sort(columns)


def read_employed(graph: Graph, *kinds: Entity) -> pl.DataFrame:
    """Return which member works at which unit of these kinds: member, employer. Rows of people: count them before they are shown."""
    works = open_relations(graph, WORKS_AT).filter(
        (pl.col("source_label") == Member.label) & pl.col("target_label").is_in([kind.label for kind in kinds])
    )
    return works.select(member="source", employer="target").unique()


def read_homes(graph: Graph) -> pl.DataFrame:
    """Return which member lives in which community: member, community.

    These are rows of persons: count them before they are shown.
    """
    return open_relations(graph, LIVES_IN).select(member="source", community="target").unique()


def read_skills(graph: Graph) -> pl.DataFrame:
    """Return which member has which skill: member, skill.

    These are rows of persons: count them before they are shown.
    """
    words = read_entities(graph, Concept).select(target="id", skill="name")
    skilled = open_relations(graph, HAS_SKILL).filter(pl.col("source_label") == Member.label).join(words, on="target")
    return skilled.select("skill", member="source").unique()


def count_members(rows: pl.DataFrame, *by: str) -> pl.DataFrame:
    """Return how many members there are of each kind, sorted; no row about one person."""
    return rows.group_by(by).agg(pl.len().cast(pl.Int64).alias("members")).sort(by)


def _agreements(graph: Graph) -> pl.DataFrame:
    """Return the agreements with what their status says, and which of them are in force."""
    frame = read_entities(graph, Agreement).with_columns(
        name=pl.coalesce("title", "number", "id"), said=said_state(), in_force=in_force(graph.as_of)
    )
    return frame.select("id", "name", "number", "signed", "expires", "status", "said", "rating", "in_force", *CELL)


def _shared(graph: Graph) -> pl.DataFrame:
    """Return which unit had to do with which activity or resource: leads, takes part, owns, uses."""
    activities = read_entities(graph, Activity).select("title", "day", *CELL, thing="id")
    frames = [
        open_relations(graph, kind)
        .select(unit="source", label="source_label", thing="target")
        .join(activities, on="thing")
        for kind in (LEADS, TAKES_PART_IN)
    ]
    places = pl.concat([read_entities(graph, kind).select(*CELL, title="name", thing="id") for kind in RESOURCES])
    uses = read_entities(graph, ResourceUse).filter(
        ~pl.col("called_off").fill_null(False), pl.col("day") <= (graph.as_of or date.max)
    )
    uses = uses.select("day", *CELL, "purpose", use="id")
    user = open_relations(graph, USED_BY).select(use="source", unit="target", label="target_label")
    frames.append(
        open_relations(graph, USES)
        .select(use="source", thing="target")
        .join(user, on="use")
        .join(uses, on="use")
        .join(places.select("thing", "title"), on="thing", how="left", maintain_order="left")
        .with_columns(title=pl.coalesce("title", "purpose"))
    )
    owned = open_relations(graph, OWNS).select(unit="source", label="source_label", thing="target")
    frames.append(owned.join(places, on="thing").with_columns(day=pl.lit(None, pl.Date)))
    columns = ("unit", "label", "thing", "title", "day", *CELL)
    return (
        pl.concat([f.select(columns) for f in frames], how="vertical_relaxed")
        .unique()
        .sort("unit", "thing", "day", *CELL)
    )


def _decided(graph: Graph, kind: Relation) -> pl.DataFrame:
    return open_relations(graph, kind).select(*PAIRS).unique().sort(*PAIRS)


def _weights(graph: Graph) -> pl.DataFrame:
    """Return the weights that decisions put to use, a row a pairing."""
    return open_entities(graph, PairingWeights).select("pairing", "name", "version", "weights").sort("pairing")
