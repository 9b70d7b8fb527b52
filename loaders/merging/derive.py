"""What follows from what was loaded, computed anew at every publish: end dates, partnerships in force, cohorts of members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from graph.kinds import PROVENANCE, VALIDITY, Entity, Schema
from graph.tables import RelationKey, entity_columns, relation_columns
from loaders.merging.affiliation_relations import derive_affiliations
from loaders.merging.deadlines import apply_deadlines

K_COHORT = 5  # people; a smaller group could point at a person
ENDED = ("已终止", "已到期", "拟签")
_DECIDED = {"accept": "ACCEPTED", "reject": "DECLINED"}  # what a decision about a pair makes of it


def with_derived(entity: Entity, frame: pl.DataFrame) -> pl.DataFrame:
    """Add an entity's derived properties to its rows, in the order of its columns."""
    added = frame.with_columns(d.expression.cast(d.dtype).alias(d.name) for d in entity.derived)
    return added.select(list(entity_columns(entity)))


def derive_tables(
    schema: Schema,
    entities: dict[str, pl.DataFrame],
    relations: dict[RelationKey, pl.DataFrame],
    as_of: date | None,
    decisions: Iterable[Mapping[str, Any]] = (),
) -> None:
    """Put every computed entity and relation that the schema knows into the tables, in place."""
    labels = {e.label for e in schema.entities}
    types = {r.type for r in schema.relations}
    if "PARTNERED_WITH" in types:
        derive_partnerships(schema, entities, relations, as_of)
    derive_decided_pairs(schema, entities, relations, decisions)
    derive_affiliations(schema, entities, relations, decisions)
    if "PairingWeights" in labels:
        derive_weights(schema, entities, decisions)
    if "MemberCohort" in labels:
        derive_cohorts(schema, entities, relations)
    apply_deadlines(entities, as_of)


def agreements_in_force(agreements: pl.DataFrame, as_of: date | None) -> pl.DataFrame:
    """Return the agreements that hold on a day: signed by then, not ended, not expired. An unknown date does not end one."""
    day = pl.lit(as_of, pl.Date)
    ended = pl.col("status").is_in(ENDED).fill_null(False)
    late = (pl.col("signed") > day).fill_null(False) | (pl.col("expires") < day).fill_null(False)
    return agreements.filter(pl.col("valid_to").is_null() & ~ended & ~late)


def derive_partnerships(
    schema: Schema, entities: dict[str, pl.DataFrame], relations: dict[RelationKey, pl.DataFrame], as_of: date | None
) -> None:
    """Join the parties of every agreement in force, the smaller id first."""
    signed = [
        frame.filter(pl.col("valid_to").is_null()).select("source", "target", label=pl.lit(source))
        for (kind, source, target), frame in sorted(relations.items())
        if kind == "SIGNED" and target == "Agreement"
    ]
    if not signed:
        return
    parties = pl.concat(signed)
    force = agreements_in_force(entities["Agreement"], as_of).select("id", "signed", "expires", *PROVENANCE)
    pairs = parties.join(parties, on="target", suffix="_b").filter(pl.col("source") < pl.col("source_b"))
    rows = pairs.join(force, left_on="target", right_on="id")
    columns: dict[str, Any] = relation_columns(schema.relation("PARTNERED_WITH"))
    for (a, b), part in rows.partition_by("label", "label_b", as_dict=True).items():
        frame = part.select(
            pl.col("source"), target="source_b", agreement="target", since="signed", since_precision=pl.lit(None, pl.String),
            until="expires", until_precision=pl.lit(None, pl.String), valid_from="signed", valid_to=pl.lit(None, pl.Date),
            load_id="load_id", sheet="sheet", row="row",
        )  # fmt: skip
        relations["PARTNERED_WITH", str(a), str(b)] = (
            frame.select(list(columns)).cast(pl.Schema(columns)).sort("source", "target", "agreement")
        )


