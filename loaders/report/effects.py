"""What a decision would change, before it is written: mentions and rows that bear its name, entities and relations of the graph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

import polars as pl

from graph.decisions import Decision, read_standing
from graph.documents import Document
from graph.names import normalize, split_party_body
from graph.schema import SCHEMA
from graph.workspace import LoadedSheet, Workspace
from loaders.cleaning.mentions import MENTION, one_a_row
from loaders.merging.merge import merge_loads
from loaders.report.snapshot_changes import compare_tables


class Mention(TypedDict):
    """Where a name is written, how, and in how many rows."""

    file: str
    sheet: str
    field: str
    name: str
    rows: int


def preview(workspace: Workspace, decisions: Sequence[Decision], name: str = "") -> Document:
    """Return how the graph would differ if exactly these decisions were in effect, and where `name` is written in the sheets.

    The answer has `mentions` (file, sheet, field, name, rows), `rows` (how many in all), `entities` and `relations` as
    `shilian diff` has them. Nothing is written; both states are merged from the loads, so it takes as long as two merges.
    """
    sheets = workspace.live_sheets()
    before = merge_loads(sheets, SCHEMA, read_standing(workspace.ledger, Decision))
    after = merge_loads(sheets, SCHEMA, decisions)
    mentions = find_mentions(sheets, name) if name else []
    return {
        "mentions": mentions, "rows": sum(m["rows"] for m in mentions), **compare_tables(before.tables, after.tables),
    }  # fmt: skip


def find_mentions(sheets: Sequence[LoadedSheet], name: str) -> list[Mention]:
    """Return where a name, or the Party body of it, is written: file, sheet, field, as written, and in how many rows."""
    wanted = normalize(name)
    found = []
    for sheet in sheets:
        frame = sheet.frame()
        for column in (c for c in frame.columns if c.startswith(MENTION)):
            written = one_a_row(frame.select(column), column)[column]
            counts = written.drop_nulls().cast(pl.String).value_counts().sort(column)
            for text, rows in counts.iter_rows():
                if wanted in {normalize(text), split_party_body(text)[0]}:
                    field = column.removeprefix(MENTION)
                    found.append(Mention(file=sheet.file, sheet=sheet.sheet, field=field, name=text, rows=rows))
    return found
