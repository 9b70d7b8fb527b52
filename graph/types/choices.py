"""Closed vocabularies: one of a few words, yes or no, and whether a log of use is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, Literal

import polars as pl
from rapidfuzz import fuzz, process

from graph.types.text import mask_cells
from graph.types.value_type import BLANK, Cleaned, PolarsType, ValueType, find_problems

_NEGATION = "(?:^|[^非不未无])"  # 非正式 is not 正式
_SUGGESTED_FOR = 200  # distinct unknown words for which the nearest known one is looked up
_EMPTY = tuple(word for word in BLANK if word not in {"无", "-", "--", "---", "没有"})


@dataclass(frozen=True)
class OneOf(ValueType):
    """One of `choices` (canonical word → ways of writing it); `unknown` says whether another word is refused, kept or dropped."""

    name = "choice"

    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    unknown: Literal["warn", "keep", "drop"] = "warn"
    whole: bool = False  # only a cell that is a known word, none that holds one (不太同意 is no consent)

    @cached_property
    def words(self) -> dict[str, str]:
        """Every known way of writing, in lower case, with its canonical word; the canonical words win."""
        known = {_plain(word): canonical for canonical, others in self.choices.items() for word in others}
        return known | {_plain(canonical): canonical for canonical in self.choices}

    def _clean(self, raw: pl.Series) -> Cleaned:
        lower = raw.str.to_lowercase().str.replace_all(r"\s+", "")
        chosen = lower.replace_strict(self.words, default=None, return_dtype=pl.String)
        at = (chosen.is_null() & raw.is_not_null()).arg_true()
        if at.is_empty():
            return Cleaned({"": chosen})
        if not self.whole:
            chosen = chosen.scatter(at, self._find_inside(lower.gather(at)))
        unknown = chosen.is_null() & raw.is_not_null()
        if self.unknown == "keep":
            kept, problems = mask_cells(raw.zip_with(unknown, chosen))
            return Cleaned({"": kept}, problems)
        if self.unknown == "drop":
            return Cleaned({"": chosen})
        return Cleaned(
            {"": chosen}, find_problems(raw, unknown, "choice.unknown", "warning", self._suggest(raw, unknown))
        )

    def _find_inside(self, texts: pl.Series) -> pl.Series:
        """Return the choice whose longest word of two or more characters stands inside each text, or null."""
        words = sorted(
            (w for w in self.words if len(w) > 1), key=lambda word: (-len(word), list(self.words).index(word))
        )
        text = pl.col("text")
        found = [pl.when(text.str.contains(_NEGATION + re.escape(w))).then(pl.lit(self.words[w])) for w in words]
        return (
            pl.DataFrame({"text": texts}).select(pl.coalesce(found) if found else pl.lit(None, pl.String)).to_series()
        )

    def _suggest(self, raw: pl.Series, unknown: pl.Series) -> pl.Series:
        distinct = raw.filter(unknown).unique().sort().head(_SUGGESTED_FOR)
        nearest = {text: self._nearest(text) for text in distinct.to_list()}
        return raw.replace_strict(nearest, default="、".join(self.choices), return_dtype=pl.String)

    def _nearest(self, text: str) -> str:
        """Return the choice written most like `text`, or all of them where none is like it."""
        found = process.extractOne(text[:50].lower(), list(self.words), scorer=fuzz.ratio, score_cutoff=1)
        return self.words[found[0]] if found else "、".join(self.choices)


YES_WORDS = (
    "是",
    "是的",
    "有的",
    "有",
    "√",
    "✓",
    "✔",
    "☑",
    "对",
    "已",
    "可",
    "可以",
    "需要",
    "需",
    "能",
    "1",
    "1.0",
    "√是",
    "y",
    "yes",
    "true",
    "t",
)
NO_WORDS = (
    "否", "无", "×", "✕", "无需", "免", "✗", "✘", "☒", "错", "不", "未", "没", "没有", "不是", "不可", "不可以", "不需要", "不需", "不能",
    "0", "0.0", "x", "n", "no", "false", "f",
)  # fmt: skip
_LOG = "(?:场地)?(?:使用)?(?:登记|台账|记录)(?:簿|册|本|表)?"
_NO_LOG = rf"(?:无|没有|没|未|不|缺|尚未)(?:建立?|设|做|进行|有)?{_LOG}|{_LOG}:?(?:为|情况)?(?:无|否|没有|未建|缺失)"
_HAS_LOG = rf"(?:有|已|建有|设有|建立|备有|做好?)了?(?:完整的?)?{_LOG}|{_LOG}:?(?:为|情况)?(?:有|是|齐全|完整|规范)"


@dataclass(frozen=True)
class Bool(ValueType):
    """Yes or no: 是/否, 有/无, √/×, 1/0, Y/N; a dash alone says nothing."""

    suffixes: ClassVar[Mapping[str, PolarsType]] = {"": pl.Boolean}
    name = "yes or no"
    blanks = (*_EMPTY, "-", "--", "---")

    def _clean(self, raw: pl.Series) -> Cleaned:
        answers = dict.fromkeys(YES_WORDS, True) | dict.fromkeys(NO_WORDS, False)
        said = raw.str.to_lowercase()
        answer = said.replace_strict(answers, default=None, return_dtype=pl.Boolean)
        at = (answer.is_null() & raw.is_not_null()).arg_true()
        if not at.is_empty():  # 有(2间), 是,需预约: the first word answers
            first = said.gather(at).str.extract(r"^([^(,;。:\s]+)[(,;。:\s]")
            answer = answer.scatter(at, first.replace_strict(answers, default=None, return_dtype=pl.Boolean))
        unknown = answer.is_null() & raw.is_not_null()
        suggestion = pl.Series(["是、否"] * raw.len(), dtype=pl.String) if unknown.any() else None
        return Cleaned({"": answer}, find_problems(raw, unknown, "choice.unknown", "warning", suggestion))


@dataclass(frozen=True)
class KeepsLog(ValueType):
    """Whether a log of use is kept, as a column or a remark says it; any other text says nothing.

    In a remark (`in_remark`) a bare 有 or 无 is about the remark, not about a log, and says nothing either.
    """

    suffixes: ClassVar[Mapping[str, PolarsType]] = {"": pl.Boolean}
    name = "keeps log"
    blanks = (*_EMPTY, "-", "--", "---")

    in_remark: bool = False

    def _clean(self, raw: pl.Series) -> Cleaned:
        text = raw.str.to_lowercase().str.replace_all(r"\s+", "")
        no, yes = text.str.contains(_NO_LOG), text.str.contains(_HAS_LOG)
        if not self.in_remark:
            no |= text.is_in(list(NO_WORDS))
            yes |= text.is_in(list(YES_WORDS))
        return Cleaned({"": pl.select(pl.when(no).then(False).when(yes).then(True)).to_series()})


def _plain(word: str) -> str:
    """Return a word as cells are compared with it: in lower case, without spaces."""
    return "".join(word.lower().split())
