"""Errors over HTTP: problem+json (RFC 9457) with a code and the sentence in both languages."""

from __future__ import annotations

import json
import logging
import re
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope as AsgiScope

from api.rendering import render
from graph.errors import ShilianError

LOG = logging.getLogger("shilian.api")
MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 1
_LANGUAGE = re.compile(r"\b(zh|en)\b", re.IGNORECASE)
_QUERY_LANGUAGE = re.compile(rb"(?:^|&)lang=(zh|en)(?:&|$)")
_COOKIE_LANGUAGE = re.compile(rb"(?:^|;\s*)shilian_lang=(zh|en)(?:;|$)")
_WANTS_HTML = re.compile(rb"^[^,;]*text/html|application/xhtml")  # what browsers name first when they open an address


def find_lang(scope: AsgiScope, default: str = "zh") -> str:
    """Return the language a caller reads: ?lang=, else the one last chosen, else the first in Accept-Language, else the default."""
    headers = dict(scope["headers"])
    named = _QUERY_LANGUAGE.search(scope["query_string"]) or _COOKIE_LANGUAGE.search(headers.get(b"cookie", b""))
    if named:
        return named[1].decode()
    found = _LANGUAGE.search(headers.get(b"accept-language", b"").decode("latin-1"))
    return found[1].lower() if found else default


def language_cookie(scope: AsgiScope) -> str | None:
    """Return the cookie that keeps a language chosen in the address; None where none was."""
    named = _QUERY_LANGUAGE.search(scope["query_string"])
    return f"shilian_lang={named[1].decode()}; Path=/; SameSite=Lax; Max-Age=31536000" if named else None


def wants_html(scope: AsgiScope) -> bool:
    """Tell whether a browser opens an address, rather than a program that calls it."""
    return any(name == b"accept" and _WANTS_HTML.search(value) for name, value in scope["headers"])


def problem_response(
    error: ShilianError, lang: str, status: int | None = None, scope: AsgiScope | None = None
) -> Response:
    """Return an error as an RFC 9457 response in the caller's language; as a page to a browser, where `scope` is one's request."""
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
    if scope is not None and wants_html(scope):
        page = render(scope, "en" if lang == "en" else "zh", "problem.html", error=error, status=status)
        return Response(page, status, headers, "text/html")
    text = json.dumps(body, ensure_ascii=False, default=str)
    return Response(text.encode("utf-8", "replace"), status, headers, MEDIA_TYPE)


def problem_for(request: Request, error: ShilianError, status: int | None = None) -> Response:
    """Return an error as the response to a request."""
    return problem_response(error, find_lang(request.scope, request.app.state.settings.lang), status, request.scope)


def log_unforeseen(number: str, error: Exception) -> None:
    """Log an unexpected error; its values, which may be about persons, are logged only at debug level."""
    LOG.error(
        "unforeseen %s: %s", number, type(error).__name__, exc_info=error if LOG.isEnabledFor(logging.DEBUG) else None
    )
