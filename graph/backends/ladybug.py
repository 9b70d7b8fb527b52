"""The embedded graph engine: builds a snapshot's graph file, applies small changes to a copy of one, and opens it for reading."""

from __future__ import annotations

import os
import re
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from queue import LifoQueue
from typing import Any

import ladybug
import polars as pl
import psutil
import pyarrow as pa

from graph import cypher
from graph.backends.protocol import GraphFacts, Parameters
from graph.backends.result_frames import name_entities
from graph.difference import TableDifference, touched_pairs
from graph.digest import relation_table_name
from graph.errors import EngineError, QueryError, QueryTimeoutError
from graph.kinds import Schema
from graph.statement import quote_properties
from graph.tables import RelationKey, Tables, entity_columns, relation_columns
from graph.texts import Said

# Addresses that an open file takes; by default 8 TiB, of which a process has room for fifteen.
MOST_BYTES = 1 << 40
BUILD_POOL_BYTES = 4 << 30  # at most; a fresh build wants room for keys and indexes
# Deleting a relation walks the list of its ends: 0.5 ms at an entity with 125,000 relations, in which time 200 rows are copied.
ROWS_PER_CHANGE = 150
# Asked for here, since it loads the native part: a second thread that asks meanwhile is told that there is none.
_STORAGE_VERSION = ladybug.Database.get_storage_version()
LONGEST_CACHE = 500  # a connection keeps every text it prepared: after so many it is replaced
# Up to so many rows COPY costs more than it spares: it makes room for 131,072 first (10 ms a kind, most of a small load).
FEW_ROWS = 1000
# Words of the engine's own that properties of the schema have for names, too.
RESERVED = frozenset({"end", "ends"})
# How the engine begins the sentences that blame the text, not the machine.
_BLAMES_TEXT = tuple(
    f"{word} exception" for word in ("Parser", "Binder", "Catalog", "Conversion", "Runtime", "Overflow")
)
_BLAMES_FORM = "Parser exception"
_EXPECTED = re.compile(r" expecting \{[^}]*\}")  # a hundred words that could have stood there
_QUOTED = Said(
    "\n名称与查询语言的词相同时，请加反引号，如 a.`ends`、AS `end`。",
    "\nA name that is a word of the language, too, is put in back-ticks: a.`ends`, AS `end`.",
)


def engine_version() -> str:
    """Return the engine's name and file format version, by which a graph file that it cannot open is recognized."""
    return f"ladybug {_STORAGE_VERSION}"


def build(path: Path, tables: Tables, schema: Schema) -> None:
    """Make a new graph file with everything that the tables hold."""
    entities = {label: frame for label, frame in tables.entities.items() if frame.height}
    relations = {key: frame for key, frame in tables.relations.items() if frame.height}  # most kinds of pairs have none
    with _writing(path, schema) as graph:
        graph.create_schema()
        for label, frame in entities.items():
            graph.copy_entities(label, frame)
        for key, frame in relations.items():
            graph.copy_relations(key, frame)
        for label, frame in entities.items():
            graph.check_entities(label, frame)
        for key, frame in relations.items():
            graph.check_relations(key, frame)


def apply(path: Path, tables: Tables, schema: Schema, differences: Mapping[str, TableDifference]) -> None:
    """Update a copy of the last graph file so that it holds the content of `tables`, by writing only the rows in `differences`."""
    relations = {key: d for key in tables.relations if (d := differences.get(relation_table_name(key)))}
    anew = _types_to_refill(tables, relations)
    with _writing(path, schema) as graph:
        for type in sorted(anew):
            graph.drop_relations(type)
        relations = {key: difference for key, difference in relations.items() if key[0] not in anew}
        for key, difference in relations.items():
            graph.delete_relations(key, touched_pairs(difference))
        for label in tables.entities:
            if label in differences:
                graph.change_entities(label, differences[label])
        for key, difference in relations.items():
            pairs = touched_pairs(difference)
            touched = tables.relations[key].join(pairs, on=["source", "target"], how="semi")
            graph.copy_relations(
                key, pl.concat([touched, difference.added.join(pairs, on=["source", "target"], how="anti")])
            )
        refilled = [key for key in tables.relations if key[0] in anew]
        for key in refilled:
            graph.copy_relations(key, tables.relations[key])
        for label in tables.entities:
            if label in differences:
                graph.check_entities(label, tables.entities[label])
        for key in [*relations, *refilled]:
            graph.check_relations(key, tables.relations[key])


