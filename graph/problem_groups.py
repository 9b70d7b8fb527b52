"""Problems of one kind in one column of a sheet, as one message with their number and the first cells; the full list stays data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypedDict

from graph.problems import ERROR, Problem
from graph.texts import Said

CELLS = 3  # named in a message
VALUES = 3  # quoted in it
_COUNTED = Said("{sentence}：{n} 处（{cells}）", "{sentence}: {n} places ({cells})")
_UNPLACED = Said("{sentence}：{n} 处", "{sentence}: {n} places")
_MORE = " …"


class ProblemGroupDocument(TypedDict):
    """A group of problems as JSON has it; `text` is the whole message."""

    code: str
    severity: str
    file: str
    sheet: str
    column: str
    field: str
    count: int
    cells: list[str]
    text: str
    suggestion: str


@dataclass(frozen=True)
class ProblemGroup:
    """The problems of one kind in one column of a sheet, in order of their rows."""

    problems: tuple[Problem, ...]

    @property
    def first(self) -> Problem:
        """Return the first of the problems."""
        return self.problems[0]

    @property
    def count(self) -> int:
        """Return how many rows have the problem."""
        return sum(p.rows for p in self.problems)

    @property
    def cells(self) -> list[str]:
        """Return the first cells, as a spreadsheet shows them."""
        return list(dict.fromkeys(filter(None, (p.cell for p in self.problems[: CELLS * 2]))))[:CELLS]

    def sentence(self, lang: str) -> str:
        """Return one sentence for all; where they are about different values, with the first of these."""
        if len({p.message(lang) for p in self.problems[: VALUES + 1]}) == 1:
            return self.first.message(lang)
        values = [value for value in dict.fromkeys(p.value for p in self.problems) if value]
        quoted = ("”、“" if lang == "zh" else "”, “").join(values[:VALUES])  # inside the quotes of the sentence
        return replace(self.first, value=quoted or "…", details=_shared_details(self.problems)).message(lang)

    def text(self, lang: str) -> str:
        """Return the whole message: the sentence, how many rows have the problem, and the first cells."""
        if self.count == 1:
            return self.sentence(lang)
        told = _COUNTED if self.cells else _UNPLACED
        cells = "、".join(self.cells) + (_MORE if self.count > len(self.cells) else "")
        return told.text(lang).format(sentence=self.sentence(lang), n=f"{self.count:,}", cells=cells)

    @property
    def said(self) -> Said:
        """Return the whole message in both languages."""
        return Said(self.text("zh"), self.text("en"))

    def advice(self, lang: str) -> str:
        """Return what to do: for a single cell what to write there, for several what is advised for all of them."""
        told = {p.advice(lang) for p in self.problems}
        return told.pop() if len(told) == 1 else replace(self.first, suggestion="").advice(lang)

    def as_dict(self, lang: str) -> ProblemGroupDocument:
        """Return the group as JSON has it."""
        one = self.first
        return {
            "code": one.code, "severity": one.severity, "file": one.file, "sheet": one.sheet, "column": one.column, "field": one.field,
            "count": self.count, "cells": self.cells, "text": self.text(lang), "suggestion": self.advice(lang),
        }  # fmt: skip


def _shared_details(problems: Iterable[Problem]) -> tuple[tuple[str, object], ...]:
    """Return the details that all the problems have in common; the rest is told of each alone."""
    first, *others = (dict(p.details) for p in problems)
    return tuple((name, value) for name, value in first.items() if all(o.get(name) == value for o in others))


def group_problems(problems: Iterable[Problem]) -> list[ProblemGroup]:
    """Return the problems by kind and column of their sheet: errors first, then sheet by sheet, the commonest first."""
    found: dict[tuple[str, ...], list[Problem]] = {}
    for one in problems:
        found.setdefault((one.severity, one.code, one.file, one.sheet, one.column or one.field), []).append(one)
    groups = [ProblemGroup(tuple(sorted(told, key=lambda p: p.row or 0))) for told in found.values()]
    return sorted(
        groups, key=lambda g: (g.first.severity != ERROR, g.first.file, g.first.sheet, -g.count, g.first.code)
    )
