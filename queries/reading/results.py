"""What the registers say of how a thing went: its state, progress, rating, result, in the words of the register's columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from graph.documents import FrameRow
from graph.texts import Said, join_said
from queries.answers.rows import Record
from queries.reading.entities import open_entities, record_of

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Entity, Relation

# The properties that tell of a result, in the order in which they are told; a kind has some of them.
TELL_OF_RESULTS = (
    "status", "performance", "progress", "result", "rating", "score", "highlights", "suggestions", "rectification", "issues",
    "open_issues", "decision", "closed_at",
)  # fmt: skip
HEADCOUNT = "headcount"
# The properties that say when a thing ended or will end, the surest first.
ENDS = ("closed_at", "finished", "expires", "until", "end", "ends")


@dataclass(frozen=True)
class Result:
    """What is known of how one thing went: a sentence, how many took part, when it ended or will end, and the row that says so."""

    text: Said
    headcount: int | None
    record: Record
    until: date | None = None


def read_results(graph: Graph, wanted: Mapping[str, Iterable[str]]) -> dict[str, Result]:
    """Return the results of some things, given as ids by label, by id."""
    found = {}
    for label, ids in sorted(wanted.items()):
        kind = graph.schema.entity(label)
        ends = [c for c in ENDS if c in kind.columns()]
        columns = [c for c in dict.fromkeys((*TELL_OF_RESULTS, HEADCOUNT, *ends)) if c in kind.columns()]
        for row in open_entities(graph, kind, *columns).filter(pl.col("id").is_in(sorted(ids))).iter_rows(named=True):
            until = next((row[name] for name in ends if row[name] is not None), None)
            found[row["id"]] = Result(tell_result(kind, row), row.get(HEADCOUNT), record_of(graph, row, label), until)
    return found


def tell_result(kind: Entity | Relation, row: FrameRow, names: Sequence[str] = TELL_OF_RESULTS) -> Said:
    """Return what a row says of its result: 状态：已完成；评价：满意."""
    told = []
    for name in names:
        value = row.get(name)
        if value is None or value == [] or name not in kind.columns():
            continue
        heading = kind.property(name)
        shown = (
            "、".join(map(str, value))
            if isinstance(value, list)
            else f"{value:g}"
            if isinstance(value, float)
            else str(value)
        )
        told.append(Said(f"{heading.zh}：{shown}", f"{heading.en}: {shown}"))
    return join_said(told)
