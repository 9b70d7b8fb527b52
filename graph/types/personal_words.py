"""The words of `personal_words.toml`, by which personal data is found in free text, as parts of patterns."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def _words() -> Mapping[str, Mapping[str, str | list[str]]]:
    return tomllib.loads((Path(__file__).parent / "personal_words.toml").read_text(encoding="utf-8"))


@cache
def any_of(part: str, words: str) -> str:
    """Return a pattern that finds any of the words of a list (part `names`, list `titles`); of characters, all of them."""
    found = _words()[part][words]
    return found if isinstance(found, str) else "|".join(found)
