"""Maps the words of headers to concepts: words that offices use for one another share one, and filler words have none.

所在办事处全称 and 所属街道名称 are both (STREET, NAME). The last concept, the head, says what kind of thing the cells are.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

_LEXICON = tomllib.loads((Path(__file__).parent / "concepts.toml").read_text(encoding="utf-8"))
_WORDS = {word: concept for concept, words in _LEXICON["concepts"].items() for word in words}
_EMPTY = frozenset(_LEXICON["empty"]["words"])
_TAILS: dict[str, str] = _LEXICON["tails"]
_LONGEST_FIRST = sorted({*_WORDS, *_EMPTY}, key=lambda word: (-len(word), word))
_TOKEN = re.compile("|".join(map(re.escape, _LONGEST_FIRST)) + r"|[a-z0-9]+|.", re.DOTALL)
_KINDS = {concept: kind for kind, concepts in _LEXICON["kinds"].items() for concept in concepts}
_WITH_A_MEANING = {"PERSON", "UNIT", "COMMUNITY", "STREET", "PARTY", "HOME", "WORTH", "THEME", "SHORT", "OLD_NAME"}

HEADS = frozenset(_KINDS) - _WITH_A_MEANING
"""Concepts that say no more than what kind of thing the cells are."""

TELLING_HEADS = frozenset({
    "AREA", "CAPACITY", "PHONE", "PLACE", "FEE", "HOURS", "LEVEL", "COORDINATE", "LON", "LAT", "THEME", "GUIDE", "EQUIPMENT", "SKILL",
    "WORTH", "URGENCY", "TERM", "END", "DAY", "STATE", "DELIVERY", "INDUSTRY", "STREET",
})  # fmt: skip
"""Heads that say what a header is about by themselves, unlike 规模 or 情况."""

_NO_MATTER = HEADS - TELLING_HEADS | {"WHETHER"}

NARROWING = frozenset(_LEXICON["narrowing"]["concepts"])
"""Concepts that make something else of the header which they stand in."""


@lru_cache(maxsize=50_000)
def concepts_of(form: str) -> tuple[str, ...]:
    """Return the concepts of a header in comparable form, in order; a character in no known word stands for itself."""
    found = []
    for token in _TOKEN.finditer(form):
        word = token.group()
        concept = _WORDS.get(word) or (_TAILS.get(word) if token.end() == len(form) and token.start() else None)
        if concept is not None:
            found.append(concept)
        elif word not in _EMPTY:
            found.append(word)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=50_000)
def matter_of(form: str) -> frozenset[str]:
    """Return the characters of a header that name its subject, without fillers and words like 情况 or 是否: 报销 of 报销情况."""
    words = (token.group() for token in _TOKEN.finditer(form))
    return frozenset("".join(word for word in words if word not in _EMPTY and _WORDS.get(word) not in _NO_MATTER))


def is_of_the_record(form: str) -> bool:
    """Tell whether a header concerns only how the sheet was filled in or checked (审核情况, 上报时间), not its subject."""
    concepts = concepts_of(form)
    return "FILING" in concepts and all(concept == "FILING" or concept in HEADS for concept in concepts)


def is_of_words(form: str) -> bool:
    """Tell whether a header is made of two or more known words, the last of which says what kind of thing the cells are."""
    concepts = concepts_of(form)
    known = len(concepts) > 1 and all(len(concept) > 1 for concept in concepts)
    return known and concepts[-1] in HEADS and not is_of_the_record(form)


def kind_of(concepts: tuple[str, ...]) -> str:
    """Return what kind of value a header's last concept asks for (name, time, place, …); '' where it does not say."""
    return _KINDS.get(concepts[-1], "") if concepts else ""
