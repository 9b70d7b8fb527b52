"""Which register a sheet is: by its headers, weighed by how few registers know them, and by its title, sheet and file name."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from graph.kinds import Column, Register
from graph.names import normalize
from loaders.alike import compare
from loaders.vocabulary import Vocabulary
from loaders.wording import header_forms

_TITLE_SHARE = 0.3  # of the score, where a title sounds like some register
_TELLING = 0.3  # likeness of a title below which it says nothing (Sheet1)
_LIKE = 0.62  # likeness from which another wording counts
_DECORATION = re.compile(
    r"^附件[0-9一二三四五六七八九十]*[:、.]?|\([^)]*\)|[0-9]{4}年?(?:度|[0-9]{1,2}月)?|第[一二三四1-4]季度|\.(?:xlsx?|csv|et)$"
    r"|最终版|终稿|定稿|汇总版"
)
# Lists that offices keep and whose columns look like those of a register; by their titles they are told apart from it.
_OTHER_LISTS = re.compile(
    r"招商|载体资源|厂房楼宇|供需名录|产品名录|督办|督查|销号|会议纪要|会议记录|议题|考核|星级|挂职|指导员|师资|讲师|授课"
    r"|课程表|走访|三供一业|移交|品牌|项目清单|项目库|认领|微心愿|志愿服务(?:供需|项目|时长)"
    r"|志愿者(?:招募|信息|登记|名册)|党组织(?:信息|清单|名册|换届)|支部(?:信息|一览|名册)|信访|接访|诉求|满意度调查|经费|预算"
    r"|工资|考勤|签到|采购|资产台账|物资|值班表|通讯录"
)
_NAMED = 0.6  # likeness of a title that names a register


@dataclass(frozen=True)
class Standing:
    """How much a sheet looks like a register (0 to 1), and which required fields its headers seem to lack."""

    register: Register
    score: float
    coverage: float
    title: float
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Likeness:
    """How alike a header is to a column of a register, by its best wording; `exact` where that wording is the header's."""

    column: Column
    value: float
    exact: bool


def likenesses(header: str, register: Register, words: Vocabulary) -> list[Likeness]:
    """Return how alike a header is to the columns of a register: to those that it names, or else to all it is at all like."""
    named = [
        (w, worth, 1.0)
        for form, worth in header_forms(header)
        for w in words.by_form.get(form, ())
        if w.register is register
    ]
    found = named or [
        (w, worth, compare(form, w.form)) for form, worth in header_forms(header) for w in words.near(form, register)
    ]
    best: dict[int, Likeness] = {}
    for wording, worth, alike in found:
        # The more usual wording first: a trifle decides between two headers that both name a column.
        value = worth - 1e-5 * wording.position if named else alike * (0.92 + 0.08 * worth)
        known = best.get(id(wording.column))
        if value and (known is None or value > known.value):
            best[id(wording.column)] = Likeness(wording.column, value, exact=bool(named))
    return list(best.values())


def rank_registers(headers: Sequence[str], titles: Sequence[tuple[str, float]], words: Vocabulary) -> list[Standing]:
    """Return how a sheet stands to every register, the likeliest first; `titles` are texts that may name it, with their weights."""
    registers = words.schema.registers
    known = {h: len(words.registers_of(h)) for h in headers}
    weights = {h: _rarity(known[h], len(registers)) for h in headers}
    sounds = {r.name: title_likeness(r, titles) for r in registers}
    share = _TITLE_SHARE if max(sounds.values(), default=0.0) > _TELLING else 0.0
    standings = []
    for register in registers:
        found = {h: likenesses(h, register, words) for h in headers}
        total = sum(weights.values()) or 1.0
        coverage = sum(weights[h] * max((_count(like) for like in found[h]), default=0.0) for h in headers) / total
        missing = _missing(register, found)
        title = sounds[register.name]
        score = (1 - share) * coverage * (0.55 if missing else 1.0) + share * title
        standings.append(Standing(register, score, coverage, title, missing))
    return sorted(standings, key=lambda s: -s.score)


def is_other_list(standing: Standing, titles: Sequence[tuple[str, float]]) -> bool:
    """Tell whether a title names another kind of list and not the register that the headers look like."""
    return standing.title < _NAMED and any(_OTHER_LISTS.search(normalize(text)) for text, _ in titles)


def is_named(standing: Standing) -> bool:
    """Tell whether a title sounds like the register at all."""
    return standing.title > _TELLING


def _rarity(known: int, registers: int) -> float:
    """Return the weight of a header: 1 where one register knows it, less the more do; an unknown one counts little."""
    return math.log(1 + registers / known) / math.log(1 + registers) if known else 0.4


def _count(like: Likeness) -> float:
    telling = 1.0 if like.column.role in {"value", "link", "office", "identity"} else 0.5
    return telling * (like.value if like.exact else (0.8 * like.value if like.value >= _LIKE else 0.0))


def _missing(register: Register, found: dict[str, list[Likeness]]) -> tuple[str, ...]:
    alike = {like.column.field for likes in found.values() for like in likes if like.value >= _LIKE}
    needed = [c for c in register.columns if c.required and not c.rides and c.field not in alike]
    identities = [c for c in register.columns if c.role == "identity" and c.field in {"name", "number"}]
    if identities and not any(c.field in alike for c in identities):
        needed.append(identities[0])
    return tuple(dict.fromkeys(c.headers[0] for c in needed))


def title_likeness(register: Register, titles: Sequence[tuple[str, float]]) -> float:
    """Return how much a sheet's title, its own name or its file's name sound like a register's titles, in [0, 1]."""
    best = 0.0
    for text, weight in titles:
        plain = _DECORATION.sub("", normalize(text))
        if len(plain) < 2:  # nothing to compare
            continue
        for title in (*register.titles, register.zh):
            best = max(best, weight * _compare_titles(plain, normalize(title)))
    return best


def _compare_titles(text: str, title: str) -> float:
    if title in text:
        return min(1.0, 0.5 + 0.03 * len(title) + 0.3 * len(title) / len(text))
    if text in title and len(text) > 3:  # 清单 alone names nothing
        return 0.3 + 0.3 * len(text) / len(title)
    alike = max(fuzz.ratio(text, title), 0.95 * fuzz.partial_ratio(text, title)) / 100 if len(text) > 3 else 0.0
    return max(0.0, alike - 0.45)
