"""三张清单: what units need, what they can give, and the projects that came of it."""

from __future__ import annotations

from collections.abc import Mapping

from api.papers.paper import Writing, paper
from api.papers.shown_rows import count_rows, find_open_needs, show_rows
from api.papers.written_register import write_things
from graph.schema.projects import projects
from graph.schema.resources import needs, offers
from graph.schema.volunteers import volunteer_needs, volunteer_offers
from graph.schema.wishes import wishes
from graph.texts import Said


@paper(Said("三张清单", "the three lists: needs, resources, projects"), "需求清单资源清单项目清单")
def three_lists(writing: Writing) -> Mapping[str, object]:
    """Return the needs that are open, what is offered and the projects, each with where it comes from."""
    wanted = find_open_needs(writing, needs, wishes, volunteer_needs)
    given = write_things(writing.graph, writing.scope, offers, volunteer_offers)
    done = write_things(writing.graph, writing.scope, projects)
    return {
        "needs": show_rows(writing, wanted, needs),
        "offers": show_rows(writing, given, offers),
        "projects": show_rows(writing, done, projects),
        "n_needs": count_rows(writing, wanted),
        "n_offers": count_rows(writing, given),
        "n_projects": count_rows(writing, done),
    }
