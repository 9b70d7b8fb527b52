"""Writes the tables of a snapshot to disk and reads them back column by column."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path

import polars as pl

from graph.digest import RELATION_KEY, SOURCES_KEY, named_tables, relation_table_name, sort_table
from graph.disk import FileFact, describe_file, sync_file
from graph.kinds import Schema
from graph.snapshot import SOURCES_TABLE, Snapshot, TableFact, table_file
from graph.storage_errors import SnapshotDamagedError
from graph.tables import SOURCES, RelationKey, Tables, empty_table, entity_columns, relation_columns
from graph.types.value_type import PolarsType

ROW_GROUP = 1 << 17


def arrange(tables: Tables, schema: Schema) -> Tables:
    """Return the tables in a standard form: one for every kind in the schema, with ordered, typed columns and sorted rows."""
    entities = {e.label: _shape(tables.entities.get(e.label), entity_columns(e), ["id"]) for e in schema.entities}
    relations: dict[RelationKey, pl.DataFrame] = {}
    for relation in schema.relations:
        for source, target in relation.pairs():
            key = (relation.type, source, target)
            relations[key] = _shape(tables.relations.get(key), relation_columns(relation), list(RELATION_KEY))
    for unknown in [*(set(tables.entities) - set(entities)), *(set(tables.relations) - set(relations))]:
        schema.entity(unknown) if isinstance(unknown, str) else schema.relation("/".join(unknown))
    return Tables(entities, relations, _shape(tables.sources, SOURCES, list(SOURCES_KEY)))


def _shape(frame: pl.DataFrame | None, columns: Mapping[str, PolarsType], key: list[str]) -> pl.DataFrame:
    if frame is None or not frame.height:
        return empty_table(columns)
    missing = [pl.lit(None, dtype).alias(name) for name, dtype in columns.items() if name not in frame.columns]
    return sort_table(frame.with_columns(missing).select(list(columns)).cast(pl.Schema(columns)), key)


def write_tables(
    folder: Path, tables: Tables, facts: Mapping[str, TableFact], last: Snapshot | None
) -> dict[str, FileFact]:
    """Write every table that has rows as a file; an unchanged table is linked to the file of the last snapshot."""
    written = {}
    for name, frame, _ in named_tables(tables):
        file, path = table_file(name), folder / table_file(name)
        if last is not None and last.tables.get(name) == facts[name] and _share(last, file, path):
            written[file] = last.files[file]
            continue
        frame.write_parquet(path, compression="lz4", statistics=name == SOURCES_TABLE, row_group_size=ROW_GROUP)
        sync_file(path)
        written[file] = describe_file(path)
    return written


def _share(last: Snapshot, file: str, path: Path) -> bool:
    """Give a file of the last snapshot a second name; False where it is damaged or has to be written anew."""
    try:
        source = last.check_file(file)
        try:
            os.link(source, path)
        except OSError:  # a file system without hard links
            shutil.copyfile(source, path)
            sync_file(path)
    except (SnapshotDamagedError, KeyError):
        return False
    return True


def read_table(snapshot: Snapshot, name: str, columns: Iterable[str] | None = None) -> pl.DataFrame:
    """Read columns of a stored table; SnapshotDamagedError when the file is not what the manifest says."""
    path = snapshot.check_file(table_file(name))
    try:
        return pl.read_parquet(path, columns=list(columns) if columns is not None else None, memory_map=True)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise SnapshotDamagedError(snapshot=snapshot.name, reason=f"{name}: {error}") from error


def read_tables(snapshot: Snapshot, schema: Schema) -> Tables:
    """Read everything that a snapshot holds."""
    stored = StoredTables(snapshot)
    entities = {e.label: stored.read(e.label, entity_columns(e)) for e in schema.entities}
    keys = {(r.type, source, target): r for r in schema.relations for source, target in r.pairs()}
    relations = {key: stored.read(relation_table_name(key), relation_columns(r)) for key, r in keys.items()}
    return Tables(entities, relations, stored.read(SOURCES_TABLE, SOURCES))


class StoredTables:
    """The tables of one snapshot, each column read once and then kept."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._kept: dict[str, dict[str, pl.Series]] = {}
        self._lock = threading.Lock()

    def read(self, name: str, columns: Mapping[str, PolarsType]) -> pl.DataFrame:
        """Return columns of a table; a table without rows is empty, a column that it does not have yet is null."""
        if name not in self.snapshot.tables:
            return pl.DataFrame(schema=dict(columns))
        with self._lock:
            kept = self._kept.setdefault(name, {})
            missing = {c: dtype for c, dtype in columns.items() if c not in kept}
            if missing:
                kept.update({series.name: series for series in self._load(name, missing)})
            return pl.DataFrame([kept[c] for c in columns])

    def _load(self, name: str, columns: Mapping[str, PolarsType]) -> pl.DataFrame:
        stored = pl.read_parquet_schema(self.snapshot.check_file(table_file(name)))
        found = read_table(self.snapshot, name, [c for c in columns if c in stored])
        if not found.width:
            found = pl.DataFrame({"_": [None] * self.snapshot.tables[name].rows})
        # Added, not selected: a selection of nothing but nulls would have a single row.
        missing = [pl.lit(None, dtype).alias(c) for c, dtype in columns.items() if c not in stored]
        return found.with_columns(missing).select(list(columns))

    def find_written(self, asked: str) -> None:
        """Say nothing: no index is kept beside the tables, and they are looked through as quickly."""

    def read_sources(self, label: str) -> pl.DataFrame:
        """Return the statements about entities of a kind."""
        return self.read(SOURCES_TABLE, SOURCES).filter(pl.col("label") == label)

    def find_sources(self, id: str) -> pl.DataFrame:
        """Return the statements about one entity, without reading the rest."""
        if SOURCES_TABLE not in self.snapshot.tables:
            return pl.DataFrame(schema=SOURCES)
        path = self.snapshot.check_file(table_file(SOURCES_TABLE))
        try:
            return pl.scan_parquet(path).filter(pl.col("id") == id).select(list(SOURCES)).collect()
        except (OSError, pl.exceptions.PolarsError) as error:
            raise SnapshotDamagedError(snapshot=self.snapshot.name, reason=f"{SOURCES_TABLE}: {error}") from error
