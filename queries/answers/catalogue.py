"""A question is one module with one function; everything that shows it is made from its signature and docstring.

@question
def unused_resources(graph: Graph, scope: Scope, *, area: Annotated[str | None, Said("只看该街道", "only this subdistrict")] = None)
    -> Answer[IdleResource]:
    '''哪些共享资源闲置未用？ Which shared resources lie idle?'''
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, TypeVar, get_args, get_type_hints, overload

from graph.access import Role
from graph.errors import UnknownQuestionError
from graph.mechanisms import Mechanism
from graph.texts import NOTHING, Said
from queries.answers.answer import Answer
from queries.answers.arguments import Argument, Reader, make_argument

F = TypeVar("F", bound=Callable[..., Answer[Any]])
_MARK, _ANSWERS, _LEAST = "_shilian_question", "_shilian_answers", "_shilian_least"
_UNTYPED = {"Graph": Any}  # modules import Graph for the type checker only
_ENGLISH = re.compile(r"(?<=[？。！?!.；;…])\s+(?=[A-Z])")  # where a docstring goes on in English


@dataclass(frozen=True)
class Question:
    """A question of the catalogue: its function, texts and arguments, and its `name` as users type it (unused-resources).

    `title` asks it; `about` says more, where its docstring has a second paragraph. `phrases` are the words by which sentences that
    ask it are recognised (queries/understanding): alternatives parted by semicolons, each a few words of which all are said.
    `answers` are the mechanisms of the joint conference of which it tells, `least` is the lowest role that may ask it.
    """

    name: str
    function: Callable[..., Answer[Any]]
    row: Any
    arguments: tuple[Argument, ...]
    title: Said
    about: Said
    phrases: Said = NOTHING
    answers: tuple[Mechanism, ...] = ()
    least: Role = "viewer"

    @property
    def attribute(self) -> str:
        """Return the question's name as a Python method (unused_resources)."""
        return self.name.replace("-", "_")

    @cached_property
    def reader(self) -> Reader:
        """Return the checker of the question's arguments, which is made when it is first needed."""
        return Reader(self.arguments)


@overload
def question(function: F) -> F: ...
@overload
def question(*, phrases: Said = ..., answers: tuple[Mechanism, ...] = ..., least: Role = ...) -> Callable[[F], F]: ...
def question(
    function: F | None = None,
    *,
    phrases: Said = NOTHING,
    answers: tuple[Mechanism, ...] = (),
    least: Role = "viewer",
) -> Any:
    """Put a function into the catalogue of questions.

    `phrases` say how people ask it: `@question(phrases=Said("谁 结对 合适；推荐 结对", "who pair; best partner"))`. `answers` are
    the mechanisms of the joint conference of which it tells, `least` is the lowest role that may ask it.
    """

    def put(function: F) -> F:
        setattr(function, _MARK, phrases)
        setattr(function, _ANSWERS, answers)
        setattr(function, _LEAST, least)
        return function

    return put if function is None else put(function)


@cache
def catalogue() -> dict[str, Question]:
    """Return every question of the package `queries.questions`, by name."""
    found = (_read_question(attribute) for attribute in sorted(_modules()))
    return {entry.name: entry for entry in found if entry is not None}


def is_question(name: str) -> bool:
    """Tell whether there is a question of this very name; only its own module is imported."""
    return "_" not in name and _read_question(name.replace("-", "_")) is not None


def find_question(name: str) -> Question:
    """Return the question called `name` (with hyphens or underscores); only its own module is imported."""
    entry = _read_question(name.replace("-", "_"))
    if entry is None:
        raise UnknownQuestionError(name=name, known="、".join(catalogue()))
    return entry


@cache
def _modules() -> dict[str, str]:
    """Return the module of each question by the question's name in Python; nothing is imported but the folders."""
    questions = importlib.import_module("queries.questions")
    walked = pkgutil.walk_packages(questions.__path__, "queries.questions.")
    return {module.name.rpartition(".")[2]: module.name for module in walked if not module.ispkg}


def _read_question(attribute: str) -> Question | None:
    """Return the question of the module of its name; None where there is no such module, or it only serves others."""
    if attribute not in _modules():
        return None
    function = getattr(importlib.import_module(_modules()[attribute]), attribute, None)
    return describe(function) if hasattr(function, _MARK) else None


@cache
def describe(function: Callable[..., Answer[Any]]) -> Question:
    """Return the catalogue entry of a question's function, from its signature and docstring."""
    first, _, rest = (inspect.getdoc(function) or "").partition("\n")
    name = function.__name__.replace("_", "-")
    row = get_args(get_type_hints(function, localns=_UNTYPED)["return"])[0]
    said = (_read_said(first), _read_said(rest), getattr(function, _MARK, NOTHING))
    least: Role = getattr(function, _LEAST, "viewer")
    return Question(name, function, row, read_arguments(function), *said, getattr(function, _ANSWERS, ()), least)


def read_arguments(function: Callable[..., Any]) -> tuple[Argument, ...]:
    """Return what may be given to a function, from its signature: without the graph, who asks, and in which language."""
    hints = get_type_hints(function, localns=_UNTYPED, include_extras=True)
    return tuple(
        make_argument(
            name, hints[name], None if p.default is p.empty else p.default, p.default is p.empty,
            p.kind is not inspect.Parameter.KEYWORD_ONLY,
        )
        for name, p in inspect.signature(function).parameters.items()
        if name not in {"graph", "scope", "lang"}
    )  # fmt: skip


def _read_said(text: str) -> Said:
    """Return a paragraph of a docstring, 「中文？ English?」, as a text in two languages: the one place where that notation is read."""
    zh, *en = _ENGLISH.split(" ".join(text.split()), maxsplit=1)
    return Said(zh, en[0] if en else zh) if zh else NOTHING
