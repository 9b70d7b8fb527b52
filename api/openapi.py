"""The description of the API (OpenAPI 3.1): the routes, and a path for each question made from its signature."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.models import arguments_schema
from api.texts import bilingual
from queries.answers.catalogue import Question, catalogue

_PROBLEM = {
    "description": "problem+json (RFC 9457)",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
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


def describe_api(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document, made once."""
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, routes=app.routes)
        for question in catalogue().values():
            document["paths"][f"/api/v1/questions/{question.name}"] = describe_path(question)
        for path in document["paths"].values():
            for operation in path.values():
                operation["responses"].pop("422", None)
                operation["responses"]["default"] = _PROBLEM
        schemas = document.setdefault("components", {})
        schemas["schemas"] = _SCHEMAS
        schemas["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        document["security"] = [{"token": []}]
        app.openapi_schema = document
    return app.openapi_schema


def describe_path(question: Question) -> dict[str, Any]:
    """Return the OpenAPI entry of one question: by GET with parameters, by POST with a body."""
    schema = arguments_schema(question)
    required = set(schema.get("required", ()))
    parameters = [
        {
            "name": name,
            "in": "query",
            "required": name in required,
            "schema": entry,
            "description": entry.get("description", ""),
        }
        for name, entry in schema.get("properties", {}).items()
    ]
    body = {"required": bool(required), "content": {"application/json": {"schema": schema}}}
    return {
        "get": _operation(question, "get") | {"parameters": parameters},
        "post": _operation(question, "post") | {"requestBody": body},
    }


def _operation(question: Question, verb: str) -> dict[str, Any]:
    answer = {"application/json": {"schema": {"$ref": "#/components/schemas/Answer"}}}
    return {
        "tags": ["questions"],
        "summary": bilingual(question.text),
        "operationId": f"{verb}_{question.attribute}",
        "responses": {"200": {"description": "the answer", "content": answer}},
    }
