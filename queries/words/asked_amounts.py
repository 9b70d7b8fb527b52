"""How much a text speaks of: the largest number of each measure word, so that an offer of less than is needed is told."""

from __future__ import annotations

import polars as pl

from graph.names import map_unique, normalize
from graph.types.numerals import numerals_to_digits
from queries.words.fit_figures import SCANTY

THINGS = "具台套张把件辆吨棵株间部盏副顶床桶箱袋本万"  # measure words of what is given: a need names them in its title or content
ANY = "个名位户场次"  # of people and things alike: a need means them only in its title (四十二名老人 is no number of helpers in a content)
_NUMBERS = rf"([0-9]+)(?:多|余|来)?([{THINGS}{ANY}])"


def read_quantities(texts: pl.DataFrame) -> pl.DataFrame:
    """Return the largest number of each measure word in texts (side, title, content): side, unit, amount, titled (said in the title)."""
    found = [_read(texts, column) for column in ("title", "content")]
    both = pl.concat(found)
    return both.group_by("side", "unit").agg(pl.col("amount").max(), pl.col("titled").any())


def find_scant(pairs: pl.DataFrame, quantities: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs (need, offer) of which the offer gives far less of something than the need asks for: need, offer, scant."""
    asked = quantities.filter(pl.col("titled") | pl.col("unit").is_in(list(THINGS)))
    met = pairs.join(asked, left_on="need", right_on="side").join(
        quantities, left_on=["offer", "unit"], right_on=["side", "unit"], suffix="_offer"
    )
    scant = met.filter(pl.col("amount_offer") * SCANTY < pl.col("amount"))
    return scant.select("need", "offer").unique().with_columns(scant=pl.lit(True))


def _read(texts: pl.DataFrame, column: str) -> pl.DataFrame:
    said = texts.select("side", text=column).drop_nulls().filter(pl.col("text").str.contains(rf"[{THINGS}{ANY}]"))
    plain = numerals_to_digits(map_unique(said["text"], normalize), quantities=True)
    named = said.select("side", found=plain.str.extract_all(_NUMBERS)).explode("found").drop_nulls()
    return named.select(
        "side",
        unit=pl.col("found").str.slice(-1),
        amount=pl.col("found").str.extract(r"([0-9]+)").cast(pl.Int64),
        titled=pl.lit(column == "title"),
    )
