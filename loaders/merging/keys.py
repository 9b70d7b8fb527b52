"""Ids from records: the first of an entity's key templates whose parts are all there.

A unit that a row names and nobody knows is part of a key by its name: rooms of two unknown firms are two rooms.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from graph.kinds import KEY_PART, NTH, Entity
from graph.names import core, cut_suffix, is_masked, map_unique, normalize, room
from graph.types.teams import may_be_person
from loaders.merging.apart import WEAK, Told, adopt_owners, tell_apart, without
from loaders.merging.document_numbers import read_number
from loaders.merging.statements import SHEET

UNRESOLVED = "?"  # before a name in a key that stands for no known unit
_PARTING = str.maketrans(":|", "//")  # what parts a key parts no name in it


def name_unresolved(mentions: pl.Series) -> pl.Series:
    """Return what an id contains in place of a unit whose name is unknown: the name in comparable form; nulls stay null.

    The name of a person stands in no id: four digits tell two of them apart, and are those of hundreds of names.
    """
    names = map_unique(mentions, normalize)
    digits = map_unique(names, lambda name: hashlib.blake2b(name.encode(), digest_size=2).hexdigest())
    shown = map_unique(names, lambda name: name.translate(_PARTING))
    return UNRESOLVED + digits.zip_with(may_be_person(names), shown)


@dataclass(frozen=True)
class Keyed:
    """The ids of records. Rows that may be one of several things have none; rows told apart by little are to be looked at.

    `unsure` has index (of the row), name and candidates (ids, joined by |); `weak` has index and the property that differs.
    """

    ids: pl.Series
    unsure: pl.DataFrame
    weak: pl.DataFrame


UNSURE = pl.Schema({"index": pl.UInt32, "candidates": pl.String})


def build_ids(
    entity: Entity,
    frame: pl.DataFrame,
    linked: Mapping[str, pl.Series],
    named: Mapping[str, pl.Series],
    decided: Mapping[str, str] | None = None,
) -> Keyed:
    """Return the id of each record; null where no template of the entity's keys can be filled.

    `frame` has the stored columns and SHEET; `linked` gives for a relation type the ids at its other end, `named` the same with the
    names that stand for nothing known in their place: an optional part of a key takes these. `decided` are the ids that people said
    names stand for.
    """
    found = pl.Series("id", [None] * frame.height, dtype=pl.String)
    unsure, weak = [pl.DataFrame(schema=UNSURE)], [pl.DataFrame(schema=WEAK)]
    for number, template in enumerate(entity.keys):
        is_identifier = number == 0 and len(entity.keys) > 1
        builder = _Builder(entity, frame, linked, named, decided or {}, is_open=found.is_null())
        if entity.apart and not is_identifier:
            keyed = builder.tell_apart(template)
            made = None if keyed is None else keyed.ids
            unsure += [] if keyed is None else [keyed.unsure]
            weak += [] if keyed is None else [keyed.weak]
        else:
            made = builder.fill(template)
        found = found if made is None else pl.select(pl.coalesce(found, made)).to_series().alias("id")
    told = pl.concat(unsure)
    return Keyed(found, told.filter(pl.col("index").is_in(found.is_null().arg_true().implode())), pl.concat(weak))


@dataclass(frozen=True)
class _Builder:
    """Fills templates for the records of a frame; `given` are parts of keys that take the place of the frame's own."""

    entity: Entity
    frame: pl.DataFrame
    linked: Mapping[str, pl.Series]
    named: Mapping[str, pl.Series]
    decided: Mapping[str, str]
    is_open: pl.Series
    given: Mapping[str, pl.Series] = field(default_factory=dict)

    def fill(self, template: str) -> pl.Series | None:
        """Return the ids that a template gives the rows that have none yet; None where a part of it is in no row."""
        parts: list[pl.Series | pl.Expr] = []
        position = 0
        for part in KEY_PART.finditer(template):
            parts.append(pl.lit(template[position : part.start()]))
            position = part.end()
            value = self._place(template.replace(part[0], "")) if part["name"] == NTH else self._part(part)
            if value is None and not part["optional"]:
                return None
            parts.append(pl.lit("") if value is None else value.fill_null("") if part["optional"] else value)
        parts.append(pl.lit(template[position:]))
        made = self.frame.select(pl.concat_str(*parts).alias("id")).to_series()
        return without(made, (~self.is_open).arg_true())

    def tell_apart(self, template: str) -> Keyed | None:
        """Return ids of rows of one name as those of one or of several things, by what the kind is told apart by."""
        builder, unsure = self, pl.Series("index", [], dtype=pl.UInt32)
        signs = {name: sign for name in self.signs if (sign := self._sign(name)) is not None}
        open_parts = {p["name"]: p for p in KEY_PART.finditer(template) if p["optional"] and p["name"] in self.signs}
        base = self.fill(_left_out(template, [p[0] for p in open_parts.values()]))
        for name, part in open_parts.items():
            own, others = builder._part(part), [sign for other, sign in signs.items() if other != name]
            rest = builder.fill(_left_out(template, [p[0] for n, p in open_parts.items() if n not in builder.given]))
            if own is None or rest is None or not own.null_count():
                continue
            owners, lost = adopt_owners(rest, own, self.frame[SHEET], others, is_unit=self.entity.is_unit)
            builder, unsure = replace(builder, given={**builder.given, name: owners}), pl.concat([unsure, lost])
        made = builder.fill(template)
        if made is None or base is None:
            return None
        weak = [name.removesuffix("?") for name in self.entity.apart if name.endswith("?")]
        left = {name: sign for name, sign in signs.items() if name not in open_parts}
        told = tell_apart(without(made, unsure), left, weak, self.frame[SHEET])
        return self._settle(told, base, pl.concat([unsure, told.unsure]).unique().sort())

    @property
    def signs(self) -> list[str]:
        """Return the properties and relations by which the kind is told apart, the most trusted first."""
        return [name.removesuffix("?") for name in self.entity.apart]

    def _sign(self, name: str) -> pl.Series | None:
        series = self.named.get(name) if name.isupper() else self.frame[name] if name in self.frame.columns else None
        if series is None or series.dtype != pl.String or name.isupper():
            return series if series is None else self._unless_unique(series.cast(pl.String))
        return self._unless_unique(map_unique(series, lambda text: normalize(text).translate(_PARTING)))

    def _unless_unique(self, sign: pl.Series) -> pl.Series:
        """Leave out what a unit's registered name makes needless: there is one 某某有限公司, wherever it works."""
        if not self.entity.is_unit or "name" not in self.frame.columns:
            return sign
        kinds = map_unique(self.frame["name"], lambda name: cut_suffix(name)[1])
        return without(sign, (kinds == "有限公司").fill_null(value=False).arg_true())

    def _settle(self, told: Told, base: pl.Series, unsure: pl.Series) -> Keyed:
        """Name what each row that may be one of several things may be; what a person said that its name stands for is it."""
        if not unsure.len():
            return Keyed(told.ids, pl.DataFrame(schema=UNSURE), told.weak)
        things = pl.DataFrame({"base": base, "id": told.ids}).drop_nulls().unique().sort("id")
        listed = things.group_by("base").agg(pl.col("id"))
        names = self.frame[self.entity.named_by[0]].gather(unsure)
        meant = map_unique(names, lambda text: self.decided.get(normalize(text)))
        rows = pl.DataFrame({"index": unsure, "base": base.gather(unsure), "meant": meant})
        rows = rows.join(listed, on="base", how="left").with_columns(_is_one=pl.col("meant").is_in(pl.col("id")))
        settled = rows.filter(pl.col("_is_one").fill_null(value=False))
        ids = told.ids.clone().scatter(settled["index"], settled["meant"]) if settled.height else told.ids
        waiting = rows.join(settled, on="index", how="anti").sort("index")
        candidates = pl.col("id").list.join("|").alias("candidates")
        return Keyed(ids, waiting.select(pl.col("index").cast(pl.UInt32), candidates), told.weak)

    def _place(self, rest: str) -> pl.Series | None:
        """Return which of the rows of its sheet that share the rest of the key, and have no better one, a row is: 1, 2, …"""
        made = self.fill(rest)
        if made is None:
            return None
        rows = pl.DataFrame({"rest": made, "sheet": self.frame[SHEET], "row": self.frame["row"], "open": self.is_open})
        order = pl.struct("row", pl.int_range(pl.len())).rank("ordinal").over("rest", "sheet", "open")
        return rows.select(pl.when("open").then(order.cast(pl.String)).alias(NTH)).to_series()

    def _part(self, part: re.Match[str]) -> pl.Series | None:
        name, form = part["name"], part["form"]
        if name in self.given:
            return self.given[name]
        if name.isupper():
            ends = (self.named if part["optional"] or part["named"] else self.linked).get(name)
            return _pairs_only(ends) if form == "pair" and ends is not None else ends
        if name not in self.frame.columns:
            return None
        series = self.frame[name]
        if form == "date":
            return series.dt.to_string("%Y-%m-%d")
        if form == "year":
            return series.dt.year().cast(pl.String)
        if form == "core":  # a unit whose name was masked (某公司) is no one unit
            return map_unique(series, lambda text: None if self.entity.is_unit and is_masked(text) else core(text))
        readings: dict[str | None, Callable[[str], str | None]] = {
            "text": normalize, "room": room, "number": read_number,
        }  # fmt: skip
        reading = readings.get(form)
        return map_unique(series, reading) if reading else series.cast(pl.String)


