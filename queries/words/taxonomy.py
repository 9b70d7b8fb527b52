"""The kinds of services and products there are, with the words for each: data files, loaded once, to which a workspace adds words.

`kinds.csv` has a row a kind, `products.csv` a row a product, `parts.csv` the objects, acts and forms of which phrases are made,
`modifiers.csv` words that exclude each other under one head (供电, 供水), `skills.csv` what people can do. A word is a text in a cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from graph.names import map_unique, normalize

FITS, PARTLY, APART, UNSAID = 2, 1, -1, 0  # what an offer of one kind is to a need of another
PRODUCT = "product"
SEPARATOR, WEAK = "；", "~"  # between the words of a cell; before a word that says too little beside others
LISTS = ("words", "made_of", "fits", "partly", "apart", "counter_words")
WORDS = {"word": pl.String, "kind": pl.String, "weak": pl.Boolean}
PARTS = {"word": pl.String, "part": pl.String, "name": pl.String}


@dataclass(frozen=True)
class Taxonomy:
    """Kinds of services and products in fields, with the words that mean them.

    Columns – kinds: kind, field, theme, form, weight and lists of kinds fits, partly, apart · words: word, kind, weak ·
    counter: word, kind · parts: word, part, name, inner (within a longer word) · rules: object, act, kind · skills: word, kind ·
    modifiers: word, group, modifier.
    """

    kinds: pl.DataFrame
    words: pl.DataFrame
    counter: pl.DataFrame
    parts: pl.DataFrame
    rules: pl.DataFrame
    skills: pl.DataFrame
    modifiers: pl.DataFrame

    @cached_property
    def vocabulary(self) -> list[str]:
        """Return every word that is looked for in a text, the longest first: where two begin alike, the longer is found."""
        known = pl.concat([self.words["word"], self.parts["word"]]).unique().sort().to_list()
        return sorted(known, key=lambda word: -len(word))

    @cached_property
    def _ends(self) -> tuple[pl.Series, tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """Return the words of two characters and more, with their first two and their last two characters as one number each."""
        words = pl.Series(self.vocabulary, dtype=pl.String)
        longer = words.filter(words.str.len_chars() > 1)
        ends = longer.str.head(2), longer.str.tail(2)
        return longer, (
            _number_pairs(ends[0].str.join("").item())[::2],
            _number_pairs(ends[1].str.join("").item())[::2],
        )

    def find_candidates(self, texts: pl.Series) -> list[str]:
        """Return the words that can occur in texts at all: those whose first two and last two characters do, and single characters.

        To build an automaton of all words takes longer than to read a thousand texts with it.
        """
        longer, (first, last) = self._ends
        there = np.unique(_number_pairs(texts.str.join("\n").item() or ""))
        kept = longer.filter(pl.Series(np.isin(first, there) & np.isin(last, there)))
        return [*kept.to_list(), *self.vocabulary[longer.len() :]]

    @cached_property
    def number(self) -> dict[str, int]:
        """Return the place of each kind among `kinds`."""
        return {kind: i for i, kind in enumerate(self.kinds["kind"].to_list())}

    @cached_property
    def relations(self) -> pl.DataFrame:
        """Return what an offer of kind `kind_offer` is to a need of `kind`, as `relation`: FITS, PARTLY or APART."""
        first, second = np.nonzero(self._table)
        names = self.kinds["kind"]
        values = pl.Series(self._table[first, second])
        return pl.DataFrame({"kind": names.gather(first), "kind_offer": names.gather(second), "relation": values})

    @cached_property
    def _table(self) -> NDArray[np.int8]:
        themes, forms = (self.kinds[name].to_numpy() for name in ("theme", "form"))
        alike = (themes[:, None] == themes[None, :]) & (forms != PRODUCT)[:, None]
        table = np.where(alike, np.where(forms[:, None] == forms[None, :], FITS, PARTLY), UNSAID).astype(np.int8)
        for column, value in (("fits", FITS), ("partly", PARTLY), ("apart", APART)):
            first, second = self._listed(column)
            table[first, second] = value
            if value == PARTLY:
                table[second, first] = np.where(table[second, first] == FITS, FITS, PARTLY)
            if value == APART:
                table[second, first] = APART
        np.fill_diagonal(table, FITS)
        return table

    def _listed(self, column: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        listed = self.kinds.select("kind", other=column).explode("other").drop_nulls()
        place = [
            listed[name].replace_strict(self.number, return_dtype=pl.Int64).to_numpy() for name in ("kind", "other")
        ]
        return place[0], place[1]


@cache
def load_taxonomy() -> Taxonomy:
    """Return the taxonomy that comes with the product."""
    products = _read("products.csv").select(
        "field", "words", "partly", theme="class", kind="product", form=pl.lit(PRODUCT)
    )
    kinds = pl.concat([_read("kinds.csv"), products], how="diagonal").fill_null("")
    theme = pl.when(pl.col("theme") == "").then("kind").otherwise("theme")
    kinds = kinds.with_columns(*(_split(column) for column in LISTS), theme=theme)
    parts = _spell(_read("parts.csv").with_columns(_split("words").alias("word")).explode("word")).select(list(PARTS))
    words = _spell(_words_of(kinds, "words"))
    skills = _read("skills.csv").with_columns(_split("words").alias("word"), _split("kinds").alias("kind"))
    modifiers = _read("modifiers.csv").with_columns(_split("words").alias("word")).explode("word")
    return Taxonomy(
        kinds.select("kind", "field", "theme", "form", "weight", "fits", "partly", "apart"),
        words, _spell(_words_of(kinds, "counter_words")).select("word", "kind"),
        _join_parts(parts, _inner_parts(words, parts)),
        _read_rules(kinds),
        _spell(skills.explode("word").explode("kind")).select("word", "kind").unique(maintain_order=True),
        _spell(modifiers).select("word", "group", "modifier"),
    )  # fmt: skip


def _number_pairs(text: str) -> NDArray[np.int64]:
    """Return a number for every two characters that follow each other in a text."""
    letters = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    return (letters[:-1] << 21) | letters[1:]  # a character has at most 21 bits


def _read(name: str) -> pl.DataFrame:
    return pl.read_csv(Path(__file__).with_name(name), infer_schema=False).fill_null("")


def _split(column: str) -> pl.Expr:
    return pl.when(pl.col(column) != "").then(pl.col(column).str.split(SEPARATOR)).alias(column)


def _spell(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame with its words as texts are compared: one width, case and script."""
    return frame.with_columns(map_unique(frame["word"], normalize))


