"""A graph server with a published snapshot, open for reading."""

from __future__ import annotations

import polars as pl

from graph.backends.protocol import GraphFacts, Parameters, ServerEngine
from graph.kinds import Schema
from graph.server.result_types import property_types, with_types
from graph.server.state import read_served


class ServerBackend:
    """A backend for a graph server: reads its graph, and remembers which snapshot it served when it was opened.

    `facts`, `mark` (of the content) and `beside` are those of that moment.
    """

    def __init__(self, engine: ServerEngine, schema: Schema) -> None:
        self._engine = engine
        self._types = property_types(schema)
        served = read_served(engine)
        self.facts, self.mark, self.beside = served.facts, served.mark, served.beside

    def read(self, text: str, parameters: Parameters) -> pl.DataFrame:
        """Return the rows of a Cypher text; whole numbers arrive as Int64, a column without a value has its type from the schema."""
        return with_types(self._engine.read(text, parameters), text, self._types)

    def look(self) -> GraphFacts:
        """Return the facts of the snapshot that the server serves at this moment."""
        return read_served(self._engine).facts

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.close()
