"""A snapshot as the files of `neo4j-admin database import`: the quickest way to fill an empty database with a large graph.

Typed CSV files, a command, and the state node, so that afterwards publishing goes on by differences as if it had filled the graph.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from graph.digest import relation_table_name
from graph.disk import disk_errors
from graph.kinds import Schema, engine_type
from graph.server.cypher_texts import STATE
from graph.server.state import describe
from graph.snapshot import Snapshot
from graph.stored_tables import read_tables

BETWEEN_ITEMS = "\x1f"  # no cell holds this sign
TYPES = {
    "STRING": "string",
    "INT64": "long",
    "INT32": "long",
    "DOUBLE": "double",
    "BOOL": "boolean",
    "DATE": "date",
    "STRING[]": "string[]",
}
COMMAND, STATE_FILE = "import.txt", "state.csv"


@dataclass(frozen=True)
class ImportFiles:
    """What was written: rows by file, and the command that reads it, to be run in the folder."""

    rows: Mapping[str, int]
    command: str


def write_import_files(snapshot: Snapshot, schema: Schema, folder: Path, database: str = "neo4j") -> ImportFiles:
    """Write a snapshot into `folder` and return what was written; files of an earlier export are replaced."""
    tables = read_tables(snapshot, schema)
    rows: dict[str, int] = {}
    options: list[str] = []
    with disk_errors():
        folder.mkdir(parents=True, exist_ok=True)
        for label, frame in tables.entities.items():
            if frame.height:
                names = {"id": f"id:ID({label})"}
                _write(folder / f"{label}.csv", frame, names, rows)
                options.append(f'--nodes={label}="{label}.csv"')
        for (type, source, target), frame in tables.relations.items():
            if frame.height:
                file = f"{relation_table_name((type, source, target))}.csv"
                names = {"source": f":START_ID({source})", "target": f":END_ID({target})"}
                _write(folder / file, frame, names, rows)
                options.append(f'--relationships={type}="{file}"')
        told = {"id": "graph", **describe(snapshot)}
        state = pl.DataFrame([told], schema={name: pl.Date if name == "as_of" else pl.String for name in told})
        _write(folder / STATE_FILE, state, {"id": f"id:ID({STATE})"}, rows)
        options.append(f'--nodes={STATE}="{STATE_FILE}"')
        command = _command(options, database)
        (folder / COMMAND).write_text(command + "\n", encoding="utf-8")
    return ImportFiles(rows, command)


def _command(options: list[str], database: str) -> str:
    fixed = ["--id-type=string", "--array-delimiter=U+001F", "--multiline-fields=true", "--overwrite-destination=true"]
    return " ".join(["neo4j-admin", "database", "import", "full", database, *fixed, *options])


def _write(path: Path, frame: pl.DataFrame, names: Mapping[str, str], rows: dict[str, int]) -> None:
    """Write a table as CSV whose header says the type of each column that has a value; a null is an empty cell."""
    known = [name for name in frame.columns if name in names or frame[name].null_count() < frame.height]
    lists = [pl.col(n).list.join(BETWEEN_ITEMS) for n in known if isinstance(frame.schema[n], pl.List)]
    headers = {name: names.get(name) or f"{name}:{_type(frame.schema[name])}" for name in known}
    frame.select(known).with_columns(lists).rename(headers).write_csv(path)
    rows[path.name] = frame.height


def _type(dtype: Any) -> str:
    return TYPES[engine_type(dtype)]
