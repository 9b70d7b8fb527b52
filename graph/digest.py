"""The digest of a graph's content: equal for equal content, whatever the order of rows, the machine or the version of polars.

It covers content and validity, not provenance: two files that say the same give the same graph. Columns and tables without a
value count as absent, so a property added to the schema changes nothing until something has it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa

from graph.kinds import PROVENANCE
from graph.snapshot import SOURCES_TABLE, TableFact
from graph.tables import RelationKey, Tables

BYTES = 16
ENTITY_KEY, RELATION_KEY = ("id",), ("source", "target")
SOURCES_KEY = ("id", "label", "load_id", "sheet", "row")
THREADS = 2  # hashing releases the interpreter lock


@dataclass(frozen=True)
class Digests:
    """The digest of a graph's whole content, and the row count and digests of each of its tables."""

    total: str
    tables: Mapping[str, TableFact]


def digest(tables: Tables) -> str:
    """Return the digest of a graph's content as 32 hexadecimal digits."""
    return digest_tables(tables).total


def digest_tables(tables: Tables, is_sorted: bool = False) -> Digests:
    """Return the digests of the whole content and of every table with rows; `is_sorted` if `sort_table` was applied before."""
    facts = {
        name: _digest_table(frame if is_sorted else sort_table(frame, key)) for name, frame, key in named_tables(tables)
    }
    total = _new_hash()
    for name in sorted(facts):
        if name != SOURCES_TABLE:
            total.update(f"{name}\0{facts[name].rows}\0{facts[name].content}\n".encode())
    return Digests(total.hexdigest(), facts)


def named_tables(tables: Tables) -> Iterable[tuple[str, pl.DataFrame, tuple[str, ...]]]:
    """Yield name, frame and sorting key of every table that has rows: Member, WORKS_AT.Member.Enterprise, and the statements."""
    for label, frame in tables.entities.items():
        if frame.height:
            yield label, frame, ENTITY_KEY
    for key, frame in tables.relations.items():
        if frame.height:
            yield relation_table_name(key), frame, RELATION_KEY
    if tables.sources.height:
        yield SOURCES_TABLE, tables.sources, SOURCES_KEY


def relation_table_name(key: RelationKey) -> str:
    """Return the name of the table of a relation between two kinds of entity."""
    return ".".join(key)


def content_columns(frame: pl.DataFrame) -> list[str]:
    """Return the columns of a table without its provenance columns (from which load, sheet and row a value comes)."""
    return [c for c in frame.columns if c not in PROVENANCE]


def sort_table(frame: pl.DataFrame, key: Iterable[str]) -> pl.DataFrame:
    """Return a table's rows in an order that depends on their content only: by key, then by all other columns where keys repeat."""
    columns = list(key)
    if not frame.select(_is_sorted(columns)).item():
        frame = frame.sort(columns)
    if not frame.select(_has_repeats(columns)).item():
        return frame
    # Content before provenance: the order of equal keys must not depend on the files from which rows came.
    rest = sorted((c for c in frame.columns if c not in columns), key=lambda c: (c in PROVENANCE, c))
    texts = [pl.col(c).list.join("\x1f") if isinstance(frame.schema[c], pl.List) else pl.col(c) for c in rest]
    return frame.sort([*map(pl.col, columns), *texts])


def _is_sorted(columns: list[str]) -> pl.Expr:
    """Tell whether no row's key is smaller than that of the row before (a null is smaller than every value)."""
    smaller, equal = pl.lit(False), pl.lit(True)
    for name in columns:
        this, before = pl.col(name), pl.col(name).shift(1)
        smaller = smaller | (equal & ((this < before) | (this.is_null() & before.is_not_null())).fill_null(False))
        equal = equal & this.eq_missing(before)
    return ~(smaller.slice(1).any())


def _has_repeats(columns: list[str]) -> pl.Expr:
    """Tell whether the key of a sorted row equals that of the row before."""
    equal = pl.lit(True)
    for name in columns:
        equal = equal & pl.col(name).eq_missing(pl.col(name).shift(1))
    return equal.slice(1).any()


def _digest_table(ordered: pl.DataFrame) -> TableFact:
    names = sorted(ordered.columns)
    with ThreadPoolExecutor(THREADS) as pool:
        hashes = dict(zip(names, pool.map(lambda name: _digest_column(ordered[name]), names), strict=True))
    content, full = _new_hash(), _new_hash()
    for name, found in hashes.items():
        if found:
            entry = name.encode() + b"\0" + found
            full.update(entry)
            if name not in PROVENANCE:
                content.update(entry)
    return TableFact(ordered.height, content.hexdigest(), full.hexdigest())


def _digest_column(series: pl.Series) -> bytes:
    """Return the hash of a column's values in their order; empty for a column without a value."""
    if series.null_count() == series.len():
        return b""
    found = _new_hash()
    _feed(found, series)
    return bytes(found.digest())


def _feed(found: Any, series: pl.Series) -> None:
    """Hash a series: which values are there, then the values, with zero or nothing in the place of nulls."""
    if series.null_count():
        found.update(np.packbits(series.is_not_null().to_numpy()).tobytes())
    kind = series.dtype
    if kind == pl.String:
        _feed_texts(found, series.fill_null(""))
    elif isinstance(kind, pl.List):
        filled = series.fill_null(pl.Series([[]], dtype=kind))
        found.update(b"list" + filled.list.len().to_numpy().astype("<u4").tobytes())
        _feed(found, filled.filter(filled.list.len() > 0).explode())
    else:
        token, numbers = _numbers(series)
        found.update(token)
        found.update(np.ascontiguousarray(numbers).data)


def _feed_texts(found: Any, filled: pl.Series) -> None:
    found.update(b"text")
    if not filled.len():
        return
    array = filled.rechunk().to_arrow()
    if not pa.types.is_large_string(array.type):
        array = array.cast(pa.large_string())
    _, offsets, data = array.buffers()
    bounds = np.frombuffer(offsets, dtype=np.int64)[array.offset : array.offset + len(array) + 1]
    found.update(np.diff(bounds).astype("<u4").data)
    if data is not None:
        found.update(memoryview(data)[bounds[0] : bounds[-1]])


def _numbers(series: pl.Series) -> tuple[bytes, np.ndarray[Any, Any]]:
    """Return a token for the kind of value, and the values as little-endian numbers."""
    kind = series.dtype
    if kind.is_float():
        values = series.fill_null(0.0).cast(pl.Float64).fill_nan(float("nan")).to_numpy()
        return b"real", np.where(values == 0, 0.0, values).astype("<f8")
    if kind == pl.Boolean:
        return b"bool", series.fill_null(False).to_numpy().astype("u1")
    if kind.is_integer():
        return b"whole", series.cast(pl.Int64).fill_null(0).to_numpy().astype("<i8", copy=False)
    if kind == pl.Date or isinstance(kind, pl.Datetime):
        exact = series if kind == pl.Date else series.cast(pl.Datetime("us"))
        return kind.base_type().__name__.encode(), exact.to_physical().cast(pl.Int64).fill_null(0).to_numpy().astype(
            "<i8", copy=False
        )
    raise TypeError(f"Column {series.name!r} has the type {kind}, which no property is stored as.")


def _new_hash() -> Any:
    make: Callable[..., Any] = hashlib.blake2b
    return make(digest_size=BYTES)
