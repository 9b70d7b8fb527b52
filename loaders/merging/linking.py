"""Turns records with resolved names into relations, and into entities that are known from such a name only."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import polars as pl

from graph.kinds import PROVENANCE, Link, Register, Relation
from graph.schema.members import Concept
from graph.schema.organizations import HAS_PARTY_ORGANIZATION, PartyOrganization, Subdistrict
from graph.tables import RelationKey
from loaders.cleaning.mentions import MENTION, one_a_row
from loaders.merging.combine import MENTIONED, STANDING
from loaders.merging.links import Resolver
from loaders.names.resolve import Unit
from loaders.names.unit_roll import UnitRoll


@dataclass
class Statements:
    """Everything that the loads say, as frames: entities by label, relations by type and ends, and the rows each was read from."""

    entities: dict[str, list[pl.DataFrame]] = field(default_factory=lambda: defaultdict(list))
    relations: dict[RelationKey, list[pl.DataFrame]] = field(default_factory=lambda: defaultdict(list))
    sources: list[pl.DataFrame] = field(default_factory=list)

    def add_records(self, label: str, records: pl.DataFrame) -> None:
        """Add the records of a register's row entity."""
        self.entities[label].append(records)
        self.sources.append(records.select(pl.lit(label).alias("label"), "id", *PROVENANCE))

    def add_link(
        self, register: Register, link: Link, records: pl.DataFrame, found: pl.DataFrame | None, roll: UnitRoll
    ) -> None:
        """Add the relations that a column of names states, and the entities that only these names tell of.

        `found` is what the names were resolved to; None where they are Party bodies of the row's own unit, resolved here.
        """
        rows = _with_ends(register, link, records, found, roll)
        if any(e.mention in {"create", "party"} for e in link.other):
            self._add_mentioned(link, rows, roll)
        own, other = ("target", "source") if link.end == "source" else ("source", "target")
        columns = _relation_columns(register, link, rows)
        for (label,), part in rows.partition_by("_label", as_dict=True).items():
            ends = (str(label), register.row.label) if link.end == "source" else (register.row.label, str(label))
            self.relations[link.relation.type, *ends].append(
                part.select(pl.col("id").alias(own), pl.col("_other").alias(other), *columns, *STANDING)
            )

    def add_rows(self, relation: Relation, records: pl.DataFrame) -> None:
        """Add records that are relations themselves, each with its source and target."""
        stored = [c for c in relation.columns() if c in records.columns]
        for (source, target), part in records.partition_by("_source", "_target", as_dict=True).items():
            self.relations[relation.type, str(source), str(target)].append(part.select(*stored, *STANDING))

    def _add_mentioned(self, link: Link, rows: pl.DataFrame, roll: UnitRoll) -> None:
        label = next(e.label for e in link.other if e.mention in {"create", "party"})
        made = rows.filter(pl.col("_name").is_not_null())
        made = made.unique(["_other", "_live", "_rank"], keep="first", maintain_order=True)
        frame = made.select(pl.col("_other").alias("id"), pl.col("_name").alias("name"), *STANDING)
        if label == Concept.label:
            frame = frame.with_columns(scheme=pl.lit(link.scheme))
        elif label == PartyOrganization.label:
            frame = frame.with_columns(_body_parts(made["_other"]))
            self._attach_bodies(made, roll)
        elif label == Subdistrict.label:
            roll.add(Unit(i, label, n) for i, n in frame.select("id", "name").unique(maintain_order=True).iter_rows())
        self.entities[label].append(frame.with_columns(pl.lit(value=True).alias(MENTIONED)))

    def _attach_bodies(self, made: pl.DataFrame, roll: UnitRoll) -> None:
        labels = roll.labels
        hosted = made.filter(pl.col("_host").is_not_null())
        for label in sorted({labels[h] for h in hosted["_host"].unique()}):
            of_label = hosted.filter(
                pl.col("_host").replace_strict(list(labels), list(labels.values()), default=None) == label
            )
            self.relations[HAS_PARTY_ORGANIZATION.type, label, PartyOrganization.label].append(
                of_label.select(pl.col("_host").alias("source"), pl.col("_other").alias("target"), *STANDING)
            )


