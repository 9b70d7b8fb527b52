"""`shilian load`: files and folders into the workspace."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from api.door import Door
from api.kept_figures import keep_figures
from api.parsing import read_day
from api.prompting import ask_in_place, is_attended
from graph.errors import ArgumentError, NothingToLoadError
from graph.kinds import FULL_LIST, INCREMENT
from graph.ledger_rows import ReportedSheet
from graph.problems import ERROR
from graph.texts import Said
from loaders.cleaning.sheet_positions import read_datum
from loaders.formats.raw_sheet import plain_name
from loaders.intake import LoadOptions
from loaders.loading import load_paths
from loaders.register_choices import RegisterChoices
from loaders.report.load_questions import read_questions
from loaders.report.load_result import LoadResult
from loaders.report.question_texts import load_document, question_document, question_lines, register_lines
from loaders.report.screen import save_report, show_result

Paths = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH…", help=Said("表格文件（xlsx、xls、csv）或文件夹", "spreadsheets (xlsx, xls, csv) or folders")
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help=Said("只试读并报告，不写入", "read and report, write nothing"))]
FullList = Annotated[
    bool,
    typer.Option("--full-list", help=Said("全量：缺少的行视为已不存在", "a full list: rows that are missing are gone")),
]
Increment = Annotated[
    bool, typer.Option("--increment", help=Said("增量：缺少的行不受影响", "an increment: rows that are missing stay"))
]
AsOf = Annotated[
    str,
    typer.Option("--as-of", metavar="DATE", help=Said("数据截至哪一天", "the day the data speaks of, as 2026-06-30")),
]
Report = Annotated[
    Path | None,
    typer.Option(
        "--report", metavar="FILE", help=Said("另存报告：.xlsx（带批注）或 .html", "save the report as .xlsx or .html")
    ),
]
Datum = Annotated[
    str,
    typer.Option(
        "--datum",
        metavar="DATUM",
        help=Said(
            "表头没有说明时经纬度的坐标系：bd09（百度）、gcj02（高德、腾讯）、wgs84、cgcs2000",
            "the datum of positions whose header does not tell it: bd09, gcj02, wgs84, cgcs2000",
        ),
    ),
]
Registers = Annotated[
    list[str] | None,
    typer.Option(
        "--register",
        metavar="NAME",
        help=Said(
            "这些表是哪种登记表（代号或名称）；只说一个文件或工作表：文件名=登记表，可多次给出",
            "which register the sheets are (name or title); of one file or sheet: FILE=NAME; may be given several times",
        ),
    ),
]
NoAsk = Annotated[
    bool,
    typer.Option(
        "--no-ask",
        help=Said(
            "不在终端提问，只列出问题和回答的命令",
            "ask nothing at the terminal; list questions with the commands that answer",
        ),
    ),
]
HiddenSheets = Annotated[
    bool,
    typer.Option("--hidden-sheets", help=Said("隐藏的工作表也载入", "load hidden sheets too")),
]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict",
        help=Said(
            "有错误、有行未载入或等待认名时返回 1",
            "exit with 1 when a cell is wrong, or a row waits for a name or is not loaded",
        ),
    ),
]


def run(  # noqa: PLR0913 -- an option each
    door: Door,
    paths: Paths,
    dry_run: DryRun = False,
    full_list: FullList = False,
    increment: Increment = False,
    as_of: AsOf = "",
    report: Report = None,
    strict: Strict = False,
    datum: Datum = "",
    register: Registers = None,
    no_ask: NoAsk = False,
    hidden_sheets: HiddenSheets = False,
) -> None:
    """Load files and folders and publish the next snapshot."""
    if full_list and increment:
        raise ArgumentError(argument="--full-list / --increment", value="", reason=Said("只能选一个", "choose one"))
    if report is not None and report.suffix.lower() not in {".xlsx", ".html", ".htm"}:
        raise ArgumentError(argument="--report", value=report, reason=".xlsx | .html")
    scope = FULL_LIST if full_list else INCREMENT if increment else None
    options = LoadOptions(
        dry_run=dry_run,
        scope=scope,
        as_of=read_day("--as-of", as_of),
        datum=read_datum("--datum", datum),
        registers=RegisterChoices.read(register or ()),
        hidden_sheets=hidden_sheets,
    )
    result = load_asking(door, paths, options, may_ask=not (no_ask or dry_run))
    if report is not None:
        save_report(result, report, door.lang)
        door.note(f"报告：{report}", f"Report: {report}")
    show_load(door, result)
    if not door.json:
        _tell_ways_on(door, result.files, paths)
    if dry_run:
        said = {"--full-list": full_list, "--increment": increment, "--strict": strict}
        given = {"--as-of": as_of, "--datum": datum}
        options_said = [name for name, is_on in said.items() if is_on]
        options_said += [text for name, value in given.items() if value for text in (name, value)]
        command = shlex.join(["shilian", "load", *map(str, paths), *options_said])
        door.note(f"写入：{command}", f"To write it: {command}")
    if strict and not (result.summary.is_complete and all(problem.severity != ERROR for problem in result.problems)):
        raise typer.Exit(1)


def load_asking(door: Door, paths: list[Path], options: LoadOptions, may_ask: bool) -> LoadResult:
    """Load, and where somebody sits at the terminal, ask there what is open and load the rest with the answers."""
    asked: set[tuple[str, str, str]] = set()
    while True:
        outcome = _try_to_load(door, paths, options)
        found = read_questions(outcome.sheets) if isinstance(outcome, NothingToLoadError) else outcome.questions
        new = [one for one in found if (one.file, one.sheet, one.column) not in asked]
        asked |= {(one.file, one.sheet, one.column) for one in new}
        if not (new and may_ask and is_attended(door) and ask_in_place(door, new)):
            break
    if not isinstance(outcome, NothingToLoadError):
        return outcome
    if door.json:
        outcome.details["questions"] = [question_document(one, door.lang) for one in read_questions(outcome.sheets)]
        raise outcome
    door.err.print(outcome.message(door.lang), style="red", markup=False, highlight=False, soft_wrap=True)
    _tell_ways_on(door, outcome.sheets, paths)
    raise typer.Exit(outcome.exit_code)


def _try_to_load(door: Door, paths: list[Path], options: LoadOptions) -> LoadResult | NothingToLoadError:
    if not options.dry_run:
        keep_figures(door.settings)
    with door.progress() as progress:
        try:
            return load_paths(
                door.settings.workspace, paths, options=options, settings=door.settings, on_progress=progress
            )
        except NothingToLoadError as nothing:
            return nothing


def _tell_ways_on(door: Door, sheets: Sequence[ReportedSheet], paths: Sequence[Path]) -> None:
    """Tell the commands that get on from the sheets that were not loaded: to answer what they ask, or to say what they are."""
    skipped = [one for one in sheets if one["register"] is None and "error" not in one and one.get("headers")]
    questions = read_questions(skipped)
    asked = {(one.file, one.sheet) for one in questions}
    lines = question_lines(questions, door.lang)
    for sheet in skipped:
        if (sheet["file"], sheet["sheet"]) not in asked:
            name = plain_name(sheet["file"])
            lines += register_lines(sheet, [str(p) for p in paths if p.is_dir() or p.name == name], door.lang)
    for line in lines:
        door.note(line, line)


def show_load(door: Door, result: LoadResult) -> None:
    """Show what a load did, as a table or as JSON."""
    if door.json:
        door.print_json(load_document(result, door.lang))
    else:
        show_result(result, door.out, door.lang)
