"""Who goes without: communities left out by a greedy choice, by the largest total alone, and by ours, as fewer enterprises take part.

Every community of a generated land names its five best partners and takes up to two, an enterprise takes one; the fewest that must go
without are those that a maximum matching leaves out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import sparse
from scipy.sparse.csgraph import maximum_bipartite_matching

from benchmarks.land import SIZES, make_facts
from benchmarks.measure import Board
from queries.matching.blocks import best_partners
from queries.matching.plans.assignment import assign, assign_by
from queries.matching.plans.flow import solve
from queries.matching.sides import make_sides
from queries.matching.weights import load_weights
from queries.pairing.specs import ENTERPRISE_COMMUNITY

PARTICIPATION = (1.0, 0.5, 0.3)
NAMED, TAKES = 5, 2  # partners that a community would take, and how many of them


@dataclass(frozen=True)
class LeftOut:
    """How many communities each way of choosing leaves out, and how many must go without whoever chooses."""

    communities: int
    greedy: int
    score_only: int
    ours: int
    fewest: int


def count_left_out(pairs: pl.DataFrame, participation: float, seed: int = 0) -> LeftOut:
    """Return who goes without when only some of the right units take part; `pairs` has left, right, score, everybody's wishes."""
    everybody, firms = pairs["left"].unique().sort(), pairs["right"].unique().sort()
    taking = np.random.default_rng(seed).random(len(firms)) < participation
    open_ = pairs.filter(pl.col("right").is_in(firms.filter(pl.Series(taking)).implode()))
    places = (_places(everybody, TAKES), _places(firms, 1))
    plans = (choose_greedily(open_), assign_by(solve, open_, places, coverage_first=False), assign(open_, *places))
    greedy, score_only, ours = (len(everybody) - plan["left"].n_unique() for plan in plans)
    return LeftOut(len(everybody), greedy, score_only, ours, fewest=len(everybody) - match_most(open_))


def _places(ids: pl.Series, capacity: int) -> pl.DataFrame:
    return pl.DataFrame({"id": ids, "capacity": np.full(len(ids), capacity, dtype=np.int64)})


def choose_greedily(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs that come of taking the best pair, again and again, of those whose units both have a place."""
    taken: list[tuple[str, str, float]] = []
    lefts: Counter[str] = Counter()
    rights: set[str] = set()
    for left, right, score in pairs.sort(["score", "left", "right"], descending=[True, False, False]).iter_rows():
        if lefts[left] < TAKES and right not in rights:
            taken.append((left, right, score))
            lefts[left] += 1
            rights.add(right)
    return pl.DataFrame(taken, schema=pairs.schema, orient="row")


def match_most(pairs: pl.DataFrame) -> int:
    """Return how many left units can have a partner at once (Hopcroft and Karp)."""
    left, right = (pairs[side].rank("dense").cast(pl.Int64).to_numpy() - 1 for side in ("left", "right"))
    if not pairs.height:
        return 0
    table = sparse.csr_array((np.ones(len(left)), (left, right)))
    return int((maximum_bipartite_matching(table, perm_type="column") >= 0).sum())


def name_best(size: str, most: int = NAMED) -> pl.DataFrame:
    """Return the best partners of every community of a generated land: left, right, score."""
    sides = make_sides(make_facts(*SIZES[size]), (ENTERPRISE_COMMUNITY.left, ENTERPRISE_COMMUNITY.right), lambda n: n)
    best = best_partners(ENTERPRISE_COMMUNITY, load_weights(), sides, most)
    ends = (side.units["id"].gather(place) for side, place in ((sides.left, best.left), (sides.right, best.right)))
    return pl.DataFrame(dict(zip(("left", "right"), ends, strict=True)) | {"score": best.score})


def add_fairness(size: str, board: Board) -> None:
    """Add the lines of the table."""
    pairs = name_best(size)
    for share in PARTICIPATION:
        found = count_left_out(pairs, share)
        board.add(
            f"left out of {found.communities:,} at {share:.0%} taking part",
            f"greedy {found.greedy}, largest total {found.score_only}, ours {found.ours}",
            f"the fewest, {found.fewest}",
            found.ours == found.fewest,
        )
