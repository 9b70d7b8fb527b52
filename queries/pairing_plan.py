"""所有单位怎样结对最均衡？ One balanced pairing plan for all communities and enterprises.

Nobody who can have a partner goes without; of such plans the one with the largest total score. Capacities are places for new
partners: agreements in force are kept and never proposed again; `count_existing` lets them use up places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import polars as pl

from graph.errors import ArgumentError
from graph.graph import Graph
from queries.answer import Answer, Sentence, column
from queries.pairing.arrays import FloatArray, IntArray, Side
from queries.pairing.assignment import assign
from queries.pairing.candidates import NEAREST, all_pairs, candidate_blocks
from queries.pairing.engine import Engine, open_engine
from queries.pairing.explain import Reason
from queries.pairing.score import Scored
from queries.pairing.signal import Limits
from queries.question import question
from queries.scope import Scope
from queries.units import find_unit

MOST_HOLDERS = 3  # units named as holding the places that somebody went without

Pair = tuple[str, str]


@dataclass(frozen=True)
class PlannedPair:
    """A pair of the plan."""

    left_id: str = column("社区标识", "community id", show="hidden")
    left: str = column("社区", "community")
    right_id: str = column("企业标识", "enterprise id", show="hidden")
    right: str = column("企业", "enterprise")
    score: float = column("得分", "score")
    reasons: tuple[Reason, ...] = column("理由", "reasons", show="detail")


@question
def pairing_plan(  # noqa: PLR0913 -- a question's arguments are what its askers may say
    graph: Graph, scope: Scope, *, enterprise_capacity: int = 2, community_capacity: int = 1,
    must: Sequence[str] = (), forbid: Sequence[str] = (), count_existing: bool = False,
) -> Answer[PlannedPair]:  # fmt: skip
    """所有单位怎样结对最均衡？ One balanced pairing plan for all communities and enterprises.

    Arguments:
        enterprise_capacity: how many new communities an enterprise takes at most
        community_capacity: how many new enterprises a community takes at most
        must: pairs that the plan has to hold, each written A|B
        forbid: pairs that the plan must not hold, each written A|B
        count_existing: agreements in force use up places
    """
    for name, value in (("enterprise_capacity", enterprise_capacity), ("community_capacity", community_capacity)):
        if value < 0:
            raise ArgumentError(argument=name, value=value, reason="不能为负数 / must not be negative")
    engine = open_engine(graph, scope)
    places = _places(engine, (community_capacity, enterprise_capacity), count_existing)
    plan = _Plan(engine, _read_pairs(graph, engine, "must", must), _read_pairs(graph, engine, "forbid", forbid), places)
    chosen, scored = plan.make()
    rows = plan.rows(chosen)
    kept = engine.sides.busy[0] if count_existing else np.zeros(len(engine.sides.left))
    extra = {
        "uncovered": plan.uncovered(chosen, scored, kept),
        "total": round(float(chosen["score"].sum()), 6),
        "capacities": {"community": community_capacity, "enterprise": enterprise_capacity},
        "weights": engine.weights.as_dict(),
    }
    return Answer(rows=rows, extra=extra, **_picture(engine, rows))


def _places(engine: Engine, capacities: tuple[int, int], count_existing: bool) -> tuple[FloatArray, FloatArray]:
    """Return how many new partners each unit of the left and of the right side may take."""
    sides = engine.sides
    used = sides.busy if count_existing else (np.zeros(len(sides.left)), np.zeros(len(sides.right)))
    return np.maximum(capacities[0] - used[0], 0), np.maximum(capacities[1] - used[1], 0)


def _read_pairs(graph: Graph, engine: Engine, argument: str, texts: Sequence[str]) -> frozenset[Pair]:
    """Return pairs written A|B, in either order, as (left id, right id)."""
    return frozenset(_read_pair(graph, engine, argument, text) for text in texts)


def _read_pair(graph: Graph, engine: Engine, argument: str, text: str) -> Pair:
    names = [name.strip() for name in text.replace("｜", "|").split("|")]
    if len(names) != 2 or not all(names):
        raise ArgumentError(
            argument=argument, value=text, reason="应写成 社区|企业 / must be written community|enterprise"
        )
    units = {
        unit.label: unit.id
        for unit in (find_unit(graph, name, labels=(engine.spec.left, engine.spec.right)) for name in names)
    }
    if set(units) != {engine.spec.left, engine.spec.right}:
        raise ArgumentError(
            argument=argument, value=text, reason="应是一个社区和一家企业 / must be a community and an enterprise"
        )
    return units[engine.spec.left], units[engine.spec.right]


@dataclass(frozen=True)
class _Plan:
    """A plan in the making; `places` are how many partners each unit may take."""

    engine: Engine
    must: frozenset[Pair]
    forbid: frozenset[Pair]
    places: tuple[FloatArray, FloatArray]

    def make(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return the chosen pairs and all scored ones; what stays uncovered is given every possible partner once more."""
        sides = self.engine.sides
        scored = self._score(chain(candidate_blocks(sides), self._must_keys()))
        self._check_must(scored)
        chosen = self._assign(scored)
        bare = np.setdiff1d(np.flatnonzero(self.places[0] > 0), sides.left.place(chosen["left"]))
        if len(bare) and len(sides.right) > NEAREST:
            scored = pl.concat([scored, self._score(all_pairs(sides, bare))]).unique()
            chosen = self._assign(scored)
        return chosen, scored

    def _must_keys(self) -> Iterator[IntArray]:
        left, right = self.engine.sides.left.places, self.engine.sides.right.places
        yield np.array(sorted(left[a] * len(right) + right[b] for a, b in self.must), dtype=np.int64)

    def _score(self, blocks: Iterator[IntArray]) -> pl.DataFrame:
        sides = self.engine.sides
        found: Scored = self.engine.score(blocks, Limits(forbidden=self.forbid - self.must))
        units = {
            "left": sides.left.units["id"].gather(found.left),
            "right": sides.right.units["id"].gather(found.right),
        }
        return pl.DataFrame(units | {"score": found.score})

    def _check_must(self, scored: pl.DataFrame) -> None:
        """Refuse a demanded pair that a rule excludes, with the rule's sentence."""
        left, right = self.engine.sides.left, self.engine.sides.right
        for pair in sorted(self.must & self.forbid):
            raise ArgumentError(
                argument="must", value="|".join(pair), reason="同时要求又禁止 / is both demanded and forbidden"
            )
        demanded = scored.filter(pl.col("left").is_in([a for a, _ in self.must])).select("left", "right")
        for a, b in sorted(self.must - set(demanded.iter_rows())):
            against = self.engine.explainer.rule_against(left.places[a], right.places[b], Limits())
            if against is not None:
                raise ArgumentError(
                    argument="must", value=f"{a}|{b}", reason=f"{against['text']} / {against['text_en']}"
                )

    def _assign(self, scored: pl.DataFrame) -> pl.DataFrame:
        sides = self.engine.sides
        room = [
            pl.DataFrame({"id": side.ids, "capacity": places.astype(np.int64)}, schema_overrides={"id": pl.String})
            for side, places in zip((sides.left, sides.right), self.places, strict=True)
        ]
        return assign(scored, room[0], room[1], must=self.must, forbid=self.forbid)

    def rows(self, chosen: pl.DataFrame) -> list[PlannedPair]:
        """Return the rows of the answer, by community."""
        sides = self.engine.sides
        left, right = sides.left.place(chosen["left"]), sides.right.place(chosen["right"])
        reasons = self.engine.explainer.explain(left, right)
        names = (sides.left.units["name"].gather(left), sides.right.units["name"].gather(right))
        columns = (chosen["left"], names[0], chosen["right"], names[1], chosen["score"], reasons)
        return [PlannedPair(*row) for row in zip(*columns, strict=True)]

    def uncovered(self, chosen: pl.DataFrame, scored: pl.DataFrame, existing: FloatArray) -> list[dict[str, Any]]:
        """Return the communities without a partner, and why."""
        side = self.engine.sides.left
        covered = set(chosen["left"])
        bare = [i for i, unit in enumerate(side.ids) if unit not in covered and existing[i] == 0]
        wished = scored.filter(pl.col("left").is_in([side.ids[i] for i in bare])).sort(
            ["left", "score", "right"], descending=[False, True, False]
        )
        best = {unit[0]: frame["right"].to_list() for unit, frame in wished.partition_by("left", as_dict=True).items()}
        return [self._tell_bare(side, i, best.get(side.ids[i], []), chosen) for i in bare]

    def _tell_bare(self, side: Side, place: int, wished: list[str], chosen: pl.DataFrame) -> dict[str, Any]:
        """Return why one community stays without a partner: no place of its own, nobody to pair with, or who holds the places."""
        if self.places[0][place] == 0:
            zh, en = "名额为零", "it has no place for a partner"
        elif not wished:
            zh, en = (
                "没有可结对的企业：均已有履行中的协议或被规则排除",
                "nobody to pair with: every enterprise has an agreement with it in force or is excluded by a rule",
            )
        else:
            rights = self.engine.sides.right
            held = [rights.units["name"][rights.places[unit]] for unit in wished[:MOST_HOLDERS]]
            holders = chosen.filter(pl.col("right").is_in(wished[:MOST_HOLDERS]))["left"].unique().sort().to_list()
            names = [side.units["name"][side.places[unit]] for unit in holders[:MOST_HOLDERS]]
            by = (f"（由{'、'.join(names)}占用）", f" (held by {', '.join(names)})") if names else ("", "")
            zh, en = (
                f"企业名额不足：{'、'.join(held)}等的名额已满{by[0]}",
                f"too few places: those of {', '.join(held)} and others are taken{by[1]}",
            )
        return {"unit_id": side.ids[place], "unit": side.units["name"][place], "why": Sentence(zh, en)}


def _picture(engine: Engine, rows: Sequence[PlannedPair]) -> dict[str, Any]:
    ends = {(row.left_id, engine.spec.left, row.left) for row in rows} | {
        (row.right_id, engine.spec.right, row.right) for row in rows
    }
    entities = [{"id": unit, "label": label, "name": name} for unit, label, name in sorted(ends)]
    return {
        "entities": entities,
        "relations": [{"source": row.left_id, "target": row.right_id, "type": "建议结对"} for row in rows],
    }
