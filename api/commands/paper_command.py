"""`shilian paper NAME -o FILE`: a register written back or an official document; `paper list` shows all."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from api.command import Entry, add_command, add_group, set_signature
from api.commands.ask_command import make_parameter, read_arguments
from api.door import Door
from api.opening import open_graph
from api.papers.making import check_suffix, file_name, make_paper, read_form, save_form, write_whole
from api.papers.paper import Paper
from api.papers.paper_list import find_paper, paper_list
from graph.texts import Said
from queries.reading.scope import Scope

LIST = "list"
_OUTPUT = Said("写到这个文件；缺省以材料名为文件名", "the file to write; by default named after the paper")
_TEMPLATE = Said(
    "用本单位自己的模板（由 --write-template 取得原样后修改）", "an office's own form, changed from --write-template"
)
_STOCK = Said("只把原样模板写到这个文件", "write the stock form to this file, nothing else")


class PaperGroup(TyperGroup):
    """The group of all papers, each of which is called by its Chinese titles, too."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command of a paper by any of its names; UnknownPaperError names what comes close."""
        return super().get_command(ctx, cmd_name) or super().get_command(ctx, find_paper(cmd_name).name)


def make_app(entry: Entry, lang: str, _part: str = "") -> typer.Typer:
    """Return the group of all papers."""
    app = typer.Typer(rich_markup_mode="rich", cls=PaperGroup)
    add_group(app, entry, lang)
    add_command(app, Entry(LIST, Said("列出全部材料", "list all papers"), "shilian paper list"), show_papers, lang)
    for paper in paper_list().values():
        add_command(app, Entry(paper.name, paper.title, f"shilian paper {paper.title}"), make_command(paper), lang)
    return app


def show_papers(door: Door) -> None:
    """List every paper by its name, its title and the kind of its file."""
    papers = paper_list().values()
    if door.json:
        door.print_json(
            {"papers": [{"name": p.name, "zh": p.title, "en": p.title.en, "file": p.suffix} for p in papers]}
        )
        return
    for p in papers:
        door.tell(f"{p.name:20} {p.title}（{p.suffix}）", f"{p.name:20} {p.title.en} ({p.suffix})")


def make_command(paper: Paper) -> Any:
    """Return the function of a paper's command, with the paper's own arguments as its signature."""

    def call(
        door: Door,
        output: Path | None = None,
        template: Path | None = None,
        write_template: Path | None = None,
        **given: Any,
    ) -> None:
        if write_template is not None:
            _tell(door, paper, save_form(paper, write_template))
            return
        asked = read_arguments(paper.reader, given)
        path = check_suffix(paper, output or Path(file_name(paper)))
        if template is not None:
            read_form(paper, template)  # what is wrong with it is told before anything is opened
        with open_graph(door.settings) as graph:
            content = make_paper(graph, Scope(door.settings.user, "analyst"), paper, asked, template)
        _tell(door, paper, write_whole(path, content))

    door = inspect.Parameter("door", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Door)
    # A stock form is written without what the paper would have to be told.
    arguments = [make_parameter(argument) for argument in paper.arguments]
    set_signature(call, [door, *arguments, *_file_parameters(paper.suffix)])
    return call


def _file_parameters(suffix: str) -> list[inspect.Parameter]:
    declared = {
        "output": typer.Option("--output", "-o", metavar=f"FILE{suffix}", help=_OUTPUT, show_default=False),
        "template": typer.Option("--template", metavar=f"FILE{suffix}", help=_TEMPLATE, show_default=False),
        "write_template": typer.Option("--write-template", metavar=f"FILE{suffix}", help=_STOCK, show_default=False),
    }
    return [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[Path | None, option])
        for name, option in declared.items()
    ]


def _tell(door: Door, paper: Paper, path: Path) -> None:
    if door.json:
        door.print_json({"paper": paper.name, "file": str(path)})
    else:
        door.tell(f"已写出：{path}", f"Written: {path}")
