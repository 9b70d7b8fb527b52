"""The layer that every HTTP request passes first: it checks limits and access, sends cached answers, and adds headers."""

from __future__ import annotations

import secrets
import time
from http import HTTPStatus

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Send
from starlette.types import Scope as AsgiScope

from api.answers import SHORT, AnswerDesk
from api.cache import send_answer
from api.door_errors import AddressTooLongError, BodyTooLargeError, UnforeseenError
from api.permissions import find_least_role
from api.problem import find_lang, log_unforeseen, problem_response
from api.security import CALLER, Access
from graph.access import check_role
from graph.errors import ShilianError
from queries.reading.scope import Scope

URL_BYTES, BODY_BYTES, UPLOAD_BYTES = 8 << 10, 1 << 20, 64 << 20
UPLOADS = "/api/v1/loads"
PROTECTION = (
    (b"content-security-policy", b"default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"),
    (b"cache-control", b"private, no-cache"),  # asked again each time, or a browser would run last month's scripts
    (b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer"), (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)  # fmt: skip


class Gate:
    """The outermost ASGI layer of the app; it sends a cached answer by itself, without the cost of the web framework."""

    def __init__(self, app: ASGIApp, access: Access, desk: AnswerDesk, lang: str) -> None:
        self._app, self._access, self._desk, self._lang = app, access, desk, lang

    async def __call__(self, scope: AsgiScope, receive: Receive, send: Send) -> None:
        """Serve one request; anything but HTTP goes straight through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        passage = _Passage(self, scope, receive, send)
        try:
            await self._serve(scope, passage)
        except ShilianError as error:
            await passage.respond(problem_response(error, find_lang(scope, self._lang), scope=scope))
        except Exception as error:  # noqa: BLE001 -- the last line of defence: no traceback leaves the server
            number = secrets.token_hex(4)
            log_unforeseen(number, error)
            await passage.respond(
                problem_response(UnforeseenError(number=number), find_lang(scope, self._lang), scope=scope)
            )
        finally:
            self._desk.metrics.count(
                passage.route(), scope["method"], passage.status, time.perf_counter() - passage.started
            )

    async def _serve(self, scope: AsgiScope, passage: _Passage) -> None:
        if len(scope["raw_path"]) + len(scope["query_string"]) > URL_BYTES:
            raise AddressTooLongError(limit=URL_BYTES)
        headers = dict(scope["headers"])
        self._access.check_host(headers)
        link = self._access.redeem(scope)
        if link is not None:
            await passage.respond(
                Response(
                    None,
                    HTTPStatus.SEE_OTHER,
                    {"Location": link[0], "Set-Cookie": link[1], "Cache-Control": "no-store"},
                )
            )
            return
        caller = self._access.check(scope, headers)
        if caller is not None:
            scope[CALLER] = caller
            check_role(caller.role, find_least_role(scope["method"], scope["path"]))
        passage.limit = UPLOAD_BYTES if scope["path"] == UPLOADS else BODY_BYTES
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length[:20]) > passage.limit:
            raise BodyTooLargeError(limit=passage.limit)
        if scope["method"] == "GET" and caller is not None:
            # On these an answer or a page depends, and on nothing else: what the caller may see, the language, the address; a page
            # shows the host under which it was asked for, too.
            seen, lang = Scope.of(caller).key, find_lang(scope, self._lang)
            scope[SHORT] = short = (headers.get(b"host"), scope["raw_path"], scope["query_string"], lang, seen)
            found = self._desk.at_hand(short)
            if found is not None:
                self._desk.metrics.answers["cache"] += 1
                passage.template = found.route
                await send_answer(found, headers.get(b"if-none-match"), passage.send)
                return
        await self._app(scope, passage.receive, passage.send)


class _Passage:
    """One request on its way: counts the body, adds the protecting headers, remembers the status."""

    def __init__(self, gate: Gate, scope: AsgiScope, receive: Receive, send: Send) -> None:
        self.gate, self.scope, self._receive, self._send = gate, scope, receive, send
        self.started, self.status, self.template = time.perf_counter(), 0, ""
        self.limit, self._received = BODY_BYTES, 0

    def route(self) -> str:
        """Return the pattern of the request's route (such as /loads/{id}), never the address itself."""
        return self.template or getattr(self.scope.get("route"), "path", "") or "other"

    async def receive(self) -> Message:
        """Pass on a part of the body while the whole is within its limit."""
        message = await self._receive()
        self._received += len(message.get("body", b""))
        if self._received > self.limit:
            raise BodyTooLargeError(limit=self.limit)
        return message

    async def send(self, message: Message) -> None:
        """Pass on a part of the response; its head gets the protecting headers."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            present = {name for name, _ in message.get("headers", ())}
            message["headers"] = [*message.get("headers", ()), *(h for h in PROTECTION if h[0] not in present)]
        await self._send(message)

    async def respond(self, response: Response) -> None:
        """Send a complete response, unless another one has already begun."""
        if not self.status:
            await response(self.scope, self._receive, self.send)
