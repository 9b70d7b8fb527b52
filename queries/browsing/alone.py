"""The explorer as one HTML file: library, scripts, what is drawn and what it can be expanded into; it opens without server and network."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from string import Template
from typing import TYPE_CHECKING, Any, cast

from pydantic import TypeAdapter

from graph.documents import Document
from graph.errors import ArgumentError
from graph.texts import Said
from queries.answers.catalogue import find_question
from queries.browsing.bundle import CANVAS, bundle_alone, style_canvas
from queries.browsing.canvas_words import describe_canvas
from queries.browsing.details import describe
from queries.browsing.grouping import GROUP
from queries.browsing.mesh import Mesh, read_mesh
from queries.browsing.parts import DrawnDot, DrawnLine, Part, draw_lines, make_dots
from queries.browsing.views import canvas_views, show_answer
from queries.browsing.walking import select

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.texts import Lang
    from queries.reading.scope import Scope

MOST_KEPT = 1500  # entities that a file holds: more would open slowly
MOST_DETAILED = 400  # entities whose values and sources it holds
ANSWER, DRAWN = "answer", ("overview", "group", "around", "path", "selection")  # what a file may begin with
_NAME = Said("图谱", "Explorer")
_NEEDS = Said("正在打开……（需要允许脚本）", "Opening … (scripts must be allowed)")
_TOLD = Said(
    "快照 {snapshot} · 数据截至 {as_of} · 共存入 {n} 项，可展开、筛选、查找；不连接任何服务器。",
    "snapshot {snapshot} · as of {as_of} · holds {n} entities to expand, filter and find; it connects to no server.",
)


@dataclass(frozen=True)
class Scene:
    """What a file shows first: a view with its arguments, where each entity stands, and what was done with it (the end of a link)."""

    view: str
    given: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    steps: str = ""


def draw_alone(graph: Graph, scope: Scope, lang: Lang, scene: Scene) -> str:
    """Return the explorer as a page of its own, with what the asker may see."""
    mesh = read_mesh(graph)
    part = _show(graph, scope, lang, scene)
    groups = _open_groups(graph, scope, lang, part)
    drawn = [dot.id for one in (part, *groups.values()) for dot in one.nodes if dot.id in mesh.place_of]
    kept = _spread(mesh, [mesh.place_of[id] for id in dict.fromkeys(drawn)])
    lines = draw_lines(mesh, mesh.lines_among(kept))
    told = [mesh.ids[place] for place in kept[:MOST_DETAILED]]
    document = {
        "words": describe_canvas(lang), "seed": {"view": scene.view, "given": dict(scene.given)}, "steps": scene.steps,
        "part": part, "groups": groups, "more": {"nodes": make_dots(mesh, kept), "edges": lines},
        "details": {id: describe(graph, scope, id, lang=lang) for id in told},
    }  # fmt: skip
    said = _TOLD.fill(snapshot=graph.snapshot, as_of=graph.as_of or "—", n=len(kept)).text(lang)
    page = Template((CANVAS / "alone.html").read_text(encoding="utf-8"))
    return page.substitute(
        tongue="en" if lang == "en" else "zh-CN", title=html.escape(part.title or _NAME.text(lang)),
        style=style_canvas("alone"), needs=_NEEDS.text(lang), told=html.escape(said), kept=_as_json(document), script=bundle_alone(),
    )  # fmt: skip


def _show(graph: Graph, scope: Scope, lang: Lang, scene: Scene) -> Part:
    """Return what is drawn first; entities that stand somewhere are drawn there, and no others."""
    part = _ask(graph, scope, lang, scene)
    if not scene.places:
        return part
    more = select(graph, scope, list(scene.places))
    dots = {dot.id: dot for dot in (*more.nodes, *part.nodes) if dot.id in scene.places}
    placed: list[DrawnDot] = [
        replace(dots[id], x=spot[0], y=spot[1]) for id, spot in scene.places.items() if id in dots
    ]
    lines: dict[tuple[str, str, str], DrawnLine] = {
        (line.source, line.type, line.target): line
        for line in (*more.edges, *part.edges)
        if line.source in dots and line.target in dots
    }
    return replace(part, nodes=placed, edges=list(lines.values()))


def _ask(graph: Graph, scope: Scope, lang: Lang, scene: Scene) -> Part:
    if scene.view == ANSWER:
        given = dict(scene.given)
        question = find_question(str(given.pop("question", "")))
        return show_answer(graph, scope, lang, question.name, question.reader.read_texts(given))
    if scene.view not in DRAWN:
        raise ArgumentError(argument="view", value=scene.view[:40], reason=" | ".join((*DRAWN, ANSWER)))
    view = canvas_views()[scene.view]
    return cast(Part, view.show(graph, scope, lang, view.reader.read(scene.given)))


def _open_groups(graph: Graph, scope: Scope, lang: Lang, part: Part) -> dict[str, Part]:
    """Return what is in each group that is drawn."""
    view = canvas_views()["group"]
    groups = [dot.id for dot in part.nodes if dot.label == GROUP]
    return {id: cast(Part, view.show(graph, scope, lang, view.reader.read({"group": id}))) for id in groups}


def _spread(mesh: Mesh, start: Sequence[int]) -> list[int]:
    """Return entities and what surrounds them, the nearest first, as far as a file has room."""
    kept = list(start[:MOST_KEPT])
    seen = set(kept)
    for place in kept:  # grows while it is walked through: neighbours of neighbours come after all neighbours
        for far in mesh.around(place).tolist():
            if len(kept) >= MOST_KEPT:
                return kept
            if far not in seen:
                seen.add(far)
                kept.append(far)
    return kept


def _as_json(document: Document) -> str:
    """Return data that may stand inside a script element: no text in it can end that."""
    found = TypeAdapter(dict[str, Any]).dump_python(document, mode="json")
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
