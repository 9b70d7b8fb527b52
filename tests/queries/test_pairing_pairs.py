"""Pairs in runs, how far apart their units are, and what is worth keeping of them: by the plain rule, in every form."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from math import asin, cos, pi, radians, sin, sqrt

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.land import make_facts
from queries.matching import kernels
from queries.matching.arrays import PairTable, sphere_points
from queries.matching.distance import EARTH_KM, NEARBY, distance_km, nearness, square_arcs
from queries.matching.kernels import Terms
from queries.matching.pairs import Pairs, list_pairs, pairs_of_keys
from queries.matching.score import Keep, score_pairs
from queries.matching.sides import Sides, make_sides
from queries.matching.weights import Weights, load_weights
from queries.pairing.signals import near
from queries.pairing.specs import ENTERPRISE_COMMUNITY

LEFTS, RIGHTS = 12, 30


@cache
def sides() -> Sides:
    facts = make_facts(LEFTS, RIGHTS)
    nth = pl.int_range(pl.len())
    lon = pl.when(nth % 7 == 0).then(None).when(nth % 3 == 0).then((nth * 37) % 360 - 180.0).otherwise("lon")
    lat = pl.when(nth % 3 == 0).then((nth * 23) % 180 - 90.0).otherwise("lat")  # some all over the world
    units = facts.units.with_columns(lon.alias("lon"), lat.alias("lat"))
    return make_sides(replace(facts, units=units), ("Community", "Enterprise"), lambda n: n)


@cache
def weigh_evenly() -> Weights:
    """Weights by which many pairs score the same."""
    weights = load_weights(ENTERPRISE_COMMUNITY.weights)
    return replace(weights, by_signal=dict.fromkeys(weights.by_signal, 0.0) | {"needs_met": 0.5, "skills": 0.5})


KEYS = st.lists(st.integers(0, LEFTS * RIGHTS - 1), unique=True, max_size=150).map(
    lambda keys: np.array(sorted(keys), dtype=np.int64)
)
EVERY_PAIR = np.arange(LEFTS * RIGHTS)


def has_runs(pairs: Pairs) -> bool:
    """Return whether left units ascend, and the right units of each run."""
    runs = [pairs.right[a:b] for a, b in zip(pairs.edges[:-1], pairs.edges[1:], strict=True)]
    return bool((np.diff(pairs.lefts) > 0).all()) and all((np.diff(run) > 0).all() for run in runs)


@given(KEYS | st.just(EVERY_PAIR), st.sets(st.integers(0, LEFTS * RIGHTS - 1), max_size=40), st.data())
@settings(deadline=None)
def test_pairs_are_what_their_keys_say_whole_thinned_and_in_parts(
    keys: np.ndarray, others: set[int], data: st.DataObject
) -> None:
    pairs = pairs_of_keys(sides(), keys)
    assert pairs.keys.tolist() == keys.tolist() == (pairs.left * RIGHTS + pairs.right).tolist()
    table = PairTable(np.array(sorted(others), dtype=np.int64), np.array(sorted(others)) + 0.5)
    assert pairs.are_in(table).tolist() == [key in others for key in keys.tolist()]
    assert pairs.spread(table).tolist() == [key + 0.5 if key in others else 0.0 for key in keys.tolist()]
    rest = pairs.without(pairs.are_in(table))
    assert rest.keys.tolist() == [key for key in keys.tolist() if key not in others]
    assert rest.are_in(table).sum() == 0
    cut = data.draw(st.integers(0, len(rest.lefts)))
    parts = [rest.part(0, cut), rest.part(cut, len(rest.lefts))]
    assert np.concatenate([part.keys for part in parts]).tolist() == rest.keys.tolist()
    assert all(has_runs(one) for one in (pairs, rest, *parts))


def great_circle_km(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the distance by the haversine formula."""
    half = (
        sin(radians(other_lat - lat) / 2) ** 2
        + cos(radians(lat)) * cos(radians(other_lat)) * sin(radians(other_lon - lon) / 2) ** 2
    )
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180), st.floats(-90, 90))
@settings(deadline=None)
def test_distances_are_those_of_the_haversine_formula(a: float, b: float, c: float, d: float) -> None:
    points = sphere_points(np.array([a, c]), np.array([b, d]))
    found = float(distance_km(points[:1], points[1:])[0])
    assert found == pytest.approx(great_circle_km(a, b, c, d), rel=1e-7, abs=1e-3)


