"""Which register a sheet is: by its headers, weighed by how few registers know them, and by its title, sheet and file name."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from graph.kinds import Register
from graph.names import normalize
from loaders.headers import header_figures as figures
from loaders.headers.likeness import Likeness, glance, likenesses
from loaders.vocabulary.header_words import Vocabulary
from loaders.vocabulary.profiles import FIELDS

_DECORATION = re.compile(
    r"^附件[0-9一二三四五六七八九十]*[:、.]?|\([^)]*\)|[0-9]{4}年?(?:度|[0-9]{1,2}月)?|第[一二三四1-4]季度|\.(?:xlsx?|csv|et)$"
    r"|最终版|终稿|定稿|汇总版"
)
# Lists that offices keep and whose columns look like those of a register; by their titles they are told apart from it.
_OTHER_LISTS = re.compile(
    r"招商|载体资源|厂房楼宇|供需名录|产品名录|督办|督查|销号|会议纪要|会议记录|议题|考核|星级|挂职|指导员|师资|讲师|授课"
    r"|课程表|走访|三供一业|移交|品牌|项目清单|项目库|认领|微心愿|志愿服务(?:供需|项目|时长)"
    r"|志愿者(?:招募|信息|登记|名册)|党组织(?:信息|清单|名册|换届)|支部(?:信息|一览|名册)|信访|接访|诉求"
)
# Lists of which no register is made, however well their columns are known: who came to a meeting is no roll of members.
_NEVER = re.compile(r"满意度调查|经费|预算|工资|薪酬|奖金|考勤|签到|采购|资产台账|物资|值班|通讯录|报名|领取|投票|成绩")


@dataclass(frozen=True)
class RegisterStanding:
    """How much a sheet looks like a register (0 to 1), and which required fields its headers seem to lack."""

    register: Register
    score: float
    coverage: float
    title: float
    missing: tuple[str, ...]


def rank_registers(
    headers: Sequence[str], titles: Sequence[tuple[str, float]], words: Vocabulary
) -> list[RegisterStanding]:
    """Return how a sheet stands to the registers that may be it, the likeliest first; `titles` may name it, with their weights.

    Every register is looked at by concepts alone, which is quick; the first few and those that a title names, by every wording.
    """
    sounds = {r.name: title_likeness(r, titles) for r in words.schema.registers}
    share = _title_share(sounds.values())
    glances = {r.name: {h: glance(h, r, words) for h in headers} for r in words.schema.registers}
    weights = {h: _rarity(h, glances, words) for h in headers}

    def stand(register: Register, counts: Mapping[str, float], missing: tuple[str, ...]) -> RegisterStanding:
        coverage = sum(weights[h] * counts[h] for h in headers) / (sum(weights.values()) or 1.0)
        title = sounds[register.name]
        score = (1 - share) * coverage * (figures.WITHOUT if missing else 1.0) + share * title
        return RegisterStanding(register, score, coverage, title, missing)

    quick = [stand(r, glances[r.name], ()) for r in words.schema.registers]
    likely = sorted(quick, key=lambda s: -s.score)[: figures.LIKELY]
    likely += [s for s in quick if s.title >= figures.TITLE_NAMES and s not in likely]
    standings = []
    for register in (s.register for s in likely):
        found = {h: likenesses(h, register, words) for h in headers}
        counts = {h: max(map(_count, likes), default=0.0) for h, likes in found.items()}
        standings.append(stand(register, counts, _missing(register, found)))
    return sorted(standings, key=lambda s: -s.score)


def is_other_list(standing: RegisterStanding, titles: Sequence[tuple[str, float]]) -> bool:
    """Tell whether a title names another kind of list and not the register that the headers look like."""
    own = normalize(" ".join((*standing.register.titles, standing.register.zh)))
    if standing.title >= figures.TITLE_NAMES:
        return False

    def names_another(pattern: re.Pattern[str]) -> bool:
        return any(found[0] not in own for text, _ in titles for found in pattern.finditer(normalize(text)))

    return names_another(_NEVER) or (standing.coverage < figures.PLAIN and names_another(_OTHER_LISTS))


def title_share(standings: Sequence[RegisterStanding]) -> float:
    """Return which share of a sheet's score its titles have: none where they sound like no register."""
    return _title_share(standing.title for standing in standings)


def is_named(standing: RegisterStanding) -> bool:
    """Tell whether a title sounds like the register at all."""
    return standing.title > figures.TITLE_TELLS


def _title_share(sounds: Iterable[float]) -> float:
    return figures.TITLE_SHARE if max(sounds, default=0.0) > figures.TITLE_TELLS else 0.0


def _rarity(header: str, glances: Mapping[str, Mapping[str, float]], words: Vocabulary) -> float:
    """Return the weight of a header: 1 where one register knows it, less the more do; one known to none counts little."""
    known = len(words.registers_of(header)) or sum(seen[header] >= figures.LIKE for seen in glances.values())
    return math.log(1 + len(glances) / known) / math.log(1 + len(glances)) if known else figures.STRANGE


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
        for title in (*register.titles, register.zh):
            best = max(best, weight * _compare_titles(plain, normalize(title)))
    return best


def _compare_titles(text: str, title: str) -> float:
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
