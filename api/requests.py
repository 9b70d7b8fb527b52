"""Reads what routes need from a request: its parameters, checked strictly, and its body up to a size limit."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from api.door_errors import BodyFormError
from api.problem import find_lang
from api.security import CALLER
from graph.access import Token
from graph.documents import Document
from graph.errors import ArgumentError, UnknownArgumentError
from graph.settings import Settings
from graph.texts import Lang, Said
from queries.reading.scope import Scope

MOST_PARAMETERS = 50
DEEPEST = 32
LONGEST_KEY = 200
LANGUAGES = ("zh", "en")
FLAGS = {"true": True, "1": True, "false": False, "0": False}
DRY_RUN: Document = {
    "name": "dry_run", "in": "query", "schema": {"type": "boolean", "default": False}, "example": True,
    "description": "write nothing, only say what would change",
}  # fmt: skip
KEY: Document = {
    "name": "Idempotency-Key", "in": "header", "schema": {"type": "string", "maxLength": LONGEST_KEY},
    "description": "a request that is sent again under the same key is done once; bound to its content",
}  # fmt: skip


def read_parameters(request: Request, allowed: Collection[str] | None = None) -> dict[str, str]:
    """Return the query parameters without `lang`; one given twice, or not among `allowed`, is refused."""
    try:
        pairs = parse_qsl(request.url.query, keep_blank_values=True, max_num_fields=MOST_PARAMETERS, errors="strict")
    except (ValueError, UnicodeDecodeError) as error:
        raise ArgumentError(
            argument="?", value="", reason=Said("编码或数量不对", "bad encoding or too many")
        ) from error
    found: dict[str, str] = {}
    for name, value in pairs:
        if name == "lang":
            if value not in LANGUAGES:
                raise ArgumentError(argument=name, value=value[:40], reason=" | ".join(LANGUAGES))
            continue
        if allowed is not None and name not in allowed:
            raise UnknownArgumentError(argument=name[:40], known=", ".join(allowed) or "—")
        if name in found:
            raise ArgumentError(argument=name[:40], value=value[:40], reason=Said("只能给一次", "must be given once"))
        found[name] = value
    return found


def read_flag(name: str, text: str | None) -> bool:
    """Return a parameter that is true or false; false where it is not given."""
    if text is not None and text not in FLAGS:
        raise ArgumentError(argument=name, value=text[:40], reason=Said("应是 true 或 false", "must be true or false"))
    return FLAGS[text or "false"]


def key_of(request: Request) -> str:
    """Return the idempotency key of a request, which is the caller's own; nothing where there is none."""
    key = request.headers.get("idempotency-key", "")
    if len(key) > LONGEST_KEY:
        reason = Said(f"应不超过 {LONGEST_KEY} 字", f"must have at most {LONGEST_KEY} characters")
        raise ArgumentError(argument="Idempotency-Key", value=key[:40], reason=reason)
    return f"{caller_of(request).name}\n{key}" if key else ""


async def read_bytes(request: Request) -> bytes:
    """Return the body; a connection that broke off is the caller's error, not ours."""
    try:
        return await request.body()
    except ClientDisconnect as error:
        raise BodyFormError(reason=Said("连接中断", "the connection broke off")) from error


async def read_object(request: Request) -> Document:
    """Return the JSON object in the body; nothing nested deeper than a person would write."""
    body = await read_bytes(request)
    try:
        document = json.loads(body.decode("utf-8") or "{}", parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BodyFormError(reason=Said("不是 JSON", "is no JSON")) from error
    if not isinstance(document, dict) or _depth(document) > DEEPEST:
        raise BodyFormError(reason=Said("应是一个 JSON 对象", "must be one JSON object"))
    return document


def lang_of(request: Request) -> Lang:
    """Return the language that the caller reads."""
    return "en" if find_lang(request.scope, request.app.state.settings.lang) == "en" else "zh"


def scope_of(request: Request) -> Scope:
    """Return who asks, and what they may see: as their token says."""
    return Scope.of(caller_of(request))


def caller_of(request: Request) -> Token:
    """Return the token of whoever sends a request; the gate has checked it."""
    caller: Token = request.scope[CALLER]
    return caller


def settings_of(request: Request) -> Settings:
    """Return the settings of the server, with the caller's name for the record."""
    settings: Settings = request.app.state.settings
    return replace(settings, user=caller_of(request).name)


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _depth(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(_depth, value), default=0)
    return 0
