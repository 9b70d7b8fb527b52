"""Loads and decisions → the current state: every entity and relation of the graph, as tables.

Pure: the same loads give the same tables, whatever the order in which they came. Units first, since everything else names them;
then resources; then the rest; what follows from the rest at last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from typing import Any

import polars as pl

from graph.kinds import Link, Register, Schema
from graph.problems import Problem
from graph.tables import SOURCES, Tables, empty_tables
from loaders.clean import MENTION
from loaders.combine import combine
from loaders.conflicts import find_conflicts
from loaders.derive import derive_tables, with_derived
from loaders.keys import adopt_identifiers, build_ids
from loaders.linking import Statements, by_row
from loaders.links import Resolver, resources_of
from loaders.statements import SHEET, LoadedSheet, rank_sheets, stamp
from loaders.unit_roll import UnitRoll, units_of
from loaders.unresolved import report_unkeyed, report_unresolved

_MERGED_ONE_BY_ONE = 4  # sheets; more are sorted at once


@dataclass(frozen=True)
class Merged:
    """The current state: tables, what could not be resolved, and the date of which the newest load speaks."""

    tables: Tables
    problems: tuple[Problem, ...]
    as_of: date | None


def merge_loads(sheets: Sequence[LoadedSheet], schema: Schema, decisions: Iterable[Mapping[str, Any]] = ()) -> Merged:
    """Merge every live sheet and decision into the tables of the graph."""
    told = tuple(decisions)
    merger = _Merger(sheets, schema, UnitRoll(told), told)
    loaded = {s.register for s in sheets}
    for register in sorted(schema.registers, key=lambda r: (_phase(r), r.name)):
        if register.name in loaded:
            merger.add_register(register)
    return merger.finish()


def _phase(register: Register) -> int:
    """Return when a register's turn is, so that whatever its rows name is known: units, then resources, then the rest."""
    if register.row.is_unit:
        return 0
    return 1 if register.row.mention == "resolve" else 2


@dataclass
class _Merger:
    sheets: Sequence[LoadedSheet]
    schema: Schema
    roll: UnitRoll
    decisions: tuple[Mapping[str, Any], ...]
    statements: Statements = field(default_factory=Statements)
    problems: list[Problem] = field(default_factory=list)

    def add_register(self, register: Register) -> None:
        """Add everything that the sheets of a register say."""
        positions = [i for i, s in enumerate(self.sheets) if s.register == register.name]
        frames = [self.sheets[i].frame().with_columns(pl.lit(i, pl.Int32).alias(SHEET)) for i in positions]
        frame = pl.concat(frames, how="diagonal_relaxed")
        resolver = Resolver(self.roll.registry, self._resources() if _phase(register) > 1 else ())
        resolved = {k.field: _resolve(k, frame, resolver) for k in register.links if not _names_own_body(k, register)}
        linked = _linked_ids(register, resolved, frame)
        frame = adopt_identifiers(register.row, frame, linked.get("BELONGS_TO"))
        frame = frame.with_columns(build_ids(register.row, frame, linked))
        if register.row.is_unit:
            frame = self.roll.adopt_known(register.row, frame)
            self.roll.add(units_of(frame, register.row.label))
        self.problems += report_unkeyed(self.sheets, register, frame)
        self.problems += report_unresolved(self.sheets, register, frame, resolved)
        if "OWNS" in linked:
            frame = frame.with_columns(linked["OWNS"].alias("@owner_id"))
        standings = rank_sheets(self.sheets, {i: frame.filter(pl.col(SHEET) == i)["id"] for i in positions})
        # In order once, here: every table made of these records is then in order already.
        records = stamp(_order_by_id(frame), self.sheets, standings)
        self.statements.add_records(register.row.label, records)
        for link in register.links:
            if MENTION + link.field in records.columns:
                self.statements.add_link(register, link, records, resolved.get(link.field), self.roll)

    def _resources(self) -> tuple[Any, ...]:
        found = []
        for entity in self.schema.entities:
            if entity.mention == "resolve" and not entity.is_unit:
                for frame in self.statements.entities.get(entity.label, ()):
                    owner = frame["@owner_id"] if "@owner_id" in frame.columns else pl.lit(None, pl.String)
                    found += resources_of(frame.with_columns(owner=owner), entity)
        # Of two statements about one resource the one with an owner tells more; the order of loading tells nothing.
        return tuple({r.id: r for r in sorted(found, key=lambda r: (r.id, r.owner or "", r.name))}.values())

    def finish(self) -> Merged:
        """Combine the statements and add what follows from them."""
        empty = empty_tables(self.schema)
        entities, relations = dict(empty.entities), dict(empty.relations)
        files = {s.load_id: s.file for s in self.sheets}
        for label, frames in self.statements.entities.items():
            entity = self.schema.entity(label)
            if entity.mention in {"none", "resolve"}:  # what mentions create has no cells of its own to disagree
                self.problems += find_conflicts(entity, frames, files)
            loaded = {k: v for k, v in entity.columns().items() if k not in {d.name for d in entity.derived}}
            entities[label] = with_derived(entity, combine(frames, ["id"], loaded))
        for key, frames in self.statements.relations.items():
            relation = self.schema.relation(key[0])
            keys = ["source", "target", *([relation.starts] if relation.starts else [])]
            relations[key] = combine(frames, keys, relation.columns())
        as_of = max((s.as_of for s in self.sheets if s.as_of), default=None)
        derive_tables(self.schema, entities, relations, as_of, self.decisions)
        sources = pl.concat(self.statements.sources) if self.statements.sources else pl.DataFrame(schema=SOURCES)
        return Merged(Tables(entities, relations, sources.cast(pl.Schema(SOURCES))), tuple(self.problems), as_of)


