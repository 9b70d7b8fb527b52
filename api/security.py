"""Who may come in: holders of a token, browsers that were let in with one, and only under this server's own names.

The server's own token (`shilian serve` makes or is given it) is a steward's; the workspace's tokens have the role they were given.
A browser comes in by a link that opens one session once, or by writing a token into the form; the session ends with its token.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections import OrderedDict
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.types import Scope as AsgiScope

from api.door_errors import ForeignOriginError, NotSignedInError, UnknownHostError
from graph.access import Token, TokenFile, hash_token
from graph.errors import ArgumentError

LOOPBACK = ("127.0.0.1", "localhost", "::1")
OPEN_PATHS = frozenset(
    ("/healthz", "/readyz", "/sign-in", "/web/style.css", "/web/icon.svg")
)  # the last two for the page that refuses
SAFE_METHODS = frozenset(("GET", "HEAD", "OPTIONS"))
TOKEN, TOKEN_FILE = "SHILIAN_TOKEN", "SHILIAN_TOKEN_FILE"
SHORTEST_TOKEN = 16
MOST_SESSIONS, MOST_LINKS = 1000, 100
CALLER = "shilian.caller"  # under which a request carries who sent it


def read_serve_token() -> str | None:
    """Return the token that the environment gives the server, itself or in a file; None where it gives none."""
    name, text = TOKEN, os.environ.get(TOKEN, "")
    if not text and (file := os.environ.get(TOKEN_FILE)):
        name = TOKEN_FILE
        try:
            text = Path(file).read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            raise ArgumentError(
                argument=name, value=file, reason=getattr(error, "strerror", None) or "UTF-8?"
            ) from None
    if text and (len(text) < SHORTEST_TOKEN or not text.isascii() or " " in text):
        raise ArgumentError(argument=name, value="…", reason=f"≥ {SHORTEST_TOKEN}, ASCII")
    return text or None


class Access:
    """Checks requests against the server's token, the workspace's tokens, the sessions made of them, and allowed host names.

    `hosts` None: any name, for a server that others reach, where nobody comes in without a token.
    """

    def __init__(
        self,
        token: str | None = None,
        hosts: Iterable[str] | None = LOOPBACK,
        tokens: TokenFile | None = None,
        user: str = "local",
        secure: bool = False,
    ) -> None:
        self.token = token or secrets.token_urlsafe(24)
        self._own = Token(user, hash_token(self.token), "steward")
        self._tokens, self._secure = tokens, secure
        self._hosts = None if hosts is None else frozenset(hosts)
        self._sessions: OrderedDict[str, str] = (
            OrderedDict()
        )  # hash of a session → hash of the token that it was made of
        self._links: OrderedDict[str, None] = OrderedDict()  # hashes of links that were not followed yet
        # Browsers share cookies between the ports of a host: two servers of one machine need two names.
        self.cookie = "shilian_" + hashlib.sha256(secrets.token_bytes(32)).hexdigest()[:8]

    def make_link_code(self) -> str:
        """Return a code that signs one browser in, once, as the one who runs the server."""
        code = secrets.token_urlsafe(24)
        self._links[hash_token(code)] = None
        while len(self._links) > MOST_LINKS:
            self._links.popitem(last=False)
        return code

    def check_host(self, headers: dict[bytes, bytes]) -> None:
        """Refuse a request for another host: a foreign page may point its name at this machine."""
        if self._hosts is not None and _host(headers.get(b"host", b"").decode("latin-1")) not in self._hosts:
            raise UnknownHostError

    def check(self, scope: AsgiScope, headers: dict[bytes, bytes]) -> Token | None:
        """Return who sends a request; refuse one without a valid token or session, or a change sent by another site's page."""
        if scope["path"] in OPEN_PATHS:
            return None
        if (caller := self._by_token(headers)) is not None:
            return caller
        caller = self._by_session(headers)
        if caller is None:
            raise NotSignedInError
        if scope["method"] not in SAFE_METHODS and not is_own_origin(headers):
            raise ForeignOriginError
        return caller

    def redeem(self, scope: AsgiScope) -> tuple[str, str] | None:
        """Return the address and session cookie for a browser that followed an unused link; None for other requests."""
        if b"token=" not in scope["query_string"] or scope["method"] != "GET":
            return None
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        codes = [hash_token(value) for name, value in pairs if name == "token"]
        if len(codes) != 1 or codes[0] not in self._links:
            return None
        del self._links[codes[0]]
        rest = urlencode([(name, value) for name, value in pairs if name != "token"])
        # A path that begins with // would name another host.
        path = "/" + scope["raw_path"].decode("latin-1").lstrip("/\\")
        return path + (f"?{rest}" if rest else ""), self._open_session(self._own)

    def sign_in(self, text: str) -> str | None:
        """Return the session cookie for a browser whose user wrote a valid token into the form; None where it is not valid."""
        found = self._find(text.strip())
        return self._open_session(found) if found else None

    def sign_out(self, headers: dict[bytes, bytes]) -> str:
        """End a browser's session and return the cookie that forgets it."""
        self._sessions.pop(hash_token(self._read_cookie(headers)), None)
        return f"{self.cookie}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0"

    def _open_session(self, token: Token) -> str:
        session = secrets.token_urlsafe(32)
        self._sessions[hash_token(session)] = token.digest
        while len(self._sessions) > MOST_SESSIONS:
            self._sessions.popitem(last=False)
        secure = "; Secure" if self._secure else ""
        return f"{self.cookie}={session}; HttpOnly; SameSite=Strict; Path=/{secure}"

    def _find(self, text: str) -> Token | None:
        return self._find_hash(hash_token(text)) if text else None

    def _find_hash(self, digest: str) -> Token | None:
        if hmac.compare_digest(digest, self._own.digest):
            return self._own
        return self._tokens.find(digest) if self._tokens is not None else None

    def _by_token(self, headers: dict[bytes, bytes]) -> Token | None:
        scheme, _, token = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
        return self._find(token.strip()) if scheme.lower() == "bearer" else None

    def _by_session(self, headers: dict[bytes, bytes]) -> Token | None:
        digest = self._sessions.get(hash_token(self._read_cookie(headers)))
        return self._find_hash(digest) if digest else None

    def _read_cookie(self, headers: dict[bytes, bytes]) -> str:
        text = headers.get(b"cookie", b"").decode("latin-1")
        if self.cookie not in text:
            return ""
        try:
            found = SimpleCookie(text).get(self.cookie)
        except CookieError:
            return ""
        return found.value if found is not None else ""


def _host(written: str) -> str:
    """Return the host name of a Host header, without port and brackets."""
    try:
        return urlsplit(f"//{written}").hostname or ""
    except ValueError:
        return ""


def is_own_origin(headers: dict[bytes, bytes]) -> bool:
    """Tell whether a change comes from our own page (or from a program, which sends no Origin)."""
    origin = headers.get(b"origin")
    return origin is None or urlsplit(origin.decode("latin-1")).netloc.encode("latin-1") == headers.get(b"host")
