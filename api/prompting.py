"""Asks at the terminal what a load leaves open, and records the answers as decisions for the sheets' sender."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import partial

import typer

from api.deciding import check, take
from api.door import Door
from api.opening import open_graph
from graph.errors import RequestError
from graph.texts import Said
from graph.workspace import Workspace
from loaders.report.load_questions import LoadQuestion
from loaders.report.question_texts import answer_label, answers_of, question_text
from queries.decision_checks import Checked

SKIP = Said("序号或名称；直接回车跳过", "a number or a name; Enter skips")


def is_attended(door: Door) -> bool:
    """Tell whether somebody sits at the terminal and did not ask for JSON."""
    return sys.stdin.isatty() and not door.json


def ask_in_place(door: Door, questions: Iterable[LoadQuestion]) -> int:
    """Ask each question once, record the answers, and return how many there were."""
    workspace = Workspace.open(door.settings.workspace)
    answered = 0
    for checked in _ask_each(door, workspace, questions):
        take(workspace, checked, door.settings)
        answered += 1
    return answered


def _ask_each(door: Door, workspace: Workspace, questions: Iterable[LoadQuestion]) -> Iterator[Checked]:
    settled: set[tuple[str, str, str]] = set()
    for question in questions:
        sheet = question.sender, question.file, question.sheet
        if sheet in settled:
            continue  # another register, or none, was named: its columns are asked about anew, if at all
        checked = _ask(door, workspace, question)
        if question.is_about_sheet and (
            checked is None or checked.decision.to_payload()["register"] != question.register
        ):
            settled.add(sheet)
        if checked is not None:
            yield checked


def _ask(door: Door, workspace: Workspace, question: LoadQuestion) -> Checked | None:
    """Return the checked answer to one question; None where it is skipped."""
    names = answers_of(question)
    for line in (question_text(question, door.lang), question.why.text(door.lang) if question.why else ""):
        if line:
            door.note(line, line)
    for number, name in enumerate(names, 1):
        door.note(*[f"  {number}  {answer_label(question, name, door.lang)}"] * 2)
    while True:
        said = typer.prompt(SKIP.text(door.lang), default="", show_default=False, err=True).strip()
        if not said:
            return None
        try:
            name = names[int(said) - 1] if said.isdecimal() and 0 < int(said) <= len(names) else said
            return check(workspace, question.answer(name), partial(open_graph, door.settings))
        except RequestError as error:
            door.note(error.message("zh"), error.message("en"))
