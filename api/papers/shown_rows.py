"""Rows and numbers as documents show them: each with the mark of the footnote that tells where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import polars as pl

from api.papers.paper import Writing
from api.papers.written_register import WrittenRow, write_things
from graph.kinds import Register
from graph.states import is_over
from loaders.template import own_columns
from queries.reading.facts import find_met


def show_rows(writing: Writing, rows: Iterable[WrittenRow], *registers: Register) -> list[dict[str, Any]]:
    """Return rows for a table of a document: their cells by field, their number from 1, their footnote."""
    blank: dict[str, Any] = {column.field: "" for register in registers for column in own_columns(register)}
    return [
        blank
        | {name: cell for name, cell in row.cells.items() if cell is not None}
        | {"n": number, "source": cite_rows(writing, [row])}
        for number, row in enumerate(rows, 1)
    ]


def cite_rows(writing: Writing, rows: Iterable[WrittenRow]) -> str:
    """Return the mark of the footnote that tells where rows come from."""
    return writing.cite(record for row in rows for record in row.records)


def count_rows(writing: Writing, rows: Sequence[WrittenRow], unit: str = "项") -> str:
    """Return how many rows there are, with their footnote: 4 项[1]."""
    return f"{len(rows)} {unit}{cite_rows(writing, rows)}"


def add_up(writing: Writing, rows: Sequence[WrittenRow], name: str, unit: str) -> str:
    """Return the sum of a number over the rows that tell it, with their footnote; 未填报 where none does."""
    told = [row for row in rows if isinstance(row.cells.get(name), int | float)]
    total = sum(row.cells[name] for row in told)  # type: ignore[misc]
    return f"{total:g} {unit}{cite_rows(writing, told)}" if told else "未填报"


def part_over(rows: Sequence[WrittenRow], today: date | None) -> tuple[list[WrittenRow], list[WrittenRow]]:
    """Return the rows whose status says that they are done or called off, and the others."""
    told = pl.DataFrame({"status": [row.values.get("status") for row in rows]}, schema={"status": pl.String})
    over = told.select(is_over(today)).to_series().to_list()
    pairs = list(zip(rows, over, strict=True))
    return [row for row, done in pairs if done], [row for row, done in pairs if not done]


def find_open_needs(writing: Writing, *registers: Register) -> list[WrittenRow]:
    """Return the needs of registers that are still open: neither over by their status, nor met by a claim."""
    met = set(find_met(writing.graph))
    _, left = part_over(write_things(writing.graph, writing.scope, *registers), writing.graph.as_of)
    return [row for row in left if row.values["id"] not in met]
