"""What was answered to requests with an idempotency key, so that one sent twice is done once."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterable
from typing import Generic, TypeVar

from api.door_errors import KeyReusedError

Reply = TypeVar("Reply")
KEPT_REPLIES = 1000


class Replies(Generic[Reply]):
    """Replies by the caller's key and a mark of the content; the newest thousand are remembered."""

    def __init__(self, most: int = KEPT_REPLIES) -> None:
        self._kept: OrderedDict[str, tuple[str, Reply]] = OrderedDict()
        self._most = most

    def find(self, key: str, mark: str) -> Reply | None:
        """Return the reply given under a key; None where there is none, an error where it was given to other content."""
        if not key or key not in self._kept:
            return None
        known, reply = self._kept[key]
        if known != mark:
            raise KeyReusedError(key=key.rpartition("\n")[2])
        return reply

    def keep(self, key: str, mark: str, reply: Reply) -> None:
        """Remember a reply; without a key nothing is."""
        if key:
            self._kept[key] = mark, reply
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


def mark_content(parts: Iterable[bytes]) -> str:
    """Return a mark that is equal for equal content only."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
