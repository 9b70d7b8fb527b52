"""Writes tables as the next snapshot into a new folder and then makes it the current one by a single rename.

Readers see the old or the new snapshot, never half of one.
Nothing is built when nothing changed. A small difference is written into a copy of the last graph file, a large one by filling
a new file; both hold the same.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from graph.cypher import fingerprint
from graph.difference import TableDifference, find_difference
from graph.digest import digest_tables, relation_table_name
from graph.disk import describe_file, remove_folder, replace_file, sync_file, sync_folder
from graph.engines import file_engine
from graph.errors import EngineError
from graph.kinds import Relation, Schema
from graph.settings import KEEP_SNAPSHOTS
from graph.snapshot import GRAPH_FILE, Snapshot, TableFact, write_manifest
from graph.storage_errors import SnapshotDamagedError
from graph.stored_tables import arrange, read_table, read_tables, write_tables
from graph.tables import Tables
from graph.texts import Said
from graph.workspace import SNAPSHOTS, UNFINISHED, Workspace

SMALL_SHARE = 0.05  # up to this share of the rows, changing a copy is faster than filling a new file
MOST_PATCHES = 20  # then the file is filled anew, so that what changes leave behind never adds up
Differences = dict[str, TableDifference]


@dataclass(frozen=True)
class Published:
    """The result of a publish: the current snapshot, its digest, whether the content changed, and the changed rows of each table."""

    snapshot: str
    digest: str
    changed: bool
    difference: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def publish(
    workspace: Workspace,
    tables: Tables,
    schema: Schema,
    meta: Mapping[str, Any],
    *,
    anew: bool = False,
    keep: int = KEEP_SNAPSHOTS,
) -> Published:
    """Make the tables the snapshot being served, and return what changed.

    `meta` goes into the manifest; its `as_of` is the day of which the graph speaks. `anew` builds even when nothing changed;
    the newest `keep` snapshots stay on disk.
    """
    with workspace.writing():
        last = _find_last(workspace)
        ordered = arrange(tables, schema)
        describe = partial(_describe, workspace, ordered, schema, meta)
        if last is None:
            next_one = _build(workspace, ordered, schema, describe, _Base())
        else:
            next_one = describe()
            if not anew and _is_same(last, next_one):
                write_manifest(
                    replace(next_one, folder=last.folder, number=last.number, files=last.files, patches=last.patches)
                )
                return Published(last.name, last.digest, False)
            differences = find_differences(last, ordered, next_one.tables, schema)
            fits = (last.schema, last.engine) == (next_one.schema, next_one.engine)
            _build(workspace, ordered, schema, lambda: next_one, _Base(last, None if anew else differences, fits))
        _prune(workspace, next_one.number, keep)
        changed = last is None or last.digest != next_one.digest
        if last is None:
            counts = {name: {"added": fact.rows, "changed": 0, "removed": 0} for name, fact in next_one.tables.items()}
        else:
            counts = {name: d.counts() for name, d in (differences or {}).items()}
        return Published(next_one.name, next_one.digest, changed, {n: c for n, c in counts.items() if any(c.values())})


def rebuild_graph_file(workspace: Workspace, schema: Schema) -> None:
    """Build the graph file of the current snapshot again from its tables; SnapshotDamagedError when these are damaged too."""
    with workspace.writing():
        snapshot = workspace.current()
        if snapshot is None:
            raise SnapshotDamagedError(snapshot="-", reason=Said("没有快照", "there is none"))
        tables = read_tables(snapshot, schema)
        draft = snapshot.folder.with_name(f"{snapshot.name}{UNFINISHED}")
        remove_folder(draft)
        draft.mkdir()
        try:
            path = draft / GRAPH_FILE
            file_engine().build(path, tables, schema)
            sync_file(path)
            fact = describe_file(path)
            replace_file(path, snapshot.folder / GRAPH_FILE)
        finally:
            remove_folder(draft)
        files = dict(snapshot.files) | {GRAPH_FILE: fact}
        write_manifest(
            replace(snapshot, files=files, engine=file_engine().engine_version(), schema=fingerprint(schema), patches=0)
        )


def verify(workspace: Workspace) -> list[Said]:
    """Return a sentence for each stored load or file of the current snapshot that is missing or damaged."""
    found = [damage.said for damage in workspace.find_damage()]
    try:
        snapshot = workspace.current()
    except SnapshotDamagedError as error:
        return [*found, error.said]
    return found + (snapshot.problems() if snapshot else [])


def _find_last(workspace: Workspace) -> Snapshot | None:
    """Return the snapshot being served, if it is whole as far as sizes tell."""
    try:
        last = workspace.current()
        if last is not None:
            last.check_sizes()
    except SnapshotDamagedError:
        return None
    return last


def _describe(workspace: Workspace, tables: Tables, schema: Schema, meta: Mapping[str, Any]) -> Snapshot:
    number = _next_number(workspace)
    digests = digest_tables(tables, is_sorted=True)
    day = meta.get("as_of")
    return Snapshot(
        folder=workspace.path / SNAPSHOTS / str(number),
        number=number,
        digest=digests.total,
        revision=workspace.ledger.revision,
        schema=fingerprint(schema),
        engine=file_engine().engine_version(),
        as_of=date.fromisoformat(day) if isinstance(day, str) else day,
        counts=tables.counts(),
        loads={load["id"]: load["file"] for load in workspace.ledger.loads() if not load["withdrawn"]},
        tables=dict(digests.tables),
        files={},
        published=datetime.now(UTC).isoformat(timespec="seconds"),
        meta={name: value for name, value in meta.items() if name != "as_of"},
    )


def _next_number(workspace: Workspace) -> int:
    return max([0, *workspace.snapshots()]) + 1


def _is_same(last: Snapshot, next_one: Snapshot) -> bool:
    return (last.tables, last.schema, last.engine) == (next_one.tables, next_one.schema, next_one.engine)


def find_differences(
    last: Snapshot, tables: Tables, facts: Mapping[str, TableFact], schema: Schema
) -> Differences | None:
    """Compare every table whose digest changed with the last snapshot on disk; None where that is not possible."""
    found: Differences = {}
    try:
        for name, (frame, key_columns) in keyed_tables(tables, schema).items():
            if last.tables.get(name) == facts.get(name):
                continue
            old = read_table(last, name) if name in last.tables else None
            difference = find_difference(old, frame, key_columns)
            if difference is None:
                return None
            found[name] = difference
    except SnapshotDamagedError:
        return None
    return found


def keyed_tables(tables: Tables, schema: Schema) -> dict[str, tuple[pl.DataFrame, list[str]]]:
    """Return every table by its name, with the columns that identify a row."""
    frames = {label: (frame, ["id"]) for label, frame in tables.entities.items()}
    for key, frame in tables.relations.items():
        frames[relation_table_name(key)] = (frame, ["source", "target", *_starts(schema.relation(key[0]))])
    return frames


def _starts(relation: Relation) -> list[str]:
    """Return the columns that tell two relations of one pair apart."""
    return list(relation.property(relation.starts).columns()) if relation.starts else []


@dataclass(frozen=True)
class _Base:
    """What a new snapshot can start from: the last one, and how it differs (None: fill everything anew)."""

    last: Snapshot | None = None
    differences: Differences | None = None
    fits: bool = True  # same schema and engine


def _build(
    workspace: Workspace, tables: Tables, schema: Schema, describe: Callable[[], Snapshot], base: _Base
) -> Snapshot:
    """Build the snapshot's folder beside, give it its name, serve it; describing it (its digests) may go on meanwhile."""
    folder = workspace.path / SNAPSHOTS / str(_next_number(workspace))
    draft = folder.with_name(f"{folder.name}{UNFINISHED}")
    remove_folder(draft)
    try:
        (draft / "tables").mkdir(parents=True)
        with ThreadPoolExecutor(1) as beside:
            described = beside.submit(describe)
            written = beside.submit(lambda: write_tables(draft, tables, described.result().tables, base.last))
            patches = _write_graph(draft / GRAPH_FILE, tables, schema, base)
            snapshot, files = described.result(), written.result()
        sync_file(draft / GRAPH_FILE)
        files[GRAPH_FILE] = describe_file(draft / GRAPH_FILE)
        write_manifest(replace(snapshot, folder=draft, files=files, patches=patches))
        sync_folder(draft / "tables")
        draft.rename(folder)
        sync_folder(folder.parent)
        workspace.set_current(snapshot.number)
    except BaseException:
        remove_folder(draft)
        raise
    return snapshot


