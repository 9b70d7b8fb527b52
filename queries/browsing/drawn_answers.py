"""Draws an answer on the canvas: what it speaks of, with everything that the graph itself knows of these entities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.errors import NothingToDrawError
from queries.answers.answer import Answer
from queries.browsing.mesh import read_mesh
from queries.browsing.parts import HARD_CAP, DrawnDot, DrawnLine, Part, lay_out, make_dots

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.texts import Lang


def draw_answer(graph: Graph, answer: Answer[Any], lang: Lang = "zh") -> Part:
    """Return the entities and relations that an answer speaks of, and no others; what only the answer knows has no neighbours."""
    if not answer.entities:
        raise NothingToDrawError(question=answer.question)
    mesh = read_mesh(graph)
    told = {entity["id"]: entity for entity in answer.entities[:HARD_CAP]}
    known = [id for id in told if id in mesh.place_of]
    dots = {dot.id: dot for dot in make_dots(mesh, [mesh.place_of[id] for id in known])}
    for id, entity in told.items():
        name = entity["name"]
        dots.setdefault(
            id, DrawnDot(id, entity["label"], name.en if lang == "en" and hasattr(name, "en") else str(name))
        )
    lines = [
        DrawnLine(line["source"], line["target"], str(line["type"]), line.get("count") or 1)
        for line in answer.relations
        if line["source"] in told and line["target"] in told
    ]
    given = " ".join(value for name, value in answer.asked.given if not name)
    left = (
        {answer.entities[HARD_CAP]["label"]: len(answer.entities) - HARD_CAP} if len(answer.entities) > HARD_CAP else {}
    )
    title = f"{answer.asked.title.text(lang)} {given}".strip()
    return Part(title, lay_out([dots[id] for id in told], lines), lines, left_out=left)
