"""Who should use an idle resource: the pairing of idle resources and units, asked for the first few of each resource."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from graph.shown import Shown
from graph.texts import Said
from queries.pairing.engine import Engine, make_engine
from queries.pairing.explain import Reason
from queries.pairing.ranking import best_of_each
from queries.pairing.specs.resource_unit import RESOURCE_UNIT, read_resource_facts
from queries.reading.period import Days
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph

MOST = 3


@dataclass(frozen=True)
class SuggestedUser:
    """A unit that should use a resource, how well it fits (0 to 1), and why."""

    unit_id: str
    unit: str
    score: float
    text: str


def suggest_users(
    graph: Graph, scope: Scope, idle: pl.DataFrame, resources: pl.DataFrame, days: Days
) -> tuple[dict[str, list[SuggestedUser]], Shown]:
    """Return the best users of each idle resource, by its id, and the entry for the log of recommendations shown.

    `idle` and `resources` are frames of queries.reading.use.
    """
    engine = make_engine(graph, scope, RESOURCE_UNIT, read_resource_facts(graph, idle, resources, days))
    ranked = best_of_each(engine, MOST)
    best = ranked.scored
    found: dict[str, list[SuggestedUser]] = {}
    told = zip(best.left, best.right, best.score, engine.explainer.explain(best.left, best.right), strict=True)
    for left, right, score, reasons in told:
        user = SuggestedUser(
            engine.sides.right.ids[right], engine.sides.right.units["name"][int(right)], round(float(score), 4),
            _sentence(engine, int(left), reasons),
        )  # fmt: skip
        found.setdefault(engine.sides.left.ids[left], []).append(user)
    return found, engine.shown(best.left, best.right, ranked.rank)


def _sentence(engine: Engine, left: int, reasons: tuple[Reason, ...]) -> Said:
    """Say what speaks for a unit: that it has no such resource, and every known signal that is not nought."""
    kind = engine.sides.left.row(left)["kind"]
    spoken = [reason for reason in reasons if reason.known and reason.value > 0]
    zh = [*(str(reason.text) for reason in spoken), f"本单位没有{kind or '这类资源'}"]
    en = [*(reason.text_en for reason in spoken), f"has no {kind or 'such resource'} of its own"]
    return Said("，".join(zh), ", ".join(en))
