"""`shilian ask QUESTION`: a command a question, made from its signature and its docstring."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from api.command import Entry, add_command, add_group, set_signature, wrong_usage
from api.door import Door
from api.opening import open_graph
from api.plan_files import TAKES_PLAN, read_plan
from graph.errors import ArgumentError
from graph.shell_words import write_command
from graph.texts import NOTHING, Said
from queries.answers.answer import Answer
from queries.answers.arguments import Argument, Reader
from queries.answers.catalogue import Question, catalogue, find_question, is_question
from queries.answers.narrowing import narrow
from queries.answers.show import rich_table
from queries.asking import answer_question
from queries.reading.scope import Scope
from queries.understanding.sentences import AskedQuestion, UnclearSentenceError, understand

SAVED_AS = Said("保存到文件（.csv、.xlsx 或 .html 图）", "save to a file (.csv, .xlsx, or .html for a picture)")
DRAWN_AS = Said("画成网页图，与答案并存", "draw it as a page, beside the answer")
WITH_SOURCES = Said("列出全部理由，以及各自出自哪张表的哪一行", "with every reason, and the rows of files behind each")
IN_A_SENTENCE = Said("用一句话提问", "ask in a sentence")
A_SENTENCE = Said("一句话，如 谁和重二社区结对最合适", "a sentence, such as: which shared rooms lie idle")
PAGES = {".html", ".htm"}
EXAMPLES = {
    "partners": "shilian ask partners 重二社区 --k 5",
    "unused-resources": "shilian ask unused-resources --period 2025-07..2026-06",
    "member-links": "shilian ask member-links 第一拖拉机厂 重二社区",
}


SENTENCE = "sentence"


class QuestionsOrSentence(TyperGroup):
    """The group of all questions; a sentence in the place of a question's name is read as one that asks it."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that arguments name, or the one that reads sentences."""
        is_sentence = bool(args) and args[0] not in self.commands and (" " in args[0].strip() or not args[0].isascii())
        return (SENTENCE, self.commands[SENTENCE], args) if is_sentence else super().resolve_command(ctx, args)


def make_app(entry: Entry, lang: str, part: str = "") -> typer.Typer:
    """Return the group of all questions, or with the one alone that is asked: the modules of all others need not be imported."""
    app = typer.Typer(rich_markup_mode="rich", cls=QuestionsOrSentence)
    add_group(app, entry, lang)
    for question in (find_question(part),) if is_question(part) else catalogue().values():
        add_command(
            app,
            Entry(question.name, question.title, EXAMPLES.get(question.name, "")),
            make_command(question),
            lang,
        )
    add_command(app, Entry(SENTENCE, IN_A_SENTENCE, 'shilian ask "谁和重二社区结对最合适"'), ask_sentence, lang)
    return app


def ask_sentence(
    door: Door, text: Annotated[str, typer.Argument(metavar="TEXT", help=A_SENTENCE, show_default=False)]
) -> None:
    """Ask what a sentence asks, and say how it was read; where that is not plain, say what it may ask."""
    with open_graph(door.settings) as graph:
        scope = Scope(door.settings.user, "analyst")
        read = understand(graph, text, scope=scope)
        if not read.is_sure:
            lines = "".join(f"\n{_as_command(one)}" for one in read.asked)
            raise UnclearSentenceError(doubt=read.doubt or NOTHING, asked=lines)
        first = read.asked[0]
        door.note(f"理解为：{first.said}", f"Read as: {first.said.en}")
        given = first.question.reader.read_texts(first.given)
        answer = narrow(answer_question(graph, scope, first.question, given), first.narrowed, door.lang)
    if door.json:
        door.print_json(answer.to_dict(door.lang))
    else:
        door.out.print(rich_table(answer, door.lang))


def _as_command(asked: AskedQuestion) -> str:
    """Return the command that asks a question with its arguments."""
    positional = [asked.given[a.name] for a in asked.question.arguments if a.positional and a.name in asked.given]
    named = {a.name for a in asked.question.arguments if not a.positional}
    options = {name.replace("_", "-"): value for name, value in asked.given.items() if name in named}
    return write_command("ask", asked.question.name, *positional, shell=None, **options)


def make_command(question: Question) -> Any:
    """Return the function of a question's command, with the question's own arguments as its signature."""

    def call(
        door: Door, output: Path | None = None, picture: Path | None = None, sources: bool = False, **given: Any
    ) -> None:
        asked = read_arguments(question.reader, given)
        with open_graph(door.settings) as graph:
            answer = answer_question(graph, Scope(door.settings.user, "analyst"), question, asked)
            if output is not None:
                save_answer(door, answer, output)
            if picture is not None:
                save_picture(door, answer, picture)
        if door.json:
            door.print_json(answer.to_dict(door.lang))
        elif output is None:
            door.out.print(rich_table(answer, door.lang, sources=sources))

    door = inspect.Parameter("door", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Door)
    set_signature(call, [door, *map(make_parameter, question.arguments), *_output_parameters()])
    return call


def read_arguments(reader: Reader, given: Mapping[str, str | bool | None]) -> dict[str, object]:
    """Return the arguments of a call, before anything is opened; one that is refused is a wrong usage of the command."""
    asked: dict[str, object] = dict(given)
    for name in TAKES_PLAN:
        if isinstance(text := given.get(name), str):
            asked[name] = read_plan(name, text)
    with wrong_usage():
        return reader.read_texts(asked)


def make_parameter(argument: Argument) -> inspect.Parameter:
    """Return an argument of a question as a parameter of its command; all but flags are taken as text, which the question reads."""
    kind: Any = bool if argument.type is bool else str
    help = Said(f"{argument.help} {argument.hint}".strip(), f"{argument.help.en} {argument.hint}".strip())
    if argument.positional:
        declared: Any = typer.Argument(metavar=argument.name.upper(), help=help, show_default=False)
    else:
        declared = typer.Option("--" + argument.name.replace("_", "-"), help=help, show_default=False)
    default: Any = inspect.Parameter.empty if argument.required else (False if kind is bool else None)
    annotation: Any = Annotated[kind if argument.required or kind is bool else kind | None, declared]
    return inspect.Parameter(argument.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _output_parameters() -> list[inspect.Parameter]:
    declared = {
        "output": typer.Option("--output", "-o", metavar="FILE", help=SAVED_AS, show_default=False),
        "picture": typer.Option("--picture", metavar="FILE.html", help=DRAWN_AS, show_default=False),
    }
    files = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[Path | None, option])
        for name, option in declared.items()
    ]
    told = Annotated[bool, typer.Option("--sources", help=WITH_SOURCES, show_default=False)]
    return [*files, inspect.Parameter("sources", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=told)]


def save_answer(door: Door, answer: Answer[Any], path: Path) -> None:
    """Save an answer in the form that the file's suffix names."""
    suffix = path.suffix.lower()
    if suffix == ".csv":
        answer.to_csv(path, door.lang)
    elif suffix == ".xlsx":
        answer.to_xlsx(path, door.lang)
    elif suffix in PAGES:
        answer.picture().save(path)
    else:
        raise ArgumentError(argument="--output", value=path, reason=".csv | .xlsx | .html")
    door.note(f"已保存：{path}", f"Saved: {path}")


def save_picture(door: Door, answer: Answer[Any], path: Path) -> None:
    """Save an answer's picture: units and what stands between them."""
    if path.suffix.lower() not in PAGES:
        raise ArgumentError(argument="--picture", value=path, reason=".html")
    answer.picture().save(path)
    door.note(f"已保存：{path}", f"Saved: {path}")
