"""A few threads that read the graph, and a short queue before them; beyond it the caller is asked to come back."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from api.door_errors import BusyError, StoppingError
from api.problem import RETRY_SECONDS

T = TypeVar("T")
QUEUED_PER_READER = 16


class ReadPool:
    """A pool of threads that read the graph, about as many as processor cores, with a short queue before them."""

    def __init__(self, readers: int | None = None, queued: int | None = None) -> None:
        self.readers = readers or max(2, min(8, os.cpu_count() or 2))
        self.limit = self.readers + (self.readers * QUEUED_PER_READER if queued is None else queued)
        self.waiting = 0
        self._threads = ThreadPoolExecutor(self.readers, thread_name_prefix="read")
        self._leaving: asyncio.Future[None] | None = None

    async def run(self, work: Callable[[], T]) -> T:
        """Run `work` in a reader's thread; BusyError when the queue is full, StoppingError when it is not waited for any longer."""
        loop = asyncio.get_running_loop()
        self._leaving = self._leaving or loop.create_future()
        if self._leaving.done():
            raise StoppingError
        if self.waiting >= self.limit:
            raise BusyError(seconds=RETRY_SECONDS)
        self.waiting += 1
        future = loop.run_in_executor(self._threads, work)
        future.add_done_callback(self._done)
        await asyncio.wait((future, self._leaving), return_when=asyncio.FIRST_COMPLETED)
        if not future.done():
            raise StoppingError
        return future.result()

    def leave(self) -> None:
        """Wait no longer for what readers are at: whoever asked is told to come back."""
        if self._leaving is not None and not self._leaving.done():
            self._leaving.set_result(None)

    def _done(self, future: asyncio.Future[T]) -> None:
        self.waiting -= 1
        if not future.cancelled():
            future.exception()  # a caller who left does not fetch it

    def close(self) -> None:
        """Let the readers finish and end them."""
        self._threads.shutdown(wait=False, cancel_futures=True)
