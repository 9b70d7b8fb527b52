"""Decisions that a unit belongs to another → SUBSIDIARY_OF and BRANCH_OF, each with its period and the number of its decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from graph.kinds import Schema
from graph.tables import RelationKey, relation_columns
from loaders.names.name_decisions import read_period

# Kind of decision → relation, and the fields that name its ends.
AFFILIATIONS: Mapping[str, tuple[str, str, str]] = {
    "parent": ("SUBSIDIARY_OF", "unit", "parent"),
    "branch": ("BRANCH_OF", "branch", "unit"),
}


def derive_affiliations(
    schema: Schema,
    entities: Mapping[str, pl.DataFrame],
    relations: dict[RelationKey, pl.DataFrame],
    decisions: Iterable[Mapping[str, Any]],
) -> None:
    """Put the relations that standing decisions state into the tables, in place; a unit that is not in the graph has none."""
    told = [d for d in decisions if d.get("kind") in AFFILIATIONS]
    known = {relation.type for relation in schema.relations}
    named = {str(d[field]) for d in told for field in AFFILIATIONS[d["kind"]][1:]}
    labels = {
        unit: e.label
        for e in schema.units
        for unit in entities[e.label].filter(pl.col("id").is_in(named))["id"].to_list()
    }
    rows: dict[RelationKey, dict[tuple[str, str], dict[str, Any]]] = {}
    for decision in told:
        type_, *fields = AFFILIATIONS[decision["kind"]]
        source, target = (str(decision[f]) for f in fields)
        if type_ in known and source in labels and target in labels:
            start, end = read_period(decision)
            row = {
                "source": source,
                "target": target,
                "decision": int(decision["id"]),
                "valid_from": start,
                "valid_to": end,
            }
            rows.setdefault((type_, labels[source], labels[target]), {})[source, target] = row
    for key, found in rows.items():
        if key in relations:
            columns = relation_columns(schema.relation(key[0]))
            ordered = [found[ends] for ends in sorted(found)]
            relations[key] = pl.DataFrame(
                {name: [row.get(name) for row in ordered] for name in columns}, schema=columns
            )
