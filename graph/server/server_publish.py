"""The workspace's current snapshot → a graph server, by the difference from what the server holds.

The snapshot's name and digest are written last; until then the server says that a publish is under way. A publish that broke
off is gone on with where its plan is the same; where only the server knows what it holds, all of it is read and compared.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import polars as pl

from graph.backends.protocol import ServerEngine
from graph.difference import TableDifference, find_difference
from graph.digest import RELATION_KEY
from graph.engines import open_server_engine
from graph.errors import EngineError, ServerForeignError
from graph.kinds import Schema
from graph.publish import Differences, find_differences, keyed_tables
from graph.server import cypher_texts
from graph.server.publication import COMPARED, Publication, Tell, say_nothing
from graph.server.publish_plan import PublishPlan, make_plan
from graph.server.quick_reading import drop_searches, is_quick, keep_beside
from graph.server.server_tables import read_all
from graph.server.state import NOTHING, ServerState, content_mark, read_state
from graph.settings import Settings
from graph.snapshot import Snapshot, read_manifest
from graph.storage_errors import SnapshotDamagedError
from graph.stored_tables import read_tables
from graph.tables import Tables
from graph.texts import Said
from graph.workspace import SNAPSHOTS, Workspace

log = logging.getLogger("shilian.graph")
PATIENCE_SECONDS = 60.0  # a server that is restarted in the middle of a publish is waited for


@dataclass(frozen=True)
class Target:
    """The snapshot that a graph server shall hold after a publish, with its tables."""

    snapshot: Snapshot
    tables: Tables
    schema: Schema

    @property
    def mark(self) -> str:
        """Return the hash by which the server recognizes the snapshot's content."""
        return content_mark(self.snapshot)


def check_server(settings: Settings) -> None:
    """Raise an error if the graph server cannot be reached or refuses the user, before a publish begins its long work."""
    if settings.graph:
        open_server_engine(settings).close()


def publish_on_server(
    settings: Settings, workspace: Workspace, schema: Schema, *, compare: bool = False, tell: Tell = say_nothing
) -> int:
    """Publish the workspace's current snapshot to the graph server in the settings, if any; return the number of transactions."""
    if not settings.graph:
        return 0
    with closing(open_server_engine(settings, PATIENCE_SECONDS)) as engine:
        return publish_to_server(engine, workspace, schema, compare=compare, tell=tell)


def publish_to_server(
    engine: ServerEngine,
    workspace: Workspace,
    schema: Schema,
    *,
    compare: bool = False,
    tell: Tell = say_nothing,
) -> int:
    """Bring a server to the workspace's current snapshot and return how many transactions it took; the caller holds the writing lock.

    `compare` reads the whole graph from the server instead of trusting what it says of itself. Raises ServerForeignError where the
    database holds entities that were not published, PublishTakenOverError when another publish began meanwhile.
    """
    snapshot = workspace.current()
    if snapshot is None:
        raise SnapshotDamagedError(snapshot="-", reason=Said("没有快照", "there is none"))
    state = read_state(engine)
    if state is None:
        _refuse_foreign(engine, schema)
    mark = content_mark(snapshot)
    is_same = state is not None and state.mark == mark and state.unfinished is None and not compare
    if state is not None and is_same and is_quick(state, snapshot, schema):
        return _rename(engine, state, snapshot)
    engine.define([*drop_searches(engine, schema), *cypher_texts.define(schema)])
    target = Target(snapshot, read_tables(snapshot, schema), schema)
    plan = None if compare else _plan_difference(workspace, state, target)
    publication = Publication(engine, snapshot, tell)
    for attempt in range(2):
        publication.carry_out(plan or _plan_by_comparing(engine, target), state)
        wrong = count_wrong(engine, target.tables, schema)
        if not wrong:
            break
        if attempt:
            raise EngineError(reason="；".join(wrong))
        log.warning("the server does not hold what was written (%s): comparing all of it", "; ".join(wrong))
        plan = None
    before = state.beside if state is not None and (plan is None or plan.base != NOTHING) else None
    publication.finish(keep_beside(engine, publication, before, snapshot, target.tables, schema))
    return publication.transactions


def _refuse_foreign(engine: ServerEngine, schema: Schema) -> None:
    held = _count_rows(engine, schema)
    for entity in schema.entities:
        if held[entity.label]:
            raise ServerForeignError(address=engine.address, label=entity.label)


