"""Scores as chances of acceptance: planted chances come back, and nothing is told where nothing is known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from queries.asking import ask
from queries.pairing.calibration import FEWEST, fit
from queries.reading.scope import Scope
from tests.queries.memory_graph import District

ANALYST = Scope("a", "analyst")


def decide(count: int, slope: float, shift: float, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """Return scores, and what people decided who accept with a chance that grows with the score."""
    numbers = np.random.default_rng(seed)
    score = numbers.random(count)
    return score, numbers.random(count) < expit(slope * score + shift)


@pytest.mark.parametrize(("slope", "shift"), [(6.0, -3.0), (10.0, -7.0), (3.0, 0.5)])
def test_planted_chances_come_back(slope: float, shift: float) -> None:
    found = fit(*decide(4000, slope, shift))
    assert found is not None
    for score in (0.1, 0.5, 0.9):
        assert found.chance(score) == pytest.approx(float(expit(slope * score + shift)), abs=0.06)
    assert found.brier < found.brier_of_share


@pytest.mark.parametrize("seed", range(5))
def test_what_is_said_of_pairs_that_were_not_decided_yet_holds_on_the_whole(seed: int) -> None:
    found = fit(*decide(300, 6.0, -3.0, seed))
    assert found is not None
    score, accepted = decide(20_000, 6.0, -3.0, seed + 100)
    said = np.array([found.chance(one) for one in score.tolist()])
    for low in np.arange(0.1, 0.9, 0.2):
        band = (said >= low) & (said < low + 0.2)
        assert accepted[band].mean() == pytest.approx(said[band].mean(), abs=0.12)


def test_scores_that_foretell_nothing_or_the_wrong_way_round_give_no_chance() -> None:
    numbers = np.random.default_rng(1)
    score, _ = decide(200, 0.0, 0.0)
    assert fit(score, numbers.permutation(np.arange(200) % 2 == 0)) is None
    assert fit(*decide(400, -8.0, 4.0)) is None


@pytest.mark.parametrize(("seed", "is_told"), [(3, False), (7, False), (4, True), (6, True)])
def test_what_chance_gives_more_than_once_in_twenty_times_gives_no_chance(seed: int, is_told: bool) -> None:
    """Of these sixty decisions the gain over the mere share is 1.3 to 1.6 standard errors, or 2.3 to 2.6."""
    assert (fit(*decide(60, 2.5, -1.2, seed)) is not None) is is_told


def test_the_chance_never_falls_with_the_score_and_stays_below_one_where_all_high_ones_were_accepted() -> None:
    score = np.linspace(0, 1, 60)
    found = fit(score, score > 0.5)
    assert found is not None
    chances = [found.chance(one) for one in np.linspace(0, 1, 21)]
    assert chances == sorted(chances)
    assert 0 < chances[0] < 0.1 and 0.9 < chances[-1] < 1


def planted(decided: int, accepted: int | None = None) -> District:
    """Return a district where near partners were accepted (half of all, unless said) and far ones refused."""
    district = District()
    firms = [district.enterprise(f"企业{n:02}", 112.4 + 0.02 * n) for n in range(decided)]
    home = district.community("甲社区", 112.4, needs=["法律援助"])
    for n, firm in enumerate(firms):
        ends = (("Enterprise", firm), ("Community", home))
        district.relate(
            "ACCEPTED" if n < (decided // 2 if accepted is None else accepted) else "DECLINED",
            *(ends if n % 2 else ends[::-1]),
        )
    district.enterprise("新近企业", 112.4)
    district.enterprise("新远企业", 113.4)
    return district


def test_partners_and_matches_tell_the_chance_where_enough_was_decided() -> None:
    graph = planted(FEWEST + 4).graph()
    answer = ask(graph, ANALYST, "partners", unit="甲社区", k=100, reach=200.0)
    chances = {row.partner: row.chance for row in answer.rows}
    assert chances["新近企业"] > 0.5 > chances["新远企业"]
    told = answer.to_dict("en")["calibration"]
    assert (told["decided"], told["accepted"]) == (FEWEST + 4, FEWEST // 2 + 2)
    assert told["text"].startswith(f"chances of acceptance rest on {FEWEST + 4} pairs")
    rows = ask(graph, ANALYST, "matches", pairing="enterprise-community", thing="新近企业").rows
    assert [row.chance for row in rows] == [chances["新近企业"]]


@pytest.mark.parametrize(
    ("decided", "accepted", "told"),
    [(30, 15, True), (29, 15, False), (30, 5, True), (30, 4, False)],
)
def test_chances_are_told_from_thirty_decisions_on_of_which_five_are_of_each_kind(
    decided: int, accepted: int, told: bool
) -> None:
    answer = ask(planted(decided, accepted).graph(), ANALYST, "partners", unit="甲社区")
    assert (answer.extra["calibration"] is not None) is told
    assert all((row.chance is not None) is told for row in answer.rows)
