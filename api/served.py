"""Holds the graph that HTTP requests read, and replaces it by the newest snapshot without disturbing running requests.

The old graph is closed when its last reader is done.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from api.opening import open_graph
from api.pointer import FolderPointer, ServerPointer, State
from api.spare_memory import give_back
from graph.graph import Graph
from graph.settings import Settings
from graph.workspace import CURRENT
from queries.reading.scope import Scope
from queries.reading.sight import see

LOOK_AGAIN_SECONDS = 0.2


@dataclass
class _Opened:
    """An open graph, the state of the pointer it was opened at, and how many read it."""

    graph: Graph
    state: State
    readers: int = 0
    retired: bool = False


class ServedGraph:
    """Opens the newest graph and hands it to readers.

    `snapshot` is for the event loop, `reading` for reader threads.
    """

    def __init__(self, settings: Settings, opener: Callable[[Settings], Graph] = open_graph) -> None:
        self._settings, self._opener = settings, opener
        self._pointer = ServerPointer() if settings.graph else FolderPointer(settings.workspace / CURRENT)
        self._opened: _Opened | None = None
        self._opening, self._counting = threading.Lock(), threading.Lock()
        self._looked, self._state = 0.0, (0, 0)

    def snapshot(self) -> str | None:
        """Return the name of the open snapshot if it is still the newest; None if a newer one must first be opened."""
        opened = self._opened
        return opened.graph.snapshot if opened is not None and opened.state == self._look() else None

    @contextmanager
    def reading(self, scope: Scope | None) -> Iterator[Graph]:
        """Hold the newest graph open while it is read, with the people in it whom the asker may see (None: the server itself)."""
        opened = self._take()
        try:
            yield see(opened.graph, scope)[0] if scope is not None else opened.graph
        finally:
            with self._counting:
                opened.readers -= 1
                unused = opened.retired and opened.readers == 0
            if unused:
                _let_go(opened.graph)

    def close(self) -> None:
        """Close the graph, now or when its last reader is done."""
        with self._counting:
            opened, self._opened = self._opened, None
        self._pointer.close()
        if opened is not None:
            self._retire(opened)

    def _look(self) -> State:
        """Return the state of the pointer, at most `LOOK_AGAIN_SECONDS` old."""
        now = time.monotonic()
        if now - self._looked > LOOK_AGAIN_SECONDS:
            self._looked, opened = now, self._opened
            self._state = self._pointer.look(opened.graph if opened is not None else None)
        return self._state

    def _take(self) -> _Opened:
        state = self._look()
        with self._counting:
            if self._opened is not None and self._opened.state == state:
                self._opened.readers += 1
                return self._opened
        with self._opening:
            if self._opened is None or self._opened.state != state:
                self._swap(state)
        return self._take()

    def _swap(self, state: State) -> None:
        new = _Opened(self._opener(self._settings), state)
        with self._counting:
            old, self._opened = self._opened, new
        if old is not None:
            self._retire(old)

    def _retire(self, opened: _Opened) -> None:
        with self._counting:
            opened.retired = True
            unused = opened.readers == 0
        if unused:
            _let_go(opened.graph)


def _let_go(graph: Graph) -> None:
    graph.close()
    give_back()
