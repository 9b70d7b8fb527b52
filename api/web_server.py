"""The server process: a loopback address, a free port, and a link that signs a browser in."""

from __future__ import annotations

import errno
import ipaddress
import socket
from contextlib import suppress
from types import TracebackType

import uvicorn

from api.app import create_app
from api.door_errors import AddressRefusedError, PortTakenError
from api.security import LOOPBACK
from graph.settings import Settings

DEFAULT_PORT, PORTS_TRIED = 8000, 20
KEEP_ALIVE_SECONDS, LAST_SECONDS, HEAD_BYTES = 10, 8, 256 << 10
_TAKEN = {
    errno.EADDRINUSE,
    errno.EACCES,
    getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE),
    getattr(errno, "WSAEACCES", errno.EACCES),
}


class Server:
    """A server bound to its port, ready to run; leaving the `with` lets the port go."""

    def __init__(self, settings: Settings, host: str = "127.0.0.1", port: int = DEFAULT_PORT) -> None:
        if not is_loopback(host):
            raise AddressRefusedError(host=host)
        self._socket = bind(host, port)
        self.port: int = self._socket.getsockname()[1]
        app = create_app(settings, hosts=(*LOOPBACK, host))
        self.token: str = app.state.access.token
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{self.port}"
        self._server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_level="warning",
                access_log=False,
                server_header=False,
                timeout_keep_alive=KEEP_ALIVE_SECONDS,
                timeout_graceful_shutdown=LAST_SECONDS,
                h11_max_incomplete_event_size=HEAD_BYTES,
                http="h11",
                ws="none",
                proxy_headers=False,
            )
        )

    @property
    def link(self) -> str:
        """Return the address that signs a browser in."""
        return f"{self.url}/?token={self.token}"

    def run(self) -> None:
        """Serve until interrupted; Ctrl+C is how serving ends, not a fault."""
        with suppress(KeyboardInterrupt):
            self._server.run(sockets=[self._socket])

    def stop(self) -> None:
        """Finish what is being answered and end; may be called from another thread."""
        self._server.should_exit = True

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()


def is_loopback(host: str) -> bool:
    """Tell whether an address can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def bind(host: str, port: int) -> socket.socket:
    """Return a socket on the port, or on the next free one after it."""
    reason = ""
    for tried in range(port, min(port + PORTS_TRIED, 65536)):
        # Named as TCP, or asyncio leaves Nagle's algorithm on and every answer waits 40 ms.
        made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, proto=socket.IPPROTO_TCP)
        try:
            if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # on Windows a second server could otherwise take over the port
                made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:
                made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.bind((host, tried))
        except OSError as error:
            made.close()
            reason = error.strerror or str(error)
            if error.errno not in _TAKEN:
                break
        else:
            return made
    raise PortTakenError(port=port, reason=reason)
