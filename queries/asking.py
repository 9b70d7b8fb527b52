"""Asks a question by its name; the command line, HTTP and Python all do it through this module."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from graph.kinds import Entity
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.catalogue import Question, find_question
from queries.answers.contents import Asked
from queries.reading.scope import Scope
from queries.reading.sight import see
from queries.reading.unloaded import tell_unloaded

if TYPE_CHECKING:
    from graph.graph import Graph


def ask(graph: Graph, scope: Scope, name: str, **arguments: Any) -> Answer[Any]:
    """Ask the question called `name` and return its answer, which says what was asked and of which snapshot."""
    asked = find_question(name)
    return answer_question(graph, scope, asked, asked.reader.read(arguments))


def answer_question(graph: Graph, scope: Scope, asked: Question, given: Mapping[str, object]) -> Answer[Any]:
    """Ask a question with arguments that its reader has read; of people there is only what the asker may see."""
    scope.need(asked.least)
    graph, scope = see(graph, scope)
    answer = asked.function(graph, scope, **given)
    if not answer.rows and "unloaded" not in answer.extra:
        answer = dataclasses.replace(answer, extra={**answer.extra, **_tell_unloaded(graph, asked)})
    if answer.shown is not None and graph.shown is not None:
        graph.shown.add(answer.shown, asked.name, graph.snapshot, graph.digest)
    return dataclasses.replace(
        answer, question=asked.name, arguments={name: _show(value) for name, value in given.items()},
        snapshot=graph.snapshot, digest=graph.digest, row_type=asked.row, asked=_repeat(asked, given),
    )  # fmt: skip


def _tell_unloaded(graph: Graph, asked: Question) -> dict[str, Said]:
    """Return that no register of the mechanisms was loaded that a question is about: without one, no row is no finding."""
    rows = {r.row.label: r.row for r in graph.schema.registers if set(r.loads) & set(asked.answers)}
    kinds = [row for row in rows.values() if isinstance(row, Entity)]
    there = any(graph.counts["entities"].get(kind.label) for kind in kinds)
    return {} if there or len(kinds) < len(rows) else tell_unloaded(graph, *kinds)


def _repeat(asked: Question, given: Mapping[str, object]) -> Asked:
    told = [("" if a.required else a.name, given[a.name]) for a in asked.arguments if given[a.name] != a.default]
    return Asked(asked.title, tuple((name, str(_show(value))) for name, value in told))


def _show(value: Any) -> Any:
    """Return an argument as the answer repeats it."""
    return str(value) if hasattr(type(value), "parse") else value
