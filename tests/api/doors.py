"""Doors as a user meets them: the command line in this process, and a server on a port of this machine."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from api import cli
from api.web_server import Server
from graph.settings import Settings


@dataclass(frozen=True)
class Called:
    """What a call of the command line left: its exit code, what it answered and what it remarked."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return the one JSON document on standard output."""
        return json.loads(self.out)


class CommandLine:
    """Calls `shilian` in this process."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self._capture = capture

    def __call__(self, *arguments: object) -> Called:
        self._capture.readouterr()
        code = cli.run([str(argument) for argument in arguments])
        return Called(code, *self._capture.readouterr())


class ServedClient(httpx.Client):
    """A client of a server on this machine, signed in with the server's own token."""

    server: Server

    def link(self) -> str:
        """Return an address that signs one browser in."""
        return self.server.link

    def holding(self, token: str) -> httpx.Client:
        """Return a client that shows another token."""
        return httpx.Client(base_url=self.base_url, headers={"Authorization": f"Bearer {token}"}, timeout=60)


@contextmanager
def serving(settings: Settings) -> Iterator[ServedClient]:
    """Serve a workspace on a free port and yield a client that is signed in."""
    with Server(settings, port=0) as server:
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            headers = {"Authorization": f"Bearer {server.token}"}
            with ServedClient(base_url=server.url, headers=headers, timeout=60) as client:
                client.server = server
                _wait_for(client)
                yield client
        finally:
            server.stop()
            thread.join(20)
            assert not thread.is_alive()


def send_raw(client: httpx.Client, head: str) -> bytes:
    """Send a request head as written, which no well-behaved client would, and return what comes back."""
    host, port = str(client.base_url.host), client.base_url.port
    lines = [head, f"Host: {host}:{port}", f"Authorization: {client.headers['authorization']}", "", ""]
    with socket.create_connection((host, port), timeout=20) as connection:
        connection.sendall("\r\n".join(lines).encode())
        connection.shutdown(socket.SHUT_WR)
        parts = iter(lambda: connection.recv(1 << 16), b"")
        return b"".join(parts)


def _wait_for(client: httpx.Client) -> None:
    for _ in range(200):
        try:
            client.get("/healthz")
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the server did not start")
