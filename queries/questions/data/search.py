"""图里有没有……？ Is there anything called …?

Units, resources, agreements, projects, brands and courses are found by name, short name, number or pinyin; people never.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import polars as pl

from graph.names import normalize
from queries.answers.answer import Answer, Record, column
from queries.answers.catalogue import question
from queries.reading.entities import folded, kind_names, open_entities, record_of, shown_name
from queries.reading.scope import Scope
from queries.reading.spelling import is_typed, readings

if TYPE_CHECKING:
    from graph.graph import Graph

Match = Literal["exact", "prefix", "initials", "substring"]
MATCH_WORDS = {
    "exact": ("相同", "exact"),
    "prefix": ("开头", "prefix"),
    "initials": ("拼音首字母", "initials"),
    "substring": ("包含", "contains"),
}
RANKS: tuple[Match, ...] = ("exact", "prefix", "initials", "substring")
SEARCHED = ("Venue", "RedBase", "Agreement", "Project", "Brand", "IdleProperty", "CulturalResource", "Course")
WRITTEN = ("name", "short_name", "former_name", "title", "number")
_SHORTEST_SUBSTRING_TYPED = 3  # two letters inside a spelling match nearly everything


@dataclass(frozen=True)
class Found:
    """A unit, resource or agreement whose name fits."""

    id: str
    label: str
    kind: str = column("类别", "kind")
    name: str = column("名称", "name")
    match: Match = column("匹配", "match", words=MATCH_WORDS)
    records: list[Record] = column("出处", "records", "hidden")


@question
def search(graph: Graph, scope: Scope, text: str, *, limit: int = 20) -> Answer[Found]:
    """图里有没有……？ Is there anything called …? Exact names first, then beginnings, initials, and names that contain the text.

    Arguments:
        text: 名称、简称、协议编号、全拼或首字母 ¦ a name, short name, number, full pinyin or initials
        limit: 最多几条 ¦ at most so many
    """
    asked = normalize(text)
    if not asked:
        return Answer([])
    frame = read_searched(graph)
    found = (_match_typed if is_typed(asked) else _match_written)(frame, asked)
    best = found.sort("rank", pl.col("shown").str.len_chars(), "shown", "id").unique(
        "id", keep="first", maintain_order=True
    )
    kinds = kind_names(graph)
    rows = [
        Found(row["id"], row["label"], kinds[row["label"]], row["shown"], RANKS[row["rank"]], [record_of(graph, row)])
        for row in best.head(limit).iter_rows(named=True)
    ]
    return Answer(rows, truncated=best.height > limit)


def read_searched(graph: Graph) -> pl.DataFrame:
    """Return a row for each way in which a searchable thing is written: id, label, shown, written, and its file row."""
    parts = []
    for label in (*(unit.label for unit in graph.schema.units), *SEARCHED):
        frame = open_entities(graph, label, *(c for c in WRITTEN if c in graph.schema.entity(label).columns()))
        frame = frame.with_columns(label=pl.lit(label), shown=shown_name(frame))
        ways = frame.unpivot(
            [c for c in WRITTEN if c in frame.columns],
            index=["id", "label", "shown", "load_id", "sheet", "row"],
            value_name="written",
        )
        parts.append(ways.drop("variable").drop_nulls("written"))
    return pl.concat(parts)


def _match_written(frame: pl.DataFrame, asked: str) -> pl.DataFrame:
    """Return the rows whose written name contains the text, with a rank."""
    name = folded("written")
    rank = (
        pl.when(name == asked)
        .then(0)
        .when(name.str.starts_with(asked))
        .then(1)
        .when(name.str.contains(asked, literal=True))
        .then(3)
    )
    return frame.with_columns(rank=rank).drop_nulls("rank")


def _match_typed(frame: pl.DataFrame, asked: str) -> pl.DataFrame:
    """Return the rows whose name, spelled in any of its readings, fits the letters, with a rank."""
    typed = asked.replace(" ", "").replace("'", "")
    written = frame["written"].unique().to_list()
    ranks = {name: rank for name in written if (rank := _rank_typed(name, typed)) is not None}
    return frame.with_columns(
        rank=pl.col("written").replace_strict(ranks, default=None, return_dtype=pl.Int32)
    ).drop_nulls("rank")


def _rank_typed(name: str, typed: str) -> int | None:
    full, initials = readings(name)
    if typed in full or typed == name.lower():
        return 0
    if any(one.startswith(typed) for one in full):
        return 1
    if any(one.startswith(typed) for one in initials):
        return 2
    long_enough = len(typed) >= _SHORTEST_SUBSTRING_TYPED
    return 3 if long_enough and any(typed in one for one in (*full, *initials)) else None
