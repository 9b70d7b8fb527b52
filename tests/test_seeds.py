"""Districts of several seeds, in words that the product was not made of: what is planted is what is answered."""

from __future__ import annotations

from datetime import date

import pytest

from loaders.district import generate_workbooks
from queries import connect
from tests import truths
from tests.loaded import load_folder

SEEDS = range(1, 6)
pytestmark = [pytest.mark.slow, pytest.mark.drill]  # five loads


@pytest.fixture(scope="module")
def districts(tmp_path_factory):
    """The districts of five seeds, each with its truth."""
    made = []
    for seed in SEEDS:
        folder = tmp_path_factory.mktemp(f"seed{seed}")
        truth = generate_workbooks(folder / "workbooks", seed=seed, headings=False)
        loaded = load_folder(folder / "workbooks", folder, date.fromisoformat(truth["as_of"]))
        made.append((connect(loaded.workspace), loaded.truth))
    return made


def test_nearly_all_obvious_partners_come_first(districts):
    counted = [truths.count_obvious_partners(*one) for one in districts]
    first, all_of_them = (sum(numbers) for numbers in zip(*counted, strict=True))
    assert all_of_them >= 25
    assert first / all_of_them >= 0.95, counted


def test_who_reports_nothing_is_never_among_the_first_three(districts):
    assert [truths.find_silent_partners(*one) for one in districts] == [[]] * len(districts)


def test_institutions_are_not_recommended(districts):
    assert [truths.find_institutions_recommended(*one) for one in districts] == [[]] * len(districts)


def test_every_resource_is_in_its_true_class(districts):
    assert [truths.find_misplaced_resources(*one) for one in districts] == [{}] * len(districts)
    assert {kind for _, truth in districts for kind in truth["venues"].values()} == {
        "used", "under-used", "unused", "no record", "withdrawn",
    }  # fmt: skip
    assert any(truth["venues_seen_in_use"] for _, truth in districts)


def test_members_of_every_pair_are_exact(districts):
    for district, truth in districts:
        assert truths.count_members_by_pair(district) == truth["members_living_in"]


def test_what_a_pair_did_is_told_as_it_was(districts):
    assert [truths.find_wrong_histories(*one) for one in districts] == [{}] * len(districts)


def test_nothing_that_is_closed_is_offered(districts):
    assert [truths.find_closed_needs_offered(*one) for one in districts] == [[]] * len(districts)
    assert all(any(not need["open"] for need in truth["needs"]) for _, truth in districts)


def test_an_agreement_that_is_only_drafted_is_neither_in_force_nor_on_paper_only(districts):
    for district, truth in districts:
        assert sorted(r.number for r in district.paper_agreements().rows) == truth["agreements_without_activity"]
        assert len(truth["planned_agreements"]) == 2
