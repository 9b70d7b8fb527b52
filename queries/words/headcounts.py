"""How many people a text speaks of: those who want a place (近两百号人), or for whom there is one (限坐10人, 软席220个)."""

from __future__ import annotations

import polars as pl

from graph.types.numerals import numerals_to_digits
from queries.words.fit_figures import FEW_PEOPLE

_COUNTED = "[人座席坐]|椅子|凳子|容纳"
_PEOPLE = (
    r"(?:([0-9]{1,5})(?:来|多|余)?(?:个|名|位|号|把|张)?(?:人|座|席|软席|椅子|凳子)|(?:坐|席|座位|容纳)([0-9]{1,5}))"
)


def read_headcounts(texts: pl.DataFrame) -> pl.DataFrame:
    """Return the largest number of people that each text (side, whole) names: side, people; no row where none does."""
    said = texts.select("side", text="whole").filter(pl.col("text").str.contains(_COUNTED))
    plain = numerals_to_digits(said["text"], quantities=True)
    numbers = plain.str.extract_all(_PEOPLE).list.eval(pl.element().str.extract(r"([0-9]+)").cast(pl.Int64)).list.max()
    return said.select("side", people=numbers).filter(pl.col("people") >= FEW_PEOPLE)
