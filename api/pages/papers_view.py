"""文书: every paper that can be had, its conditions, and the file."""

from __future__ import annotations

from starlette.responses import Response

from api.pages.page_list import page
from api.pages.question_fields import make_fields
from api.pages.visit import Visit
from api.papers.paper import WORD
from api.papers.paper_list import paper_list
from graph.texts import Said


@page("/papers", menu=Said("文书", "Papers"), place=9)
async def show_papers(visit: Visit) -> Response:
    """The documents, each with its form, and the registers that can be written back."""
    papers = paper_list().values()
    documents = [(one, make_fields(one.arguments, {}, {}, visit.lang)) for one in papers if one.suffix == WORD]
    return visit.render("papers.html", documents=documents, registers=[one for one in papers if one.suffix != WORD])
