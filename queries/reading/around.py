"""What one thing is tied to, by relation: the things at the other ends with their states and days, people as a number only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from graph.people import find_people
from graph.state_vocabulary import UNDER_WAY, UNKNOWN
from graph.states import OVER, find_state
from queries.reading.entities import shown_name
from queries.reading.link_ends import part_of
from queries.reading.units import UnitRef

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Entity, Relation

# The properties that say from when to when a thing lasts; the first that a kind has counts.
BEGINS, ENDS = ("signed", "start", "opened", "since"), ("expires", "end", "due", "deadline", "until", "consent_until")


@dataclass(frozen=True)
class TiedThings:
    """The things that one relation ties to the thing asked about, in one direction.

    `things` has id, label, name, day, state, in_force, since, until, part (what part the one has in the other: 配合, 缺席) and the row of
    the relation (load_id, sheet, row); it is empty for people, of whom `number` tells how many there are.
    """

    relation: Relation
    kind: Entity
    outward: bool
    number: int
    are_people: bool
    things: pl.DataFrame


def read_around(graph: Graph, about: UnitRef, as_of: date | None = None) -> Iterator[TiedThings]:
    """Yield what a thing is tied to, open now, or open on a day; the kinds in the order of the schema."""
    people = find_people(graph.schema)
    cohorts = [kind.label for kind in graph.schema.entities if kind.is_cohort]
    for relation in graph.schema.relations:
        tells = as_of is not None or graph.counts["relations"].get(relation.type)
        if not tells or not any(about.label in pair for pair in relation.pairs()):
            continue
        ties = graph.relations(relation.type).filter(
            is_valid(as_of), ~pl.any_horizontal(pl.col("source_label", "target_label").is_in(cohorts))
        )
        for near, far, outward in (("source", "target", True), ("target", "source", False)):
            mine = ties.filter(pl.col(near) == about.id, pl.col(f"{near}_label") == about.label)
            for label in mine[f"{far}_label"].unique().sort():
                kind = graph.schema.entity(label)
                chosen = mine.filter(pl.col(f"{far}_label") == label).rename({far: "other"})
                things = _things(graph, kind, chosen.with_columns(part=_part(relation)), as_of)
                number, is_people = things["id"].n_unique(), label in people
                if number:
                    yield TiedThings(
                        relation, kind, outward, number, is_people, things.clear() if is_people else things
                    )


def _part(relation: Relation) -> pl.Expr:
    """Return the part that a tie tells, where it says more than the word for the relation does."""
    name = part_of(relation)
    if name not in relation.columns():
        return pl.lit(None, pl.String).alias("part")
    return pl.when(~pl.lit(relation.zh).str.contains(pl.col(name), literal=True)).then(pl.col(name))


def is_valid(as_of: date | None) -> pl.Expr:
    """Return the expression for whether a row is open now, or was on a day."""
    if as_of is None:
        return pl.col("valid_to").is_null()
    begun = (pl.col("valid_from") <= as_of).fill_null(True)
    return begun & (pl.col("valid_to") > as_of).fill_null(True)


def describe_things(graph: Graph, kind: Entity, as_of: date | None) -> pl.DataFrame:
    """Return the things of a kind with their names, days and states: id, name, day, state, in_force; open now or on a day."""
    stored = kind.columns()
    begins, ends = (next((c for c in known if c in stored), None) for known in (BEGINS, ENDS))
    wanted = dict.fromkeys((*kind.named_by, "day", "status", begins, ends))
    frame = graph.entities(kind.label, *(c for c in wanted if c and c in stored)).filter(is_valid(as_of))
    missing = [pl.lit(None, pl.String).alias("status")] if "status" not in stored else []
    day = pl.col("day") if "day" in stored else pl.lit(None, pl.Date)
    lasts = ends is not None
    state = find_state(as_of or graph.as_of, begins=begins, ends=ends) if lasts else pl.lit(None, pl.String)
    if lasts and begins:  # what has begun, and of which nothing says that it is over, goes on
        state = pl.when((state == UNKNOWN) & pl.col(begins).is_not_null()).then(pl.lit(UNDER_WAY)).otherwise(state)
    # What began, or took place, after the day was not there on it.
    later = [(pl.col(c) > as_of).fill_null(False) for c in (begins, "day") if as_of and c and c in stored]
    return frame.with_columns(missing).filter(~pl.any_horizontal(*later, pl.lit(False))).select(
        "id", name=shown_name(frame, kind), day=day, state=state, in_force=~state.is_in(OVER) if lasts else pl.lit(None, pl.Boolean)
    )  # fmt: skip


def _things(graph: Graph, kind: Entity, ties: pl.DataFrame, as_of: date | None) -> pl.DataFrame:
    told = describe_things(graph, kind, as_of)
    dates = [pl.lit(None, pl.Date).alias(c) for c in ("since", "until") if c not in ties.columns]
    rows = ties.with_columns(dates).select(
        id="other", since="since", until="until", part="part", load_id="load_id", sheet="sheet", row="row"
    )
    joined = rows.join(told, on="id").with_columns(label=pl.lit(kind.label))
    return joined.sort(
        ~pl.col("in_force").fill_null(True), -pl.col("day").cast(pl.Int32).fill_null(0), "name", "id"
    ).unique("id", keep="first", maintain_order=True)
