"""Draws what surrounds a unit as an HTML page, for the command line and HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from queries.answers.catalogue import find_question
from queries.asking import answer_question

if TYPE_CHECKING:
    from graph.graph import Graph
    from queries.reading.scope import Scope

QUESTION = "neighbourhood"
MOST = 150  # a picture with more says nothing


def read_unit_and_hops(given: Mapping[str, str]) -> dict[str, object]:
    """Return the arguments of the question behind a picture, read from text as the question itself reads them."""
    return find_question(QUESTION).reader.read_texts({"limit": MOST, **given})


def draw_unit(graph: Graph, scope: Scope, given: Mapping[str, object]) -> str:
    """Return the units, resources and agreements around a unit as an HTML page that stands by itself."""
    answer = answer_question(graph, scope, find_question(QUESTION), given)
    return str(answer.picture(title=answer.entities[0]["name"] if answer.entities else str(given["unit"])).html)
