"""`shilian demo`: everything at once, on a district that does not exist."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from api.door import Door
from api.opening import open_graph
from api.surroundings import draw_unit, read_unit_and_hops
from api.web_server import DEFAULT_PORT, Server
from graph.documents import Document
from graph.graph import Graph
from graph.settings import Settings
from graph.texts import Said
from loaders.district import generate_workbooks
from loaders.loading import load_paths
from queries.answers.answer import Answer
from queries.answers.catalogue import find_question
from queries.answers.show import rich_table
from queries.asking import ask
from queries.reading.scope import Scope

FOLDER = Path("demo")
DEFAULT_WORKSPACE = Path("workspace")
TRUTH = "truth.json"
SHOWN = 5


def run(
    door: Door,
    folder: Annotated[
        Path, typer.Option("--folder", metavar="DIR", help=Said("示例放在这里", "where the sample goes"))
    ] = FOLDER,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help=Said("网页和接口的端口", "the port of pages and API"))
    ] = DEFAULT_PORT,
    no_serve: Annotated[
        bool, typer.Option("--no-serve", help=Said("不启动网页和接口", "do not serve pages and API"))
    ] = False,
) -> None:
    """Generate a sample district, load it, answer the three questions, draw a picture, and serve."""
    settings = _settings(door, folder)
    with door.progress() as progress:
        progress("generate", 0, 0)
        truth = generate_workbooks(folder / "workbooks")
        (folder / "workbooks" / TRUTH).replace(folder / TRUTH)  # no register: it would only be reported as skipped
        result = load_paths(settings.workspace, [folder / "workbooks"], settings=settings, on_progress=progress)
    picture = folder / "picture.html"
    answers: list[Any]
    with open_graph(settings) as graph:
        scope = Scope(settings.user, "analyst")
        answers = [ask(graph, scope, name, **arguments) for name, arguments in choose_questions(truth)]
        picture.write_text(
            draw_unit(graph, scope, read_unit_and_hops({"unit": truth["obvious_partners"][0]["community"]})),
            encoding="utf-8",
        )
        if not door.json:
            _show(door, graph, answers, len(result.problems))
    document = {
        "workspace": str(settings.workspace),
        "workbooks": str(folder / "workbooks"),
        "picture": str(picture),
        "load": result.to_dict(door.lang),
        "answers": [answer.to_dict(door.lang) for answer in answers],
    }
    _finish(door, settings, document, None if no_serve else port)


def choose_questions(truth: Document) -> list[tuple[str, Document]]:
    """Return the questions that the demonstration asks and their arguments: who should pair, what lies unused, whose members live where.

    `truth` is what the generator of the sample planted: the units asked about are ones with an obvious answer.
    """
    known, living = truth["obvious_partners"][0], truth["members_living_in"]
    enterprise, _, community = max(living, key=lambda pair: (living[pair], pair)).partition("|")
    return [
        ("partners", {"unit": known["community"], "k": 3}),
        ("unused-resources", {}),
        ("member-links", {"enterprise": enterprise, "community": community}),
    ]


def _settings(door: Door, folder: Path) -> Settings:
    """Return settings whose workspace is the demo's own, unless one was named."""
    named = door.settings.workspace != DEFAULT_WORKSPACE
    return door.settings if named else replace(door.settings, workspace=folder / "workspace")


def _show(door: Door, graph: Graph, answers: list[Any], problems: int) -> None:
    counts = graph.counts["entities"]
    held = "，".join(f"{door.say(e.zh, e.en)} {counts[e.label]}" for e in graph.schema.entities if counts.get(e.label))
    door.tell(
        f"已载入示例区（快照 {graph.snapshot}）：{held}。有 {problems} 处需要查看。",
        f"The sample district is loaded (snapshot {graph.snapshot}): {held}. {problems} cells to look at.",
    )
    for answer in answers:
        door.out.print()
        door.out.print(f"$ {write_command(answer)}", style="bold", markup=False, highlight=False, soft_wrap=True)
        door.out.print(rich_table(replace(answer, rows=answer.rows[:SHOWN]), door.lang))
        if len(answer.rows) > SHOWN:
            rest = len(answer.rows) - SHOWN
            door.tell(f"… 还有 {rest} 行", f"… {rest} more rows")


def write_command(answer: Answer[Any]) -> str:
    """Return the command that asks a question again."""
    words = ["shilian", "ask", answer.question]
    for argument in find_question(answer.question).arguments:
        value = answer.arguments.get(argument.name)
        if argument.positional and value is not None:
            words.append(str(value))
        elif not argument.positional and str(value) != str(argument.default):
            words += ["--" + argument.name.replace("_", "-"), str(value)]
    return " ".join(words)


def _finish(door: Door, settings: Settings, document: Document, port: int | None) -> None:
    """Say what to open next, and serve until interrupted."""
    if port is None:
        if door.json:
            door.print_json(document)
        else:
            _tell_next(door, document, None)
        return
    with Server(settings, port=port) as server:
        if door.json:
            door.print_json(document | {"link": server.link})
        else:
            _tell_next(door, document, server.link)
        server.run()


def _tell_next(door: Door, document: Document, link: str | None) -> None:
    place = f"--workspace {document['workspace']}"
    door.out.print()
    door.tell(f"图：用浏览器打开 {document['picture']}", f"Picture: open {document['picture']} in a browser")
    door.tell(f"继续提问：shilian ask --help {place}", f"Ask on: shilian ask --help {place}")
    if link:
        door.tell(f"网页和接口：{link}（Ctrl+C 停止）", f"Pages and API: {link} (Ctrl+C stops)")