def _names_own_body(link: Link, register: Register) -> bool:
    return register.row.is_unit and any(e.mention == "party" for e in link.other)


def _resolve(link: Link, frame: pl.DataFrame, resolver: Resolver) -> pl.DataFrame:
    name = MENTION + link.field
    mentions = frame[name] if name in frame.columns else pl.Series([], dtype=pl.String)
    return resolver.resolve(link, mentions.explode() if mentions.dtype == pl.List(pl.String) else mentions)


def _linked_ids(register: Register, resolved: Mapping[str, pl.DataFrame], frame: pl.DataFrame) -> dict[str, pl.Series]:
    """Return for each relation type the ids at its other end, by row: the parts that keys may take."""
    linked: dict[str, pl.Series] = {}
    for link in register.links:
        name = MENTION + link.field
        if link.field in resolved and not link.split and name in frame.columns:
            ids = by_row(frame[name], resolved[link.field])["id"]
            known = linked.get(link.relation.type)
            linked[link.relation.type] = ids if known is None else _in_order(known, ids)
    return linked


def _order_by_id(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the records that have an id, in order of it; sheets that are in order already are only merged."""
    keyed = frame.filter(pl.col("id").is_not_null())
    lengths = keyed[SHEET].rle().struct.field("len").to_list()
    starts = [sum(lengths[:n]) for n in range(len(lengths))]
    parts = [keyed.slice(start, length) for start, length in zip(starts, lengths, strict=True)]
    in_order = [part if part["id"].is_sorted() else part.sort("id", maintain_order=True) for part in parts]
    if len(in_order) > _MERGED_ONE_BY_ONE:
        return keyed.sort("id", maintain_order=True)
    return reduce(lambda a, b: a.merge_sorted(b, key="id"), in_order) if in_order else keyed


def _in_order(a: pl.Series, b: pl.Series) -> pl.Series:
    # Several parties of one agreement identify it together, whichever column each stands in.
    return pl.select(pl.concat_str(pl.min_horizontal(a, b), pl.max_horizontal(a, b), separator="|")).to_series()
