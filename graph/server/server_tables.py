"""Reads whole tables of a graph from a server and keeps them in memory, so that each is read only once."""

from __future__ import annotations

import threading
from collections.abc import Mapping

import polars as pl

from graph import cypher
from graph.backends.protocol import ServerEngine
from graph.digest import ENTITY_KEY, RELATION_KEY, relation_table_name, sort_table
from graph.kinds import PROVENANCE, Schema
from graph.stored_tables import StoredTables
from graph.tables import SOURCES, Tables, entity_columns, relation_columns
from graph.types.value_type import PolarsType


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
    """The tables of the snapshot that a graph server served when it was opened; each is read when it is first asked for."""

    def __init__(self, engine: ServerEngine, schema: Schema, stored: StoredTables | None = None) -> None:
        self._engine, self._schema, self._stored = engine, schema, stored
        self._kept: dict[str, pl.DataFrame] = {}
        self._lock = threading.Lock()

    def read(self, name: str, columns: Mapping[str, PolarsType]) -> pl.DataFrame:
        """Return columns of a table; if some are not in memory, all are read again together so that their rows agree."""
        with self._lock:
            kept = self._kept.get(name)
            if kept is None or not set(columns) <= set(kept.columns):
                wanted = dict(kept.schema if kept is not None else {}) | dict(columns)
                kept = self._kept[name] = read_table(self._engine, name, wanted)
            return kept.select(list(columns))

    def find_sources(self, id: str) -> pl.DataFrame:
        """Return the spreadsheet rows that say something about one entity: all if a workspace is at hand, else the newest."""
        if self._stored is not None:
            return self._stored.find_sources(id)
        parts = [pl.DataFrame(schema=SOURCES)]
        for entity in self._schema.entities:
            found = self._engine.read(cypher.read_entity(entity.label, ["id", *PROVENANCE]), {"id": id})
            if found.height:
                parts.append(
                    found.select(pl.lit(entity.label).alias("label"), "id", *PROVENANCE).cast(pl.Schema(SOURCES))
                )
        return pl.concat(parts)

    def read_sources(self, label: str) -> pl.DataFrame:
        """Return the spreadsheet rows that say something about entities of a kind: all if a workspace is at hand, else the newest."""
        if self._stored is not None:
            return self._stored.read_sources(label)
        own = self.read(label, {"id": pl.String} | PROVENANCE)
        return own.select(pl.lit(label).alias("label"), "id", *PROVENANCE).cast(pl.Schema(SOURCES))
