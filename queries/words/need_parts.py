"""Needs that name several things in one title (理发、修鞋、量血压): each part is judged, and an offer for some of them serves in part."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from queries.words.fit_figures import PARTLY_COUNTS
from queries.words.spoken import DETAILS, TEXTS, Spoken, understand
from queries.words.taxonomy import Taxonomy

SEVERAL = r"[、;]"
MET, UNMET = "可满足", "未涉及"
FOUND = {"need": pl.UInt32, "offer": pl.UInt32, "parts": pl.String}
Judge = Callable[[pl.DataFrame, Spoken, Taxonomy], pl.DataFrame]


def find_partly_met(pairs: pl.DataFrame, texts: pl.DataFrame, taxonomy: Taxonomy, judge: Judge) -> pl.DataFrame:
    """Return those of pairs (need, offer) that fit of which only some parts of the need are met: need, offer, parts (told)."""
    parts = split_titles(texts.join(pairs.select(side="need").unique(), on="side", how="semi", maintain_order="left"))
    if parts.is_empty():
        return pl.DataFrame(schema=FOUND)
    offers = texts.join(pairs.select(side="offer").unique(), on="side", how="semi", maintain_order="left")
    both = pl.concat([parts.select(*TEXTS), offers.select(*TEXTS)]).with_row_index("side")
    spoken = understand(both, taxonomy)
    named = spoken.kinds.filter(pl.col("main") & ~pl.col("soft") & ~pl.col("by_category")).select(part="side").unique()
    known = parts.with_row_index("part").join(named, on="part").filter(pl.len().over("need") > 1)
    numbers = offers.select(offer="side").with_row_index("given").with_columns(pl.col("given") + parts.height)
    asked = pairs.join(known.select("need", "part", "title"), on="need").join(numbers, on="offer")
    judged = judge(asked.select(need="part", offer="given").unique(maintain_order=True), spoken, taxonomy)
    told = asked.join(judged.select(part="need", given="offer", met=pl.col("verdict") == "fits"), on=["part", "given"])
    pair = ["need", "offer"]
    some = told.filter(pl.col("met").any().over(pair) & ~pl.col("met").all().over(pair)).sort("part")
    said = pl.format("{}：{}", "title", pl.when("met").then(pl.lit(MET)).otherwise(pl.lit(UNMET)))
    return some.group_by(pair, maintain_order=True).agg(parts=said.str.join("，"))


def split_titles(texts: pl.DataFrame) -> pl.DataFrame:
    """Return the parts of titles that name several things, each as a text of its own: need (the side), category, title, content."""
    several = texts.filter(pl.col("title").str.contains(SEVERAL).fill_null(False))
    split = several.select(
        need="side", category="category", title=pl.col("title").str.replace_all(";", "、").str.split("、")
    )
    parts = split.explode("title").filter(pl.col("title").str.len_chars() > 1)
    return parts.with_columns(content=pl.lit(None, pl.String)).select("need", *TEXTS)


def read_parts(parts: pl.DataFrame, spoken: Spoken) -> pl.DataFrame:
    """Return the classes of the parts (need, side) of needs of which at least two are understood: need, side, part (the class)."""
    firm = spoken.kinds.filter(pl.col("main") & ~pl.col("soft") & ~pl.col("by_category")).select("side").unique()
    known = parts.select("need", "side").join(firm, on="side", how="semi").join(spoken.sides, on="side")
    several = known.filter(pl.col("key").n_unique().over("need") > 1)
    return several.select("need", "side", part="key").sort("need", "part")


def name_by_parts(sides: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
    """Return the sides with those that name several things as classes of their own, told apart by the classes of their parts."""
    named = parts.group_by("need", maintain_order=True).agg(parts=pl.col("part").str.join(DETAILS))
    joined = sides.join(named, left_on="side", right_on="need", how="left", maintain_order="left")
    apart = pl.col("known") & pl.col("parts").is_not_null()
    key = pl.when(apart).then(pl.concat_str("key", "parts", separator=DETAILS)).otherwise("key")
    return joined.with_columns(key.alias("key")).drop("parts")


def lower_in_part(fit: pl.DataFrame, asked: pl.DataFrame, met: pl.DataFrame) -> pl.DataFrame:
    """Return fits (word, service, fit) lowered where an offer serves only some of the parts that a need names.

    asked: service, part · met: word, service (a part), fit.
    """
    whole = fit.filter(pl.col("fit") == 1.0).join(asked, on="service")
    told = whole.join(met.select("word", part="service", served="fit"), on=["word", "part"], how="left")
    unmet = told.filter(pl.col("served").fill_null(0.0) < 1.0).select("word", "service").unique()
    lowered = fit.join(unmet.with_columns(some=True), on=["word", "service"], how="left", maintain_order="left")
    kept = pl.when(pl.col("some").fill_null(False)).then(pl.lit(PARTLY_COUNTS)).otherwise("fit")
    return lowered.with_columns(kept.alias("fit")).drop("some")
