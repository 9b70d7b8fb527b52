"""The load report as a workbook: every problem, what each column was taken for, and each sheet with comments on its bad cells."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from graph.problem_groups import ProblemGroup
from graph.problems import ERROR, Problem
from loaders.cleaning.mentions import MENTION
from loaders.report.load_result import LoadResult
from loaders.report.report_texts import TREATMENTS, column_lines, told_groups, told_problems, words_in

_ROWS = 20_000  # rows per marked-up sheet: what a person can scroll through
_NAME = 31  # characters of a sheet's name that a spreadsheet allows
_FORBIDDEN = str.maketrans("[]:*?/\\'", "        ")
# Values come from files of unknown origin: no cell may become a formula or a link.
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": False}


def save_workbook(result: LoadResult, path: Path, lang: str) -> None:
    """Write the report as a workbook."""
    from xlsxwriter import Workbook

    with Workbook(str(path), _OPTIONS) as book:
        writer = _MarkedWriter(book, lang)
        writer.add_groups(told_groups(result))
        writer.add_problems(told_problems(result))
        writer.add_columns(result)
        for file, sheet, read in result.records:
            writer.add_records(result, file, sheet, read)


@dataclass(frozen=True)
class _Marked:
    """A sheet as it was understood: its rows in the order of the spreadsheet, with those that were not loaded put back."""

    names: tuple[str, ...]
    rows: tuple[Mapping[str, object], ...]


class _MarkedWriter:
    def __init__(self, book: Any, lang: str) -> None:
        self.book, self.lang, self.words = book, lang, words_in(lang)
        self.bold = book.add_format({"bold": True, "bg_color": "#EEF2F7", "text_wrap": True})
        self.formats = {
            "error": book.add_format({"bg_color": "#F8CBAD"}), "warning": book.add_format({"bg_color": "#FFF2CC"}),
            "asked": book.add_format({"bg_color": "#FFF2CC"}), "dropped_personal": book.add_format({"bg_color": "#E4DFEC"}),
            "unknown": book.add_format({"font_color": "#9C5700"}), "ignored": book.add_format({"font_color": "#808080"}), "mapped": None,
        }  # fmt: skip
        self.used: Counter[str] = Counter({"history": 1})  # a spreadsheet keeps this name for itself

    def add_groups(self, groups: Iterable[ProblemGroup]) -> None:
        """Write the problems as messages, one for each kind in a column of a sheet."""
        told = list(groups)
        heads = ("severity", "file", "sheet", "column", "places_head", "problem", "suggestion")
        rows = [
            (self.words[one.severity], one.file, one.sheet, one.column, g.count, g.text(self.lang), g.advice(self.lang))
            for g in told for one in [g.first]
        ]  # fmt: skip
        self._add_list("problems", heads, rows, [g.first.severity for g in told])

    def add_problems(self, problems: Iterable[Problem]) -> None:
        """Write the list of all problems, cell by cell."""
        told = list(problems)
        heads = ("severity", "file", "sheet", "row", "column", "value", "problem", "suggestion")
        rows = [
            (self.words[p.severity], p.file, p.sheet, p.row or "", p.column, p.value, p.message(self.lang), p.advice(self.lang))
            for p in told
        ]  # fmt: skip
        self._add_list("each", heads, rows, [p.severity for p in told])

    def add_columns(self, result: LoadResult) -> None:
        """Write what each column was taken for: mapped, dropped, left out, or to be confirmed."""
        lines = column_lines(result)
        heads = ("file", "sheet", "column", "header", "field", "confidence", "treatment", "alternatives", "decide")
        rows = [
            (c.file, c.sheet, c.letter, c.header, c.meaning, c.confidence,
             TREATMENTS[c.treatment].text(self.lang), "、".join(c.alternatives), c.decide)
            for c in lines
        ]  # fmt: skip
        self._add_list("columns", heads, rows, [c.treatment for c in lines])

    def add_records(self, result: LoadResult, file: str, sheet: str, read: Callable[[], pl.DataFrame]) -> None:
        """Write a sheet's records as they were understood, with a comment on every cell that has a problem."""
        problems = [p for p in result.problems if (p.file, p.sheet) == (file, sheet)]
        columns = [c for f in result.files if (f["file"], f["sheet"]) == (file, sheet) for c in f["columns"]]
        shown_columns = read().select(pl.exclude("^_.*$"))  # what only merging reads begins so
        marked = _put_back(shown_columns.sort("row").head(_ROWS), problems)
        worksheet = self.book.add_worksheet(self._sheet_name(sheet or file.rsplit(".", 1)[0]))
        shown = {c["field"]: c["header"] for c in columns if c["field"]} | {"row": self.words["row"]}
        fields = [name.removeprefix(MENTION) for name in marked.names]
        _write(
            worksheet,
            [shown.get(field, field) for field in fields],
            ([row.get(n) for n in marked.names] for row in marked.rows),
            self.bold,
        )
        letters = {c["column"]: c["field"] for c in columns if c["field"]}
        self._comment(
            worksheet, marked, [(p, replace(p, field=shown.get(p.field, p.field))) for p in problems], letters
        )

    def _comment(
        self, worksheet: Any, marked: _Marked, problems: Iterable[tuple[Problem, Problem]], letters: Mapping[str, str]
    ) -> None:
        # Each problem twice: as it is, to find its cell, and as a reader is told of it.
        rows = {row["row"]: n for n, row in enumerate(marked.rows, 1)}
        columns = {name.removeprefix(MENTION): n for n, name in enumerate(marked.names)}
        notes: dict[tuple[int, int], list[Problem]] = defaultdict(list)
        for problem, told_as in problems:
            at = 0 if problem.row is None else rows.get(problem.row)
            if at is not None:
                column = columns.get(problem.field, columns.get(letters.get(problem.column, ""), 0))
                notes[at, column].append(told_as)
        for (at, column), told in notes.items():
            worst = "error" if any(p.severity == ERROR for p in told) else "warning"
            if at and column:
                worksheet.write_string(at, column, told[0].value, self.formats[worst])
            text = "\n".join(self._note(p) for p in told)
            worksheet.write_comment(at, column, text, {"x_scale": 2, "y_scale": max(1, len(told))})

    def _note(self, problem: Problem) -> str:
        advice = problem.advice(self.lang)
        return problem.message(self.lang) + (f"\n→ {advice}" if advice else "")

    def _add_list(self, name: str, heads: Sequence[str], rows: Sequence[Sequence[Any]], kinds: Sequence[str]) -> None:
        worksheet = self.book.add_worksheet(self._sheet_name(self.words[name]))
        _write(worksheet, [self.words[h] for h in heads], rows, self.bold)
        for n, kind in enumerate(kinds, 1):
            worksheet.set_row(n, None, self.formats[kind])
        worksheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)

    def _sheet_name(self, wanted: str) -> str:
        name = wanted.translate(_FORBIDDEN).strip()[: _NAME - 5] or "-"
        self.used[name.casefold()] += 1
        times = self.used[name.casefold()]
        return name if times == 1 else f"{name} {times}"


def _put_back(frame: pl.DataFrame, problems: Iterable[Problem]) -> _Marked:
    """Return the records with a row for each one that was not loaded, holding what its problems tell of it."""
    names = tuple(c for c in frame.columns if c != "pseudonym")
    rows = {row["row"]: row for row in frame.select(names).iter_rows(named=True)}
    columns = {name.removeprefix(MENTION): name for name in names}
    for problem in problems:
        if problem.row is None or (len(rows) >= _ROWS and problem.row not in rows):
            continue
        row = rows.setdefault(problem.row, {"row": problem.row})
        if problem.field in columns and row.get(columns[problem.field]) is None:
            row[columns[problem.field]] = problem.value
    return _Marked(names, tuple(rows[number] for number in sorted(rows)))


def _write(worksheet: Any, heads: Sequence[str], rows: Iterable[Sequence[Any]], bold: Any) -> None:
    worksheet.write_row(0, 0, list(heads), bold)
    worksheet.freeze_panes(1, 0)
    worksheet.set_column(0, max(len(heads) - 1, 0), 18)
    for n, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, bool | int | float):
                worksheet.write(n, column, value)
            elif value is not None:
                worksheet.write_string(n, column, "、".join(value) if isinstance(value, list) else str(value))