def _words_of(kinds: pl.DataFrame, column: str) -> pl.DataFrame:
    listed = kinds.select("kind", word=column).explode("word").drop_nulls()
    weak = pl.col("word").str.starts_with(WEAK)
    return listed.select(pl.col("word").str.strip_prefix(WEAK), "kind", weak=weak).unique(maintain_order=True)


def _read_rules(kinds: pl.DataFrame) -> pl.DataFrame:
    made = kinds.select("kind", rule="made_of").explode("rule").drop_nulls()
    halves = pl.col("rule").str.split_exact(":", 1).struct.rename_fields(["object", "act"])
    return made.select("kind", halves.alias("halves")).unnest("halves")


def _join_parts(parts: pl.DataFrame, inner: pl.DataFrame) -> pl.DataFrame:
    """Return the parts of `parts.csv` and those that stand within longer words, which `inner` tells apart."""
    both = pl.concat([parts.with_columns(inner=pl.lit(False)), inner.with_columns(inner=pl.lit(True))])
    return both.unique(list(PARTS), keep="first", maintain_order=True)


def _inner_parts(words: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
    """Return the parts that stand within longer words (扶手 in 安装扶手), so that they can be combined with other words."""
    known = parts.filter((pl.col("part") != GUARD) & (pl.col("word").str.len_chars() > 1))
    inner = words.select(pl.col("word").unique(maintain_order=True))
    inner = inner.with_columns(
        inner=pl.col("word").str.extract_many(known["word"].unique().to_list(), overlapping=True)
    )
    inner = inner.explode("inner").drop_nulls().filter(pl.col("inner") != pl.col("word"))
    found = inner.join(known, left_on="inner", right_on="word")
    # What a text is stands at its end: 法律知识 is a talk, 知识产权 none.
    return found.filter((pl.col("name") != "talk") | pl.col("word").str.ends_with(pl.col("inner"))).select(list(PARTS))


OBJECT, ACT, FORM, GUARD = (
    "object",
    "act",
    "form",
    "guard",
)  # the parts of `parts.csv`; a guard only keeps shorter words from being found
