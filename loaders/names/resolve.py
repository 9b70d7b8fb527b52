"""Which units names stand for, in a frame: the part of loading that scripts and reviewers use by itself.

match_names(["一拖", "洛轴"], registry)     # frame: name, rank, candidate_id, candidate, score, verdict
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from loaders.names import name_figures as figures
from loaders.names.forms import Alias, Unit
from loaders.names.named_places import street_core
from loaders.names.registry import MASKED, Registry, Resolution

__all__ = ["Alias", "Registry", "Resolution", "Unit", "match_names", "street_core"]


def match_names(names: Sequence[str], registry: pl.DataFrame) -> pl.DataFrame:
    """Return up to three units of a registry for each name, with a verdict.

    `registry` has id and name and, where known, aliases (list), area (or street), kind (or label), uscc. The answer has name, rank,
    candidate_id, candidate, score in [0, 1] and verdict: `same` is what a load would merge by itself, `ask` a suggestion to
    review, `none` no candidate.
    """
    known = Registry.of(
        registry.rename({"kind": "label"} if "kind" in registry.columns and "label" not in registry.columns else {})
    )
    asked = list(dict.fromkeys(names))
    found = {name: known.find(name) for name in asked}
    open_names = [name for name in asked if found[name].code != MASKED]
    ranked = dict(zip(open_names, known.rank_many(open_names), strict=True))
    rows: list[tuple[str, int, str | None, str | None, float, str]] = []
    for name in names:
        rows += _answer(name, found[name], ranked.get(name, []), known)
    schema = {
        "name": pl.String, "rank": pl.Int64, "candidate_id": pl.String, "candidate": pl.String, "score": pl.Float64, "verdict": pl.String,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _answer(
    name: str, sure: Resolution, ranked: Sequence[tuple[str, float]], known: Registry
) -> list[tuple[str, int, str | None, str | None, float, str]]:
    scores = dict(ranked)
    # Units that an ambiguous name may all mean come before others, the most alike first.
    first = [sure.id] if sure.id else sorted(sure.candidates, key=lambda i: (-scores.get(i, 0.0), i))
    if sure.id:
        scores[sure.id] = 1.0
    order = [*first, *(i for i, _ in ranked if i not in first)][: figures.SUGGESTED]
    if not order:
        return [(name, 1, None, None, 0.0, "none")]
    return [
        (name, rank, i, known.by_id[i].name, round(scores.get(i, 0.0), 4), "same" if i == sure.id else "ask")
        for rank, i in enumerate(order, 1)
    ]
