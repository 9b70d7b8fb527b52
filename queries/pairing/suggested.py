"""The best few partners of some left sides of a pairing, with a sentence of what speaks for each, as other questions show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph.shown import Shown
from graph.texts import Said, join_said
from queries.matching.pairs import Limits, list_pairs
from queries.pairing.engine import Engine
from queries.reading.entities import read_units

if TYPE_CHECKING:
    from graph.graph import Graph


@dataclass(frozen=True)
class Suggestion:
    """A unit that suits a thing, how well it does (0 to 1), and why."""

    unit_id: str
    unit: str
    score: float
    text: Said


def suggest_best(
    graph: Graph, engine: Engine, lefts: Sequence[str], k: int
) -> tuple[dict[str, list[Suggestion]], Shown]:
    """Return the `k` best right sides of some left ones, by id, and the entry for the log of recommendations shown.

    Units are called what all lists call them: those of one name with their subdistrict.
    """
    names = dict(read_units(graph).select("id", "name").iter_rows())
    places = np.array(
        sorted(engine.sides.left.places[one] for one in lefts if one in engine.sides.left.places), dtype=np.int64
    )
    every = np.arange(len(engine.sides.right), dtype=np.int64)
    pairs = list_pairs(engine.sides, np.repeat(places, len(every)), np.tile(every, len(places)))
    scored = engine.score([pairs], Limits(), keep_all=True)
    order = np.lexsort((scored.right, -scored.score, scored.left))
    left, right, score = scored.left[order], scored.right[order], scored.score[order]
    rank = np.arange(len(left)) - np.searchsorted(left, left) + 1
    best = rank <= k
    left, right, score, rank = left[best], right[best], score[best], rank[best]
    found: dict[str, list[Suggestion]] = {}
    speaks = np.zeros(len(left), dtype=bool)
    for row, (at, to, worth, reasons) in enumerate(
        zip(left, right, score, engine.explainer.explain(left, right), strict=True)
    ):
        spoken = [Said(reason.text, reason.text_en) for reason in reasons if reason.known and reason.value > 0]
        speaks[row] = bool(spoken)
        if not spoken:
            continue  # where nothing is known that speaks for a unit, naming it would be a guess
        unit = engine.sides.right.ids[to]
        name = names.get(unit) or engine.sides.right.units["name"][int(to)]
        one = Suggestion(unit, name, round(float(worth), 4), join_said(spoken, "，", ", "))
        found.setdefault(engine.sides.left.ids[at], []).append(one)
    return found, engine.shown(left[speaks], right[speaks], rank[speaks])
