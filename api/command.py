"""Turns a function into a command of the command line that also has the options which all commands share.

Its first argument is the Door: the settings and outputs of a call.
A text is a `Said`; a command shows the half that its user reads.
"""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import typer
from typer.models import ArgumentInfo, OptionInfo

from api.door import Door
from graph.errors import ArgumentError
from graph.settings import Settings
from graph.texts import Said, in_language

COMMON: dict[str, tuple[str | None, Said]] = {
    "workspace": ("DIR", Said("工作区文件夹", "folder of the workspace")),
    "graph": ("URI", Said("图服务器地址（缺省用内置引擎）", "address of a graph server (default: embedded)")),
    "lang": ("zh|en", Said("语言", "language")),
    "json": (None, Said("标准输出只有一个 JSON 文档", "one JSON document on standard output")),
    "help": (None, Said("显示本说明", "show this page")),
}
SHARED_PANEL = Said("通用选项", "Options of every command")
OPTIONS_PANEL, ARGUMENTS_PANEL, COMMANDS_PANEL = (
    Said("选项", "Options"),
    Said("参数", "Arguments"),
    Said("命令", "Commands"),
)
WRONG_USAGE = 2
Body = Callable[..., None]


@dataclass(frozen=True)
class Entry:
    """A command as the list of commands shows it; its module in `api.commands` is imported when it is called."""

    name: str
    help: Said
    example: str


def _show_help(context: typer.Context, asked: bool) -> None:
    if asked:
        typer.echo(context.get_help())
        raise typer.Exit


def common_parameters(lang: str) -> list[inspect.Parameter]:
    """Return the options that every command takes, before or behind its name."""
    made = []
    for name, (metavar, text) in COMMON.items():
        kind: Any = str | None if metavar else bool
        extra: dict[str, Any] = {"is_eager": True, "callback": _show_help} if name == "help" else {}
        info = typer.Option(f"--{name}", metavar=metavar, help=text, **extra)
        annotation = Annotated[kind, localize(info, lang, SHARED_PANEL)]
        default = None if metavar else False
        made.append(inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation))
    return made


def localize(info: Any, lang: str, panel: Said) -> Any:
    """Return an option's or argument's declaration with its texts in one language."""
    made = copy.copy(info)
    made.help = in_language(info.help or "", lang)
    made.rich_help_panel = panel.text(lang)
    return made


def read_parameters(function: Body, lang: str) -> list[inspect.Parameter]:
    """Return the parameters of a command's function after its first one, the Door, with help texts in one language."""
    hints = get_type_hints(function, include_extras=True)
    made = []
    for parameter in list(inspect.signature(function).parameters.values())[1:]:
        kind = hints[parameter.name]
        if get_origin(kind) is Annotated:
            base, info = get_args(kind)[0], get_args(kind)[1]
            panel = OPTIONS_PANEL if isinstance(info, OptionInfo) else ARGUMENTS_PANEL
            kind = Annotated[base, localize(info, lang, panel)] if isinstance(info, OptionInfo | ArgumentInfo) else kind
        made.append(parameter.replace(annotation=kind, kind=inspect.Parameter.KEYWORD_ONLY))
    return made


def open_door(context: typer.Context, given: dict[str, Any]) -> Door:
    """Return the settings and outputs (the Door) of a command call.

    Options after the command's name override those before it, and both override environment variables.
    """
    chosen: dict[str, Any] = {}
    here: Any = context.parent
    while here is not None:
        chosen = {**{k: v for k, v in (here.obj or {}).items() if v}, **chosen}
        here = here.parent
    # Options that were not given are None or False; they must not override those given before the command.
    chosen |= {k: v for k, v in given.items() if v}
    named = {k: chosen[k] for k in ("workspace", "graph", "lang") if k in chosen}
    return Door(Settings(**named), json=bool(chosen.get("json")))


def add_command(app: typer.Typer, entry: Entry, function: Body, lang: str) -> None:
    """Add a function to an app as a command that takes the common options too."""

    def call(context: typer.Context, **given: Any) -> None:
        common = {name: given.pop(name, None) for name in COMMON}
        function(open_door(context, common), **given)

    set_signature(call, [_context_parameter(), *read_parameters(function, lang), *common_parameters(lang)])
    panel = COMMANDS_PANEL.text(lang)
    app.command(entry.name, **_texts(entry, lang), add_help_option=False, rich_help_panel=panel)(call)


def add_group(app: typer.Typer, entry: Entry, lang: str) -> None:
    """Give an app of commands the common options, so that they may stand before a command's name."""

    def call(context: typer.Context, **given: Any) -> None:
        context.obj = {**(context.obj or {}), **{k: v for k, v in given.items() if v}}

    set_signature(call, [_context_parameter(), *common_parameters(lang)])
    app.callback(**_texts(entry, lang), add_help_option=False, no_args_is_help=True)(call)


@contextmanager
def wrong_usage() -> Iterator[None]:
    """Give errors about arguments in a `with` block the exit code for wrong usage, in place of that for unusable input."""
    try:
        yield
    except ArgumentError as error:
        error.exit_code = WRONG_USAGE
        raise


def set_signature(function: Body, parameters: list[inspect.Parameter]) -> None:
    """Give a generic function the signature that its command shall have, from which its options are made."""
    function.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    function.__annotations__ = {p.name: p.annotation for p in parameters}


def _context_parameter() -> inspect.Parameter:
    return inspect.Parameter("context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)


def _texts(entry: Entry, lang: str) -> dict[str, Any]:
    example = f"{Said('例', 'Example').text(lang)}: {entry.example}" if entry.example else ""
    return {"help": entry.help.text(lang), "epilog": example}
