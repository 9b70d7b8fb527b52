"""Who should use an idle resource: the pairing of idle resources and units, asked for the first few of each resource."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from graph.schema.resources import RedBase
from graph.shown import Shown
from graph.texts import Said, join_said
from queries.pairing.engine import Engine, make_engine
from queries.pairing.explain import Reason
from queries.pairing.ranking import Ranked, best_of_each
from queries.pairing.specs.resource_unit import RESOURCE_UNIT, read_resource_facts
from queries.reading.facts import KEPT, Recent, snapshot_key
from queries.reading.link_words import say_day
from queries.reading.period import Days
from queries.reading.scope import Scope
from queries.reading.visits_paid import read_visits_paid

if TYPE_CHECKING:
    from graph.graph import Graph

MOST, SPARE = 3, 9  # users named for a resource; so many more are looked at where some have been at a base
Visits = Mapping[tuple[str, str], date]  # the last visit, by base and unit


@dataclass(frozen=True)
class SuggestedUser:
    """A unit that should use a resource, how well it fits (0 to 1), and why."""

    unit_id: str
    unit: str
    score: float
    text: str


_RECENT: Recent[tuple[dict[str, list[SuggestedUser]], Shown]] = Recent(KEPT)


def suggest_users(
    graph: Graph, scope: Scope, idle: pl.DataFrame, resources: pl.DataFrame, days: Days
) -> tuple[dict[str, list[SuggestedUser]], Shown]:
    """Return the best users of each idle resource, by its id, and the entry for the log of recommendations shown.

    `idle` and `resources` are frames of queries.reading.use. What was suggested once is remembered for a snapshot.
    """
    key = (
        snapshot_key(graph),
        scope.key,
        days,
        *(tuple(frame.select("id", "status").iter_rows()) for frame in (idle, resources)),
    )
    return _RECENT.get(key, lambda: _suggest(graph, scope, idle, resources, days))


def _suggest(
    graph: Graph, scope: Scope, idle: pl.DataFrame, resources: pl.DataFrame, days: Days
) -> tuple[dict[str, list[SuggestedUser]], Shown]:
    engine = make_engine(graph, scope, RESOURCE_UNIT, read_resource_facts(graph, idle, resources, days))
    paid = _visits_to_bases(graph, engine)
    ranked = _choose(engine, best_of_each(engine, MOST if paid.is_empty() else MOST + SPARE), paid)
    best = ranked.scored
    found: dict[str, list[SuggestedUser]] = {}
    visits = {(base, unit): day for base, unit, day in paid.iter_rows()}
    told = zip(best.left, best.right, best.score, engine.explainer.explain(best.left, best.right), strict=True)
    for left, right, score, reasons in told:
        if not any(reason.known and reason.value > 0 for reason in reasons) and not _is_base(engine, int(left)):
            continue  # that a unit has no such room is no reason to give it one
        user = SuggestedUser(
            engine.sides.right.ids[right], engine.sides.right.units["name"][int(right)], round(float(score), 4),
            _sentence(engine, int(left), int(right), reasons, visits),
        )  # fmt: skip
        found.setdefault(engine.sides.left.ids[left], []).append(user)
    return found, engine.shown(best.left, best.right, ranked.rank)


def _visits_to_bases(graph: Graph, engine: Engine) -> pl.DataFrame:
    """Return which units have been at which of the bases among the idle resources, and when last: id, unit, visited."""
    idle = engine.sides.left.units
    bases = idle.filter(pl.col("entity") == RedBase.label)["id"]
    if bases.is_empty():
        return pl.DataFrame(schema={"id": pl.String, "unit": pl.String, "visited": pl.Date})
    return read_visits_paid(graph).filter(pl.col("id").is_in(bases.implode())).select("id", "unit", "visited")


def _choose(engine: Engine, ranked: Ranked, paid: pl.DataFrame) -> Ranked:
    """Return the first few pairs of each resource; at a base, units that have been there come after those that have not."""
    sides, best = engine.sides, ranked.scored
    ids = {"id": sides.left.units["id"].gather(best.left), "unit": sides.right.units["id"].gather(best.right)}
    rows = pl.DataFrame(ids).with_row_index("place").join(paid, on=["id", "unit"], how="left", maintain_order="left")
    rows = rows.sort(pl.col("place").min().over("id"), pl.col("visited").is_not_null(), "place")
    chosen = rows.group_by("id", maintain_order=True).head(MOST)["place"].cast(pl.Int64).to_numpy()
    return ranked.take(chosen)


def _sentence(engine: Engine, left: int, right: int, reasons: tuple[Reason, ...], visits: Visits) -> Said:
    """Say what speaks for a unit: every known signal that is not nought, and that it has no such resource or was not at the base."""
    spoken = [reason for reason in reasons if reason.known and reason.value > 0]
    told = [Said(str(reason.text), reason.text_en) for reason in spoken]
    return join_said([*told, _tell_lack(engine, left, right, visits)], "，", ", ")


def _is_base(engine: Engine, left: int) -> bool:
    return bool(engine.sides.left.row(left)["entity"] == RedBase.label)


def _tell_lack(engine: Engine, left: int, right: int, visits: Visits) -> Said:
    row = engine.sides.left.row(left)
    if not _is_base(engine, left):
        kind = row["kind"]
        return Said(f"本单位没有{kind or '这类资源'}", f"has no {kind or 'such resource'} of its own")
    visited = visits.get((engine.sides.left.ids[left], engine.sides.right.ids[right]))
    if visited is None:
        return Said("其党组织未见前往记录", "no visit of its Party organizations on record")
    if visited == date.min:
        return Said("其党组织去过，日期未登记", "its Party organizations were there, day not registered")
    return Said(f"其党组织上次前往为{say_day(visited)}", f"its Party organizations were last there on {visited}")
