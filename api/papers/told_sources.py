"""Footnotes: sentences that name the file, sheet and rows from which something comes, numbered as a reader meets them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from queries.answers.rows import Record, tell_sources

SOURCES_SHEET = "来源"
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")


class Footnotes:
    """The footnotes of a paper, each told once; they are numbered in the order in which a reader meets them.

    Only a filled form shows that order. Until then a mark is a number between two characters that no text has.
    """

    def __init__(self) -> None:
        self._told: dict[str, int] = {}

    def cite(self, records: Iterable[Record]) -> str:
        """Return the mark of the footnote that tells where something comes from; '' where nobody knows."""
        told = str(tell_sources(records))
        return f"{_OPEN}{self._told.setdefault(told, len(self._told))}{_CLOSE}" if told else ""

    def number(self, text: str) -> Numbered:
        """Return the footnotes numbered as their marks follow each other in a text, and only those that it has."""
        found = dict.fromkeys(int(mark) for mark in _MARK.findall(text))
        numbers = {mark: number for number, mark in enumerate(found, 1)}
        sentences = list(self._told)
        return Numbered(numbers, [f"[{number}] {sentences[mark]}。" for mark, number in numbers.items()])


@dataclass(frozen=True)
class Numbered:
    """Footnotes with their numbers: the number of each mark, and the sentences in the order of the numbers."""

    numbers: Mapping[int, int]
    lines: list[str]

    def apply(self, text: str) -> str:
        """Return a text with the number of each footnote in the place of its mark: [3]."""
        return _MARK.sub(
            lambda found: f"[{self.numbers[int(found[1])]}]" if int(found[1]) in self.numbers else "", text
        )