def _with_ends(
    register: Register, link: Link, records: pl.DataFrame, found: pl.DataFrame | None, roll: UnitRoll
) -> pl.DataFrame:
    """Return a row per record and name, with the other end's id and label and what the name creates; unresolved names left out."""
    name = MENTION + link.field
    fields = [c for _, f in link.properties for c in _stored(register, f) if c in records.columns]
    rows = records.select("id", name, *dict.fromkeys(fields), *STANDING).filter(pl.col(name).is_not_null())
    rows = rows if link.gathers else _leave_undated(_supersede(rows))
    rows = one_a_row(rows, name).filter(pl.col(name).is_not_null())
    if found is None:
        known = Resolver(roll.registry).resolve(link, rows[name], rows["id"]).with_columns(host=pl.lit(None, pl.String))
    else:
        known = by_row(rows[name], found)
    ends = known.select(_other="id", _label="label", _name="name", _host="host")
    return pl.concat([rows, ends], how="horizontal").filter(pl.col("_other").is_not_null())


def _supersede(rows: pl.DataFrame) -> pl.DataFrame:
    """Let only the newest sheet's cell hold where several sheets say what one thing is linked to; `rows` are in order of id."""
    ids = rows["id"]
    places = ((ids == ids.shift(1)) | (ids == ids.shift(-1))).fill_null(False).arg_true()
    if not places.len():
        return rows
    told = rows.select("id", "_live", "_rank", "_as_of", "_until")[places]
    newest = pl.col("_rank").filter("_live").max().over("id")
    stale = pl.col("_live") & (pl.col("_rank") < newest)
    since = pl.col("_as_of").filter("_live").max().over("id")
    told = told.with_columns(_live=pl.col("_live") & ~stale, _until=pl.when(stale).then(since).otherwise("_until"))
    changed = [rows[name].clone().scatter(places, told[name]) for name in ("_live", "_until")]
    return rows.with_columns(changed)


def _leave_undated(rows: pl.DataFrame) -> pl.DataFrame:
    """Leave out what no longer holds since a day that nobody told: closed on no day, it would still seem to hold."""
    lost = ~pl.col("_live") & pl.col("_until").is_null()
    return rows if rows["_live"].all() else rows.filter(~(lost & pl.col("_live").any().over("id")))


def by_row(mentions: pl.Series, found: pl.DataFrame) -> pl.DataFrame:
    """Return the resolved entity for each mention of a name, in the order of the mentions."""
    return pl.DataFrame({"mention": mentions}).join(found, on="mention", how="left", maintain_order="left")


def _relation_columns(register: Register, link: Link, rows: pl.DataFrame) -> list[pl.Expr]:
    columns = [pl.lit(value).alias(name) for name, value in link.constants]
    for prop, field_name in link.properties:
        stored = link.relation.property(prop).columns()
        pairs = zip(_stored(register, field_name), stored, strict=True)
        columns += [pl.col(old).alias(new) for old, new in pairs if old in rows.columns]
    return columns


def _stored(register: Register, field_name: str) -> list[str]:
    return list(register.type_of(register.column(field_name)).columns(field_name))


def _body_parts(ids: pl.Series) -> list[pl.Series]:
    # po:<host>:<kind>:<ordinal>; a body whose host is unknown is po:<its name> and has no parts.
    parts = ids.str.split(":")
    known = parts.list.len() > 3
    kind = parts.list.get(-2, null_on_oob=True)
    ordinal = parts.list.get(-1, null_on_oob=True).replace("", None)
    return [
        pl.select(pl.when(known).then(part)).to_series().alias(name)
        for name, part in (("type", kind), ("ordinal", ordinal))
    ]