def _count_rows(engine: ServerEngine, schema: Schema) -> dict[str, int]:
    return dict(engine.read(cypher_texts.count_rows(schema), {}).iter_rows())


def _rename(engine: ServerEngine, state: ServerState, snapshot: Snapshot) -> int:
    """Say the snapshot's name where the content is the same already (a snapshot made anew)."""
    if (state.facts.snapshot, state.facts.as_of, dict(state.facts.files)) == (
        snapshot.name,
        snapshot.as_of,
        snapshot.loads,
    ):
        return 0
    publication = Publication(engine, snapshot)
    publication.carry_out(PublishPlan((), "rename", state.mark), state)
    publication.finish(state.beside)
    return publication.transactions


def _plan_difference(workspace: Workspace, state: ServerState | None, target: Target) -> PublishPlan | None:
    """Return what brings the server from the content that it names to the target; None where only reading all of it can tell."""
    unfinished = state.unfinished if state else None
    if unfinished is not None and unfinished.target != target.mark:
        return None  # it stands somewhere between two other contents
    base = unfinished.base if unfinished else state.mark if state else NOTHING
    differences = _find_differences(workspace, base, target)
    if differences is None:
        return None
    plan = make_plan(base, target.mark, target.tables, target.schema, differences)
    # one that broke off half-way by other steps, another version's, left nobody knows what
    return plan if unfinished is None or not unfinished.step or unfinished.plan == plan.name else None


def _plan_by_comparing(engine: ServerEngine, target: Target) -> PublishPlan:
    differences = compare_with_server(engine, target.tables, target.schema)
    return make_plan(COMPARED, target.mark, target.tables, target.schema, differences)


def _find_differences(workspace: Workspace, base: str, target: Target) -> Differences | None:
    """Return how the target differs from the content marked `base`; None where the workspace holds no snapshot of it."""
    if base == NOTHING:
        return {
            name: _all_new(frame)
            for name, (frame, _) in keyed_tables(target.tables, target.schema).items()
            if frame.height
        }
    for snapshot in _snapshots(workspace):
        if content_mark(snapshot) == base:
            return find_differences(snapshot, target.tables, target.snapshot.tables, target.schema)
    return None


def _all_new(frame: pl.DataFrame) -> TableDifference:
    return TableDifference(frame, frame.clear(), frame.clear())


def _snapshots(workspace: Workspace) -> Iterator[Snapshot]:
    for number in reversed(workspace.snapshots()):
        try:
            yield read_manifest(workspace.path / SNAPSHOTS / str(number))
        except SnapshotDamagedError:
            continue


def compare_with_server(engine: ServerEngine, tables: Tables, schema: Schema) -> Differences:
    """Return how tables differ from what the server holds, row by row."""
    held = keyed_tables(read_all(engine, schema), schema)
    found: Differences = {}
    for name, (frame, key) in keyed_tables(tables, schema).items():
        old = held[name][0]
        difference = find_difference(old, frame, key)
        if difference is None:  # relations that stand there twice: all of them anew
            gone = old.unique(list(RELATION_KEY), keep="first")
            difference = TableDifference(frame, frame.clear(), gone)
        if difference.rows:
            found[name] = difference
    return found


def count_wrong(engine: ServerEngine, tables: Tables, schema: Schema) -> list[str]:
    """Return a line for each kind whose number of rows on the server differs from that of the tables."""
    expected = {label: frame.height for label, frame in tables.entities.items()}
    for (type, _, _), frame in tables.relations.items():
        expected[type] = expected.get(type, 0) + frame.height
    held = _count_rows(engine, schema)
    return [f"{name}: {held[name]} ≠ {rows}" for name, rows in expected.items() if held[name] != rows]


def verify_server(settings: Settings, workspace: Workspace, schema: Schema) -> list[Said]:
    """Return a sentence for each table of which the server holds other rows than the workspace's current snapshot, read whole."""
    snapshot = workspace.current()
    if snapshot is None:
        return []
    with closing(open_server_engine(settings)) as engine:
        differences = compare_with_server(engine, read_tables(snapshot, schema), schema)
        lines = [
            f"{engine.address} {name}: +{d.added.height} ~{d.changed.height} -{d.removed.height}"
            for name, d in differences.items()
        ]
        return [
            Said(f"{line}；再运行一次 shilian load 即与工作区一致。", f"{line}; shilian load brings it up to date.")
            for line in lines
        ]
