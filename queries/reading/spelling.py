"""How names are typed: in full pinyin or by initials, with every reading of a character that has several (重: chong, zhong)."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import Any

_MOST_READINGS = 64


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
