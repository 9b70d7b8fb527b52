"""开放式组织生活菜单: bases to visit and courses to take, by whom, for how many, when."""

from __future__ import annotations

from collections.abc import Mapping

from api.papers.paper import Writing, paper
from api.papers.shown_rows import count_rows, show_rows
from api.papers.written_register import write_things
from graph.schema.courses import courses
from graph.schema.red_bases import red_bases
from graph.texts import Said


@paper(Said("开放式组织生活菜单", "menu of open Party life"), "组织生活菜单")
def life_menu(writing: Writing) -> Mapping[str, object]:
    """Return the bases and the courses that branches can choose from."""
    bases = write_things(writing.graph, writing.scope, red_bases)
    menu = write_things(writing.graph, writing.scope, courses)
    return {
        "bases": show_rows(writing, bases, red_bases),
        "courses": show_rows(writing, menu, courses),
        "n_bases": count_rows(writing, bases, "处"),
        "n_courses": count_rows(writing, menu, "门"),
    }
