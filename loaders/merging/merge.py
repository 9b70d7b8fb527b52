"""Loads and decisions → the current state: every entity and relation of the graph, as tables.

Pure: the same loads give the same tables, whatever the order in which they came. Units first, since everything else names them;
then what others name; then the rest; what follows from the rest at last.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from typing import Any

import polars as pl

from graph.decisions import Decision
from graph.kinds import Link, Register, Relation, Schema
from graph.people import find_people
from graph.problems import Problem
from graph.schema.organizations import BELONGS_TO
from graph.tables import SOURCES, Tables, empty_tables
from graph.workspace import LoadedSheet
from loaders.cleaning.mentions import MENTION, one_a_row
from loaders.formats.raw_sheet import plain_name
from loaders.merging.closings import Closing, Lacking, find_lacking, name_closings
from loaders.merging.combine import combine
from loaders.merging.dated_names import place_dated_names
from loaders.merging.derive import derive_tables, with_derived
from loaders.merging.disagreements import find_conflicts
from loaders.merging.keys import adopt_identifiers, build_ids, name_unresolved
from loaders.merging.linking import Statements, by_row
from loaders.merging.links import Resolver, resources_of
from loaders.merging.new_things import NewThings
from loaders.merging.order import named_labels, order_registers
from loaders.merging.outcomes import LoadOutcome, RowNotes
from loaders.merging.overrule import find_latest, overrule, report_unused
from loaders.merging.own_streets import fill_streets
from loaders.merging.rings import find_self_pairs, leave_out_rings
from loaders.merging.same_people import SamePeople, find_same_people, report_unsure_people
from loaders.merging.several_units import part_units
from loaders.merging.statements import SHEET, TOLD, stamp
from loaders.merging.unresolved import find_waiting, report_unkeyed, report_unresolved, report_unsure
from loaders.merging.versions import Replacements, rank_sheets, report_unused_lists
from loaders.names.unit_roll import UnitRoll, units_of

_MERGED_ONE_BY_ONE = 4  # sheets; more are sorted at once


@dataclass(frozen=True)
class Merged:
    """The merged content of all loads: its tables, the names that could not be resolved, and the date of the newest load's data.

    `closings` are what newer versions of lists closed or would close; `outcomes` say what became of the rows of each load.
    """

    tables: Tables
    problems: tuple[Problem, ...]
    as_of: date | None
    closings: tuple[Closing, ...] = ()
    outcomes: Mapping[str, LoadOutcome] = field(default_factory=dict)


def merge_loads(sheets: Sequence[LoadedSheet], schema: Schema, decisions: Iterable[Decision] = ()) -> Merged:
    """Merge every live sheet and decision into the tables of the graph."""
    told = tuple(decisions)
    # In an order of their own, so that whatever takes the first of several takes the same one in whatever order they were loaded.
    ordered = sorted(sheets, key=lambda s: (plain_name(s.file), s.load_id))
    merger = _Merger(ordered, schema, UnitRoll(told), told)
    loaded = {s.register for s in ordered}
    for register in order_registers(schema):
        merger.add_decided(register)
        if register.name in loaded:
            merger.add_register(register)
    return merger.finish()


@dataclass
class _Merger:
    sheets: Sequence[LoadedSheet]
    schema: Schema
    roll: UnitRoll
    decisions: tuple[Decision, ...]
    statements: Statements = field(default_factory=Statements)
    problems: list[Problem] = field(default_factory=list)
    lacking: list[Lacking] = field(default_factory=list)
    notes: RowNotes = field(init=False)
    new: NewThings = field(init=False)
    read: dict[int, pl.DataFrame] = field(default_factory=dict)
    same_people: dict[str, SamePeople | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.notes = RowNotes(self.sheets)
        self.new = NewThings(self.schema, self.decisions)

    def add_decided(self, register: Register) -> None:
        """Add the units and things that people said exist, before the first register that may name them."""
        if not register.row.is_unit:
            self.new.add_units(self.statements, self.roll)
            self.new.add_things(named_labels(register), self.statements)

    def add_register(self, register: Register) -> None:
        """Add everything that the sheets of a register say."""
        positions = [i for i, s in enumerate(self.sheets) if s.register == register.name]
        resolver = Resolver(self.roll.registry, self._resources(named_labels(register)))
        same = self._find_same_people(register, resolver) if register.is_of_persons else None
        frames = [self._frame(i).with_columns(pl.lit(i, pl.Int32).alias(SHEET)) for i in positions]
        frame = fill_streets(register, pl.concat(_alike(frames), how="diagonal_relaxed"), self.sheets)
        if same is not None:
            frame, unsure = same.apply(frame)
            self.problems += report_unsure_people(self.sheets, unsure)
            self.notes.note_waiting(unsure, unsure)
        frame = _name_within(register, frame, resolver)
        frame, more = part_units(self.sheets, register, frame, resolver.registry)
        self.problems += more
        frame = place_dated_names(register, frame, list(self.sheets), resolver.registry)
        for division in register.divides:
            belongs = division.belongs(frame)
            self._add_records(
                division.register, _fields_of(division.register, register, frame.filter(belongs)), resolver
            )
            frame = frame.filter(~belongs)
        self._add_records(register, frame, resolver)

    def _add_records(self, register: Register, frame: pl.DataFrame, resolver: Resolver) -> None:
        """Add what the records of a register say, whose names are ready to be looked up."""
        resolved = {k.field: _resolve(k, frame, resolver) for k in register.links if not _names_own_body(k, register)}
        self.notes.note_waiting(
            find_waiting(register, frame, resolved), find_waiting(register, frame, resolved, keyed_only=True)
        )
        if isinstance(register.row, Relation):
            self._add_rows(register, register.row, frame, resolved)
            return
        linked, named = _linked_ends(register, resolved, frame)
        frame = adopt_identifiers(register.row, frame, linked.get(BELONGS_TO.type))
        keyed = build_ids(register.row, frame, linked, named, self.roll.decided)
        frame = frame.with_columns(keyed.ids)
        unsure = frame.select(SHEET, "row")[keyed.unsure["index"]]
        self.notes.note_waiting(unsure, unsure)
        self.problems += report_unsure(self.sheets, register, frame, keyed)
        if register.row.mention == "party":
            frame = frame.with_columns(resolver.party_ids(frame["name"]))
        if register.row.is_unit:
            frame = self.roll.adopt_known(register.row, frame)
            self.roll.add(units_of(frame, register.row.label))
        self.problems += report_unkeyed(self.sheets, register, frame, resolved, unsure)
        self.problems += report_unresolved(self.sheets, register, frame, resolved)
        self.problems += find_self_pairs(self.sheets, register, frame, resolved)
        owner = next(
            (linked[k.relation.type] for k in register.links if k.relation.owns and k.relation.type in linked), None
        )
        if owner is not None:
            frame = frame.with_columns(owner.alias("@owner_id"))
        records = self._stand(register, frame.with_columns(_told_ids(register, frame, linked)))
        self.statements.add_records(register.row.label, records)
        for link in register.links:
            if MENTION + link.field in records.columns:
                self.statements.add_link(register, link, records, resolved.get(link.field), self.roll)

    def _frame(self, at: int) -> pl.DataFrame:
        """Return the records of a sheet, read once where persons were looked for in it before."""
        return self.read.pop(at) if at in self.read else self.sheets[at].frame()

    def _find_same_people(self, register: Register, resolver: Resolver) -> SamePeople | None:
        """Return who is meant by those whom lists tell by name only; None where one list alone tells of this kind of person."""
        label = register.row.label
        if label not in self.same_people:
            registers = {r.name: r for r in self.schema.registers if r.is_of_persons and r.row.label == label}
            told = [i for i, s in enumerate(self.sheets) if s.register in registers]
            self.read |= {i: self.sheets[i].frame() for i in told if len(told) > 1}
            found = find_same_people(list(registers.values()), self.read, self.sheets, resolver)
            self.same_people[label] = found if len(told) > 1 else None
        return self.same_people[label]

    def _add_rows(
        self, register: Register, relation: Relation, frame: pl.DataFrame, resolved: Mapping[str, pl.DataFrame]
    ) -> None:
        """Add the records of a register whose rows are relations; two rows with the same ends and start are one."""
        self.problems += report_unresolved(self.sheets, register, frame, resolved)
        for link in register.links:
            if link.relation is relation:
                name = MENTION + link.field
                frame = one_a_row(frame, name)
                found = by_row(frame[name], resolved[link.field])
                frame = frame.with_columns(found["id"].alias(link.end), found["label"].alias(f"_{link.end}"))
        start = [pl.col(relation.starts).cast(pl.String).fill_null("")] if relation.starts in frame.columns else []
        frame = frame.with_columns(id=pl.concat_str("source", "target", *start, separator="|"))
        self.statements.add_rows(relation, self._stand(register, frame.with_columns(pl.col("id").alias(TOLD))))

    def _stand(self, register: Register, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the records that have an id with the standing of their sheets, in order of it, and note what newer sheets lack."""
        # In order once, here: every table made of these records is then in order already.
        keyed = _order_by_id(frame)
        positions = frame[SHEET].unique().sort().to_list()
        told = {i: keyed.filter(pl.col(SHEET) == i)[TOLD] for i in positions}
        standings = rank_sheets(self.sheets, told, Replacements.of(self.decisions))
        self.lacking += find_lacking(register, keyed, standings)
        self.notes.note_placed(keyed)
        return stamp(keyed, self.sheets, standings)

    def _resources(self, labels: Collection[str]) -> tuple[Any, ...]:
        found = []
        for entity in self.schema.entities:
            if entity.label in labels:
                for frame in self.statements.entities.get(entity.label, ()):
                    owner = frame["@owner_id"] if "@owner_id" in frame.columns else pl.lit(None, pl.String)
                    found += resources_of(frame.with_columns(owner=owner), entity)
        # Of two statements about one resource the one with an owner tells more; the order of loading tells nothing.
        return tuple({r.id: r for r in sorted(found, key=lambda r: (r.id, r.owner or "", r.name))}.values())

    def finish(self) -> Merged:
        """Combine all statements into tables, and add decided values and everything that is computed from them."""
        self.new.add_units(self.statements, self.roll)
        self.new.add_things({e.label for e in self.schema.entities}, self.statements)
        empty = empty_tables(self.schema)
        entities, relations = dict(empty.entities), dict(empty.relations)
        files = {s.load_id: s.file for s in self.sheets}
        decisions = [self.roll.follow(one) for one in self.decisions]
        decided, people = find_latest(decisions), find_people(self.schema)
        settled = {(d.entity, d.field) for d in decided}
        for label, frames in self.statements.entities.items():
            entity = self.schema.entity(label)
            if entity.mention in {"none", "resolve"}:  # what mentions create has no cells of its own to disagree
                self.problems += find_conflicts(entity, frames, files, settled, label in people)
            loaded = {k: v for k, v in entity.columns().items() if k not in {d.name for d in entity.derived}}
            entities[label] = with_derived(
                entity, overrule(self.schema, entity, combine(frames, ["id"], loaded), decided)
            )
        for key, frames in self.statements.relations.items():
            relation = self.schema.relation(key[0])
            relations[key] = combine(frames, relation.row_key, relation.columns())
        self.problems += report_unused(self.schema, decisions, entities)
        self.problems += report_unused_lists(self.sheets, decisions)
        self.problems += leave_out_rings(self.schema, entities, relations, files)
        as_of = max((s.as_of for s in self.sheets if s.as_of), default=None)
        derive_tables(self.schema, entities, relations, as_of, decisions)
        sources = pl.concat(self.statements.sources) if self.statements.sources else pl.DataFrame(schema=SOURCES)
        return Merged(
            Tables(entities, relations, sources.cast(pl.Schema(SOURCES))), tuple(self.problems), as_of,
            name_closings(self.lacking, self.sheets, entities), self.notes.count(),
        )  # fmt: skip


