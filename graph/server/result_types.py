"""Gives a type to result columns that hold only nulls, for which a graph server sends no type.

So a result has the same types as from the embedded engine, which knows them from its schema.
Read from the text as far as it tells: a property (`n.day AS day`) has the type of the schema, a count is a whole number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import polars as pl

from graph.kinds import Schema
from graph.tables import entity_columns, relation_columns
from graph.types.value_type import PolarsType

_RETURN = re.compile(
    r"\bRETURN\s+(?:DISTINCT\s+)?(?P<items>.*?)(?=\s+(?:ORDER\s+BY|SKIP|LIMIT|UNION)\b|$)", re.IGNORECASE | re.DOTALL
)
_ITEM = re.compile(r"^(?P<value>.+?)\s+AS\s+`?(?P<name>\w+)`?$", re.IGNORECASE | re.DOTALL)
_PROPERTY = re.compile(r"^\w+\.`?(?P<name>\w+)`?$")
_FUNCTIONS = {
    "count": pl.Int64,
    "size": pl.Int64,
    "tointeger": pl.Int64,
    "tofloat": pl.Float64,
    "tostring": pl.String,
    "type": pl.String,
}


def property_types(schema: Schema) -> dict[str, PolarsType]:
    """Return the type of every property name that has the same one wherever it occurs."""
    found: dict[str, set[Any]] = {}
    columns = [entity_columns(e) for e in schema.entities] + [relation_columns(r) for r in schema.relations]
    for kinds in columns:
        for name, dtype in kinds.items():
            found.setdefault(name, set()).add(dtype)
    return {name: next(iter(dtypes)) for name, dtypes in found.items() if len(dtypes) == 1}


def with_types(frame: pl.DataFrame, text: str, types: Mapping[str, PolarsType]) -> pl.DataFrame:
    """Return a result with a type for each column without a value, as far as its text tells."""
    unknown = [name for name, dtype in frame.schema.items() if dtype == pl.Null]
    if not unknown:
        return frame
    values = _returned(text)
    known = {name: dtype for name in unknown if (dtype := _type_of(values.get(name, ""), types)) is not None}
    return frame.cast(known) if known else frame  # type: ignore[arg-type]


def _type_of(value: str, types: Mapping[str, PolarsType]) -> Any:
    found = _PROPERTY.match(value)
    if found:
        return types.get(found["name"])
    return _FUNCTIONS.get(value.partition("(")[0].strip().lower()) if value.endswith(")") else None


@lru_cache(maxsize=1000)
def _returned(text: str) -> dict[str, str]:
    """Return what the last RETURN of a text returns under each name."""
    clauses = list(_RETURN.finditer(text))
    items = _split(clauses[-1]["items"]) if clauses else []
    return {found["name"]: found["value"].strip() for item in items if (found := _ITEM.match(item.strip()))}


def _split(items: str) -> list[str]:
    """Split at the commas that stand outside brackets."""
    parts, depth = [""], 0
    for sign in items:
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "," and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return parts
