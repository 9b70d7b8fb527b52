"""Ids from records: the first of an entity's key templates whose parts are all there.

A unit that a row names and nobody knows is part of a key by its name: rooms of two unknown firms are two rooms.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import polars as pl

from graph.kinds import KEY_PART, Entity
from graph.names import core, map_unique, normalize
from graph.types.teams import may_be_person

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


def build_ids(
    entity: Entity, frame: pl.DataFrame, linked: Mapping[str, pl.Series], named: Mapping[str, pl.Series]
) -> pl.Series:
    """Return the id of each record; null where no template of the entity's keys can be filled.

    `frame` has the stored columns; `linked` gives for a relation type the ids at its other end, `named` the same with the names
    that stand for nothing known in their place: an optional part of a key takes these.
    """
    made = [_fill(template, frame, linked, named) for template in entity.keys]
    filled = [series for series in made if series is not None]
    if not filled:
        return pl.Series("id", [None] * frame.height, dtype=pl.String)
    return pl.select(pl.coalesce(*filled)).to_series().alias("id")


def _fill(
    template: str, frame: pl.DataFrame, linked: Mapping[str, pl.Series], named: Mapping[str, pl.Series]
) -> pl.Series | None:
    parts: list[pl.Series | pl.Expr] = []
    position = 0
    for part in KEY_PART.finditer(template):
        if part.start() > position:
            parts.append(pl.lit(template[position : part.start()]))
        position = part.end()
        value = _value(part["name"], part["form"], frame, named if part["optional"] else linked)
        if value is None:
            if not part["optional"]:
                return None
            parts.append(pl.lit(""))
        else:
            parts.append(value.fill_null("") if part["optional"] else value)
    if position < len(template):
        parts.append(pl.lit(template[position:]))
    if len(parts) == 1 and isinstance(parts[0], pl.Series):
        return parts[0]
    return frame.select(pl.concat_str(*parts)).to_series()


def _value(name: str, form: str | None, frame: pl.DataFrame, linked: Mapping[str, pl.Series]) -> pl.Series | None:
    if name.isupper():
        return linked.get(name)
    if name not in frame.columns:
        return None
    series = frame[name]
    if form == "core":
        return map_unique(series, core)
    if form == "text":
        return map_unique(series, normalize)
    if form == "date":
        return series.dt.to_string("%Y-%m-%d")
    if form == "year":
        return series.dt.year().cast(pl.String)
    return series.cast(pl.String)


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
