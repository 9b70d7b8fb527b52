"""Answers over HTTP: the same question on the same snapshot is worked out once, and its bytes are sent again."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

from api.cache import AnswerCache, CachedAnswer, make_answer
from api.metrics import Metrics
from api.pool import ReadPool
from api.served import ServedGraph
from queries.answers.answer import Lang
from queries.answers.asking import ask, convert_arguments
from queries.answers.catalogue import Question
from queries.reading.scope import Scope

PEOPLE_FIELDS = {"members"}  # a row that counts people is not kept by browsers


class AnswerDesk:
    """Takes questions, keeps answers. Everything but the work itself runs in the event loop."""

    def __init__(self, served: ServedGraph, pool: ReadPool, metrics: Metrics) -> None:
        self.served, self.pool, self.metrics = served, pool, metrics
        self.cache = AnswerCache()
        self._running: dict[Hashable, asyncio.Future[CachedAnswer]] = {}

    def at_hand(self, key: Hashable) -> CachedAnswer | None:
        """Return the answer kept under `key` if it is of the newest snapshot and of today (what is due, is due by a day)."""
        snapshot = self.served.snapshot()
        return self.cache.get(key, state_of(snapshot)) if snapshot is not None else None

    async def answer(
        self, question: Question, arguments: Mapping[str, Any], scope: Scope, lang: Lang, short: Hashable = None
    ) -> CachedAnswer:
        """Return the answer to a question; `short` is a second key to keep it under (the request as it was written)."""
        given = convert_arguments(question, arguments)
        text = json.dumps(given, ensure_ascii=False, sort_keys=True, default=str)
        key = (question.name, text, scope.role, scope.unit_id, lang)
        found = self.at_hand(key)
        self.metrics.answers["cache" if found else "graph"] += 1
        if found is None:
            found = await self._work_out(key, question, given, scope, lang)
            self.cache.put(key, found)
        if short is not None:
            self.cache.put(short, found)
        return found

    async def _work_out(
        self, key: tuple[Hashable, ...], question: Question, given: dict[str, Any], scope: Scope, lang: Lang
    ) -> CachedAnswer:
        """Ask in a reader's thread; callers who ask the same at the same time wait for one answer."""
        running = self._running.get((key, self.served.snapshot()))
        if running is not None:
            return await asyncio.shield(running)
        slot = (key, self.served.snapshot())
        task = asyncio.ensure_future(self.pool.run(lambda: self._ask(key, question, given, scope, lang)))
        self._running[slot] = task
        task.add_done_callback(lambda _: self._running.pop(slot, None))
        return await asyncio.shield(task)

    def _ask(
        self, key: tuple[Hashable, ...], question: Question, given: dict[str, Any], scope: Scope, lang: Lang
    ) -> CachedAnswer:
        with self.served.reading() as graph:
            document = ask(graph, scope, question.name, **given).to_dict(lang)
        body = json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=str).encode("utf-8", "replace")
        named = "\n".join((document["digest"], *map(str, key)))
        snapshot = document["snapshot"]
        return make_answer(snapshot, state_of(snapshot), named, body, lang, has_people(question))


def state_of(snapshot: str) -> str:
    """Return what an answer is true of: a snapshot, and the day on which it was asked."""
    return f"{snapshot}@{date.today()}"


def has_people(question: Question) -> bool:
    """Tell whether the rows of a question count or name people."""
    fields = dataclasses.fields(question.row) if dataclasses.is_dataclass(question.row) else ()
    return any(field.name in PEOPLE_FIELDS for field in fields)
