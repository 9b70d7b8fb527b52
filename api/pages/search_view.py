"""The search box: a name leads to its page, a sentence to the question that it asks; what is not plain is asked back."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import RedirectResponse, Response

from api.pages.page_list import page
from api.pages.visit import Visit
from api.rendering import entity_path, with_query
from graph.texts import Said
from queries.answers.narrowing import write_narrowings
from queries.understanding.sentences import AskedQuestion, understand

SAID, ASK_BACK = "_said", "_all"  # the sentence as it was written; that all its readings are wanted
EXAMPLES = (
    Said("谁和某社区结对最合适", "who should pair with a community"),
    Said("北街有哪些会议室闲着", "which venues lie idle in a subdistrict"),
    Said("哪些协议签了没动静", "which agreements are signed but inactive"),
)


@page("/search", kept=False)
async def find_by_text(visit: Visit) -> Response:
    """What a text names or asks."""
    text = visit.parameters.get("q", "").strip()[:200]
    if not text:
        return visit.render("search.html", searched="", rows=[], asked=[], doubt=None, examples=EXAMPLES)
    rows = (await visit.ask("search", text=text, limit=30))["rows"]
    exact = [row for row in rows if row["match"] == "exact"]
    if len(exact) == 1:
        return RedirectResponse(entity_path(exact[0]["id"]), HTTPStatus.SEE_OTHER)
    read = await visit.read(lambda graph: understand(graph, text, scope=visit.scope))
    if read.is_sure and ASK_BACK not in visit.parameters:
        return RedirectResponse(question_path(read.asked[0], text), HTTPStatus.SEE_OTHER)
    asked = [(one.said, question_path(one, text), bool(one.missing)) for one in read.asked]
    named = [thing for thing in read.named if thing.text != text] if not rows else []
    return visit.render(
        "search.html", searched=text, rows=rows, asked=asked, doubt=read.doubt, named=named, examples=EXAMPLES
    )


def question_path(asked: AskedQuestion, sentence: str) -> str:
    """Return the address of the page of a question that a sentence asks."""
    return with_query(
        f"/questions/{asked.question.name}", **asked.given, **write_narrowings(asked.narrowed), **{SAID: sentence}
    )
