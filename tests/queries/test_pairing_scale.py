"""Pairing at scale: compiled or not, in whatever blocks, threads and regions, anew or only where something changed – the same bytes."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache, partial
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.land import make_facts
from graph.errors import ArgumentError
from queries.matching import blocks, candidates, kernels
from queries.matching.blocks import best_partners
from queries.matching.scale import regions
from queries.matching.scale.pass_tables import make_tables
from queries.matching.scale.regions import Workers, connect_cluster, score_regions
from queries.matching.scale.rescore import stand
from queries.matching.score import Scored
from queries.matching.sides import Sides, make_sides
from queries.matching.weights import load_weights
from queries.pairing.specs import ENTERPRISE_COMMUNITY, find_spec
from queries.reading.facts import Facts

LABELS = ("Community", "Enterprise")
K = 5


@pytest.fixture(autouse=True)
def choose_even_among_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "EVERY_PAIR", 0)


@pytest.fixture(params=["numpy", "numba"])
def form(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "numba":
        pytest.importorskip("numba")
    with kernels.use(request.param):
        yield request.param


@cache
def some_facts(lefts: int = 120, rights: int = 700) -> Facts:
    """A land in which some units have no position, and some share an address with many others."""
    facts = make_facts(lefts, rights)
    nth = pl.int_range(pl.len())
    lon, lat = (
        pl.when(nth % 17 == 0).then(None).when(nth % 5 == 0).then(pl.col(c).round(1)).otherwise(pl.col(c)).alias(c)
        for c in ("lon", "lat")
    )
    return replace(facts, units=facts.units.with_columns(lon, lat))


def sides_of(facts: Facts) -> Sides:
    return make_sides(facts, LABELS, lambda n: n)


def best(sides: Sides) -> Scored:
    return best_partners(ENTERPRISE_COMMUNITY, load_weights(ENTERPRISE_COMMUNITY.weights), sides, K)


def bytes_of(scored: Scored) -> list[bytes]:
    return [getattr(scored, name).tobytes() for name in ("left", "right", "score", "confidence")]


@cache
def expected() -> list[bytes]:
    with kernels.use("numpy"):
        found = best(sides_of(some_facts()))
    assert len(found.left) == 120 * K
    return bytes_of(found)


def test_compiled_or_not_the_bytes_are_the_same(form: str) -> None:
    assert bytes_of(best(sides_of(some_facts()))) == expected()


def test_compiled_or_not_the_candidates_are_the_same(form: str) -> None:
    sides = sides_of(some_facts())
    found = np.concatenate([block.keys for block in candidates.candidate_blocks(sides)])
    with kernels.use("numpy"):
        assert found.tobytes() == np.concatenate([block.keys for block in candidates.candidate_blocks(sides)]).tobytes()


def test_a_supply_too_large_to_spread_out_gives_the_same_bytes(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("queries.matching.needs.SHARED_BYTES", 0)
    assert bytes_of(best(sides_of(some_facts()))) == expected()


def test_where_each_unit_supplies_something_else_the_bytes_are_the_same(
    form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sides = sides_of(some_facts(60, 6))  # with more kinds of supply than units, each unit is weighed and not each kind
    tables = make_tables(sides)
    assert tables is not None and tables.needs.amount.shape[1] > len(sides.right)
    found = best(sides)
    monkeypatch.setattr("queries.matching.needs.SHARED_BYTES", 0)  # no signals are added together
    with kernels.use("numpy"):
        assert bytes_of(found) == bytes_of(best(sides_of(some_facts(60, 6))))


def patchy_facts() -> Facts:
    """A land of which little is known: memberships missing, 0 or a slip below it; few needs, offers and joint activities."""
    facts, nth = some_facts(60, 400), pl.int_range(pl.len())
    members = pl.when(nth % 7 == 0).then(None).when(nth % 5 == 0).then(0).when(nth % 11 == 0).then(-3)
    few = {name: getattr(facts, name).gather_every(3) for name in ("needs", "offers", "homes", "skills", "shared")}
    units = facts.units.with_columns(members.otherwise("party_members").alias("party_members"))
    wants = facts.offers.gather_every(5).rename({"availability": "urgency"})  # enterprises need things, too
    gives = facts.needs.gather_every(4).rename({"urgency": "availability"})
    few["needs"] = pl.concat([few["needs"], wants.select(facts.needs.columns)]).sort("unit", "service")
    few["offers"] = pl.concat([few["offers"], gives.select(facts.offers.columns)]).sort("unit", "service")
    return replace(facts, units=units, **few)


def test_what_is_not_known_is_not_known_in_every_form(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = best(sides_of(patchy_facts()))
    assert len(set(found.confidence.tolist())) > 8, "pairs differ in what is known of them"
    monkeypatch.setattr("queries.matching.needs.SHARED_BYTES", 0)  # no signals are added together
    with kernels.use("numpy"):
        assert bytes_of(found) == bytes_of(best(sides_of(patchy_facts())))


def test_a_signal_that_a_pairing_has_under_two_names_counts_twice(form: str) -> None:
    twice = replace(ENTERPRISE_COMMUNITY.signals[0], name="again")
    spec = replace(ENTERPRISE_COMMUNITY, signals=(*ENTERPRISE_COMMUNITY.signals, twice))
    half = dict(load_weights(ENTERPRISE_COMMUNITY.weights).by_signal)
    half |= {"needs_met": half["needs_met"] / 2, "again": half["needs_met"] / 2}
    found = best_partners(
        spec, replace(load_weights(ENTERPRISE_COMMUNITY.weights), by_signal=half), sides_of(some_facts()), K
    )
    once = best(sides_of(some_facts()))
    assert found.right.tobytes() == once.right.tobytes()
    assert np.abs(found.score - once.score).max() < 2e-9


@pytest.mark.parametrize(("lefts", "pairs", "threads"), [(1, 1, 1), (7, 300, 3), (1000, 10**9, 2)])
def test_blocks_and_threads_change_no_byte(
    form: str, monkeypatch: pytest.MonkeyPatch, lefts: int, pairs: int, threads: int
) -> None:
    monkeypatch.setattr(candidates, "LEFTS_A_BLOCK", lefts)
    monkeypatch.setattr(blocks, "PAIRS_AT_ONCE", pairs)
    monkeypatch.setattr(blocks, "PAIRS_OF_A_BLOCK", pairs)
    monkeypatch.setattr(blocks, "WORKERS", threads)
    assert bytes_of(best(sides_of(some_facts()))) == expected()


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_rows_changes_no_byte(seed: int) -> None:
    facts = some_facts()
    frames = {
        name: f.sample(fraction=1, shuffle=True, seed=seed)
        for name, f in vars(facts).items()
        if isinstance(f, pl.DataFrame)
    }
    assert bytes_of(best(sides_of(replace(facts, **frames)))) == expected()


def test_memory_does_not_grow_with_the_number_of_units(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "WORKERS", 1)
    monkeypatch.setattr(candidates, "LEFTS_A_BLOCK", 20)

    def peak(lefts: int) -> int:
        sides = sides_of(some_facts(lefts, 700))
        best(sides)  # what is kept with the sides is made
        tracemalloc.start()
        best(sides)
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    kept = 4 * 8 * K  # bytes of a left unit's result; one number for each of its candidates takes ten times as many
    assert peak(960) - peak(120) < 840 * 3 * kept


# The kernels one by one, against the plainest code there is.


def points_on_a_grid(numbers: np.random.Generator, count: int, step: float) -> Any:
    lon, lat = (np.radians(30 + numbers.integers(0, 12, count) * step) for _ in range(2))
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    size=st.integers(1, 300),
    most=st.integers(1, 40),
    step=st.sampled_from([0.0, 1e-3, 1.0]),
)
@pytest.mark.parametrize("name", ["numpy", pytest.param("numba", marks=pytest.mark.drill)])
def test_the_nearest_are_exact_with_all_ties(name: str, seed: int, size: int, most: int, step: float) -> None:
    if name == "numba":
        pytest.importorskip("numba")
    numbers = np.random.default_rng(seed)
    points, asked = points_on_a_grid(numbers, size, step), points_on_a_grid(numbers, 9, step)
    row, place = kernels.load(name).nearest(points).find(asked, most)
    assert (np.diff(row) >= 0).all()
    for i, one in enumerate(asked):
        distance = np.sqrt(((points - one) ** 2).sum(axis=1))
        reach = np.sort(distance)[min(most, size) - 1] * (1 + 1e-9)
        assert sorted(place[row == i].tolist()) == np.flatnonzero(distance <= reach).tolist()


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10**6), most=st.integers(1, 12), lengths=st.lists(st.integers(1, 30), min_size=1, max_size=8)
)
@pytest.mark.parametrize("name", ["numpy", "numba"])
def test_the_best_of_each_run_are_kept_and_ties_go_by_turn(name: str, seed: int, most: int, lengths: list[int]) -> None:
    if name == "numba":
        pytest.importorskip("numba")
    numbers = np.random.default_rng(seed)
    start = np.cumsum([0, *lengths])
    values = numbers.integers(0, 4, start[-1]) / 4
    turn = np.concatenate([numbers.permutation(n) for n in lengths])
    kept = kernels.load(name).first(start, values, turn, most)
    plain: list[int] = []
    for begin, end in zip(start[:-1].tolist(), start[1:].tolist(), strict=True):
        plain += sorted(sorted(range(begin, end), key=lambda i: (-values[i], turn[i]))[:most])
    assert kept.tolist() == plain


def test_one_form_is_used_until_the_block_ends() -> None:
    before = kernels.current()
    with kernels.use("numpy") as plain:
        assert kernels.current() is plain
    assert kernels.current() is before


def test_numba_is_loaded_only_where_there_is_work_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba")
    monkeypatch.setattr(kernels, "_current", [kernels.load("numpy")])
    kernels.prepare(kernels.WORTH_LOADING - 1)
    assert kernels.current().name == "numpy"
    kernels.prepare(kernels.WORTH_LOADING)
    assert kernels.current().name == "numba"


# Regions.


def test_regions_over_threads_give_the_bytes_of_a_single_run() -> None:
    with ThreadPoolExecutor(3) as executor:
        found = score_regions(
            Workers(executor),
            partial(find_spec, "enterprise-community"),
            load_weights(ENTERPRISE_COMMUNITY.weights),
            sides_of(some_facts()),
            K,
            size=17,
        )
    assert bytes_of(found) == expected()


@pytest.mark.slow
@pytest.mark.drill
def test_two_worker_processes_of_a_cluster_give_the_bytes_of_a_single_run(monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    settings = {"host": "127.0.0.1", "dashboard_address": None, "worker_dashboard_address": None}
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, **settings) as cluster,
        connect_cluster(cluster.scheduler_address) as workers,
    ):
        found = score_regions(
            workers,
            partial(find_spec, "enterprise-community"),
            load_weights(ENTERPRISE_COMMUNITY.weights),
            sides_of(some_facts()),
            K,
            size=30,
        )
        assert len(set(workers.executor.map(worker_of, range(40)))) == 2
    monkeypatch.undo()  # the other processes know nothing of what this one changed
    assert bytes_of(found) == bytes_of(best(sides_of(some_facts())))


def worker_of(_: int) -> str:
    import time

    from distributed import get_worker

    time.sleep(0.01)
    return str(get_worker().address)


def test_without_dask_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regions, "find_module", lambda name: None)
    with pytest.raises(ArgumentError, match=r"shilian\[cluster\]"), connect_cluster("tcp://127.0.0.1:1"):
        pass


# Only what a change reaches is scored again.

Change = Callable[[Facts, int], Facts]


def move(facts: Facts, n: int) -> Facts:
    here = pl.col("id") == f"ent:{n:07}"
    return replace(facts, units=facts.units.with_columns(lon=pl.when(here).then(pl.col("lon") + 0.4).otherwise("lon")))


def leave(facts: Facts, *gone: int) -> Facts:
    units = [f"ent:{n:07}" for n in gone]
    columns = {
        "units": "id",
        "needs": "unit",
        "offers": "unit",
        "homes": "employer",
        "skills": "employer",
        "signers": "unit",
        "shared": "unit",
    }
    frames = {name: getattr(facts, name).filter(~pl.col(column).is_in(units)) for name, column in columns.items()}
    return replace(facts, **frames)


def lose_position(facts: Facts, n: int) -> Facts:
    here = pl.col("id") == f"ent:{n:07}"
    return replace(facts, units=facts.units.with_columns(pl.when(~here).then(pl.col("lon", "lat"))))


def offer_more(facts: Facts, n: int) -> Facts:
    rows = facts.offers.filter(pl.col("unit") != f"ent:{n:07}").head(3).with_columns(unit=pl.lit(f"ent:{n:07}"))
    return replace(facts, offers=pl.concat([facts.offers, rows]).unique().sort("unit", "service"))


def join_activity(facts: Facts, n: int) -> Facts:
    rows = facts.shared.filter(pl.col("label") == "Community").head(60)
    rows = rows.with_columns(unit=pl.lit(f"ent:{n:07}"), label=pl.lit("Enterprise"))
    return replace(facts, shared=pl.concat([facts.shared, rows]).unique().sort("unit", "thing"))


def hire(facts: Facts, n: int) -> Facts:
    rows = facts.homes.head(4).with_columns(employer=pl.lit(f"ent:{n:07}"), members=pl.lit(9, pl.Int64))
    others = facts.homes.filter(pl.col("employer") != f"ent:{n:07}")
    return replace(facts, homes=pl.concat([others, rows]).sort("employer", "community"))


CHANGES: tuple[Change, ...] = (move, leave, lose_position, offer_more, join_activity, hire)


@cache
def standing() -> Any:
    return stand(ENTERPRISE_COMMUNITY, load_weights(ENTERPRISE_COMMUNITY.weights), sides_of(some_facts()), K)


@settings(max_examples=8, deadline=None)
@given(steps=st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 699)), min_size=1, max_size=3))
def test_scoring_only_what_a_change_reaches_equals_a_full_run(steps: list[tuple[Change, int]]) -> None:
    facts, stands = some_facts(), standing()
    for change, n in steps:
        facts = change(facts, n)
        after = sides_of(facts)
        stands, scored = stands.rescore(after, {f"ent:{n:07}"})
        assert (np.diff(scored) > 0).all()
        assert bytes_of(stands.best) == bytes_of(best(after))


@pytest.mark.parametrize("change", CHANGES)
def test_after_each_kind_of_change_the_rest_need_not_be_scored(change: Change) -> None:
    after = sides_of(change(some_facts(), 9))
    stands, scored = standing().rescore(after, {"ent:0000009"})
    assert 0 < len(scored) < 120
    assert bytes_of(stands.best) == bytes_of(best(after))


def test_how_far_a_unit_looks_is_kept_up_to_date() -> None:
    most, gone = 150, tuple(range(1, 700, 2))
    stands = stand(ENTERPRISE_COMMUNITY, load_weights(ENTERPRISE_COMMUNITY.weights), sides_of(some_facts()), most)
    stands, _ = stands.rescore(sides_of(leave(some_facts(), *gone)), {f"ent:{n:07}" for n in gone})
    for n in gone[:60:6]:  # what was beyond the nearest is among them now
        after = sides_of(leave(some_facts(), *(set(gone) - {n})))
        found, _ = stands.rescore(after, {f"ent:{n:07}"})
        full = best_partners(ENTERPRISE_COMMUNITY, load_weights(ENTERPRISE_COMMUNITY.weights), after, most)
        assert bytes_of(found.best) == bytes_of(full)


def test_who_makes_an_activity_too_large_to_say_anything_changes_the_others() -> None:
    facts = some_facts()
    crowd = [f"ent:{n:07}" for n in range(199)] + ["com:0000007"]

    def gather(units: list[str]) -> Facts:
        label = pl.when(pl.col("unit").str.starts_with("com")).then(pl.lit("Community")).otherwise(pl.lit("Enterprise"))
        rows = facts.shared.head(1).drop("unit").join(pl.DataFrame({"unit": units}), how="cross")
        rows = rows.with_columns(label=label, thing=pl.lit("act:crowd")).select(facts.shared.columns)
        return replace(facts, shared=pl.concat([facts.shared, rows]).sort("unit", "thing"))

    stands = stand(ENTERPRISE_COMMUNITY, load_weights(ENTERPRISE_COMMUNITY.weights), sides_of(gather(crowd)), 150)
    after = sides_of(gather([*crowd, "ent:0000650"]))
    found, _ = stands.rescore(after, {"ent:0000650"})
    assert bytes_of(found.best) == bytes_of(
        best_partners(ENTERPRISE_COMMUNITY, load_weights(ENTERPRISE_COMMUNITY.weights), after, 150)
    )
    assert bytes_of(found.best) != bytes_of(stands.best)


def test_units_that_come_back_take_their_places_again() -> None:
    facts = some_facts()
    gone, _ = standing().rescore(sides_of(leave(facts, 5)), {"ent:0000005"})
    back, _ = gone.rescore(sides_of(facts), {"ent:0000005"})
    assert bytes_of(back.best) == expected()


def test_a_change_far_away_reaches_nobody_else() -> None:
    facts = some_facts()
    counts = [len(standing().rescore(sides_of(move(facts, n)), {f"ent:{n:07}"})[1]) for n in range(1, 60, 8)]
    assert 0 < np.median(counts) < 120 / 2


def test_a_changed_left_side_is_scored_anew() -> None:
    facts = some_facts()
    fewer = replace(facts, needs=facts.needs.filter(pl.col("unit") != "com:0000003"))
    after, scored = standing().rescore(sides_of(fewer), {"com:0000003"})
    assert len(scored) == 120
    assert bytes_of(after.best) == bytes_of(best(sides_of(fewer)))
