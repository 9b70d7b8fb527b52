"""Words of needs and offers that nobody understands: what hangs on them, what they may mean, and what a decision changes."""

from __future__ import annotations

import pytest

from queries.asking import ask
from queries.questions.data.words_to_review import CLAIM, LIKE, WordToReview
from queries.reading.scope import Scope
from queries.words.fit_figures import LIKE_ENOUGH
from queries.words.suggest import FOLDER, suggest_by_meaning, suggest_kinds
from queries.words.taxonomy import load_taxonomy
from tests.queries.memory_graph import District

ANALYST = Scope("a", "analyst")
STRANGE = "仟佰拾"


def say(district: District, label: str, unit: str, title: str) -> str:
    """Add a need or an offer in these words."""
    key = f"{label}:{unit}:{title}"
    district.entity(label, key, title=title)
    district.relate(
        "SEEKS" if label == "Need" else "OFFERS", ("Community" if label == "Need" else "Enterprise", unit), (label, key)
    )
    return key


def review(district: District) -> list[WordToReview]:
    return list(ask(district.graph(), ANALYST, "words_to_review").rows)


@pytest.fixture
def district() -> District:
    """Two communities need what nobody understands, one of them more; two enterprises offer what is understood."""
    district = District()
    for name in ("甲社区", "乙社区"):
        say(district, "Need", district.community(name), STRANGE)
    for name, title in (("一厂", "义务理发"), ("二厂", "法律援助")):
        say(district, "Offering", district.enterprise(name), title)
    return district


def test_the_word_with_the_most_pairs_comes_first_with_the_decisions_to_take(district: District) -> None:
    say(district, "Need", "com:甲社区", "移风移俗")
    first, second = review(district)
    assert (first.word, first.where, first.rows, first.pairs) == (STRANGE, "Need", 2, 4)
    assert (second.word, second.pairs, second.because) == ("移风移俗", 2, LIKE)
    assert "移风移俗" in second.commands[0]
    assert second.commands[0].startswith("shilian decide word ")
    assert "移风易俗" in second.suggestions


def test_who_claimed_the_need_tells_what_it_may_mean(district: District) -> None:
    district.relate("CLAIMED", ("Enterprise", "ent:一厂"), ("Need", f"Need:com:甲社区:{STRANGE}"))
    row = review(district)[0]
    assert (row.suggestions[0], row.because) == ("义务理发", CLAIM)


def test_a_decided_word_waits_no_longer_and_its_needs_are_met(district: District) -> None:
    district.entity("DecidedWord", "word:1", number=1, word=STRANGE, relation="=", target="义务理发")
    assert review(district) == []
    rows = ask(district.graph(), ANALYST, "matches", pairing="need-offering").rows
    assert {row.right_id for row in rows} == {"Offering:ent:一厂:义务理发"}


def test_without_a_decision_an_unknown_need_is_paired_with_nothing(district: District) -> None:
    assert list(ask(district.graph(), ANALYST, "matches", pairing="need-offering").rows) == []


def test_a_word_is_suggested_from_a_likeness_on_and_by_meaning_only_with_a_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = load_taxonomy()
    assert LIKE_ENOUGH == 60
    assert "法律援助" in suggest_kinds("法律援肋", known)  # three of four characters: 75
    assert suggest_kinds("法甲乙丙", known) == []
    monkeypatch.delenv(FOLDER, raising=False)
    assert suggest_by_meaning("法律援肋") == []
