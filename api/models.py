"""A question's arguments as a strict model: what a JSON body must look like, and the schema that says so."""

from __future__ import annotations

import dataclasses
import types
from datetime import date
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from api.door_errors import BodyFormError
from api.texts import bilingual, pick
from graph.errors import ArgumentError
from queries.answers.answer import Lang
from queries.answers.asking import LIMITS, LONGEST_TEXT
from queries.answers.catalogue import Argument, Question, find_question
from queries.answers.show import heading
from queries.reading.period import Period

MOST_ITEMS = 1000
_REASONS = {
    "missing": "必须填写 / is required",
    "extra_forbidden": "没有这个参数 / there is no such argument",
    "int_type": "应是整数 / must be a whole number",
    "float_type": "应是数字 / must be a number",
    "finite_number": "应是数字 / must be a number",
    "string_type": "应是文字 / must be text",
    "string_too_long": f"应不超过 {LONGEST_TEXT} 字 / at most {LONGEST_TEXT} characters",
    "bool_type": "应是 true 或 false / must be true or false",
    "list_type": "应是列表 / must be a list",
    "model_type": "应是一个 JSON 对象 / must be one JSON object",
}


@cache
def arguments_model(name: str) -> type[BaseModel]:
    """Return the strict model of a question's arguments; an argument that it does not have is refused."""
    question = find_question(name)
    # By an alias, so that an argument may be called what a model already has (register, copy).
    fields: dict[str, Any] = {f"{a.name}_": (_kind(a), _field(a)) for a in question.arguments}
    return create_model(
        question.attribute, __config__=ConfigDict(extra="forbid", strict=True, allow_inf_nan=False), **fields
    )


def read_body(question: Question, body: bytes) -> dict[str, Any]:
    """Return the arguments in a JSON body as written, checked; the error names the first that is wrong."""
    try:
        given = arguments_model(question.name).model_validate_json(body or b"{}")
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        if first["type"] == "json_invalid":
            raise BodyFormError(
                reason=f"不是 JSON / is no JSON ({first['msg'].removeprefix('Invalid JSON: ')})"
            ) from error
        name = str(first["loc"][0]) if first["loc"] else "JSON"
        value = "" if first["type"] == "missing" else str(first["input"])[:40]
        raise ArgumentError(
            argument=name[:40], value=value, reason=_REASONS.get(first["type"], first["msg"])
        ) from error
    return given.model_dump(exclude_unset=True, by_alias=True)


def arguments_schema(question: Question) -> dict[str, Any]:
    """Return the JSON schema of a question's arguments."""
    schema = arguments_model(question.name).model_json_schema()
    schema.pop("title", None)
    for name, entry in schema.get("properties", {}).items():
        entry.pop("title", None)
        entry["x-positional"] = next(a.positional for a in question.arguments if a.name == name)
    return schema


def describe_question(question: Question, lang: Lang = "zh") -> dict[str, Any]:
    """Return a question as the list of questions shows it, in one language."""
    text = question.text.partition("\nArguments:")[0].strip().partition("\n")[2]
    schema = arguments_schema(question)
    for entry in schema.get("properties", {}).values():
        entry["description"] = pick(entry.get("description", ""), lang)
    return {
        "name": question.name,
        "title": pick(bilingual(question.text), lang),
        "text": " ".join(text.split()),
        "href": f"/api/v1/questions/{question.name}",
        "arguments": schema,
        "columns": {field.name: heading(field, lang) for field in dataclasses.fields(question.row)},
    }


def _kind(argument: Argument) -> Any:
    kind = _plain(argument.type)
    return kind if argument.required else kind | None


def _plain(kind: Any) -> Any:
    """Return the type that JSON has for an argument's type."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        rest = [one for one in get_args(kind) if one is not type(None)]
        return _plain(rest[0]) if len(rest) == 1 else str
    if kind is Period:
        return str
    if origin is Literal or kind in (str, int, float, bool, date):
        return kind
    return list[str]


def _field(argument: Argument) -> Any:
    limits: dict[str, Any] = {}
    kind = _plain(argument.type)
    if argument.name in LIMITS and kind is int:
        limits = dict(zip(("ge", "le"), LIMITS[argument.name], strict=True))
    elif kind is str:
        limits = {"max_length": LONGEST_TEXT}
    elif get_origin(kind) is list:
        limits = {"max_length": MOST_ITEMS}
    default = (
        ...
        if argument.required
        else str(argument.default)
        if isinstance(argument.default, Period)
        else argument.default
    )
    return Field(default, alias=argument.name, description=argument.help or None, **limits)
