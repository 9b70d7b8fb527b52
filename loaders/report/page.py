"""The load report as one page without script or outside parts: files, columns, problems by kind, names not found."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from html import escape
from itertools import groupby
from pathlib import Path

from graph.problem_groups import ProblemGroup, group_problems
from graph.problems import ERROR, Problem
from graph.schema import SCHEMA
from graph.shell_words import write_command
from graph.texts import in_language
from loaders.merging.unresolved import UNRESOLVED
from loaders.report.load_result import LoadResult
from loaders.report.report_texts import (
    TREATMENTS,
    ColumnLine,
    column_lines,
    name_field,
    name_register,
    place,
    place_of_group,
    state_line,
    tell_lines,
    told_problems,
    words_in,
)

_SHOWN = 200  # places per kind of problem; the workbook has them all
_NAMES = 500
_STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")


def make_page(result: LoadResult, lang: str) -> str:
    """Return the report as an HTML page; its style is the only thing that its content security policy lets through."""
    words = words_in(lang)
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    told = told_problems(result)
    named = [p for p in told if p.code in UNRESOLVED]
    others = [p for p in told if p.code not in UNRESOLVED]
    return "\n".join((
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{words["title"]}</title>',
        f"<style>{_STYLE}</style></head><body><header><h1>{words['title']}</h1>",
        f'<p class="lead">{escape(state_line(result, lang))}</p>{_figures(result, lang)}</header><main>',
        _section(words["summary"], _files(result, lang)),
        _section(words["lists"], _lists(result, lang)) if result.loads else "",
        _section(words["columns"], _columns(result, column_lines(result), lang)),
        _section(words["problems"], _problems(group_problems(others), lang)),
        _section(words["names"], _names(named, lang)) if named else "",
        "</main></body></html>\n",
    ))  # fmt: skip


def _lists(result: LoadResult, lang: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in tell_lines(result, lang))


def _section(title: str, content: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{content}</section>"


def _figures(result: LoadResult, lang: str) -> str:
    words = words_in(lang)
    counts = result.counts.get("entities", {})
    shown = [((SCHEMA.entity(label).zh if lang == "zh" else label), n) for label, n in counts.items()]
    asked = sum(c["treatment"] == "asked" for f in result.files for c in f["columns"])
    errors = sum(p.severity == ERROR for p in result.problems)
    facts = [*shown, (words["error"], errors), (words["asked"].format(n="").strip(), asked)]
    return f'<ul class="figures">{"".join(f"<li><b>{n:,}</b>{escape(name)}</li>" for name, n in facts)}</ul>'


def _files(result: LoadResult, lang: str) -> str:
    words = words_in(lang)
    heads = [
        _head(words[h], n)
        for h, n in (
            ("file", 0),
            ("sheet", 0),
            ("register", 0),
            ("sender", 0),
            ("as_of", 0),
            ("read", 1),
            ("loaded", 1),
            ("waiting", 1),
            ("rejected", 1),
            ("left_out", 1),
        )
    ]
    rows = []
    for f in result.files:
        if f["register"] is None:
            reason = f"{words['skipped']}{'：' if lang == 'zh' else ': '}{in_language(f.get('reason', ''), lang)}"
            rows.append(
                f"<tr><td>{escape(f['file'])}</td><td>{escape(f['sheet'])}</td><td colspan=8 class=muted>{escape(reason)}</td></tr>"
            )
            continue
        texts = (f["file"], f["sheet"], name_register(f["register"], lang), f.get("sender", ""))
        day = f'<td class="day">{escape(f.get("reported") or "")}</td>'
        waiting = f.get("rows_waiting", 0)
        numbers = (f["rows_read"], f["rows_loaded"], waiting, f["rows_rejected"], f.get("rows_skipped", 0))
        marks = ("n", "n", "n bad" if waiting else "n", "n bad" if f["rows_rejected"] else "n", "n muted")
        cells = "".join(f'<td class="{mark}">{number:,}</td>' for mark, number in zip(marks, numbers, strict=True))
        rows.append(f"<tr>{''.join(f'<td>{escape(t)}</td>' for t in texts)}{day}{cells}</tr>")
    return _table(heads, rows)


def _columns(result: LoadResult, lines: list[ColumnLine], lang: str) -> str:
    words = words_in(lang)
    names = ("column", "header", "treatment", "field", "confidence", "alternatives", "decide")
    heads = [_head(words[h]) for h in names]
    parts = []
    missing = {(f["file"], f["sheet"], f["register"]): f.get("missing", ()) for f in result.files}
    for (file, sheet, register), found in groupby(lines, key=lambda c: (c.file, c.sheet, c.register)):
        of_sheet = list(found)
        asked = sum(c.treatment == "asked" for c in of_sheet)
        title = " · ".join(filter(None, (file, sheet if sheet not in file else "", name_register(register, lang))))
        note = f' <span class="tag asked">{escape(words["asked"].format(n=asked))}</span>' if asked else ""
        rows = [_column(c, lang) for c in of_sheet]
        lacking = "、".join(name_field(register, field) for field in missing.get((file, sheet, register), ()))
        absent = f'<p class="muted">{escape(words["missing"])}{escape(lacking)}</p>' if lacking else ""
        opened = " open" if asked else ""
        parts.append(
            f"<details{opened}><summary>{escape(title)}{note}</summary>{_table(heads, rows)}{absent}</details>"
        )
    return "".join(parts)


def _column(line: ColumnLine, lang: str) -> str:
    tag = f'<span class="tag {line.treatment}">{escape(TREATMENTS[line.treatment].text(lang))}</span>'
    meter = (
        f'<meter min=0 max=1 value="{line.confidence:.2f}"></meter> {line.confidence:.0%}'
        if line.treatment in {"mapped", "asked"}
        else ""
    )
    decide = f"<code>{escape(line.decide)}</code>" if line.decide else ""
    cells = (
        escape(line.letter),
        escape(line.header) or "—",
        tag,
        escape(line.meaning),
        meter,
        escape("、".join(line.alternatives)),
        decide,
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _problems(groups: list[ProblemGroup], lang: str) -> str:
    words = words_in(lang)
    parts = []
    for group in groups:
        severity = group.first.severity
        rows = [
            f"<tr><td>{escape(place(p))}</td><td>{escape(p.value)}</td><td>{escape(p.message(lang))}</td><td>{escape(p.advice(lang))}</td></tr>"
            for p in group.problems[:_SHOWN]
        ]
        more = len(group.problems) - _SHOWN
        note = f'<p class="muted">{escape(words["first"].format(n=_SHOWN))}</p>' if more > 0 else ""
        heads = [_head(words[h]) for h in ("place", "value", "problem", "suggestion")]
        summary = (
            f'<span class="tag {severity}">{escape(words[severity])}</span> {escape(place_of_group(group))} '
            f"<b>{escape(group.text(lang))}</b>"
        )
        opened = " open" if severity == ERROR else ""
        parts.append(f"<details{opened}><summary>{summary}</summary>{note}{_table(heads, rows)}</details>")
    return "".join(parts) or f"<p>{escape(words['none'])}</p>"


def _names(problems: list[Problem], lang: str) -> str:
    words = words_in(lang)
    rows = []
    for p in problems[:_NAMES]:
        times = str(dict(p.details).get("rows", 1))
        candidates = escape(p.suggestion) or f'<span class="muted">{escape(words["no_candidates"])}</span>'
        first = p.suggestion.split("、")[0]
        decide = (
            f"<code>{escape(write_command('decide', 'same', p.value, first))}</code>"
            if first and p.code.startswith("unit.")
            else ""
        )
        cells = f"<td>{candidates}</td><td>{escape(place(p))}</td><td>{decide}</td>"
        rows.append(f'<tr><td>{escape(p.value)}</td><td class="n">{escape(times)}</td>{cells}</tr>')
    heads = [
        _head(words["name"]),
        _head(words["count"], True),
        _head(words["candidates"]),
        _head(words["place"]),
        _head(words["decide"]),
    ]
    return _table(heads, rows)


def _head(text: str, number: bool | int = False) -> str:
    return f'<th class="n">{escape(text)}</th>' if number else f"<th>{escape(text)}</th>"


def _table(heads: Iterable[str], rows: Iterable[str]) -> str:
    return (
        f'<div class="wide"><table><thead><tr>{"".join(heads)}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
    )
