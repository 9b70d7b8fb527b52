"""What a paper is: what it is called, what it asks, the form that it fills; `@paper` makes one of a function."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_type_hints

from api.papers.told_sources import Footnotes
from graph.kinds import Register
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Argument, Reader, make_argument
from queries.answers.rows import Record
from queries.asking import ask
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph

WORD, WORKBOOK = ".docx", ".xlsx"
TYPES = {
    WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_MARK = "_shilian_paper"


@dataclass
class Writing:
    """A paper being written: the graph, for whom, and the footnotes so far."""

    graph: Graph
    scope: Scope
    footnotes: Footnotes = field(default_factory=Footnotes)

    def ask(self, question: str, **arguments: Any) -> Answer[Any]:
        """Ask a question for the paper, as its reader may ask it."""
        return ask(self.graph, self.scope, question, **arguments)

    def cite(self, records: Iterable[Record]) -> str:
        """Return the mark of the footnote that tells where something comes from."""
        return self.footnotes.cite(records)


Fill = Callable[..., Mapping[str, object]]
F = TypeVar("F", bound=Fill)


@dataclass(frozen=True)
class Paper:
    """A paper of the list: its `name` as users type it (weekly-report), what else it is called, and what fills it.

    `fill` returns what the form of a document names; a register written back has `register` instead.
    """

    name: str
    title: Said
    suffix: str
    arguments: tuple[Argument, ...]
    aliases: tuple[str, ...] = ()
    fill: Fill = dict
    register: Register | None = None

    @cached_property
    def reader(self) -> Reader:
        """Return the checker of the paper's arguments."""
        return Reader(self.arguments)


def paper(title: Said, *aliases: str) -> Callable[[F], F]:
    """Put a function into the list of papers, under its own name; its form is the text file of that name beside its module."""

    def mark(function: F) -> F:
        setattr(function, _MARK, (title, aliases))
        return function

    return mark


def describe_paper(function: Fill) -> Paper | None:
    """Return the paper that a function fills; None for a function that fills none."""
    title, aliases = getattr(function, _MARK, (None, ()))
    if title is None:
        return None
    own = tuple(_arguments_of(function))
    return Paper(function.__name__.replace("_", "-"), title, WORD, own + shared_arguments(), aliases, function)


def _arguments_of(function: Callable[..., Any]) -> Iterable[Argument]:
    hints = get_type_hints(function, localns={"Graph": Any}, include_extras=True)
    for name, p in inspect.signature(function).parameters.items():
        if name != "writing":
            is_required, is_placed = p.default is p.empty, p.kind is not p.KEYWORD_ONLY
            yield make_argument(name, hints[name], None if is_required else p.default, is_required, is_placed)


def _shared(
    *,
    office: Annotated[str | None, Said("填报单位", "the office that hands it in")] = None,
    number: Annotated[str | None, Said("文号", "the number of the document")] = None,
    day: Annotated[
        date | None, Said("落款日期，缺省为数据截至日", "the date on it; the day of the data by default")
    ] = None,
) -> None:
    """Stand for what every paper may be told."""


def shared_arguments() -> tuple[Argument, ...]:
    """Return the arguments that every paper has: its office, its number, its date."""
    return tuple(_arguments_of(_shared))
