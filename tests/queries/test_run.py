from typing import Annotated

import pytest

from graph.errors import ArgumentError, UnknownQuestionError
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.arguments import Between, make_argument
from queries.answers.catalogue import catalogue, describe, find_question
from queries.asking import ask
from queries.reading.period import Period
from queries.reading.scope import Scope
from tests.queries.small_graph import small_district

SCOPE = Scope("tester", "analyst")


def is_chinese(text):
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def example(
    graph,
    scope,
    unit: Annotated[str, Said("单位", "the unit")],
    *,
    k: Annotated[int, Between(1, 100), Said("几个", "how many")] = 5,
    all: bool = False,
    share: float = 0.5,
    period: Period | None = None,
    kinds: tuple[str, ...] = (),
) -> Answer[str]:
    """问哪个？ Which one? As an example.

    说明。 More of it,
    over two lines.
    """
    return Answer([])


def convert(**arguments):
    given = describe(example).reader.read_texts({"unit": "x", **arguments})
    return {name: value for name, value in given.items() if name in {"unit", *arguments}}


def test_text_becomes_what_the_question_takes():
    assert convert(k="7", all="true", share="0.25", kinds="a, b，c") == {
        "unit": "x",
        "k": 7,
        "all": True,
        "share": 0.25,
        "kinds": ["a", "b", "c"],
    }
    assert convert(period="2025")["period"] == Period.parse("2025")


@pytest.mark.parametrize(
    "wrong",
    [{"k": "0"}, {"k": -1}, {"k": 10**9}, {"k": "ten"}, {"k": False}, {"k": 2.5}, {"k": "9" * 5000}, {"all": 1}, {"share": "nan"}, {"share": True}, {"colour": "red"}, {"unit": ""}, {"unit": "长" * 501}, {"period": "soon"}, {"kinds": 7}, {"kinds": [7]}, {"kinds": "a," * 1001}],
)  # fmt: skip
def test_what_does_not_fit_is_refused(wrong):
    with pytest.raises(ArgumentError):
        convert(**wrong)


@pytest.mark.parametrize(("length", "is_read"), [(500, True), (501, False)])
def test_a_text_may_have_five_hundred_characters(length, is_read):
    if is_read:
        assert convert(unit="单" * length) == {"unit": "单" * length}
    else:
        with pytest.raises(ArgumentError, match="500"):
            convert(unit="单" * length)


def test_a_thousand_items_of_a_list_are_read_and_one_more_refused():
    assert len(convert(kinds=["a"] * 1000)["kinds"]) == 1000
    with pytest.raises(ArgumentError):
        convert(kinds=["a"] * 1001)


@pytest.mark.parametrize(("km", "is_read"), [(1, True), (20_038, True), (0.9, False), (20_039, False)])
def test_partners_are_looked_for_between_a_kilometre_and_half_way_round_the_earth(km, is_read):
    read = find_question("partners").reader.read
    if is_read:
        assert read({"unit": "x", "reach": km})["reach"] == km
    else:
        with pytest.raises(ArgumentError, match="20038"):
            read({"unit": "x", "reach": km})


def test_an_argument_left_empty_takes_its_default():
    assert convert(k="", period=None) == {"unit": "x", "k": 5, "period": None}


def test_what_an_argument_means_and_its_limits_stand_on_it():
    argument = {a.name: a for a in describe(example).arguments}["k"]
    assert (argument.help, argument.help.en, argument.hint) == ("几个", "how many", "(1–100) [5]")


def test_the_title_and_what_follows_it_are_read_in_two_languages():
    asked = describe(example)
    assert (asked.title, asked.title.en) == ("问哪个？", "Which one? As an example.")
    assert (asked.about, asked.about.en) == ("说明。", "More of it, over two lines.")


def test_an_unknown_question_is_answered_with_the_known_ones():
    with pytest.raises(UnknownQuestionError, match="unused-resources"):
        find_question("unused-rooms")


def test_a_module_that_is_no_question_is_none():
    with pytest.raises(UnknownQuestionError):
        find_question("reading")


def test_every_question_says_in_both_languages_what_it_answers_and_what_its_arguments_mean():
    for name, asked in catalogue().items():
        for text in (asked.title, *(a.help for a in asked.arguments), *([asked.about] if asked.about else [])):
            assert is_chinese(text) and not is_chinese(text.en) and text.en, (name, text)
        assert find_question(name) == asked


def test_the_answer_repeats_what_was_asked_and_of_which_snapshot():
    answer = ask(small_district(), SCOPE, "unused_resources", period="2025-07..2026-06", all=True).to_dict()
    assert answer["question"] == "unused-resources"
    assert (answer["snapshot"], answer["digest"], answer["truncated"]) == ("1", small_district().digest, False)
    assert answer["arguments"]["period"] == "2025-07-01..2026-06-30"
    assert answer["arguments"]["all"] is True


@pytest.mark.parametrize(
    ("word", "meant"),
    [("true", True), ("1", True), ("Yes", True), ("是", True), ("false", False), ("0", False), ("no", False), ("否", False), ("maybe", "maybe")],
)  # fmt: skip
def test_yes_and_no_are_read_in_every_way_they_are_written(word, meant):
    assert make_argument("all", bool, False, False, False).read_text(word) == meant
