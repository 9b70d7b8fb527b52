"""A district in Python: every question of the catalogue is a method, with its arguments and its text."""

from __future__ import annotations

import getpass
import inspect
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from queries.answers.answer import Answer
from queries.answers.asking import ask
from queries.answers.catalogue import Question, catalogue
from queries.reading.scope import Role, Scope

if TYPE_CHECKING:
    from graph.graph import Graph


class District:
    """A graph and who asks it. `district.graph.read(…)` reads Cypher; everything else is a question."""

    def __init__(self, graph: Graph, scope: Scope) -> None:
        self.graph, self.scope = graph, scope

    def ask(self, question: str, **arguments: Any) -> Answer[Any]:
        """Ask a question by its name, as the command line and HTTP do."""
        return ask(self.graph, self.scope, question, **arguments)

    def close(self) -> None:
        """Let go of the graph."""
        self.graph.close()

    def __enter__(self) -> District:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        counts = self.graph.counts["entities"]
        held = "，".join(
            f"{entity.zh} {counts[entity.label]}"
            for entity in self.graph.schema.entities
            if counts.get(entity.label) and not entity.computed
        )
        return f"<District 快照 {self.graph.snapshot}（截至 {self.graph.as_of or '—'}）：{held}>"

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Callable[..., Answer[Any]]: ...  # the questions, which are added below


def connect(address: str | Path = "workspace", user: str | None = None, role: Role = "analyst") -> District:
    """Open a workspace (a folder) or a graph server (a neo4j:// address) for asking.

    `user` is the name on the record: SHILIAN_USER or the name of whoever is logged in, where it is not given.
    """
    from graph.connect import connect as open_graph  # the engine is needed only now

    graph = open_graph(graph=str(address)) if "://" in str(address) else open_graph(workspace=Path(address))
    return district_class()(graph, Scope(user or os.environ.get("SHILIAN_USER") or _login_name(), role))


@cache
def district_class() -> type[District]:
    """Return District with a method for every question of the catalogue."""
    return type(
        "District",
        (District,),
        {q.attribute: _make_method(q) for q in catalogue().values()} | {"__doc__": District.__doc__},
    )


def _make_method(asked: Question) -> Callable[..., Answer[Any]]:
    """Return a question as a method: its signature without graph and scope, its text."""
    signature = inspect.signature(asked.function)
    parameters = [p for name, p in signature.parameters.items() if name not in {"graph", "scope"}]
    owner = inspect.Parameter("self", inspect.Parameter.POSITIONAL_ONLY)
    shown = signature.replace(parameters=[owner, *parameters])

    def method(*given: Any, **named: Any) -> Answer[Any]:
        bound = shown.bind(*given, **named)
        arguments = {name: value for name, value in bound.arguments.items() if name != "self"}
        return ask(given[0].graph, given[0].scope, asked.name, **arguments)

    method.__name__ = asked.attribute
    method.__qualname__ = f"District.{asked.attribute}"
    method.__module__ = asked.function.__module__
    method.__doc__ = asked.text
    method.__annotations__ = dict(asked.function.__annotations__)
    method.__signature__ = shown  # type: ignore[attr-defined]
    return method


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container without an entry for its user
        return "local"
