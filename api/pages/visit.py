"""A visit to a page: who looks, in which language, at which address; it asks questions and renders the template."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.answers import AnswerDesk
from api.rendering import render
from api.requests import lang_of, read_parameters, scope_of
from graph.documents import Document
from graph.texts import Lang
from queries.answers.catalogue import Question, find_question
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph

T = TypeVar("T")
OWN_MARK = "_"  # begins the parameters that are the page's own: how a table is sorted, filtered, paged


@dataclass(frozen=True)
class Visit:
    """One request for a page."""

    request: Request

    @property
    def lang(self) -> Lang:
        """Return the language that the visitor reads."""
        return lang_of(self.request)

    @property
    def scope(self) -> Scope:
        """Return who looks, and what they may see."""
        return scope_of(self.request)

    @property
    def desk(self) -> AnswerDesk:
        """Return the desk that answers questions."""
        desk: AnswerDesk = self.request.app.state.desk
        return desk

    @cached_property
    def parameters(self) -> dict[str, str]:
        """Return the parameters of the address, without the language."""
        return read_parameters(self.request)

    @property
    def asked(self) -> dict[str, str]:
        """Return the parameters that are arguments of a question: all but the page's own."""
        return {name: value for name, value in self.parameters.items() if not name.startswith(OWN_MARK) and value}

    def link(self, **changes: object) -> str:
        """Return the address of this page with some parameters changed; None takes one away."""
        merged = {**self.parameters, **changes}
        kept = {name: value for name, value in merged.items() if value not in (None, "")}
        return f"{self.request.url.path}?{urlencode(kept)}" if kept else self.request.url.path

    async def ask(self, name: str, **given: object) -> Document:
        """Return the answer to a question as the document that every door gets."""
        question = find_question(name)
        return await self.ask_read(question, question.reader.read(given))

    async def ask_texts(self, name: str, given: Mapping[str, str]) -> Document:
        """Return the answer to a question whose arguments are texts, as an address has them."""
        question = find_question(name)
        return await self.ask_read(question, question.reader.read_texts(given))

    async def ask_read(self, question: Question, given: Mapping[str, object]) -> Document:
        """Return the answer to a question with arguments that its reader has read."""
        answer = await self.desk.answer(question, given, self.scope, self.lang)
        document: Document = json.loads(answer.body)
        return document

    async def read(self, work: Callable[[Graph], T]) -> T:
        """Return what `work` reads of the graph, in a thread that may wait."""

        def run() -> T:
            with self.desk.served.reading(self.scope) as graph:
                return work(graph)

        return await self.desk.pool.run(run)

    def render(self, template: str, status: int = 200, **context: Any) -> HTMLResponse:
        """Return the page that a template makes of `context`."""
        return HTMLResponse(render(self.request.scope, self.lang, template, visit=self, **context), status)
