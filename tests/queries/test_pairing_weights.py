"""Weights come from a file, are checked, and cover exactly the signals of the pairing."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from graph.errors import ArgumentError
from queries.matching.weights import Weights, load_weights, parse_weights, weights_in_use, write_weights
from queries.pairing.specs import ENTERPRISE_COMMUNITY


def test_the_shipped_weights_cover_every_signal_and_add_up_to_one() -> None:
    weights = load_weights(ENTERPRISE_COMMUNITY.weights)
    weights.check_signals(kind.name for kind in ENTERPRISE_COMMUNITY.signals)
    assert sum(weights.by_signal.values()) == pytest.approx(1)
    assert weights.as_dict()["name"] == "default"
    assert weights.version == weights.as_dict()["version"] >= 1


@pytest.mark.parametrize("wrong", [{"a": 0.5}, {"a": 1.5, "b": -0.5}, {"a": float("nan"), "b": 1.0}])
def test_weights_that_are_negative_or_do_not_add_up_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ArgumentError):
        Weights("w", 1, wrong)


@pytest.mark.parametrize("signals", [["near"], ["near", "skills", "else"]])
def test_a_signal_without_a_weight_or_a_weight_without_a_signal_is_refused(signals: list[str]) -> None:
    with pytest.raises(ArgumentError):
        Weights("w", 1, {"near": 0.5, "skills": 0.5}).check_signals(signals)


@pytest.mark.parametrize(
    "content",
    ["name = 'x'", "name = 'x'\nversion = 1\nweights = 3", "name = 'x'\nversion = 1\n[weights]\nnear = 'much'"],
)
def test_a_file_of_another_form_is_refused_with_a_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "weights.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ArgumentError) as refused:
        load_weights(path)
    assert "[weights]" in refused.value.message("zh")


def test_another_file_may_be_used(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("name = 'mine'\nversion = 7\n[weights]\nnear = 1.0", encoding="utf-8")
    assert load_weights(path) == Weights("mine", 7, {"near": 1.0})


def test_weights_survive_being_written_into_a_decision() -> None:
    shipped = load_weights(ENTERPRISE_COMMUNITY.weights)
    assert parse_weights("default", shipped.version, write_weights(shipped.by_signal)) == shipped


@pytest.mark.parametrize("text", ["near", "near=much", "near=0.5", "near=-1, skills=2", ""])
def test_weights_of_a_decision_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ArgumentError):
        parse_weights("learned", 2, text)


def test_decided_weights_apply_to_their_pairing_and_to_just_its_signals() -> None:
    shipped = Weights("default", 1, {"near": 0.5, "skills": 0.5})
    decided = pl.DataFrame(
        {
            "pairing": ["mine", "old"],
            "name": ["learned"] * 2,
            "version": [2, 2],
            "weights": ["near=0.9, skills=0.1", "near=1"],
        }
    )
    assert weights_in_use(decided, "mine", shipped) == Weights("learned", 2, {"near": 0.9, "skills": 0.1})
    assert weights_in_use(decided, "other", shipped) == shipped
    assert weights_in_use(decided, "old", shipped) == shipped, "a signal was added since they were learned"


def test_the_right_unit_sees_signals_of_one_way_the_other_way_round() -> None:
    own = Weights("w", 1, {"met": 0.6, "met_other_way": 0.1, "near": 0.3})
    seen = own.turned([("met", "met_other_way")])
    assert seen.by_signal == {"met": 0.1, "met_other_way": 0.6, "near": 0.3}
    assert seen.turned([("met", "met_other_way")]) == own
