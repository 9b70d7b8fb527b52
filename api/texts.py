"""Texts in two languages: 「中文 ¦ English」 in one string, and docstrings that ask in Chinese first, then in English."""

from __future__ import annotations

import re

SEPARATOR = " ¦ "
_ENGLISH = re.compile(r"(?<=[？。！?!.；;…])\s+(?=[A-Z])")


def pick(text: str, lang: str) -> str:
    """Return the half of a 「中文 ¦ English」 text that is in `lang`."""
    zh, _, en = text.partition(SEPARATOR)
    return (en or zh) if lang == "en" else zh


def bilingual(docstring: str) -> str:
    """Return a docstring's first line as 「中文 ¦ English」."""
    zh, *en = _ENGLISH.split(docstring.strip().partition("\n")[0], maxsplit=1)
    return f"{zh}{SEPARATOR}{en[0]}" if en else zh
