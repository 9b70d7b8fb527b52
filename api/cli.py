"""The command line. `shilian COMMAND --help` teaches each command with an example.

Only the command that is called is imported, so that help and status answer at once.
"""

from __future__ import annotations

import importlib
import io
import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any

import typer

from api.own_packages import IN_THE_WAY

if IN_THE_WAY is not None:
    is_english = "en" in {os.environ.get("SHILIAN_LANG"), *sys.argv} or "--lang=en" in sys.argv
    sys.stderr.buffer.write(f"{IN_THE_WAY[is_english]}\n".encode())
    sys.exit(3)

from api.command import COMMANDS_PANEL, WRONG_USAGE, Entry, add_command, add_group
from api.door import make_console, print_json
from graph.errors import MissingArgumentError, ShilianError, UnknownArgumentError
from graph.texts import Said

COMMANDS = (
    Entry(
        "demo", Said("示例区：生成、载入、提问、画图、启动网页，一步完成", "a sample district: loaded, asked, drawn and served at once"),
        "shilian demo",
    ),
    Entry("load", Said("载入表格：文件或文件夹", "load spreadsheets: files or folders"), "shilian load 表格/ --report 报告.xlsx"),
    Entry("ask", Said("提问", "ask a question"), "shilian ask partners 重二社区 --k 5"),
    Entry("due", Said("这一周谁该办什么", "what is due for whom this week"), "shilian due --unit 重二社区 --days 7"),
    Entry("status", Said("工作区现状", "what the workspace holds"), "shilian status"),
    Entry("loads", Said("历次载入", "the loads so far"), "shilian loads"),
    Entry("diff", Said("两个快照之间的变化", "what changed between two snapshots"), "shilian diff 1 2"),
    Entry("withdraw", Said("撤回一次载入", "take a load back"), "shilian withdraw 3f2a"),
    Entry("rebuild", Said("由账本重建快照", "make the snapshot anew from the ledger"), "shilian rebuild"),
    Entry("verify", Said("核对快照文件与账本", "check the snapshot's files and the ledger"), "shilian verify"),
    Entry("decide", Said("记下一个决定", "put a decision on the record"), "shilian decide same 一拖 第一拖拉机厂"),
    Entry("learn", Said("由以往的结对学习权重", "learn the weights of pairing from past choices"), "shilian learn"),
    Entry("picture", Said("画出一个单位的周边", "draw what surrounds a unit"), "shilian picture 重二社区 -o 重二社区.html"),
    Entry("serve", Said("启动接口和网页", "serve the API and the pages"), "shilian serve --port 8000"),
    Entry("paper", Said("写出材料：台账、周报、手册、公示", "write papers: registers, reports, notices"), "shilian paper 督查周报"),
    Entry("token", Said("令牌：谁能从外面访问、看到什么", "tokens: who may come in, and sees what"), "shilian token list"),
    Entry("template", Said("空白登记表", "an empty workbook for a register"), "shilian template venues -o 场地.xlsx"),
    Entry("export", Said("导出实体和关系（CSV、GraphML）", "export entities and relations (CSV, GraphML)"), "shilian export 导出/"),
)  # fmt: skip
ROOT = Entry(
    "shilian",
    Said("十联：由基层表格到可解释的答案", "Shilian: from the spreadsheets of a district to explained answers"),
    "shilian demo",
)
_WITH_VALUE = ("--workspace", "--graph", "--lang")
DEBUG = "SHILIAN_DEBUG"
UNFORESEEN, INTERRUPTED = 1, 130


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code: 0 done, 1 unusable input, 2 wrong usage, 3 workspace."""
    sys.exit(run(list(sys.argv[1:] if arguments is None else arguments)))


def run(arguments: list[str]) -> int:
    """Run the command line on `arguments` and return the exit code."""
    lang, wanted, part = _scan(arguments)
    _never_fail_at_a_sign()
    try:
        app = build_app(lang, wanted, part)
        answered = typer.main.get_command(app).main(args=arguments, prog_name="shilian", standalone_mode=False)
    except ShilianError as error:
        return _report(error, lang, "--json" in arguments)
    except typer.TyperException as error:
        return _usage(error, lang)
    except (typer.Abort, KeyboardInterrupt):
        _complain(Said("已中断。", "Interrupted.").text(lang))
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader left; nothing is wrong
        return 0
    except Exception as error:  # noqa: BLE001 -- the last line of defence: no traceback reaches a user
        return _unforeseen(error, lang)
    return answered if isinstance(answered, int) else 0


def _never_fail_at_a_sign() -> None:
    """Have what an output cannot write (a pipe in GBK or cp1252) replaced by ?, instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower().replace("-", "") != "utf8":
            stream.reconfigure(errors="replace")


