"""What one thing is tied to, by relation: the things at the other ends with their states and days, people as a number only."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from graph.people import find_people
from graph.state_vocabulary import UNDER_WAY, UNKNOWN
from graph.states import OVER, find_state
from queries.reading.entities import shown_name
from queries.reading.kept_frames import keep_frame
from queries.reading.link_ends import part_of
from queries.reading.units import UnitRef

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Entity, Relation

# The properties that say from when to when a thing lasts; the first that a kind has counts.
BEGINS, ENDS = ("signed", "start", "opened", "since"), ("expires", "end", "due", "deadline", "until", "consent_until")

_TIE = ("since", "until", "part", "load_id", "sheet", "row")
_TIES = {
    "relation": pl.Int32, "source": pl.String, "source_label": pl.String, "target": pl.String, "target_label": pl.String,
    "since": pl.Date, "until": pl.Date, "part": pl.String, "load_id": pl.String, "sheet": pl.String, "row": pl.Int64,
}  # fmt: skip
_GROUP = ["relation", "outward", "label"]  # the relation by its place in the schema


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
    if as_of is None:
        ties = keep_frame(graph, "ties of things", lambda: _read_ties(graph, None))
        told = keep_frame(graph, "things told", lambda: _read_told(graph, None))
    else:
        ties = _read_ties(graph, as_of, about)
        told = _read_told(graph, as_of, set(ties["source_label"]) | set(ties["target_label"]))
    sides = [
        ties.filter(pl.col(near) == about.id, pl.col(f"{near}_label") == about.label)
        .rename({far: "id", f"{far}_label": "label"})
        .select(_GROUP[0], "id", "label", *_TIE, outward=pl.lit(outward))
        for near, far, outward in (("source", "target", True), ("target", "source", False))
    ]
    joined = pl.concat(sides).join(told, on=["id", "label"]).sort(
        "relation", ~pl.col("outward"), "label", ~pl.col("in_force").fill_null(True),
        -pl.col("day").cast(pl.Int32).fill_null(0), "name", "id",
    ).unique([*_GROUP, "id"], keep="first", maintain_order=True)  # fmt: skip
    for (place, outward, label), things in joined.partition_by(_GROUP, as_dict=True, maintain_order=True).items():
        is_people = label in people
        yield TiedThings(
            graph.schema.relations[int(str(place))], graph.schema.entity(str(label)), bool(outward), things.height, is_people,
            things.clear() if is_people else things,
        )  # fmt: skip


def _read_ties(graph: Graph, as_of: date | None, about: UnitRef | None = None) -> pl.DataFrame:
    """Return the ties of every relation, or of those that a thing may have, that are open now or were on a day."""
    cohorts = [kind.label for kind in graph.schema.entities if kind.is_cohort]
    parts = [pl.DataFrame(schema=_TIES)]
    for place, relation in enumerate(graph.schema.relations):
        tells = as_of is not None or graph.counts["relations"].get(relation.type)
        if not tells or (about and not any(about.label in pair for pair in relation.pairs())):
            continue
        ties = graph.relations(relation.type).filter(
            is_valid(as_of), ~pl.any_horizontal(pl.col("source_label", "target_label").is_in(cohorts))
        )
        dates = [pl.lit(None, pl.Date).alias(c) for c in ("since", "until") if c not in ties.columns]
        found = ties.with_columns(*dates, relation=pl.lit(place), part=_part(relation))
        parts.append(found.select(list(_TIES)).cast(pl.Schema(_TIES)))
    return pl.concat(parts)


def _read_told(graph: Graph, as_of: date | None, labels: Collection[str] = ()) -> pl.DataFrame:
    """Return the things of every kind, or of some, as `describe_things` tells of them, with their labels."""
    chosen = [kind for kind in graph.schema.entities if kind.label in labels or not labels]
    parts = [describe_things(graph, kind, as_of).with_columns(label=pl.lit(kind.label)) for kind in chosen]
    return pl.concat(parts, how="vertical_relaxed")


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
