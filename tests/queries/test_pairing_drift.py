"""Drift: equal spreads are said to be equal, other ones to be other ones, and chance among few units is not taken for either."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from graph.decisions import ChosenWeights, Decision
from graph.errors import ArgumentError
from graph.texts import Said
from queries.answers.show import text_table
from queries.asking import ask
from queries.matching.weights import load_weights, write_weights
from queries.pairing.engine import open_engine
from queries.pairing.learning.drift import (
    CLASSES,
    DRIFTED,
    Profile,
    Spread,
    compare_profiles,
    drift_limit,
    parse_profile,
    profile_pairs,
    shipped_profile,
    stability_index,
    write_profile,
)
from queries.pairing.specs import ENTERPRISE_COMMUNITY
from queries.questions.partners.pairing_drift import SignalDrift, judge, pairing_drift
from queries.reading.scope import Scope
from tests.queries.memory_graph import District, MemoryGraph

ANALYST = Scope("a", "analyst")
SHIPPED = load_weights(ENTERPRISE_COMMUNITY.weights).by_signal
DECIDED = SHIPPED | {
    "near": round(SHIPPED["near"] + 0.1, 6),
    "needs_met": round(SHIPPED["needs_met"] - 0.1, 6),
}


def spread(values: np.ndarray, unknown: float = 0.0) -> Spread:
    counts = np.histogram(values, CLASSES, (0, 1))[0] / len(values) * (1 - unknown)
    return Spread(1 - unknown, float(values.mean()), (*counts.tolist(), unknown))


def test_the_index_is_nought_for_equal_spreads_and_the_same_both_ways() -> None:
    numbers = np.random.default_rng(1)
    one, other = spread(numbers.beta(2, 5, 500)), spread(numbers.beta(5, 2, 500))
    assert stability_index(one, one) == 0
    assert stability_index(one, other) > 1
    assert stability_index(one, other) == pytest.approx(stability_index(other, one))


def test_the_index_is_the_sum_that_its_source_gives() -> None:
    then = Spread(1, 0.5, (0.25, 0.75, *[0.0] * 9))
    now = Spread(1, 0.5, (0.5, 0.5, *[0.0] * 9))
    assert stability_index(then, now) == pytest.approx(0.25 * np.log(2) - 0.25 * np.log(0.5 / 0.75))


def test_losing_what_was_known_is_drift_too() -> None:
    values = np.random.default_rng(1).beta(2, 5, 500)
    assert stability_index(spread(values), spread(values, unknown=0.4)) > DRIFTED


def test_chance_among_few_units_is_no_drift() -> None:
    numbers = np.random.default_rng(3)
    for units in (15, 60, 400):
        pairs = [[Profile(units, {"near": spread(numbers.random(units))}) for _ in range(2)] for _ in range(200)]
        indexes = [compare_profiles(*pair)["near"] for pair in pairs]
        assert np.mean(np.array(indexes) >= drift_limit(*pairs[0])) < 0.1
    many = Profile(5000, {})
    assert drift_limit(many, many) == DRIFTED


@pytest.mark.parametrize(
    ("index", "limit", "verdict"),
    [
        (None, 0.25, "unknown"), (0.05, 0.25, "same"), (0.0999, 0.25, "same"), (0.1, 0.25, "moved"), (0.2499, 0.25, "moved"), (0.25, 0.25, "drifted"), (9.0, 1.4, "drifted"),
        (1.3, 1.4, "too_few"), (0.2, 1.4, "moved"),
    ],
)  # fmt: skip
def test_each_index_has_its_word(index: float | None, limit: float, verdict: str) -> None:
    assert judge(index, limit) == verdict


def town(length: float = 1.0, offers: bool = True) -> District:
    """Forty communities by a road of so many degrees, an enterprise beside each."""
    district = District()
    for n in range(40):
        district.community(f"{n}社区", 112 + length * n / 40, needs=["法律援助"])
        district.enterprise(f"{n}厂", 112 + length * n / 40, offers=["法律援助"] if offers else [])
    return district


def profile_of(graph: Any) -> Profile:
    engine = open_engine(graph, ANALYST, ENTERPRISE_COMMUNITY)
    return profile_pairs(engine.spec, engine.sides)


def test_a_profile_counts_every_pair_once_and_knows_what_is_unknown() -> None:
    graph = town().graph()
    profile = profile_of(graph)
    assert profile.units == 40
    assert all(sum(one.shares) == pytest.approx(1) for one in profile.signals.values())
    assert profile.signals["needs_met"] == Spread(1.0, 1.0, (*[0.0] * 9, 1.0, 0.0))
    assert profile.signals["track_record"] == Spread(0.0, 0.0, (*[0.0] * 10, 1.0))
    near = profile.signals["near"]
    assert 0 < near.mean < 0.5 and near.known == 1


def test_a_profile_looks_the_same_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    from queries.matching import candidates

    graph = town().graph()
    whole = profile_of(graph)
    monkeypatch.setattr(candidates, "EVERY_PAIR", 100)
    monkeypatch.setattr(candidates, "LEFTS_A_BLOCK", 3)
    blocks = profile_of(graph)
    assert write_profile(blocks) == write_profile(whole)


def test_a_kept_profile_is_read_back() -> None:
    profile = profile_of(town().graph())
    again = parse_profile(write_profile(profile))
    assert write_profile(again) == write_profile(profile)
    for name, one in profile.signals.items():
        assert again.signals[name].shares == pytest.approx(one.shares, abs=6e-4)


@pytest.mark.parametrize(
    "text", ["", "x", "[]", "{}", '{"units":1,"signals":{"near":[1,2]}}', '{"units":1,"signals":[]}']
)
def test_text_that_is_no_profile_is_refused(text: str) -> None:
    with pytest.raises(ArgumentError):
        parse_profile(text)


def test_the_shipped_profile_names_signals_that_there_are_and_counts_every_pair_once() -> None:
    shipped = shipped_profile()
    assert shipped.signals and set(shipped.signals) <= set(SHIPPED)
    assert all(sum(one.shares) == pytest.approx(1, abs=0.006) for one in shipped.signals.values())


@pytest.mark.slow
def test_the_shipped_profile_is_that_of_the_district_on_which_the_weights_were_proven() -> None:
    from benchmarks.signal_profile import profile_planted

    found, shipped = profile_planted(), shipped_profile()
    assert found.units == shipped.units
    for name, one in found.signals.items():
        assert stability_index(shipped.signals[name], one) < 0.01, name


class Decisions:
    """A history that keeps one decision about the weights."""

    def __init__(self, **fields: str) -> None:
        self._fields = fields

    def decisions(self, kind: type[Decision]) -> tuple[ChosenWeights, ...]:
        one = ChosenWeights(
            pairing="enterprise-community", name="learned", version=2, weights="near=1", proof="p",
            at="2026-02-03T08:00:00.000+00:00", **self._fields,
        )  # fmt: skip
        return (one,) if kind is ChosenWeights else ()


def with_weights(district: District, **kept: str) -> MemoryGraph:
    """The graph of a district in which learned weights are in use."""
    district.entity(
        "PairingWeights", "wgt:enterprise-community", pairing="enterprise-community", name="learned", version=2,
        weights=write_weights(DECIDED), proof="",
    )  # fmt: skip
    return replace(district.graph(), history=Decisions(**kept))


def rows_of(answer: Any) -> dict[str, SignalDrift]:
    return {row.signal: row for row in answer.rows}


def test_nothing_has_drifted_where_nothing_changed() -> None:
    kept = write_profile(profile_of(with_weights(town())))
    answer = pairing_drift(with_weights(town(), signals=kept), ANALYST)
    assert {row.verdict for row in answer.rows} == {"same"}
    assert answer.extra["again"] is False
    assert "权重仍然合适" in answer.extra["text"] and "2026-02-03" in answer.extra["text"]
    assert "the weights still fit" in answer.extra["text_en"]


@pytest.mark.parametrize(
    ("changed", "signal"), [(town(offers=False), "needs_met"), (town(length=0.1), "near")], ids=["offers", "distance"]
)
def test_a_signal_that_is_spread_otherwise_is_named_and_learning_is_advised(changed: District, signal: str) -> None:
    kept = write_profile(profile_of(with_weights(town())))
    answer = pairing_drift(with_weights(changed, signals=kept), ANALYST)
    row = rows_of(answer)[signal]
    assert (row.verdict, row.weight) == ("drifted", DECIDED[signal])
    assert row.index > answer.extra["limit"]
    assert answer.extra["again"] is True
    assert f"权重应当重新学习（shilian learn）：自 2026-02-03 启用以来{row.name}" in answer.extra["text"]
    assert row.name.en in answer.extra["text_en"] and "learn the weights again" in answer.extra["text_en"]


def test_fewer_recommendations_accepted_is_a_reason_to_learn_again() -> None:
    from tests.queries.test_pairing_seen import Kept

    graph = with_weights(town())
    shown = Kept(tuple((f"com:{n}社区", f"ent:{m}厂", "2026-01-05T09:00:00") for n in range(40) for m in range(3)))
    late = Kept((*shown.pairs, ("com:0社区", "ent:9厂", "2026-06-05T09:00:00")))
    decisions = Decisions(signals=write_profile(profile_of(graph)), acceptance="40/120")
    answer = pairing_drift(replace(graph, history=decisions, shown=late), ANALYST)
    assert answer.extra["acceptance"]["now"] == {"shown": 120, "accepted": 0, "refused": 0}
    assert answer.extra["acceptance"]["before"]["accepted"] == 40
    assert answer.extra["again"] is True
    assert "采纳率明显下降" in answer.extra["text"]
    assert "40/120（33%）：明显下降" in answer.extra["acceptance"]["text"]


def test_shipped_weights_are_compared_with_where_they_were_proven() -> None:
    answer = pairing_drift(town().graph(), ANALYST)
    assert answer.extra["since"] is None
    assert rows_of(answer)["near"].mean_then == shipped_profile().signals["near"].mean
    assert "合成街区" in answer.extra["text"] and "invented district" in answer.extra["text_en"]


def test_that_a_district_is_unlike_the_invented_one_is_told_and_no_alarm() -> None:
    answer = pairing_drift(town().graph(), ANALYST)
    assert {row.verdict for row in answer.rows} >= {"elsewhere"}
    assert "drifted" not in {row.verdict for row in answer.rows}
    assert answer.extra["again"] is False


def test_weights_decided_before_profiles_were_kept_have_nothing_to_be_compared_with() -> None:
    answer = pairing_drift(with_weights(town()), ANALYST)
    assert {row.verdict for row in answer.rows} == {"unknown"}
    assert all(row.index is None and row.known_then is None for row in answer.rows)
    assert "无从比较" in answer.extra["text"]
    assert answer.extra["again"] is False


def test_the_table_fits_a_screen_in_both_languages_and_json_says_the_same() -> None:
    answer = ask(town().graph(), ANALYST, "pairing-drift")
    for lang, word in (("zh", "判断"), ("en", "verdict")):
        text = text_table(answer, 110, lang)
        assert word in text
        table = text.split("\n")[: len(answer.rows) + 5]
        assert sum(line.rstrip().count("…") for line in table) == 0
    document = json.loads(json.dumps(answer.to_dict("en"), default=str))
    assert {row["signal"] for row in document["rows"]} == set(SHIPPED)
    assert set(document["acceptance"]) >= {"before", "now", "text"}
    assert parse_profile(document["profile"]).units == 40
    assert isinstance(answer.rows[0].name, Said)