def build_app(lang: str, wanted: str, part: str = "") -> typer.Typer:
    """Return the app with all commands named, and the wanted one ready to run; of a group only the named part need be there."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="rich")
    add_group(app, ROOT, lang)
    for entry in COMMANDS:
        if entry.name != wanted:
            app.command(entry.name, help=entry.help.text(lang), rich_help_panel=COMMANDS_PANEL.text(lang))(_not_wanted)
            continue
        module = importlib.import_module(f"api.commands.{entry.name}_command")
        if hasattr(module, "make_app"):
            app.add_typer(module.make_app(entry, lang, part), name=entry.name)
        else:
            add_command(app, entry, module.run, lang)
    return app


def _not_wanted() -> None:
    raise LookupError("a command was called that the scan of the arguments did not find")


def _scan(arguments: Sequence[str]) -> tuple[str, str, str]:
    """Return the language, the command's name and the word behind it, found before anything is parsed or imported."""
    lang, words, previous = os.environ.get("SHILIAN_LANG", "zh"), ["", ""], ""
    for argument in arguments:
        if previous == "--lang" or argument.startswith("--lang="):
            lang = argument.removeprefix("--lang=")
        elif not argument.startswith("-") and previous not in _WITH_VALUE:
            words.insert(-2, argument)
        previous = argument
    return ("en" if lang == "en" else "zh"), words[0], words[1]


def _complain(sentence: str) -> None:
    make_console(sys.stderr).print(sentence, style="red", markup=False, highlight=False, soft_wrap=True)


def _report(error: ShilianError, lang: str, as_json: bool) -> int:
    if as_json:
        print_json({"error": error.as_dict()})
    _complain(error.message(lang))
    if os.environ.get(DEBUG):
        traceback.print_exc()
    return error.exit_code


def _usage(error: typer.TyperException, lang: str) -> int:
    context = getattr(error, "ctx", None)
    message = str(getattr(error, "format_message", lambda: error)())
    if not message and context is not None:  # called without anything: the help says what there is
        typer.echo(context.get_help(), err=True)
        return WRONG_USAGE
    sentence = _argument_refused(error, context) or Said(f"用法不对：{message}", f"Wrong usage: {message}")
    _complain(sentence.text(lang))
    if context is not None:
        typer.echo(Said("试试", "Try").text(lang) + f": {context.command_path} --help", err=True)
    return WRONG_USAGE


_BY_PLACE = Said(
    "“{name}”不用写 --{name}，把值直接写在命令后面：{command} {place}",
    "“{name}” takes no --{name}: write its value behind the command: {command} {place}",
)


def _argument_refused(error: typer.TyperException, context: Any) -> Said | None:
    """Return what is wrong with an argument as every other door says it; None for what only a command line can have wrong."""
    kind = type(error).__name__
    if kind == "MissingParameter" and getattr(error, "param", None) is not None:
        return MissingArgumentError(argument=error.param.name).said  # type: ignore[attr-defined]
    if kind != "NoSuchOption" or context is None:
        return None
    known = (option for one in context.command.params for option in one.opts[:1] if option.startswith("--"))
    named = str(error.option_name).lstrip("-").replace("-", "_")  # type: ignore[attr-defined]
    if any(one.name == named and not one.opts[0].startswith("-") for one in context.command.params):
        return _BY_PLACE.fill(command=context.command_path, name=named, place=named.upper())
    return UnknownArgumentError(argument=named, known=", ".join(known)).said


def _unforeseen(error: Exception, lang: str) -> int:
    what = f"{type(error).__name__}: {error}".splitlines()[0][:300]
    sentence = Said(
        f"程序出了意外：{what}。请把这一行和所用命令告诉维护者（SHILIAN_DEBUG=1 显示细节）。",
        f"Something unforeseen happened: {what}. Report this line and your command (SHILIAN_DEBUG=1 shows details).",
    )
    _complain(sentence.text(lang))
    if os.environ.get(DEBUG):
        traceback.print_exc()
    return UNFORESEEN


if __name__ == "__main__":
    main()