def derive_decided_pairs(
    schema: Schema,
    entities: dict[str, pl.DataFrame],
    relations: dict[RelationKey, pl.DataFrame],
    decisions: Iterable[Mapping[str, Any]],
) -> None:
    """Join the two units of every pairing that somebody accepted or decided against; of several decisions the last one holds."""
    last = {
        frozenset((str(d["left"]), str(d["right"]))): (_DECIDED[d["kind"]], str(d["left"]), str(d["right"]))
        for d in decisions
        if d.get("kind") in _DECIDED
    }
    named = {unit for pair in last for unit in pair}
    labels = {
        unit: e.label
        for e in schema.units
        for unit in entities[e.label].filter(pl.col("id").is_in(named))["id"].to_list()
    }
    known = sorted(pair for pair in last.values() if set(pair[1:]) <= set(labels))
    for kind in sorted({r.type for r in schema.relations} & set(_DECIDED.values())):
        columns = relation_columns(schema.relation(kind))
        for ends in sorted({(labels[a], labels[b]) for type_, a, b in known if type_ == kind}):
            pairs = [(a, b) for type_, a, b in known if type_ == kind and (labels[a], labels[b]) == ends]
            blank = {name: [None] * len(pairs) for name in columns if name not in {"source", "target"}}
            rows = {"source": [a for a, _ in pairs], "target": [b for _, b in pairs], **blank}
            relations[kind, *ends] = pl.DataFrame(rows, schema=columns)


def derive_weights(schema: Schema, entities: dict[str, pl.DataFrame], decisions: Iterable[Mapping[str, Any]]) -> None:
    """Put the weights that were last decided for each pairing into the graph."""
    last = {str(d["pairing"]): d for d in decisions if d.get("kind") == "weights"}
    columns = entity_columns(schema.entity("PairingWeights"))
    rows = [
        dict.fromkeys(columns)
        | {name: str(d[name]) for name in ("pairing", "name", "weights", "proof")}
        | {"id": f"wgt:{pairing}", "version": int(d["version"])}
        for pairing, d in sorted(last.items())
    ]
    entities["PairingWeights"] = pl.DataFrame(rows, schema=columns)


def derive_cohorts(
    schema: Schema, entities: dict[str, pl.DataFrame], relations: dict[RelationKey, pl.DataFrame]
) -> None:
    """Count members by employer, community of residence and category; a group of fewer than five is no cohort at all."""
    members = entities["Member"].filter(pl.col("valid_to").is_null()).select("id", "category")
    lives = _open(relations, "LIVES_IN", "Community").rename({"target": "community"})
    for (kind, source, employer_label), frame in sorted(relations.items()):
        if kind != "WORKS_AT" or source != "Member" or not frame.height:
            continue
        works = frame.filter(pl.col("valid_to").is_null()).select("source", employer="target")
        counted = (
            works.join(lives, on="source").join(members, left_on="source", right_on="id", how="left")
            .with_columns(pl.col("category").fill_null("其他"))
            .group_by("employer", "community", "category").len("count")
            .filter(pl.col("count") >= K_COHORT)
        )  # fmt: skip
        cohorts = counted.with_columns(
            id=pl.format("coh:{}:{}:{}", "employer", "community", "category"),
            count=pl.col("count").cast(pl.Int64),
        )
        _add_cohorts(schema, entities, relations, cohorts, employer_label)


def _open(relations: dict[RelationKey, pl.DataFrame], kind: str, target: str) -> pl.DataFrame:
    frame = relations["LIVES_IN", "Member", target] if kind == "LIVES_IN" else relations[kind, "Member", target]
    return frame.filter(pl.col("valid_to").is_null()).select("source", "target")


def _add_cohorts(
    schema: Schema,
    entities: dict[str, pl.DataFrame],
    relations: dict[RelationKey, pl.DataFrame],
    cohorts: pl.DataFrame,
    employer_label: str,
) -> None:
    entity = schema.entity("MemberCohort")
    blank = [pl.lit(None, dtype).alias(name) for name, dtype in (VALIDITY | PROVENANCE).items()]
    frame = cohorts.with_columns(blank).select(list(entity_columns(entity))).cast(pl.Schema(entity_columns(entity)))
    entities["MemberCohort"] = pl.concat([entities["MemberCohort"], frame]).sort("id")
    for kind, column, label in (
        ("OF_EMPLOYER", "employer", employer_label),
        ("IN_COMMUNITY", "community", "Community"),
    ):
        columns = relation_columns(schema.relation(kind))
        made = cohorts.with_columns(blank).select(
            pl.col("id").alias("source"), pl.col(column).alias("target"), *(VALIDITY | PROVENANCE)
        )
        known = relations[kind, "MemberCohort", label]
        relations[kind, "MemberCohort", label] = pl.concat(
            [known, made.select(list(columns)).cast(pl.Schema(columns))]
        ).sort("source", "target")
