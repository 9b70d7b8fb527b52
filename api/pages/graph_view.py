"""图谱: the explorer. The scripts draw and walk; what they would draw first stands there as a table, for whoever has no script."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from starlette.responses import Response

from api.pages.page_list import page
from api.pages.visit import Visit
from graph.texts import Said
from queries.answers.catalogue import find_question
from queries.browsing.canvas_words import describe_canvas
from queries.browsing.parts import Part
from queries.browsing.views import find_view, show_answer

if TYPE_CHECKING:
    from graph.graph import Graph


@page("/graph", menu=Said("图谱", "Explorer"), place=2)
async def show_graph(visit: Visit) -> Response:
    """The whole district, a group of it, what surrounds an entity, the ways between two, or what an answer speaks of."""
    part = await visit.read(_part_of(visit))
    words = describe_canvas(visit.lang)
    names = {node.id: node.name for node in part.nodes}
    return visit.render("graph.html", part=part, names=names, kinds=words["kinds"], types=words["types"])


def _part_of(visit: Visit) -> Callable[[Graph], Part]:
    """Return what reads the part that the address means."""
    given, scope, lang = dict(visit.parameters), visit.scope, visit.lang
    if "question" in given:
        asked = find_question(given.pop("question"))
        read = asked.reader.read_texts(given)
        return lambda graph: show_answer(graph, scope, lang, asked.name, read)
    view = find_view(given)
    read = view.reader.read_texts(given)
    return lambda graph: cast(Part, view.show(graph, scope, lang, read))
