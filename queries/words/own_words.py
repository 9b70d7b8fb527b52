"""Adds the words of a workspace to the taxonomy: what people decided a word means, under which field it stands, and what it is not."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from graph.decision_forms import IS_NOT, MEANS, UNDER
from graph.names import normalize
from queries.words.kinds_read import find_barred, find_words, read_kinds
from queries.words.taxonomy import Taxonomy

OWN_FIELD = "本单位用词"  # of a word that stands under no field of the taxonomy
DECIDED = {"word": pl.String, "relation": pl.String, "target": pl.String}


def add_words(taxonomy: Taxonomy, decided: pl.DataFrame) -> Taxonomy:
    """Return the taxonomy with decided words (word, relation, target), in the order in which they were decided."""
    for word, relation, target in decided.select(list(DECIDED)).iter_rows():
        change = {MEANS: _mean_the_same, UNDER: _stand_under, IS_NOT: _is_not}[relation]
        taxonomy = change(taxonomy, normalize(word), target)
    return taxonomy


def find_kinds(taxonomy: Taxonomy, text: str) -> list[str]:
    """Return the kinds that a text names or speaks of."""
    if text in taxonomy.number:
        return [text]
    texts = pl.DataFrame({"side": [0], "category": [None], "title": [text], "content": [None]}, schema=_TEXT)
    return (
        read_kinds(find_words(texts, taxonomy), find_barred(texts, taxonomy), taxonomy)["kind"]
        .unique()
        .sort()
        .to_list()
    )


_TEXT = {"side": pl.UInt32, "category": pl.String, "title": pl.String, "content": pl.String}


def _mean_the_same(taxonomy: Taxonomy, word: str, target: str) -> Taxonomy:
    """Let a word mean what another means; where nobody knows that either, both are a kind of their own."""
    kinds = find_kinds(taxonomy, target)
    if kinds:
        return _let_mean(taxonomy, word, kinds)
    return _let_mean(_add_kind(taxonomy, target, OWN_FIELD), word, [target])


def _stand_under(taxonomy: Taxonomy, word: str, field: str) -> Taxonomy:
    """Make a word a kind of its own in a field, which is all that is known of it."""
    if field in taxonomy.number:
        return _let_mean(taxonomy, word, [field])
    return _add_kind(taxonomy, word, field)


def _is_not(taxonomy: Taxonomy, word: str, target: str) -> Taxonomy:
    """Set a word apart from what another means, so that neither serves the other; whatever else it means, it means still."""
    others = find_kinds(taxonomy, target)
    if word in taxonomy.number:
        more = pl.concat_list(pl.col("apart").fill_null([]), pl.lit(pl.Series([others])))
        apart = pl.when(pl.col("kind") == word).then(more).otherwise("apart")
        return replace(taxonomy, kinds=taxonomy.kinds.with_columns(apart.alias("apart")))
    left = [kind for kind in find_kinds(taxonomy, word) if kind not in others]
    return _let_mean(_add_kind(taxonomy, word, OWN_FIELD, apart=others), word, [word, *left])


def _let_mean(taxonomy: Taxonomy, word: str, kinds: list[str]) -> Taxonomy:
    """Let a word mean these kinds and no others."""
    added = pl.DataFrame(
        {"word": [word] * len(kinds), "kind": kinds, "weak": [False] * len(kinds)}, schema=taxonomy.words.schema
    )
    countered = (pl.col("word") == word) & pl.col("kind").is_in(kinds)
    words = taxonomy.words.filter(pl.col("word") != word)
    return replace(taxonomy, words=pl.concat([words, added]), counter=taxonomy.counter.filter(~countered))


def _add_kind(taxonomy: Taxonomy, kind: str, field: str, apart: list[str] | None = None) -> Taxonomy:
    """Add a kind that a word stands for alone."""
    row = dict.fromkeys(taxonomy.kinds.columns) | {
        "kind": kind,
        "field": field,
        "theme": kind,
        "form": "",
        "weight": "",
    }
    frame = pl.DataFrame([row | {"apart": apart}], schema=taxonomy.kinds.schema)
    return _let_mean(replace(taxonomy, kinds=pl.concat([taxonomy.kinds, frame])), normalize(kind), [kind])
