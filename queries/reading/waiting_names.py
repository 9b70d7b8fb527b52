"""How many rows of the sheets behind an answer wait until people say what a name in them stands for: what they would add is not in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from graph.texts import Said

if TYPE_CHECKING:
    from graph.graph import Graph

_CODES = frozenset({"unit.unknown", "unit.ambiguous", "unit.masked"})
_WAITING = Said(
    "这些表格中另有 {n} 行的单位名称还没有认出，未计入（如{names}），请先核对名称",
    "{n} more rows of these sheets name units that are not recognised yet and are not counted ({names})",
)
_SHOWN = 3  # names that the sentence gives as examples


def tell_waiting(graph: Graph, *read: pl.DataFrame) -> dict[str, Said]:
    """Return how many rows of the sheets from which some frames were read (load_id, sheet) wait for a name; nothing where none does."""
    cells = {(load, sheet) for frame in read for load, sheet in frame.select("load_id", "sheet").unique().iter_rows()}
    stored = graph.history.problems() if graph.history else []
    waiting = [p for p in stored if p["code"] in _CODES and (p.get("load"), p["sheet"]) in cells]
    if not waiting:
        return {}
    names = list(dict.fromkeys(str(p["value"]) for p in waiting))
    rows = sum(int(dict(p.get("details", ())).get("rows", 1)) for p in waiting)
    return {"waiting_names": _WAITING.fill(n=rows, names="、".join(names[:_SHOWN]))}
