"""A graph as somebody sees it who may not see all of its people: the others are in no table, no count and no Cypher result.

What such a graph shows of persons, and of which units it shows contacts, is a `Sight`. Cypher that could reach a person is answered
by an engine that holds nothing else than what is seen; it is made of the tables when it is first needed.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from graph.backends.protocol import Backend, GraphFacts, Parameters
from graph.digest import relation_table_name
from graph.engines import file_engine, open_built_file
from graph.graph import Graph
from graph.people import K_ANONYMITY, find_people
from graph.tables import Tables, entity_columns, relation_columns
from graph.types import Count, OfficePhone
from graph.types.value_type import PolarsType

if TYPE_CHECKING:
    from graph.kinds import Schema

POOL_BYTES = 64 << 20  # of an engine that answers few texts
_NODE = re.compile(r"(?P<word>\w*)\s*\((?!\s*\w*\s*:\s*[\w`])")  # what opens a bracket and is no node with a label
_TIE = re.compile(r"\[(?!\s*\w*\s*:\s*[\w`])")
_FUNCTIONS = frozenset({"count", "collect", "coalesce", "min", "max", "sum", "size", "date", "tostring", "in"})


@dataclass(frozen=True)
class Sight:
    """What somebody sees of a graph's people: the ids by label (a label that is missing is seen whole), and of which units the contacts.

    `name` tells one sight from another. `trusts` says that the texts come from our own questions: what can reach no person is
    then asked of the whole graph.
    """

    name: str
    seen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    contacts_of: frozenset[str] = frozenset()
    trusts: bool = False


def confine(graph: Graph, sight: Sight) -> Graph:
    """Return the graph as far as a sight goes."""
    tables = ConfinedTables(graph, sight)
    return Graph(ConfinedBackend(graph, tables, sight), graph.schema, tables, graph.history, graph.shown, sight.name)


class ConfinedTables:
    """The tables of a graph without the people who are not seen, and without contacts and small numbers of other units."""

    def __init__(self, graph: Graph, sight: Sight) -> None:
        self._graph, self._sight = graph, sight
        self._ends = {
            relation_table_name((r.type, source, target)): (r.type, source, target)
            for r in graph.schema.relations
            for source, target in r.pairs()
        }

    def read(self, name: str, columns: Mapping[str, PolarsType]) -> pl.DataFrame:
        """Return columns of a table, as far as they are seen."""
        if name not in self._ends:
            return self._entities(name, list(columns))
        kind, source, target = self._ends[name]
        frame = self._graph.relations_between(kind, source, target)
        shown = [self._is_seen(label, end) for label, end in ((source, "source"), (target, "target"))]
        return frame.filter(*(one for one in shown if one is not None)).select(list(columns))

    def find_written(self, asked: str) -> Mapping[str, list[str]] | None:
        """Return what the graph finds: people are in no index."""
        return self._graph.find_written(asked)

    def find_sources(self, id: str) -> pl.DataFrame:
        """Return the spreadsheet rows that say something about one entity; of a person who is not seen, none."""
        found = self._graph.sources(id)
        hidden = [label for label, ids in self._sight.seen.items() if id not in ids]
        return found.filter(~pl.col("label").is_in(hidden))

    def read_sources(self, label: str) -> pl.DataFrame:
        """Return the spreadsheet rows that say something about the entities of a kind that are seen."""
        found, shown = self._graph.statements(label), self._is_seen(label, "id")
        return found if shown is None else found.filter(shown)

    def _entities(self, label: str, columns: list[str]) -> pl.DataFrame:
        kind = self._graph.schema.entity(label)
        content = [name for name in columns if name in kind.columns() and name != "id"]
        frame = self._graph.entities(label, *content) if content else self._graph.entities(label)
        shown = self._is_seen(label, "id")
        frame = frame if shown is None else frame.filter(shown)
        foreign = ~pl.col("id").is_in(list(self._sight.contacts_of))
        for name in content:
            value = kind.property(name).type if name in {p.name for p in kind.properties} else None
            if isinstance(value, OfficePhone):
                frame = frame.with_columns(pl.when(~foreign).then(name).alias(name))
            if isinstance(value, Count) and value.of == "people":
                few = foreign & (pl.col(name) < K_ANONYMITY)
                frame = frame.with_columns(pl.when(~few).then(name).alias(name))
        return frame.select(columns)

    def _is_seen(self, label: str, column: str) -> pl.Expr | None:
        ids = self._sight.seen.get(label)
        return None if ids is None else pl.col(column).is_in(list(ids))


class ConfinedBackend:
    """A backend that answers Cypher from an engine of its own, in which there is only what is seen."""

    def __init__(self, graph: Graph, tables: ConfinedTables, sight: Sight) -> None:
        self._graph, self._tables, self._sight = graph, tables, sight
        self._making = threading.Lock()
        self._engine: Backend | None = None
        self._folder: Path | None = None
        self.facts = _count_seen(graph, tables, sight)

    def read(self, text: str, parameters: Parameters) -> pl.DataFrame:
        """Return the rows of a Cypher text."""
        hides_nobody = not self._sight.seen or reaches_nobody(text, self._graph.schema)
        if self._sight.trusts and hides_nobody:
            return self._graph.read(text, **parameters)
        return self._own().read(text, parameters)

    def look(self) -> GraphFacts:
        """Return the facts of the snapshot as far as they are seen."""
        return self.facts

    def close(self) -> None:
        """Close the engine and remove its file; the graph behind it stays open."""
        with self._making:
            if self._engine is not None:
                self._engine.close()
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)

    def _own(self) -> Backend:
        with self._making:
            if self._engine is None:
                self._folder = Path(tempfile.mkdtemp(prefix="shilian-"))
                path = self._folder / "graph"
                file_engine().build(path, self._seen_tables(), self._graph.schema)
                self._engine = open_built_file(path, self.facts, POOL_BYTES)
            return self._engine

    def _seen_tables(self) -> Tables:
        schema, read = self._graph.schema, self._tables.read
        entities = {e.label: read(e.label, entity_columns(e)) for e in schema.entities}
        keys = {(r.type, source, target): r for r in schema.relations for source, target in r.pairs()}
        return Tables(entities, {k: read(relation_table_name(k), relation_columns(r)) for k, r in keys.items()})


def reaches_nobody(text: str, schema: Schema) -> bool:
    """Tell whether a Cypher text certainly reaches no person: all its nodes have labels, and none is one of people.

    Where it is in doubt, the answer is no.
    """
    if set(re.findall(r"\w+", text)) & find_people(schema):
        return False
    opened = (found["word"].lower() in _FUNCTIONS for found in _NODE.finditer(text))
    return all(opened) and _TIE.search(text) is None and "*" not in text.replace("count(*)", "")


def _count_seen(graph: Graph, tables: ConfinedTables, sight: Sight) -> GraphFacts:
    """Return the facts of a graph with the numbers of what is seen in the place of those of all."""
    entities, relations = (dict(graph.counts.get(part, {})) for part in ("entities", "relations"))
    for label in sight.seen:
        entities[label] = _open(tables.read(label, entity_columns(graph.schema.entity(label))))
    for relation in graph.schema.relations:
        if any(sight.seen.keys() & set(pair) for pair in relation.pairs()):
            columns = relation_columns(relation)
            names = [relation_table_name((relation.type, *pair)) for pair in relation.pairs()]
            relations[relation.type] = sum(_open(tables.read(name, columns)) for name in names)
    known = {"entities": entities, "relations": relations}
    counts = {part: {name: n for name, n in found.items() if n} for part, found in known.items()}
    return replace(GraphFacts(graph.snapshot, graph.digest, graph.as_of), counts=counts, files=graph.files)


def _open(frame: pl.DataFrame) -> int:
    return frame["valid_to"].null_count()
