"""Closed vocabularies: one of a few words, yes or no, and whether a log of use is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Literal

import polars as pl

from graph.types.text import Text
from graph.types.value_type import BLANK, CellValue, Cleaned, PolarsType, ValueType, find_problems

_NOT = "非不未无"
_NOT_YET = "\ue010"
_NEGATION = f"(?:^|[^{_NOT}{_NOT_YET}])"  # 非正式 is not 正式
# 即将到期 is not 已到期, 拟续签 not 已续签, 完成60% not 已完成.
_PENDING = r"部分|即将|预计|计划|争取|力争|有待|等待|快要?|拟|待|将"
_IN_PART = r"基本(?:完成|办结|落实|解决)|(完成|办结|落实)(?:率|至|到|了?约?[0-9.]{1,4}%|了?[一二三四五六七八九]成|了?(?:一|大)?半|过半)"
_SUGGESTED_FOR = 200  # distinct unknown words for which the known ones are looked up
_MOST_SUGGESTED = 3
_EMPTY = tuple(word for word in BLANK if word not in {"无", "-", "--", "---", "没有"})


@dataclass(frozen=True)
class OneOf(ValueType):
    """One of `choices` (canonical word → ways of writing it); `unknown` says whether another word is refused, kept or dropped.

    A cell with the words of two choices is refused as unknown, but for one that `broader` lists with those that say more than it:
    市属国有企业 is 市企.
    Words of `alone` count where they are the whole cell, not inside another word: 正式工 is no 正式 member.
    """

    name = "choice"
    closed = True
    blanks = tuple(word for word in BLANK if word != "空")  # 空 is what a room is

    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    unknown: Literal["warn", "keep", "drop"] = "warn"
    whole: bool = False  # only a cell that is a known word, none that holds one (不太同意 is no consent)
    broader: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    alone: tuple[str, ...] = ()

    @cached_property
    def words(self) -> dict[str, str]:
        """Every known way of writing, in lower case, with its canonical word; the canonical words win."""
        known = {_plain(word): canonical for canonical, others in self.choices.items() for word in others}
        return known | {_plain(canonical): canonical for canonical in self.choices}

    def is_held_in(self, text: str) -> bool:
        """Tell whether any way of writing a choice stands in a text."""
        return self._anywhere.search(text) is not None

    @cached_property
    def _anywhere(self) -> re.Pattern[str]:
        written = {*self.choices, *(word for others in self.choices.values() for word in others)}
        return re.compile("|".join(map(re.escape, written)))

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
            kept = Text().clean(raw.zip_with(unknown, pl.Series([None], dtype=pl.String)))
            return Cleaned({"": chosen.fill_null(kept.values[""])}, kept.problems)
        if self.unknown == "drop":
            return Cleaned({"": chosen})
        return Cleaned(
            {"": chosen}, find_problems(raw, unknown, "choice.unknown", "warning", self._suggest(raw, unknown))
        )

    def _find_inside(self, texts: pl.Series) -> pl.Series:
        """Return the choice whose longest word of two or more characters stands inside each text, or null."""
        words = sorted(
            (w for w in self.words if len(w) > 1 and w not in self.alone),
            key=lambda word: (-len(word), list(self.words).index(word)),
        )
        if self.unknown == "warn":
            return self._find_only(texts, words)
        rows = pl.DataFrame({"text": texts, "marked": _mark_pending(texts)})
        places = [pl.col("text" if re.match(_PENDING, word) else "marked") for word in words]
        found = [
            pl.when(place.str.contains(_NEGATION + re.escape(word))).then(pl.lit(self.words[word]))
            for place, word in zip(places, words, strict=True)
        ]
        return rows.select(pl.coalesce(found) if found else pl.lit(None, pl.String)).to_series()

    def _find_only(self, texts: pl.Series, words: list[str]) -> pl.Series:
        """Return the choice of which alone words stand in each text, or null; of a word only what no longer one holds counts."""
        # 中国企业 names no 国企.
        pattern = re.compile(f"(?<![{_NOT}原])(?:{'|'.join(map(re.escape, words))})(?<!企(?=业))") if words else None
        single = {word: choice for word, choice in self.words.items() if len(word) == 1}
        found: dict[str, str | None] = {}
        for text in texts.drop_nulls().unique().to_list():
            choices: set[str] = set()
            for hit in pattern.finditer(text) if pattern and "改制" not in text else ():
                before = single.get(text[hit.start() - 1 : hit.start()])
                choices |= {self.words[hit[0]], before or self.words[hit[0]]}  # 大中型 may be either
            told = choices - {wide for wide, narrow in self.broader.items() if choices & set(narrow)}
            found[text] = next(iter(told)) if len(told) == 1 else None
        return texts.replace_strict(found, default=None, return_dtype=pl.String)

    def _suggest(self, raw: pl.Series, unknown: pl.Series) -> pl.Series:
        distinct = raw.filter(unknown).unique().sort().head(_SUGGESTED_FOR)
        near = {text: "、".join(self._find_near(text[:50].lower()) or self.choices) for text in distinct.to_list()}
        return raw.replace_strict(near, default="、".join(self.choices), return_dtype=pl.String)

    def _find_near(self, text: str) -> list[str]:
        """Return the choices that an unknown text may mean: it holds a word of theirs, or begins or ends one.

        Likeness of letters suggests opposites (国有独资 → 外资), so it suggests nothing.
        """
        inside = [choice for word, choice in self.words.items() if len(word) > 1 and _holds(text, word)]
        parts = [
            w for w in self.words if len(text) > 1 and (w.startswith(text) or (w.endswith(text) and w[0] not in _NOT))
        ]
        told = list(dict.fromkeys([*inside, *(self.words[word] for word in parts)]))
        return told if len(told) <= _MOST_SUGGESTED else []


def _mark_pending(texts: pl.Series) -> pl.Series:
    """Put a mark before what is only to come and behind what is done in part, so that no word of what is done is found there."""
    return texts.str.replace_all(_PENDING, _NOT_YET).str.replace_all(_IN_PART, _NOT_YET)


def _holds(text: str, word: str) -> bool:
    return re.search(f"(?<![{_NOT}]){re.escape(word)}(?<!企(?=业))", text) is not None


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
_LOG = "(?:场地|场馆|参观|来访|来客|入场|进出|出入|接待|借用|预约|活动)?(?:使用)?(?:登记|台账|记录)(?:簿|册|本|表)?"
_NO_LOG = rf"(?:无|没有|没|未|不|缺|尚未)(?:建立?|设|做|进行|有)?{_LOG}|{_LOG}:?(?:为|情况)?(?:无|否|没有|未建|缺失)"
_HAS_LOG = rf"(?:有|已|建有|设有|建立|备有|做好?)了?(?:完整的?)?{_LOG}|{_LOG}:?(?:为|情况)?(?:有|是|齐全|完整|规范)"


@dataclass(frozen=True)
class Bool(ValueType):
    """Yes or no: 是/否, 有/无, √/×, 1/0, Y/N; a dash alone says nothing."""

    suffixes: ClassVar[Mapping[str, PolarsType]] = {"": pl.Boolean}
    name = "yes or no"
    blanks = (*_EMPTY, "-", "--", "---")

    def write(self, *stored: Any) -> CellValue:
        """Return 是 or 否."""
        return None if stored[0] is None else "是" if stored[0] else "否"

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

    def write(self, *stored: Any) -> CellValue:
        """Return 有 or 无, as a column of its own has it."""
        return None if stored[0] is None else "有" if stored[0] else "无"

    def _clean(self, raw: pl.Series) -> Cleaned:
        text = raw.str.to_lowercase().str.replace_all(r"\s+", "")
        no, yes = text.str.contains(_NO_LOG), text.str.contains(_HAS_LOG)
        if not self.in_remark:
            no |= text.is_in(list(NO_WORDS))
            yes |= text.is_in(list(YES_WORDS))
        return Cleaned({"": pl.select(pl.when(no).then(False).when(yes).then(True)).to_series()})


@dataclass(frozen=True)
class Remarked(ValueType):
    """Whether a remark says one certain thing, such as that nobody came; what else it says, perhaps of persons, is not kept."""

    suffixes: ClassVar[Mapping[str, PolarsType]] = {"": pl.Boolean}
    name = "said in a remark"
    blanks = (*_EMPTY, "-", "--", "---")

    pattern: str = ""
    word: str = ""  # by which a cell says it

    def write(self, *stored: Any) -> CellValue:
        """Return the word that says so."""
        return self.word if stored[0] else None

    def _clean(self, raw: pl.Series) -> Cleaned:
        text = raw.str.to_lowercase().str.replace_all(r"\s+", "")
        return Cleaned({"": pl.select(pl.when(text.str.contains(self.pattern)).then(True)).to_series()})


@dataclass(frozen=True)
class RemarkedAs(Remarked):
    """The word for what a remark says where it says one certain thing (未签 in the place of a day)."""

    suffixes: ClassVar[Mapping[str, PolarsType]] = {"": pl.String}

    def _clean(self, raw: pl.Series) -> Cleaned:
        text = raw.str.to_lowercase().str.replace_all(r"\s+", "")
        return Cleaned({"": pl.select(pl.when(text.str.contains(self.pattern)).then(pl.lit(self.word))).to_series()})


CALLED_OFF = Remarked(
    r"^(?:已|因.{1,6})?取消|(?:临时|因故|对方|活动|预约|已)取消|没来|没到|未到场|未使用|没用成|未举[行办]|爽约|作废",
    "取消",
)
NOT_SIGNED = RemarkedAs(r"[未没待拟]签|尚未|没有签|还没", "拟签")
TAKEN_BACK = Remarked(r"拆了|拆除|已拆|停用|收回|不再提供|停止提供|报废|封闭|已停|撤销|已取消|不再开放|暂停", "停用")


def _plain(word: str) -> str:
    """Return a word as cells are compared with it: in lower case, without spaces."""
    return "".join(word.lower().split())
