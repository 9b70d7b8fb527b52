"""Errors over HTTP: problem+json (RFC 9457) with a code and the sentence in both languages."""

from __future__ import annotations

import json
import logging
import re
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope as AsgiScope

from graph.errors import ShilianError

LOG = logging.getLogger("shilian.api")
MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 1
_LANGUAGE = re.compile(r"\b(zh|en)\b", re.IGNORECASE)
_QUERY_LANGUAGE = re.compile(rb"(?:^|&)lang=(zh|en)(?:&|$)")


def find_lang(scope: AsgiScope, default: str = "zh") -> str:
    """Return the language a caller reads: ?lang=, else the first of zh and en in Accept-Language, else the default."""
    named = _QUERY_LANGUAGE.search(scope["query_string"])
    if named:
        return named[1].decode()
    for name, value in scope["headers"]:
        if name == b"accept-language":
            found = _LANGUAGE.search(value.decode("latin-1"))
            return found[1].lower() if found else default
    return default


def problem_response(error: ShilianError, lang: str, status: int | None = None) -> Response:
    """Return an error as an RFC 9457 response in the caller's language."""
    status = status or error.status
    phrase = HTTPStatus(status).phrase
    body = {
        "type": f"urn:shilian:{error.code}",
        "title": phrase,
        "status": status,
        "detail": error.message(lang),
        **error.as_dict(),
    }
    headers = {"Cache-Control": "no-store", "Content-Language": lang}
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = str(RETRY_SECONDS)
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Bearer realm="shilian"'
    text = json.dumps(body, ensure_ascii=False, default=str)
    return Response(text.encode("utf-8", "replace"), status, headers, MEDIA_TYPE)


def problem_for(request: Request, error: ShilianError, status: int | None = None) -> Response:
    """Return an error as the response to a request."""
    return problem_response(error, find_lang(request.scope, request.app.state.settings.lang), status)


def log_unforeseen(number: str, error: Exception) -> None:
    """Log an unexpected error; its values, which may be about persons, are logged only at debug level."""
    LOG.error(
        "unforeseen %s: %s", number, type(error).__name__, exc_info=error if LOG.isEnabledFor(logging.DEBUG) else None
    )
