"""Replaces matches of a slow pattern in a text column, only in those texts that a fast pattern has found."""

from __future__ import annotations

import re
from collections.abc import Callable

import polars as pl


def hide_in(
    texts: pl.Series, candidate: str, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str]
) -> pl.Series:
    """Return texts with every match of `pattern` replaced, searching only the texts in which the fast `candidate` is found.

    `candidate` is a polars pattern, without look-around; each distinct text is worked on once.
    """
    at = texts.str.contains(candidate).fill_null(False).arg_true()
    if at.is_empty():
        return texts
    found = texts.gather(at)
    distinct = found.unique()
    hidden = [pattern.sub(replace, text) for text in distinct.to_list()]
    return texts.clone().scatter(at, found.replace_strict(distinct, pl.Series(hidden, dtype=pl.String)))