def _types_to_refill(tables: Tables, relations: Mapping[RelationKey, TableDifference]) -> set[str]:
    """Return the relation types of which so much changed that filling them anew is quicker than changing them."""
    rows: Counter[str] = Counter()
    touched: Counter[str] = Counter()
    for key, frame in tables.relations.items():
        rows[key[0]] += frame.height
    for key, difference in relations.items():
        touched[key[0]] += difference.changed.height + difference.removed.height
    return {type for type, n in touched.items() if n * ROWS_PER_CHANGE > rows[type]}


class _Writer:
    """A graph file being written; nobody reads it yet."""

    def __init__(self, connection: Any, schema: Schema) -> None:
        self._connection, self._schema = connection, schema

    def run(self, text: str, rows: pa.Table | None = None) -> Any:
        return self._connection.execute(text, {} if rows is None else {"rows": rows})

    def create_schema(self) -> None:
        self.run("BEGIN TRANSACTION")  # each text by itself would be a transaction, with its own log
        for text in cypher.create_schema(self._schema):
            self.run(text)
        self.run("COMMIT")

    def copy_entities(self, label: str, frame: pl.DataFrame) -> None:
        if frame.height:
            entity = self._schema.entity(label)
            few = frame.height <= FEW_ROWS
            text = cypher.create_few_entities(entity) if few else cypher.copy_entities(label)
            self.run(text, frame.select(list(entity_columns(entity))).to_arrow())

    def copy_relations(self, key: tuple[str, str, str], frame: pl.DataFrame) -> None:
        if frame.height:
            columns = relation_columns(self._schema.relation(key[0]))
            self.run(cypher.copy_relations(*key), frame.select(list(columns)).to_arrow())

    def drop_relations(self, type: str) -> None:
        self.run(f"DROP TABLE {cypher.quote(type)}")
        self.run(cypher.create_relations(self._schema.relation(type)))

    def delete_relations(self, key: tuple[str, str, str], pairs: pl.DataFrame) -> None:
        if pairs.height:
            self.run(cypher.delete_relations(*key, frame=True), pairs.to_arrow())

    def change_entities(self, label: str, difference: TableDifference) -> None:
        if difference.removed.height:
            self.run(cypher.delete_entities(label, frame=True), difference.removed.select("id").to_arrow())
        if difference.changed.height:
            self.run(cypher.update_entities(self._schema.entity(label)), difference.changed.to_arrow())
        self.copy_entities(label, difference.added)

    def check_entities(self, label: str, frame: pl.DataFrame) -> None:
        self._check(cypher.count_entities(label), frame.height, label)

    def check_relations(self, key: tuple[str, str, str], frame: pl.DataFrame) -> None:
        self._check(cypher.count_relations(*key), frame.height, relation_table_name(key))

    def _check(self, text: str, expected: int, table: str) -> None:
        """Refuse a file that took other rows than it was given: the engine skips a repeated key without an error."""
        found = self.run(text).get_as_pl().item()
        if found != expected:
            raise EngineError(reason=f"{table}: {found} ≠ {expected}")


