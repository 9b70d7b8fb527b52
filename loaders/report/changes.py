"""What changed between two snapshots: entities and relations that came, changed and went, the first few by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from graph.difference import find_difference
from graph.digest import content_columns, relation_table_name
from graph.errors import ArgumentError
from graph.kinds import PROVENANCE, Schema
from graph.schema import SCHEMA
from graph.snapshot import Snapshot, read_manifest
from graph.stored_tables import StoredTables
from graph.tables import Tables, entity_columns, relation_columns
from graph.texts import Said
from graph.workspace import SNAPSHOTS, Workspace

Reader = Callable[[str, Mapping[str, Any]], pl.DataFrame]  # a table by its name
NAMED = 10  # of each kind of change, so many are named
PARTS = ("added", "changed", "removed")
_NAMES = ("name", "title", "number", "purpose", "day")


def difference(workspace_path: Path, a: str, b: str, *, schema: Schema = SCHEMA) -> dict[str, Any]:
    """Return what changed from snapshot `a` to snapshot `b`, as the JSON of `shilian diff`: counts and names by kind."""
    workspace = Workspace.open(workspace_path)
    old, new = (StoredTables(_find(workspace, name)) for name in (a, b))
    same = old.snapshot.digest == new.snapshot.digest
    return {"from": a, "to": b, "same": same, **_compare_all(old.read, new.read, schema)}


def compare_tables(old: Tables, new: Tables, *, schema: Schema = SCHEMA) -> dict[str, Any]:
    """Return what changed from one state to another that is not published, in the form of `difference`: entities, relations."""
    return _compare_all(_reader(old), _reader(new), schema)


def _reader(tables: Tables) -> Reader:
    relations = {relation_table_name(key): frame for key, frame in tables.relations.items()}
    return lambda name, columns: (tables.entities[name] if name in tables.entities else relations[name]).select(
        *columns
    )


def _compare_all(old: Reader, new: Reader, schema: Schema) -> dict[str, Any]:
    entities, relations = {}, {}
    for entity in schema.entities:
        columns = entity_columns(entity)
        before, after = (_open(read(entity.label, columns)) for read in (old, new))
        found = _compare(before, after, ["id"])
        if found:
            entities[entity.label] = found
    for relation in schema.relations:
        columns = relation_columns(relation)
        names = [relation_table_name((relation.type, *pair)) for pair in relation.pairs()]
        key = ["source", "target", *([relation.starts] if relation.starts else [])]
        before, after = (pl.concat([_open(read(name, columns)) for name in names]) for read in (old, new))
        found = _compare(before, after, key)
        if found:
            relations[relation.type] = found
    return {"entities": entities, "relations": relations}


def _find(workspace: Workspace, name: str) -> Snapshot:
    known = [str(number) for number in workspace.snapshots()]
    if name not in known:
        reason = Said(
            f"没有这个快照；现有：{', '.join(known) or '—'}", f"no such snapshot; kept: {', '.join(known) or '—'}"
        )
        raise ArgumentError(argument="snapshot", value=name[:40], reason=reason)
    return read_manifest(workspace.path / SNAPSHOTS / name)


def _open(frame: pl.DataFrame) -> pl.DataFrame:
    """Return what is open, without provenance: the same fact from another file is no change."""
    return frame.filter(pl.col("valid_to").is_null()).drop(*PROVENANCE)


def _compare(old: pl.DataFrame, new: pl.DataFrame, key: list[str]) -> dict[str, Any]:
    content = [*dict.fromkeys((*key, *content_columns(new)))]
    found = find_difference(old.select(content), new.select(content), key)
    if found is None or not found.rows:
        return {}
    frames = {part: getattr(found, part) for part in PARTS}
    return {
        part: {"count": frame.height, "first": _named(frame, key)} for part, frame in frames.items() if frame.height
    }


def _named(frame: pl.DataFrame, key: list[str]) -> list[dict[str, Any]]:
    shown = [name for name in _NAMES if name in frame.columns][:1] if "id" in key else []
    return frame.select(*key, *shown).sort(key).head(NAMED).cast(pl.String).to_dicts()
