"""What a load did, for people: on the screen, as a marked-up workbook, as a page. Personal columns are in none of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import ArgumentError
from graph.problem_groups import ProblemGroup
from graph.problems import ERROR
from graph.schema import SCHEMA
from graph.texts import in_language
from loaders.report.load_result import LoadResult
from loaders.report.page import make_page
from loaders.report.report_texts import (
    column_lines,
    name_register,
    place_of_group,
    state_line,
    tell_lines,
    told_groups,
    unread_columns,
    words_in,
)
from loaders.report.workbook import save_workbook

if TYPE_CHECKING:
    from rich.console import Console

_SHOWN = 30  # messages on the screen; the rest is counted and is in the report


def show_result(result: LoadResult, console: Console, lang: str = "zh") -> None:
    """Print what a load did: a table of sheets, columns to confirm, problems with their cells, and what the graph holds now."""
    words = words_in(lang)
    console.print(_sheet_table(result, lang))
    dropped = dict.fromkeys(
        c["header"] for f in result.files for c in f["columns"] if c["treatment"] == "dropped_personal" and c["header"]
    )
    if dropped:
        console.print(f"{words['dropped']}: {'、'.join(dropped)}", style="dim", markup=False)
    for place, headers in unread_columns(result).items():
        console.print(f"{words['unread']}: {place}: {'、'.join(headers)}", style="yellow", markup=False, soft_wrap=True)
    for line in column_lines(result):
        if line.decide:
            console.print(f"  {line.letter} {line.header}: {line.decide}", style="yellow", markup=False, soft_wrap=True)
    groups = told_groups(result)
    if groups:
        console.print(_problem_table(groups, lang))
        if len(groups) > _SHOWN:
            console.print(words["more"].format(n=len(groups) - _SHOWN))
    counts = "  ".join(f"{_label(label, lang)} {n}" for label, n in result.counts.get("entities", {}).items())
    console.print(f"{words['counts_dry' if result.is_dry else 'counts']}: {counts}")
    for told in tell_lines(result, lang):
        console.print(told, markup=False, soft_wrap=True)
    console.print(state_line(result, lang), style="bold green")


def save_report(result: LoadResult, path: Path, lang: str = "zh") -> None:
    """Write the report as a marked-up workbook (.xlsx) or a page (.html), by the suffix of `path`."""
    if path.suffix.lower() == ".xlsx":
        save_workbook(result, path, lang)
    elif path.suffix.lower() in {".html", ".htm"}:
        path.write_text(make_page(result, lang), encoding="utf-8")
    else:
        raise ArgumentError(argument="report", value=str(path), reason=".xlsx | .html")


def _label(label: str, lang: str) -> str:
    return SCHEMA.entity(label).zh if lang == "zh" else label


def _sheet_table(result: LoadResult, lang: str) -> Any:
    from rich.markup import escape
    from rich.table import Table

    words = words_in(lang)
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("file", "register", "read", "loaded", "waiting", "rejected"):
        table.add_column(words[name], justify="left" if name in {"file", "register"} else "right", overflow="fold")
    for file in result.files:
        sheet = file["sheet"] if file["sheet"] and file["sheet"] not in file["file"] else ""
        where = escape(f"{file['file']} · {sheet}" if sheet else file["file"])
        if file["register"] is None:
            table.add_row(
                f"[dim]{where}[/dim]",
                f"[dim]{words['skipped']}: {escape(in_language(file.get('reason', ''), lang))}[/dim]",
            )
            continue
        counts = (
            file["rows_read"],
            file["rows_loaded"],
            file.get("rows_waiting", 0) or "",
            file["rows_rejected"] or "",
        )
        table.add_row(where, name_register(file["register"], lang), *map(str, counts))
    return table


def _problem_table(groups: Iterable[ProblemGroup], lang: str) -> Any:
    from rich.markup import escape
    from rich.table import Table

    words = words_in(lang)
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("severity", "place", "problem", "suggestion"):
        table.add_column(words[name], overflow="fold")
    for group in list(groups)[:_SHOWN]:
        severity = group.first.severity
        style = "red" if severity == ERROR else "yellow"
        told = (place_of_group(group), group.text(lang), group.advice(lang))
        table.add_row(f"[{style}]{words[severity]}[/{style}]", *map(escape, told))
    return table
