"""Computes what the loaded data imply: end dates, partnerships in force, groups of members.

It is done again at every publish.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

import polars as pl

from graph.decisions import Accept, ChosenWeights, Decision, Reject, WordMeaning
from graph.kinds import PROVENANCE, VALIDITY, Entity, Schema
from graph.people import K_ANONYMITY
from graph.schema.cooperation import PARTNERED_WITH, SIGNED, Agreement
from graph.schema.members import IN_COMMUNITY, LIVES_IN, OF_EMPLOYER, WORKS_AT, Member, MemberCohort
from graph.schema.organizations import Community
from graph.schema.pairing_decisions import DecidedWord, PairingWeights
from graph.states import in_force
from graph.tables import RelationKey, entity_columns, relation_columns
from loaders.merging.affiliation_relations import derive_affiliations, find_labels
from loaders.merging.deadlines import apply_deadlines
from loaders.merging.working_life import apply_work


def with_derived(entity: Entity, frame: pl.DataFrame) -> pl.DataFrame:
    """Add an entity's derived properties to its rows, in the order of its columns."""
    added = frame.with_columns(d.expression.cast(d.dtype).alias(d.name) for d in entity.derived)
    return added.select(list(entity_columns(entity)))


def derive_tables(
    schema: Schema,
    entities: dict[str, pl.DataFrame],
    relations: dict[RelationKey, pl.DataFrame],
    as_of: date | None,
    decisions: Collection[Decision] = (),
) -> None:
    """Put every computed entity and relation that the schema knows into the tables, in place."""
    labels = {e.label for e in schema.entities}
    types = {r.type for r in schema.relations}
    apply_work(schema, entities, relations, decisions)
    if PARTNERED_WITH.type in types:
        derive_partnerships(schema, entities, relations, as_of)
    derive_decided_pairs(schema, entities, relations, decisions)
    derive_affiliations(schema, entities, relations, decisions)
    if PairingWeights.label in labels:
        derive_weights(schema, entities, decisions)
    if DecidedWord.label in labels:
        derive_words(schema, entities, decisions)
    if MemberCohort.label in labels:
        derive_cohorts(schema, entities, relations)
    apply_deadlines(entities, as_of)


def derive_partnerships(
    schema: Schema, entities: dict[str, pl.DataFrame], relations: dict[RelationKey, pl.DataFrame], as_of: date | None
) -> None:
    """Join the parties of every agreement in force, the smaller id first."""
    signed = [
        _open(frame).select("source", "target", label=pl.lit(source))
        for (kind, source, target), frame in sorted(relations.items())
        if kind == SIGNED.type and target == Agreement.label
    ]
    if not signed:
        return
    parties = pl.concat(signed)
    held = entities[Agreement.label].filter(pl.col("valid_to").is_null() & in_force(as_of))
    force = held.select("id", "signed", "expires", *PROVENANCE)
    pairs = parties.join(parties, on="target", suffix="_b").filter(pl.col("source") < pl.col("source_b"))
    rows = pairs.join(force, left_on="target", right_on="id")
    columns = relation_columns(schema.relation(PARTNERED_WITH.type))
    for (a, b), part in rows.partition_by("label", "label_b", as_dict=True).items():
        frame = part.select(
            pl.col("source"), target="source_b", agreement="target", since="signed", since_precision=pl.lit(None, pl.String),
            until="expires", until_precision=pl.lit(None, pl.String), valid_from="signed", valid_to=pl.lit(None, pl.Date),
            load_id="load_id", sheet="sheet", row="row",
        )  # fmt: skip
        relations[PARTNERED_WITH.type, str(a), str(b)] = (
            frame.select(list(columns)).cast(pl.Schema(columns)).sort("source", "target", "agreement")
        )


def derive_decided_pairs(
    schema: Schema,
    entities: dict[str, pl.DataFrame],
    relations: dict[RelationKey, pl.DataFrame],
    decisions: Iterable[Decision],
) -> None:
    """Add a relation between the two units of each pair that people accepted or rejected; the last decision on a pair counts."""
    last = {frozenset((d.left, d.right)): d for d in decisions if isinstance(d, Accept | Reject)}
    labels = find_labels(schema, entities, last.values())
    known = sorted((d.relation, d.left, d.right) for d in last.values() if d.left in labels and d.right in labels)
    for kind in sorted({r.type for r in schema.relations} & {Accept.relation, Reject.relation}):
        columns = relation_columns(schema.relation(kind))
        for ends in sorted({(labels[a], labels[b]) for type_, a, b in known if type_ == kind}):
            pairs = [(a, b) for type_, a, b in known if type_ == kind and (labels[a], labels[b]) == ends]
            blank = {name: [None] * len(pairs) for name in columns if name not in {"source", "target"}}
            rows = {"source": [a for a, _ in pairs], "target": [b for _, b in pairs], **blank}
            relations[kind, *ends] = pl.DataFrame(rows, schema=columns)


