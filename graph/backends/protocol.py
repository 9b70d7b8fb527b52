"""What a backend is: something that answers a Cypher text with a frame, and knows which snapshot it serves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from graph.difference import TableDifference
from graph.kinds import Schema
from graph.tables import Tables

Statement = tuple[str, Mapping[str, Any]]  # a Cypher text and its parameters


@dataclass(frozen=True)
class Publishing:
    """A publish that a server has not seen the end of: towards which snapshot, how far, and since when nothing came."""

    snapshot: str
    step: int
    steps: int
    quiet_seconds: float

    @property
    def is_under_way(self) -> bool:
        """Tell whether somebody is at it, as far as the last sign of life tells."""
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
    """An engine that keeps a graph in one file: what publishing needs of it."""

    def engine_version(self) -> str:
        """Return the engine's name and the version of its file format: a file of another version is made anew."""
        ...

    def build(self, path: Path, tables: Tables, schema: Schema) -> None:
        """Make a new graph file with everything that the tables hold."""
        ...

    def apply(self, path: Path, tables: Tables, schema: Schema, differences: Mapping[str, TableDifference]) -> None:
        """Bring a copy of the last graph file to the state of `tables`."""
        ...


class ServerEngine(Protocol):
    """A graph server: what publishing and reading need of it, whichever driver speaks to it."""

    address: str  # without user and password

    def read(self, text: str, parameters: Mapping[str, Any]) -> pl.DataFrame:
        """Return the rows of a text, read in a transaction that cannot write."""
        ...

    def write(self, guard: Statement, statements: Sequence[Statement]) -> bool:
        """Run statements in one transaction if the guard, run first, returns a row; else nothing is written and False returned.

        A transaction that broke off is tried again, so the guard must tell whether it had been committed all the same.
        """
        ...

    def define(self, texts: Sequence[str]) -> None:
        """Run texts that define constraints and indexes, each by itself."""
        ...

    def close(self) -> None:
        """Let go of the connections."""
        ...


class Backend(Protocol):
    """A graph engine with a published snapshot, open for reading."""

    facts: GraphFacts

    def read(self, text: str, parameters: Mapping[str, Any]) -> pl.DataFrame:
        """Return the rows of a Cypher text; whole numbers arrive as Int64."""
        ...

    def look(self) -> GraphFacts:
        """Return what is served now: a server may have moved on since it was opened, or be in the middle of a publish."""
        ...

    def close(self) -> None:
        """Let go of connections and files."""
        ...
