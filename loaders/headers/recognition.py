"""Which register a sheet is: by its headers, weighed by how few registers know them, and by its title, sheet and file name."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from graph.kinds import Register, Relation, Schema
from graph.names import normalize
from graph.types import OneOf
from loaders.headers import header_figures as figures
from loaders.headers.likeness import Likeness, glance, likenesses
from loaders.vocabulary.concepts import concepts_of
from loaders.vocabulary.header_words import Vocabulary
from loaders.vocabulary.list_titles import matter_of_title, spoken_of
from loaders.vocabulary.profiles import FIELDS
from loaders.vocabulary.wording import normalize_header

_KINDS_OF_ROWS = ("kind", "ownership")  # properties whose words say what a row is
OF_UNITS = frozenset({"单位", "社区", "企业", "名称", "街道", "组织", "部门", "公司"})  # words of many registers
_PAPER = re.compile("(?:表格|表|册|簿|本|单)$")  # what a list is written on says nothing
_DECORATION = re.compile(
    r"^附件[0-9一二三四五六七八九十]*[:、.]?|\([^)]*\)|[0-9]{4}年?(?:度|[0-9]{1,2}月)?|第[一二三四1-4]季度|\.(?:xlsx?|csv|et)$"
    r"|最终版|终稿|定稿|汇总版"
)


@dataclass(frozen=True)
class RegisterStanding:
    """How much a sheet looks like a register (0 to 1), and which required fields its headers seem to lack.

    `telling` says of each header how few registers know it: 1 where one does.
    """

    register: Register
    score: float
    coverage: float
    title: float
    missing: tuple[str, ...]
    telling: Mapping[str, float] = field(default_factory=dict)


def rank_registers(
    headers: Sequence[str], titles: Sequence[tuple[str, float]], words: Vocabulary
) -> list[RegisterStanding]:
    """Return the registers that a sheet may be, the likeliest first, by its headers and by the titles that may name it, with their weights.

    Every register is looked at by concepts alone, which is quick; the first few and those that a title names, by every wording.
    """
    sounds = {r.name: title_likeness(r, titles) for r in words.schema.registers}
    if max(sounds.values(), default=0.0) <= figures.TITLE_TELLS:
        sounds |= _find_only_one(titles, words.schema)
    share = _title_share(sounds.values())
    glances = {r.name: {h: glance(h, r, words) for h in headers} for r in words.schema.registers}
    weights = {h: _rarity(h, glances, words) for h in headers}

    def stand(register: Register, counts: Mapping[str, float], missing: tuple[str, ...]) -> RegisterStanding:
        coverage = sum(weights[h] * counts[h] for h in headers) / (sum(weights.values()) or 1.0)
        title = sounds[register.name]
        score = (1 - share) * coverage * (figures.WITHOUT if missing else 1.0) + share * title
        return RegisterStanding(register, score, coverage, title, missing, weights)

    quick = [stand(r, glances[r.name], ()) for r in words.schema.registers]
    likely = sorted(quick, key=lambda s: -s.score)[: figures.LIKELY]
    likely += [s for s in quick if s.title >= figures.TITLE_NAMES and s not in likely]
    standings = []
    for register in (s.register for s in likely):
        found = {h: likenesses(h, register, words) for h in headers}
        counts = {h: max(map(_count, likes), default=0.0) for h, likes in found.items()}
        standings.append(stand(register, counts, _missing(register, found)))
    return sorted(standings, key=lambda s: -s.score)


def find_spoken(titles: Sequence[tuple[str, float]], registers: Sequence[Register]) -> list[Register]:
    """Return the registers of whose rows the titles speak most plainly (居民需求, 流动党员去向), whatever the headers are."""
    for title, _ in titles:  # the table's own before the sheet's and the file's
        heard = [(spoken_of(title, register.titles), register) for register in registers]
        plainest = max((worth for worth, _ in heard), default=0)
        if plainest:
            return [register for worth, register in heard if worth == plainest]
    return next((marked for title, _ in titles if (marked := _marked_by(title, registers))), [])


def _marked_by(title: str, registers: Sequence[Register]) -> list[Register]:
    """Return the only register of whose rows a title says what its name states (平安), by words that no other's name states."""
    found = [
        register
        for register in registers
        for mark in register.marks
        if mark in title
        and mark in register.zh
        and mark not in OF_UNITS
        and sum(mark in other.marks for other in registers) == 1
    ]
    return found[:1] if len({register.name for register in found}) == 1 else []


