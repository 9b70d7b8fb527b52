"""Suggests which kinds of services an unknown word may mean: by the characters of known words, and by meaning where a model is at hand."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from queries.words.fit_figures import LIKE_ENOUGH
from queries.words.taxonomy import Taxonomy, load_taxonomy

MOST = 3  # suggestions for a word
FOLDER = "SHILIAN_SEMANTIC"  # the environment variable that names a local folder with static embeddings (model2vec)


def suggest_kinds(word: str, taxonomy: Taxonomy) -> list[str]:
    """Return up to three kinds whose words are most like a word, the likeliest first; none where nothing is like it."""
    kinds_of = dict(taxonomy.words.group_by("word", maintain_order=True).agg("kind").iter_rows())
    near = process.extract(word, list(kinds_of), scorer=fuzz.ratio, limit=MOST, score_cutoff=LIKE_ENOUGH)
    by_characters = [kind for known, _, _ in near for kind in kinds_of[known]]
    return list(dict.fromkeys([*by_characters, *suggest_by_meaning(word)]))[:MOST]


def suggest_by_meaning(word: str) -> list[str]:
    """Return the kinds nearest in meaning by the embeddings of the folder that SHILIAN_SEMANTIC names; none without one."""
    folder = os.environ.get(FOLDER, "")
    if not folder or not Path(folder).is_dir():
        return []
    model, kinds, vectors = _load_model(folder)
    nearness = vectors @ _unit(model.encode([word]))[0]
    return [kinds[i] for i in np.argsort(-nearness)[:MOST]]


@cache
def _load_model(folder: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 -- the types of an optional package
    from model2vec import StaticModel  # optional: the extra [semantic]

    model, kinds = StaticModel.from_pretrained(folder), load_taxonomy().kinds["kind"].to_list()
    return model, kinds, _unit(model.encode(kinds))


def _unit(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return rows of length one."""
    lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return np.asarray(vectors / lengths, dtype=np.float64)
