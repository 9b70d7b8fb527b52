"""What changed between two snapshots: entities and relations that came, changed and went, the first few by name; persons never."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypedDict

import polars as pl

from graph.difference import find_difference
from graph.digest import content_columns, relation_table_name
from graph.documents import Document
from graph.errors import ArgumentError
from graph.kinds import PROVENANCE, Entity, Schema
from graph.people import find_persons
from graph.schema import SCHEMA
from graph.snapshot import Snapshot, read_manifest
from graph.stored_tables import StoredTables, arrange
from graph.tables import Tables, empty_table, entity_columns, relation_columns
from graph.texts import Said
from graph.types.value_type import PolarsType
from graph.workspace import SNAPSHOTS, Workspace

Reader = Callable[[str, Mapping[str, PolarsType]], pl.DataFrame]  # a table by its name
NAMED = 10  # of each kind of change, so many are named
PARTS = ("added", "changed", "removed")


class Change(TypedDict):
    """How many things came, changed or went, and the first few of them by key and name."""

    count: int
    first: list[dict[str, str | None]]


Changes = dict[str, dict[str, Change]]  # kind of entity or relation → part (PARTS) → what changed


def difference(workspace_path: Path, a: str, b: str, *, schema: Schema = SCHEMA) -> Document:
    """Return what changed from snapshot `a` to snapshot `b`, as the JSON of `shilian diff`: counts and names by kind."""
    workspace = Workspace.open(workspace_path)
    old, new = (StoredTables(_find(workspace, name)) for name in (a, b))
    same = old.snapshot.digest == new.snapshot.digest
    return {"from": a, "to": b, "same": same, **_compare_all(old.read, new.read, schema)}


def compare_tables(old: Tables, new: Tables, *, schema: Schema = SCHEMA) -> dict[str, Changes]:
    """Return how many entities and relations of each kind came, changed or went from `old` to `new`, with the first of them by name.

    The tables are in memory and not published yet; two published snapshots are compared by `difference`.
    """
    return _compare_all(_reader(old), _reader(new), schema)


def compare_with_current(workspace: Workspace, new: Tables, *, schema: Schema = SCHEMA) -> dict[str, Changes]:
    """Return what publishing these tables would change in the snapshot that is served now, in the form of `difference`."""
    current = workspace.current()
    old: Reader = StoredTables(current).read if current else lambda _, columns: empty_table(columns)
    return _compare_all(old, _reader(arrange(new, schema)), schema)


def _reader(tables: Tables) -> Reader:
    relations = {relation_table_name(key): frame for key, frame in tables.relations.items()}
    return lambda name, columns: (tables.entities[name] if name in tables.entities else relations[name]).select(
        *columns
    )


def _compare_all(old: Reader, new: Reader, schema: Schema) -> dict[str, Changes]:
    entities: Changes = {}
    relations: Changes = {}
    persons = find_persons(schema)
    for entity in schema.entities:
        columns = entity_columns(entity)
        before, after = (_open(read(entity.label, columns)) for read in (old, new))
        found = _compare(before, after, ["id"], () if entity.label in persons else ["id", *_name_of(entity)])
        if found:
            entities[entity.label] = found
    for relation in schema.relations:
        columns = relation_columns(relation)
        names = [relation_table_name((relation.type, *pair)) for pair in relation.pairs()]
        key = relation.row_key
        before, after = (pl.concat([_open(read(name, columns)) for name in names]) for read in (old, new))
        found = _compare(before, after, key, () if any(persons & set(pair) for pair in relation.pairs()) else key)
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


def _compare(old: pl.DataFrame, new: pl.DataFrame, key: list[str], shown: Sequence[str]) -> dict[str, Change]:
    content = [*dict.fromkeys((*key, *content_columns(new)))]
    found = find_difference(old.select(content), new.select(content), key)
    if found is None or not found.rows:
        return {}
    frames = {part: getattr(found, part) for part in PARTS}
    return {
        part: Change(count=frame.height, first=_first(frame, key, shown))
        for part, frame in frames.items()
        if frame.height
    }


def _first(frame: pl.DataFrame, key: list[str], shown: Sequence[str]) -> list[dict[str, str | None]]:
    return frame.sort(key).select(shown).head(NAMED).cast(pl.String).to_dicts()


def _name_of(kind: Entity) -> list[str]:
    return [name for name in (*kind.named_by, "day") if name in kind.columns()][:1]
