"""Draws an answer on the canvas: what it speaks of, with everything that the graph itself knows of these entities."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from graph.drawn_reads import find_texts
from graph.errors import NothingToDrawError
from queries.answers.answer import Answer
from queries.answers.rows import plain
from queries.browsing.mesh import Mesh, read_mesh
from queries.browsing.parts import HARD_CAP, MOST_DRAWN, DrawnDot, DrawnLine, Part, draw_part, lay_out, make_dots
from queries.browsing.walking import count_kinds

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.texts import Lang


def draw_answer(graph: Graph, answer: Answer[Any], lang: Lang = "zh") -> Part:
    """Return the entities and relations that an answer speaks of, and no others; what only the answer knows has no neighbours.

    Of an answer that names none for a picture, what its rows name is drawn.
    """
    mesh = read_mesh(graph)
    if not answer.entities:
        return _draw_rows(mesh, answer, lang)
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
    left = (
        {answer.entities[HARD_CAP]["label"]: len(answer.entities) - HARD_CAP} if len(answer.entities) > HARD_CAP else {}
    )
    return Part(_title(answer, lang), lay_out([dots[id] for id in told], lines), lines, left_out=left)


def _title(answer: Answer[Any], lang: Lang) -> str:
    """Return the question, and what it was asked about."""
    given = " ".join(value for name, value in answer.asked.given if not name)
    return f"{answer.asked.title.text(lang)} {given}".strip()


def _draw_rows(mesh: Mesh, answer: Answer[Any], lang: Lang) -> Part:
    """Return the entities whose ids, or names that no other has, stand in the rows of an answer, and the relations among them."""
    places = [mesh.named[text] for text in dict.fromkeys(find_texts(plain(list(answer.rows)))) if text in mesh.named]
    chosen = list(dict.fromkeys(places))
    if not chosen:
        raise NothingToDrawError(question=answer.question)
    left = count_kinds(mesh, chosen[MOST_DRAWN:])
    return replace(draw_part(mesh, _title(answer, lang), chosen[:MOST_DRAWN]), left_out=left)
