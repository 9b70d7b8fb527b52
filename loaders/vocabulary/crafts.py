"""Known crafts, trades and services: only such words are kept as what a person can do; all else that stands there may be private."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from loaders.vocabulary.word_figures import LONGEST_CRAFT


@dataclass(frozen=True)
class _CraftWords:
    craft: re.Pattern[str]
    private: re.Pattern[str]


@cache
def _load() -> _CraftWords:
    told = tomllib.loads((Path(__file__).parent / "crafts.toml").read_text(encoding="utf-8"))
    crafts = "|".join(map(re.escape, told["crafts"]))
    return _CraftWords(re.compile(f"(?i:{crafts})|{told['posts']}"), re.compile(told["private"]))


def is_craft(word: str) -> bool:
    """Tell whether a word names a known craft, trade or service, and nothing private beside it."""
    words = _load()
    return len(word) <= LONGEST_CRAFT and words.craft.search(word) is not None and words.private.search(word) is None


def keep_crafts(skills: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Return a column of lists with only the known crafts of each, null where none is left; and which cells lost a word."""
    distinct = skills.explode().drop_nulls().unique()
    dropped = distinct.filter(pl.Series([not is_craft(word) for word in distinct.to_list()], dtype=pl.Boolean))
    if dropped.is_empty():
        return skills, pl.Series([False] * skills.len(), dtype=pl.Boolean)
    frame = pl.DataFrame({"skills": skills})
    kept = frame.select(pl.col("skills").list.eval(pl.element().filter(~pl.element().is_in(dropped.implode()))))
    lost = kept["skills"].list.len() < skills.list.len()
    none_left = kept["skills"].list.len() == 0
    left = kept.select(pl.when(~none_left.fill_null(value=True)).then("skills")).to_series()
    return left, lost.fill_null(value=False)
