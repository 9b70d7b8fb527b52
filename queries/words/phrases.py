"""What only a phrase says: for whom a text is, which way it goes (sold, wanted, hired for), how often and within which limits.

Single words of this kind are forms in `parts.csv`; `phrases.csv` has patterns of several words: 职工体检 is for the staff, 职工食堂 not.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl

from graph.names import map_unique, normalize

TEXT, CATEGORY, UNLESS, SET = "text", "category", "unless", "set"  # the parts of `phrases.csv`
# A pattern of title and content, or of the category; what takes it back; a set that stands as <name> in other patterns.


@cache
def load_phrases() -> dict[str, dict[str, str]]:
    """Return the patterns of `phrases.csv` by part and by name, those of one name joined, with the sets put in."""
    rows = pl.read_csv(Path(__file__).with_name("phrases.csv"), infer_schema=False)
    joined = rows.group_by("part", "name", maintain_order=True).agg(pl.col("pattern").str.join("|"))
    found: dict[str, dict[str, str]] = {part: {} for part in (TEXT, CATEGORY, UNLESS, SET)}
    for part, name, pattern in joined.iter_rows():
        found[part][name] = pattern
    for name, members in found[SET].items():
        found[TEXT] = {key: one.replace(f"<{name}>", members) for key, one in found[TEXT].items()}
    return found


def name_phrases() -> list[str]:
    """Return the names of what phrases say, each a column of `read_phrases`."""
    return list(load_phrases()[TEXT])


def read_phrases(texts: pl.DataFrame) -> pl.DataFrame:
    """Return what the phrases of each text (side, category, whole) say: side and a column for each of `name_phrases`."""
    found = load_phrases()
    spelt = texts.select("side", map_unique(texts["category"], normalize), text="whole")
    return spelt.select("side", *(_says(name, found).fill_null(False).alias(name) for name in found[TEXT]))


def _says(name: str, found: dict[str, dict[str, str]]) -> pl.Expr:
    said = pl.col("text").str.contains(found[TEXT][name])
    if name in found[CATEGORY]:
        said = said | pl.col("category").str.contains(found[CATEGORY][name]).fill_null(False)
    return said & ~pl.col("text").str.contains(found[UNLESS][name]) if name in found[UNLESS] else said
