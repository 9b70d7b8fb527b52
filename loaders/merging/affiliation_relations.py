"""Decisions that a unit belongs to another → SUBSIDIARY_OF and BRANCH_OF, each with its period and the number of its decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from graph.decisions import Branch, Decision, Parent
from graph.kinds import Schema
from graph.tables import RelationKey, relation_columns


def derive_affiliations(
    schema: Schema,
    entities: Mapping[str, pl.DataFrame],
    relations: dict[RelationKey, pl.DataFrame],
    decisions: Iterable[Decision],
) -> None:
    """Put the relations that standing decisions state into the tables, in place; a unit that is not in the graph has none."""
    told = [d for d in decisions if isinstance(d, Parent | Branch)]
    labels = find_labels(schema, entities, told)
    rows: dict[RelationKey, dict[tuple[str, str], dict[str, object]]] = {}
    for one in told:
        source, target = one.units.values()
        if source in labels and target in labels:
            row = {
                "source": source,
                "target": target,
                "decision": one.number,
                "valid_from": one.start,
                "valid_to": one.until,
            }
            rows.setdefault((one.relation, labels[source], labels[target]), {})[source, target] = row
    for key, found in rows.items():
        if key in relations:
            columns = relation_columns(schema.relation(key[0]))
            ordered = [found[ends] for ends in sorted(found)]
            relations[key] = pl.DataFrame(
                {name: [row.get(name) for row in ordered] for name in columns}, schema=columns
            )


def find_labels(schema: Schema, entities: Mapping[str, pl.DataFrame], decisions: Iterable[Decision]) -> dict[str, str]:
    """Return the kind of each unit that decisions are about, by id, as far as the graph holds it."""
    named = {unit for one in decisions for unit in one.units.values()}
    return {
        unit: e.label
        for e in schema.units
        for unit in entities[e.label].filter(pl.col("id").is_in(named))["id"].to_list()
    }
