"""What needs and offers speak of: for each text its main kinds, those beside them, and what limits them (a lecture, for whom)."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from graph.names import map_unique, normalize
from queries.words.fit_figures import STRANGE, UNREAD
from queries.words.headcounts import read_headcounts
from queries.words.kinds_read import CATEGORY, CONTENT, TITLE, find_barred, find_words, read_kinds, spell_texts
from queries.words.phrases import name_phrases, read_phrases
from queries.words.taxonomy import FORM, PRODUCT, Taxonomy

TEXTS = ("category", "title", "content")
WORDED = (
    "talk", "goods", "sale", "hire", "build", "tender", "money", "advice", "trade", "elder", "child", "price", "staff", "anyone",
)  # fmt: skip
FORMS = tuple(
    dict.fromkeys([*WORDED, *name_phrases()])
)  # what words of `parts.csv` or phrases say of a text as a whole
TEACHING = r"教|想学|学做|学学|学一学|传授|没人传|授课|培训"  # in a title: what is wanted or offered is to learn it
ANYWHERE = (
    "money",
    "trade",
    "elder",
    "child",
    "price",
    "staff",
    "anyone",
)  # said of the whole, wherever it is said; the other forms are those of the title
GENERAL, HEAD = (
    "general",
    "head",
)  # weights of kinds; a head counts alone only: 道路维修 and 家电维修 have nothing but 维修 in common
FOR_OLD, FOR_YOUNG = "养老照护", "儿童青少年"  # fields of kinds that are for the old or for children alone
MOST_SHOWN = 3  # kinds in the name of a class
DETAILS = "\x1f"  # in a class, between what is shown of it and what tells it from others of that name


@dataclass(frozen=True)
class Spoken:
    """Texts as they are understood.

    sides: side, `key` (equal for texts that are understood alike), `known` ·
    kinds: side, kind, main, soft, strange, product, by_category, field, form, theme and a column for each of FORMS ·
    modifiers: side, group, modifier · barred: side, kind, where a counter-word says that the text is not of this kind.
    """

    sides: pl.DataFrame
    kinds: pl.DataFrame
    modifiers: pl.DataFrame
    barred: pl.DataFrame


def understand(texts: pl.DataFrame, taxonomy: Taxonomy) -> Spoken:
    """Return what texts speak of, from a frame with the columns side, category, title, content (each may be null)."""
    texts = spell_texts(texts)
    words = find_words(texts, taxonomy)
    forms = _read_forms(texts, words, taxonomy)
    barred = find_barred(texts, taxonomy)
    kinds = read_kinds(words, barred, taxonomy).join(taxonomy.kinds.drop("fits", "partly", "apart"), on="kind")
    kinds = kinds.join(_count_unread(texts, words), on="side").filter(
        ((pl.col("place") < CATEGORY) | (pl.col("unread") < UNREAD))
        & ~(pl.col("weak") & (pl.col("place") == TITLE) & (pl.col("unread") >= STRANGE))
    )
    ranked = _rank(_drop_for_others(kinds, words, taxonomy).join(forms.select("side", "trade"), on="side"))
    forms = _add_forms_of_kinds(forms, ranked)
    ranked = ranked.with_columns(strange=pl.col("unread") >= STRANGE)
    ranked = ranked.drop("trade", "unread", "weight", "weak", "place").join(forms, on="side")
    modifiers = read_modifiers(texts, taxonomy)
    teach = texts.select("side", teach=pl.col("title").str.contains(TEACHING).fill_null(False))
    ranked = ranked.join(teach, on="side").join(read_headcounts(texts), on="side", how="left")
    return Spoken(_name_classes(texts, ranked, forms, modifiers), ranked, modifiers, barred)


def name_class(key: str) -> str:
    """Return a class of services as users read it."""
    return key.partition(DETAILS)[0]


def _read_forms(texts: pl.DataFrame, words: pl.DataFrame, taxonomy: Taxonomy) -> pl.DataFrame:
    """Return which forms each text names (a lecture, goods, money, …), from its title, or its content where it has no title."""
    said = words.join(taxonomy.parts.filter(pl.col("part") == FORM), on="word").select("side", "place", "name")
    said = said.join(texts.select("side", untitled=pl.col("title").is_null()), on="side")
    heard = (
        (pl.col("place") == TITLE)
        | (pl.col("untitled") & (pl.col("place") == CONTENT))
        | (pl.col("name").is_in(ANYWHERE) & ((pl.col("place") < CATEGORY) | (pl.col("name") == "trade")))
    )
    found = said.filter(heard).group_by("side").agg((pl.col("name") == name).any().alias(name) for name in WORDED)
    worded = texts.select("side").join(found, on="side", how="left").with_columns(pl.col(WORDED).fill_null(False))
    both = worded.join(read_phrases(texts), on="side", suffix="_phrase")
    either = (pl.col(name) | pl.col(f"{name}_phrase") for name in name_phrases() if name in WORDED)
    return both.with_columns(either).select("side", *FORMS)


def _count_unread(texts: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Return how many characters of each title no word explains, and whether there is a title or content at all."""
    read = words.filter(pl.col("place") == TITLE).group_by("side").agg(read=pl.col("word").str.len_chars().sum())
    letters = pl.col("title").str.replace_all(r"[\d\W]+", "").str.len_chars().fill_null(0).cast(pl.Int64)
    told = pl.col("title").is_not_null() | pl.col("content").is_not_null()
    return texts.join(read, on="side", how="left").select(
        "side", unread=letters - pl.col("read").fill_null(0).cast(pl.Int64), told=told
    )


