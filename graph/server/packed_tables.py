"""The tables of a snapshot as a graph server keeps them beside its graph: packed, in parts, each a property of one node.

Questions read whole columns. Row by row a server sends, and a driver unpacks, every value by itself; a packed table comes as it is.
Each part names the digest of its whole table: whoever reads parts of another one knows that a publish has begun to replace them.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from graph.backends.protocol import ServerEngine, Statement
from graph.server.cypher_texts import TABLE

PART_ROWS = 1 << 17  # about 3 MB packed
HELD = f"""MATCH (t:{TABLE})
RETURN t.`table` AS name, t.full AS full, t.parts AS parts, count(t) AS held, sum(t.size) AS size"""
KEEP = f"""MERGE (t:{TABLE} {{id: $id}})
SET t.`table` = $name, t.part = $part, t.parts = $parts, t.full = $full, t.size = $size, t.content = $content"""
DROP = f"MATCH (t:{TABLE}) WHERE t.`table` = $name AND (t.full <> $full OR t.part >= $parts) DELETE t"
READ = f"""MATCH (t:{TABLE}) WHERE t.`table` IN $names
RETURN t.`table` AS name, t.full AS full, t.parts AS parts, t.part AS part, t.content AS content"""


@dataclass(frozen=True)
class Packed:
    """What is known of a packed table: the digest of its content with provenance, and its bytes."""

    full: str
    size: int


def pack(name: str, frame: pl.DataFrame, full: str) -> Iterator[Statement]:
    """Yield the statements that keep a table on a server; each may be run again."""
    parts = max(1, -(-frame.height // PART_ROWS))
    for part in range(parts):
        written = io.BytesIO()
        frame.slice(part * PART_ROWS, PART_ROWS).write_parquet(written, compression="zstd", statistics=False)
        content = written.getvalue()
        told = {"id": f"{name}#{part}", "name": name, "part": part, "parts": parts, "full": full}
        yield KEEP, told | {"size": len(content), "content": content}
    yield DROP, {"name": name, "full": full, "parts": parts}


def drop(name: str) -> Statement:
    """Return the statement that removes a table from a server."""
    return DROP, {"name": name, "full": "", "parts": 0}


def list_packed(engine: ServerEngine) -> dict[str, Packed]:
    """Return what a server keeps of each table; of one that is not whole, under no digest."""
    found: dict[str, Packed] = {}
    for name, full, parts, held, size in engine.read(HELD, {}).iter_rows():
        found[name] = Packed(full if parts == held and name not in found else "", size)
    return found


def read_packed(engine: ServerEngine, wanted: Mapping[str, Packed]) -> dict[str, list[bytes]]:
    """Return the parts of those of some tables that the server still keeps as wanted."""
    rows = engine.read(READ, {"names": list(wanted)})
    if not rows.width or rows.is_empty():
        return {}
    found: dict[str, list[bytes]] = {}
    for (name, full), parts in rows.sort("part").group_by("name", "full", maintain_order=True):
        if full == wanted[str(name)].full and parts.height == parts["parts"][0]:
            found[str(name)] = parts["content"].to_list()
    return found


def unpack(parts: Iterable[bytes], columns: Mapping[str, pl.DataType | type[pl.DataType]]) -> pl.DataFrame:
    """Return columns of a packed table; a column that it does not have yet is null."""
    frames = []
    for part in parts:
        stored = pl.read_parquet_schema(io.BytesIO(part))
        frame = pl.read_parquet(io.BytesIO(part), columns=[name for name in columns if name in stored])
        lacking = [pl.lit(None, dtype).alias(name) for name, dtype in columns.items() if name not in stored]
        frames.append(frame.with_columns(lacking).select(list(columns)))
    return pl.concat(frames)