def title_share(standings: Sequence[RegisterStanding]) -> float:
    """Return how much of a sheet's score comes from its titles; 0 where these resemble no register's name."""
    return _title_share(standing.title for standing in standings)


def is_named(standing: RegisterStanding) -> bool:
    """Tell whether a sheet's title resembles the register's name."""
    return standing.title > figures.TITLE_TELLS


def _title_share(sounds: Iterable[float]) -> float:
    return figures.TITLE_SHARE if max(sounds, default=0.0) > figures.TITLE_TELLS else 0.0


def _rarity(header: str, glances: Mapping[str, Mapping[str, float]], words: Vocabulary) -> float:
    """Return the weight of a header: 1 where one register knows it, less the more do; one known to none counts little."""
    known = len(words.registers_of(header)) or sum(seen[header] >= figures.LIKE for seen in glances.values())
    return _rare(known, len(glances))


def _count(like: Likeness) -> float:
    telling = 1.0 if like.column.role in FIELDS else figures.ASIDE_COUNTS
    guessed = figures.LIKE_COUNTS * like.value if like.value >= figures.LIKE else 0.0
    return telling * (like.value if like.exact else guessed)


def _missing(register: Register, found: dict[str, list[Likeness]]) -> tuple[str, ...]:
    alike = {like.column.field for likes in found.values() for like in likes if like.value >= figures.REQUIRED_LIKE}
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
        if matter_of_title(text) and _names_rows(register, matter_of_title(text)):
            best = max(best, weight * figures.TITLE_ROWS)
        if _ends_with_rows(register, matter_of_title(text)):
            best = max(best, weight * figures.TITLE_TAIL)
        for title in (*register.titles, register.zh):
            best = max(best, weight * _compare_titles(plain, normalize(title)))
    return best


def _find_only_one(titles: Sequence[tuple[str, float]], schema: Schema) -> dict[str, float]:
    """Return the register in whose titles alone what a list is about stands (挂职 of 挂职一览), with how much that says."""
    for text, weight in titles:
        matter = matter_of_title(text)
        if len(matter) > 1:
            holding = [r for r in schema.registers if any(matter in normalize(t) for t in (*r.titles, r.zh))]
            if len(holding) == 1:
                return {holding[0].name: weight * figures.TITLE_ROWS}
    return {}


def _rare(known: int, registers: int) -> float:
    return math.log(1 + registers / known) / math.log(1 + registers) if known else figures.STRANGE


def _names_rows(register: Register, matter: str) -> bool:
    """Whether a register's rows are what a title speaks of: what its key column calls them (公司, 居委会), or a kind of these (央企)."""
    row, concepts = register.row, concepts_of(matter)
    if isinstance(row, Relation) or not concepts:
        return False
    keys = [c for c in register.columns if c.required and c.role == "value" and c.field in row.named_by]
    called = {concepts_of(normalize_header(header)) for c in keys for header in c.headers}
    kinds = [p.type for p in row.properties if p.name in _KINDS_OF_ROWS and isinstance(p.type, OneOf)]
    words = {word for kind in kinds for choice, others in kind.choices.items() for word in (choice, *others)}
    return matter in words or concepts in called or (*concepts, "NAME") in called


def _ends_with_rows(register: Register, matter: str) -> bool:
    """Whether what a title ends with is what a title of the register is about: 授课师资 in 开放式组织生活授课师资目录."""
    own = (matter_of_title(title) for title in (*register.titles, register.zh))
    return any(len(one) >= figures.TITLE_SHORTEST and matter.endswith(one) for one in own)


def _compare_titles(text: str, title: str) -> float:
    text, title = (_PAPER.sub("", one) or one for one in (text, title))
    if title in text:
        least, a_character, share = figures.TITLE_HELD
        return min(1.0, least + a_character * len(title) + share * len(title) / len(text))
    if len(text) < figures.TITLE_SHORTEST:
        return 0.0
    if text in title:
        least, share = figures.TITLE_PART
        return least + share * len(text) / len(title)
    alike = max(fuzz.ratio(text, title), figures.TITLE_PARTIAL * fuzz.partial_ratio(text, title)) / 100
    return max(0.0, alike - figures.TITLE_UNLIKE)
