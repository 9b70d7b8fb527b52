"""The tokens of a workspace: who may come in from outside, as what, and for which part of the district.

access/tokens.json holds a hash of each token, never the token itself; users with passwords will stand beside it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from filelock import FileLock

from graph.disk import disk_errors, dump_json, write_text
from graph.errors import ArgumentError, RequestError
from graph.texts import Said

Role = Literal["viewer", "officer", "analyst", "steward"]
ROLES: tuple[Role, ...] = get_args(Role)  # each may do what those before it may
ROLE_WORDS = {
    "viewer": Said("查看者", "viewer"), "officer": Said("单位联络员", "unit officer"),
    "analyst": Said("分析员", "analyst"), "steward": Said("数据管理员", "data steward"),
}  # fmt: skip
FOLDER, FILE = "access", "tokens.json"
TOKEN_BYTES, LONGEST_NAME = 24, 60
WAIT_SECONDS = 10


class RoleError(RequestError):
    """Something that the caller's role does not include."""

    code, status = "auth.role", 403
    zh = "您的身份是{role}，这项操作需要{needed}。请向管理令牌的人申请。"
    en = "You are here as {role}; this needs {needed}. Ask whoever manages the tokens."


class OwnUnitError(RequestError):
    """A change by somebody who may change only what concerns the own unit or area."""

    code, status = "auth.unit", 403
    zh = "只能办理本单位、本辖区的事项。"
    en = "You may only act for your own unit or area."


class TokenNameError(RequestError):
    """A name under which a token is already valid, or none is."""

    code = "token.name"
    zh = "“{name}”：{reason}"
    en = "“{name}”: {reason}"


@dataclass(frozen=True)
class Token:
    """A token as the workspace keeps it: its holder's name, its hash, what it allows, and when it was revoked.

    `area` and `unit` are ids, `shown` is the name of that area or unit; without both the token is for the whole district.
    """

    name: str
    digest: str
    role: Role
    area: str = ""
    unit: str = ""
    shown: str = ""
    by: str = ""
    at: str = ""
    revoked: str = ""

    def as_dict(self) -> dict[str, str]:
        """Return what may be told of a token: everything but its hash."""
        return {name: value for name, value in asdict(self).items() if name != "digest"}


def hash_token(text: str) -> str:
    """Return the hash of a token; tokens are long and random, so that nothing slower is needed."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def check_role(role: Role, needed: Role) -> None:
    """Refuse what needs a higher role."""
    if ROLES.index(role) < ROLES.index(needed):
        raise RoleError(role=ROLE_WORDS[role], needed=ROLE_WORDS[needed])


class TokenFile:
    """The tokens of a workspace in their file, which is replaced as a whole with every change."""

    def __init__(self, workspace: Path) -> None:
        self._path = workspace / FOLDER / FILE
        self._seen: tuple[int, int] = (-1, -1)
        self._valid: Mapping[str, Token] = {}

    def read(self) -> list[Token]:
        """Return every token, revoked or not, in the order in which they were added; a file that is damaged lets nobody in."""
        try:
            return [Token(**one) for one in json.loads(self._path.read_text(encoding="utf-8"))["tokens"]]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise TokenNameError(name=FILE, reason=Said("文件已损坏", "the file is damaged")) from error

    def find(self, digest: str) -> Token | None:
        """Return the valid token with this hash; None where there is none, or it was revoked. Looks at the file each time."""
        try:
            state = self._path.stat()
        except OSError:
            return None
        if (seen := (state.st_mtime_ns, state.st_ino)) != self._seen:
            self._valid = {token.digest: token for token in self.read() if not token.revoked}
            self._seen = seen
        return self._valid.get(digest)

    def add(self, name: str, role: Role, by: str, **limits: str) -> str:
        """Add a token for a holder and return it: the only time that it is to be seen."""
        if not name.strip() or len(name) > LONGEST_NAME:
            raise ArgumentError(
                argument="name", value=name[:LONGEST_NAME], reason=Said("请写 1 到 60 字", "write 1 to 60 characters")
            )
        if role == "officer" and not (limits.get("area") or limits.get("unit")):
            reason = Said("联络员须指明 --area 或 --unit", "an officer needs --area or --unit")
            raise ArgumentError(argument="role", value=role, reason=reason)
        text = secrets.token_urlsafe(TOKEN_BYTES)
        with self._changing() as tokens:
            if any(one.name == name and not one.revoked for one in tokens):
                raise TokenNameError(
                    name=name, reason=Said("已有有效令牌，请先撤销", "has a valid token: revoke it first")
                )
            tokens.append(Token(name, hash_token(text), role, **limits, by=by, at=_now()))
        return text

    def revoke(self, name: str) -> Token:
        """Revoke the valid token of a holder: no request with it is answered any more."""
        with self._changing() as tokens:
            for place, one in enumerate(tokens):
                if one.name == name and not one.revoked:
                    tokens[place] = replace(one, revoked=_now())
                    return tokens[place]
        raise TokenNameError(name=name, reason=Said("没有有效令牌", "has no valid token"))

    def _changing(self) -> _Change:
        return _Change(self, self._path)


class _Change:
    """Holds the file while its tokens are changed, and writes them at the end unless that failed."""

    def __init__(self, file: TokenFile, path: Path) -> None:
        self._file, self._path = file, path
        self._lock = FileLock(path.with_suffix(".lock"), timeout=WAIT_SECONDS)
        self._tokens: list[Token] = []

    def __enter__(self) -> list[Token]:
        with disk_errors():
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock.acquire()
        self._tokens = self._file.read()
        return self._tokens

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                with disk_errors():
                    write_text(self._path, dump_json({"tokens": [asdict(token) for token in self._tokens]}))
                    self._path.chmod(0o600)
        finally:
            self._lock.release()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