def _write_graph(path: Path, tables: Tables, schema: Schema, base: _Base) -> int:
    """Write the graph file, by changing a copy of the last one or by filling a new one; returns how often it was changed so far."""
    last, differences = base.last, base.differences
    if last is not None and differences is not None and base.fits and _is_small(last, differences, tables):
        try:
            shutil.copyfile(last.check_file(GRAPH_FILE), path)
            file_engine().apply(path, tables, schema, differences)
        except (EngineError, SnapshotDamagedError):
            for leftover in path.parent.glob(f"{path.name}*"):
                leftover.unlink()
        else:
            return last.patches + 1
    file_engine().build(path, tables, schema)
    return 0


def _is_small(last: Snapshot, differences: Differences, tables: Tables) -> bool:
    """Tell whether changing a copy pays: few rows, and not changed too often already."""
    rows = sum(frame.height for frame in (*tables.entities.values(), *tables.relations.values()))
    return last.patches < MOST_PATCHES and sum(d.rows for d in differences.values()) <= SMALL_SHARE * rows


def _prune(workspace: Workspace, current: int, keep: int) -> None:
    """Delete snapshots beyond the newest `keep`; what a reader still holds open goes with a later publish."""
    for number in [n for n in workspace.snapshots() if n <= current][:-keep]:
        remove_folder(workspace.path / SNAPSHOTS / str(number))
