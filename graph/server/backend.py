"""A graph server with a published snapshot, open for reading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from graph.backends.protocol import GraphFacts, ServerEngine
from graph.kinds import Schema
from graph.server.result_types import property_types, with_types
from graph.server.state import read_facts


class ServerBackend:
    """What a server serves; `facts` and `mark` (of the content) are those of the moment it was opened."""

    def __init__(self, engine: ServerEngine, schema: Schema) -> None:
        self._engine = engine
        self._types = property_types(schema)
        self.facts, self.mark = read_facts(engine)

    def read(self, text: str, parameters: Mapping[str, Any]) -> pl.DataFrame:
        """Return the rows of a Cypher text; whole numbers arrive as Int64, a column without a value has its type from the schema."""
        return with_types(self._engine.read(text, parameters), text, self._types)

    def look(self) -> GraphFacts:
        """Return what the server serves now."""
        return read_facts(self._engine)[0]

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.close()
