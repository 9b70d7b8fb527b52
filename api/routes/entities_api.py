"""`/api/v1/entities/{id}`: everything about one unit, resource, agreement or other thing, with where each value comes from."""

from __future__ import annotations

import dataclasses
import json

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.answers import AnswerDesk
from api.entity_bodies import EntityBody, sort_lines
from api.requests import lang_of, read_parameters, scope_of
from api.routes.openapi import describe_arguments
from api.routes.questions import RawAnswer
from queries.answers.catalogue import find_question

router = APIRouter(prefix="/api/v1/entities", tags=["entities"])
QUESTION = find_question("entity-page")
PARAMETERS = tuple(argument.name for argument in QUESTION.arguments if not argument.required)


@router.get(
    "/{id:path}", response_model=EntityBody, openapi_extra={"parameters": describe_arguments(QUESTION, PARAMETERS)}
)
async def show_entity(request: Request, id: str) -> Response:
    """Its values as of a day with all that was said of them, its relations, what is in force; by id, name or number. No person is shown."""
    given = QUESTION.reader.read_texts({"entity": id, **read_parameters(request, PARAMETERS)})
    desk: AnswerDesk = request.app.state.desk
    answer = await desk.answer(QUESTION, given, scope_of(request), lang_of(request))
    body = EntityBody.model_validate(sort_lines(json.loads(answer.body))).model_dump_json().encode()
    return RawAnswer(dataclasses.replace(answer, body=body), request.headers.get("if-none-match"))
