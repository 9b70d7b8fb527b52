"""Planted preferences: how near the pairing comes to what is true of a generated district, and whether choices teach the weights.

The district is planned, written down by its office in workbooks, loaded, and read as any other. The oracle is the utility by which
the district was planned (`loaders.district.plan.preferences`), which the workbooks do not state. Then weights unlike those in use are
planted over the signals as measured, every community chooses by them with Gumbel noise (the conditional logit's own), and the weights
are learned from these choices, starting from equal ones.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from scipy.stats import rankdata, spearmanr

from benchmarks.measure import Board
from graph.connect import connect
from graph.settings import Settings
from loaders.district import generate_workbooks
from loaders.district.plan import plan_district, preferences
from loaders.district.planned import Sizes
from loaders.intake import LoadOptions
from loaders.loading import load_paths
from queries.matching.arrays import BoolArray, FloatArray, IntArray
from queries.matching.pairs import pairs_of_keys
from queries.matching.score import measure
from queries.pairing.engine import Engine, open_engine
from queries.pairing.learning.choice_model import Choices, learn
from queries.pairing.learning.evaluation import Interval, interval, ndcg
from queries.pairing.specs import ENTERPRISE_COMMUNITY
from queries.reading.scope import Scope

COMMUNITIES, ENTERPRISES, MEMBERS = 120, 60, 4_000
SEEDS = (1, 2, 3)
DEALS = 10  # of weights in each district
EACH = 5  # partners that every community chooses
STEEPNESS = 40.0  # a pair that scores 0.1 more is e⁴ times as likely
GOAL = 0.9
RIDGE = 0.1


@dataclass(frozen=True)
class District:
    """All pairs of a generated district: signals as measured, and what each pair is truly worth; ascending by chooser."""

    engine: Engine
    values: FloatArray  # pairs × signals
    truth: FloatArray
    chooser: IntArray
    target: IntArray


@dataclass(frozen=True)
class Lesson:
    """What choices by planted weights taught: nDCG@10 of every way to rank, and the rank correlation of weights of signals that vary."""

    gains: dict[str, FloatArray]
    correlation: float


def load_district(
    seed: int, communities: int = COMMUNITIES, enterprises: int = ENTERPRISES, members: int = MEMBERS
) -> District:
    """Generate a district, load it, and measure every pair."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = {"communities": communities, "enterprises": enterprises, "members": members}
        as_of = generate_workbooks(folder / "workbooks", seed=seed, dirt=0.3, headings=False, **size)["as_of"]
        settings = Settings(workspace=folder / "workspace", key_file=folder / "key")
        options = LoadOptions(as_of=date.fromisoformat(as_of))
        load_paths(settings.workspace, [folder / "workbooks"], options=options, settings=settings)
        with connect(settings) as graph:
            engine = open_engine(graph, Scope("benchmark", "analyst"), ENTERPRISE_COMMUNITY)
    sides = engine.sides
    keys = np.arange(len(sides.left) * len(sides.right))
    pairs = pairs_of_keys(sides, keys)
    plan = plan_district(Sizes(enterprises, communities, members), seed)
    worth = np.array(preferences(plan.communities, plan.enterprises, plan.members))
    rows = {community.name: i for i, community in enumerate(plan.communities)}
    columns = {firm.name: j for j, firm in enumerate(plan.enterprises)}
    left = np.array([rows.get(name, -1) for name in sides.left.units["name"]])
    right = np.array([columns.get(name, -1) for name in sides.right.units["name"]])
    known = (left[pairs.left] >= 0) & (right[pairs.right] >= 0)
    truth = worth[left[pairs.left[known]], right[pairs.right[known]]]
    values, _ = measure(engine.spec, pairs)
    return District(engine, values.T[known], truth, pairs.left[known], pairs.right[known])


def rank_by_truth(district: District) -> dict[str, FloatArray]:
    """Return nDCG@10 for each community against what is truly best for it: ours, the nearest first, the most popular first."""
    names = [kind.name for kind in district.engine.spec.signals]
    use = np.array([district.engine.weights.by_signal[name] for name in names])
    ways = {
        "ours": district.values @ use,
        "nearest first": district.values[:, names.index("near")],
        "popularity first": popularity(district.target, choose(district, district.truth, seed=0)),
    }
    return {way: ndcg(district.truth, scores, district.chooser) for way, scores in ways.items()}


