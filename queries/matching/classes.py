"""The needs and offers of a pairing as classes of services: whatever is understood alike is one class."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from graph.names import map_unique, normalize
from queries.reading.facts import Facts
from queries.words.fitting import fit_services
from queries.words.need_parts import lower_in_part, name_by_parts, read_parts, split_titles
from queries.words.own_words import add_words
from queries.words.skill_fits import fit_skills
from queries.words.spoken import TEXTS, Spoken, understand
from queries.words.taxonomy import Taxonomy, load_taxonomy

SHORTEST_SAID, LONGEST_SAID = 3, 12  # characters of a title that is shown as it is; of a longer one its class is shown
PLAIN = "service"  # the column of frames whose words are compared as they are: trades of property, skills that a post asks for


@dataclass(frozen=True)
class Classes:
    """Needs and offers with the class of each as `service`, and how well each class of offers serves each class of needs.

    fit: word, service, fit · helps: skills as `word`, service, fit · fields: service, field.
    """

    needs: pl.DataFrame
    offers: pl.DataFrame
    fit: pl.DataFrame
    helps: pl.DataFrame
    fields: pl.DataFrame


def read_classes(facts: Facts) -> Classes:
    """Return the needs and offers of facts as classes of services.

    A need whose words nobody knows is left out, unless an offer or a skill has the same words: unknown is not unserved.
    """
    taxonomy = add_words(load_taxonomy(), facts.own_words)
    texts = [_texts_of(frame) for frame in (facts.needs, facts.offers)]
    distinct = pl.concat(texts).unique(maintain_order=True).with_row_index("side")
    titles = split_titles(distinct).with_row_index("side", offset=distinct.height)
    # Once for all, since the words of the taxonomy are made ready for each reading.
    spoken = understand(pl.concat([distinct, titles.select("side", *TEXTS)]), taxonomy)
    parts = read_parts(titles, spoken)
    apart = replace(spoken, sides=name_by_parts(spoken.sides, parts))
    (needs, asked), (offers, offered) = (
        _name_classes(frame, own, distinct, read)
        for frame, own, read in zip((facts.needs, facts.offers), texts, (apart, spoken), strict=True)
    )
    skills = facts.skills["skill"].drop_nulls().unique().sort()
    same = {*offers["service"].to_list(), *map_unique(skills, normalize).to_list()}
    known = asked.sides.filter(pl.col("known") | pl.col("key").is_in(list(same)))
    needs = needs.filter(pl.col("service").is_in(known["key"].unique().implode()))
    fields = asked.kinds.filter("main").join(asked.sides.select("side", service="key"), on="side")
    return Classes(
        needs, offers, _fit_in_parts(offered, asked, parts, spoken, taxonomy), fit_skills(skills, asked, taxonomy),
        fields.select("service", "field").unique().sort("service", "field"),
    )  # fmt: skip


def _fit_in_parts(
    offered: Spoken, asked: Spoken, parts: pl.DataFrame, spoken: Spoken, taxonomy: Taxonomy
) -> pl.DataFrame:
    """Return how well classes of offers serve classes of needs; what serves only some of the things that a need names, in part."""
    fit = fit_services(offered, asked, taxonomy)
    named = parts.join(asked.sides.select(need="side", service="key"), on="need")
    if named.is_empty():
        return fit
    single = _take_sides(spoken, named["side"])
    return lower_in_part(fit, named.select("service", "part").unique(), fit_services(offered, single, taxonomy))


def _take_sides(spoken: Spoken, sides: pl.Series) -> Spoken:
    own = pl.col("side").is_in(sides.unique().implode())
    return Spoken(*(frame.filter(own) for frame in (spoken.sides, spoken.kinds, spoken.modifiers, spoken.barred)))


def _texts_of(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the texts of needs or offers: category, title, content, null where a frame has none."""
    own = {"title": pl.col(PLAIN)} if PLAIN in frame.columns else {}
    missing = pl.lit(None, pl.String)
    read = [own.get(t, pl.col(t) if t in frame.columns else missing).cast(pl.String).alias(t) for t in TEXTS]
    return frame.select(read) if frame.height else pl.DataFrame(schema=dict.fromkeys(TEXTS, pl.String))


def _name_classes(
    frame: pl.DataFrame, texts: pl.DataFrame, distinct: pl.DataFrame, spoken: Spoken
) -> tuple[pl.DataFrame, Spoken]:
    """Return rows of needs or offers with their class as `service`, and what their texts speak of."""
    side = texts.join(distinct, on=TEXTS, how="left", nulls_equal=True, maintain_order="left")["side"]
    keys = spoken.sides.head(distinct.height)  # behind them stand the parts of titles
    if PLAIN in frame.columns:
        keys = keys.with_columns(map_unique(distinct["title"], normalize).alias("key"))
    part = _take_sides(replace(spoken, sides=keys), side)
    said = _say_category(_said(texts), texts, side, part)
    return frame.with_columns(said, service=keys["key"].gather(side)), part


def _said(texts: pl.DataFrame) -> pl.Series:
    """Return how users read a need or offer: its title, without 服务 after a longer word, where that is short; else null."""
    title = texts.select(said=pl.coalesce("title", "category").str.strip_chars())["said"]
    short = title.str.replace(f"^(.{{{SHORTEST_SAID},}})服务$", "$1")
    return short.set(short.str.len_chars().fill_null(0) > LONGEST_SAID, None)


def _say_category(said: pl.Series, texts: pl.DataFrame, side: pl.Series, spoken: Spoken) -> pl.Series:
    """Return what is said with the category in place of a title that tells no service: 法律援助 for 每周来一个晚上."""
    read = spoken.kinds.filter("main").group_by("side").agg(guessed=pl.col("by_category").all())
    guessed = pl.DataFrame({"side": side}).join(read, on="side", how="left", maintain_order="left")["guessed"]
    better = guessed.fill_null(False) & texts["category"].is_not_null()
    # A category that begins with the title tells the rest: 课后辅导 of 每天下午、课后辅导.
    own = pl.col("category").str.strip_chars()
    rest = own.str.strip_prefix(pl.format("{}、", pl.col("title").str.strip_chars()))
    category = texts.select(pl.coalesce(rest, own))["category"]
    return pl.select(pl.when(better).then(category).otherwise(said)).to_series().alias("said")
