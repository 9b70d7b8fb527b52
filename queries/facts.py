"""What a graph says about units that pairing needs: needs, offers, homes of members, skills, agreements, joint activities.

`read_facts` reads a graph once per snapshot into polars frames; every frame is sorted, so that the order of loading changes nothing.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import polars as pl

from queries.reading import open_entities, open_relations

if TYPE_CHECKING:
    from graph.graph import Graph

CELL = ("entity", "load_id", "sheet", "row")  # where a fact was read: becomes a Record of an answer
CLOSED = r"^已?(完成|办结|关闭|解决|满足|销号|撤回|取消|终止)"
NOT_IN_FORCE = ("拟签", "已到期", "已终止")
DECLINED = "DECLINED"  # a pairing that somebody decided against, where the schema has such a relation
KEPT = 4  # snapshots whose facts are remembered
Made = TypeVar("Made")


@dataclass(frozen=True)
class Facts:
    """The frames, each with the columns of `CELL` where a row of a file stands behind it.

    units     id, label, name and the registry's columns        needs   unit, service, urgency
    offers    unit, service, availability                       homes   employer, community, members
    skills    employer, skill, members                          declined  source, target
    agreements id, name, signed, expires, status, rating, in_force; one row an agreement
    signers   unit, label, agreement                            shared  unit, label, thing, title, day
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


class Recent(Generic[Made]):
    """The last few things made, by key; safe to use from several threads."""

    def __init__(self, kept: int) -> None:
        self._kept, self._made, self._lock = kept, OrderedDict[Any, Made](), threading.Lock()

    def get(self, key: Any, make: Callable[[], Made]) -> Made:
        """Return what was made for `key`, making it on first use."""
        with self._lock:
            if key not in self._made:
                self._made[key] = make()
                while len(self._made) > self._kept:
                    self._made.popitem(last=False)
            self._made.move_to_end(key)
            return self._made[key]


_RECENT: Recent[Facts] = Recent(KEPT)


def snapshot_key(graph: Graph) -> tuple[Any, ...]:
    """Return what tells one content of a graph from another."""
    return graph.snapshot, graph.digest, graph.as_of, tuple(sorted(graph.files.items()))


def read_facts(graph: Graph) -> Facts:
    """Return the facts of a graph's current snapshot, read once."""
    return _RECENT.get(snapshot_key(graph), partial(_read, graph))


def _read(graph: Graph) -> Facts:
    as_of = graph.as_of or date.today()
    signers = open_relations(graph, "SIGNED").rename({"source": "unit", "source_label": "label", "target": "agreement"})
    homes, skills = _members(graph)
    return Facts(
        as_of=as_of,
        units=_units(graph),
        needs=_needs(graph, as_of),
        offers=_offers(graph),
        homes=homes,
        skills=skills,
        agreements=_agreements(graph, as_of),
        signers=signers.select("unit", "label", "agreement").unique().sort("agreement", "unit"),
        shared=_shared(graph),
        declined=_declined(graph),
    )


def _entities(graph: Graph, label: str) -> pl.DataFrame:
    """Return the open entities of a label, with the label as `entity`."""
    return open_entities(graph, label).with_columns(entity=pl.lit(label)).sort("id")


def _units(graph: Graph) -> pl.DataFrame:
    frames = [_entities(graph, label) for label in ("Community", "Enterprise")]
    return pl.concat(frames, how="diagonal_relaxed").rename({"entity": "label"}).with_columns(entity="label")


def _services(graph: Graph, label: str, relation: str) -> pl.DataFrame:
    """Return what units seek or offer, a row per class word: the word of ABOUT, else the category or title as written."""
    words = _entities(graph, "Concept").select(target="id", word="name")
    about = (
        open_relations(graph, "ABOUT")
        .filter(pl.col("source_label") == label)
        .join(words, on="target")
        .select(id="source", word="word")
    )
    stated = open_relations(graph, relation).filter(pl.col("target_label") == label).select(unit="source", id="target")
    rows = stated.join(_entities(graph, label), on="id").join(about.unique(), on="id", how="left")
    written = pl.coalesce("word", "category", "title") if label == "Need" else pl.coalesce("word", "title")
    return rows.with_columns(service=written).drop("word")


