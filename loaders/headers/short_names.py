"""Finds the column of everyday names beside one of full names: by its values, which pick characters of the names beside them in order."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from graph.names import normalize
from loaders.headers import header_figures as figures

SAMPLE = 200  # rows that are looked at


def find_short_names(body: pl.DataFrame, names: str, letters: Iterable[str]) -> str:
    """Return which of some columns holds short forms of the names in another (洛轴 beside 洛阳轴承有限公司); '' where none does."""
    return next((letter for letter in letters if _are_short(body, names, letter)), "")


def _are_short(body: pl.DataFrame, names: str, letter: str) -> bool:
    pairs = body.select(pl.col(letter).alias("short"), pl.col(names).alias("full")).drop_nulls().head(SAMPLE)
    if pairs.height < figures.VALUES_FROM or pairs["short"].n_unique() < figures.DIFFERENT * pairs.height:
        return False
    fits = [_is_short(normalize(short), normalize(full)) for short, full in pairs.iter_rows()]
    return sum(fits) >= figures.SHORT_NAMES * len(fits)


def _is_short(short: str, full: str) -> bool:
    rest = iter(full)
    return 1 < len(short) < len(full) and all(character in rest for character in short)
