"""What a load did, for people: on the screen, as a marked-up workbook, as a page. Personal columns are in none of them."""

from __future__ import annotations

import html
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from graph.errors import ArgumentError
from graph.problems import ERROR, Problem
from graph.schema import SCHEMA
from loaders.clean import MENTION

if TYPE_CHECKING:
    from rich.console import Console

    from loaders.load import LoadResult

_SHOWN = 30  # problems on the screen; the rest is counted and is in the workbook
_ROWS = 20_000  # rows per marked-up sheet: what a person can scroll through
_WORDS = {
    "zh": {
        "file": "文件", "sheet": "工作表", "register": "登记表", "read": "读取", "loaded": "载入", "rejected": "未载入", "dropped": "已去除的个人信息列", "problem": "问题",
        "place": "位置", "value": "值", "suggestion": "建议", "severity": "级别", "error": "错误", "warning": "提示", "row": "行", "column": "列", "header": "表头",
        "field": "字段", "confidence": "把握", "treatment": "处理", "skipped": "已跳过", "more": "另有 {n} 条，见报告文件（--report）", "unchanged": "内容没有变化", "summary": "概览",
        "problems": "问题", "columns": "列", "done": "已载入，快照 {snapshot}", "counts": "图中现有",
    },
    "en": {
        "file": "file", "sheet": "sheet", "register": "register", "read": "read", "loaded": "loaded", "rejected": "rejected", "dropped": "personal columns dropped",
        "problem": "problem", "place": "place", "value": "value", "suggestion": "suggestion", "severity": "severity", "error": "error", "warning": "note", "row": "row",
        "column": "column", "header": "header", "field": "field", "confidence": "confidence", "treatment": "treatment", "skipped": "skipped",
        "more": "{n} more, see the report file (--report)", "unchanged": "nothing changed", "summary": "summary", "problems": "problems", "columns": "columns",
        "done": "loaded, snapshot {snapshot}", "counts": "now in the graph",
    },
}  # fmt: skip
_TREATMENTS = {
    "zh": {"mapped": "已对应", "dropped_personal": "个人信息，已去除", "ignored": "不需要", "asked": "请确认"},
    "en": {
        "mapped": "mapped",
        "dropped_personal": "personal, dropped",
        "ignored": "not needed",
        "asked": "please confirm",
    },
}


def show_result(result: LoadResult, console: Console, lang: str = "zh") -> None:
    """Print what a load did: a table of sheets, a table of problems with their cells, and what the graph holds now."""
    words = _WORDS[lang]
    console.print(_sheet_table(result, lang))
    dropped = dict.fromkeys(
        c["header"] for f in result.files for c in f["columns"] if c["treatment"] == "dropped_personal"
    )
    if dropped:
        console.print(f"{words['dropped']}: {'、'.join(dropped)}", style="dim")
    told = [p for p in result.problems if p.code != "sheet.skipped"]  # the first table says those already
    if told:
        console.print(_problem_table(told, lang))
        if len(told) > _SHOWN:
            console.print(words["more"].format(n=len(told) - _SHOWN))
    counts = "  ".join(f"{_label(label, lang)} {n}" for label, n in result.counts.get("entities", {}).items())
    console.print(f"{words['counts']}: {counts}")
    console.print(
        words["done"].format(snapshot=result.snapshot) if result.changed else words["unchanged"], style="bold green"
    )


def _label(label: str, lang: str) -> str:
    return SCHEMA.entity(label).zh if lang == "zh" else label


def _sheet_table(result: LoadResult, lang: str) -> Any:
    from rich.markup import escape
    from rich.table import Table

    words = _WORDS[lang]
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("file", "register", "read", "loaded", "rejected"):
        table.add_column(words[name], justify="left" if name in {"file", "register"} else "right", overflow="fold")
    for file in result.files:
        sheet = file["sheet"] if file["sheet"] and file["sheet"] not in file["file"] else ""
        where = escape(f"{file['file']} · {sheet}" if sheet else file["file"])
        if file["register"] is None:
            table.add_row(f"[dim]{where}[/dim]", f"[dim]{words['skipped']}: {escape(file.get('reason', ''))}[/dim]")
            continue
        register = SCHEMA.register(file["register"])
        counts = (file["rows_read"], file["rows_loaded"], file["rows_rejected"] or "")
        table.add_row(where, register.zh if lang == "zh" else register.en, *map(str, counts))
    return table


def _problem_table(problems: Iterable[Problem], lang: str) -> Any:
    from rich.markup import escape
    from rich.table import Table

    words = _WORDS[lang]
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("severity", "place", "problem", "suggestion"):
        table.add_column(words[name], overflow="fold")
    for problem in list(problems)[:_SHOWN]:
        style = "red" if problem.severity == ERROR else "yellow"
        told = (place(problem), problem.message(lang), problem.advice(lang))
        table.add_row(f"[{style}]{words[problem.severity]}[/{style}]", *map(escape, told))
    return table


def place(problem: Problem) -> str:
    """Return where a problem is, as a person would look for it: file, sheet, cell."""
    cell = f"{problem.column}{problem.row or ''}" if problem.column or problem.row else ""
    return " ".join(filter(None, (problem.file, problem.sheet, cell)))


def save_report(result: LoadResult, path: Path, lang: str = "zh") -> None:
    """Write the report as a marked-up workbook (.xlsx) or a page (.html), by the suffix of `path`."""
    if path.suffix.lower() == ".xlsx":
        _save_workbook(result, path, lang)
    elif path.suffix.lower() in {".html", ".htm"}:
        path.write_text(_as_page(result, lang), encoding="utf-8")
    else:
        raise ArgumentError(argument="report", value=str(path), reason=".xlsx / .html")


