"""What a backend is: something that answers a Cypher text with a frame, and knows which snapshot it serves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from graph.difference import TableDifference
from graph.kinds import Schema
from graph.tables import Tables


@dataclass(frozen=True)
class Facts:
    """The snapshot that a backend serves: its name, digest and date, how much it holds, and the loads it was made of."""

    snapshot: str
    digest: str
    as_of: date | None = None
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)  # load id → file


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


class Backend(Protocol):
    """A graph engine with a published snapshot, open for reading."""

    facts: Facts

    def read(self, text: str, parameters: Mapping[str, Any]) -> pl.DataFrame:
        """Return the rows of a Cypher text; whole numbers arrive as Int64."""
        ...

    def close(self) -> None:
        """Let go of connections and files."""
        ...