def test_the_series_is_the_arc_from_nothing_to_the_other_end_of_the_world() -> None:
    squares = np.concatenate([np.logspace(-20, np.log10(4), 2_000), [NEARBY, np.nextafter(NEARBY, 1), 3.999, 4.0]])
    arcs = square_arcs(squares)
    assert arcs == pytest.approx((2 * np.arcsin(np.minimum(np.sqrt(squares) / 2, 1))) ** 2, rel=1e-12)
    assert arcs[-1] == pytest.approx(pi**2, rel=1e-12)
    assert square_arcs(np.array([0.0])).tolist() == [0.0]
    assert nearness(0.0) == 1.0
    assert np.isnan(square_arcs(np.array([np.nan, 1.0]))).tolist() == [True, False]


@pytest.mark.drill
def test_far_near_and_nowhere_give_the_same_bytes_compiled_or_not() -> None:
    pytest.importorskip("numba")
    pairs = pairs_of_keys(sides(), EVERY_PAIR)
    measured = near.measure(pairs)
    gap = sides().left.points[pairs.left] - sides().right.points[pairs.right]
    assert 0 < ((gap**2).sum(axis=1) > NEARBY).sum() < measured.known.sum() < len(pairs), "all three kinds are there"
    only = replace(ENTERPRISE_COMMUNITY, signals=(near,), opposites=())
    weights = replace(load_weights(ENTERPRISE_COMMUNITY.weights), by_signal={"near": 1.0})
    found = []
    for form in ("numpy", "numba"):
        with kernels.use(form):
            found.append(score_pairs(only, weights, pairs))
    assert found[0].score.tobytes() == found[1].score.tobytes()
    assert found[0].confidence.tobytes() == found[1].confidence.tobytes()
    assert found[0].score == pytest.approx(np.where(measured.known, measured.values, near.prior), abs=1e-9)


@given(KEYS | st.just(EVERY_PAIR), st.integers(1, RIGHTS + 1), st.booleans(), st.booleans())
@settings(max_examples=15, deadline=None)
def test_what_is_kept_are_the_best_of_each_unit_in_every_form(
    keys: np.ndarray, most: int, spread: bool, even: bool
) -> None:
    weights = weigh_evenly() if even else load_weights(ENTERPRISE_COMMUNITY.weights)
    pairs, keep = pairs_of_keys(sides(), keys), Keep(most, RIGHTS if spread else 0)
    every = score_pairs(ENTERPRISE_COMMUNITY, weights, pairs)
    expected = []
    for left in pairs.lefts.tolist():
        own = np.flatnonzero(every.left == left).tolist()
        turn = {i: (every.right[i] - left) % RIGHTS if spread else every.right[i] for i in own}
        expected += sorted(sorted(own, key=lambda i: (-every.score[i], turn[i]))[:most])
    wanted = every.take(np.array(expected, dtype=np.int64))
    for form in ["numpy", *(["numba"] if kernels.is_compiled_there() else [])]:
        with kernels.use(form):
            for found in (score_pairs(ENTERPRISE_COMMUNITY, weights, pairs, keep), keep.thin_out(every)):
                for name in ("left", "right", "score", "confidence"):
                    assert getattr(found, name).tobytes() == getattr(wanted, name).tobytes(), (form, name)


def test_a_signal_of_weight_zero_or_left_out_counts_nothing_in_the_compiled_pass() -> None:
    pytest.importorskip("numba")
    pairs = list_pairs(sides(), np.repeat(np.arange(LEFTS), RIGHTS), np.tile(np.arange(RIGHTS), LEFTS))
    with kernels.use("numba") as form:
        assert form.one_pass is not None
        nothing = Terms(np.zeros(8), np.zeros(8), np.zeros(8, dtype=np.int64))
        tables = sides().pass_tables
        assert tables is not None
        found = form.one_pass.best((pairs.lefts, pairs.edges, pairs.right), tables, nothing, (3, 0))
    assert found.score.tolist() == [0.0] * 3 * LEFTS
    assert found.known.tolist() == [0] * 3 * LEFTS
    assert found.right.tolist() == [0, 1, 2] * LEFTS
