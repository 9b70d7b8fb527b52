"""The eight signals of enterprise and community: one function each, in [0, 1], higher is better.

Each depends only on the two units of a pair (and, for idf, on the needs of all communities), so a unit that comes or goes
changes nobody else's score. `prior` is what a pair gets of which nothing is known.
"""

from __future__ import annotations

from math import ceil, floor, inf, sqrt

import numpy as np

from queries.matching import kernels
from queries.matching.arrays import IntArray
from queries.matching.asks import Asks
from queries.matching.distance import HALF_NEAR_KM, nearness, square_arcs
from queries.matching.kernels.contract import ADDED
from queries.matching.pairs import Pairs
from queries.matching.sides import HALF_MEMBERS
from queries.matching.signal import Signal, known_values, signal
from queries.pairing import reasons

PRIOR = {
    "needs_met": 0.25, "needs_met_other_way": 0.25, "skills": 0.25, "sector_fit": 0.3, "members_living_there": 0.1,
    "close_in_graph": 0.1, "track_record": 0.5, "near": 0.3,
}  # fmt: skip


def wish_members(value: float) -> tuple[str, str]:
    """Return how many members would have to live there."""
    members = ceil(round(HALF_MEMBERS * value / (1 - value), 6)) if value < 1 else inf
    return f"住在该社区的党员达到 {members} 名", f"{members} members lived there"


def wish_distance(value: float) -> tuple[str, str]:
    """Return how near the two would have to be."""
    km = floor(10 * HALF_NEAR_KM * sqrt(1 / value - 1)) / 10
    return f"相距不超过 {km:.1f} 公里", f"the two were no more than {km:.1f} km apart"


@signal(
    zh="满足需求",
    en="needs met",
    because=reasons.tell_needs,
    missing=("没有可比的需求或资源清单，按一般水平计", "no list of needs or offers to compare; the usual level counts"),
)
def needs_met(pairs: Pairs) -> Signal:
    """Σ idf·urgency·availability over the needs that the right unit offers ÷ Σ idf·urgency over the left unit's needs."""
    return _met(pairs.sides.asks, pairs.left, pairs.right, PRIOR["needs_met"])


@signal(
    zh="党员居住",
    en="members living there",
    because=reasons.tell_members,
    wish=wish_members,
    missing=(
        "没有该企业党员的居住登记，按一般水平计",
        "no homes of the enterprise's members on record; the usual level counts",
    ),
)
def members_living_there(pairs: Pairs) -> Signal:
    """r ÷ (r + 10), r the members of the enterprise who live in the community, as the asker may see it."""
    sides = pairs.sides
    return Signal(pairs.spread(sides.members_share), sides.has_homes[pairs.right], PRIOR["members_living_there"])


@signal(
    zh="离得近",
    en="near",
    because=reasons.tell_distance,
    wish=wish_distance,
    missing=("缺少一方的位置，按一般水平计", "a position is missing; the usual level counts"),
)
def near(pairs: Pairs) -> Signal:
    """1 ÷ (1 + (d ÷ 5 km)²), d the great-circle distance; unknown where either unit has no position."""
    sides = pairs.sides
    chords = kernels.current().square_chords((pairs.left, pairs.right), (sides.left.points, sides.right.points))
    return known_values(nearness(square_arcs(chords)), PRIOR["near"])


@signal(
    zh="党员特长",
    en="skills",
    because=reasons.tell_skills,
    missing=("没有可比的党员特长或需求，按一般水平计", "no skills or needs to compare; the usual level counts"),
)
def skills(pairs: Pairs) -> Signal:
    """Mean over the community's needs of 1 − Π(1 − p), p the chance that a skilled member of the enterprise helps with it."""
    sides = pairs.sides
    met = sides.asks.needs.weigh(sides.helpers, pairs.left, pairs.right, even=True)
    return Signal(met, np.isfinite(met) & sides.has_skills[pairs.right], PRIOR["skills"])


@signal(
    zh="合作记录",
    en="track record",
    because=reasons.tell_record,
    missing=("没有已评价的协议，按一般水平计", "no rated agreement; the usual level counts"),
)
def track_record(pairs: Pairs) -> Signal:
    """Beta mean (1 + Σ w·rating) ÷ (2 + Σ w) of the enterprise's agreements, w half after three years; those with others count half."""
    sides = pairs.sides
    return known_values(pairs.spread(sides.own_record, sides.record[pairs.right]), PRIOR["track_record"])


@signal(
    zh="反向满足需求",
    en="needs met, the other way",
    because=reasons.tell_needs_back,
    missing=(
        "企业没有提出需求或社区没有报送资源，按一般水平计",
        "the enterprise states no needs or the community no offers; the usual level counts",
    ),
)
def needs_met_other_way(pairs: Pairs) -> Signal:
    """As `needs_met`, sides swapped."""
    return _met(pairs.sides.asks_back, pairs.right, pairs.left, PRIOR["needs_met_other_way"])


@signal(
    zh="已有往来",
    en="close in the graph",
    because=reasons.tell_shared,
    missing=("没有活动或场地使用记录，按一般水平计", "no activities or uses on record; the usual level counts"),
)
def close_in_graph(pairs: Pairs) -> Signal:
    """x ÷ (x + 1), x Adamic-Adar's Σ 1 ÷ ln(1 + units) over joint activities and resources (Adamic and Adar 2003)."""
    left, right = pairs.sides.has_shared
    return Signal(
        pairs.spread(pairs.sides.closeness_share), left[pairs.left] & right[pairs.right], PRIOR["close_in_graph"]
    )


@signal(
    zh="行业与规模",
    en="sector and size fit",
    because=reasons.tell_sector,
    missing=("缺少一方的党员数，按一般水平计", "a number of Party members is missing; the usual level counts"),
)
def sector_fit(pairs: Pairs) -> Signal:
    """(½ + ½·share of needs the sector is at home in) · √(smaller ÷ larger Party membership) ÷ (1 + agreements in force)."""
    sides = pairs.sides
    home = sides.asks.needs.weigh(sides.sectors, pairs.left, pairs.right, even=True)
    home = 0.5 + 0.5 * np.fmax(home, 0, out=home)  # without needs no sector is at home
    first, second = sides.size_roots[0][pairs.left], sides.size_roots[1][pairs.right]
    with np.errstate(invalid="ignore"):  # nobody on either side: unknown
        home *= np.minimum(first, second) / np.maximum(first, second)
    home *= sides.attention[pairs.right]
    return known_values(home, PRIOR["sector_fit"])


SIGNALS = (needs_met, members_living_there, near, skills, track_record, needs_met_other_way, close_in_graph, sector_fit)
# The place and prior of the signals that a compiled pass adds together, by the function that measures each.
TOGETHER = {kind.measure: (ADDED.index(kind.name), PRIOR[kind.name]) for kind in SIGNALS if kind.name in ADDED}


def _met(asks: Asks, asking: IntArray, giving: IntArray, prior: float) -> Signal:
    met = asks.needs.weigh(asks.offers, asking, giving)
    return Signal(met, np.isfinite(met) & asks.offering[giving], prior)
