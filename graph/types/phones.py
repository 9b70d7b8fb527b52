"""Telephone numbers of offices. A number that belongs to a person is never kept."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from graph.types.codes import LOST
from graph.types.hiding import HIDDEN
from graph.types.personal import mask_home_phones, mask_series
from graph.types.value_type import Cleaned, ValueType, find_problems, join_problems

# Area code and number, with an extension; 400 and 800 numbers; numbers inside a town or a works.
_FIXED = r"\(?(?P<area>0[0-9]{2,3})\)?-?(?P<number>[1-9][0-9]{2,3}-?[0-9]{4})(?:(?:-|转|ext\.?|\*|#)+(?P<extension>[0-9]{1,6}))?"
_SERVICE = r"(?P<service>[48]00)-?(?P<rest>[0-9]{3}-?[0-9]{4}|[0-9]{4}-?[0-9]{3})"
_LOCAL = r"(?P<local>[1-9][0-9]{6,7}|[1-9][0-9]{4,5})(?:(?:-|转)(?P<local_extension>[0-9]{1,6}))?"
_PHONE = rf"(?:^|[^0-9-])(?:{_FIXED}|{_SERVICE}|{_LOCAL})(?:[^0-9]|$)"


@dataclass(frozen=True)
class OfficePhone(ValueType):
    """The fixed line of an office: 0379-64912345, with -123 for an extension, 400-123-4567, or a local number.

    A mobile is a person's, and so is a line that is said to be at home: it is dropped, and reported hidden.
    Of several numbers the first office line is kept.
    """

    name = "office phone"
    closed = True

    def _clean(self, raw: pl.Series) -> Cleaned:
        hidden = mask_home_phones(mask_series(raw))
        personal = hidden.str.contains(HIDDEN, literal=True)
        phone = _read_phones(hidden.str.replace_all(HIDDEN, "/", literal=True))
        # Names written beside a number stay out of reports.
        shown = mask_home_phones(raw).str.replace_all(r"\p{Han}+", "…")
        lost = raw.str.contains(LOST)
        problems = join_problems(
            find_problems(shown, lost, "code.lost", "warning"),
            find_problems(shown, personal, "phone.personal", "warning"),
            find_problems(shown, phone.is_null() & raw.is_not_null(), "phone.form", "warning"),
        )
        return Cleaned({"": phone}, problems)


def _read_phones(texts: pl.Series) -> pl.Series:
    """Return the first office number of each text in its usual form, or null."""
    texts = (
        texts.str.replace_all(r"([0-9)])\s+([0-9(])", "${1}-${2}")
        .str.replace_all(r"\s+|\.0$", "")
        .str.replace(r"\+?\b86-0?|\+860?", "0")
    )
    parts = texts.str.extract_groups(_PHONE).struct.unnest()
    number, rest = (pl.col(name).str.replace("-", "", literal=True) for name in ("number", "rest"))
    return parts.select(
        pl.coalesce(
            pl.col("area") + "-" + number + _extension("extension"),
            pl.col("service") + "-" + rest.str.slice(0, 3) + "-" + rest.str.slice(3),
            pl.col("local") + _extension("local_extension"),
        )
    ).to_series()


def _extension(name: str) -> pl.Expr:
    return pl.when(pl.col(name).is_not_null()).then("-" + pl.col(name)).otherwise(pl.lit(""))
