"""What an answer says where its kind of thing was never loaded: that none is on record is then no finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.texts import Said
from queries.reading.units import list_sheets

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Entity


def tell_unloaded(graph: Graph, *kinds: Entity) -> dict[str, Said]:
    """Return a sentence for the kinds of which the graph holds nothing, with the spreadsheets that list them; else nothing."""
    counts = graph.counts["entities"]
    missing = [kind for kind in kinds if not counts.get(kind.label)]
    if not missing:
        return {}
    names = Said("、".join(kind.zh for kind in missing), ", ".join(kind.en for kind in missing))
    said = Said("图中还没有{names}的数据，请先载入{sheets}", "the graph holds no {names} yet: first load {sheets}")
    return {"unloaded": said.fill(names=names, sheets=list_sheets(kind.label for kind in missing))}
