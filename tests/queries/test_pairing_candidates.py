"""Which pairs are looked at: the nearest with all ties, those already linked, those that share a need."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

from queries.matching import candidates
from queries.matching.arrays import Side, make_side, sphere_points
from queries.matching.candidates import candidate_blocks
from queries.matching.nearest import NearestSearch
from queries.matching.pairs import Limits
from queries.matching.sides import Sides, make_sides
from queries.pairing.engine import open_engine
from queries.reading.facts import Facts
from queries.reading.scope import Scope
from tests.queries.memory_graph import District

ANALYST = Scope("a", "analyst")


@pytest.fixture(autouse=True)
def choose_even_in_a_small_district(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "EVERY_PAIR", 0)


def side_at(lon: Any, lat: Any) -> Side:
    ids = [f"{n:04d}" for n in range(len(lon))]
    return make_side(
        pl.DataFrame({"id": ids, "label": "Enterprise", "lon": lon, "lat": lat}, strict=False), "Enterprise"
    )


def sides_of(district: District) -> Sides:
    return open_engine(district.graph(), ANALYST).sides


def found(sides: Sides) -> set[tuple[str, str]]:
    keys = [key for block in candidate_blocks(sides) for key in block.keys.tolist()]
    assert len(keys) == len(set(keys))
    rights = len(sides.right)
    return {(sides.left.ids[key // rights], sides.right.ids[key % rights]) for key in keys}


def wide_district(enterprises: int = 260) -> tuple[District, str]:
    """A community, and enterprises east of it, each a little farther than the one before."""
    district = District()
    home = district.community("甲社区", 112.0, 34.0)
    for n in range(enterprises):
        district.enterprise(f"{n:04d}厂", 112.0 + n / 1000, 34.0)
    return district, home


def test_a_small_right_side_is_looked_at_whole_even_without_positions() -> None:
    district = District()
    home = district.community("甲社区", None, None)
    factories = [district.enterprise(f"{n}厂", None, None) for n in range(3)]
    assert found(sides_of(district)) == {(home, factory) for factory in factories}


@pytest.mark.parametrize("k", [1, 7, 20])
def test_the_nearest_are_found_exactly_with_every_tie_at_the_last(k: int) -> None:
    rng = np.random.default_rng(k)
    # A coarse grid: many units share an address, many addresses are equally far.
    side = side_at(112 + rng.integers(0, 6, 150) / 100, rng.integers(0, 6, 150) / 100)
    units = side.points
    asked = sphere_points(112 + rng.integers(0, 6, 40) / 100, np.zeros(40) + rng.integers(0, 6, 40) / 100)
    rows, places = NearestSearch(side, np.arange(150)).find(asked, k)
    pairs = set(zip(rows.tolist(), places.tolist(), strict=True))
    assert len(pairs) == len(rows)
    for row, point in enumerate(asked):
        distance = np.sqrt(((units - point) ** 2).sum(axis=1))
        reach = np.sort(distance)[k - 1] * (1 + 1e-9) + 1e-15
        assert {place for owner, place in pairs if owner == row} == set(np.flatnonzero(distance <= reach).tolist())


def test_a_unit_without_a_position_has_no_nearest() -> None:
    side = side_at([112.0, None], [34.0, 34.0])
    rows, places = NearestSearch(side, np.arange(2)).find(np.vstack([side.points, side.points[:1]]), 5)
    assert rows.tolist() == [0, 2]
    assert places.tolist() == [0, 0]
    nowhere = NearestSearch(side, np.array([1]))
    assert nowhere.unlocated.tolist() == [1]
    assert not len(nowhere.find(side.points, 5)[0])


def test_the_two_hundred_nearest_are_candidates_and_the_next_are_not() -> None:
    district, home = wide_district()
    assert found(sides_of(district)) == {(home, f"ent:{n:04d}厂") for n in range(200)}


def test_all_units_at_the_address_of_the_two_hundredth_are_candidates() -> None:
    district, home = wide_district(198)
    for n in range(198, 240):
        district.enterprise(f"{n:04d}厂", 112.5, 34.0)
    district.enterprise("0999厂", 113.0, 34.0)
    assert found(sides_of(district)) == {(home, f"ent:{n:04d}厂") for n in range(240)}


def test_a_linked_enterprise_is_a_candidate_however_far() -> None:
    district, home = wide_district()
    district.members("ent:0259厂", home, 1)
    district.activity("清洁日", home, "ent:0258厂")
    assert found(sides_of(district)) >= {(home, "ent:0259厂"), (home, "ent:0258厂")}


def test_the_nearest_who_offer_what_is_needed_are_candidates_however_far() -> None:
    district, home = wide_district()
    district.need(home, "Community", "法律援助")
    for n in range(230, 260):
        district.offer(f"ent:{n:04d}厂", "Enterprise", "法律援助")
    chosen = {right for _, right in found(sides_of(district))}
    assert {right for right in chosen if right >= "ent:0200厂"} == {f"ent:{n:04d}厂" for n in range(230, 250)}


def test_without_any_position_those_who_share_a_need_are_candidates() -> None:
    district = District()
    home = district.community("甲社区", None, None, ["法律援助"])
    for n in range(250):
        district.enterprise(f"{n:04d}厂", None, None, ["法律援助"] if n >= 200 else [])
    assert found(sides_of(district)) == {(home, f"ent:{n:04d}厂") for n in range(200, 220)}


def test_a_district_is_looked_at_whole_where_that_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "EVERY_PAIR", 260)
    district, home = wide_district()
    assert found(sides_of(district)) == {(home, f"ent:{n:04d}厂") for n in range(260)}


def test_nobody_on_either_side_gives_no_candidates() -> None:
    empty, alone = District(), District()
    alone.community("甲社区")
    only_right = District()
    only_right.enterprise("一厂")
    assert [found(sides_of(one)) for one in (empty, alone, only_right)] == [set(), set(), set()]


def test_blocks_change_no_candidate_and_no_score(monkeypatch: pytest.MonkeyPatch) -> None:
    district, _ = wide_district(220)
    for n in range(7):
        district.community(f"{n}社区", 112.0 + n / 40, 34.0, ["法律援助"])
    engine = open_engine(district.graph(), ANALYST)
    whole = engine.score(candidate_blocks(engine.sides), Limits())
    monkeypatch.setattr(candidates, "LEFTS_A_BLOCK", 2)
    parts = engine.score(candidate_blocks(engine.sides), Limits())
    for name in ("left", "right", "score", "confidence"):
        assert getattr(whole, name).tobytes() == getattr(parts, name).tobytes()


def test_five_thousand_units_at_one_address_stay_within_bounds() -> None:
    def units(label: str, count: int) -> pl.DataFrame:
        same: dict[str, Any] = {
            "label": label,
            "lon": 112.0,
            "lat": 34.0,
            "name": label,
            "entity": label,
            "load_id": "l",
            "sheet": "s",
            "row": 1,
        }
        return pl.DataFrame({"id": [f"{label}{n:05d}" for n in range(count)]}).with_columns(
            **{k: pl.lit(v) for k, v in same.items()}
        )

    nothing = open_engine(District().graph(), ANALYST).sides.facts
    facts = Facts(**{**vars(nothing), "units": pl.concat([units("Community", 60), units("Enterprise", 5000)])})
    sides = make_sides(facts, ("Community", "Enterprise"), ANALYST.count)
    blocks = list(candidate_blocks(sides))
    assert sum(len(block) for block in blocks) == 60 * 5000  # ties are kept, all of them
    engine = open_engine(District().graph(), ANALYST)
    scored = type(engine)(engine.spec, engine.weights, sides, {}).score(iter(blocks), Limits())
    assert np.bincount(scored.left).tolist() == [600] * 60
    # What is kept of equals differs from community to community, so that not all want the same few.
    assert len(set(scored.right.tolist())) > 600