def _left_out(template: str, parts: Iterable[str]) -> str:
    for part in parts:
        template = template.replace(part, "")
    return template


def _pairs_only(ends: pl.Series) -> pl.Series:
    """Return the ends of a relation where there are two different ones."""
    halves = ends.str.split("|")
    return without(ends, (halves.list.n_unique() < 2).fill_null(value=False).arg_true())


def adopt_identifiers(entity: Entity, frame: pl.DataFrame, within: pl.Series | None) -> pl.DataFrame:
    """Give a record that lacks its identifier the one that all other records with exactly the same name have.

    A unit whose code is missing or wrong in one file is thereby still the unit of another file. `within` narrows to records of
    the same street, for kinds whose names repeat between streets.
    """
    first = list(KEY_PART.finditer(entity.keys[0]))
    if not entity.is_unit or len(entity.keys) < 2 or len(first) != 1 or "name" not in frame.columns:
        return frame
    identifier = first[0]["name"]
    if identifier not in frame.columns or not frame[identifier].is_null().any():
        return frame
    keyed = frame.with_columns(
        _name=map_unique(frame["name"], normalize), _within=within if within is not None else pl.lit("")
    )
    known = (
        keyed.filter(pl.col(identifier).is_not_null())
        .group_by("_name", "_within")
        .agg(pl.col(identifier).unique().alias("_ids"))
        .filter(pl.col("_ids").list.len() == 1)
        .select("_name", "_within", _adopted=pl.col("_ids").list.first())
    )
    joined = keyed.join(known, on=["_name", "_within"], how="left", maintain_order="left", nulls_equal=True)
    return joined.with_columns(pl.coalesce(identifier, "_adopted").alias(identifier)).drop(
        "_name", "_within", "_adopted"
    )
