"""How long the server waits for a client: for the head of a request, for the next part of its body, for the next request.

uvicorn itself waits without end for the first two, so that a few thousand silent connections would keep others out.
"""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.door_errors import UnreadableRequestError
from api.problem import MEDIA_TYPE, problem_response

HEAD_SECONDS, BODY_SECONDS, NEXT_SECONDS = 10.0, 20.0, 10


class PatientProtocol(H11Protocol):
    """A connection that is closed when its client takes too long; what is no HTTP is refused with a sentence."""

    def __init__(self, *given: Any, lang: str = "zh", **named: Any) -> None:
        super().__init__(*given, **named)
        self._lang = lang
        self._deadline: asyncio.TimerHandle | None = None
        self._is_for_head = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the head of the first request."""
        super().connection_made(transport)
        self._wait_for_head()

    def data_received(self, data: bytes) -> None:
        """Take what came; the head of a request has one deadline, each part of a body has its own."""
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            self._wait_for_head()
        elif self.conn.their_state is h11.SEND_BODY:
            self._set_deadline(BODY_SECONDS)
        else:
            self._forget_deadline()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the deadline of a connection that is gone."""
        self._forget_deadline()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, such as an address with bytes that no address may have."""
        answer = problem_response(UnreadableRequestError(), self._lang)
        headers = [(b"content-type", MEDIA_TYPE.encode()), (b"connection", b"close"), (b"cache-control", b"no-store")]
        head = h11.Response(status_code=answer.status_code, headers=headers, reason=b"Bad Request")
        for event in (head, h11.Data(data=bytes(answer.body)), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _wait_for_head(self) -> None:
        if not self._is_for_head:
            self._set_deadline(HEAD_SECONDS)
            self._is_for_head = True

    def _set_deadline(self, seconds: float) -> None:
        self._forget_deadline()
        self._deadline = self.loop.call_later(seconds, self._give_up)

    def _forget_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline, self._is_for_head = None, False

    def _give_up(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()
