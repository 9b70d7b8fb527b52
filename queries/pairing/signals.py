"""The signals of enterprise and community, and those that other pairings share: one function each, in [0, 1], higher is better.

Each depends only on the two units of a pair (and, for idf, on the needs of all communities), so a unit that comes or goes
changes nobody else's score. A pairing has those of them to which its file of weights gives a weight (`find_signals`).
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, floor, inf, sqrt
from pathlib import Path

import numpy as np

from graph.texts import Said
from queries.matching import kernels
from queries.matching.arrays import IntArray
from queries.matching.distance import HALF_NEAR_KM, nearness, square_arcs
from queries.matching.needs import Asks
from queries.matching.pairs import Pairs
from queries.matching.sides import HALF_MEMBERS, Sides
from queries.matching.signal import Signal, SignalKind, known_values, signal
from queries.matching.weights import load_weights
from queries.pairing import reasons

FOLDER = Path(__file__).parent  # of the files of weights that come with the product, one a pairing


def wish_members(_: Sides, __: int, ___: int, value: float) -> Said:
    """Return the sentence that says how many members would have to live in the community for the signal to reach `value`."""
    members = ceil(round(HALF_MEMBERS * value / (1 - value), 6)) if value < 1 else inf
    return Said(f"住在该社区的党员达到 {members} 名", f"{members} members lived there")


def wish_distance(_: Sides, __: int, ___: int, value: float) -> Said:
    """Return the sentence that says how near the two units would have to be for the signal to reach `value`."""
    km = floor(10 * HALF_NEAR_KM * sqrt(1 / value - 1)) / 10
    return Said(f"相距不超过 {km:.1f} 公里", f"the two were no more than {km:.1f} km apart")


@signal(
    zh="满足需求",
    en="needs met",
    because=reasons.tell_needs,
    wish=reasons.wish_needs,
    missing=reasons.tell_no_lists,
    formula="needs_met",
)
def needs_met(pairs: Pairs) -> Signal:
    """Return the weighted share of the left unit's needs that the right unit offers.

    Σ idf·urgency·availability over the needs offered ÷ Σ idf·urgency over all needs.
    """
    return _met(pairs.sides.asks, pairs.left, pairs.right)


@signal(
    zh="党员居住",
    en="members living there",
    because=reasons.tell_members,
    wish=wish_members,
    missing=Said(
        "没有该企业党员的居住登记，此项暂不计",
        "no homes of the enterprise's members on record; not counted for now",
    ),
    formula="members_living_there",
)
def members_living_there(pairs: Pairs) -> Signal:
    """Return a value that rises with the number of the enterprise's members who live in the community.

    r ÷ (r + 10), r being that number as the asker may see it.
    """
    sides = pairs.sides
    return Signal(pairs.spread(sides.members_share), sides.has_homes[pairs.right])


@signal(
    zh="离得近",
    en="near",
    because=reasons.tell_distance,
    wish=wish_distance,
    missing=Said("缺少一方的位置，此项暂不计", "a position is missing; not counted for now"),
    formula="near",
)
def near(pairs: Pairs) -> Signal:
    """Return a value that falls with the distance between the two units; unknown where either has no position.

    1 ÷ (1 + (d ÷ 5 km)²), d the great-circle distance.
    """
    sides = pairs.sides
    chords = kernels.current().square_chords((pairs.left, pairs.right), (sides.left.points, sides.right.points))
    return known_values(nearness(square_arcs(chords)))


@signal(
    zh="党员特长",
    en="skills",
    because=reasons.tell_skills,
    missing=Said("没有可比的党员特长或需求，此项暂不计", "no skills or needs to compare; not counted for now"),
    formula="skills",
)
def skills(pairs: Pairs) -> Signal:
    """Return the mean chance that some skilled member of the enterprise helps with a need of the community.

    Mean over the needs of 1 − Π(1 − p), p the chance that one skilled member helps.
    """
    sides = pairs.sides
    met = sides.asks.needs.weigh(sides.helpers, pairs.left, pairs.right, even=True)
    return Signal(met, np.isfinite(met) & sides.has_skills[pairs.right])


@signal(
    zh="合作记录",
    en="track record",
    prior=0.5,
    because=reasons.tell_record,
    missing=Said("没有已评价的协议，按中间水平计", "no rated agreement; the middle counts"),
    formula="track_record",
)
def track_record(pairs: Pairs) -> Signal:
    """Return the mean rating of the enterprise's agreements; recent ones and those with this community count more.

    Beta mean (1 + Σ w·rating) ÷ (2 + Σ w), w half after three years; agreements with others count half.
    """
    sides = pairs.sides
    return known_values(pairs.spread(sides.own_record, sides.record[pairs.right]))


@signal(
    zh="反向满足需求",
    en="needs met, the other way",
    because=reasons.tell_needs_back,
    wish=reasons.wish_needs_back,
    missing=reasons.tell_no_lists_back,
    formula="needs_met_other_way",
)
def needs_met_other_way(pairs: Pairs) -> Signal:
    """Return the weighted share of the right unit's needs that the left unit offers.

    As `needs_met`, with the sides swapped.
    """
    return _met(pairs.sides.asks_back, pairs.right, pairs.left)


@signal(
    zh="已有往来",
    en="close in the graph",
    because=reasons.tell_shared,
    missing=Said("没有活动或场地使用记录，此项暂不计", "no activities or uses on record; not counted for now"),
    formula="close_in_graph",
)
def close_in_graph(pairs: Pairs) -> Signal:
    """Return a value that rises with the activities and resources that both units had to do with.

    x ÷ (x + 1), x Adamic-Adar's Σ 1 ÷ ln(1 + units) over these (Adamic and Adar 2003).
    """
    left, right = pairs.sides.has_shared
    return Signal(pairs.spread(pairs.sides.closeness_share), left[pairs.left] & right[pairs.right])


@signal(
    zh="行业与规模",
    en="sector and size fit",
    because=reasons.tell_sector,
    missing=Said("缺少一方的党员数，此项暂不计", "a number of Party members is missing; not counted for now"),
    formula="sector_fit",
)
def sector_fit(pairs: Pairs) -> Signal:
    """Return how well the enterprise suits the community by line of business, size and number of agreements in force.

    (½ + ½·share of needs the sector is at home in) · √(smaller ÷ larger Party membership) ÷ (1 + agreements in force).
    """
    sides = pairs.sides
    home = sides.asks.needs.weigh(sides.sectors, pairs.left, pairs.right, even=True)
    home = 0.5 + 0.5 * np.fmax(home, 0, out=home)  # without needs no sector is at home
    first, second = sides.size_roots[0][pairs.left], sides.size_roots[1][pairs.right]
    with np.errstate(invalid="ignore"):  # nobody on either side: unknown
        home *= np.minimum(first, second) / np.maximum(first, second)
    home *= sides.attention[pairs.right]
    return known_values(home)


def _met(asks: Asks, asking: IntArray, giving: IntArray) -> Signal:
    met = asks.needs.weigh(asks.offers, asking, giving)
    return Signal(met, np.isfinite(met) & asks.offering[giving])


def find_signals(weights: Path, own: Mapping[str, object] | None = None) -> tuple[SignalKind, ...]:
    """Return the signals that a weights file names, from the pairing's `own` module if it defines them, else from this one."""
    known = {name: one for name, one in (globals() | dict(own or {})).items() if isinstance(one, SignalKind)}
    named = load_weights(weights).by_signal
    if missing := named.keys() - known.keys():
        raise ValueError(f"{weights.name}: no function with @signal is called {', '.join(sorted(missing))}")
    return tuple(known[name] for name in named)