def _drop_for_others(kinds: pl.DataFrame, words: pl.DataFrame, taxonomy: Taxonomy) -> pl.DataFrame:
    """Return the kinds without what is done for the old where a title speaks of children only, and the other way round: 娃娃没人照看."""
    people = taxonomy.parts.filter(pl.col("part") == FORM, pl.col("name").is_in(["elder", "child"])).select(
        "word", "name"
    )
    named = words.filter(pl.col("place") == TITLE).join(people, on="word").group_by("side")
    kinds = kinds.join(
        named.agg((pl.col("name") == who).any().alias(who) for who in ("elder", "child")), on="side", how="left"
    )
    kinds = kinds.with_columns(pl.col("elder", "child").fill_null(False))
    old, young = (pl.col("field") == field for field in (FOR_OLD, FOR_YOUNG))
    others = (old & pl.col("child") & ~pl.col("elder")) | (young & pl.col("elder") & ~pl.col("child"))
    return kinds.filter(~(others & (~others).any().over("side"))).drop("elder", "child")


def _rank(kinds: pl.DataFrame) -> pl.DataFrame:
    """Return the kinds that count: the main ones of each text, and of the others those that its title or content names.

    A kind named in the title counts before one of the content, a particular one before a general one, the category last;
    products count where things are bought and made.
    """
    product, place = pl.col("form") == PRODUCT, pl.col("place")
    general = pl.col("weight").is_in([GENERAL, HEAD])
    # A place or money that a title speaks of is what it is about, whatever it is for: 市集场地.
    wanted = pl.col("form").is_in(["place", "money"])
    rank = (
        pl.when(pl.col("weak") | (product & ~pl.col("trade"))).then(5)
        .when((~general | wanted) & (place == TITLE)).then(0).when(~general & (place == CONTENT)).then(1)
        .when(general & (place == TITLE)).then(2).when(~general).then(3)
        .otherwise(4)
    )  # fmt: skip
    ranked = kinds.with_columns(rank=rank, soft=general | pl.col("weak"), product=product)
    best, titled = pl.col("rank").min().over("side"), (pl.col("rank") == 0).any().over("side")
    beside = (pl.col("rank").is_in([1, 2]) & (pl.col("weight") != HEAD)) | ((pl.col("rank") == 3) & ~titled) | product
    ranked = ranked.with_columns(main=pl.col("rank") == best, by_category=(place == CATEGORY) & pl.col("told"))
    return ranked.filter(pl.col("main") | beside).drop("rank", "told")


def _add_forms_of_kinds(forms: pl.DataFrame, kinds: pl.DataFrame) -> pl.DataFrame:
    """Return the forms with those of the main kinds: 普法宣传 is a talk though no word beside it says so.

    What is done to a thing says more than the thing: 健身器材维修 gives no goods.
    """
    said = kinds.filter(pl.col("main") & (pl.col("place") < CATEGORY) & (pl.col("form") != "any"))
    # Beside the work itself, a kind of talk makes no talk of it: 劳模家电义诊.
    work = ((pl.col("form") == "") & ~pl.col("soft")).any()
    shaped = said.group_by("side").agg(
        ((pl.col("form") == name).any() & ~(pl.col("made") & (pl.col("form") != name)).any() & ~work).alias(
            f"{name}_kind"
        )
        for name in ("talk", "goods")
    )
    joined = forms.join(shaped, on="side", how="left")
    both = ((pl.col(name) | pl.col(f"{name}_kind").fill_null(False)).alias(name) for name in ("talk", "goods"))
    return joined.with_columns(both).drop("talk_kind", "goods_kind")


def read_modifiers(texts: pl.DataFrame, taxonomy: Taxonomy) -> pl.DataFrame:
    """Return the modifiers that the title, or without one the content, of each text names: side, group, modifier."""
    said = texts.select("side", text=pl.coalesce("title", "content"))
    words = map_unique(said["text"], normalize).str.extract_many(taxonomy.modifiers["word"].to_list(), overlapping=True)
    found = said.select("side", word=words).explode("word").drop_nulls().join(taxonomy.modifiers, on="word")
    return found.select("side", "group", "modifier").unique().sort("side", "group", "modifier")


def _name_classes(
    texts: pl.DataFrame, kinds: pl.DataFrame, forms: pl.DataFrame, modifiers: pl.DataFrame
) -> pl.DataFrame:
    """Return for each text its class: the main kinds, and hidden behind them whatever else decides what serves it.

    A text that is not understood is a class of its own words.
    """
    main = pl.col("kind").filter("main")
    named = kinds.sort("side", "kind").group_by("side", maintain_order=True).agg(
        shown=main.head(MOST_SHOWN).str.join("、"),
        people=pl.col("people").filter(pl.col("form") == "place").max().cast(pl.String).fill_null(""),
        whole=pl.concat_str("kind", *(pl.col(c).cast(pl.Int8) for c in ("main", "soft", "by_category"))).str.join(","),
    )  # fmt: skip
    said = modifiers.group_by("side", maintain_order=True).agg(pl.col("modifier").str.join(","))
    flags = forms.select("side", flags=pl.concat_str(pl.col(name).cast(pl.Int8) for name in FORMS))
    rows = texts.join(named, on="side", how="left").join(said, on="side", how="left").join(flags, on="side")
    own = map_unique(rows.select(pl.coalesce("title", "content", "category")).to_series(), _drop_service)
    key = pl.concat_str("shown", pl.lit(DETAILS), "whole", "flags", pl.col("people"), pl.col("modifier").fill_null(""))
    known = pl.col("shown").is_not_null()
    return rows.select("side", key=pl.when(known).then(key).otherwise(own), known=known)


def _drop_service(word: str) -> str:
    plain = normalize(word)
    return plain.removesuffix("服务") or plain
