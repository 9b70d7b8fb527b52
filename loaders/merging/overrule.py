"""Values that a person decided: put in place of what the sheets say, on the record, and gone again when the decision is withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from graph.errors import ArgumentError
from graph.kinds import Entity, Schema
from graph.problems import ERROR, WARNING, Problem
from graph.texts import Said

PEOPLE = frozenset({"Member", "MemberCohort", "Lecturer"})  # no value of a person is ever typed in


@dataclass(frozen=True)
class DecidedValue:
    """What one decision says: its number, the entity's id, the property, and the value as typed."""

    number: int
    entity: str
    field: str
    value: str


def read_decided(decisions: Iterable[Mapping[str, Any]]) -> tuple[DecidedValue, ...]:
    """Return the standing decisions about values; of two about one property of one thing the later counts."""
    latest = {
        (str(d["entity"]), str(d["field"])): DecidedValue(int(d["id"]), str(d["entity"]), str(d["field"]), str(d["value"]))
        for d in decisions
        if d.get("kind") == "value"
    }  # fmt: skip
    return tuple(latest.values())


def clean_decided(entity: Entity, field: str, value: str) -> dict[str, Any]:
    """Return the stored columns of a property for a value as typed; ArgumentError where it is none, or tells of a person."""
    known = {p.name: p for p in entity.properties if p.name not in {d.name for d in entity.derived}}
    if field not in known or entity.computed or entity.label in PEOPLE:
        raise ArgumentError(
            argument="field",
            value=field,
            reason=Said(f"可用的：{', '.join(known) or '—'}", f"known: {', '.join(known) or '—'}"),
        )
    kind = known[field].type
    frame, problems = kind.clean_column(field, pl.Series([value], dtype=pl.String))
    refused = problems.filter((pl.col("severity") == ERROR) | pl.col("code").str.ends_with(".personal"))
    if refused.height or frame.row(0)[0] is None:
        code = str(refused["code"][0]) if refused.height else "required.missing"
        shown = str(refused["value"][0]) if refused.height else value
        problem = Problem(code, ERROR, field=field, value=shown)
        raise ArgumentError(argument="value", value=shown, reason=problem.said)
    return frame.row(0, named=True)


def overrule(entity: Entity, table: pl.DataFrame, decided: Sequence[DecidedValue]) -> pl.DataFrame:
    """Return an entity's table with the decided values in place of those of the sheets; `table` has a row per id."""
    for one in decided:
        here = table["id"] == one.entity
        if here.any():
            values = clean_decided(entity, one.field, one.value)
            table = table.with_columns(
                pl.when(here).then(pl.lit(value, table.schema[name])).otherwise(name).alias(name)
                for name, value in values.items()
            )
    return table


def report_unused(decided: Sequence[DecidedValue], tables: Mapping[str, pl.DataFrame]) -> list[Problem]:
    """Return a problem for each decision about a thing that no sheet speaks of any more."""
    known = {d.entity for d in decided for frame in tables.values() if (frame["id"] == d.entity).any()}
    return [
        Problem("decision.unused", WARNING, field=d.field, value=d.value, details=(("number", str(d.number)), ("id", d.entity)))
        for d in decided
        if d.entity not in known
    ]  # fmt: skip


def find_kind(schema: Schema, tables: Mapping[str, pl.DataFrame], id_: str) -> Entity | None:
    """Return the kind of the thing that has an id; None where nothing has."""
    return next((schema.entity(label) for label, frame in tables.items() if (frame["id"] == id_).any()), None)
