"""Questions as JSON shows them: their texts in one language, and the schema of their arguments."""

from __future__ import annotations

import dataclasses
from typing import Protocol

from graph.documents import Document
from graph.texts import Lang
from queries.answers.arguments import Argument, Reader
from queries.answers.catalogue import Question
from queries.answers.rows import heading


class Askable(Protocol):
    """What has arguments that its reader checks: a question, a paper, a view of the canvas."""

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """Return what it may be given."""
        ...

    @property
    def reader(self) -> Reader:
        """Return the checker of what it is given."""
        ...


def arguments_schema(question: Askable, lang: Lang = "zh") -> Document:
    """Return the JSON schema of the arguments of a question, paper or view, each with its text and its limits."""
    schema = question.reader.model.model_json_schema()
    schema.pop("title", None)
    entries = schema.get("properties", {})
    for argument in question.arguments:
        entry = entries[argument.name]
        entry.pop("title", None)
        entry |= {"description": argument.help.text(lang), "x-positional": argument.positional}
        if not argument.required:
            entry["default"] = argument.shown_default
    return schema


def describe_question(question: Question, lang: Lang = "zh") -> Document:
    """Return a question as the list of questions shows it, in one language."""
    return {
        "name": question.name,
        "title": question.title.text(lang),
        "text": question.about.text(lang),
        "href": f"/api/v1/questions/{question.name}",
        "arguments": arguments_schema(question, lang),
        "columns": {field.name: heading(field, lang) for field in dataclasses.fields(question.row)},
    }
