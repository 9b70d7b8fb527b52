"""How long an address and how large a body may be: to the very byte, without a server."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest

from api.gate import Gate
from api.security import Access

ADDRESS, BODY, UPLOAD = 8 * 1024, 1024 * 1024, 64 * 1024 * 1024
DESK = SimpleNamespace(at_hand=lambda _: None, metrics=SimpleNamespace(count=lambda *_: None))


async def read_all(scope, receive, send):
    """Answer 200 when the whole body was read."""
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def status_of(path="/healthz", query="", announced=None, parts=(b"",)):
    """Return the status with which a request is answered."""
    headers = [(b"host", b"127.0.0.1"), (b"authorization", b"Bearer t")]
    headers += [] if announced is None else [(b"content-length", str(announced).encode())]
    scope = {
        "type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": query.encode(), "headers": headers,
    }  # fmt: skip
    waiting = [{"type": "http.request", "body": part, "more_body": n < len(parts)} for n, part in enumerate(parts, 1)]
    sent = []

    async def receive():
        return waiting.pop(0)

    async def send(message):
        sent.append(message)

    asyncio.run(Gate(read_all, Access("t"), DESK, "zh")(scope, receive, send))
    return sent[0]["status"]


@pytest.mark.parametrize(("length", "status"), [(ADDRESS, 200), (ADDRESS + 1, 414)])
def test_an_address_has_at_most_eight_kibibytes_path_and_query_together(length, status):
    assert status_of(query="x" * (length - len("/healthz"))) == status


@pytest.mark.parametrize(
    ("path", "length", "status"),
    [
        ("/api/v1/decisions", BODY, 200), ("/api/v1/decisions", BODY + 1, 413), ("/api/v1/loads", BODY + 1, 200),
        ("/api/v1/loads", UPLOAD, 200), ("/api/v1/loads", UPLOAD + 1, 413),
    ],
)  # fmt: skip
def test_a_body_announced_as_longer_than_its_limit_is_not_read(path, length, status):
    assert status_of(path, announced=length) == status


@pytest.mark.parametrize(("last", "status"), [(b"x", 200), (b"xx", 413)])
def test_a_body_that_announces_no_length_is_read_up_to_its_limit(last, status):
    assert status_of("/api/v1/decisions", parts=(b"x" * (BODY - 1), last)) == status


@pytest.mark.parametrize("announced", ["", "-1", "1x", "9" * 30])
def test_a_length_that_is_no_number_of_bytes_or_beyond_all_is_refused(announced):
    assert status_of("/api/v1/decisions", announced=announced) == 413


@pytest.mark.parametrize(
    ("method", "path", "is_kept"),
    [
        ("GET", "/api/v1/questions/overview", True), ("POST", "/api/v1/questions/partners", False), ("GET", "/", True),
        ("HEAD", "/", False), ("GET", "/healthz", False),
    ],
)  # fmt: skip
def test_what_is_kept_at_hand_is_looked_for_where_a_known_caller_reads_and_nowhere_else(method, path, is_kept):
    asked = []
    desk = SimpleNamespace(at_hand=asked.append, metrics=DESK.metrics)
    scope = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
        "headers": [(b"host", b"127.0.0.1"), (b"authorization", b"Bearer t")],
    }  # fmt: skip

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        pass

    asyncio.run(Gate(read_all, Access("t"), desk, "zh")(scope, receive, send))
    assert bool(asked) is is_kept
