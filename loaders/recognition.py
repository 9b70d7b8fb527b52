"""Which register a sheet is: by its headers, weighed by how few registers know them, and by its title, sheet and file name."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from graph.kinds import Column, Register
from graph.names import normalize
from loaders.vocabulary import Vocabulary
from loaders.wording import compare, header_forms

_TITLE_SHARE = 0.3  # of the score, where a title sounds like some register
_TELLING = 0.3  # likeness of a title below which it says nothing (Sheet1)
_LIKE = 0.62  # likeness from which another wording counts
_DECORATION = re.compile(r"^附件[0-9一二三四五六七八九十]*[:、.]?|\([^)]*\)|[0-9]{4}年?(?:度|[0-9]{1,2}月)?|第[一二三四1-4]季度|\.(?:xlsx?|csv|et)$|最终版|终稿|定稿|汇总版")


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
    """Return how alike a header is to each column of a register, none left out that is at all alike."""
    forms = header_forms(header)
    best: dict[int, Likeness] = {}
    for wording in words.by_register[register.name]:
        value, exact = 0.0, False
        for form, worth in forms:
            alike = compare(form, wording.form)
            hit = alike == 1.0
            # The more usual wording first: a trifle decides between two headers that both name a column.
            alike = (worth - 1e-5 * wording.position if hit else alike * (0.92 + 0.08 * worth)) if alike else 0.0
            if (hit, alike) > (exact, value):
                value, exact = alike, hit
        known = best.get(id(wording.column))
        if value and (known is None or (exact, value) > (known.exact, known.value)):
            best[id(wording.column)] = Likeness(wording.column, value, exact)
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
        if len(plain) < 2:  # noqa: PLR2004 -- nothing to compare
            continue
        for title in (*register.titles, register.zh):
            best = max(best, weight * _compare_titles(plain, normalize(title)))
    return best


def _compare_titles(text: str, title: str) -> float:
    if title in text:
        return min(1.0, 0.5 + 0.03 * len(title) + 0.3 * len(title) / len(text))
    if text in title and len(text) > 3:  # noqa: PLR2004 -- 清单 alone names nothing
        return 0.4 + 0.3 * len(text) / len(title)
    alike = max(fuzz.ratio(text, title), 0.95 * fuzz.partial_ratio(text, title)) / 100 if len(text) > 3 else 0.0  # noqa: PLR2004
    return max(0.0, alike - 0.45)
