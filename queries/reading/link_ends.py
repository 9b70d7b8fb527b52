"""Which units are tied to which things, and which things to each other, by every relation of the schema that can join two units.

A kind or relation that is added to the schema is among them by itself. Left out are persons and groups of them, who are only counted
(queries/reading/member_places.py); words of classes, which say what things are like and not what units did; and single uses of a
resource, which are added up by unit and resource.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import polars as pl

from graph.kinds import Entity, Relation, Schema
from graph.people import find_people
from graph.schema.members import Concept
from graph.schema.resources import USED_BY, USES, ResourceUse
from graph.state_vocabulary import CANCELLED, PLANNED
from graph.states import said_state
from graph.types import Date, Text
from queries.answers.rows import USED
from queries.reading.entities import held_relations, open_entities, open_relations
from queries.reading.facts import KEPT, Recent, snapshot_key
from queries.reading.kept_frames import keep_frame
from queries.reading.unit_network import MOST_SHARING

if TYPE_CHECKING:
    from graph.graph import Graph

ENDS: dict[str, Any] = {
    "unit": pl.String, "thing": pl.String, "label": pl.String, "type": pl.String, "outward": pl.Boolean, "day": pl.Date,
    "side": pl.String, "role": pl.String, "times": pl.Int64, "happened": pl.Boolean,
}  # fmt: skip
STEPS: dict[str, Any] = {
    "thing": pl.String, "label": pl.String, "step": pl.String, "step_outward": pl.Boolean, "next": pl.String, "next_label": pl.String,
}  # fmt: skip
THINGS: dict[str, Any] = {
    "thing": pl.String,
    "name": pl.String,
    "shown": pl.String,
    "day": pl.Date,
    "happened": pl.Boolean,
}
_RECENT: Recent[pl.DataFrame] = Recent(KEPT)
_STEPS: Recent[pl.DataFrame] = Recent(KEPT)
_SHARED: Recent[pl.Series] = Recent(KEPT)
_BOTH_WAYS = (("source", "target", True), ("target", "source", False))


def joining_kinds(schema: Schema) -> dict[str, Entity]:
    """Return the kinds of thing that may stand between two units, by label."""
    left_out = find_people(schema) | {Concept.label, ResourceUse.label}
    return {k.label: k for k in schema.entities if not (k.is_unit or k.computed or k.label in left_out)}


def read_ends(graph: Graph) -> pl.DataFrame:
    """Return every tie of a unit to a thing: its relation and direction, its day, side and role, how often, and whether it came about."""
    return _RECENT.get(snapshot_key(graph), partial(_read_ends, graph))


def _read_ends(graph: Graph) -> pl.DataFrame:
    units, things = {kind.label for kind in graph.schema.units}, set(joining_kinds(graph.schema))
    parts = [_add_up_uses(graph)]
    for relation in _loaded(graph):
        for near, far, outward in _BOTH_WAYS:
            if _may_join(relation, near, units) and _may_join(relation, far, things):
                ties = _ties(graph, relation, (near, units), (far, things))
                parts.append(
                    ties.select(
                        unit=near, thing=far, label=f"{far}_label", type=pl.lit(relation.type), outward=pl.lit(outward),
                        day=_day(relation), side=_text(relation, "side"), role=_text(relation, part_of(relation)),
                        times=pl.lit(None, pl.Int64), happened=_came_about(relation),
                    )
                )  # fmt: skip
    return pl.concat([part.select(list(ENDS)).cast(pl.Schema(ENDS)) for part in parts])


def find_shared_by_many(graph: Graph) -> pl.Series:
    """Return the ids of the things that so many units share that a way over them tells nothing: a conference, a general assembly."""
    return _SHARED.get(snapshot_key(graph), partial(_find_shared_by_many, graph))


def _find_shared_by_many(graph: Graph) -> pl.Series:
    units = read_ends(graph).group_by("thing").agg(units=pl.col("unit").n_unique())
    return units.filter(pl.col("units") > MOST_SHARING)["thing"].sort()


def read_steps(graph: Graph) -> pl.DataFrame:
    """Return every relation between two things, once from each of them."""
    return _STEPS.get(snapshot_key(graph), partial(_read_steps, graph))


def _read_steps(graph: Graph) -> pl.DataFrame:
    things = set(joining_kinds(graph.schema))
    parts = [pl.DataFrame(schema=STEPS)]
    for relation in _loaded(graph):
        if _may_join(relation, "source", things) and _may_join(relation, "target", things):
            ties = _ties(graph, relation, ("source", things), ("target", things))
            parts += [
                ties.select(
                    thing=near, label=f"{near}_label", step=pl.lit(relation.type), step_outward=pl.lit(outward),
                    next=far, next_label=f"{far}_label",
                )
                for near, far, outward in _BOTH_WAYS
            ]  # fmt: skip
    return pl.concat(parts)


def read_direct(graph: Graph) -> pl.DataFrame:
    """Return every relation between two units, once from each of them: unit, other, type, outward, day."""
    return keep_frame(graph, "direct ties", partial(_read_direct, graph))


def _read_direct(graph: Graph) -> pl.DataFrame:
    units = {kind.label for kind in graph.schema.units}
    schema = {"unit": pl.String, "other": pl.String, "type": pl.String, "outward": pl.Boolean, "day": pl.Date}
    parts = [pl.DataFrame(schema=schema)]
    for relation in _loaded(graph):
        if _may_join(relation, "source", units) and _may_join(relation, "target", units):
            ties = _ties(graph, relation, ("source", units), ("target", units))
            parts += [
                ties.select(
                    unit=near, other=far, type=pl.lit(relation.type), outward=pl.lit(outward), day=_day(relation)
                )
                for near, far, outward in _BOTH_WAYS
            ]
    return pl.concat(parts)


def read_things(graph: Graph, wanted: Mapping[str, pl.Series]) -> pl.DataFrame:
    """Return the things of some ids, given by label: name (null where none was told), name with its day, day, whether it came about."""
    parts = [pl.DataFrame(schema=THINGS)]
    for label, ids in wanted.items():
        kind = graph.schema.entity(label)
        named, days = _names(kind), [p.name for p in kind.properties if p.type == Date()]
        days.sort(key=lambda name: name != "day")  # the day on which it happened tells more than that of a signature
        status = [p.name for p in kind.properties if p.name == "status"]
        found = open_entities(graph, kind, *named, *days, *status).filter(pl.col("id").is_in(ids.unique().implode()))
        name = pl.coalesce(*(pl.col(c).cast(pl.String) for c in named), pl.lit(None, pl.String))
        found = found.select(
            thing="id", name=name, day=pl.coalesce(*days) if days else pl.lit(None, pl.Date), happened=_came_about(kind)
        )
        dated = pl.format("{}（{}）", "name", "day") if "day" in days else pl.lit(None, pl.String)
        parts.append(found.with_columns(shown=pl.coalesce(dated, "name")).select(list(THINGS)).cast(pl.Schema(THINGS)))
    return pl.concat(parts)


def _loaded(graph: Graph) -> list[Relation]:
    counts = graph.counts["relations"]
    return [relation for relation in graph.schema.relations if counts.get(relation.type)]


def _may_join(relation: Relation, end: str, labels: set[str]) -> bool:
    kinds = relation.source if end == "source" else relation.target
    return any(kind.label in labels for kind in kinds)


def _ties(graph: Graph, relation: Relation, *ends: tuple[str, set[str]]) -> pl.DataFrame:
    """Return the open relations that came about and whose ends are of these labels."""
    chosen = (pl.col(f"{end}_label").is_in(sorted(labels)) for end, labels in ends)
    return held_relations(graph, relation).filter(*chosen)


def _day(kind: Relation) -> pl.Expr:
    """Return the day on which a tie began: its first date that is not the last day of something."""
    days = [p.name for p in kind.properties if p.type == Date()]
    return pl.col(days[0]) if days else pl.lit(None, pl.Date)


def part_of(kind: Relation) -> str:
    """Return the property that says what part a unit has in a thing: its role, or how it was present."""
    return kind.absent[0] if kind.absent else "role"


def _text(kind: Relation, name: str) -> pl.Expr:
    return pl.col(name) if name in kind.columns() else pl.lit(None, pl.String)


def _came_about(kind: Entity | Relation) -> pl.Expr:
    """Tell whether something is neither only planned nor cancelled, as far as its status says."""
    told = "status" in kind.columns()
    return ~said_state("status").is_in([PLANNED, CANCELLED]) if told else pl.lit(True)


def _names(kind: Entity) -> tuple[str, ...]:
    """Return the properties that name a thing; of a kind without names, the texts that every one of it has (what is handed over)."""
    return kind.named_by or tuple(p.name for p in kind.properties if p.required and isinstance(p.type, Text))


def _add_up_uses(graph: Graph) -> pl.DataFrame:
    """Return which unit used which resource by the logs: how often, and when last; what was called off or lies ahead is no use yet."""
    days = open_entities(graph, ResourceUse, "day", "called_off").filter(~pl.col("called_off").fill_null(False))
    days = days.filter(pl.col("day") <= (graph.as_of or date.max)).select("day", use="id")
    used = open_relations(graph, USES).select(use="source", thing="target", label="target_label")
    by = open_relations(graph, USED_BY).select(use="source", unit="target")
    uses = days.join(used, on="use").join(by, on="use").group_by("unit", "thing", "label")
    return uses.agg(day=pl.col("day").max(), times=pl.col("use").n_unique()).with_columns(
        type=pl.lit(USED), outward=pl.lit(True), side=pl.lit(None, pl.String), role=pl.lit(None, pl.String), happened=pl.lit(True)
    )  # fmt: skip
