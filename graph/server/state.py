"""What a graph server says of itself: the snapshot that it holds, and a publish that did not end."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.backends.protocol import GraphFacts, Publishing, ServerEngine
from graph.documents import FrameRow
from graph.errors import ServerEmptyError
from graph.server import cypher_texts
from graph.server.packed_tables import Packed
from graph.snapshot import SOURCES_TABLE, Snapshot

NOTHING = ""  # the mark of an empty graph


@dataclass(frozen=True)
class Unfinished:
    """A publish that was begun and not finished: the content it starts from and leads to, its plan, and the steps already written."""

    publisher: str
    base: str
    target: str
    plan: str
    step: int


@dataclass(frozen=True)
class Beside:
    """What a server keeps beside its graph so that questions are quick: its full-text index by name, and its packed tables.

    A graph that an older version or an importer wrote has neither.
    """

    searched: str = ""
    tables: Mapping[str, Packed] = field(default_factory=dict)

    def told(self) -> dict[str, object]:
        """Return the properties by which a server's state node says so."""
        tables = {name: [one.full, one.size] for name, one in sorted(self.tables.items())}
        return {"searched": self.searched, "tables": json.dumps(tables)}


@dataclass(frozen=True)
class ServerState:
    """What a graph server's state node records: the served snapshot's facts, the hash of its content, and an unfinished publish.

    `mark` is the hash of the last content that was published whole, `beside` what is kept of it beside the graph.
    """

    facts: GraphFacts
    mark: str
    unfinished: Unfinished | None
    beside: Beside


def content_mark(snapshot: Snapshot) -> str:
    """Return a hash of a snapshot's content with provenance, which is equal for equal content made in different workspaces."""
    facts = [(name, fact.rows, fact.full) for name, fact in sorted(snapshot.tables.items()) if name != SOURCES_TABLE]
    return hashlib.blake2b(json.dumps(facts).encode(), digest_size=16).hexdigest()


def describe(snapshot: Snapshot) -> dict[str, object]:
    """Return the properties by which a server's state node describes a snapshot."""
    return {
        "snapshot": snapshot.name, "digest": snapshot.digest, "as_of": snapshot.as_of, "mark": content_mark(snapshot),
        "counts": json.dumps(snapshot.counts, sort_keys=True), "files": json.dumps(snapshot.loads, ensure_ascii=False, sort_keys=True),
    }  # fmt: skip


def read_state(engine: ServerEngine) -> ServerState | None:
    """Return what the server holds; None when nothing was ever published to it."""
    rows = engine.read(cypher_texts.READ_STATE, {}).to_dicts()
    if not rows:
        return None
    row = rows[0]
    tables = {name: Packed(*told) for name, told in json.loads(row["tables"] or "{}").items()}
    return ServerState(_facts(row), row["mark"] or NOTHING, _unfinished(row), Beside(row["searched"] or "", tables))


def _facts(row: FrameRow) -> GraphFacts:
    publishing = None
    if row["publisher"]:
        publishing = Publishing(row["next"], row["step"], row["steps"], max(0.0, row["quiet"]))
    counts = json.loads(row["counts"] or '{"entities": {}, "relations": {}}')
    files = json.loads(row["files"] or "{}")
    return GraphFacts(row["snapshot"] or "", row["digest"] or "", row["as_of"], counts, files, publishing)


def _unfinished(row: FrameRow) -> Unfinished | None:
    if not row["publisher"]:
        return None
    return Unfinished(row["publisher"], row["base"], row["target"], row["plan"], row["step"])


def read_served(engine: ServerEngine) -> ServerState:
    """Return what the server serves; ServerEmptyError before the first publish has ended."""
    state = read_state(engine)
    if state is None or not state.mark:
        raise ServerEmptyError(address=engine.address)
    return state
