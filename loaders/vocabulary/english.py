"""English headers and titles in the words of Chinese ones, so that what is known of these holds for both.

Opening Hours is 开放时间, number_of_households 户数, dateOfBirth 出生日期 (and thus dropped). What a word means is data (english.toml).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

_DATA = tomllib.loads((Path(__file__).parent / "english.toml").read_text(encoding="utf-8"))
_PHRASES: dict[str, str] = _DATA["phrases"]
_TITLES: dict[str, str] = _DATA["titles"]
_NOTHING = "_"
_LONGEST = max(len(phrase.split()) for phrase in (*_PHRASES, *_TITLES))
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2}")
_BRACKETS = re.compile(r"[(（\[].*?[)）\]]")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[a-z0-9]+")
_SINGULAR = (
    (re.compile(r"(?<=[a-z]{2})ies$"), "y"),
    (re.compile(r"(?<=[sxzh])es$"), ""),
    (re.compile(r"(?<=[a-rt-z])s$"), ""),
)
_BARE = {("name",), ("title",)}  # of what, only the register knows: they are wordings of its own columns
_KEPT = frozenset(
    {"address", "business", "access", "status", "basis", "class", "is", "gps", "naics", "news", "premises", "series"}
)


def is_english(text: str) -> bool:
    """Tell whether a text is written in Latin letters only."""
    return bool(_LATIN.search(text)) and not _HAN.search(text)


def are_english(texts: Sequence[str]) -> bool:
    """Tell whether most of some headers are English."""
    return bool(texts) and sum(map(is_english, texts)) > len(texts) / 2


@lru_cache(maxsize=20_000)
def read_words(text: str) -> tuple[str, ...]:
    """Return the words of an English text, in lower case and in the singular, without what stands in brackets."""
    plain = _BRACKETS.sub(" ", text)
    spaced = _HUMP.sub(" ", plain if _LATIN.search(plain) else text).lower().replace("&", " and ")
    return tuple(_make_singular(word) for word in _WORD.findall(spaced))


def english_form(text: str) -> str:
    """Return an English header as its own comparable form: its words in the singular, without spaces and what stands in brackets."""
    return "".join(read_words(text.split(";")[0]))


@lru_cache(maxsize=20_000)
def translate_header(text: str) -> str:
    """Return an English header in the words of Chinese ones; '' where none of its words is known, or it is not English."""
    if not is_english(text):
        return ""
    words = read_words(text)
    if words in _BARE:
        return ""
    whole = _PHRASES.get(" ".join(word for word in words if _PHRASES.get(word) != _NOTHING))
    if whole:
        return whole
    found = [_translate(part) for part in _turn(words)]
    return "".join(text for text, _ in found) if any(known for _, known in found) else ""


@lru_cache(maxsize=2_000)
def translate_title(text: str) -> str:
    """Return an English title as a Chinese one would be; the text as it is where that is not known."""
    if not is_english(text):
        return text
    telling = [word for word in read_words(text) if _PHRASES.get(word) != _NOTHING and not word.isdigit()]
    telling = [word for word in telling if word not in {"list", "register", "directory", "database"}]
    return _TITLES.get(" ".join(telling), text)


def _make_singular(word: str) -> str:
    if word in _KEPT or len(word) < 4:
        return word
    for ending, instead in _SINGULAR:
        cut = ending.sub(instead, word)
        if cut != word:
            return cut
    return word


def _turn(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the parts of a header in Chinese order: what stands behind `of` first, as in date of signing."""
    if "of" not in words[1:-1]:
        return (words,)
    at = words.index("of", 1)
    return words[at + 1 :], words[:at]


def _translate(words: tuple[str, ...]) -> tuple[str, bool]:
    """Return words in Chinese, the longest known phrases first, and whether any was known."""
    out, known, at = [], False, 0
    while at < len(words):
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            phrase = _PHRASES.get(" ".join(words[at : at + length]))
            if phrase is not None:
                out.append("" if phrase == _NOTHING else phrase)
                known, at = known or phrase != _NOTHING, at + length
                break
        else:
            out.append(words[at])
            at += 1
    return "".join(out), known
