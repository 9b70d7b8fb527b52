"""Keeps answers as bytes in memory, while there is room; they stay right because the snapshot behind them never changes."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from http import HTTPStatus

from starlette.types import Send

QUESTION_ROUTE = "/api/v1/questions/{name}"
MOST_ANSWERS, MOST_BYTES = 4096, 24 << 20


@dataclass(frozen=True)
class CachedAnswer:
    """The bytes of an answer or a page with its entity tag and headers; `state` names the snapshot and day for which it is valid.

    `route` is the pattern of its address, by which requests are counted.
    """

    state: str
    body: bytes
    etag: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    route: str = QUESTION_ROUTE


def make_answer(snapshot: str, state: str, key: str, body: bytes, lang: str, has_people: bool) -> CachedAnswer:
    """Return an answer ready to be sent; `key` names scope, question and arguments."""
    etag = b'"' + hashlib.sha256(f"{state}\n{key}".encode()).hexdigest()[:32].encode() + b'"'
    caching = b"private, no-store" if has_people else b"private, no-cache"
    headers = (
        (b"content-type", b"application/json; charset=utf-8"), (b"etag", etag), (b"cache-control", caching),
        (b"vary", b"accept-language, cookie, authorization"), (b"content-language", lang.encode()),
        (b"x-shilian-snapshot", snapshot.encode("latin-1", "replace")),
    )  # fmt: skip
    return CachedAnswer(state, body, etag, headers)


class AnswerCache:
    """A cache of the answers of one snapshot and day, bounded in number and in bytes; the least recently used are dropped first."""

    def __init__(self, most: int = MOST_ANSWERS, most_bytes: int = MOST_BYTES) -> None:
        self._kept: OrderedDict[Hashable, CachedAnswer] = OrderedDict()
        self._most, self._most_bytes, self.size = most, most_bytes, 0
        self._state = ""

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable, state: str) -> CachedAnswer | None:
        """Return the answer kept under `key` if it is true of `state`."""
        found = self._kept.get(key)
        if found is None:
            return None
        if found.state != state:
            self._drop(key)
            return None
        self._kept.move_to_end(key)
        return found

    def put(self, key: Hashable, answer: CachedAnswer) -> None:
        """Keep an answer; one too large for the whole cache is not kept."""
        if len(answer.body) > self._most_bytes // 4:
            return
        if answer.state != self._state:  # what was true of an older snapshot is never asked for again
            self._kept.clear()
            self._state, self.size = answer.state, 0
        self._drop(key)
        self._kept[key] = answer
        self.size += len(answer.body)
        while len(self._kept) > self._most or self.size > self._most_bytes:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: Hashable) -> None:
        found = self._kept.pop(key, None)
        self.size -= len(found.body) if found else 0


async def send_answer(answer: CachedAnswer, if_none_match: bytes | None, send: Send) -> None:
    """Send an answer, or 304 to a caller who has it."""
    known = if_none_match is not None and (
        if_none_match.strip() == b"*"
        or answer.etag in [t.strip().removeprefix(b"W/") for t in if_none_match.split(b",")]
    )
    body = b"" if known else answer.body
    headers = list(answer.headers) if known else [*answer.headers, (b"content-length", str(len(body)).encode())]
    await send(
        {
            "type": "http.response.start",
            "status": HTTPStatus.NOT_MODIFIED if known else HTTPStatus.OK,
            "headers": headers,
        }
    )
    await send({"type": "http.response.body", "body": body})
