"""Judges whether a skill of a member serves a need: fits, partly, no (both understood, and nothing in common), or unknown."""

from __future__ import annotations

import polars as pl

from graph.names import map_unique, normalize
from queries.words.fit_figures import NEAR_SKILL
from queries.words.fitting import FIT, Verdict
from queries.words.kinds_read import find_barred, find_words, read_kinds
from queries.words.spoken import Spoken, read_modifiers, understand
from queries.words.taxonomy import FITS, PARTLY, Taxonomy, load_taxonomy

TEXT = {"category": pl.String, "title": pl.String, "content": pl.String}
# What people write who have none to name; and what they do for themselves, which serves nobody.
NO_SKILL = (
    r"^(?:暂?无|没有|无特长|没什么特长|暂无特长|无特殊特长|身体健康|身体好|爱好广泛|爱好较多|性格开朗|其他|不详|-|/)$|"
    r"^(?:爱|喜欢|会)?(?:钓鱼|养鱼|养鸟|集邮|打牌|打麻将|喝茶|看电视|追剧|旅游|爬山|散步|睡觉|收藏)$"
)


def judge_skills(frame: pl.DataFrame, taxonomy: Taxonomy | None = None) -> pl.DataFrame:
    """Return a frame of members' skills and needs (member_skill, need_title; either may be null) with the verdict on each row."""
    known = taxonomy or load_taxonomy()
    skills, needs = (frame[column].cast(pl.String) for column in ("member_skill", "need_title"))
    texts = _as_titles(needs)
    spoken, served = understand(texts, known), read_skills(skills, known)
    kinds = spoken.kinds.join(texts.select("side", need="title"), on="side").select("need", "kind")
    pairs = pl.DataFrame({"skill": skills, "need": needs}).drop_nulls().unique(maintain_order=True)
    judged = _judge(pairs, served, kinds, _find_other(pairs, known), known)
    rows = pl.DataFrame({"skill": skills, "need": needs}).join(
        judged, on=["skill", "need"], how="left", maintain_order="left"
    )
    none = map_unique(rows["skill"], normalize).str.contains(NO_SKILL).fill_null(False)
    verdict = pl.when(none).then(pl.lit(Verdict.NO.value)).otherwise(rows["verdict"].fill_null(Verdict.UNKNOWN.value))
    return frame.with_columns(pl.select(verdict.alias("verdict")).to_series())


def read_skills(skills: pl.Series, taxonomy: Taxonomy) -> pl.DataFrame:
    """Return the kinds that each skill serves: skill, kind. Its own words count, and those of the services that it names itself."""
    texts = _as_titles(skills)
    spelt = map_unique(texts["title"], normalize)
    words = sorted(taxonomy.skills["word"].unique().to_list(), key=lambda word: (-len(word), word))
    found = texts.select(skill="title", word=spelt.str.extract_many(words, leftmost=True)).explode("word").drop_nulls()
    listed = found.join(taxonomy.skills, on="word").select("skill", "kind")
    named = read_kinds(find_words(texts, taxonomy), find_barred(texts, taxonomy), taxonomy).join(
        texts.select("side", skill="title"), on="side"
    )
    return pl.concat([listed, named.select("skill", "kind")]).unique().sort("skill", "kind")


def fit_skills(skills: pl.Series, needed: Spoken, taxonomy: Taxonomy) -> pl.DataFrame:
    """Return how well each skill helps with each class of needs: word, service, fit (1, or less where only related); no row for nothing."""
    served = read_skills(skills, taxonomy)
    kinds = needed.kinds.join(needed.sides.select("side", service="key"), on="side").select("service", "kind").unique()
    related = served.join(
        taxonomy.relations.filter(pl.col("relation") > 0), left_on="kind", right_on="kind_offer", suffix="_need"
    )
    counted = pl.when(pl.col("relation") == FITS).then(1.0).otherwise(NEAR_SKILL)
    found = related.with_columns(fit=counted).join(kinds, left_on="kind_need", right_on="kind")
    fit = found.select("service", "fit", word="skill")
    named = sorted(set(skills.drop_nulls().to_list()) & set(needed.sides["key"].to_list()))
    same = pl.DataFrame({"word": named}, schema={"word": pl.String}).select("word", service="word", fit=pl.lit(1.0))
    columns = list(FIT)
    return (
        pl.concat([fit.select(columns), same.select(columns)])
        .group_by("word", "service")
        .agg(pl.col("fit").max())
        .sort("word", "service")
    )


def _as_titles(texts: pl.Series) -> pl.DataFrame:
    """Return the distinct texts of a series as titles without category and content, numbered."""
    titles = texts.drop_nulls().unique(maintain_order=True).alias("title")
    rows = titles.to_frame().select(pl.lit(None, pl.String).alias("category"), "title", content=pl.lit(None, pl.String))
    return rows.with_row_index("side")


def _find_other(pairs: pl.DataFrame, taxonomy: Taxonomy) -> pl.DataFrame:
    """Return the pairs whose skill is another of the group that the need names (英语 for 语文): skill, need."""
    sides = {}
    for end in ("skill", "need"):
        texts = _as_titles(pairs[end])
        sides[end] = read_modifiers(texts, taxonomy).join(texts.select("side", pl.col("title").alias(end)), on="side")
    met = pairs.join(sides["need"], on="need").join(sides["skill"], on=["skill", "group"], suffix="_skill")
    same = (pl.col("modifier") == pl.col("modifier_skill")).any()
    return met.group_by("skill", "need", "group").agg(other=~same).filter("other").select("skill", "need").unique()


def _judge(
    pairs: pl.DataFrame, served: pl.DataFrame, kinds: pl.DataFrame, other: pl.DataFrame, taxonomy: Taxonomy
) -> pl.DataFrame:
    """Return the verdict on pairs of a skill and a need: skill, need, verdict."""
    both = pairs.join(served, on="skill").join(kinds, on="need", suffix="_need")
    near = taxonomy.relations.select("relation", kind_need="kind", kind="kind_offer")
    joined = both.join(near, on=["kind", "kind_need"], how="left")
    found = joined.group_by("skill", "need").agg(pl.col("relation").max().fill_null(0))
    verdict = pl.col("relation").replace_strict(
        {FITS: Verdict.FITS.value, PARTLY: Verdict.PARTLY.value}, default=Verdict.NO.value
    )
    found = found.join(other.with_columns(other=True), on=["skill", "need"], how="left")
    proven = pl.when(pl.col("other").fill_null(False)).then(pl.lit(Verdict.NO.value)).otherwise(verdict)
    return found.select("skill", "need", verdict=proven)
