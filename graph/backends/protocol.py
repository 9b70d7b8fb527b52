"""What a backend is: something that answers a Cypher text with a frame, and knows which snapshot it serves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

import polars as pl

from graph.difference import TableDifference
from graph.kinds import Schema
from graph.tables import Tables

Parameters = Mapping[str, object]  # of a Cypher text: values by name, as a driver takes them
Statement = tuple[str, Parameters]  # a Cypher text and its parameters


@dataclass(frozen=True)
class Publishing:
    """A publish that a graph server has recorded as begun and not ended: its snapshot, its steps, and the seconds since the last one."""

    snapshot: str
    step: int
    steps: int
    quiet_seconds: float

    @property
    def is_under_way(self) -> bool:
        """Tell whether the publish is probably still running, because its last step was written recently."""
        return self.quiet_seconds < LONGEST_STEP_SECONDS


LONGEST_STEP_SECONDS = 60.0  # a step takes a second; a server that is restarted meanwhile is waited for


@dataclass(frozen=True)
class GraphFacts:
    """The snapshot that a backend serves: its name, digest and date, how much it holds, and the loads it was made of."""

    snapshot: str
    digest: str
    as_of: date | None = None
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)  # load id → file
    publishing: Publishing | None = None  # a server only: answers may mix the snapshot with the next one meanwhile


class FileEngine(Protocol):
    """The interface of an engine that stores a graph in one file, as far as publishing a snapshot needs it."""

    def engine_version(self) -> str:
        """Return the engine's name and file format version, by which a graph file that it cannot open is recognized."""
        ...

    def build(self, path: Path, tables: Tables, schema: Schema) -> None:
        """Make a new graph file with everything that the tables hold."""
        ...

    def apply(self, path: Path, tables: Tables, schema: Schema, differences: Mapping[str, TableDifference]) -> None:
        """Update a copy of the last graph file so that it holds the content of `tables`, by writing only the rows in `differences`."""
        ...


class ServerEngine(Protocol):
    """The interface of a driver for a graph server, as far as publishing and reading need it."""

    address: str  # without user and password

    def read(self, text: str, parameters: Parameters) -> pl.DataFrame:
        """Return the rows of a text, read in a transaction that cannot write."""
        ...

    def write(self, guard: Statement, statements: Sequence[Statement]) -> bool:
        """Run statements in one transaction, but only if the query `guard` returns a row at its start; return whether they were run.

        A transaction that broke off is tried again, so the guard must tell whether it had been committed all the same.
        """
        ...

    def define(self, texts: Sequence[str]) -> None:
        """Run each statement that creates a constraint or an index in a transaction of its own."""
        ...

    def close(self) -> None:
        """Let go of the connections."""
        ...


class Backend(Protocol):
    """A graph engine with a published snapshot, open for reading."""

    facts: GraphFacts

    def read(self, text: str, parameters: Parameters) -> pl.DataFrame:
        """Return the rows of a Cypher text; whole numbers arrive as Int64."""
        ...

    def look(self) -> GraphFacts:
        """Return the facts of the snapshot that the engine serves at this moment.

        A server may have got a newer snapshot since it was opened, or be in the middle of a publish.
        """
        ...

    def close(self) -> None:
        """Let go of connections and files."""
        ...
