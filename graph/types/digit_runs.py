"""Runs of digits in any spelling: full width, circled, Chinese or Arabic-Indic digits, parted by blanks, dots, dashes or brackets.

Text is compared in a plain form in which every character has its place in the text as written, so that what is found there can be
hidden here. This is the one home of how a number may be spelt; what a number means is told by `personal_numbers`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

CHINESE_DIGITS = dict(zip("〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "0001234567891123456789", strict=True))
_ALIKE = str.maketrans(
    "OoОоΟοDQlIіІ", "000000001111"
)  # Latin, Cyrillic and Greek letters that stand for a digit in a number
_LETTER = "OoОоΟοlIіІ"
_CROSS = "XxХх"  # the check letter, Latin or Cyrillic
_PARTING = r"\-‐‑‒–—―−﹣－_~～.．。·・•‧∙,，、:：/／\\|+*#()（）\[\]【】'’‘\"“”`⁃─"
_BLANK = r"[^\S\n]"
PART = rf"(?:{_BLANK}|[{_PARTING}]){{0,3}}"
_TOKEN = rf"(?:(?<![A-Za-z0-9])[{_LETTER}](?=[0-9]))?[0-9]+(?:[{_LETTER}]{{1,3}}[0-9]+)*(?:[{_LETTER}](?![A-Za-z0-9]))?"
_LAST = 0x20000  # all digits and what is invisible lie below
_RUN = re.compile(rf"{_TOKEN}(?:[{_CROSS}](?![A-Za-z]))?(?:{PART}{_TOKEN}(?:[{_CROSS}](?![A-Za-z]))?)*")
_PARTS = re.compile(rf"{_TOKEN}(?:{PART}[{_CROSS}](?![A-Za-z]))?")
_CHINESE_RUN = re.compile(rf"[{''.join(CHINESE_DIGITS)}]")
# For polars: a text without so many digits in one run holds no number of a person.
MAY_HOLD_NUMBER = (
    rf"(?:[\p{{Nd}}\p{{No}}{''.join(CHINESE_DIGITS)}{_LETTER}](?:[\p{{Cf}}\p{{M}}\p{{Z}}\t{_PARTING}]{{0,5}})){{7}}"
    r"|[0-9][eE]\+"
)


@dataclass(frozen=True)
class Plain:
    """A text in plain form, with the place that each of its characters has in the text as written."""

    text: str
    places: range | list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the part of the text as written that stands for a part of the plain form."""
        return self.places[start], self.places[end - 1] + 1


@dataclass(frozen=True)
class Group:
    """Digits that stand together, in plain form (a check letter counts), with the part of the plain text they take."""

    digits: str
    start: int
    end: int


def make_plain(text: str, *, chinese: bool = True, without: Sequence[tuple[int, int]] = ()) -> Plain:
    """Return a text with every digit as 0 to 9 and other characters in their usual width, without those that cannot be seen.

    Chinese digits are read only on request, for they are words too (张三 before a number); parts `without` interest are blanked.
    """
    if text.isascii() and not without:
        return Plain(text, range(len(text)))
    for start, end in without:
        text = text[:start] + "\n" * (end - start) + text[end:]
    folded = text.translate(_table() if chinese else _without_chinese())
    if "\0" not in folded:
        return Plain(folded, range(len(text)))
    seen = [place for place, character in enumerate(folded) if character != "\0"]
    return Plain("".join(folded[place] for place in seen), seen)


def has_chinese_digits(text: str) -> bool:
    """Tell whether a text may have a number in Chinese digits: there are several."""
    return _CHINESE_RUN.search(text) is not None


def find_runs(plain: Plain) -> Iterator[list[Group]]:
    """Yield the groups of each run of digits; between two groups of a run only separators stand."""
    for run in _RUN.finditer(plain.text):
        if len(run[0]) > 6:
            yield [Group(_read(m[0]), m.start(), m.end()) for m in _PARTS.finditer(plain.text, run.start(), run.end())]


def _read(written: str) -> str:
    digits = re.sub(rf"[^0-9A-Za-z{_LETTER}{_CROSS}]", "", written)
    return digits[:-1].translate(_ALIKE) + ("X" if digits[-1] in _CROSS else digits[-1].translate(_ALIKE))


@cache
def _without_chinese() -> Mapping[int, str]:
    return {code: plain for code, plain in _table().items() if chr(code) not in CHINESE_DIGITS}


@cache
def _table() -> Mapping[int, str]:
    """Return the plain form of every character that has one of a single character; NUL for those that cannot be seen."""
    table = {ord(character): digit for character, digit in CHINESE_DIGITS.items()}
    for code in range(0x80, _LAST):
        character = chr(code)
        digit = unicodedata.digit(character, None)
        if digit is not None:
            table[code] = str(digit)
        elif unicodedata.category(character) in {"Cf", "Mn", "Me"}:
            table[code] = "\0"
        elif code not in table and 0xFF00 <= code < 0xFFF0:
            table[code] = unicodedata.normalize("NFKC", character)[:1]
    return table
