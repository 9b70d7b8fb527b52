"""How well words fit services: a skill, an offer, a line of business against a need; unknown words by the characters they share."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from scipy import sparse

from graph.names import map_unique, normalize

PARTS = ("skills", "services", "ratings", "sectors", "rooms", "sections", "industries", "spaces")  # of words.toml
LEAST_OVERLAP = 0.6  # of the characters of two words, below which they have nothing to do with each other
DISCOUNT = 0.8  # a likeness of characters is a guess, and counts less than a known word
FIT: dict[str, Any] = {"word": pl.String, "service": pl.String, "fit": pl.Float64}


@dataclass(frozen=True)
class Words:
    """The content of words.toml."""

    participation: float
    skills: Mapping[str, Mapping[str, float]]
    services: Mapping[str, str]
    ratings: Mapping[str, float]
    sectors: Mapping[str, Sequence[str]]
    rooms: Mapping[str, Sequence[str]]
    sections: Mapping[str, str]
    industries: Mapping[str, Sequence[str]]
    spaces: Mapping[str, Sequence[str]]

    @property
    def names(self) -> frozenset[str]:
        """Return every service that the file names."""
        helped = {service for services in self.skills.values() for service in services}
        return frozenset(helped | set(self.services) | set(self.services.values()))


@cache
def load_words() -> Words:
    """Return the words that come with the product."""
    content: dict[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return Words(
        float(content["participation"]["member"]),
        *(content[part] for part in PARTS),
    )


def usual_services(words: pl.Series) -> pl.Series:
    """Return the usual word for each service, so that a need and an offer written in two ways meet."""
    return map_unique(words, usual_service)


def usual_service(word: str) -> str:
    """Return the usual word for a service: its synonym's, or the word itself without 服务 at its end."""
    known, plain = load_words(), normalize(word)
    if plain not in known.names:
        plain = plain.removesuffix("服务") or plain
    return known.services.get(plain, plain)


def fit_services(offered: Iterable[str], needed: Iterable[str]) -> pl.DataFrame:
    """Return how well offered words answer needed ones (word, service, fit): 1 the same word, less by likeness, no row for nothing."""
    offered, needed = sorted(set(offered)), sorted(set(needed))
    same = pl.DataFrame({"word": sorted(set(offered) & set(needed))}, schema={"word": pl.String})
    exact = same.select("word", service="word", fit=pl.lit(1.0))
    return _best(exact, compare_characters(offered, needed).with_columns(pl.col("fit") * DISCOUNT))


def fit_skills(skills: Iterable[str], needed: Iterable[str]) -> pl.DataFrame:
    """Return how well each skill helps with each service; a skill that the file does not know, by its characters."""
    skills, needed = sorted(set(skills)), set(needed)
    listed = [
        (s, service, fit)
        for s in skills
        for service, fit in load_words().skills.get(normalize(s), {}).items()
        if service in needed
    ]
    return _best(pl.DataFrame(listed, schema=FIT, orient="row"), fit_services(skills, needed))


def fit_sectors(sections: Iterable[str], needed: Iterable[str]) -> pl.DataFrame:
    """Return which section of industries is at home in which service."""
    home, asked = load_words().sectors, set(needed)
    rows = [
        (section, service, 1.0)
        for section in sorted(set(sections))
        for service in home.get(section, ())
        if service in asked
    ]
    return pl.DataFrame(rows, schema=FIT, orient="row")


def _best(*frames: pl.DataFrame) -> pl.DataFrame:
    return pl.concat(frames).group_by("word", "service").agg(pl.col("fit").max()).sort("word", "service")


def compare_characters(first: Sequence[str], second: Sequence[str]) -> pl.DataFrame:
    """Return Dice's coefficient of the characters of two words (2·common ÷ all), where it is `LEAST_OVERLAP` or more."""
    if not first or not second:
        return pl.DataFrame(schema=FIT)
    letters = {letter: i for i, letter in enumerate(sorted({c for word in (*first, *second) for c in word}))}
    left, right = _incidence(first, letters), _incidence(second, letters)
    common = (left @ right.T).tocoo()
    rows, columns = common.coords
    dice = 2 * common.data / (left.sum(axis=1)[rows] + right.sum(axis=1)[columns])
    near = np.flatnonzero(dice >= LEAST_OVERLAP)
    words = {"word": [first[i] for i in rows[near]], "service": [second[i] for i in columns[near]]}
    return pl.DataFrame(words | {"fit": dice[near]}, schema=FIT)


def _incidence(words: Sequence[str], letters: Mapping[str, int]) -> sparse.csr_array:
    cells = [(row, letters[c]) for row, word in enumerate(words) for c in sorted(set(word))]
    rows, columns = (np.array([cell[i] for cell in cells], dtype=np.int64) for i in (0, 1))
    return sparse.csr_array((np.ones(len(cells)), (rows, columns)), shape=(len(words), max(1, len(letters))))
