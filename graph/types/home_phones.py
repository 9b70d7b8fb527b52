"""Fixed lines in free text: hidden unless the words around say that they are an office's, for a home has one too.

In a column of office telephones a fixed line is kept (see `phones`); there nothing else is expected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.types import personal_figures as figures
from graph.types.digit_runs import PART, Plain, has_chinese_digits, make_plain
from graph.types.personal_words import any_of

_LOCAL = rf"(?!(?:19|20)[0-9]{{2}}[-./年])[2-8](?:{PART}[0-9]){{6,7}}"
_FIXED = re.compile(
    rf"(?<![0-9A-Za-z])(?<![0-9][.\-])\+?[(（]?(?:(?:010|02[0-9])[)）]?{PART}{_LOCAL}|0[3-9][0-9]{{2}}[)）]?{PART}{_LOCAL}"
    rf"|(?:86|0086){PART}(?:10|2[0-9]|[3-9][0-9]{{2}}){PART}{_LOCAL})(?:(?:转|-|ext\.?)[0-9]{{1,6}})?(?![0-9])"
)
# Without an area code, only where a word says that it is a telephone.
_SAID = re.compile(
    r"(?:电话|座机|固话|宅电|家电|家里|住宅|家中|联系方式|致电|拨打|来电|tel|☎|☏)\D{0,8}?"
    rf"(?P<number>{_LOCAL})(?![0-9])(?!\s*(?:元|户|人|平))",
    re.IGNORECASE,
)
MAY_HOLD_PHONE = rf"(?:[\p{{Nd}}〇零一二三四五六七八九○](?:[\p{{Cf}}\p{{M}}]*{PART})){{7}}"


def find_home_phones(text: str) -> list[tuple[int, int]]:
    """Return the parts of a text that are fixed lines which nothing says to be an office's."""
    plain = make_plain(text, chinese=False)
    found = [plain.span(*span) for span in _find(plain) if not _is_office(text, *plain.span(*span))]
    if has_chinese_digits(text):
        plain = make_plain(text, without=found)
        found += [plain.span(*span) for span in _find(plain) if not _is_office(text, *plain.span(*span))]
    return found


def find_said_home_phones(text: str) -> list[tuple[int, int]]:
    """Return the fixed lines that the words around say to be at a home, as in a column of office telephones."""
    return [
        span
        for span in find_home_phones(text)
        if _is_home(text[max(0, span[0] - figures.PHONE_BEFORE) : span[1] + figures.PHONE_BEHIND])
    ]


def _find(plain: Plain) -> Iterator[tuple[int, int]]:
    end = 0
    for found in _FIXED.finditer(plain.text):
        yield found.span()
        end = found.end()
    for found in _SAID.finditer(plain.text):
        if found.start("number") >= end:
            yield found.span("number")


def _is_office(text: str, start: int, end: int) -> bool:
    """Tell whether the words of the clause before a number, or right behind it, say that it is an office's."""
    before = re.split(r"[。;\n]", text[max(0, start - figures.PHONE_BEFORE) : start])[-1]
    behind = re.match(r"[\s,]*[(（]([^)）]*)|", text[end : end + figures.PHONE_BEHIND])
    around = before + (behind[1] or "" if behind else "")
    return re.search(any_of("phones", "office"), around) is not None and not _is_home(around)


def _is_home(words: str) -> bool:
    return re.search(any_of("phones", "home"), words) is not None
