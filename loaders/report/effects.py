"""What a decision would change, before it is written: mentions and rows that bear its name, entities and relations of the graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from graph.names import normalize, split_party_body
from graph.schema import SCHEMA
from graph.workspace import Workspace
from loaders.cleaning.clean import MENTION
from loaders.merging.merge import merge_loads
from loaders.merging.statements import LoadedSheet
from loaders.report.changes import compare_tables


def preview(workspace: Workspace, decisions: Sequence[Mapping[str, Any]], name: str = "") -> dict[str, Any]:
    """Return how the graph would differ if these were the standing decisions, and where `name` is written.

    The answer has `mentions` (file, sheet, field, name, rows), `rows` (how many in all), `entities` and `relations` as
    `shilian diff` has them. Nothing is written; both states are merged from the loads, so it takes as long as two merges.
    """
    sheets = workspace.live_sheets()
    before = merge_loads(sheets, SCHEMA, workspace.ledger.decisions())
    after = merge_loads(sheets, SCHEMA, decisions)
    mentions = find_mentions(sheets, name) if name else []
    return {
        "mentions": mentions, "rows": sum(m["rows"] for m in mentions), **compare_tables(before.tables, after.tables),
    }  # fmt: skip


def find_mentions(sheets: Sequence[LoadedSheet], name: str) -> list[dict[str, Any]]:
    """Return where a name, or the Party body of it, is written: file, sheet, field, as written, and in how many rows."""
    wanted = normalize(name)
    found = []
    for sheet in sheets:
        frame = sheet.frame()
        for column in (c for c in frame.columns if c.startswith(MENTION)):
            written = frame[column].explode() if frame.schema[column] == pl.List(pl.String) else frame[column]
            counts = written.drop_nulls().cast(pl.String).value_counts().sort(column)
            for text, rows in counts.iter_rows():
                if wanted in {normalize(text), split_party_body(text)[0]}:
                    place = {"file": sheet.file, "sheet": sheet.sheet, "field": column.removeprefix(MENTION)}
                    found.append({**place, "name": text, "rows": rows})
    return found
