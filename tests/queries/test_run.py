import pytest

from graph.errors import ArgumentError, UnknownQuestionError
from queries.answers.answer import Answer
from queries.answers.asking import ask, convert_arguments
from queries.answers.catalogue import catalogue, describe, find_question
from queries.reading.period import Period
from queries.reading.scope import Scope
from tests.queries.small_graph import small_district

SCOPE = Scope("tester", "analyst")


def example(
    graph,
    scope,
    unit: str,
    *,
    k: int = 5,
    all: bool = False,
    share: float = 0.5,
    period: Period | None = None,
    kinds: tuple[str, ...] = (),
) -> Answer[str]:
    """问。

    Arguments:
        unit: 单位 ¦ the unit
        k: 几个 ¦ how many
    """
    return Answer([])


def convert(**arguments):
    return convert_arguments(describe(example), {"unit": "x", **arguments})


def test_text_becomes_what_the_question_takes():
    assert convert(k="7", all="true", share="0.25", kinds="a, b，c") == {
        "unit": "x",
        "k": 7,
        "all": True,
        "share": 0.25,
        "kinds": ("a", "b", "c"),
    }
    assert convert(period="2025")["period"] == Period.parse("2025")


@pytest.mark.parametrize(
    "wrong",
    [{"k": "0"}, {"k": -1}, {"k": 10**9}, {"k": "ten"}, {"k": False}, {"k": 2.5}, {"k": "9" * 5000}, {"all": 1}, {"share": "nan"}, {"share": True}, {"colour": "red"}, {"unit": ""}, {"unit": "长" * 501}, {"period": "soon"}, {"kinds": 7}, {"kinds": [7]}, {"kinds": "a," * 1001}],
)  # fmt: skip
def test_what_does_not_fit_is_refused(wrong):
    with pytest.raises(ArgumentError):
        convert(**wrong)


def test_an_argument_left_empty_takes_its_default():
    assert convert(k="", period=None) == {"unit": "x", "k": 5, "period": None}


def test_the_help_of_an_argument_comes_from_the_docstring():
    assert {a.name: a.help for a in describe(example).arguments}["k"] == "几个 ¦ how many"


def test_an_unknown_question_is_answered_with_the_known_ones():
    with pytest.raises(UnknownQuestionError, match="unused-resources"):
        find_question("unused-rooms")


def test_a_module_that_is_no_question_is_none():
    with pytest.raises(UnknownQuestionError):
        find_question("reading")


def test_every_question_says_in_both_languages_what_it_answers_and_what_its_arguments_mean():
    for name, asked in catalogue().items():
        first = asked.text.splitlines()[0]
        assert "？" in first and any(c.isascii() and c.isalpha() for c in first.split("？")[1]), name
        assert all(a.help for a in asked.arguments), name
        assert find_question(name) == asked


def test_the_answer_repeats_what_was_asked_and_of_which_snapshot():
    answer = ask(small_district(), SCOPE, "unused_resources", period="2025-07..2026-06", all="yes").to_dict()
    assert answer["question"] == "unused-resources"
    assert (answer["snapshot"], answer["digest"], answer["truncated"]) == ("1", "d1", False)
    assert answer["arguments"]["period"] == "2025-07-01..2026-06-30"
    assert answer["arguments"]["all"] is True