def _save_workbook(result: LoadResult, path: Path, lang: str) -> None:
    from xlsxwriter import Workbook

    words = _WORDS[lang]
    # Values come from files of unknown origin: no cell may become a formula or a link.
    with Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": False}
    ) as book:
        bold, bad, note = (
            book.add_format({"bold": True, "bg_color": "#EEF2F7"}),
            book.add_format({"bg_color": "#F8CBAD"}),
            book.add_format({"bg_color": "#FFF2CC"}),
        )
        problems = book.add_worksheet(words["problems"])
        heads = ("severity", "file", "sheet", "row", "column", "value", "problem", "suggestion")
        rows = [
            (words[p.severity], p.file, p.sheet, p.row or "", p.column, p.value, p.message(lang), p.advice(lang))
            for p in result.problems
        ]
        _write(problems, [words[h] for h in heads], rows, bold)
        columns = book.add_worksheet(words["columns"])
        _write(
            columns,
            [words[h] for h in ("file", "sheet", "column", "header", "field", "confidence", "treatment")],
            list(_column_rows(result, lang)),
            bold,
        )
        _mark_sheets(book, result, {"bold": bold, "error": bad, "warning": note}, lang)


def _column_rows(result: LoadResult, lang: str) -> Iterable[tuple[Any, ...]]:
    for file in result.files:
        for c in file["columns"]:
            yield (
                file["file"],
                file["sheet"],
                c["column"],
                c["header"],
                c["field"],
                c["confidence"],
                _TREATMENTS[lang][c["treatment"]],
            )


def _mark_sheets(book: Any, result: LoadResult, formats: Mapping[str, Any], lang: str) -> None:
    """Write each sheet's records as they were understood, with a comment on every cell that has a problem."""
    by_sheet: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in result.problems:
        by_sheet[problem.file, problem.sheet].append(problem)
    used: Counter[str] = Counter()
    headers = {(f["file"], f["sheet"]): {c["field"]: c["header"] for c in f["columns"]} for f in result.files}
    for file, sheet, read in result.records:
        frame = read().sort("row").head(_ROWS)
        title = (sheet or file.rsplit(".", 1)[0])[:24].translate(str.maketrans("[]:*?/\\'", "        "))
        used[title] += 1
        worksheet = book.add_worksheet(title if used[title] == 1 else f"{title} {used[title]}")
        names = [c for c in frame.columns if c != "pseudonym"]
        shown = headers.get((file, sheet), {})
        _write(
            worksheet,
            [shown.get(n.removeprefix(MENTION), n.removeprefix(MENTION)) for n in names],
            frame.select(names).iter_rows(),
            formats["bold"],
        )
        _comment(worksheet, frame.select(names), by_sheet[file, sheet], formats, lang)


def _comment(
    worksheet: Any, frame: pl.DataFrame, problems: Iterable[Problem], formats: Mapping[str, Any], lang: str
) -> None:
    rows = {row: n for n, row in enumerate(frame["row"].to_list(), 1)}
    columns = {name.removeprefix(MENTION): n for n, name in enumerate(frame.columns)}
    for problem in problems:
        at, column = rows.get(problem.row or 0), columns.get(problem.field, 0)
        if at is None:
            continue
        advice = problem.advice(lang)
        hint = f"\n→ {advice}" if advice else ""
        worksheet.write_string(at, column, problem.value, formats[problem.severity])
        worksheet.write_comment(at, column, problem.message(lang) + hint, {"x_scale": 2})


def _write(worksheet: Any, heads: Iterable[str], rows: Iterable[tuple[Any, ...]], bold: Any) -> None:
    worksheet.write_row(0, 0, list(heads), bold)
    worksheet.freeze_panes(1, 0)
    worksheet.set_column(0, 12, 18)
    for n, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, bool | int | float):
                worksheet.write(n, column, value)
            elif value is not None:
                worksheet.write_string(n, column, "、".join(value) if isinstance(value, list) else str(value))


def _as_page(result: LoadResult, lang: str) -> str:
    words = _WORDS[lang]

    def row(cells: Iterable[object], tag: str = "td") -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(str(c))}</{tag}>" for c in cells) + "</tr>"

    heads = ("file", "sheet", "register", "read", "loaded", "rejected")
    files = [
        row(
            f[k] if f[k] is not None else words["skipped"]
            for k in ("file", "sheet", "register", "rows_read", "rows_loaded", "rows_rejected")
        )
        for f in result.files
    ]
    problems = [row((words[p.severity], place(p), p.value, p.message(lang), p.advice(lang))) for p in result.problems]
    columns = [row(r) for r in _column_rows(result, lang)]
    style = "body{font:15px/1.5 system-ui,sans-serif;margin:2rem;max-width:75rem}table{border-collapse:collapse;margin:1rem 0}td,th{border:1px solid #ccd;padding:.3rem .6rem;text-align:left}"
    return "".join(
        (
            f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{words["summary"]}</title><style>{style}</style>',
            f"<h1>{words['summary']}</h1><table>{row((words[h] for h in heads), 'th')}{''.join(files)}</table>",
            f"<h2>{words['problems']}</h2><table>{row((words[h] for h in ('severity', 'place', 'value', 'problem', 'suggestion')), 'th')}{''.join(problems)}</table>",
            f"<h2>{words['columns']}</h2><table>{row((words[h] for h in ('file', 'sheet', 'column', 'header', 'field', 'confidence', 'treatment')), 'th')}{''.join(columns)}</table></html>",
        )
    )
