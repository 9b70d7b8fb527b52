"""Answers questions over HTTP; an answer is computed once for a snapshot and then sent again from memory."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import Awaitable, Callable, Hashable, Mapping
from datetime import date
from http import HTTPStatus
from typing import Any, TypeVar

from starlette.responses import Response

from api.cache import AnswerCache, CachedAnswer, make_answer
from api.metrics import Metrics
from api.pool import ReadPool
from api.served import ServedGraph
from graph.texts import Lang
from queries.answers.catalogue import Question
from queries.asking import answer_question
from queries.reading.scope import Scope

Shared = TypeVar("Shared")
PEOPLE_FIELDS = {"members"}  # a row that counts people is not kept by browsers
SHORT = (
    "shilian.short"  # under which a request carries the key by which the gate finds what was sent to the same before
)


class AnswerDesk:
    """Answers questions for HTTP requests: from the cache where possible, else by a thread that reads the graph.

    Everything but the reading itself runs in the event loop.
    """

    def __init__(self, served: ServedGraph, pool: ReadPool, metrics: Metrics) -> None:
        self.served, self.pool, self.metrics = served, pool, metrics
        self.cache = AnswerCache()
        self._running: dict[Hashable, asyncio.Future[Any]] = {}

    def at_hand(self, key: Hashable) -> CachedAnswer | None:
        """Return the cached answer for `key` if it is of the newest snapshot and of today.

        Of today, since what is overdue or expired depends on the day.
        """
        snapshot = self.served.snapshot()
        return self.cache.get(key, state_of(snapshot)) if snapshot is not None else None

    async def answer(
        self, question: Question, given: Mapping[str, object], scope: Scope, lang: Lang, short: Hashable = None
    ) -> CachedAnswer:
        """Return the answer to a question whose arguments its reader has read, to somebody whose role may ask it.

        `short` is a second key to keep it under: the request as it was written.
        """
        scope.need(question.least)
        text = json.dumps(given, ensure_ascii=False, sort_keys=True, default=str)
        key = (question.name, text, scope.key, lang)
        found = self.at_hand(key)
        self.metrics.answers["cache" if found else "graph"] += 1
        if found is None:
            found = await self._work_out(key, question, given, scope, lang)
            self.cache.put(key, found)
        if short is not None:
            self.cache.put(short, found)
        return found

    async def _work_out(
        self, key: tuple[Hashable, ...], question: Question, given: Mapping[str, object], scope: Scope, lang: Lang
    ) -> CachedAnswer:
        """Ask in a reader's thread."""
        return await self.share(key, lambda: self.pool.run(lambda: self._ask(key, question, given, scope, lang)))

    async def share(self, key: Hashable, make: Callable[[], Awaitable[Shared]]) -> Shared:
        """Return what `make` makes; callers who want the same of the same snapshot at the same time wait for one."""
        slot = (key, self.served.snapshot())
        running = self._running.get(slot)
        if running is None:
            self._running[slot] = running = asyncio.ensure_future(make())
            running.add_done_callback(lambda _: self._running.pop(slot, None))
        return await asyncio.shield(running)

    async def keep(self, key: Hashable, route: str, make: Callable[[], Awaitable[Response]]) -> Response:
        """Return a whole response, made once for a snapshot and day and then sent by the gate, which knows it by the same key."""
        return await self.share(key, lambda: self._make_kept(key, route, make))

    async def _make_kept(self, key: Hashable, route: str, make: Callable[[], Awaitable[Response]]) -> Response:
        before = self.served.snapshot()
        response = await make()
        whole = response.status_code == HTTPStatus.OK and not hasattr(response, "body_iterator")
        if whole and before is not None and self.served.snapshot() == before:  # else a newer snapshot came meanwhile
            headers = tuple(pair for pair in response.raw_headers if pair[0] != b"content-length")
            self.cache.put(key, CachedAnswer(state_of(before), bytes(response.body), b"", headers, route))
        return response

    def _ask(
        self, key: tuple[Hashable, ...], question: Question, given: Mapping[str, object], scope: Scope, lang: Lang
    ) -> CachedAnswer:
        with self.served.reading(scope) as graph:
            document = answer_question(graph, scope, question, given).to_dict(lang)
        body = json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=str).encode("utf-8", "replace")
        named = "\n".join((document["digest"], *map(str, key)))
        snapshot = document["snapshot"]
        return make_answer(snapshot, state_of(snapshot), named, body, lang, has_people(question))


def state_of(snapshot: str) -> str:
    """Return the snapshot and today's date as one text; a cached answer is valid only while it stays the same."""
    return f"{snapshot}@{date.today()}"


def has_people(question: Question) -> bool:
    """Tell whether the rows of a question count or name people."""
    fields = dataclasses.fields(question.row) if dataclasses.is_dataclass(question.row) else ()
    return any(field.name in PEOPLE_FIELDS for field in fields)