@contextmanager
def _writing(path: Path, schema: Schema) -> Iterator[_Writer]:
    pool = max(1 << 30, min(BUILD_POOL_BYTES, psutil.virtual_memory().available // 2))
    try:
        database = ladybug.Database(str(path), buffer_pool_size=pool, max_db_size=MOST_BYTES, auto_checkpoint=False)
        with database, ladybug.Connection(database) as connection:
            writer = _Writer(connection, schema)
            yield writer
            writer.run("CHECKPOINT")
    except RuntimeError as error:
        raise EngineError(reason=str(error)) from error
    leftovers = [p.name for p in path.parent.glob(f"{path.name}.*")]
    if leftovers:
        raise EngineError(reason=f"{leftovers}")


class LadybugBackend:
    """A graph file for reading: one database per file in this process, and a connection per core, used by one thread at a time.

    The file is opened with the first text that is read: that takes 0.1 s and 3.4 MiB a kind of entity, and what reads whole
    tables (nearly every question) needs none of it.
    """

    def __init__(self, path: Path, facts: GraphFacts, pool_bytes: int = 1 << 30, seconds: int = 60) -> None:
        self.facts = facts
        self._seconds = seconds
        self._path, self._pool_bytes = path, pool_bytes
        self._database: Any = None
        self._opening = threading.Lock()
        self._size = os.cpu_count() or 1  # short queries get slower with more at once
        self._readers: LifoQueue[_Reader] = LifoQueue()
        for _ in range(self._size):
            self._readers.put(_Reader())
        self._closing = threading.Lock()
        self._closed = False

    def read(self, text: str, parameters: Parameters) -> pl.DataFrame:
        """Return the rows of a Cypher text; whole numbers arrive as Int64."""
        reader = self._readers.get()
        try:
            if self._closed:
                raise EngineError(reason=Said("已关闭", "it was closed"))
            text = quote_properties(text, RESERVED)
            result = reader.connection_for(text, self._open(), self._seconds).execute(text, dict(parameters))
            if isinstance(result, list):
                raise QueryError(reason=";")
            return name_entities(_plain_numbers(result.get_as_pl()))
        except RuntimeError as error:
            raise self._named(error) from error
        finally:
            self._readers.put(reader)

    def look(self) -> GraphFacts:
        """Return the facts of the snapshot that this backend was opened with.

        They stay true as long as it is open, since a graph file never changes.
        """
        return self.facts

    def _open(self) -> Any:
        with self._opening:
            if self._database is None:
                self._database = _open_database(self._path, self._pool_bytes)
            return self._database

    def _named(self, error: RuntimeError) -> QueryError | EngineError:
        reason = str(error)
        if reason.startswith("Interrupted"):
            return QueryTimeoutError(seconds=self._seconds)
        if not reason.startswith(_BLAMES_TEXT):
            return EngineError(reason=reason)
        if reason.startswith(_BLAMES_FORM):
            told = _EXPECTED.sub("", reason)
            return QueryError(reason=Said(told + _QUOTED, told + _QUOTED.en))
        return QueryError(reason=reason)

    def close(self) -> None:
        """Close the connections once their current queries are done, and the database when nobody else in this process uses it."""
        with self._closing:
            if self._closed:
                return
            readers = [self._readers.get() for _ in range(self._size)]
            self._closed = True
            for reader in readers:
                reader.close()
                self._readers.put(reader)
            if self._database is not None:
                _release_database(self._database)


class _Reader:
    """A connection, made when it is first needed and replaced when it has prepared too many texts."""

    def __init__(self) -> None:
        self._connection: Any = None
        self._texts: set[str] = set()

    def connection_for(self, text: str, database: Any, seconds: int) -> Any:
        if self._connection is None or (len(self._texts) >= LONGEST_CACHE and text not in self._texts):
            self.close()
            self._connection = ladybug.Connection(database, num_threads=1)
            self._connection.set_query_timeout(seconds * 1000)
        self._texts.add(text)
        return self._connection

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection, self._texts = None, set()


_databases: dict[str, tuple[Any, int]] = {}
_databases_lock = threading.Lock()


def _open_database(path: Path, pool_bytes: int) -> Any:
    name = str(path.resolve())
    with _databases_lock:
        database, users = _databases.get(name, (None, 0))
        if database is None:
            try:
                database = ladybug.Database(name, read_only=True, buffer_pool_size=pool_bytes, max_db_size=MOST_BYTES)
            except RuntimeError as error:
                raise EngineError(reason=str(error)) from error
        _databases[name] = (database, users + 1)
        return database


def _release_database(database: Any) -> None:
    with _databases_lock:
        users = _databases[database.database_path][1] - 1
        if users:
            _databases[database.database_path] = (database, users)
        else:
            del _databases[database.database_path]
            database.close()


def _plain_numbers(frame: pl.DataFrame) -> pl.DataFrame:
    """Turn the decimals that the engine's integer sums arrive as into whole numbers."""
    wanted = {name: _plain_type(kind) for name, kind in frame.schema.items()}
    changed = {name: kind for name, kind in wanted.items() if kind != frame.schema[name]}
    return frame.cast(changed) if changed else frame  # type: ignore[arg-type]


def _plain_type(kind: Any) -> Any:
    if isinstance(kind, pl.Decimal):
        return pl.Int64 if not kind.scale else pl.Float64
    if isinstance(kind, pl.List):
        return pl.List(_plain_type(kind.inner))
    if isinstance(kind, pl.Struct):
        return pl.Struct({f.name: _plain_type(f.dtype) for f in kind.fields})
    return kind
