"""Frames that are the same for every question to a graph: made when they are first needed, then kept with the graph while there is room."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    import polars as pl

    from graph.graph import Graph

MOST_BYTES = 32 << 20  # of one graph: a district has 3 MiB of them, and what a nation has is read anew as before
_KEPT: WeakKeyDictionary[Graph, dict[Hashable, pl.DataFrame]] = WeakKeyDictionary()


def keep_frame(graph: Graph, key: Hashable, make: Callable[[], pl.DataFrame]) -> pl.DataFrame:
    """Return the frame that is kept with a graph under a key; it is made where there is none.

    A graph as another asker may see it is another graph, so that nothing kept for the one is ever given to the other.
    """
    kept = _KEPT.setdefault(graph, {})
    found = kept.get(key)
    if found is None:  # two threads may both make it: the frames are equal, and waiting for each other would cost more
        found = make()
        if sum(one.estimated_size() for one in list(kept.values())) + found.estimated_size() <= MOST_BYTES:
            kept[key] = found
    return found
