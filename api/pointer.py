"""Notices that a newer snapshot is served, by a workspace's file CURRENT or by asking a graph server."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import ShilianError

if TYPE_CHECKING:
    from graph.graph import Graph

State = tuple[int, int]


class FolderPointer:
    """Notices a new snapshot in a workspace, by changes of its file CURRENT."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def look(self, opened: Graph | None) -> State:
        """Return the modification time and inode of the file CURRENT, which change with every new snapshot."""
        try:
            found = self._path.stat()
        except OSError:
            return (0, 0)
        # The inode too: two snapshots may come within one tick of the clock, but each replaces CURRENT by a new file.
        return (found.st_mtime_ns, found.st_ino)

    def close(self) -> None:
        """Do nothing, since no connection or file is kept open."""


class ServerPointer:
    """Notices a new snapshot on a graph server, by asking it in a background thread so that the event loop never waits."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1)
        self._asking: Future[None] | None = None
        self._moves = 0

    def look(self, opened: Graph | None) -> State:
        """Return how many new snapshots the server was found to have, and start asking it again in the background."""
        if opened is not None and (self._asking is None or self._asking.done()):
            self._asking = self._pool.submit(self._ask, opened)
        return (self._moves, 0)

    def _ask(self, opened: Graph) -> None:
        with suppress(ShilianError):  # a server that does not answer serves what it served
            facts = opened.look()
            self._moves += (facts.snapshot, facts.digest) != (opened.snapshot, opened.digest)

    def close(self) -> None:
        """Stop asking the server."""
        self._pool.shutdown(wait=False, cancel_futures=True)
