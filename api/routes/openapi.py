"""The description of the API (OpenAPI 3.1): the routes, and a path for each question made from its signature."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter

from api.papers.paper import TYPES, Paper
from api.papers.paper_list import paper_list
from api.question_forms import Askable, arguments_schema
from graph.documents import Document
from queries.answers.catalogue import Question, catalogue, find_question
from queries.browsing.details import Details
from queries.browsing.parts import Part

_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}  # RFC 9457
# Why a request is refused: 413 only what sends something, 507 only what writes.
_REFUSED = {
    400: "the request cannot be read", 401: "no valid token or session", 403: "the role or its area does not include it",
    404: "there is no such thing, or nothing was loaded yet", 409: "another process, load or server is in the way",
    413: "the body is too large", 414: "the address is too long", 422: "an argument is wrong; the sentence says which and why",
    503: "too many questions at once, or the server is stopping", 507: "the disk is full",
}  # fmt: skip
TOO_LARGE, FULL = 413, 507
_WRITES = ("/api/v1/loads", "/api/v1/decisions", "/api/v1/views")
_LANG = {
    "name": "lang", "in": "query", "schema": {"type": "string", "enum": ["zh", "en"]},
    "description": "the language of texts; else that of Accept-Language",
}  # fmt: skip
_PARTED = {"style": "form", "explode": False}  # several texts stand in one parameter, with commas between
_SCHEMAS = {
    "Problem": {
        "type": "object",
        "required": ["type", "title", "status", "detail", "code", "message"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "code": {"type": "string"},
            "message": {"type": "object", "properties": {"zh": {"type": "string"}, "en": {"type": "string"}}},
            "details": {"type": "object"},
        },
    },
    "Answer": {
        "type": "object",
        "required": ["question", "arguments", "snapshot", "digest", "truncated", "rows"],
        "properties": {
            "question": {"type": "string"},
            "arguments": {"type": "object"},
            "snapshot": {"type": "string"},
            "digest": {"type": "string"},
            "truncated": {"type": "boolean"},
            "rows": {"type": "array", "items": {"type": "object"}},
        },
    },
}


def describe_api(app: FastAPI) -> Document:
    """Return the OpenAPI document, made once."""
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, routes=app.routes)
        document["paths"] |= {f"/api/v1/questions/{one.name}": describe_path(one) for one in catalogue().values()}
        document["paths"] |= {f"/api/v1/papers/{paper.name}": describe_paper(paper) for paper in paper_list().values()}
        for path, operations in document["paths"].items():
            for verb, operation in operations.items():
                refused = {
                    str(status): {"$ref": f"#/components/responses/Refused{status}"}
                    for status in _find_refusals(path, verb)
                }
                operation["responses"] = {**operation["responses"], **refused}
                operation.setdefault("parameters", []).append(_LANG)
        schemas = document.setdefault("components", {})
        own = {name: schema for name, schema in schemas.get("schemas", {}).items() if "ValidationError" not in name}
        schemas["schemas"] = own | _SCHEMAS | _describe_types(Part, Details)
        schemas["responses"] = {
            f"Refused{status}": {"description": why, "content": _PROBLEM} for status, why in _REFUSED.items()
        }
        schemas["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        document["security"], document["servers"] = [{"token": []}], [{"url": "/"}]
        app.openapi_schema = document
    return app.openapi_schema


def _find_refusals(path: str, verb: str) -> set[int]:
    """Return the statuses with which an operation may be refused."""
    sends, writes = verb != "get", verb != "get" and path.startswith(_WRITES)
    return {status for status in _REFUSED if (sends or status != TOO_LARGE) and (writes or status != FULL)}


def _describe_types(*types: type) -> Document:
    """Return the schemas of what the routes of the canvas answer, by the names that they refer to."""
    found: Document = {}
    for one in types:
        schema = TypeAdapter(one).json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
        found |= {**schema.pop("$defs", {}), one.__name__: schema}
    return found


def describe_path(question: Question) -> Document:
    """Return the OpenAPI entry of one question: by GET with parameters, by POST with a body."""
    schema = arguments_schema(question, "en")
    parameters = describe_parameters(question.name, tuple(schema.get("properties", ())))
    body = {"required": bool(schema.get("required")), "content": {"application/json": {"schema": schema}}}
    return {
        "get": _operation(question, "get") | {"parameters": parameters},
        "post": _operation(question, "post") | {"requestBody": body},
    }


def describe_paper(paper: Paper) -> Document:
    """Return the OpenAPI entry of one paper: the file that it is written as."""
    content = {TYPES[paper.suffix]: {"schema": {"type": "string", "format": "binary"}}}
    return {
        "get": {
            "tags": ["papers"], "summary": paper.title.text("en"), "operationId": f"write_{paper.name.replace('-', '_')}",
            "parameters": describe_arguments(paper, tuple(paper.reader.arguments)),
            "responses": {"200": {"description": "the file", "content": content}},
        }
    }  # fmt: skip


def describe_parameters(question: str, names: Sequence[str]) -> list[Document]:
    """Return arguments of a question as the parameters of an address."""
    return describe_arguments(find_question(question), names)


def describe_arguments(asked: Askable, names: Sequence[str]) -> list[Document]:
    """Return arguments of a question or view as the parameters of an address."""
    schema = arguments_schema(asked, "en")
    required, entries = schema.get("required", ()), schema["properties"] if names else {}
    return [
        {
            "name": name, "in": "query", "required": name in required, "schema": entries[name], "description": entries[name]["description"],
            **(_PARTED if asked.reader.arguments[name].is_list else {}),
        }
        for name in names
    ]  # fmt: skip


def _operation(question: Question, verb: str) -> Document:
    answer = {"application/json": {"schema": {"$ref": "#/components/schemas/Answer"}}}
    return {
        "tags": ["questions"],
        "summary": question.title.text("en"),
        "operationId": f"{verb}_{question.attribute}",
        "responses": {"200": {"description": "the answer", "content": answer}},
    }