def _fields_of(kind: Register, register: Register, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the records of a register with the fields that another kind of unit has, too."""
    return frame.drop(set(register.row.columns()) - set(kind.row.columns()), strict=False)


def _name_within(register: Register, frame: pl.DataFrame, resolver: Resolver) -> pl.DataFrame:
    """Return the records with the owner's name put before names that several things have (义诊 of which community?)."""
    for link in register.links:
        name = MENTION + link.field
        if link.within in frame.columns and name in frame.columns:
            pairs = frame.select(link.within, name).unique().drop_nulls()
            full = [resolver.name_within(owner, mention) for owner, mention in pairs.iter_rows()]
            known = pairs.with_columns(_full=pl.Series(full, dtype=pl.String))
            frame = frame.join(known, on=[link.within, name], how="left", maintain_order="left")
            frame = frame.with_columns(pl.coalesce("_full", name).alias(name)).drop("_full")
    return frame


def _names_own_body(link: Link, register: Register) -> bool:
    return register.row.is_unit and any(e.mention == "party" for e in link.other)


def _resolve(link: Link, frame: pl.DataFrame, resolver: Resolver) -> pl.DataFrame:
    name = MENTION + link.field
    mentions = one_a_row(frame.select(name), name)[name] if name in frame.columns else pl.Series([], dtype=pl.String)
    return resolver.resolve(link, mentions)


def _linked_ends(
    register: Register, resolved: Mapping[str, pl.DataFrame], frame: pl.DataFrame
) -> tuple[dict[str, pl.Series], dict[str, pl.Series]]:
    """Return for each relation type what stands at its other end, by row: the ids; and these or else the names as written."""
    linked: dict[str, pl.Series] = {}
    named: dict[str, pl.Series] = {}
    for link in register.links:
        name, kind = MENTION + link.field, link.relation.type
        if link.field in resolved and not link.split and name in frame.columns:
            ids, told = _ends(link, frame[name], resolved[link.field])
            first, told_first = linked.get(kind), named.get(kind)
            linked[kind] = ids if first is None else _in_order(first, ids)
            named[kind] = told if told_first is None else _in_order(told_first, told)
    return linked, named


def _ends(link: Link, names: pl.Series, found: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """Return what the names of each row stand for, and these or else the names as written; of several units all together."""
    rows = pl.DataFrame({"name": names}).with_row_index("at")
    many = names.dtype == pl.List(pl.String)
    rows = rows.explode("name") if many else rows
    ids = by_row(rows["name"], found)["id"]
    # A rider only tries to be a name, and of an address nothing is kept.
    told = ids if link.rides or link.personal else _first(ids, name_unresolved(rows["name"]))
    if not many:
        return ids, told
    ends = rows.with_columns(id=ids, told=told).group_by("at", maintain_order=True).agg(pl.col("id", "told").sort())
    whole = ends.select(
        id=pl.when(~pl.col("id").list.contains(None)).then(pl.col("id").list.join("+")),
        told=pl.when(~pl.col("told").list.contains(None)).then(pl.col("told").list.join("+")),
    )
    return whole["id"], whole["told"]


def _alike(frames: list[pl.DataFrame]) -> list[pl.DataFrame]:
    """Return frames in which a column of names is of one type: lists, where some older load has them."""
    lists = {
        n
        for frame in frames
        for n, dtype in frame.schema.items()
        if n.startswith(MENTION) and dtype == pl.List(pl.String)
    }
    return [
        frame.with_columns(
            pl.when(pl.col(n).is_not_null()).then(pl.concat_list(n)).alias(n)
            for n in lists
            if frame.schema.get(n) == pl.String
        )
        for frame in frames
    ]


def _told_ids(register: Register, frame: pl.DataFrame, linked: Mapping[str, pl.Series]) -> pl.Series:
    """Return what tells the records of two versions of a list apart: the id, and what the row adds to an entity of many rows."""
    added = [linked[k.relation.type].fill_null("") for k in register.links if k.gathers and k.relation.type in linked]
    return (pl.select(pl.concat_str(frame["id"], *added, separator="|")).to_series() if added else frame["id"]).alias(
        TOLD
    )


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


def _first(*series: pl.Series) -> pl.Series:
    return pl.select(pl.coalesce(*series)).to_series()


def _in_order(a: pl.Series, b: pl.Series) -> pl.Series:
    # Several parties of one agreement identify it together, whichever column each stands in; an empty column (丙方) names none.
    together = pl.concat_str(a, b, separator="|", ignore_nulls=True).str.split("|").list.sort().list.join("|")
    return pl.select(pl.when(together != "").then(together)).to_series()