def _needs(graph: Graph, as_of: date) -> pl.DataFrame:
    open_ = ~pl.col("status").fill_null("").str.contains(CLOSED) & (pl.col("deadline").fill_null(as_of) >= as_of)
    urgency = pl.when(pl.col("urgency") == "紧急").then(1.5).otherwise(1.0)
    columns = ("unit", "service", "urgency", *CELL)
    rows = _services(graph, "Need", "SEEKS").filter(open_).with_columns(urgency=urgency).select(columns)
    kinds = _entities(graph, "Community").explode("need_categories").filter(pl.col("need_categories").is_not_null())
    kinds = kinds.select(
        pl.col("id").alias("unit"), pl.col("need_categories").alias("service"), pl.lit(1.0).alias("urgency"), *CELL
    )
    told = kinds.join(
        rows, on=["unit", "service"], how="anti"
    )  # the list of needs says more than the column of a register
    return pl.concat([rows, told], how="vertical_relaxed").unique().sort("unit", "service", "urgency", *CELL)


def _offers(graph: Graph) -> pl.DataFrame:
    terms = pl.col("terms").fill_null("")
    availability = (
        pl.when(pl.col("quantity") == 0).then(0.0)
        .when(terms.str.contains("低偿|成本|优惠")).then(0.8)
        .when(terms.str.contains("有偿|收费")).then(0.6)
        .otherwise(1.0)
    )  # fmt: skip
    rows = _services(graph, "Offering", "OFFERS").with_columns(availability=availability)
    return rows.select("unit", "service", "availability", *CELL).unique().sort("unit", "service", "availability", *CELL)


def _members(graph: Graph) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return how many members of each employer live in each community and have each skill; no row about one person."""
    employed = (
        open_relations(graph, "WORKS_AT")
        .filter(pl.col("target_label") == "Enterprise")
        .select(member="source", employer="target")
        .unique()
    )
    lives = open_relations(graph, "LIVES_IN").select(member="source", community="target").unique()
    words = _entities(graph, "Concept").select(target="id", skill="name")
    skilled = (
        open_relations(graph, "HAS_SKILL")
        .filter(pl.col("source_label") == "Member")
        .join(words, on="target")
        .select("skill", member="source")
        .unique()
    )
    count = pl.len().cast(pl.Int64).alias("members")
    homes = employed.join(lives, on="member").group_by("employer", "community").agg(count).sort("employer", "community")
    return homes, employed.join(skilled, on="member").group_by("employer", "skill").agg(count).sort("employer", "skill")


def _agreements(graph: Graph, as_of: date) -> pl.DataFrame:
    """Return the agreements; one is in force from its signing to its last day, and without a stated end until it is ended."""
    status = pl.col("status").fill_null("")
    in_force = (
        ~status.is_in(NOT_IN_FORCE)
        & (pl.col("signed").fill_null(as_of) <= as_of)
        & (pl.col("expires").fill_null(as_of) >= as_of)
    )
    frame = _entities(graph, "Agreement").with_columns(name=pl.coalesce("title", "number", "id"), in_force=in_force)
    return frame.select("id", "name", "number", "signed", "expires", "status", "rating", "in_force", *CELL)


def _shared(graph: Graph) -> pl.DataFrame:
    """Return which unit had to do with which activity or resource: leads, takes part, owns, uses."""
    activities = _entities(graph, "Activity").select("title", "day", *CELL, thing="id")
    frames = [
        open_relations(graph, kind)
        .select(unit="source", label="source_label", thing="target")
        .join(activities, on="thing")
        for kind in ("LEADS", "TAKES_PART_IN")
    ]
    uses = _entities(graph, "ResourceUse").select("day", *CELL, title="purpose", use="id")
    user = open_relations(graph, "USED_BY").select(use="source", unit="target", label="target_label")
    frames.append(
        open_relations(graph, "USES")
        .select(use="source", thing="target")
        .join(user, on="use")
        .join(uses, on="use")
        .drop("use")
    )
    owned = open_relations(graph, "OWNS").select(unit="source", label="source_label", thing="target")
    for label in ("Venue", "RedBase"):
        named = _entities(graph, label).select(*CELL, title="name", thing="id")
        frames.append(owned.join(named, on="thing").with_columns(day=pl.lit(None, pl.Date)))
    columns = ("unit", "label", "thing", "title", "day", *CELL)
    return (
        pl.concat([f.select(columns) for f in frames], how="vertical_relaxed")
        .unique()
        .sort("unit", "thing", "day", *CELL)
    )


def _declined(graph: Graph) -> pl.DataFrame:
    if not any(relation.type == DECLINED for relation in graph.schema.relations):
        return pl.DataFrame(schema={"source": pl.String, "target": pl.String})
    return open_relations(graph, DECLINED).select("source", "target").unique().sort("source", "target")
