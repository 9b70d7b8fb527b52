"""How far a unit looks for those who offer what it needs: just so far – not half as far, not twice."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from queries.matching import candidates
from queries.matching.blocks import best_partners
from queries.matching.candidates import NEAREST, NEAREST_PROVIDERS
from queries.matching.scale.rescore import Standing, stand
from queries.matching.sides import Sides, make_sides
from queries.matching.weights import load_weights
from queries.pairing.specs import ENTERPRISE_COMMUNITY
from queries.reading.facts import Facts, read_facts
from tests.queries.memory_graph import District

NEWCOMER = "ent:新厂"
FARTHEST = 1.0  # degrees of longitude from the community to the last of the nearest who offer what it needs
K = 3


@pytest.fixture(autouse=True)
def choose_even_among_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "EVERY_PAIR", 0)


def facts_with(newcomer: float | None = None) -> Facts:
    """A community at the end of a road: first many who offer nothing of use, then who does, the last of the nearest at FARTHEST.

    `newcomer` is how far away one more comes to be who offers what the community needs.
    """
    district = District()
    district.community("路口社区", 112.0, 34.6, needs=["法律援助"])
    for n in range(NEAREST + 20):
        district.enterprise(f"近厂{n:03}", 112.0 + (n + 1) / 10_000, 34.6, offers=["养蜂"])
    for n in range(NEAREST_PROVIDERS + 5):
        away = FARTHEST * (n + 1) / NEAREST_PROVIDERS
        district.enterprise(f"律所{n:02}", 112.0 + away, 34.6, offers=["法律援助"])
    if newcomer is not None:
        district.enterprise("新厂", 112.0 + newcomer, 34.6, offers=["法律援助"])
    return read_facts(district.graph())


def sides_of(facts: Facts) -> Sides:
    return make_sides(facts, ("Community", "Enterprise"), lambda n: n)


def standing() -> Standing:
    return stand(ENTERPRISE_COMMUNITY, load_weights(), sides_of(facts_with()), K)


def reached(stands: Standing, away: float) -> bool:
    """Tell whether the community is scored again when somebody who offers what it needs comes to be so far away."""
    after = sides_of(facts_with(away))
    now, scored = stands.rescore(after, {NEWCOMER})
    full = best_partners(ENTERPRISE_COMMUNITY, load_weights(), after, K)
    assert now.best.right.tobytes() == full.right.tobytes()
    assert now.best.score.tobytes() == full.score.tobytes()
    return scored.tolist() == [0]


@pytest.mark.parametrize(("away", "is_reached"), [(0.6, True), (0.98, True), (1.02, False), (1.9, False)])
def test_who_comes_within_reach_is_looked_at_and_who_stays_beyond_is_not(away: float, is_reached: bool) -> None:
    assert reached(standing(), away * FARTHEST) is is_reached


def test_the_reach_is_the_distance_to_the_last_of_the_nearest_who_offer_it() -> None:
    stands = standing()
    home, last = (
        side.points[side.places[unit]]
        for side, unit in (
            (stands.sides.left, "com:路口社区"),
            (stands.sides.right, f"ent:律所{NEAREST_PROVIDERS - 1:02}"),
        )
    )
    assert stands.provider_reach.tolist() == pytest.approx([float(np.linalg.norm(home - last))], rel=1e-9)
    assert stands.reach[0] < stands.provider_reach[0] / 10


@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_half_the_reach_and_twice_the_reach_would_show(factor: float) -> None:
    wrong = replace(standing(), provider_reach=standing().provider_reach * factor)
    found = [reached_plainly(wrong, away * FARTHEST) for away in (0.6, 0.98, 1.02, 1.9)]
    assert found != [True, True, False, False]


def reached_plainly(stands: Standing, away: float) -> bool:
    return stands.rescore(sides_of(facts_with(away)), {NEWCOMER})[1].tolist() == [0]


def test_the_reach_of_who_was_scored_again_is_the_new_one() -> None:
    after = sides_of(facts_with(0.5 * FARTHEST))
    now, _ = standing().rescore(after, {NEWCOMER})
    fresh = stand(ENTERPRISE_COMMUNITY, load_weights(), after, K)
    assert now.provider_reach.tolist() == fresh.provider_reach.tolist()
    assert now.provider_reach[0] < standing().provider_reach[0]
