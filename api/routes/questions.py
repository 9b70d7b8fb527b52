"""`/api/v1/questions`: the list, and every question by GET and by POST."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.answers import SHORT, AnswerDesk
from api.cache import CachedAnswer, send_answer
from api.question_forms import describe_question
from api.requests import lang_of, read_object, read_parameters, scope_of
from graph.documents import Document
from queries.answers.catalogue import Question, catalogue, find_question

router = APIRouter(prefix="/api/v1/questions", tags=["questions"])


@router.get("")
def list_questions(request: Request) -> Document:
    """Every question, with the JSON schema of its arguments."""
    read_parameters(request, ())
    return {"questions": [describe_question(question, lang_of(request)) for question in catalogue().values()]}


@router.get("/{name}", include_in_schema=False)
async def ask_by_get(request: Request, name: str) -> Response:
    """Ask a question, arguments in the address."""
    question = _find(request, name)
    desk: AnswerDesk = request.app.state.desk
    given = question.reader.read_texts(read_parameters(request))
    answer = await desk.answer(question, given, scope_of(request), lang_of(request), request.scope.get(SHORT))
    return RawAnswer(answer, request.headers.get("if-none-match"))


@router.post("/{name}", include_in_schema=False)
async def ask_by_post(request: Request, name: str) -> Response:
    """Ask a question, arguments as a JSON object in the body."""
    question = _find(request, name)
    desk: AnswerDesk = request.app.state.desk
    read_parameters(request, ())
    given = question.reader.read(await read_object(request))
    return RawAnswer(await desk.answer(question, given, scope_of(request), lang_of(request)), None)


def _find(request: Request, name: str) -> Question:
    """Return a question that the caller may ask."""
    question = find_question(name)
    scope_of(request).need(question.least)
    return question


class RawAnswer(Response):
    """A response that sends a cached answer's bytes and headers as they are."""

    def __init__(self, answer: CachedAnswer, if_none_match: str | None) -> None:
        self._answer, self._if_none_match = answer, if_none_match.encode("latin-1") if if_none_match else None
        self.background = None
        self.status_code = 200

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Send the answer, or 304 to a caller who has it."""
        await send_answer(self._answer, self._if_none_match, send)
