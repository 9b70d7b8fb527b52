"""The ledger of a workspace, an SQLite file: which files were loaded, which loads were withdrawn, and what people decided.

Rows are only ever added.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from graph.disk import replace_file
from graph.documents import Document
from graph.errors import UnknownLoadError
from graph.ledger_rows import LoadReport, LoadRow, NewLoadRow, NewSheetRow, SheetOrigin, SheetRow, read_origins
from graph.storage_errors import WorkspaceDamagedError, WorkspaceLockedError, WorkspaceNewerError

FORMAT = 1
BUSY_SECONDS = 30
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE loads (
    seq INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, file TEXT NOT NULL, digest TEXT NOT NULL, as_of TEXT,
    by TEXT NOT NULL, at TEXT NOT NULL, report TEXT NOT NULL);
CREATE TABLE sheets (
    load_id TEXT NOT NULL REFERENCES loads(id), n INTEGER NOT NULL, sheet TEXT NOT NULL, register TEXT NOT NULL, scope TEXT NOT NULL,
    reported TEXT, rows INTEGER NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (load_id, n));
CREATE TABLE decisions (seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, payload TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE withdrawals (
    seq INTEGER PRIMARY KEY, what TEXT NOT NULL CHECK (what IN ('load', 'decision')), id TEXT NOT NULL,
    withdrawn INTEGER NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX withdrawals_of ON withdrawals (what, id, seq);
"""
_GROWING = ("loads", "sheets", "decisions", "withdrawals")
_APPEND_ONLY = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the ledger only grows: {verb} on {table} refused'); END;
"""
_MARK = "INSERT INTO withdrawals (what, id, withdrawn, by, at) VALUES (?, ?, ?, ?, ?)"
_WITHDRAWN = "coalesce((SELECT w.withdrawn FROM withdrawals w WHERE w.what = '{what}' AND w.id = {id} ORDER BY w.seq DESC LIMIT 1), 0)"
LOAD_WITHDRAWN = _WITHDRAWN.format(what="load", id="loads.id")
DECISION_WITHDRAWN = _WITHDRAWN.format(what="decision", id="CAST(decisions.seq AS TEXT)")

Mark = tuple[str, bool, str]  # a load, whether it is withdrawn (or brought back), by whom


class Ledger:
    """The record of loads, withdrawals and decisions; safe to use from several threads and processes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def create(self) -> None:
        """Create the ledger file if there is none.

        It is written under a temporary name and then renamed, so that no incomplete ledger is ever found.
        """
        if self.path.exists():
            return
        draft = self.path.with_name(self.path.name + ".tmp")
        draft.unlink(missing_ok=True)
        draft.touch()
        with Ledger(draft)._connect() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("BEGIN IMMEDIATE")
            # Triggers refuse changes in the database itself, so that no later code can rewrite the record by mistake.
            refusals = [
                _APPEND_ONLY.format(table=table, verb=verb) for table in _GROWING for verb in ("UPDATE", "DELETE")
            ]
            for statement in [s for s in _TABLES.split(";\n") if s.strip()] + refusals:
                connection.execute(statement)
            connection.execute("INSERT INTO meta VALUES ('format', ?)", (str(FORMAT),))
        replace_file(draft, self.path)

    def check_format(self, workspace: Path) -> None:
        """Raise an error where the file is no ledger or was written by a newer version of the program."""
        rows = self._rows("SELECT value FROM meta WHERE key = 'format'")
        if not rows or not str(rows[0]["value"]).isdigit():
            raise WorkspaceDamagedError(path=str(self.path), reason="format?")
        if int(rows[0]["value"]) > FORMAT:
            raise WorkspaceNewerError(path=str(workspace), found=rows[0]["value"], known=FORMAT)

    @property
    def key_fingerprint(self) -> str:
        """Return the fingerprint of the key that pseudonyms are made with; nothing before the first load."""
        rows = self._rows("SELECT value FROM meta WHERE key = 'key_fingerprint'")
        return str(rows[0]["value"]) if rows else ""

    def keep_key_fingerprint(self, fingerprint: str) -> str:
        """Keep the fingerprint of a workspace's first key, and return the one that is kept."""
        with self._connect() as connection:
            connection.execute("INSERT OR IGNORE INTO meta VALUES ('key_fingerprint', ?)", (fingerprint,))
        return self.key_fingerprint

    @property
    def revision(self) -> int:
        """Return the number of entries in the ledger (loads, withdrawals, decisions), which grows with every change."""
        counts = "(SELECT count(*) FROM loads) + (SELECT count(*) FROM withdrawals) + (SELECT count(*) FROM decisions)"
        return int(self._rows(f"SELECT {counts} AS n")[0]["n"])

    def add_loads(self, loads: Sequence[tuple[NewLoadRow, Sequence[NewSheetRow]]], marks: Sequence[Mark] = ()) -> None:
        """Record loads with their sheets, and which loads they withdraw or restore, in one transaction."""
        with self._connect() as connection:
            connection.execute("BEGIN IMMEDIATE")
            for load, sheets in loads:
                row = {**load, "at": _now(), "report": json.dumps(load["report"], ensure_ascii=False, default=str)}
                connection.execute(
                    "INSERT INTO loads (id, file, digest, as_of, by, at, report) VALUES (:id, :file, :digest, :as_of, :by, :at, :report)",
                    row,
                )
                connection.executemany(
                    "INSERT INTO sheets VALUES (:load_id, :n, :sheet, :register, :scope, :reported, :rows, :size, :sha256)",
                    sheets,
                )
            connection.executemany(_MARK, [("load", id_, int(withdrawn), by, _now()) for id_, withdrawn, by in marks])

    def loads(self) -> list[LoadRow]:
        """Return every load, withdrawn or not, in the order of loading."""
        columns = "seq, id, file, digest, as_of, by, at"
        rows = self._rows(f"SELECT {columns}, {LOAD_WITHDRAWN} AS withdrawn FROM loads ORDER BY seq")  # noqa: S608
        return [cast("LoadRow", row | {"withdrawn": bool(row["withdrawn"])}) for row in rows]

    def sheets(self, load_id: str | None = None) -> list[SheetRow]:
        """Return the sheets of one load, or of every load that is not withdrawn, in order."""
        wanted = "loads.id = ?" if load_id is not None else f"? IS NULL AND NOT {LOAD_WITHDRAWN}"
        rows = self._rows(
            "SELECT sheets.*, loads.seq, loads.file, loads.digest, loads.as_of FROM sheets JOIN loads ON loads.id = sheets.load_id"  # noqa: S608
            f" WHERE {wanted} ORDER BY loads.seq, sheets.n",
            (load_id,),
        )
        return cast("list[SheetRow]", rows)

    def find_load(self, load_id: str) -> LoadRow:
        """Return the record of one load."""
        for load in self.loads():
            if load["id"] == load_id:
                return load
        raise UnknownLoadError(load=load_id)

    def report(self, load_id: str) -> LoadReport:
        """Return what was reported when a load was made."""
        rows = self._rows("SELECT report FROM loads WHERE id = ?", (load_id,))
        if not rows:
            raise UnknownLoadError(load=load_id)
        report: LoadReport = json.loads(rows[0]["report"])
        return report

    def origins(self) -> dict[str, list[SheetOrigin]]:
        """Return for each load where each of its sheets comes from, in order."""
        parts = "json_extract(report, '$.folder') AS folder, json_extract(report, '$.files') AS files"
        rows = self._rows(f"SELECT id, digest, {parts} FROM loads")  # noqa: S608
        return {
            row["id"]: read_origins(
                LoadReport(folder=row["folder"] or "", files=json.loads(row["files"] or "[]")), row["digest"]
            )
            for row in rows
        }

    def reports(self) -> dict[str, LoadReport]:
        """Return the report of every load, by id, in order."""
        return {row["id"]: json.loads(row["report"]) for row in self._rows("SELECT id, report FROM loads ORDER BY seq")}

    def set_withdrawn(self, load_id: str, withdrawn: bool, by: str) -> bool:
        """Withdraw a load or bring it back; returns whether that changed anything."""
        if self.find_load(load_id)["withdrawn"] == withdrawn:
            return False
        self._add_withdrawal("load", load_id, withdrawn, by)
        return True

    def add_decision(self, kind: str, payload: Mapping[str, object], by: str) -> int:
        """Put a person's decision on the record and return its number."""
        with self._connect() as connection:
            text = json.dumps(payload, ensure_ascii=False, sort_keys=True, default=str)
            done = connection.execute(
                "INSERT INTO decisions (kind, payload, by, at) VALUES (?, ?, ?, ?)", (kind, text, by, _now())
            )
            return int(done.lastrowid or 0)

    def decisions(self, kind: str | None = None) -> list[Document]:
        """Return the standing decisions of a kind (or all) in order: the payload's fields, and id, kind, by, at."""
        rows = self._rows(
            "SELECT seq AS id, kind, payload, by, at FROM decisions"  # noqa: S608
            f" WHERE NOT {DECISION_WITHDRAWN} AND kind = coalesce(?, kind) ORDER BY seq",
            (kind,),
        )
        return [json.loads(row.pop("payload")) | row for row in rows]

    def withdraw_decision(self, decision_id: int, by: str) -> None:
        """Withdraw a decision; the next snapshot is as if it had not been."""
        if not self._rows("SELECT 1 FROM decisions WHERE seq = ?", (decision_id,)):
            raise UnknownLoadError(load=decision_id)
        self._add_withdrawal("decision", str(decision_id), True, by)

    def _add_withdrawal(self, what: str, subject: str, withdrawn: bool, by: str) -> None:
        with self._connect() as connection:
            connection.execute(_MARK, (what, subject, int(withdrawn), by, _now()))

    def _rows(self, statement: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        with self._connect() as connection:
            return [dict(row) for row in connection.execute(statement, parameters)]

    @contextmanager
    def _connect(self) -> Iterator[sqlite3.Connection]:
        """Open a connection for one step: commits at the end, rolls back on an error, never leaves a handle behind."""
        try:
            connection = sqlite3.connect(
                f"{self.path.resolve().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None
            )
            try:
                connection.row_factory = sqlite3.Row
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA foreign_keys = ON")
                yield connection
                if connection.in_transaction:
                    connection.execute("COMMIT")
            finally:
                connection.close()
        except sqlite3.DatabaseError as error:
            if isinstance(error, (sqlite3.IntegrityError, sqlite3.ProgrammingError)):
                raise
            if "locked" in str(error):
                raise WorkspaceLockedError(path=str(self.path), holder="SQLite") from error
            raise WorkspaceDamagedError(path=str(self.path), reason=str(error)) from error


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
