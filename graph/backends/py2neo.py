"""Reads and writes a Neo4j server through py2neo, a driver that is no longer maintained, for users whose notebooks have it.

Its addresses begin with `py2neo+neo4j://`.
Not here, because py2neo has not: a limit on a query's time, bookmarks, retries of a transaction, a second try after a restart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import polars as pl

from graph.backends.address import ServerAddress
from graph.backends.neo4j import name_error
from graph.backends.protocol import Parameters, Statement
from graph.backends.result_frames import to_frame
from graph.errors import EngineError, MissingPackageError, ServerUnreachableError

try:
    import py2neo
    from py2neo import errors
except ImportError as missing:
    raise MissingPackageError(package="py2neo") from missing

_BROKEN = (
    errors.ConnectionUnavailable,
    errors.ConnectionBroken,
    errors.ConnectionLimit,
    errors.ServiceUnavailable,
    OSError,
)


class Py2neoEngine:
    """A database of a Neo4j server, spoken to by py2neo's `Graph`."""

    def __init__(self, address: ServerAddress) -> None:
        """Connect; a wrong password and a dead server look the same to py2neo."""
        self.address = address.shown
        with self._named():
            self.graph = py2neo.Graph(address.uri, auth=address.sign_in, name=address.database, user_agent="shilian")

    def read(self, text: str, parameters: Parameters) -> pl.DataFrame:
        """Return the rows of a text, read in a transaction that cannot write."""
        with self._named():
            cursor = self.graph.query(text, dict(parameters))
            return to_frame(list(cursor.keys()), [list(record) for record in cursor])

    def write(self, guard: Statement, statements: Sequence[Statement]) -> bool:
        """Run statements in one transaction, but only if the query `guard` returns a row at its start; return whether they were run."""
        with self._named():
            transaction = self.graph.begin()
            try:
                if not list(transaction.run(guard[0], dict(guard[1]))):
                    self.graph.rollback(transaction)
                    return False
                for text, parameters in statements:
                    transaction.run(text, dict(parameters))
            except errors.Neo4jError:
                if not transaction.closed:
                    self.graph.rollback(transaction)
                raise
            self.graph.commit(transaction)
            return True

    def define(self, texts: Sequence[str]) -> None:
        """Run each statement that creates a constraint or an index in a transaction of its own."""
        with self._named():
            for text in texts:
                self.graph.run(text)

    def close(self) -> None:
        """Let go of the connections, which py2neo by itself would leave to the garbage collector."""
        self.graph.service.connector.close()

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Turn py2neo's errors into those that a user understands."""
        try:
            yield
        except _BROKEN as error:
            raise ServerUnreachableError(address=self.address, reason=f"{error} (py2neo)") from error
        except errors.Neo4jError as error:
            raise name_error(error, error.code, self.address, 0) from error
        except errors.ProtocolError as error:
            raise EngineError(reason=str(error)) from error
