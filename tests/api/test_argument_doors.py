"""A wrong argument is refused with the same sentence by Python, the command line, an address and a JSON body, in the language asked for."""

import re
from datetime import date

import pytest

from graph.errors import ArgumentError
from queries.answers.arguments import LONGEST_TEXT
from queries.answers.catalogue import catalogue
from queries.from_python import district_class
from queries.reading.area import AreaName
from queries.reading.scope import Scope
from tests.queries.small_graph import small_district

LONG = "长" * (LONGEST_TEXT + 1)
STRANGE = "nothing_like_it"
LANGUAGES = ("zh", "en")
ADDRESS_TOO_LONG = 414


def wrong_values(argument):
    """Yield values that an argument refuses, and whether text can say them."""
    if argument.between:
        yield from (
            (value, True)
            for value in (argument.between.least - 1, (argument.between.most or 0) + 1)
            if value < argument.between.least or argument.between.most
        )
    if argument.type in (int, float):
        yield "ten", True
    elif argument.type is bool:
        yield "maybe", True
    elif argument.type is date:
        yield from (("2026-02-30", True), (7, False))
    elif argument.choices:
        yield from (("nothing", True), (7, False))
    elif argument.is_list:
        yield from ((["a"] * (argument.most_items + 1), True), ([LONG], True), (7, False), ([7], False))
    else:
        yield from ((LONG, True), (7, False), ("a\0b", True))
        if argument.type not in (str, AreaName):  # which area a text names, only a graph can say
            yield "soon", True


RIGHT = {int: 3, float: 3.0}  # what an argument that must be given is given, where it is no text


def wrong_calls(question):
    """Yield the arguments of every wrong call of a question, what is wrong, and whether text can say it."""
    right = {a.name: a.choices[0] if a.choices else RIGHT.get(a.type, "甲") for a in question.arguments if a.required}
    for argument in question.arguments:
        for value, in_text in wrong_values(argument):
            yield right | {argument.name: value}, argument, in_text
        if argument.required:
            for nothing in ({}, {argument.name: " "}):
                yield {name: v for name, v in right.items() if name != argument.name} | nothing, argument, True
    yield right | {STRANGE: "1"}, None, True


def as_text(value):
    return ",".join(value) if isinstance(value, list) else str(value)


def by_command(shilian, question, given, lang):
    """Ask on the command line; None for what it cannot say: a flag has no value."""
    if any(isinstance(given.get(a.name), str) and a.type is bool for a in question.arguments):
        return None
    places = [as_text(given[a.name]) for a in question.arguments if a.positional and a.name in given]
    options = [
        f"--{n.replace('_', '-')}={as_text(v)}"
        for n, v in given.items()
        if n not in {a.name for a in question.arguments if a.positional}
    ]
    met = shilian("ask", question.name, *options, "--workspace", "nowhere", "--lang", lang, "--", *places)
    assert (met.code, met.out) == (2, ""), (met, given)
    return met.err.splitlines()[0]


def by_http(answer):
    if answer.status_code == ADDRESS_TOO_LONG:
        return None
    document = answer.json()
    assert (answer.status_code, document["code"]) == (422, "argument.invalid"), document
    return document["detail"]


def bare(sentence):
    """A sentence without the list of what else there is: a command line has options of its own."""
    return re.split("；可用的有|; there is", sentence)[0] if sentence else sentence


def leaves_a_gap(question, given):
    """A command line has no way to leave out the first of two words."""
    places = [argument.name in given for argument in question.arguments if argument.positional]
    return sorted(places, reverse=True) != places


# Doors read every question's arguments by one reader: a quarter of the questions shows it, all do with --drills.
ALL = sorted(catalogue())
SOME = [*ALL[::4], *(pytest.param(name, marks=pytest.mark.drill) for name in ALL if name not in ALL[::4])]


@pytest.mark.parametrize("name", SOME)
def test_the_same_wrong_value_is_refused_with_the_same_sentence_by_every_door(name, shilian, server):
    question = catalogue()[name]
    district = district_class()(small_district(), Scope("tester", "analyst"))
    for given, argument, in_text in wrong_calls(question):
        with pytest.raises(ArgumentError) as refused:
            getattr(district, question.attribute)(**given)
        for lang in LANGUAGES:
            path = f"/api/v1/questions/{name}"
            said = {"python": refused.value.message(lang)}
            said["post"] = by_http(server.post(path, json=given, headers={"Accept-Language": lang}))
            if in_text:
                address = {n: as_text(value) for n, value in given.items()} | {"lang": lang}
                said["get"] = by_http(server.get(path, params=address))
                if not leaves_a_gap(question, given):
                    said["command"] = by_command(shilian, question, given, lang)
            sentences = {bare(sentence) for sentence in said.values() if sentence is not None}
            assert len(sentences) == 1, (given.keys(), said)
            told = sentences.pop()
            assert f"“{argument.name if argument else STRANGE}”" in told
            assert bool(re.search("[\u4e00-\u9fff]", re.sub("“[^”]*”", "", told))) is (lang == "zh"), told


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.drill)])
def test_help_shows_the_limits_and_words_of_every_argument_in_the_language_asked_for(shilian, lang):
    for question in catalogue().values():
        shown = "".join(shilian("ask", question.name, "--help", "--lang", lang).out.split())
        for argument in question.arguments:
            if argument.between:
                assert argument.between.hint.replace(" ", "") in shown, (question.name, argument.name)
    assert bool(re.search("最多几个伙伴", shilian("ask", "partners", "--help", "--lang", lang).out)) is (lang == "zh")


def test_a_value_that_stands_by_its_place_is_told_where_to_write_it(shilian):
    told = shilian("ask", "lecturers", "--topic", "党史")
    assert (told.code, "把值直接写在命令后面：" in told.err) == (2, True)
