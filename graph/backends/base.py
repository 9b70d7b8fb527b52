"""What a backend is: something that answers a Cypher text with a frame, and knows which snapshot it serves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

import polars as pl


@dataclass(frozen=True)
class Facts:
    """The snapshot that a backend serves: its name, digest and date, how much it holds, and the loads it was made of."""

    snapshot: str
    digest: str
    as_of: date | None = None
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)  # load id → file


class Backend(Protocol):
    """A graph engine with a published snapshot, open for reading."""

    facts: Facts

    def read(self, text: str, parameters: Mapping[str, Any]) -> pl.DataFrame:
        """Return the rows of a Cypher text; whole numbers arrive as Int64."""
        ...

    def close(self) -> None:
        """Let go of connections and files."""
        ...
