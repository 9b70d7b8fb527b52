"""Turns a value that a person typed for a property into what is stored, or says why the property cannot have it."""

from __future__ import annotations

import polars as pl

from graph.decisions import list_known
from graph.errors import ArgumentError
from graph.kinds import Entity, Schema
from graph.people import find_people
from graph.problems import ERROR, Problem


def clean_decided(schema: Schema, entity: Entity, field: str, value: str) -> dict[str, object]:
    """Return the stored columns for a value that a person typed for a property of an entity.

    ArgumentError where the property cannot have such a value, or the value tells of a person.
    """
    known = {p.name: p for p in entity.properties if p.name not in {d.name for d in entity.derived}}
    if field not in known or entity.computed or entity.label in find_people(schema):
        raise ArgumentError(
            argument="field",
            value=field,
            reason=list_known(known),
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
