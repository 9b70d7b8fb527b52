"""Finds the things of which something is told in which a word stands: what an offer contains, what a post demands."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from graph.types import ListOf, OfficePhone, Text
from queries.reading.entities import folded, open_entities, shown_name
from queries.reading.facts import Recent, snapshot_key
from queries.reading.written_names import list_found

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Entity

KEPT = 2
_RECENT: Recent[pl.DataFrame] = Recent(KEPT)
_COLUMNS = ("id", "label", "shown", "load_id", "sheet", "row")


def find_worded(graph: Graph, word: str) -> pl.DataFrame:
    """Return the things in whose texts a normalized word stands: id, label, shown, and their file row."""
    texts = _RECENT.get(snapshot_key(graph), partial(_read_texts, graph))
    return texts.filter(pl.col("folded").str.contains(word, literal=True)).select(_COLUMNS).sort("label", "shown", "id")


def _read_texts(graph: Graph) -> pl.DataFrame:
    return pl.concat([_texts_of(graph, kind) for kind in list_found(graph)])


def _texts_of(graph: Graph, kind: Entity) -> pl.DataFrame:
    """Return what is told of the things of a kind in words, without their names; telephones and codes are no words."""
    told = [
        p
        for p in kind.properties
        if isinstance(p.type, (Text, ListOf)) and not isinstance(p.type, OfficePhone) and p.name not in kind.found_by
    ]
    lists = [p.name for p in told if isinstance(p.type, ListOf)]
    plain = [p.name for p in told if not isinstance(p.type, ListOf)]
    frame = open_entities(graph, kind, *kind.found_by, "day", *lists, *plain)
    words = [pl.lit("", pl.String), *(pl.col(name) for name in plain), *(pl.col(name).list.join(" ") for name in lists)]
    told_of = frame.with_columns(text=pl.concat_str(words, separator=" ", ignore_nulls=True))
    return told_of.select(
        "id", "load_id", "sheet", "row", label=pl.lit(kind.label), shown=shown_name(frame, kind), folded=folded("text")
    ).select(*_COLUMNS, "folded")
