"""Turns the results of every engine into one form: a polars frame in which an entity is a map of its label and what it has.

Whole entities and relations have `label` (of a relation its type) and those of their properties that one of the rows has;
a path has `nodes` and `relations`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl


def to_frame(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> pl.DataFrame:
    """Return rows as a frame: whole numbers as Int64, days and times as polars has them, a column without a value as Null."""
    if not rows:
        return pl.DataFrame(schema=dict.fromkeys(names, pl.Null))
    columns = zip(*rows, strict=True)
    return pl.DataFrame([_series(name, values) for name, values in zip(names, columns, strict=True)])


def _series(name: str, values: Sequence[Any]) -> pl.Series:
    first = next((value for value in values if value is not None), None)
    if _is_plain(first):
        return pl.Series(name, values, strict=False)
    return pl.Series(name, [_native(value) for value in values], strict=False)


def _is_plain(value: Any) -> bool:
    """Tell whether a column that begins with this value needs no conversion: a driver never mixes kinds that do with others."""
    if isinstance(value, list):
        return all(isinstance(item, str | int | float | bool | None) for item in value)
    return isinstance(value, str | int | float | bool | None)


def _native(value: Any) -> Any:
    """Return a value as Python has it: the drivers' own days and times, also inside lists and maps, and entities as maps."""
    if isinstance(value, list):
        return [_native(item) for item in value]
    if isinstance(value, Mapping):
        return {name: _native(item) for name, item in value.items()}
    if hasattr(value, "to_native"):
        return value.to_native()
    if hasattr(value, "items"):  # a whole entity or relation
        return {"label": _label_of(value), **{name: _native(item) for name, item in sorted(value.items())}}
    if hasattr(value, "relationships"):
        return {"nodes": _native(list(value.nodes)), "relations": _native(list(value.relationships))}
    return value


def _label_of(value: Any) -> str:
    """Return the label of an entity or the type of a relation, as either driver keeps it."""
    labels = getattr(value, "labels", None)
    return ":".join(sorted(labels)) if labels is not None else str(getattr(value, "type", type(value).__name__))


# What the embedded engine keeps in an entity, a relation and a path: places in its file, and names of its own.
_PLACES = frozenset({"_ID", "_SRC", "_DST"})
_NAMES = {"_LABEL": "label", "_NODES": "nodes", "_RELS": "relations"}


def name_entities(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame of the embedded engine with its entities, relations and paths as maps of what they have."""
    return frame.with_columns(_name(frame[name]) for name, kind in frame.schema.items() if _has_entities(kind))


def _has_entities(kind: Any) -> bool:
    if isinstance(kind, pl.List):
        return _has_entities(kind.inner)
    return isinstance(kind, pl.Struct) and any(f.name in _NAMES or _has_entities(f.dtype) for f in kind.fields)


def _name(values: pl.Series) -> pl.Series:
    if isinstance(values.dtype, pl.List):
        return _name_items(values)
    if not _has_entities(values.dtype):
        return values
    fields = values.struct.unnest()
    told = [
        _name(fields[name]).alias(_NAMES.get(name, name))
        for name in sorted(fields.columns, key=lambda name: (name not in _NAMES, name))
        if name not in _PLACES and (name in _NAMES or fields[name].null_count() < fields.height)
    ]
    made = pl.DataFrame(told).with_columns(there=values.is_not_null())
    return made.select(pl.when("there").then(pl.struct(pl.exclude("there"))).alias(values.name)).to_series()


def _name_items(values: pl.Series) -> pl.Series:
    """Name what stands in lists, all of them at once."""
    rows = pl.DataFrame({"row": pl.int_range(len(values), eager=True), "item": values})
    items = rows.filter(pl.col("item").list.len() > 0).explode("item")
    named = items.with_columns(_name(items["item"])).group_by("row", maintain_order=True).agg("item")
    return rows.select("row").join(named, on="row", how="left", maintain_order="left")["item"].alias(values.name)
