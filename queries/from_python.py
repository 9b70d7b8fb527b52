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

from graph.access import TokenFile, hash_token
from graph.errors import ArgumentError
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Argument
from queries.answers.catalogue import Question, catalogue
from queries.asking import ask
from queries.reading.scope import Role, Scope
from queries.reading.sight import see, see_rows

if TYPE_CHECKING:
    from graph.graph import Graph
    from queries.browsing.notebook import Explorer


class District:
    """A graph opened for one user, whose methods are the questions of the catalogue; `graph.read(…)` reads Cypher.

    `graph` has the rows of people that the user may read; questions count those of whom a number may be told.
    """

    def __init__(self, graph: Graph, scope: Scope) -> None:
        self.graph, self.scope = see_rows(graph, scope), scope
        self._whole = graph

    def ask(self, question: str, **arguments: Any) -> Answer[Any]:
        """Ask a question by its name, as the command line and HTTP do."""
        return ask(self._whole, self.scope, question, **arguments)

    def explore(self, entity: str | None = None, *, hops: int = 1, limit: int = 60, height: int = 560) -> Explorer:
        """Return the canvas of the pages as a widget (needs anywidget): around an entity, or the whole district.

        What is selected in it is there in Python: `.selected`, `.selection()`, `.to_networkx()`; `.save("x.html")` writes what is
        shown as a page that opens without a server.
        """
        from queries.browsing.notebook import make_explorer  # optional package, and start-up

        view, given = ("around", {"entity": entity, "hops": hops, "limit": limit}) if entity else ("overview", {})
        return make_explorer(see(self._whole, self.scope)[0], self.scope, view, given, height)

    def to_networkx(self) -> Any:
        """Return the whole graph as a networkx graph, as the asker may see it; no person is in it."""
        from graph.network import whole_network  # start-up: networkx takes 0.2 s

        return whole_network(self.graph, phones=self.scope.sees_members)

    def close(self) -> None:
        """Let go of the graph."""
        self._whole.close()

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


def connect(
    address: str | Path = "workspace", user: str | None = None, role: Role = "analyst", *, token: str | None = None
) -> District:
    """Open a workspace (a folder) or a graph server (a neo4j:// address) for asking.

    `user` is the name on the record: SHILIAN_USER or the name of whoever is logged in, where it is not given. With a `token` of
    the workspace (shilian token add) the district is as its holder sees it over HTTP, Cypher included.
    """
    from graph.connect import connect as open_graph  # the engine is needed only now

    scope = Scope(user or os.environ.get("SHILIAN_USER") or _login_name(), role)
    if token is not None:
        scope = _find_scope(Path(address), token)
    graph = open_graph(graph=str(address)) if "://" in str(address) else open_graph(workspace=Path(address))
    return district_class()(graph, scope)


def _find_scope(workspace: Path, token: str) -> Scope:
    found = TokenFile(workspace).find(hash_token(token))
    if found is None:
        reason = Said("这个工作区没有这样的有效令牌", "is no valid token of this workspace")
        raise ArgumentError(argument="token", value="…", reason=reason)
    return Scope.of(found)


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
    owner = inspect.Parameter("self", inspect.Parameter.POSITIONAL_ONLY)
    shown = inspect.Signature([owner, *map(_parameter, asked.arguments)], return_annotation=Answer)

    def method(*given: Any, **named: Any) -> Answer[Any]:
        # Only positions are bound here: what is unknown or missing by name is told as every door tells it.
        by_place = dict(shown.bind_partial(*given).arguments)
        owner: District = by_place.pop("self")
        return owner.ask(asked.name, **by_place, **named)

    method.__name__ = asked.attribute
    method.__qualname__ = f"District.{asked.attribute}"
    method.__module__ = asked.function.__module__
    method.__doc__ = _guide(asked)
    method.__signature__ = shown  # type: ignore[attr-defined]
    return method


def _parameter(argument: Argument) -> inspect.Parameter:
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD if argument.positional else inspect.Parameter.KEYWORD_ONLY
    default = inspect.Parameter.empty if argument.required else argument.default
    return inspect.Parameter(argument.name, kind, default=default, annotation=argument.type)


def _guide(asked: Question) -> str:
    """Return what help shows of a question: what it asks, and each argument with its limits, in both languages."""
    lines = [f"{asked.title} {asked.title.en}".strip()]
    lines += ["", asked.about, asked.about.en] if asked.about else []
    lines += ["", "Arguments:"] if asked.arguments else []
    lines += [f"    {a.name}: {' '.join(filter(None, (f'{a.help}；{a.help.en}', a.hint)))}" for a in asked.arguments]
    return "\n".join(lines)


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container without an entry for its user
        return "local"
