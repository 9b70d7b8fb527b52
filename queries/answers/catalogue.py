"""A question is one module with one function; everything that shows it is made from its signature and docstring.

@question
def unused_resources(graph: Graph, scope: Scope, *, area: str | None = None) -> Answer[IdleResource]:
    '''哪些共享资源没人用？ Which shared resources lie idle?'''
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from graph.errors import UnknownQuestionError
from queries.answers.answer import Answer


@dataclass(frozen=True)
class Argument:
    """An argument of a question, as every door shows it: its Python type, default and whether it is given by position."""

    name: str
    type: Any
    default: Any
    required: bool
    positional: bool
    help: str


@dataclass(frozen=True)
class Question:
    """A question of the catalogue: `name` as the doors call it (unused-resources), the function, its texts and arguments."""

    name: str
    function: Callable[..., Answer[Any]]
    row: Any
    arguments: tuple[Argument, ...]
    text: str

    @property
    def attribute(self) -> str:
        """Return the name in Python (unused_resources)."""
        return self.name.replace("-", "_")


F = TypeVar("F", bound=Callable[..., Answer[Any]])
_MARK = "_shilian_question"


def question(function: F) -> F:
    """Put a function into the catalogue of questions."""
    setattr(function, _MARK, True)
    return function


@cache
def catalogue() -> dict[str, Question]:
    """Return every question of the package `queries.questions`, by name."""
    found = (_read_question(attribute) for attribute in sorted(_modules()))
    return {entry.name: entry for entry in found if entry is not None}


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
    return describe(function) if getattr(function, _MARK, False) else None


@cache
def describe(function: Callable[..., Answer[Any]]) -> Question:
    """Return the catalogue entry of a question's function, from its signature and docstring."""
    hints = get_type_hints(function, localns={"Graph": Any})  # modules import Graph for the type checker only
    text = inspect.getdoc(function) or ""
    helps = _argument_helps(text)
    arguments = tuple(
        Argument(
            name, hints[name], None if p.default is p.empty else p.default, p.default is p.empty,
            p.kind is not inspect.Parameter.KEYWORD_ONLY, _name_choices(helps.get(name, ""), hints[name]),
        )
        for name, p in inspect.signature(function).parameters.items()
        if name not in {"graph", "scope"}
    )  # fmt: skip
    return Question(function.__name__.replace("_", "-"), function, get_args(hints["return"])[0], arguments, text)


def _name_choices(help: str, kind: Any) -> str:
    """Return the help of an argument, in each of its languages with the words that it may be, where these are a few."""
    if get_origin(kind) is not Literal:
        return help
    choices = ", ".join(map(str, get_args(kind)))
    return " ¦ ".join(f"{part.strip()}: {choices}" for part in help.split("¦"))


def _argument_helps(text: str) -> dict[str, str]:
    """Read lines like `    k: how many partners` under `Arguments:` of a docstring."""
    _, _, below = text.partition("Arguments:\n")
    helps = {}
    for line in below.splitlines():
        name, colon, rest = line.strip().partition(":")
        if not line.startswith(" ") or not colon:
            break
        helps[name] = rest.strip()
    return helps
