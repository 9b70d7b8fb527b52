"""`/api/v1/papers`: the list, and every paper as a file to keep."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.answers import AnswerDesk
from api.papers.making import file_name, make_paper
from api.papers.paper import TYPES, Paper
from api.papers.paper_list import find_paper, paper_list
from api.question_forms import arguments_schema
from api.requests import lang_of, read_parameters, scope_of
from graph.documents import Document
from queries.reading.scope import Scope

router = APIRouter(prefix="/api/v1/papers", tags=["papers"])


@router.get("")
def list_papers(request: Request) -> Document:
    """Every paper, with the JSON schema of what it may be told."""
    read_parameters(request, ())
    lang = lang_of(request)
    papers = [
        {
            "name": paper.name,
            "title": paper.title.text(lang),
            "file": paper.suffix,
            "href": f"/api/v1/papers/{paper.name}",
            "arguments": arguments_schema(paper, lang),
        }
        for paper in paper_list().values()
    ]
    return {"papers": papers}


@router.get("/{name}", include_in_schema=False)
async def get_paper(request: Request, name: str) -> Response:
    """Return a paper, filled from the newest snapshot as its reader may see it."""
    paper = find_paper(name)
    given = paper.reader.read_texts(read_parameters(request))
    desk: AnswerDesk = request.app.state.desk
    content = await desk.pool.run(lambda: _make(desk, scope_of(request), paper, given))
    told = f"attachment; filename*=UTF-8''{quote(file_name(paper))}"
    return Response(content, media_type=TYPES[paper.suffix], headers={"content-disposition": told})


def _make(desk: AnswerDesk, scope: Scope, paper: Paper, given: dict[str, object]) -> bytes:
    with desk.served.reading(scope) as graph:
        return make_paper(graph, scope, paper, given)
