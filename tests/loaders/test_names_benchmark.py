"""The names of real enterprises, institutions and communities that the benchmark holds are found, and none is merged wrongly."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from benchmarks.names import PARTS, Outcome, generate_names, rate, read_pairs, read_registry, resolve, write_mentions
from loaders.names.resolve import match_names

PAIRS, REGISTRY = read_pairs(), read_registry()


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Outcome]:
    own = REGISTRY.filter(pl.col("name").is_in(PAIRS["name"].unique().to_list()))
    return {"own": resolve(own, PAIRS), "relatives": resolve(REGISTRY, PAIRS)}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(("registry", "first", "three"), [("own", 0.93, 0.99), ("relatives", 0.90, 0.98)])
def test_the_right_unit_is_first_or_among_three(
    outcomes: dict[str, Outcome], part: str, registry: str, first: float, three: float
) -> None:
    found = outcomes[registry].of((PAIRS["part"] == part).to_numpy())
    assert found.first.mean() >= first
    assert found.three.mean() >= three


@pytest.mark.parametrize("registry", ["own", "relatives"])
def test_nothing_is_merged_wrongly_not_even_without_the_right_unit(outcomes: dict[str, Outcome], registry: str) -> None:
    wrong = outcomes[registry].wrong
    assert [m for m, w in zip(PAIRS["mention"], wrong, strict=True) if w] == []


def test_the_benchmark_is_what_it_says() -> None:
    assert PAIRS.height >= 300
    assert set(PAIRS["part"]) == set(PARTS)
    assert PAIRS["mention"].is_unique().all() and REGISTRY["name"].is_unique().all()
    assert set(PAIRS["name"]) <= set(REGISTRY["name"])
    units = dict(PAIRS.group_by("name").agg(pl.col("part").n_unique()).iter_rows())
    assert set(units.values()) == {1}


def test_a_rival_is_judged_by_the_best_of_a_unit_s_names_and_merges_from_a_threshold() -> None:
    scores = np.array([[50.0, 95.0, 80.0], [95.0, 10.0, 20.0]])
    found = rate(scores, np.array([0, 0, 1]), np.array([0, 1]))
    assert (found.first.tolist(), found.three.tolist(), found.wrong.tolist()) == (
        [True, False],
        [True, True],
        [False, True],
    )


def test_names_of_a_larger_registry_are_found_too() -> None:
    names = generate_names(3000)
    mentions = write_mentions(names, 200)
    answer = match_names(mentions, pl.DataFrame({"id": names, "name": names}))
    first = answer.filter(pl.col("rank") == 1)
    assert first["name"].n_unique() == len(set(mentions))
    spoken = pl.DataFrame({"name": [n.removesuffix("有限公司") for n in names[:300]], "right": names[:300]})
    found = match_names(spoken["name"].to_list(), pl.DataFrame({"id": names, "name": names})).filter(
        pl.col("rank") == 1
    )
    joined = spoken.unique("name").join(found.unique("name"), on="name")
    assert (joined["candidate"] == joined["right"]).mean() >= 0.95
