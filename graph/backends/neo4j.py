"""Reads and writes a Neo4j server through Neo4j's official Python driver.

Transactions are managed by the driver (it retries them), the database is always named, and a read sees everything written before.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from ssl import SSLCertVerificationError, SSLError
from typing import Any, TypeVar

import polars as pl
from neo4j import READ_ACCESS, WRITE_ACCESS, GraphDatabase, ManagedTransaction, unit_of_work
from neo4j.api import BookmarkManager
from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph.backends.address import ServerAddress
from graph.backends.protocol import Parameters, Statement
from graph.backends.result_frames import to_frame
from graph.errors import (
    ArgumentError,
    EngineError,
    QueryError,
    QueryTimeoutError,
    ServerAccessError,
    ServerCertificateError,
    ServerPlainError,
    ServerUnreachableError,
    ShilianError,
    WriteRefusedError,
)

CONNECT_SECONDS = 10.0
WRITE_SECONDS = 600  # the longest that one batch of a publish may take on the server
LOST_ANSWERS = 3  # to commits, of one transaction: then the line is too bad to go on
FETCHED_ROWS = 10_000  # a message of the server's; the driver's own thousand costs a table a tenth more time

Written = TypeVar("Written")
_bookmarks: dict[tuple[str, str], BookmarkManager] = {}
_bookmarks_lock = threading.Lock()


def _bookmarks_of(address: ServerAddress) -> BookmarkManager:
    """Return what this process has written to a database: on a cluster, whoever reads it next waits until it is there."""
    with _bookmarks_lock:
        return _bookmarks.setdefault((address.uri, address.database), GraphDatabase.bookmark_manager())


class Neo4jEngine:
    """A database of a Neo4j server or cluster; safe to use from several threads."""

    def __init__(self, address: ServerAddress, seconds: int = 60, patience: float = 15.0) -> None:
        """Connect. A query may run for `seconds`; what broke off is tried again for `patience` seconds."""
        self.address, self._address = address.shown, address
        self._seconds = seconds
        self._session: dict[str, Any] = {
            "database": address.database,
            "bookmark_manager": _bookmarks_of(address),
            "fetch_size": FETCHED_ROWS,
        }
        with self._named():
            self._driver = GraphDatabase.driver(
                address.uri, auth=address.sign_in, telemetry_disabled=True, notifications_min_severity="OFF", user_agent="shilian",
                connection_timeout=CONNECT_SECONDS, connection_acquisition_timeout=3 * CONNECT_SECONDS, max_transaction_retry_time=patience,
            )  # fmt: skip
        try:
            with self._named():
                self._driver.verify_connectivity()
        except ShilianError:
            self._driver.close()
            raise

    def read(self, text: str, parameters: Parameters) -> pl.DataFrame:
        """Return the rows of a text, read in a transaction that cannot write."""

        @unit_of_work(timeout=self._seconds)
        def work(transaction: ManagedTransaction) -> tuple[list[str], list[list[Any]]]:
            result = transaction.run(text, dict(parameters))
            return list(result.keys()), result.values()

        with self._named(), self._driver.session(default_access_mode=READ_ACCESS, **self._session) as session:
            return to_frame(*session.execute_read(work))

    def write(self, guard: Statement, statements: Sequence[Statement]) -> bool:
        """Run statements in one transaction, but only if the query `guard` returns a row at its start; return whether they were run."""

        @unit_of_work(timeout=WRITE_SECONDS)
        def work(transaction: ManagedTransaction) -> bool:
            if transaction.run(guard[0], dict(guard[1])).single() is None:
                return False
            for text, parameters in statements:
                transaction.run(text, dict(parameters)).consume()
            return True

        return self._execute_write(work)

    def define(self, texts: Sequence[str]) -> None:
        """Run each statement that creates a constraint or an index in a transaction of its own."""
        for text in texts:
            self._execute_write(partial(_run, text))

    def _execute_write(self, work: Callable[[ManagedTransaction], Written]) -> Written:
        """Write in a managed transaction; where the answer to the commit was lost, once more, for what is written here may come twice."""
        with self._named(writing=True):
            for _ in range(LOST_ANSWERS):
                with (
                    suppress(IncompleteCommit),
                    self._driver.session(default_access_mode=WRITE_ACCESS, **self._session) as session,
                ):
                    return session.execute_write(work)
        raise ServerUnreachableError(address=self.address, reason="COMMIT?")

    def close(self) -> None:
        """Let go of the connections."""
        self._driver.close()

    def _forget_bookmarks(self) -> None:
        """Wait no longer for what was written here: the database was replaced meanwhile, by an import or a backup."""
        with _bookmarks_lock:
            _bookmarks.pop((self._address.uri, self._address.database), None)
        self._session["bookmark_manager"] = _bookmarks_of(self._address)

    @contextmanager
    def _named(self, *, writing: bool = False) -> Iterator[None]:
        """Turn the driver's errors into those that a user understands; a text of ours that cannot be written is no asker's fault."""
        try:
            yield
        except (ServiceUnavailable, SessionExpired, OSError) as error:
            refused = _find_refused(error)
            if isinstance(refused, SSLCertVerificationError):
                raise ServerCertificateError(address=self.address, reason=refused.verify_message) from error
            if refused is not None:
                raise ServerPlainError(address=self.address, plain=self._address.uri.partition("+")[0]) from error
            raise ServerUnreachableError(address=self.address, reason=_first_line(error)) from error
        except ConfigurationError as error:
            raise ArgumentError(argument="graph", value=self.address, reason=_first_line(error)) from error
        except Neo4jError as error:
            if (error.code or "").endswith(".BookmarkTimeout"):
                self._forget_bookmarks()
            named = name_error(error, error.code or "", self.address, self._seconds)
            raise (EngineError(reason=str(named)) if writing and isinstance(named, QueryError) else named) from error
        except DriverError as error:
            raise EngineError(reason=_first_line(error)) from error


def name_error(error: Exception, code: str, address: str, seconds: int) -> ShilianError:
    """Return the error of Shilian that stands for an error of the driver or of the server (by its status `code`).

    Both drivers use it, so that a user reads the same sentence whichever of them is in use.
    """
    reason = str(getattr(error, "message", None) or error).strip() or code
    if isinstance(error, AuthError) or code.startswith("Neo.ClientError.Security."):
        return ServerAccessError(address=address, reason=code.rpartition(".")[2])
    if "TransactionTimedOut" in code or code.endswith(("TransactionTimeout", "LockClientStopped")):
        return QueryTimeoutError(seconds=seconds)
    if code.endswith((".AccessMode", ".ForbiddenOnReadOnlyDatabase")):
        return WriteRefusedError(reason=reason)
    if code.endswith(".DatabaseNotFound"):
        return ArgumentError(argument="graph", value=address, reason=reason)
    if code.startswith("Neo.ClientError.Statement."):
        return QueryError(reason=reason)
    if code.startswith("Neo.TransientError."):
        return ServerUnreachableError(address=address, reason=reason)
    return EngineError(reason=f"{reason} ({code})" if code else reason)


def _find_refused(error: BaseException | None) -> SSLError | None:
    """Return why encryption came to nothing, if that is what an error comes from: a driver tells of it only by causes of causes."""
    if error is None or isinstance(error, SSLError):
        return error
    several = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    return next((found for cause in (error.__cause__, *several) if (found := _find_refused(cause))), None)


def _run(text: str, transaction: ManagedTransaction) -> None:
    transaction.run(text).consume()


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