def derive_weights(schema: Schema, entities: dict[str, pl.DataFrame], decisions: Iterable[Decision]) -> None:
    """Put the weights that were last decided for each pairing into the graph."""
    last = {d.pairing: d for d in decisions if isinstance(d, ChosenWeights)}
    columns = entity_columns(schema.entity(PairingWeights.label))
    rows = [
        dict.fromkeys(columns)
        | {"id": f"wgt:{pairing}", "pairing": pairing}
        | {"name": d.name, "version": d.version, "weights": d.weights, "proof": d.proof}
        for pairing, d in sorted(last.items())
    ]
    entities[PairingWeights.label] = pl.DataFrame(rows, schema=columns)


def derive_words(schema: Schema, entities: dict[str, pl.DataFrame], decisions: Iterable[Decision]) -> None:
    """Put what people decided about words of services into the graph, a row a decision."""
    columns = entity_columns(schema.entity(DecidedWord.label))
    said = [d for d in decisions if isinstance(d, WordMeaning)]
    rows = [
        dict.fromkeys(columns)
        | {"id": f"word:{d.number}", "number": d.number, "word": d.word, "relation": d.relation_to, "target": d.target}
        for d in said
    ]
    entities[DecidedWord.label] = pl.DataFrame(rows, schema=columns)


def derive_cohorts(
    schema: Schema, entities: dict[str, pl.DataFrame], relations: dict[RelationKey, pl.DataFrame]
) -> None:
    """Count members by employer, home community and category, leaving out groups of fewer than five."""
    members = _open(entities[Member.label]).select("id", "category")
    lives = _open(relations[LIVES_IN.type, Member.label, Community.label]).select("source", community="target")
    for (kind, source, employer_label), frame in sorted(relations.items()):
        if kind != WORKS_AT.type or source != Member.label or not frame.height:
            continue
        works = _open(frame).select("source", employer="target")
        counted = (
            works.join(lives, on="source").join(members, left_on="source", right_on="id", how="left")
            .with_columns(pl.col("category").fill_null("其他"))
            .group_by("employer", "community", "category").len("count")
            .filter(pl.col("count") >= K_ANONYMITY)
        )  # fmt: skip
        cohorts = counted.with_columns(
            id=pl.format("coh:{}:{}:{}", "employer", "community", "category"),
            count=pl.col("count").cast(pl.Int64),
        )
        _add_cohorts(schema, entities, relations, cohorts, employer_label)


def _open(table: pl.DataFrame) -> pl.DataFrame:
    return table.filter(pl.col("valid_to").is_null())


def _add_cohorts(
    schema: Schema,
    entities: dict[str, pl.DataFrame],
    relations: dict[RelationKey, pl.DataFrame],
    cohorts: pl.DataFrame,
    employer_label: str,
) -> None:
    entity = schema.entity(MemberCohort.label)
    blank = [pl.lit(None, dtype).alias(name) for name, dtype in (VALIDITY | PROVENANCE).items()]
    frame = cohorts.with_columns(blank).select(list(entity_columns(entity))).cast(pl.Schema(entity_columns(entity)))
    entities[entity.label] = pl.concat([entities[entity.label], frame]).sort("id")
    for kind, column, label in (
        (OF_EMPLOYER, "employer", employer_label),
        (IN_COMMUNITY, "community", Community.label),
    ):
        columns = relation_columns(schema.relation(kind.type))
        made = cohorts.with_columns(blank).select(
            pl.col("id").alias("source"), pl.col(column).alias("target"), *(VALIDITY | PROVENANCE)
        )
        key = (kind.type, entity.label, label)
        relations[key] = pl.concat([relations[key], made.select(list(columns)).cast(pl.Schema(columns))]).sort(
            "source", "target"
        )
