"""Text as people wrote it: free text, names, and lists in one cell. What tells of persons is hidden before it is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import polars as pl

from graph.types.personal import mask_name
from graph.types.value_type import CellValue, Cleaned, PolarsType, ValueType, change_where, find_problems

_SEPARATORS = r"[、,;/|\n和]|以及|及"
_IN_BRACKETS = re.compile(r"[(\[<《【〔{][^()\[\]<>《》【】〔〕{}]*[)\]>》】〕}]")
# Words in which 和 or 及 joins nothing; it is set aside while a cell is split.
_WHOLE_WORDS = [
    "和谐",
    "和平",
    "和睦",
    "和解",
    "和美",
    "和善",
    "和气",
    "和煦",
    "共和",
    "温和",
    "总和",
    "饱和",
    "缓和",
    "柔和",
    "祥和",
    "及时",
    "普及",
    "涉及",
    "及格",
    "顾及",
    "及其",
]
_SET_ASIDE = {
    "、": "\ue000",
    ",": "\ue001",
    ";": "\ue002",
    "/": "\ue003",
    "|": "\ue004",
    "\n": "\ue005",
    "和": "\ue006",
    "及": "\ue007",
}
# A list that only spaces part: 投影 音响 空调. One character each is a word spread out: 大 礼 堂.
_SPACED = r"^\p{Han}{2,8}(?: +\p{Han}{2,8})+$"
_ASIDE = str.maketrans(_SET_ASIDE)


@dataclass(frozen=True)
class Text(ValueType):
    """Free text, cut at `max_length` characters; formulas and markup stay plain text."""

    max_length: int = 2000

    def _clean(self, raw: pl.Series) -> Cleaned:
        text = change_where(raw, raw.str.contains("[\t\r\n]|  "), _fold_spaces)
        too_long = text.str.len_chars() > self.max_length
        cut = change_where(text, too_long, lambda long: long.str.slice(0, self.max_length))
        return Cleaned({"": cut}, find_problems(text, too_long, "text.too_long", "warning"))


@dataclass(frozen=True)
class Name(ValueType):
    """A name of a unit or thing, on one line, without the spaces that spread Chinese characters apart."""

    name = "name"

    def _hide(self, raw: pl.Series) -> pl.Series:
        return mask_name(raw)

    def _clean(self, raw: pl.Series) -> Cleaned:
        text = change_where(raw, raw.str.contains("[\t\r\n ]"), _close_gaps)
        too_long = text.str.len_chars() > 200
        cut = change_where(text, too_long, lambda long: long.str.slice(0, 200))
        return Cleaned({"": cut}, find_problems(text, too_long, "text.too_long", "warning"))


@dataclass(frozen=True)
class ListOf(ValueType):
    """Several words in one cell (会议室、电教室；图书角): trimmed, each once, in the order written."""

    suffixes: ClassVar[Mapping[str, PolarsType]] = {"": pl.List(pl.String)}
    name = "list"

    at_words: bool = True  # also at 和 and 及

    def write(self, *stored: Any) -> CellValue:
        """Return the words as a clerk lists them: 会议室、电教室."""
        return "、".join(stored[0]) if stored[0] else None

    def _clean(self, raw: pl.Series) -> Cleaned:
        text = raw.str.replace_all(r"(^|[\n;,、 ])\(?[0-9]{1,2}(?:[、)]|\.)([^0-9])", "${1};${2}")  # 1.空调 2.音响
        text = change_where(text, text.str.contains(r"^;"), _split_numbered)
        text = change_where(text, text.str.contains(_SPACED), lambda spaced: spaced.str.replace_all(" +", ";"))
        text = change_where(text, text.str.contains(r"[(\[<《【〔{]"), _protect_brackets)
        text = change_where(text, text.str.contains("[和及]"), _protect_words)
        items = text.str.replace_all(_SEPARATORS if self.at_words else r"[、,;/|\n]", "\n").str.split("\n")
        items = items.list.eval(
            pl.element().str.strip_chars(" \t\r。.").filter(pl.element().str.strip_chars(" \t\r。.") != "")
        )
        items = change_items(items.list.unique(maintain_order=True))
        found = items.list.len() > 0
        return Cleaned({"": items.zip_with(found, pl.Series([None], dtype=items.dtype))})


def change_items(items: pl.Series) -> pl.Series:
    """Restore, in the items of a list column, the separator characters that were replaced before the text was split."""
    return items.list.eval(pl.element().str.replace_many(list(_SET_ASIDE.values()), list(_SET_ASIDE)))


def _split_numbered(texts: pl.Series) -> pl.Series:
    """Split 1.空调2.音响 also where nothing stands before the second number."""
    return texts.str.replace_all(r"([\p{Han})])\(?[0-9]{1,2}[.)]([^0-9])", "${1};${2}")


def _fold_spaces(texts: pl.Series) -> pl.Series:
    return texts.str.replace_all(r"\s+", " ")


def _close_gaps(texts: pl.Series) -> pl.Series:
    folded = texts.str.replace_all(r"\s+", " ")
    for _ in range(2):  # neighbouring gaps share a character
        folded = folded.str.replace_all(r"([\p{Han}]) ([\p{Han}])", "${1}${2}")
    return folded


def _protect_words(texts: pl.Series) -> pl.Series:
    texts = texts.str.replace_all(r"(^|[\n;,、/| ])和", "${1}" + _SET_ASIDE["和"])  # 和面机: nothing stands before it
    return texts.str.replace_many(_WHOLE_WORDS, [word.translate(_ASIDE) for word in _WHOLE_WORDS])


def _protect_brackets(texts: pl.Series) -> pl.Series:
    return pl.Series(
        [_IN_BRACKETS.sub(lambda m: m[0].translate(_ASIDE), text) for text in texts.to_list()], dtype=pl.String
    )
