"""The pairing of one graph for one asker: its sides (made once per snapshot and scope), weights, scores and explanations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from graph.shown import Shown
from queries.matching.arrays import IntArray
from queries.matching.blocks import score_candidates
from queries.matching.pairs import Limits, Pairs
from queries.matching.score import Keep, Scored
from queries.matching.sides import Sides, make_sides
from queries.matching.signal import PairSpec
from queries.matching.weights import Weights, load_weights, weights_in_use
from queries.pairing.calibration import Calibration, calibrate
from queries.pairing.explain import Explainer
from queries.reading.facts import KEPT, Facts, Recent, snapshot_key
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph

MOST_A_LEFT = 600  # pairs; only where very many units share an address are there more

_RECENT: Recent[Sides] = Recent(2 * KEPT)


@dataclass(frozen=True)
class Engine:
    """One kind of pairing on one graph: its two sides, weights, rules and signals, and the methods that score and explain pairs."""

    spec: PairSpec
    weights: Weights
    sides: Sides
    files: Mapping[str, str]

    def score(self, blocks: Iterable[Pairs], limits: Limits, keep_all: bool = False) -> Scored:
        """Return the scores of candidate pairs that no rule excludes."""
        keep = None if keep_all else Keep(MOST_A_LEFT, len(self.sides.right))
        return score_candidates(self.spec, self.weights, self.sides, blocks, limits, keep)

    @cached_property
    def calibration(self) -> Calibration | None:
        """Return the conversion of scores into chances of acceptance; None where too little was decided."""
        return calibrate(self.spec, self.weights, self.sides)

    def chance(self, score: float) -> float | None:
        """Return the chance that a pair with this score is accepted; None where too little was decided."""
        return self.calibration.chance(score) if self.calibration else None

    def shown(self, left: IntArray, right: IntArray, rank: IntArray) -> Shown:
        """Return pairs of an answer as the entry for the log of recommendations that users were shown."""
        lefts, rights = self.sides.left.units["id"].gather(left), self.sides.right.units["id"].gather(right)
        return Shown(self.spec.name, self.weights.label, lefts.to_list(), rights.to_list(), rank.tolist())

    @property
    def explainer(self) -> Explainer:
        """Return the object that explains the scores of this engine's pairs."""
        return Explainer(self.spec, self.weights, self.sides, self.files)


def open_engine(graph: Graph, scope: Scope, spec: PairSpec) -> Engine:
    """Return the engine of a pairing on the graph's current snapshot, with members counted as the asker may see them."""
    key = (snapshot_key(graph), spec.name, spec.read, scope.key)
    return _with_weights(spec, _RECENT.get(key, partial(_read_sides, graph, scope, spec)), graph.files)


def make_engine(graph: Graph, scope: Scope, spec: PairSpec, facts: Facts) -> Engine:
    """Return the engine of a pairing on given facts, such as those of another period, in place of the graph's own."""
    return _with_weights(spec, make_sides(facts, (spec.left, spec.right), scope.count), graph.files)


def _with_weights(spec: PairSpec, sides: Sides, files: Mapping[str, str]) -> Engine:
    shipped = load_weights(spec.weights)
    shipped.check_signals(kind.name for kind in spec.signals)
    return Engine(spec, weights_in_use(sides.facts.weights, spec.name, shipped), sides, files)


def _read_sides(graph: Graph, scope: Scope, spec: PairSpec) -> Sides:
    return make_sides(spec.read(graph), (spec.left, spec.right), scope.count)