def teach(district: District, seed: int) -> Lesson:
    """Plant weights, let every community choose by them with noise, and learn them back."""
    names = [kind.name for kind in district.engine.spec.signals]
    planted = plant_weights(district, seed)
    utility = district.values @ planted
    chosen = choose(district, utility, seed)
    learned = learn(
        Choices(district.values, district.chooser, chosen), np.full(len(names), 1 / len(names)), RIDGE
    ).weights
    ways = {
        "learned": district.values @ learned,
        "in use": district.values @ np.array([district.engine.weights.by_signal[name] for name in names]),
        "nearest first": district.values[:, names.index("near")],
        "popularity first": popularity(district.target, chosen),
    }
    gains = {way: ndcg(utility, scores, district.chooser) for way, scores in ways.items()}
    varies = district.values.std(axis=0) > 0  # of a signal that is the same for every pair no choice says anything
    return Lesson(gains, float(spearmanr(planted[varies], learned[varies]).statistic))


def plant_weights(district: District, seed: int) -> FloatArray:
    """Return the weights in use, dealt anew among the signals."""
    use = np.array([district.engine.weights.by_signal[kind.name] for kind in district.engine.spec.signals])
    return np.random.default_rng(seed).permutation(use)


def choose(district: District, utility: FloatArray, seed: int, each: int = EACH) -> BoolArray:
    """Return which pairs are chosen: of every community the `each` of the largest utility · steepness + Gumbel noise."""
    noisy = STEEPNESS * utility + np.random.default_rng(seed).gumbel(size=len(utility))
    place = np.concatenate([rankdata(-part) for part in np.split(noisy, np.flatnonzero(np.diff(district.chooser)) + 1)])
    return np.asarray(place <= each, dtype=np.bool_)


def popularity(target: IntArray, chosen: BoolArray) -> FloatArray:
    """Return how often each pair's target was chosen."""
    return np.bincount(target, weights=chosen).astype(np.float64)[target]


def add_planted(board: Board, seeds: tuple[int, ...] = SEEDS) -> None:
    """Add the lines of the planted districts."""
    districts = [load_district(seed) for seed in seeds]
    found = [rank_by_truth(district) for district in districts]
    board.add(f"{len(seeds)} planted districts, nDCG@10 by the planned utility", f"{COMMUNITIES} × {ENTERPRISES} each")
    _add_ways(board, found, "ours")
    lessons = [[teach(district, deal) for deal in range(DEALS)] for district in districts]
    board.add(f"nDCG@10 by weights dealt anew, {DEALS} times a district", f"{EACH} noisy choices a community")
    _add_ways(board, [lesson.gains for part in lessons for lesson in part], "learned", DEALS)
    figures = np.array([lesson.correlation for part in lessons for lesson in part])
    found_again = interval(figures, np.arange(len(figures)))
    figure = f"{found_again}, lowest {figures.min():.3f}"
    board.add("  rank correlation of the weights", figure, f"≥ {GOAL}", found_again.mean >= GOAL)


def _add_ways(board: Board, found: list[dict[str, FloatArray]], own: str, deals: int = 1) -> None:
    """Add every way's nDCG with its interval over communities, and how far ours is before the simple ones."""
    values = {way: np.concatenate([one[way] for one in found]) for way in found[0]}
    cluster = np.concatenate([np.arange(len(one[own])) + COMMUNITIES * (n // deals) for n, one in enumerate(found)])
    for way, each in values.items():
        reached = interval(each, cluster)
        goal = (f"≥ {GOAL}", reached.mean >= GOAL) if way == own else ("", None)
        board.add(f"  {way}", str(reached), *goal)
    for rival in ("nearest first", "popularity first"):
        gain: Interval = interval(values[own] - values[rival], cluster)
        board.add(f"  {own} over {rival}", f"paired {gain}", "low > 0", gain.low > 0)
