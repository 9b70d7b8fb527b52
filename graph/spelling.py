"""How names are typed: in full pinyin or by initials, with every reading of a character that has several (重: chong, zhong)."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from itertools import product
from typing import Any

import polars as pl

_MOST_READINGS = 64
_LOOKED_AT = 12  # letters by which names are looked through; those that are left are spelled out
_LONGEST_END = 5  # letters at the end of a syllable (chuang without its first) with which a text may begin


@lru_cache(maxsize=200_000)
def readings(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the full spellings of a name and its spellings by initials, the usual reading first."""
    from pypinyin import Style, lazy_pinyin, pinyin  # 60 ms to import: only where somebody types letters

    # A phrase has one reading (长安 is chang an); character by character shows the others that people may type.
    apart: Any = list  # letters and digits one by one; the package's types know of texts only
    usual = lazy_pinyin(name, style=Style.NORMAL, errors=apart)
    others = [pinyin(character, style=Style.NORMAL, heteronym=True, errors=apart)[0] for character in name]
    spelled = [usual, *(_other_readings(usual, others) if len(usual) == len(others) else ())]
    full = dict.fromkeys("".join(one).lower().replace(" ", "") for one in spelled)
    initials = dict.fromkeys(
        "".join(part[:1] if not part.isascii() or part.isalpha() else part for part in one).lower() for one in spelled
    )
    return tuple(full), tuple(initials)


def _other_readings(usual: list[str], others: list[list[str]]) -> list[list[str]]:
    """Return every combination of readings, or where these are too many, those that differ in one character."""
    count = 1
    for choices in others:
        count *= len(choices)
    if count <= _MOST_READINGS:
        return [list(one) for one in product(*others)]
    return [[*usual[:i], other, *usual[i + 1 :]] for i, choices in enumerate(others) for other in choices[:3]]


def is_typed(text: str) -> bool:
    """Tell whether a text is letters, as one types pinyin."""
    return text.isascii() and any(c.isalpha() for c in text)


def find_spelled(names: pl.Series, typed: str) -> list[str]:
    """Return those of the names whose spelling may contain the letters, whatever their place; of many, spelled out are only these.

    A pattern of characters finds them: for each way to part the letters into syllables, the characters that are read so.
    """
    spelled = names.str.to_lowercase().str.replace_all(r"\s", "")
    letters = frozenset("".join(spelled.unique().to_list()))
    return names.filter(spelled.str.contains(_pattern(typed[:_LOOKED_AT], letters))).to_list()


@lru_cache(maxsize=64)
def _pattern(typed: str, characters: frozenset[str]) -> str:
    by_syllable: defaultdict[str, list[str]] = defaultdict(list)
    for character in sorted(characters):
        for syllable in syllables(character):
            by_syllable[syllable].append(character)

    def read_as(wanted: Any) -> str:
        found = sorted({c for syllable, some in by_syllable.items() if wanted(syllable) for c in some})
        return f"[{''.join(map(re.escape, found))}]" if found else ""

    @lru_cache
    def rest(place: int) -> str:
        """Return the pattern for all letters from a place on."""
        left = typed[place:]
        if not left:
            return ""
        parts = [last] if (last := read_as(lambda s: s.startswith(left))) else []
        for size in range(1, len(left)):
            if left[:size] in by_syllable and (after := rest(place + size)):
                parts.append(read_as(lambda s, one=left[:size]: s == one) + after)
        return f"(?:{'|'.join(parts)})" if parts else ""

    whole = [rest(0), read_as(lambda s: typed in s)]
    for size in range(1, min(_LONGEST_END, len(typed)) + 1):
        first = read_as(lambda s, end=typed[:size]: s.endswith(end) and s != end)
        after = rest(size) if size < len(typed) else ""
        whole.append(first + after if first and (after or size == len(typed)) else "")
    by_letter = [read_as(lambda s, one=letter: s.startswith(one)) for letter in typed]
    whole.append("".join(by_letter) if all(by_letter) else "")
    return "|".join(filter(None, whole)) or r"[^\s\S]"


@lru_cache(maxsize=50_000)
def syllables(character: str) -> frozenset[str]:
    """Return every reading of a character; a letter or sign is read as itself."""
    if character.isascii():
        return frozenset(character)
    from pypinyin import Style, pinyin  # 60 ms to import: only where somebody types letters

    return frozenset(pinyin(character, style=Style.NORMAL, heteronym=True, errors="default")[0])
