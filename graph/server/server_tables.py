"""Reads whole tables of a graph from a server and keeps them in memory, so that each is read only once."""

from __future__ import annotations

import threading
from collections.abc import Mapping

import polars as pl

from graph import cypher
from graph.backends.protocol import ServerEngine
from graph.digest import ENTITY_KEY, RELATION_KEY, relation_table_name, sort_table
from graph.kinds import PROVENANCE, Schema
from graph.searched import list_searched, make_index_query
from graph.server import cypher_texts
from graph.server.packed_tables import read_packed, unpack
from graph.server.state import Beside
from graph.stored_tables import StoredTables
from graph.tables import SOURCES, Tables, entity_columns, relation_columns
from graph.types.value_type import PolarsType

AT_ONCE_BYTES = 32 << 20  # of all packed tables together: a city of 1,000 communities has 8 MB
MOST_FOUND = 2_000  # entities that the index may find; of more, the names are read as tables, which takes no longer
NOTHING_BESIDE = Beside()


def read_table(engine: ServerEngine, name: str, columns: Mapping[str, PolarsType]) -> pl.DataFrame:
    """Return columns of a table of the graph server, in the fixed order that digests rely on (by key)."""
    source, *ends = name.split(".")
    key: tuple[str, ...]
    if ends:
        wanted = [c for c in columns if c not in RELATION_KEY]
        text, key = cypher.read_relations(source, ends[0], ends[1], wanted, ordered=False), RELATION_KEY
        wanted = [*RELATION_KEY, *wanted]
    else:
        wanted = ["id", *(c for c in columns if c != "id")]
        text, key = cypher.read_entities(source, wanted, ordered=False), ENTITY_KEY
    types = {"id": pl.String, "source": pl.String, "target": pl.String} | dict(columns)
    found = engine.read(text, {})
    frame = (
        found.cast({c: types[c] for c in wanted}) if found.width else pl.DataFrame(schema={c: types[c] for c in wanted})
    )
    return sort_table(frame, key).select(list(columns))


def read_all(engine: ServerEngine, schema: Schema) -> Tables:
    """Return everything that the server holds of the schema's kinds, without the statements."""
    entities = {e.label: read_table(engine, e.label, entity_columns(e)) for e in schema.entities}
    keys = {(r.type, source, target): relation_columns(r) for r in schema.relations for source, target in r.pairs()}
    relations = {key: read_table(engine, relation_table_name(key), columns) for key, columns in keys.items()}
    return Tables(entities, relations)


class ServerTables:
    """The tables of the snapshot that a graph server served when it was opened; each is read when it is first asked for.

    Tables are read packed, all together where they are small. Those that the server does not keep so, or that a publish has begun to
    replace meanwhile, are read row by row.
    """

    def __init__(
        self, engine: ServerEngine, schema: Schema, beside: Beside = NOTHING_BESIDE, stored: StoredTables | None = None
    ) -> None:
        self._engine, self._schema, self._beside, self._stored = engine, schema, beside, stored
        self._packed: dict[str, list[bytes]] = {}
        self._kept: dict[str, pl.DataFrame] = {}
        self._lock = threading.Lock()

    def read(self, name: str, columns: Mapping[str, PolarsType]) -> pl.DataFrame:
        """Return columns of a table; if some cannot be unpacked, all are read again together so that their rows agree."""
        if self._beside.tables and name not in self._beside.tables:
            return pl.DataFrame(schema=dict(columns))
        with self._lock:
            kept = self._kept.get(name, pl.DataFrame())
            missing = {column: dtype for column, dtype in columns.items() if column not in kept.columns}
            if missing and (parts := self._find_packed(name)):
                kept = pl.concat(
                    [kept, unpack(parts, missing)] if kept.width else [unpack(parts, missing)], how="horizontal"
                )
            elif missing:
                kept = read_table(self._engine, name, dict(kept.schema) | missing)
            self._kept[name] = kept
            return kept.select(list(columns))

    def _find_packed(self, name: str) -> list[bytes]:
        """Return a table's parts; small tables come all at once, for a question reads a dozen and each way to the server takes its time."""
        known = self._beside.tables
        if name in known and name not in self._packed:
            small = sum(one.size for one in known.values()) <= AT_ONCE_BYTES
            wanted = {n: one for n, one in known.items() if n not in self._packed} if small else {name: known[name]}
            self._packed |= {one: [] for one in wanted} | read_packed(self._engine, wanted)
        return self._packed.get(name, [])

    def find_written(self, asked: str) -> dict[str, list[str]] | None:
        """Return by label the ids of what the full-text index finds; None where it has nothing to say, or too much."""
        query = make_index_query(asked)
        if not query or not self._beside.searched:
            return None
        given = {"index": self._beside.searched, "query": query, "most": MOST_FOUND}
        rows = self._engine.read(cypher_texts.FIND, given)
        if rows.height == MOST_FOUND:
            return None
        searched = {kind.label for kind in list_searched(self._schema)}
        found: dict[str, list[str]] = {}
        for labels, id in rows.iter_rows():
            for label in searched.intersection(labels):
                found.setdefault(label, []).append(id)
        return found

    def find_sources(self, id: str) -> pl.DataFrame:
        """Return the spreadsheet rows that say something about one entity: all if a workspace is at hand, else the newest."""
        if self._stored is not None:
            return self._stored.find_sources(id)
        parts = [pl.DataFrame(schema=SOURCES)]
        for entity in self._schema.entities:
            found = self.read(entity.label, {"id": pl.String} | PROVENANCE).filter(pl.col("id") == id)
            parts.append(found.select(pl.lit(entity.label).alias("label"), "id", *PROVENANCE).cast(pl.Schema(SOURCES)))
        return pl.concat(parts)

    def read_sources(self, label: str) -> pl.DataFrame:
        """Return the spreadsheet rows that say something about entities of a kind: all if a workspace is at hand, else the newest."""
        if self._stored is not None:
            return self._stored.read_sources(label)
        own = self.read(label, {"id": pl.String} | PROVENANCE)
        return own.select(pl.lit(label).alias("label"), "id", *PROVENANCE).cast(pl.Schema(SOURCES))
