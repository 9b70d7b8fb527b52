"""The address of a graph server, and who signs in there. User and password come from the environment or a file and are never shown."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from graph.errors import ArgumentError
from graph.texts import Said

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
USER, PASSWORD, PASSWORD_FILE = "SHILIAN_NEO4J_USER", "SHILIAN_NEO4J_PASSWORD", "SHILIAN_NEO4J_PASSWORD_FILE"
DEFAULT_USER = DEFAULT_DATABASE = "neo4j"
EXAMPLE = "neo4j://localhost:7687/neo4j"


@dataclass(frozen=True)
class ServerAddress:
    """Where a server is, which of its databases holds the graph, and who signs in (None: a server that asks nobody)."""

    uri: str
    database: str
    sign_in: tuple[str, str] | None = field(repr=False)

    @property
    def shown(self) -> str:
        """Return the address as messages show it."""
        return f"{self.uri}/{self.database}" if self.database != DEFAULT_DATABASE else self.uri


def read_address(text: str) -> ServerAddress:
    """Return the parts of `scheme://host:port/database`; ArgumentError where it is no such address or holds a password."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    if not host or parts.scheme not in SCHEMES:
        raise ArgumentError(argument="graph", value=_without_secret(text), reason=f"{EXAMPLE}")
    if parts.username is not None or parts.password is not None:
        reason = Said(
            f"地址中不写用户和密码，请用 {USER}、{PASSWORD}",
            f"no user or password in the address: use {USER} and {PASSWORD}",
        )
        raise ArgumentError(argument="graph", value=_without_secret(text), reason=reason)
    place = f"[{host}]" if ":" in host else host
    uri = f"{parts.scheme}://{place}{f':{port}' if port else ''}{f'?{parts.query}' if parts.query else ''}"
    return ServerAddress(uri, parts.path.strip("/") or DEFAULT_DATABASE, read_sign_in())


def read_sign_in() -> tuple[str, str] | None:
    """Return the user and password for a graph server as the environment gives them; None where it gives neither.

    The password may stand in a file that a variable names.
    """
    password = os.environ.get(PASSWORD, "")
    file = os.environ.get(PASSWORD_FILE)
    if not password and file:
        try:
            password = Path(file).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, ValueError) as error:
            raise ArgumentError(
                argument=PASSWORD_FILE, value=file, reason=getattr(error, "strerror", None) or "UTF-8?"
            ) from None
    return (os.environ.get(USER) or DEFAULT_USER, password) if password else None


def _without_secret(text: str) -> str:
    scheme, mark, rest = text.partition("://")
    return f"{scheme}{mark}{rest.rpartition('@')[2]}"
