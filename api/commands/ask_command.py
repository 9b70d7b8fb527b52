"""`shilian ask QUESTION`: a command a question, made from its signature and its docstring."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from api.command import Entry, add_command, add_group, set_signature
from api.door import Door
from api.opening import open_graph
from api.plan_files import TAKES_PLAN, read_plan
from api.texts import SEPARATOR, bilingual
from graph.errors import ArgumentError
from queries.answers.answer import Answer
from queries.answers.asking import ask
from queries.answers.catalogue import Argument, Question, catalogue
from queries.answers.show import rich_table
from queries.reading.scope import Scope

SAVED_AS = "保存到文件（.csv、.xlsx 或 .html 图） ¦ save to a file (.csv, .xlsx, or .html for a picture)"
DRAWN_AS = "画成网页图，与答案并存 ¦ draw it as a page, beside the answer"
PAGES = {".html", ".htm"}
EXAMPLES = {
    "partners": "shilian ask partners 重二社区 --k 5",
    "unused-resources": "shilian ask unused-resources --period 2025-07..2026-06",
    "member-links": "shilian ask member-links 第一拖拉机厂 重二社区",
}


def make_app(entry: Entry, lang: str) -> typer.Typer:
    """Return the group of all questions."""
    app = typer.Typer(rich_markup_mode="rich")
    add_group(app, entry, lang)
    for question in catalogue().values():
        add_command(
            app,
            Entry(question.name, bilingual(question.text), EXAMPLES.get(question.name, "")),
            make_command(question),
            lang,
        )
    return app


def make_command(question: Question) -> Any:
    """Return the function of a question's command, with the question's own arguments as its signature."""

    def call(door: Door, output: Path | None = None, picture: Path | None = None, **given: Any) -> None:
        asked = {name: value for name, value in given.items() if value is not None}
        asked |= {name: read_plan(name, asked[name]) for name in TAKES_PLAN if name in asked}
        with open_graph(door.settings) as graph:
            answer = ask(graph, Scope(door.settings.user, "analyst"), question.name, **asked)
            if output is not None:
                save_answer(door, answer, output)
            if picture is not None:
                save_picture(door, answer, picture)
        if door.json:
            door.print_json(answer.to_dict(door.lang))
        elif output is None:
            door.out.print(rich_table(answer, door.lang))

    door = inspect.Parameter("door", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Door)
    set_signature(call, [door, *map(make_parameter, question.arguments), *_output_parameters()])
    return call


def make_parameter(argument: Argument) -> inspect.Parameter:
    """Return an argument of a question as a parameter of its command."""
    kind = option_type(argument.type)
    if argument.positional:
        declared: Any = typer.Argument(metavar=argument.name.upper(), help=argument.help)
    else:
        flag = "--" + argument.name.replace("_", "-")
        declared = typer.Option(flag, help=_with_default(argument), show_default=False)
    default: Any = inspect.Parameter.empty if argument.required else (False if kind is bool else None)
    if not argument.required and kind is not bool:
        kind = kind | None
    annotation: Any = Annotated[kind, declared]
    return inspect.Parameter(argument.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def option_type(kind: Any) -> Any:
    """Return the type that the command line reads an argument as; what it does not know, the question reads from text."""
    parts = [one for one in get_args(kind) if one is not type(None)] if type(None) in get_args(kind) else [kind]
    return parts[0] if parts[0] in (int, float, bool) else str


def _with_default(argument: Argument) -> str:
    shown = "" if argument.default in (None, False, ()) else f" [{argument.default}]"
    return SEPARATOR.join(part + shown for part in argument.help.split(SEPARATOR))


def _output_parameters() -> list[inspect.Parameter]:
    declared = {
        "output": typer.Option("--output", "-o", metavar="FILE", help=SAVED_AS, show_default=False),
        "picture": typer.Option("--picture", metavar="FILE.html", help=DRAWN_AS, show_default=False),
    }
    return [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[Path | None, option])
        for name, option in declared.items()
    ]


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
