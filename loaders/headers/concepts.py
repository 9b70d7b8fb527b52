"""The words that headers are made of: words that offices use for one another are one concept, words that add nothing are none.

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


def kind_of(concepts: tuple[str, ...]) -> str:
    """Return what kind of thing the cells under such a header are (name, time, place …); '' where its head does not say."""
    return _KINDS.get(concepts[-1], "") if concepts else ""
