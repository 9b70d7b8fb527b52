"""Whether what a register says is about what somebody names, a theme or several services: by its words, or nearly."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

_PARTS = re.compile(r"[、,，;；/\s]+")
_SEVERAL = re.compile(
    r"[、，,;；]+"
)  # between several crafts or services asked at once; an English one has spaces in it
_COMMON = re.compile(
    r"(?:党性|主题|教育|精神|文化|活动|学习|课程|宣讲|课|类)+$"
)  # what themes have in common, and says little
_PAIR = 2  # characters that two themes must share to be near


def names_any(text: pl.Expr, asked: str) -> pl.Expr:
    """Return the expression for whether a text has one of the words in it that somebody asks for: 理发、家电维修."""
    words = [word.strip() for word in _SEVERAL.split(asked) if word.strip()]
    return text.str.contains_any(words) if words else pl.lit(True)


def about(columns: Sequence[str], theme: str, telling: Sequence[str] = ()) -> pl.Expr:
    """Return the expression for whether the texts of some columns name a theme or one of its parts.

    Null where none of the columns that tell of themes (`telling`, else all) has a text, and the others do not name it.
    """
    text = pl.concat_str(columns, separator=" ", ignore_nulls=True)
    known = pl.any_horizontal(pl.col(name).is_not_null() for name in (telling or columns))
    named = text.str.contains_any(_words(theme))
    return pl.when(known | named).then(named)


def nearly_about(columns: Sequence[str], theme: str) -> pl.Expr:
    """Return the expression for whether the texts share two characters in a row with what is particular in a theme."""
    text = pl.concat_str(columns, separator=" ", ignore_nulls=True)
    pairs = [word[i : i + _PAIR] for word in _words(theme) for i in range(len(word) - _PAIR + 1)]
    return text.str.contains_any(pairs) if pairs else pl.lit(False)


def _words(theme: str) -> list[str]:
    """Return the parts of a theme, each also without its common ending (劳模精神: 劳模)."""
    parts = [part for part in _PARTS.split(theme) if part]
    return (
        list(dict.fromkeys(word for part in parts for word in (part, _COMMON.sub("", part)) if len(word) >= _PAIR))
        or parts
    )
