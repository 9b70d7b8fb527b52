"""图里有没有……？ Is there anything called …?

Everything that has a name is found by it, in short, in pinyin or by initials, by its number (DB-2026-03, 共建〔2025〕3号) or code, and by a
word that stands in what is told of it; people never.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

import polars as pl

from graph.names import normalize
from graph.spelling import find_spelled, is_typed, readings
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.reading.area import InArea, list_units
from queries.reading.entities import kind_names, record_of
from queries.reading.scope import Scope
from queries.reading.units_of import keep_within
from queries.reading.worded import find_worded
from queries.reading.written_names import find_owners, find_written

if TYPE_CHECKING:
    from graph.graph import Graph

Match = Literal["exact", "prefix", "initials", "substring", "word"]
MATCH_WORDS = {
    "exact": Said("相同", "exact"),
    "prefix": Said("开头", "prefix"),
    "initials": Said("拼音首字母", "initials"),
    "substring": Said("包含", "contains"),
    "word": Said("内容提到", "told of"),
}
RANKS: tuple[Match, ...] = ("exact", "prefix", "initials", "substring", "word")
SHOWN = ("id", "label", "shown", "load_id", "sheet", "row", "rank")
_SHORTEST_SUBSTRING_TYPED = 3  # two letters inside a spelling match nearly everything


@dataclass(frozen=True)
class Found:
    """A thing whose name, number or description fits; `whose` tells those of one name apart."""

    id: str
    label: str
    kind: str = column("类别", "kind")
    name: str = column("名称", "name")
    whose: str = column("属于", "of")
    match: Match = column("匹配", "match", words=MATCH_WORDS)
    records: list[Record] = column("出处", "records", "hidden")


@question(phrases=Said("有没有 叫；查找；搜索；找一下", "anything called; search for; find"))
def search(
    graph: Graph,
    scope: Scope,
    text: Annotated[
        str,
        Said("名称、简称、编号、文号、用词、全拼或首字母", "a name, short name, number, word, full pinyin or initials"),
    ],
    *,
    area: InArea = None,
    limit: Annotated[int, Between(1, 1000), Said("最多几条", "at most so many")] = 20,
) -> Answer[Found]:
    """图里有没有……？ Is there anything called …? Exact names first, then beginnings, initials, names that contain the text, and words."""
    asked = normalize(text)
    if not asked:
        return Answer([])
    written = find_written(graph, asked)
    found = _match_typed(written, asked) if is_typed(asked) else _match_written(written, asked)
    # Of one rank, what one looks for by its name comes first; then the kinds that say it seldom, before hundreds of uses.
    best = found.sort(
        "rank", ~pl.col("first"), pl.len().over("rank", "label"), pl.col("shown").str.len_chars(), "shown", "id"
    )
    best = best.unique("id", keep="first", maintain_order=True)
    if best.height <= limit:
        worded = find_worded(graph, asked).join(best, on="id", how="anti").with_columns(rank=len(RANKS) - 1)
        best = pl.concat([best.select(SHOWN), worded.select(SHOWN)], how="vertical_relaxed")
    best = keep_within(graph, best, list_units(graph, area) if area else None)
    kinds, top = kind_names(graph), best.head(limit)
    owners = find_owners(graph, top)
    rows = [
        Found(
            row["id"], row["label"], kinds[row["label"]], row["shown"], owners.get(row["id"], ""), RANKS[row["rank"]],
            [record_of(graph, row)],
        )
        for row in top.iter_rows(named=True)
    ]  # fmt: skip
    return Answer(rows, truncated=best.height > limit)


def _match_written(frame: pl.DataFrame, asked: str) -> pl.DataFrame:
    """Return the rows whose written name contains the text, with a rank."""
    name = pl.col("folded")
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
    near = find_spelled(frame["written"].unique(), typed)
    ranks = {name: rank for name in near if (rank := _rank_typed(name, typed)) is not None}
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
