"""Controls who may call the server while there are no user accounts: only holders of the token that `shilian serve` printed.

And only under this machine's own host names.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.types import Scope as AsgiScope

from api.door_errors import ForeignOriginError, NotSignedInError, UnknownHostError

LOOPBACK = ("127.0.0.1", "localhost", "::1")
OPEN_PATHS = frozenset(
    ("/healthz", "/readyz", "/web/style.css", "/web/icon.svg")
)  # the last two for the page that refuses
SAFE_METHODS = frozenset(("GET", "HEAD", "OPTIONS"))


class Access:
    """Checks requests against the token of this run of the server, the session cookie made from it, and allowed host names."""

    def __init__(self, token: str | None = None, hosts: Iterable[str] = LOOPBACK) -> None:
        self.token = token or secrets.token_urlsafe(24)
        self._session = secrets.token_urlsafe(32)
        self._hosts = frozenset(hosts)
        # Browsers share cookies between the ports of a host: two servers of one machine need two names.
        self.cookie = "shilian_" + hashlib.sha256(self._session.encode()).hexdigest()[:8]

    def check_host(self, headers: dict[bytes, bytes]) -> None:
        """Refuse a request for another host: a foreign page may point its name at this machine."""
        if _host(headers.get(b"host", b"").decode("latin-1")) not in self._hosts:
            raise UnknownHostError

    def check(self, scope: AsgiScope, headers: dict[bytes, bytes]) -> None:
        """Refuse a request without token or session, or a change sent by another site's page."""
        if scope["path"] in OPEN_PATHS or self._has_token(headers):
            return
        if not self._has_session(headers):
            raise NotSignedInError
        if scope["method"] not in SAFE_METHODS and not _is_own_origin(headers):
            raise ForeignOriginError

    def redeem(self, scope: AsgiScope) -> tuple[str, str] | None:
        """Return the address and session cookie for a browser that followed a link with the right token; None for other requests."""
        if b"token=" not in scope["query_string"] or scope["method"] != "GET":
            return None
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if not any(name == "token" and self._is_token(value) for name, value in pairs):
            return None
        rest = urlencode([(name, value) for name, value in pairs if name != "token"])
        # A path that begins with // would name another host.
        path = "/" + scope["raw_path"].decode("latin-1").lstrip("/\\")
        return path + (f"?{rest}" if rest else ""), f"{self.cookie}={self._session}; HttpOnly; SameSite=Strict; Path=/"

    def _is_token(self, text: str) -> bool:
        return hmac.compare_digest(text.encode("utf-8", "replace"), self.token.encode())

    def _has_token(self, headers: dict[bytes, bytes]) -> bool:
        scheme, _, token = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
        return scheme.lower() == "bearer" and self._is_token(token.strip())

    def _has_session(self, headers: dict[bytes, bytes]) -> bool:
        text = headers.get(b"cookie", b"").decode("latin-1")
        if self.cookie not in text:
            return False
        try:
            found = SimpleCookie(text).get(self.cookie)
        except CookieError:
            return False
        return found is not None and hmac.compare_digest(found.value.encode(), self._session.encode())


def _host(written: str) -> str:
    """Return the host name of a Host header, without port and brackets."""
    try:
        return urlsplit(f"//{written}").hostname or ""
    except ValueError:
        return ""


def _is_own_origin(headers: dict[bytes, bytes]) -> bool:
    """Tell whether a change comes from our own page (or from a program, which sends no Origin)."""
    origin = headers.get(b"origin")
    return origin is None or urlsplit(origin.decode("latin-1")).netloc.encode("latin-1") == headers.get(b"host")
