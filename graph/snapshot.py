"""A snapshot: a folder with the current state as tables and as a graph file, and the manifest that says what must be in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from graph.disk import FileFact, describe_file, dump_json, write_text
from graph.storage_errors import SnapshotDamagedError
from graph.texts import Said

FORMAT = 1
GRAPH_FILE, MANIFEST, SOURCES_TABLE = "graph.lbug", "manifest.json", "_sources"
HASHED_ON_OPEN = 512 << 20  # a larger graph file is hashed by `verify` only; sizes are always checked
_seen: dict[Path, tuple[FileFact, int]] = {}  # files whose hash this process has checked


@dataclass(frozen=True)
class TableFact:
    """What a snapshot's manifest records of a table: its row count, and its digests without and with provenance."""

    rows: int
    content: str
    full: str


@dataclass(frozen=True)
class Snapshot:
    """A published snapshot as its manifest tells it; reading it needs no engine."""

    folder: Path
    number: int
    digest: str
    revision: int
    schema: str
    engine: str
    as_of: date | None
    counts: dict[str, dict[str, int]]
    loads: dict[str, str]
    tables: dict[str, TableFact]
    files: dict[str, FileFact]
    patches: int = 0
    published: str = ""
    meta: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return the snapshot's name as users see it."""
        return str(self.number)

    def table_path(self, table: str) -> Path:
        """Return where a table is kept."""
        return self.folder / table_file(table)

    def check_sizes(self) -> None:
        """Refuse the snapshot when a file is missing or has another size than the manifest says."""
        for name, fact in self.files.items():
            path = self.folder / name
            if not path.is_file():
                raise SnapshotDamagedError(snapshot=self.name, reason=Said(f"{name} 缺失", f"{name} is missing"))
            if path.stat().st_size != fact.size:
                raise SnapshotDamagedError(
                    snapshot=self.name, reason=f"{name}: {path.stat().st_size} ≠ {fact.size} bytes"
                )

    def check_file(self, name: str) -> Path:
        """Return the path of a snapshot's file after checking its hash, which is done once until the file changes."""
        path, fact = self.folder / name, self.files[name]
        try:
            state = path.stat()
            if _seen.get(path) == (fact, state.st_mtime_ns):
                return path
            if describe_file(path) != fact:
                raise SnapshotDamagedError(snapshot=self.name, reason=f"{name}: SHA-256")
        except FileNotFoundError as error:
            gone = Said("已被新快照取代，请重新连接", "superseded by a newer one: connect again")
            raise SnapshotDamagedError(
                snapshot=self.name, reason=Said(f"{name} 缺失", f"{name} is missing") if self.folder.exists() else gone
            ) from error
        _seen[path] = (fact, state.st_mtime_ns)
        return path

    def problems(self) -> list[Said]:
        """Return a sentence for each file that is missing or differs from the manifest."""
        found = []
        for name in sorted(self.files):
            try:
                if describe_file(self.folder / name) != self.files[name]:
                    found.append(SnapshotDamagedError(snapshot=self.name, reason=f"{name}: SHA-256").said)
            except OSError as error:
                found.append(SnapshotDamagedError(snapshot=self.name, reason=f"{name}: {error.strerror}").said)
        return found


def table_file(table: str) -> str:
    """Return the name of a table's file inside the snapshot's folder."""
    return f"tables/{table}.parquet"


def write_manifest(snapshot: Snapshot) -> None:
    """Write a snapshot's manifest, replacing an older one as a whole."""
    facts = {name: value for name, value in vars(snapshot).items() if name not in {"folder", "tables", "files"}}
    facts |= {
        part: {name: vars(fact) for name, fact in getattr(snapshot, part).items()} for part in ("tables", "files")
    }
    facts["format"] = FORMAT
    write_text(snapshot.folder / MANIFEST, dump_json(facts | {"seal": _seal(facts)}))


def read_manifest(folder: Path) -> Snapshot:
    """Read a snapshot's manifest; a damaged one is refused."""
    try:
        facts = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if facts.pop("seal") != _seal(facts):
            raise SnapshotDamagedError(snapshot=folder.name, reason=f"{MANIFEST}: SHA-256")
        if facts.pop("format") > FORMAT:
            raise SnapshotDamagedError(snapshot=folder.name, reason="format?")
        facts["as_of"] = date.fromisoformat(facts["as_of"]) if facts["as_of"] else None
        facts["tables"] = {name: TableFact(**fact) for name, fact in facts["tables"].items()}
        facts["files"] = {name: FileFact(**fact) for name, fact in facts["files"].items()}
        return Snapshot(folder=folder, **facts)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SnapshotDamagedError(snapshot=folder.name, reason=f"{MANIFEST}: {error}") from error


def _seal(facts: Mapping[str, object]) -> str:
    """Return a checksum over everything else in a manifest."""
    return hashlib.sha256(dump_json(facts).encode()).hexdigest()
