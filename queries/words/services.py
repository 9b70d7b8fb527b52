"""The words of words.toml: ratings, rooms, sections of industries, what a line of business is at home in, equipment of rooms."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PARTS = ("ratings", "sectors", "rooms", "sections", "industries", "spaces", "equipment")  # of words.toml


@dataclass(frozen=True)
class Words:
    """The content of words.toml."""

    participation: float
    ratings: Mapping[str, float]
    sectors: Mapping[str, Sequence[str]]
    rooms: Mapping[str, Sequence[str]]
    sections: Mapping[str, str]
    industries: Mapping[str, Sequence[str]]
    spaces: Mapping[str, Sequence[str]]
    equipment: Mapping[str, Sequence[str]]


@cache
def load_words() -> Words:
    """Return the words that come with the product."""
    content = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return Words(float(content["participation"]["member"]), *(content[part] for part in PARTS))
