"""`shilian load`: files and folders into the workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.door import Door
from api.parsing import read_day
from graph.errors import ArgumentError
from graph.kinds import FULL_LIST, INCREMENT
from graph.problems import ERROR
from loaders.cleaning.sheet_positions import read_datum
from loaders.intake import LoadOptions
from loaders.loading import load_paths
from loaders.report.load_result import LoadResult
from loaders.report.screen import save_report, show_result

Paths = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH…", help="表格文件（xlsx、xls、csv）或文件夹 ¦ spreadsheets (xlsx, xls, csv) or folders"
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只试读并报告，不写入 ¦ read and report, write nothing")]
FullList = Annotated[
    bool, typer.Option("--full-list", help="全量：缺少的行视为已不存在 ¦ a full list: rows that are missing are gone")
]
Increment = Annotated[
    bool, typer.Option("--increment", help="增量：缺少的行不受影响 ¦ an increment: rows that are missing stay")
]
AsOf = Annotated[
    str, typer.Option("--as-of", metavar="DATE", help="数据截至哪一天 ¦ the day the data speaks of, as 2026-06-30")
]
Report = Annotated[
    Path | None,
    typer.Option(
        "--report", metavar="FILE", help="另存报告：.xlsx（带批注）或 .html ¦ save the report as .xlsx or .html"
    ),
]
Datum = Annotated[
    str,
    typer.Option(
        "--datum",
        metavar="DATUM",
        help="表头没有说明时经纬度的坐标系：bd09（百度）、gcj02（高德、腾讯）、wgs84、cgcs2000 "
        "¦ the datum of positions whose header does not tell it: bd09, gcj02, wgs84, cgcs2000",
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="有行未能载入时返回 1 ¦ exit with 1 when a row has an error")]


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
) -> None:
    """Load files and folders and publish the next snapshot."""
    if full_list and increment:
        raise ArgumentError(argument="--full-list / --increment", value="", reason="只能选一个 / choose one")
    if report is not None and report.suffix.lower() not in {".xlsx", ".html", ".htm"}:
        raise ArgumentError(argument="--report", value=report, reason=".xlsx | .html")
    scope = FULL_LIST if full_list else INCREMENT if increment else None
    options = LoadOptions(
        dry_run=dry_run, scope=scope, as_of=read_day("--as-of", as_of), datum=read_datum("--datum", datum)
    )
    with door.progress() as progress:
        result = load_paths(
            door.settings.workspace, paths, options=options, settings=door.settings, on_progress=progress
        )
    if report is not None:
        save_report(result, report, door.lang)
        door.note(f"报告：{report}", f"Report: {report}")
    show_load(door, result)
    if strict and any(problem.severity == ERROR for problem in result.problems):
        raise typer.Exit(1)


def show_load(door: Door, result: LoadResult) -> None:
    """Show what a load did, as a table or as JSON."""
    if door.json:
        door.print_json(result.to_dict(door.lang))
    else:
        show_result(result, door.out, door.lang)
