"""The form of a question, made from its signature: labels in words, limits, choices, and which fields complete names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.texts import Lang, in_language
from queries.answers.arguments import Argument
from queries.answers.catalogue import Question
from queries.understanding.named_arguments import NAMED, kinds_of


@dataclass(frozen=True)
class FormField:
    """A field of a form: which control takes it, its label, its value now, its limits, and the kinds whose names complete it."""

    name: str
    label: str
    control: str  # text, number, date, flag, choice
    value: str
    required: bool
    choices: tuple[tuple[str, str], ...] = ()
    least: float | None = None
    most: float | None = None
    step: str = "1"
    completes: str = ""
    is_more: bool = False  # shown only under "more conditions"


def make_form(question: Question, given: Mapping[str, str], lang: Lang) -> tuple[FormField, ...]:
    """Return the fields of a question's form, filled with what was given."""
    return make_fields(question.arguments, given, row_words(question), lang)


def make_fields(
    arguments: Sequence[Argument], given: Mapping[str, str], words: Mapping[str, Any], lang: Lang
) -> tuple[FormField, ...]:
    """Return a field for each argument; `words` are what choices among codes are called."""
    return tuple(_make_field(argument, given.get(argument.name, ""), words, lang) for argument in arguments)


def row_words(question: Question) -> Mapping[str, Any]:
    """Return the words of every code that the rows of a question show; arguments that choose among codes use the same."""
    fields = getattr(question.row, "__dataclass_fields__", {})
    return {code: said for f in fields.values() for code, said in f.metadata.get("words", {}).items()}


def _make_field(argument: Argument, given: str, words: Mapping[str, Any], lang: Lang) -> FormField:
    control = _control(argument)
    value = given or ("" if argument.default in (None, (), False) else str(argument.shown_default))
    between = argument.between
    return FormField(
        argument.name, argument.help.text(lang) or argument.name, control, value, argument.required,
        tuple((c, in_language(words.get(c, c), lang)) for c in argument.choices),
        between.least if between else None, between.most if between else None,
        "any" if argument.type is float else "1", ",".join(kinds_of(argument)),
        not argument.positional and not given and argument.name not in NAMED,
    )  # fmt: skip


def _control(argument: Argument) -> str:
    if argument.choices:
        return "choice"
    simple = {bool: "flag", int: "number", float: "number", date: "date"}
    return simple.get(argument.type, "text")
