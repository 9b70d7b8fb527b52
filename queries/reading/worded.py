"""Finds the things of which something is told in which a word stands: what an offer contains, what a post demands."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from graph.names import folded
from graph.searched import join_texts, list_texts
from queries.reading.entities import shown_name
from queries.reading.facts import Recent, snapshot_key
from queries.reading.written_names import ask_index, list_found, read_found

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.graph import Graph
    from graph.kinds import Entity

KEPT = 2
_RECENT: Recent[pl.DataFrame] = Recent(KEPT)
_COLUMNS = ("id", "label", "shown", "load_id", "sheet", "row")
_TOLD = dict.fromkeys((*_COLUMNS, "folded"), pl.String) | {"row": pl.Int32}


def find_worded(graph: Graph, word: str) -> pl.DataFrame:
    """Return the things in whose texts a normalized word stands: id, label, shown, and their file row."""
    found = ask_index(graph, word, _RECENT)
    texts = (
        _read_texts(graph, found)
        if found is not None
        else _RECENT.get(snapshot_key(graph), partial(_read_texts, graph))
    )
    return texts.filter(pl.col("folded").str.contains(word, literal=True)).select(_COLUMNS).sort("label", "shown", "id")


def _read_texts(graph: Graph, found: Mapping[str, list[str]] | None = None) -> pl.DataFrame:
    """Read what is told of all things, or of those that an index found."""
    return pl.concat(
        [pl.DataFrame(schema=_TOLD), *(_texts_of(graph, kind, found) for kind in list_found(graph, found))]
    )


def _texts_of(graph: Graph, kind: Entity, found: Mapping[str, list[str]] | None) -> pl.DataFrame:
    frame = read_found(graph, kind, found, *kind.found_by, "day", *(p.name for p in list_texts(kind)))
    return (
        frame.with_columns(text=join_texts(kind))
        .select(
            "id",
            "load_id",
            "sheet",
            "row",
            label=pl.lit(kind.label),
            shown=shown_name(frame, kind),
            folded=folded("text"),
        )
        .select(*_TOLD)
    )
