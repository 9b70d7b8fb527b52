"""The server process: an address, a free port, a link that signs a browser in once, and an end that answers what is in flight."""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import os
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, cast

import uvicorn

from api.app import create_app
from api.door_errors import AddressRefusedError, CertificateError, PortTakenError
from api.patience import NEXT_SECONDS, PatientProtocol
from api.security import LOOPBACK, TOKEN, read_serve_token
from graph.access import TokenFile
from graph.settings import Settings
from graph.texts import Said

DEFAULT_PORT, PORTS_TRIED = 8000, 20
ANSWER_SECONDS, LAST_SECONDS, HEAD_BYTES = 6, 8, 256 << 10  # a stopped server answers for so long, and has then ended
_TAKEN = {
    errno.EADDRINUSE,
    errno.EACCES,
    getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE),
    getattr(errno, "WSAEACCES", errno.EACCES),
}
_NO_TOKENS = Said(
    f"还没有令牌。请先运行 shilian token add 姓名 --role viewer，或设置 {TOKEN}。",
    f"there are no tokens yet. Run shilian token add NAME --role viewer first, or set {TOKEN}.",
)
_NO_TLS = Said(
    "没有加密，令牌会被他人看到。请给出 --cert 和 --key；如已由反向代理加密，请加 --behind-proxy。",
    "nothing is encrypted, and tokens could be read by others. Give --cert and --key, or --behind-proxy where a proxy encrypts.",
)


@dataclass(frozen=True)
class Encryption:
    """How a connection is protected: by a certificate and its key, or by a proxy in front of this server."""

    certificate: Path | None = None
    key: Path | None = None
    behind_proxy: bool = False

    @property
    def is_there(self) -> bool:
        """Tell whether browsers come over TLS."""
        return self.behind_proxy or self.certificate is not None

    def check(self) -> None:
        """Refuse a certificate and key that do not fit each other or cannot be read."""
        if self.certificate is None and self.key is None:
            return
        try:
            ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(self.certificate or "", self.key or "")
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise CertificateError(file=f"{self.certificate or ''} {self.key or ''}".strip(), reason=reason) from error


class Server:
    """A web server that has its port and is ready to run; leaving its `with` block frees the port."""

    def __init__(
        self,
        settings: Settings,
        host: str = "127.0.0.1",
        port: int = DEFAULT_PORT,
        encryption: Encryption | None = None,
        *,
        apart: bool = False,
    ) -> None:
        """Take the port; `apart` gives loads a process of their own."""
        given, encryption = read_serve_token(), encryption or Encryption()
        encryption.check()
        if not is_loopback(host):
            _check_open_address(settings, host, given, encryption)
        self._socket = bind(host, port)
        self.port: int = self._socket.getsockname()[1]
        is_own = is_loopback(host) and not encryption.behind_proxy
        hosts = (*LOOPBACK, host) if is_own else None
        self._app = create_app(settings, token=given, hosts=hosts, secure=encryption.is_there, apart=apart)
        self.token: str = self._app.state.access.token
        scheme = "https" if encryption.certificate else "http"
        self.url = f"{scheme}://{f'[{host}]' if ':' in host else host}:{self.port}"
        self._server = _EndingServer(_configure(self._app, settings, encryption), self._app)

    @property
    def link(self) -> str:
        """Return an address that signs one browser in, once; each time another."""
        return f"{self.url}/?token={self._app.state.access.make_link_code()}"

    def run(self) -> None:
        """Serve until interrupted; Ctrl+C is how serving ends, not a fault."""
        with suppress(KeyboardInterrupt):
            self._server.run(sockets=[self._socket])

    def stop(self) -> None:
        """Finish what is being answered and end; may be called from another thread."""
        self._server.should_exit = True

    @property
    def is_at_work(self) -> bool:
        """Tell whether a thread is still at a question that nobody waits for any more, or at a job that the next server takes up."""
        return bool(self._app.state.desk.pool.waiting) or self._app.state.jobs.is_at_work

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()


class _EndingServer(uvicorn.Server):
    """A server that, when it is stopped, ends streams at once and questions after a few seconds, each with an answer."""

    def __init__(self, config: uvicorn.Config, app: Any) -> None:
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer what is in flight and end."""
        self._app.state.jobs.end_streams()
        asyncio.get_running_loop().call_later(ANSWER_SECONDS, self._app.state.desk.pool.leave)
        await super().shutdown(sockets)


def _configure(app: Any, settings: Settings, encryption: Encryption) -> uvicorn.Config:
    tls: dict[str, Any] = {}
    if encryption.certificate is not None:
        tls = {"ssl_certfile": os.fspath(encryption.certificate), "ssl_keyfile": encryption.key}
    return uvicorn.Config(
        app,
        log_level="error",
        access_log=False,
        server_header=False,
        timeout_keep_alive=NEXT_SECONDS,
        timeout_graceful_shutdown=LAST_SECONDS,
        h11_max_incomplete_event_size=HEAD_BYTES,
        http=cast("type[asyncio.Protocol]", partial(PatientProtocol, lang=settings.lang)),
        ws="none",
        proxy_headers=False,
        **tls,
    )


def _check_open_address(settings: Settings, host: str, token: str | None, encryption: Encryption) -> None:
    """Refuse an address that others reach where nobody could sign in, or where a token could be read on its way."""
    if token is None and all(one.revoked for one in TokenFile(settings.workspace).read()):
        raise AddressRefusedError(host=host, reason=_NO_TOKENS)
    if not encryption.is_there:
        raise AddressRefusedError(host=host, reason=_NO_TLS)


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
