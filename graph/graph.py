"""The graph as questions see it: a published snapshot, read-only, whichever engine keeps it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol

import polars as pl

from graph import cypher
from graph.backends.protocol import Backend, GraphFacts
from graph.digest import relation_table_name
from graph.history import History
from graph.kinds import PROVENANCE, VALIDITY, Schema
from graph.shown import ShownLog
from graph.statement import refuse_writes
from graph.tables import SOURCES, entity_columns, relation_columns
from graph.types.value_type import PolarsType

if TYPE_CHECKING:
    from graph.picture import Picture


class KeptTables(Protocol):
    """The tables of a snapshot, read whole columns at a time: from the snapshot's files, or from a server once."""

    def read(self, name: str, columns: Mapping[str, PolarsType]) -> pl.DataFrame:
        """Return columns of a table."""
        ...

    def find_written(self, asked: str) -> Mapping[str, list[str]] | None:
        """Return by label the ids of the entities in whose names or texts a normalized text may stand; None where only all can tell."""
        ...

    def find_sources(self, id: str) -> pl.DataFrame:
        """Return the spreadsheet rows (load, sheet, row) that say something about one entity."""
        ...

    def read_sources(self, label: str) -> pl.DataFrame:
        """Return the spreadsheet rows that say something about entities of a kind, closed ones too."""
        ...


class Graph:
    """A published snapshot, open for reading; `connect` makes it. Safe to use from several threads."""

    def __init__(
        self,
        backend: Backend,
        schema: Schema,
        tables: KeptTables | None = None,
        history: History | None = None,
        shown: ShownLog | None = None,
        seen_as: str = "",
    ) -> None:
        self.schema = schema
        self.seen_as = seen_as  # which part of the people it shows, where it does not show all (graph/confined.py)
        self.history = history
        self.shown = shown  # where it is logged what people are shown, if anywhere
        self._backend = backend
        self._tables = tables
        self._kept: dict[object, Graph] = {}
        self._keeping = threading.RLock()

    @property
    def snapshot(self) -> str:
        """Return the name of the snapshot."""
        return self._backend.facts.snapshot

    @property
    def digest(self) -> str:
        """Return the digest of the content: equal for equal content."""
        return self._backend.facts.digest

    @property
    def as_of(self) -> date | None:
        """Return the day of which the graph speaks."""
        return self._backend.facts.as_of

    @property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """Return how many entities of each label and relations of each type are open."""
        return self._backend.facts.counts

    @property
    def files(self) -> Mapping[str, str]:
        """Return the file that each load came from, by load id."""
        return self._backend.facts.files

    def read(self, cypher: str, **parameters: Any) -> pl.DataFrame:
        """Return the rows of a Cypher text that reads; values go in as parameters (`$name`), never into the text."""
        return self._backend.read(refuse_writes(cypher), parameters)

    def draw(self, cypher: str, **parameters: Any) -> Picture:
        """Return a picture of the entities that a Cypher text returns (whole, on paths, or their ids) and of all relations among them.

        Persons are not drawn.
        """
        from graph.drawn_reads import find_drawn  # start-up: networkx and pyvis, which only pictures need
        from graph.picture import draw

        return draw(find_drawn(self, self.read(cypher, **parameters)), schema=self.schema)

    def entities(self, label: str, *columns: str) -> pl.DataFrame:
        """Return every entity of a label, closed ones too: all columns, or `id`, the named ones, validity and provenance."""
        known = entity_columns(self.schema.entity(label))
        names = ["id", *columns, *VALIDITY, *PROVENANCE] if columns else list(known)
        for name in columns:
            if name not in known:
                self.schema.entity(label).property(name)
        wanted = {name: known[name] for name in names}
        if self._tables is not None:
            return self._tables.read(label, wanted)
        return self._backend.read(cypher.read_entities(label, wanted), {}).cast(pl.Schema(wanted))

    def relations(self, type: str) -> pl.DataFrame:
        """Return every relation of a type, closed ones too: the labels and ids of its ends, and all columns."""
        relation = self.schema.relation(type)
        columns = relation_columns(relation)
        ends: dict[str, PolarsType] = {"source_label": pl.String, "target_label": pl.String}
        parts = [pl.DataFrame(schema=ends | columns)]
        for source, target in relation.pairs():
            frame = self.relations_between(type, source, target)
            if frame.height:
                labels = [pl.lit(source).alias("source_label"), pl.lit(target).alias("target_label")]
                parts.append(frame.select(*labels, *columns))
        return pl.concat(parts)

    def relations_between(self, type: str, source: str, target: str) -> pl.DataFrame:
        """Return every relation of a type between two kinds of entity, closed ones too: all columns."""
        columns = relation_columns(self.schema.relation(type))
        if self._tables is not None:
            return self._tables.read(relation_table_name((type, source, target)), columns)
        text = cypher.read_relations(type, source, target, [c for c in columns if c not in {"source", "target"}])
        return self._backend.read(text, {}).cast(pl.Schema(columns))

    def find_written(self, asked: str) -> Mapping[str, list[str]] | None:
        """Return by label the ids of the entities in whose names or texts a normalized text may stand, none left out but some too many.

        None where no index tells, and all have to be looked through.
        """
        return self._tables.find_written(asked) if self._tables is not None else None

    def sources(self, id: str) -> pl.DataFrame:
        """Return the spreadsheet rows that say something about one entity: label, id, load_id, sheet, row.

        Of a graph server, only the newest of these rows.
        """
        if self._tables is not None:
            return self._tables.find_sources(id)
        parts = [pl.DataFrame(schema=SOURCES)]
        for entity in self.schema.entities:
            found = self._backend.read(cypher.read_entity(entity.label, ["id", *PROVENANCE]), {"id": id})
            parts.append(found.select(pl.lit(entity.label).alias("label"), "id", *PROVENANCE).cast(pl.Schema(SOURCES)))
        return pl.concat(parts)

    def statements(self, label: str) -> pl.DataFrame:
        """Return the spreadsheet rows that say something about entities of a kind: label, id, load_id, sheet, row.

        Of a graph server without the workspace at hand, only the row of each entity that counts.
        """
        if self._tables is not None:
            return self._tables.read_sources(label)
        own = self.entities(label).select(pl.lit(label).alias("label"), "id", *PROVENANCE)
        return own.cast(pl.Schema(SOURCES))

    def look(self) -> GraphFacts:
        """Return the facts of the snapshot that the engine serves at this moment.

        A server may have got a newer snapshot since it was opened, or be in the middle of a publish.
        """
        return self._backend.look()

    def kept(self, key: object, make: Callable[[], Graph]) -> Graph:
        """Return the graph that was made of this one under a key; it is made where there is none, and closed together with this one."""
        with self._keeping:
            if key not in self._kept:
                self._kept[key] = make()
            return self._kept[key]

    def close(self) -> None:
        """Close the engine's connections and files."""
        with self._keeping:
            made, self._kept = list(self._kept.values()), {}
        for one in made:
            one.close()
        self._backend.close()

    def __enter__(self) -> Graph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
