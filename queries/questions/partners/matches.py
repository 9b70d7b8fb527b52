"""什么和什么最匹配？ What goes best with what? Every pairing of the product by one engine: see `queries/pairing/specs`.

The best first, each with its score, how much is known (confidence), and reasons whose contributions add up to the score. Where both
sides choose (products wanted and made, idle property) the score is the harmonic mean of what a pair is worth to either side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated

import numpy as np
import polars as pl

from graph import mechanisms
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between
from queries.answers.catalogue import question
from queries.answers.contents import Drawing
from queries.answers.rows import column
from queries.matching.arrays import Side
from queries.pairing.engine import Engine, open_engine
from queries.pairing.explain import Reason, tell_basis
from queries.pairing.ranking import Ranked, best_of_each, best_of_one
from queries.pairing.specs import Pairing, find_spec
from queries.reading.facts import KEPT, Recent, snapshot_key
from queries.reading.scope import Scope
from queries.reading.units import find_among

if TYPE_CHECKING:
    from graph.graph import Graph

NAMES = {"id": pl.String, "label": pl.String, "name": pl.String, "short_name": pl.String, "former_name": pl.String}


@dataclass(frozen=True)
class Match:
    """A unit or thing (left) and one that suits it (right)."""

    left_id: str = column("左方标识", "left id", show="hidden")
    left: str = column("匹配对象", "for")
    right_id: str = column("右方标识", "right id", show="hidden")
    right: str = column("建议对接", "match")
    rank: int = column("名次", "rank")
    score: float = column("得分", "score")
    confidence: float = column("把握", "confidence", show="hidden")
    basis: Said = column("依据", "what is known")
    chance: float | None = column("采纳机会", "chance of acceptance", show="hidden")
    as_left: float | None = column("左方得分", "score as the left side sees it", show="hidden")
    as_right: float | None = column("右方得分", "score as the right side sees it", show="hidden")
    both_ways: Said | None = column("双方看来", "as either side sees it")
    reasons: tuple[Reason, ...] = column("理由", "reasons", show="detail")


_RECENT: Recent[Ranked] = Recent(2 * KEPT)


@question(
    answers=(mechanisms.THREE_LISTS, mechanisms.SUPPLY_DIRECTORY, mechanisms.VOLUNTEERS),
    phrases=Said(
        "匹配 资源 单位；需求 供给 匹配；岗位 单位 匹配；厂房 企业 匹配；需求 谁 能 满足；需求 资源 对应；"
        "需求 供给 对应表；撮合；两边 匹配",
        "match needs offers; match posts units; match property enterprises",
    ),
)
def matches(
    graph: Graph,
    scope: Scope,
    pairing: Annotated[Pairing, Said("哪一种匹配", "which pairing")],
    thing: Annotated[
        str | None,
        Said(
            "只看这个单位、资源、需求等，名称或编号；不填则列出每一个的前几名",
            "only this unit, resource, need …, by name or id; without it the best of each",
        ),
    ] = None,
    *,
    k: Annotated[int, Between(1, 100), Said("每一个取前几名", "how many for each")] = 5,
    limit: Annotated[int, Between(1, 1000), Said("最多几行", "at most so many rows")] = 100,
) -> Answer[Match]:
    """什么和什么最匹配？ What goes best with what?

    闲置资源与单位、需求与供给、企业与企业、岗位与单位、闲置厂房与企业、党员群组与需求、企业与社区。 Idle resources and units, needs and
    offerings, products wanted and made, posts and units, idle property and enterprises, groups of members and needs, partners
    """
    engine = open_engine(graph, scope, find_spec(pairing))
    if thing is None:  # of everybody: made once for a snapshot and those who see it alike, shown page by page
        key = (snapshot_key(graph), scope.key, pairing, engine.weights.label, k)
        found = _RECENT.get(key, partial(best_of_each, engine, k))
    else:
        found = best_of_one(engine, find_places(engine, thing), k)
    first = found.take(np.arange(min(limit, len(found))))
    rows, shown = _rows(engine, first), engine.shown(first.scored.left, first.scored.right, first.rank)
    extra = {"pairing": engine.spec.name, "weights": engine.weights.as_dict(), "candidates": found.candidates}
    extra["calibration"] = engine.calibration.as_dict() if engine.calibration else None
    if engine.spec.both_choose:
        extra["weights_other_way"] = engine.weights.turned(engine.spec.opposites).as_dict()
    is_cut = len(found) > limit or found.is_cut
    return Answer(rows=rows, truncated=is_cut, extra=extra, shown=shown, **_picture(engine, rows))


def find_places(engine: Engine, name: str) -> list[tuple[bool, int]]:
    """Return on which sides of the pairing, and at which index, the unit or thing with this name stands.

    As (on the left side?, index); UnknownUnitError names what comes close.
    An enterprise may be on both sides: as one that wants and as one that makes.
    """
    sides = (engine.sides.left, engine.sides.right)
    names = pl.concat([_names(side) for side in sides]).unique(maintain_order=True)
    found = find_among(names, name, [side.label for side in sides])
    return [(side is sides[0], side.places[found.id]) for side in sides if found.id in side.places]


def _names(side: Side) -> pl.DataFrame:
    """Return the names of a side as `find_among` reads them."""
    frame = side.units.with_columns(label="entity")
    missing = [pl.lit(None, kind).alias(name) for name, kind in NAMES.items() if name not in frame.columns]
    return (
        frame.with_columns(missing).select(pl.col(name).cast(kind) for name, kind in NAMES.items()).drop_nulls("name")
    )


def _rows(engine: Engine, found: Ranked) -> list[Match]:
    """Return the rows of an answer."""
    sides, scored, explainer = engine.sides, found.scored, engine.explainer
    names = [side.units["name"] for side in (sides.left, sides.right)]
    numbers = [part.tolist() for part in (scored.left, scored.right, found.rank, scored.score, scored.confidence)]
    reasons, both = (tell(scored.left, scored.right) for tell in (explainer.explain, explainer.both_ways))
    return [
        Match(
            sides.left.ids[left], names[0][left], sides.right.ids[right], names[1][right], rank, score, confidence, tell_basis(why),
            engine.chance(score),
            seen.left if seen else None, seen.right if seen else None, seen.text if seen else None, why,
        )
        for left, right, rank, score, confidence, why, seen in zip(*numbers, reasons, both, strict=True)
    ]  # fmt: skip


def _picture(engine: Engine, rows: Sequence[Match]) -> Drawing:
    """Return what a picture of the answer shows: both ends of every match."""
    sides = (engine.sides.left, engine.sides.right)
    kinds = dict(pl.concat([side.units.select("id", "entity") for side in sides]).iter_rows())
    names = {row.left_id: row.left for row in rows} | {row.right_id: row.right for row in rows}
    return {
        "entities": [{"id": unit, "label": kinds[unit], "name": name} for unit, name in sorted(names.items())],
        "relations": [{"source": row.left_id, "target": row.right_id, "type": "建议对接"} for row in rows],
    }
