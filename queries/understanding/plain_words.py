"""Sentences in plain words: what people say beside how registers and questions write it (谁家没来 → 哪些单位缺席)."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from queries.understanding.phrase_words import SEPARATOR, ends_of_word, normalize_sentence, read_vocabulary

TABLE = Path(__file__).with_name("colloquial_words.csv")
_PAUSE = "、"  # parts what was put in from what stands beside it


def say_plainly(sentence: str) -> str:
    """Return a normalized sentence with the colloquial words in it replaced; longer words that are known stay whole."""
    known, plain = read_vocabulary().words, _read_table()
    said, place = "", 0
    while place < len(sentence):
        ends = ends_of_word(sentence, place)
        end = next((end for end in ends if sentence[place:end] in plain or sentence[place:end] in known), place + 1)
        word = sentence[place:end]
        said += word if word in known or word not in plain else f"{_PAUSE}{plain[word]}{_PAUSE}"
        place = end
    return said


def list_colloquial() -> frozenset[str]:
    """Return the colloquial words of the table."""
    return frozenset(_read_table())


@cache
def _read_table() -> dict[str, str]:
    found: dict[str, str] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for word in SEPARATOR.split(row["said"]):
                found.setdefault(normalize_sentence(word), row["plain"].replace(" ", _PAUSE))
    return found
