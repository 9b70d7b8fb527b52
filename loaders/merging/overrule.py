"""Replaces values of the sheets by those that people decided, for as long as their decisions are not withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from graph.decided_values import clean_decided
from graph.decisions import Decision, Different, Same, Unreadable, Value
from graph.errors import ArgumentError
from graph.kinds import Entity, Schema
from graph.problems import WARNING, Problem
from loaders.merging.affiliation_relations import find_labels


def find_latest(decisions: Iterable[Decision]) -> tuple[Value, ...]:
    """Return the decisions about values that are in effect: the latest one for each property of an entity."""
    return tuple({(d.entity, d.field): d for d in decisions if isinstance(d, Value)}.values())


def overrule(schema: Schema, entity: Entity, table: pl.DataFrame, decided: Sequence[Value]) -> pl.DataFrame:
    """Return an entity's table with the decided values in place of those of the sheets; `table` has a row per id."""
    for one in decided:
        here = table["id"] == one.entity
        if here.any():
            table = table.with_columns(
                pl.when(here).then(pl.lit(value, table.schema[name])).otherwise(name).alias(name)
                for name, value in _clean_stored(schema, entity, one).items()
            )
    return table


def _clean_stored(schema: Schema, entity: Entity, one: Value) -> dict[str, object]:
    """Return the columns of a value on the record; none where this version has no such property, or no such value of it."""
    try:
        return clean_decided(schema, entity, one.field, one.value)
    except ArgumentError:
        return {}


def report_unused(schema: Schema, decisions: Iterable[Decision], entities: Mapping[str, pl.DataFrame]) -> list[Problem]:
    """Return a problem for each decision that changes nothing: what it is about is gone, or this version cannot use it."""
    told = [*find_latest(decisions), *(d for d in decisions if not isinstance(d, Value))]
    labels = find_labels(schema, entities, told)
    things = [d.entity for d in told if isinstance(d, Value)] + [thing for d in told for thing in d.things.values()]
    things += [
        d.unit for d in told if isinstance(d, Same | Different) and d.unit not in labels
    ]  # a name may be a venue's
    labels |= {i: e for i in things for e, frame in entities.items() if (frame["id"] == i).any()}
    found = []
    for one in told:
        about = [one.entity] if isinstance(one, Value) else [*one.units.values(), *one.things.values()]
        gone = [id_ for id_ in about if id_ not in labels]
        field, value = (one.field, one.value) if isinstance(one, Value) else ("", "")
        number = ("number", str(one.number))
        if gone:
            found.append(
                Problem("decision.unused", WARNING, field=field, value=value, details=(number, ("id", gone[0])))
            )
        elif isinstance(one, Unreadable) or (
            isinstance(one, Value) and not _clean_stored(schema, schema.entity(labels[one.entity]), one)
        ):
            found.append(Problem("decision.unreadable", WARNING, field=field, value=value, details=(number,)))
    return found
