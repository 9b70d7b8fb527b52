"""What tells that a newer snapshot is served: the workspace's CURRENT, or what a graph server says of itself."""

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
    """The file CURRENT of a workspace."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def look(self, opened: Graph | None) -> State:
        """Return the file's time and inode; they change with every snapshot."""
        try:
            found = self._path.stat()
        except OSError:
            return (0, 0)
        return (found.st_mtime_ns, found.st_ino)

    def close(self) -> None:
        """Nothing is held."""


class ServerPointer:
    """A graph server, asked in the background: the event loop never waits for it."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1)
        self._asking: Future[None] | None = None
        self._moves = 0

    def look(self, opened: Graph | None) -> State:
        """Return how often the server was found to have moved on, and have it asked again."""
        if opened is not None and (self._asking is None or self._asking.done()):
            self._asking = self._pool.submit(self._ask, opened)
        return (self._moves, 0)

    def _ask(self, opened: Graph) -> None:
        with suppress(ShilianError):  # a server that does not answer serves what it served
            facts = opened.look()
            self._moves += (facts.snapshot, facts.digest) != (opened.snapshot, opened.digest)

    def close(self) -> None:
        """Ask no more."""
        self._pool.shutdown(wait=False, cancel_futures=True)
