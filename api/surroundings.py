"""What surrounds a unit, as a page: the question behind the picture, shared by the command line and HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import ArgumentError
from queries.answers.asking import ask

if TYPE_CHECKING:
    from graph.graph import Graph
    from queries.reading.scope import Scope

QUESTION = "neighbourhood"
MOST = 150  # a picture with more says nothing


def draw_unit(graph: Graph, scope: Scope, unit: str, hops: int = 1) -> str:
    """Return the units, resources and agreements around a unit as an HTML page that stands by itself."""
    answer = ask(graph, scope, QUESTION, unit=unit, hops=hops, limit=MOST)
    return str(answer.picture(title=answer.entities[0]["name"] if answer.entities else unit).html)


def read_hops(text: str) -> int:
    """Return the number of relations to walk, as text has it."""
    if not text.isdecimal() or len(text) > 1:
        raise ArgumentError(argument="hops", value=text[:40], reason="1 | 2 | 3")
    return int(text)
